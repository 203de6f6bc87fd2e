//! Puts one key together from its template: generated code calls it segment by segment.

use super::template_part::TemplatePart;
use super::{Codec, KeyError, KeyProblem, KeyText, PartRule};
use crate::proof::Template;

/// The longest partition key, in bytes
/// ([DynamoDB's limits](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html)).
const PARTITION_KEY_LIMIT: usize = 2048;
/// The longest sort key, in bytes (the same page).
const SORT_KEY_LIMIT: usize = 1024;

/// Where a key is stored: its attribute, its template, and how long it may be. It is a constant of the
/// entity, and large, so it is passed by reference.
#[derive(Debug)]
pub struct KeyPlace {
    pub(crate) attribute: &'static str,
    pub(crate) template: Template,
    /// In bytes.
    pub(crate) limit: usize,
}

impl KeyPlace {
    /// A partition key.
    pub const fn partition(attribute: &'static str, template: Template) -> Self {
        Self { attribute, template, limit: PARTITION_KEY_LIMIT }
    }

    /// A sort key. A table without one has its own message for an entity with one.
    pub const fn sort(attribute: Option<&'static str>, template: Template) -> Self {
        let attribute = match attribute {
            Some(attribute) => attribute,
            None => "",
        };
        Self { attribute, template, limit: SORT_KEY_LIMIT }
    }

    /// The template of the key.
    pub const fn template(&self) -> Template {
        self.template
    }

    #[cold]
    pub(crate) fn error(&self, problem: KeyProblem) -> KeyError {
        KeyError { attribute: self.attribute, template: self.template.source, problem }
    }

    #[inline]
    pub(crate) fn check_length(&self, text: String) -> Result<String, KeyError> {
        self.check_length_of(text.len()).map(|()| text)
    }

    pub(crate) fn check_length_of(&self, bytes: usize) -> Result<(), KeyError> {
        if bytes > self.limit {
            return Err(self.error(KeyProblem::TooLong { bytes, limit: self.limit }));
        }
        Ok(())
    }
}

/// One key under construction.
#[derive(Debug)]
pub struct KeyBuilder {
    place: &'static KeyPlace,
    text: KeyText,
}

impl KeyBuilder {
    /// An empty key.
    #[inline]
    pub fn new(place: &'static KeyPlace) -> Self {
        // Room for values of ordinary length: most keys are made with one allocation.
        let capacity = place.template.source.len() + 32;
        Self { place, text: KeyText::new(place.template.delimiter(), capacity) }
    }

    /// Literal text of the template.
    #[inline]
    pub fn literal(&mut self, text: &str) {
        self.text.literal(text);
    }

    /// The value of a part.
    #[inline]
    pub fn part<P: TemplatePart>(&mut self, value: &P::Value) -> Result<(), KeyError> {
        self.write(P::FIELD, |text| P::Codec::encode(value, text))
    }

    #[inline]
    pub(crate) fn write(
        &mut self,
        field: &'static str,
        write: impl FnOnce(&mut KeyText) -> Result<(), PartRule>,
    ) -> Result<(), KeyError> {
        write(&mut self.text).map_err(|rule| self.place.error(KeyProblem::Part { field, rule }))
    }

    pub(crate) fn as_str(&self) -> &str {
        self.text.as_str()
    }

    /// What was written, of whatever length: part of a key.
    pub(crate) fn into_text(self) -> String {
        self.text.finish()
    }

    /// The finished key.
    #[inline]
    pub fn finish(self) -> Result<String, KeyError> {
        self.place.check_length(self.text.finish())
    }
}
