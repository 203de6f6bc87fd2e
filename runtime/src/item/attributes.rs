//! The attributes of an item for serde, without those that are the table's own.

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

use crate::wire::{Error, Key, Pull, Result, Seen, Value};

/// What an attribute is to the type that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Maybe a field's; serde knows.
    Field,
    /// The table's own.
    Own,
    /// The type of the item.
    Type,
}

/// Which attributes serde does not see: they would trip `deny_unknown_fields` and land in flattened maps.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Filter {
    /// A bit for each length that the name of such an attribute has: most names are not looked at any more closely.
    pub(crate) lengths: u64,
    pub(crate) role: fn(&str) -> Role,
    /// The type that the item has to have.
    pub(crate) expected: &'static str,
}

impl Filter {
    /// The bit of a name.
    pub(crate) const fn length(name: &str) -> u64 {
        1 << (name.len() & 63)
    }

    #[inline]
    fn role_of(&self, name: &str) -> Role {
        if self.lengths & Self::length(name) == 0 { Role::Field } else { (self.role)(name) }
    }
}

#[derive(Debug)]
pub(crate) struct Attributes<'r, 'de> {
    pull: &'r mut Pull<'de>,
    filter: Filter,
    first: bool,
    done: bool,
    /// Where the attribute begins that serde has in hand: it says what is wrong with one, but not with which.
    reading: Option<(usize, bool)>,
    /// Whether the item was seen to be of the expected type.
    pub(crate) typed: bool,
    seen: Option<Seen<'de>>,
}

impl<'r, 'de> Attributes<'r, 'de> {
    pub(crate) fn begin(pull: &'r mut Pull<'de>, filter: Filter) -> Result<Self> {
        pull.begin_object()?;
        Ok(Self { pull, filter, first: true, done: false, reading: None, typed: false, seen: None })
    }

    /// Steps to the end of the item, if serde left anything.
    pub(crate) fn finish(&mut self) -> Result<()> {
        while !self.done {
            if self.next_field()?.is_some() {
                self.pull.skip_value()?;
            }
        }
        Ok(())
    }

    /// The name of the attribute that serde has in hand.
    pub(crate) fn reading(&mut self) -> Option<String> {
        let (at, mut first) = self.reading?;
        self.pull.rewind(at);
        Some(self.pull.next_name(&mut first).ok()??.into_owned())
    }

    #[inline]
    fn next_field(&mut self) -> Result<Option<Key<'de>>> {
        while !self.done {
            let begin = (self.pull.at(), self.first);
            let Some(name) = self.pull.next_name(&mut self.first)? else {
                self.done = true;
                break;
            };
            match self.filter.role_of(&name) {
                Role::Field => {
                    self.reading = Some(begin);
                    if let Some(seen) = &mut self.seen {
                        seen.add(self.pull, name.clone())?;
                    }
                    return Ok(Some(Key(name)));
                }
                Role::Own => self.pull.skip_value()?,
                Role::Type => self.check_type()?,
            }
        }
        Ok(None)
    }

    fn check_type(&mut self) -> Result<()> {
        match self.pull.s()? {
            Some(found) if found == self.filter.expected => self.typed = true,
            _ => return Err(Error::unfit("an item of another type")),
        }
        Ok(())
    }
}

impl<'de> MapAccess<'de> for &mut Attributes<'_, 'de> {
    type Error = Error;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        match self.next_field()? {
            Some(key) => seed.deserialize(key).map(Some),
            None => Ok(None),
        }
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value> {
        let value = seed.deserialize(Value(self.pull))?;
        self.reading = None;
        Ok(value)
    }
}

/// An item for serde.
pub(crate) struct ItemDeserializer<'a, 'r, 'de>(pub(crate) &'a mut Attributes<'r, 'de>);

impl<'de> Deserializer<'de> for ItemDeserializer<'_, '_, 'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.0.seen = Some(Seen::nothing());
        visitor.visit_map(self.0)
    }

    /// A derive refuses a field that comes twice by itself.
    #[inline]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_map(self.0)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        MapAccessDeserializer::new(self.0).deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        seq tuple tuple_struct map identifier ignored_any
    }
}
