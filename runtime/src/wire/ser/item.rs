//! Items while they are written: the attributes one behind the other, and where each of them is.

use std::borrow::Cow;
use std::ops::{Deref, Range};

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use super::compound::{different, put_name};
use super::refuse::refuse;
use super::{Never, Out, ValueWriter, map_key};
use crate::wire::{Error, Pull, Result};

/// Where an attribute is: `,"name":{"S":"Ada"}`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// The comma.
    pub(crate) from: usize,
    /// Behind the colon.
    pub(crate) value: usize,
    pub(crate) to: usize,
}

impl Place {
    /// The name, as it is written between its quotation marks.
    pub(crate) fn name(&self) -> Range<usize> {
        self.from + 2..self.value - 2
    }
}

/// Where the attributes of an item are.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places {
    all: Vec<Place>,
    names: Names,
}

/// What the names of attributes are like, in one word: most names that are looked for are like none of them.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Names(u64);

impl Names {
    /// Where nobody knows.
    pub(crate) const ANY: Self = Self(u64::MAX);

    /// By their length and their first byte.
    #[inline]
    fn bit(name: &str) -> u64 {
        let first = name.as_bytes().first().copied().unwrap_or_default();
        1 << ((name.len() * 7 + usize::from(first)) % 64)
    }

    /// Whether this may be one of them.
    #[inline]
    pub(crate) fn may_have(self, name: &str) -> bool {
        self.0 & Self::bit(name) != 0
    }
}

impl Places {
    pub(crate) fn with_capacity(attributes: usize) -> Self {
        Self { all: Vec::with_capacity(attributes), ..Self::default() }
    }

    #[inline]
    pub(crate) fn push(&mut self, name: &str, place: Place) {
        self.names.0 |= Names::bit(name);
        self.all.push(place);
    }

    /// Takes one out, and moves those behind it. Its name may still seem to be there.
    pub(crate) fn remove(&mut self, at: usize) -> Place {
        let removed = self.all.remove(at);
        let back = removed.to - removed.from;
        for Place { from, value, to } in &mut self.all[at..] {
            (*from, *value, *to) = (*from - back, *value - back, *to - back);
        }
        removed
    }

    pub(crate) fn clear(&mut self) {
        self.all.clear();
        self.names = Names::default();
    }

    #[inline]
    pub(crate) fn names(&self) -> Names {
        self.names
    }
}

impl Deref for Places {
    type Target = [Place];

    fn deref(&self) -> &[Place] {
        &self.all
    }
}

/// Which attributes are stored at all.
pub(crate) trait Gate {
    /// Whether this one is, which is NULL, or may be one that DynamoDB does not store; an error ends it all.
    fn admits(&mut self, name: &str, value: &[u8]) -> Result<bool>;
}

/// Writes the attributes of an item.
pub(crate) struct ItemWriter<'w> {
    pub(crate) json: &'w mut Out,
    pub(crate) places: &'w mut Places,
    pub(crate) gate: &'w mut dyn Gate,
}

impl ItemWriter<'_> {
    /// What was written from here on is an attribute, or nothing.
    fn close(&mut self, from: usize, value: usize, name: &str) -> Result<()> {
        let written = &self.json[value..];
        if (self.json.is_doubtful() || written == b"{\"NULL\":true}") && !self.gate.admits(name, written)? {
            self.json.truncate(from);
        } else {
            self.places.push(name, Place { from, value, to: self.json.len() });
        }
        self.json.trust();
        Ok(())
    }
}

/// The name of an attribute.
pub(crate) fn name_of<'j>(json: &'j [u8], place: &Place) -> Result<Cow<'j, str>> {
    Pull::new(&json[place.from + 1..place.value - 1])?.string()
}

/// A struct: its fields are known to have different names.
pub(crate) struct Fields<'w>(ItemWriter<'w>);

impl SerializeStruct for Fields<'_> {
    type Ok = ();
    type Error = Error;

    #[inline(always)]
    fn serialize_field<T: ?Sized + Serialize>(&mut self, name: &'static str, value: &T) -> Result<()> {
        let from = self.0.json.len();
        put_name(self.0.json, b',', name);
        let at = self.0.json.len();
        value.serialize(ValueWriter(self.0.json))?;
        self.0.close(from, at, name)
    }

    #[inline]
    fn end(self) -> Result<()> {
        Ok(())
    }
}

/// A map, which a struct with a flattened field is too.
pub(crate) struct Entries<'w> {
    item: ItemWriter<'w>,
    /// Where the entry in hand begins.
    from: usize,
}

impl SerializeMap for Entries<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<()> {
        self.from = self.item.json.len();
        self.item.json.push(b',');
        map_key(key, self.item.json)?;
        self.item.json.push(b':');
        Ok(())
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<()> {
        let (from, at) = (self.from, self.item.json.len());
        value.serialize(ValueWriter(self.item.json))?;
        let name = name_of(self.item.json, &Place { from, value: at, to: at })?.into_owned();
        self.item.close(from, at, &name)
    }

    fn end(self) -> Result<()> {
        let mut names: Vec<_> = self.item.places.iter().map(Place::name).collect();
        different(self.item.json, &mut names)
    }
}

fn no_item<T>() -> Result<T> {
    Err(Error::unfit("Not a map-like object"))
}

impl<'w> Serializer for ItemWriter<'w> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Never;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Entries<'w>;
    type SerializeStruct = Fields<'w>;
    type SerializeStructVariant = Never;

    #[inline]
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields<'w>> {
        Ok(Fields(self))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Entries<'w>> {
        Ok(Entries { item: self, from: 0 })
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Result<()> {
        value.serialize(self)
    }

    refuse! {
        no_item: bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str bytes none unit unit_struct unit_variant
            newtype_variant seq tuple tuple_struct tuple_variant struct_variant
    }
}
