//! Half of a key with the types of its parts: what generated code calls to write keys, and to take them apart.
//!
//! The parts of a template are a list of types, `(A, (B, ()))`, and their values are a list like it. So generated
//! code says what it has in one expression, and what is done with it is here: rustc goes over generated code
//! anew for each entity of each user.

use std::marker::PhantomData;

use super::builder::{KeyBuilder, KeyPlace, key_value, key_value_in};
use super::parse::{Whole, no_sort_key, sort_key_of};
use super::template_part::{CanonicalPart, TemplatePart};
use super::{KeyError, KeyValue};
use crate::index::KeyHalf;
use crate::index_keys::{Fate, Part};
use crate::proof::{KeyType, Segment, Template};

/// The parts of a template, from left to right.
pub trait Parts: 'static {
    /// A value for each, borrowed.
    type Refs<'v>;
    /// What becomes of each in an index key.
    type Found<'v>: Copy;
    /// How many there are.
    const COUNT: usize;
    /// What the first can be as a key by itself, besides text.
    const NATIVE: Option<KeyType>;

    /// Appends all parts to the key, and the literals before each.
    fn write(values: Self::Refs<'_>, key: &mut KeyBuilder<'_>) -> Result<(), KeyError>;

    /// What becomes of all of them, and of those in `fate`.
    fn fate(found: Self::Found<'_>, fate: Fate) -> Fate;

    /// The values, which have to be there.
    fn values<'v>(found: Self::Found<'v>) -> Self::Refs<'v>;
}

impl Parts for () {
    type Refs<'v> = ();
    type Found<'v> = ();
    const COUNT: usize = 0;
    const NATIVE: Option<KeyType> = None;

    #[inline]
    fn write((): (), _: &mut KeyBuilder<'_>) -> Result<(), KeyError> {
        Ok(())
    }

    #[inline]
    fn fate((): (), fate: Fate) -> Fate {
        fate
    }

    #[inline]
    fn values<'v>((): Self::Found<'v>) -> Self::Refs<'v> {}
}

impl<P: TemplatePart + 'static, R: Parts> Parts for (P, R) {
    type Refs<'v> = (&'v P::Value, R::Refs<'v>);
    type Found<'v> = (&'v Part<'v, P::Value>, R::Found<'v>);
    const COUNT: usize = 1 + R::COUNT;
    const NATIVE: Option<KeyType> = P::NATIVE;

    #[inline]
    fn write((value, rest): Self::Refs<'_>, key: &mut KeyBuilder<'_>) -> Result<(), KeyError> {
        key.part::<P>(value)?;
        R::write(rest, key)
    }

    #[inline]
    fn fate((part, rest): Self::Found<'_>, fate: Fate) -> Fate {
        R::fate(rest, fate.and(part))
    }

    #[inline]
    fn values<'v>((part, rest): Self::Found<'v>) -> Self::Refs<'v> {
        (part.value(), R::values(rest))
    }
}

/// Parts that all are as their types write them, and so give their values back.
pub trait ReadParts: Parts {
    /// A value for each.
    type Values;

    /// The values of the parts from `number` on, from the texts of these.
    fn read(place: &KeyPlace, number: usize, texts: &[&str]) -> Result<Self::Values, KeyError>;
}

impl ReadParts for () {
    type Values = ();

    #[inline]
    fn read(_: &KeyPlace, _: usize, _: &[&str]) -> Result<(), KeyError> {
        Ok(())
    }
}

/// It asks for no codec that decodes, because rustc would report a type without a key encoding here again.
impl<P: CanonicalPart + 'static, R: ReadParts> ReadParts for (P, R) {
    type Values = (P::Value, R::Values);

    #[inline]
    fn read(place: &KeyPlace, number: usize, texts: &[&str]) -> Result<Self::Values, KeyError> {
        let (text, rest) = texts.split_first().unwrap_or((&"", &[]));
        Ok((Whole::<P>::decode(place, number, text)?, R::read(place, number + 1, rest)?))
    }
}

/// Half of a key: where it is stored, and its parts.
#[derive(Debug)]
pub struct Place<L> {
    place: KeyPlace,
    parts: PhantomData<fn() -> L>,
}

impl<L: Parts> Place<L> {
    /// The half of a key that has this template.
    pub const fn new(half: KeyHalf, text: &'static str, segments: &'static [Segment]) -> Self {
        let native = match segments {
            [Segment::Part { .. }] => L::NATIVE,
            _ => None,
        };
        Self { place: KeyPlace::new(half, text, segments, native), parts: PhantomData }
    }

    /// The template.
    pub const fn template(&self) -> Template {
        self.place.template
    }

    /// The same for code that knows the parts by itself.
    #[inline]
    pub const fn untyped(&'static self) -> &'static KeyPlace {
        &self.place
    }

    /// The key of these values.
    #[inline]
    pub fn key(&'static self, values: L::Refs<'_>) -> Result<KeyValue, KeyError> {
        key_value(&self.place, |key| L::write(values, key))
    }

    /// The same, in a buffer that was used before.
    #[inline]
    pub fn key_in(&'static self, buffer: &mut String, values: L::Refs<'_>) -> Result<KeyValue, KeyError> {
        key_value_in(std::mem::take(buffer), &self.place, |key| L::write(values, key))
    }
}

/// The values of both halves of a stored key.
pub fn read<L: ReadParts, M: ReadParts>(
    partition: &Place<L>,
    sort: &Place<M>,
    partition_key: &str,
    sort_key: Option<&str>,
) -> Result<(L::Values, M::Values), KeyError> {
    let (mut few, mut many) = Texts::new();
    let partition_texts = partition.place.texts(partition_key, few.of(L::COUNT))?;
    let sort_texts = sort.place.texts(sort_key_of(&sort.place, sort_key)?, many.of(M::COUNT))?;
    Ok((L::read(&partition.place, 0, partition_texts)?, M::read(&sort.place, 0, sort_texts)?))
}

/// The values of a stored key that has no other half.
pub fn read_alone<L: ReadParts>(
    partition: &Place<L>,
    partition_key: &str,
    sort_key: Option<&str>,
) -> Result<L::Values, KeyError> {
    let (mut few, _) = Texts::new();
    let texts = partition.place.texts(partition_key, few.of(L::COUNT))?;
    no_sort_key(&partition.place, sort_key)?;
    L::read(&partition.place, 0, texts)
}

/// Room for the texts of parts, on the stack if they are few, as they nearly always are.
struct Texts<'t> {
    few: [&'t str; 4],
    many: Vec<&'t str>,
}

impl<'t> Texts<'t> {
    fn new() -> (Self, Self) {
        let none = || Self { few: [""; 4], many: Vec::new() };
        (none(), none())
    }

    #[inline]
    fn of(&mut self, count: usize) -> &mut [&'t str] {
        if count <= self.few.len() {
            return &mut self.few[..count];
        }
        self.many.resize(count, "");
        &mut self.many
    }
}
