//! Takes stored keys apart: what generated code calls to make a key struct of its texts.
//!
//! First each half is split along its template, then each field is decoded from one of its parts, and the
//! other parts of the field are held against it.

use std::marker::PhantomData;

use super::builder::KeyPlace;
use super::template_part::TemplatePart;
use super::{Codec, Decode, KeyError, KeyPart, KeyProblem, KeyText, KeyValue, PartRule};
use crate::proof::KeyType;

impl KeyPlace {
    /// The texts of the parts of a stored key, of which the template has `N`.
    pub fn split<'t, const N: usize>(&self, key: &'t str) -> Result<[&'t str; N], KeyError> {
        let mut parts = [""; N];
        self.texts(key, &mut parts)?;
        Ok(parts)
    }

    /// The same, in `parts`, which has a place for each.
    #[inline]
    pub(super) fn texts<'p, 't>(
        &self,
        key: &'t str,
        parts: &'p mut [&'t str],
    ) -> Result<&'p [&'t str], KeyError> {
        if let (true, [part]) = (self.template.is_native(), &mut *parts) {
            *part = key;
            return Ok(parts);
        }
        match self.template.split(key, parts) {
            true => Ok(parts),
            false => Err(self.error(KeyProblem::NotOfTemplate)),
        }
    }
}

/// A part that its field's value is taken from.
///
/// `Whole::<P>::decode` is the inherent function if the codec gives its value back, and otherwise that of
/// [`InPart`]: rustc decides by the type, which a derive cannot see (`lower` loses the case of text, and
/// nothing of a ULID). So a type that cannot stand in a key at all is no second error here.
#[derive(Debug)]
pub struct Whole<P>(PhantomData<P>);

impl<P: TemplatePart> Whole<P>
where
    P::Codec: Decode<P::Value>,
{
    /// The value of part number `number`.
    #[inline]
    pub fn decode(place: &KeyPlace, number: usize, text: &str) -> Result<P::Value, KeyError> {
        let value = match place.template.key_type {
            KeyType::Text => P::Codec::decode(text, place.template.delimiter()),
            KeyType::Number => P::Value::from_native(KeyValue::Number(text.to_owned())),
            KeyType::Binary => {
                Vec::decode(text, '#').and_then(|bytes| P::Value::from_native(KeyValue::Binary(bytes)))
            }
        };
        value.map_err(|rule| place.part_error(number, rule))
    }
}

/// A part that holds less than its field's value.
pub trait InPart<P: TemplatePart> {
    /// Never has the value. A table whose primary key holds a field in this form only does not compile.
    fn decode(place: &KeyPlace, number: usize, _: &str) -> Result<P::Value, KeyError> {
        Err(place.part_error(number, PartRule::Refused { reason: "stands in its key in part only" }))
    }
}

impl<P: TemplatePart> InPart<P> for Whole<P> {}

/// Asks for a part of `value` to be written as `text`.
pub fn verify<P: TemplatePart>(
    place: &KeyPlace,
    number: usize,
    value: &P::Value,
    text: &str,
) -> Result<(), KeyError> {
    let same = match place.template.is_native() {
        true => value.native().is_ok_and(|again| again.into_text() == text),
        false => {
            let mut again = KeyText::new(place.template.delimiter(), text.len());
            P::Codec::encode(value, &mut again).is_ok() && again.as_str() == text
        }
    };
    match same {
        true => Ok(()),
        false => Err(disagrees(place, number)),
    }
}

#[cold]
fn disagrees(place: &KeyPlace, number: usize) -> KeyError {
    place.error(KeyProblem::Disagrees { field: place.field(place.template.segment(number)) })
}

/// Asks for two texts of one field and codec to be equal.
pub fn agree(place: &KeyPlace, number: usize, first: &str, text: &str) -> Result<(), KeyError> {
    match first == text {
        true => Ok(()),
        false => Err(disagrees(place, number)),
    }
}

/// The text of a part of an index key that holds less than its field's value.
pub fn text_of<P: TemplatePart>(place: &KeyPlace, number: usize, text: &str) -> Result<String, KeyError> {
    match P::Codec::LANGUAGE.matches(text, place.template.delimiter()) {
        true => Ok(text.to_owned()),
        false => Err(place.part_error(number, PartRule::NotOfThisForm { expected: "what its codec writes" })),
    }
}

/// The sort key, which has to be there.
#[inline]
pub fn sort_key_of<'t>(place: &KeyPlace, sort: Option<&'t str>) -> Result<&'t str, KeyError> {
    sort.ok_or_else(|| place.error(KeyProblem::NoSortKey))
}

/// Asks for no sort key to be there.
#[inline]
pub fn no_sort_key(partition: &KeyPlace, sort: Option<&str>) -> Result<(), KeyError> {
    match sort {
        None => Ok(()),
        Some(_) => Err(partition.error(KeyProblem::SortKeyGiven)),
    }
}
