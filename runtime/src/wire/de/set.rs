//! Elements of sets, which are strings by themselves.

use std::borrow::Cow;

use serde::de::value::CowStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::other_type;
use crate::wire::number::{self, double, parsed, single};
use crate::wire::{Error, Pull, Result, Tag, visit_text};

/// An element of a set of texts, numbers or bytes.
#[derive(Debug)]
pub(crate) struct Element<'de> {
    text: Cow<'de, str>,
    /// The tag of the set.
    of: Tag,
}

struct Elements<'r, 'de> {
    pull: &'r mut Pull<'de>,
    of: Tag,
    first: bool,
    done: bool,
}

impl<'de> Element<'de> {
    pub(super) fn visit_all<V: Visitor<'de>>(pull: &mut Pull<'de>, of: Tag, visitor: V) -> Result<V::Value> {
        pull.begin_array()?;
        let mut elements = Elements { pull: &mut *pull, of, first: true, done: false };
        let value = visitor.visit_seq(&mut elements)?;
        let (first, done) = (elements.first, elements.done);
        if !done {
            let one = if of == Tag::Bs { Pull::skip_blob } else { Pull::skip_string };
            pull.skip_rest_of_array(first, one)?;
        }
        Ok(value)
    }

    fn number<T>(&self, parse: fn(&str) -> Option<T>) -> Result<T> {
        match self.of {
            Tag::Ns => parse(&self.text).ok_or_else(number::unfit),
            _ => Err(other_type()),
        }
    }

    fn bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match base64_simd::STANDARD.decode_to_vec(self.text.as_bytes()) {
            Ok(bytes) => visitor.visit_byte_buf(bytes),
            Err(_) => Err(Error::malformed(0, "not base64")),
        }
    }
}

impl<'de> SeqAccess<'de> for Elements<'_, 'de> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        if self.done {
            return Ok(None);
        }
        if !self.pull.next_element(&mut self.first)? {
            self.done = true;
            return Ok(None);
        }
        seed.deserialize(Element { text: self.pull.string()?, of: self.of }).map(Some)
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident $parse:expr;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            visitor.$visit(self.number($parse)?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Element<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.of {
            Tag::Ns => number::visit(&self.text, visitor),
            Tag::Bs => self.bytes(visitor),
            _ => visit_text(self.text, visitor),
        }
    }

    numbers! {
        deserialize_i8 visit_i8 parsed;
        deserialize_i16 visit_i16 parsed;
        deserialize_i32 visit_i32 parsed;
        deserialize_i64 visit_i64 parsed;
        deserialize_i128 visit_i128 parsed;
        deserialize_u8 visit_u8 parsed;
        deserialize_u16 visit_u16 parsed;
        deserialize_u32 visit_u32 parsed;
        deserialize_u64 visit_u64 parsed;
        deserialize_u128 visit_u128 parsed;
        deserialize_f32 visit_f32 single;
        deserialize_f64 visit_f64 double;
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        match self.of {
            Tag::Ss => visitor.visit_enum(CowStrDeserializer::new(self.text)),
            _ => Err(other_type()),
        }
    }

    forward_to_deserialize_any! {
        bool char str string bytes byte_buf option unit unit_struct seq tuple tuple_struct map struct identifier
        ignored_any
    }
}
