//! Puts one key together from its template: generated code calls it segment by segment.

use super::template_part::TemplatePart;
use super::{Codec, KeyError, KeyPart, KeyProblem, KeyText, KeyValue, PartRule};
use crate::model::KeyAttribute;
use crate::proof::{KeyType, Segment, Template};

/// The longest partition key, in bytes
/// ([DynamoDB's limits](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html)).
pub(crate) const PARTITION_KEY_LIMIT: usize = 2048;
/// The longest sort key, in bytes (the same page).
pub(crate) const SORT_KEY_LIMIT: usize = 1024;

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
    pub const fn partition(attributes: &'static [KeyAttribute], source: Source) -> Self {
        Self::new(attributes, source, PARTITION_KEY_LIMIT)
    }

    /// A sort key. A table without one has its own message for an entity with one.
    pub const fn sort(attributes: &'static [KeyAttribute], source: Source) -> Self {
        Self::new(attributes, source, SORT_KEY_LIMIT)
    }

    const fn new(attributes: &'static [KeyAttribute], source: Source, limit: usize) -> Self {
        let (attribute, key_type) = match attributes {
            [attribute, ..] => (attribute.name, attribute.key_type),
            [] => ("", KeyType::Text),
        };
        Self { attribute, template: source.template(key_type), limit }
    }

    /// The template of the key.
    pub const fn template(&self) -> Template {
        self.template
    }

    /// A text key of which nothing is written yet.
    #[inline]
    pub(crate) fn empty_text(&self) -> KeyText {
        // A native key is no text, and its template has no delimiter.
        if self.template.is_native() {
            return KeyText::new('#', 0);
        }
        // Room for values of ordinary length: most keys are made with one allocation.
        KeyText::new(self.template.delimiter(), self.template.source.len() + 32)
    }

    #[cold]
    pub(crate) fn error(&self, problem: KeyProblem) -> KeyError {
        KeyError { attribute: self.attribute, template: self.template.source, problem }
    }

    #[cold]
    pub(crate) fn part_error(&self, field: &'static str, rule: PartRule) -> KeyError {
        self.error(KeyProblem::Part { field, rule })
    }

    #[inline]
    pub(crate) fn check_length(&self, value: KeyValue) -> Result<KeyValue, KeyError> {
        self.check_length_of(value.len()).map(|()| value)
    }

    #[inline]
    pub(crate) fn check_length_of(&self, bytes: usize) -> Result<(), KeyError> {
        if bytes > self.limit {
            return Err(self.error(KeyProblem::TooLong { bytes, limit: self.limit }));
        }
        Ok(())
    }
}

/// A template as it is written, before it is known what type its key attribute has.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// The text of the template.
    pub text: &'static str,
    /// The table's delimiter.
    pub delimiter: u8,
    /// Its literals and parts.
    pub segments: &'static [Segment],
    /// What a single field can be by itself, besides text.
    pub native: Option<KeyType>,
}

impl Source {
    /// A template that does not suit the type is text: the table's checks have a message for it.
    const fn template(self, key_type: KeyType) -> Template {
        match (self.native, key_type) {
            (Some(KeyType::Number), KeyType::Number) | (Some(KeyType::Binary), KeyType::Binary) => {
                Template::native(self.text, key_type, self.segments)
            }
            _ => Template::text(self.text, self.delimiter, self.segments),
        }
    }
}

/// One key under construction.
///
/// It borrows what it writes, so that it never leaves the registers: then `place` is known where a key is
/// built, and what only keys of another type need is not compiled there.
#[derive(Debug)]
pub struct KeyBuilder<'a> {
    place: &'static KeyPlace,
    text: &'a mut KeyText,
    /// The value of the one part of a native key.
    native: &'a mut Option<KeyValue>,
}

impl KeyBuilder<'_> {
    /// Literal text of the template.
    #[inline]
    pub fn literal(&mut self, text: &str) {
        self.text.literal(text);
    }

    /// The value of a part.
    #[inline]
    pub fn part<P: TemplatePart>(&mut self, value: &P::Value) -> Result<(), KeyError> {
        if self.place.template.is_native() {
            let native = value.native();
            *self.native = Some(native.map_err(|rule| self.place.part_error(P::FIELD, rule))?);
            return Ok(());
        }
        self.write(P::FIELD, |text| P::Codec::encode(value, text))
    }

    #[inline]
    pub(crate) fn write(
        &mut self,
        field: &'static str,
        write: impl FnOnce(&mut KeyText) -> Result<(), PartRule>,
    ) -> Result<(), KeyError> {
        write(self.text).map_err(|rule| self.place.part_error(field, rule))
    }
}

/// The value of one key: `write` writes its template, segment by segment.
#[inline]
pub fn key_value(
    place: &'static KeyPlace,
    write: impl FnOnce(&mut KeyBuilder<'_>) -> Result<(), KeyError>,
) -> Result<KeyValue, KeyError> {
    let (mut text, mut native) = (place.empty_text(), None);
    write(&mut KeyBuilder { place, text: &mut text, native: &mut native })?;
    place.check_length(native.unwrap_or_else(|| KeyValue::Text(text.finish())))
}
