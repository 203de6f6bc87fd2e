//! Attribute values for serde.

mod access;
mod set;

use std::borrow::Cow;

use serde::de::value::{BorrowedStrDeserializer, CowStrDeserializer};
use serde::de::{Deserializer, Visitor};

use self::access::{Elements, Members, OneMember};
use self::set::Element;
use super::number::{self, double, parsed, signed, single, unsigned};
use super::{Error, Pull, Result, Tag};

/// The attribute value that begins at the reader's position.
#[derive(Debug)]
pub(crate) struct Value<'r, 'de>(pub(crate) &'r mut Pull<'de>);

#[inline]
pub(crate) fn visit_text<'de, V: Visitor<'de>>(text: Cow<'de, str>, visitor: V) -> Result<V::Value> {
    match text {
        Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
        Cow::Owned(text) => visitor.visit_string(text),
    }
}

#[cold]
fn other_type() -> Error {
    Error::unfit("an attribute value of another type")
}

impl<'de> Value<'_, 'de> {
    #[inline]
    fn text(self) -> Result<Cow<'de, str>> {
        self.0.s()?.ok_or_else(other_type)
    }

    #[inline]
    fn number<T>(self, parse: fn(&str) -> Option<T>) -> Result<T> {
        let text = self.0.n()?.ok_or_else(other_type)?;
        parse(&text).ok_or_else(number::unfit)
    }

    /// Whether it is NULL, which then was read.
    fn is_null(&mut self) -> Result<bool> {
        let from = self.0.at;
        if self.0.tag()? == Tag::Null && self.0.boolean()? {
            self.0.close()?;
            return Ok(true);
        }
        self.0.at = from;
        Ok(false)
    }

    fn unit<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value> {
        if self.is_null()? { visitor.visit_unit() } else { Err(other_type()) }
    }

    fn bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.0.tag()? != Tag::B {
            return Err(other_type());
        }
        let bytes = self.0.blob()?;
        self.0.close()?;
        visitor.visit_byte_buf(bytes)
    }

    /// A list or a set, behind its tag.
    fn elements<V: Visitor<'de>>(self, tag: Tag, visitor: V) -> Result<V::Value> {
        let value = match tag {
            Tag::L => Elements::visit(self.0, visitor)?,
            Tag::Ss | Tag::Ns | Tag::Bs => Element::visit_all(self.0, tag, visitor)?,
            _ => return Err(other_type()),
        };
        self.0.close()?;
        Ok(value)
    }

    #[cold]
    fn spaced_elements<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let tag = self.0.tag()?;
        self.elements(tag, visitor)
    }

    /// The content of a map, behind its tag. serde's derives refuse a field that comes twice by themselves.
    #[inline]
    fn members<V: Visitor<'de>>(self, visitor: V, has_fields: bool) -> Result<V::Value> {
        let value = Members::visit(self.0, visitor, has_fields)?;
        self.0.close()?;
        Ok(value)
    }

    #[cold]
    fn spaced_members<V: Visitor<'de>>(self, visitor: V, has_fields: bool) -> Result<V::Value> {
        match self.0.tag()? {
            Tag::M => self.members(visitor, has_fields),
            tag @ Tag::L if has_fields => self.elements(tag, visitor),
            _ => Err(other_type()),
        }
    }

    #[inline]
    fn map<V: Visitor<'de>>(self, visitor: V, has_fields: bool) -> Result<V::Value> {
        if self.0.skips(b"{\"M\":") {
            self.members(visitor, has_fields)
        } else {
            self.spaced_members(visitor, has_fields)
        }
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident $parse:expr;)*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            visitor.$visit(self.number($parse)?)
        }
    )*};
}

#[inline]
fn narrow<T: TryFrom<i64>>(text: &str) -> Option<T> {
    T::try_from(signed(text)?).ok()
}

impl<'de> Deserializer<'de> for Value<'_, 'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let from = self.0.at;
        match self.0.tag()? {
            Tag::M => return self.members(visitor, false),
            tag @ (Tag::L | Tag::Ss | Tag::Ns | Tag::Bs) => return self.elements(tag, visitor),
            _ => self.0.at = from,
        }
        match self.0.tag()? {
            Tag::S => {
                self.0.at = from;
                self.deserialize_str(visitor)
            }
            Tag::N => {
                let text = self.0.string()?;
                self.0.close()?;
                number::visit(&text, visitor)
            }
            Tag::Bool => {
                self.0.at = from;
                self.deserialize_bool(visitor)
            }
            tag => {
                self.0.at = from;
                if tag == Tag::B { self.bytes(visitor) } else { self.unit(visitor) }
            }
        }
    }

    #[inline]
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visit_text(self.text()?, visitor)
    }

    #[inline]
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_str(visitor)
    }

    numbers! {
        deserialize_i8 visit_i8 narrow;
        deserialize_i16 visit_i16 narrow;
        deserialize_i32 visit_i32 narrow;
        deserialize_i64 visit_i64 signed;
        deserialize_i128 visit_i128 parsed;
        deserialize_u8 visit_u8 narrow;
        deserialize_u16 visit_u16 narrow;
        deserialize_u32 visit_u32 narrow;
        deserialize_u64 visit_u64 unsigned;
        deserialize_u128 visit_u128 parsed;
        deserialize_f32 visit_f32 single;
        deserialize_f64 visit_f64 double;
    }

    #[inline]
    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.0.skips(b"{\"BOOL\":true}") {
            return visitor.visit_bool(true);
        }
        if self.0.tag()? != Tag::Bool {
            return Err(other_type());
        }
        let value = self.0.boolean()?;
        self.0.close()?;
        visitor.visit_bool(value)
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value> {
        // In DynamoDB's own form the fourth byte tells.
        let rest = &self.0.bytes()[self.0.at..];
        let certain = rest.starts_with(b"{\"") && rest.get(2..4) != Some(b"NU");
        if !certain && self.is_null()? { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.unit(visitor)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value> {
        self.unit(visitor)
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.bytes(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.bytes(visitor)
    }

    #[inline]
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.0.skips(b"{\"L\":") { self.elements(Tag::L, visitor) } else { self.spaced_elements(visitor) }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_seq(visitor)
    }

    #[inline]
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.map(visitor, false)
    }

    #[inline]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.map(visitor, true)
    }

    #[inline]
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        match self.0.s()? {
            Some(Cow::Borrowed(name)) => visitor.visit_enum(BorrowedStrDeserializer::new(name)),
            Some(name) => visitor.visit_enum(CowStrDeserializer::new(name)),
            None if self.0.tag()? == Tag::M => {
                let value = OneMember::visit(self.0, visitor)?;
                self.0.close()?;
                Ok(value)
            }
            None => Err(other_type()),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.0.skip_value()?;
        visitor.visit_unit()
    }
}
