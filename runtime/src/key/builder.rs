//! Puts one key together from its template.

use super::template_part::TemplatePart;
use super::{Codec, KeyError, KeyPart, KeyProblem, KeyText, KeyValue, PartRule};
use crate::index::KeyHalf;
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
    /// A template that does not suit the type of its attribute is text: the table's checks have a message
    /// for it.
    pub(super) const fn new(
        half: KeyHalf,
        text: &'static str,
        segments: &'static [Segment],
        native: Option<KeyType>,
    ) -> Self {
        let template = match (native, half.key_type) {
            (Some(KeyType::Number), KeyType::Number) | (Some(KeyType::Binary), KeyType::Binary) => {
                Template::native(text, half.key_type, segments)
            }
            _ => Template::text(text, half.delimiter, segments),
        };
        Self { attribute: half.attribute, template, limit: half.limit }
    }

    /// A text key of which nothing is written yet.
    #[inline]
    pub(crate) fn empty_text(&self) -> KeyText {
        self.text_in(String::new())
    }

    /// The same, in a buffer that was used before.
    #[inline]
    fn text_in(&self, buffer: String) -> KeyText {
        // A native key is no text, and its template has no delimiter.
        if self.template.is_native() {
            return KeyText::new('#', 0);
        }
        // Room for values of ordinary length: most keys are made with one allocation.
        KeyText::again(buffer, self.template.delimiter(), self.template.source.len() + 32)
    }

    #[cold]
    pub(crate) fn error(&self, problem: KeyProblem) -> KeyError {
        KeyError { attribute: self.attribute, template: self.template.source, problem }
    }

    /// What is wrong with the part that is segment number `segment`.
    #[cold]
    pub(crate) fn segment_error(&self, segment: usize, rule: PartRule) -> KeyError {
        self.error(KeyProblem::Part { field: self.field(segment), rule })
    }

    /// What is wrong with part number `number`.
    #[cold]
    pub(crate) fn part_error(&self, number: usize, rule: PartRule) -> KeyError {
        self.segment_error(self.template.segment(number), rule)
    }

    /// The field of the part that is segment number `segment`.
    pub(crate) fn field(&self, segment: usize) -> &'static str {
        match self.template.segments().get(segment) {
            Some(Segment::Part { field, .. }) => field,
            _ => "",
        }
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
    /// Segments of the template that are written.
    written: usize,
}

impl KeyBuilder<'_> {
    /// The value of the next part, behind the literal before it.
    #[inline]
    pub fn part<P: TemplatePart>(&mut self, value: &P::Value) -> Result<(), KeyError> {
        if self.place.template.is_native() {
            let native = value.native();
            *self.native = Some(native.map_err(|rule| self.place.segment_error(0, rule))?);
            return Ok(());
        }
        self.write(|text| P::Codec::encode(value, text))
    }

    #[inline]
    pub(crate) fn write(
        &mut self,
        write: impl FnOnce(&mut KeyText) -> Result<(), PartRule>,
    ) -> Result<(), KeyError> {
        self.literal();
        let segment = self.written;
        // Whatever comes of it, so that the compiler knows which literal is next.
        self.written += 1;
        write(self.text).map_err(|rule| self.place.segment_error(segment, rule))
    }

    /// Two literals never follow each other: the derive joins them.
    #[inline]
    fn literal(&mut self) {
        if let Some(Segment::Literal(text)) = self.place.template.segments().get(self.written) {
            self.text.literal(text);
            self.written += 1;
        }
    }
}

/// The value of one key: `write` writes the parts of its template.
#[inline]
pub(crate) fn key_value(
    place: &'static KeyPlace,
    write: impl FnOnce(&mut KeyBuilder<'_>) -> Result<(), KeyError>,
) -> Result<KeyValue, KeyError> {
    key_value_in(String::new(), place, write)
}

/// The same, in a buffer that was used before.
#[inline]
pub(super) fn key_value_in(
    buffer: String,
    place: &'static KeyPlace,
    write: impl FnOnce(&mut KeyBuilder<'_>) -> Result<(), KeyError>,
) -> Result<KeyValue, KeyError> {
    let (mut text, mut native) = (place.text_in(buffer), None);
    let mut key = KeyBuilder { place, text: &mut text, native: &mut native, written: 0 };
    write(&mut key)?;
    key.literal();
    place.check_length(native.unwrap_or_else(|| KeyValue::Text(text.finish())))
}
