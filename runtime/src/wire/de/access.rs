//! What is in lists and maps, one after the other. What a visitor leaves there is stepped over.

use std::borrow::Cow;

use serde::de::{
    DeserializeSeed, Deserializer as _, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use super::Value;
use crate::wire::{Error, Key, Pull, Result, Seen};

pub(super) struct Elements<'r, 'de> {
    pull: &'r mut Pull<'de>,
    first: bool,
    done: bool,
}

impl<'r, 'de> Elements<'r, 'de> {
    #[inline]
    pub(super) fn visit<V: Visitor<'de>>(pull: &'r mut Pull<'de>, visitor: V) -> Result<V::Value> {
        pull.begin_array()?;
        pull.deeper()?;
        let mut elements = Elements { pull: &mut *pull, first: true, done: false };
        let value = visitor.visit_seq(&mut elements)?;
        let (first, done) = (elements.first, elements.done);
        pull.shallower();
        if !done {
            pull.skip_rest_of_array(first, Pull::skip_value)?;
        }
        Ok(value)
    }
}

impl<'de> SeqAccess<'de> for Elements<'_, 'de> {
    type Error = Error;

    #[inline]
    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        if self.done {
            return Ok(None);
        }
        if self.pull.next_element(&mut self.first)? {
            return seed.deserialize(Value(self.pull)).map(Some);
        }
        self.done = true;
        Ok(None)
    }
}

pub(super) struct Members<'r, 'de> {
    pull: &'r mut Pull<'de>,
    seen: Option<Seen<'de>>,
    first: bool,
    done: bool,
}

impl<'r, 'de> Members<'r, 'de> {
    #[inline]
    pub(super) fn visit<V: Visitor<'de>>(
        pull: &'r mut Pull<'de>,
        visitor: V,
        has_fields: bool,
    ) -> Result<V::Value> {
        pull.begin_object()?;
        pull.deeper()?;
        let seen = if has_fields { None } else { Some(Seen::nothing()) };
        let mut members = Members { pull: &mut *pull, seen, first: true, done: false };
        let value = visitor.visit_map(&mut members)?;
        let (first, done) = (members.first, members.done);
        pull.shallower();
        if !done {
            pull.skip_rest_of_item(first)?;
        }
        Ok(value)
    }
}

impl<'de> MapAccess<'de> for Members<'_, 'de> {
    type Error = Error;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        if self.done {
            return Ok(None);
        }
        let Some(name) = self.pull.next_name(&mut self.first)? else {
            self.done = true;
            return Ok(None);
        };
        if let Some(seen) = &mut self.seen {
            seen.add(self.pull, name.clone())?;
        }
        seed.deserialize(Key(name)).map(Some)
    }

    #[inline]
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value> {
        seed.deserialize(Value(self.pull))
    }
}

/// A map of one member: the variant of an enum, and what it holds.
pub(super) struct OneMember<'r, 'de> {
    pull: &'r mut Pull<'de>,
    name: Cow<'de, str>,
}

impl<'r, 'de> OneMember<'r, 'de> {
    pub(super) fn visit<V: Visitor<'de>>(pull: &'r mut Pull<'de>, visitor: V) -> Result<V::Value> {
        pull.begin_object()?;
        pull.deeper()?;
        let mut first = true;
        let name = pull.next_name(&mut first)?.ok_or_else(not_one)?;
        let value = visitor.visit_enum(OneMember { pull: &mut *pull, name })?;
        if pull.next_name(&mut first)?.is_some() {
            return Err(not_one());
        }
        pull.shallower();
        Ok(value)
    }
}

#[cold]
fn not_one() -> Error {
    Error::unfit("an enum in a map has one member")
}

impl<'r, 'de> EnumAccess<'de> for OneMember<'r, 'de> {
    type Error = Error;
    type Variant = Value<'r, 'de>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Value<'r, 'de>)> {
        Ok((seed.deserialize(Key(self.name))?, Value(self.pull)))
    }
}

impl<'de> VariantAccess<'de> for Value<'_, 'de> {
    type Error = Error;

    fn unit_variant(self) -> Result<()> {
        self.0.skip_value()
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value> {
        // Not `deserialize_struct`: that would take a list too.
        self.deserialize_map(visitor)
    }
}
