//! Puts one key together from its template: generated code calls it segment by segment.

use super::part::KeyPart;
use super::rule::{KeyError, KeyProblem, PARTITION_KEY_LIMIT, PartRule, SORT_KEY_LIMIT};
use super::text::KeyText;
use crate::template::Template;

/// Where a key is stored: its attribute, its template, and how long it may be.
#[derive(Debug, Clone, Copy)]
pub struct KeyPlace {
    pub(crate) attribute: &'static str,
    pub(crate) template: Template,
    limit: usize,
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

    pub(crate) fn error(&self, problem: KeyProblem) -> KeyError {
        KeyError { attribute: self.attribute, template: self.template, problem }
    }

    pub(crate) fn check_length(&self, text: String) -> Result<String, KeyError> {
        if text.len() > self.limit {
            return Err(self.error(KeyProblem::TooLong { bytes: text.len(), limit: self.limit }));
        }
        Ok(text)
    }
}

/// One key under construction.
#[derive(Debug)]
pub struct KeyBuilder {
    place: KeyPlace,
    text: KeyText,
}

impl KeyBuilder {
    /// An empty key.
    pub fn new(place: KeyPlace, delimiter: char) -> Self {
        // Room for values of ordinary length: most keys are made with one allocation.
        let capacity = place.template.text.len() + 32;
        Self { place, text: KeyText::new(delimiter, capacity) }
    }

    /// Literal text of the template.
    pub fn literal(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// The value of `field`.
    pub fn part<P: KeyPart>(&mut self, field: &'static str, value: &P) -> Result<(), KeyError> {
        self.write(field, |text| value.encode(text))
    }

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

    pub(crate) fn delimiter(&self) -> char {
        self.text.delimiter()
    }

    /// What was written, of whatever length: part of a key.
    pub(crate) fn into_text(self) -> String {
        self.text.finish()
    }

    /// The finished key.
    pub fn finish(self) -> Result<String, KeyError> {
        self.place.check_length(self.text.finish())
    }
}
