//! Sets. serde has lists alone, so a helper module marks the list that is to be one, as those of `serde_dynamo` do:
//! by the name of a newtype around it.

use serde::ser::{Serialize, SerializeSeq, SerializeTuple, SerializeTupleStruct, Serializer};

use super::refuse::refuse;
use super::{Never, Out, ValueWriter, put};
use crate::wire::{Error, Result};

/// What a set is of.
#[derive(Debug, Clone, Copy)]
struct Kind {
    open: &'static str,
    /// How an element begins as an attribute value; in a set it stands without that.
    element: &'static [u8],
    mixed: &'static str,
}

const TEXTS: Kind =
    Kind { open: "{\"SS\":[", element: b"{\"S\":", mixed: "String set element does not serialize to string" };
const NUMBERS: Kind =
    Kind { open: "{\"NS\":[", element: b"{\"N\":", mixed: "Number set element does not serialize to number" };
const BLOBS: Kind =
    Kind { open: "{\"BS\":[", element: b"{\"B\":", mixed: "Binary set element does not serialize to binary" };

/// Writes a list as a set.
#[derive(Debug)]
pub(super) struct SetWriter<'w> {
    out: &'w mut Out,
    kind: Kind,
    first: bool,
}

impl<'w> SetWriter<'w> {
    /// The writer for a newtype of this name, if it marks a set.
    #[inline]
    pub(super) fn named(name: &str) -> Option<fn(&'w mut Out) -> Self> {
        match name {
            "\u{37e}STRINGSET\u{37e}" => Some(|out| Self { out, kind: TEXTS, first: true }),
            "\u{37e}NUMBERSET\u{37e}" => Some(|out| Self { out, kind: NUMBERS, first: true }),
            "\u{37e}BYTESSET\u{37e}" => Some(|out| Self { out, kind: BLOBS, first: true }),
            _ => None,
        }
    }

    /// DynamoDB stores none that is empty, or has an element twice.
    fn open(self) -> Self {
        self.out.doubt();
        put(self.out, self.kind.open);
        self
    }

    fn add<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<()> {
        if !std::mem::take(&mut self.first) {
            self.out.push(b',');
        }
        let from = self.out.len();
        value.serialize(ValueWriter(self.out))?;
        if !self.out[from..].starts_with(self.kind.element) {
            return Err(Error::unfit(self.kind.mixed));
        }
        self.out.drain(from..from + self.kind.element.len());
        self.out.pop();
        Ok(())
    }

    fn close(self) -> Result<()> {
        put(self.out, "]}");
        Ok(())
    }
}

macro_rules! sequence {
    ($($kind:ident $add:ident;)*) => {$(
        impl $kind for SetWriter<'_> {
            type Ok = ();
            type Error = Error;

            fn $add<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<()> {
                self.add(value)
            }

            fn end(self) -> Result<()> {
                self.close()
            }
        }
    )*};
}

sequence! {
    SerializeSeq serialize_element;
    SerializeTuple serialize_element;
    SerializeTupleStruct serialize_field;
}

fn no_list<T>() -> Result<T> {
    Err(Error::unfit("Not a set-like sequence"))
}

impl<'w> Serializer for SetWriter<'w> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;
    type SerializeStruct = Never;
    type SerializeStructVariant = Never;

    fn serialize_seq(self, _: Option<usize>) -> Result<Self> {
        Ok(self.open())
    }

    fn serialize_tuple(self, _: usize) -> Result<Self> {
        Ok(self.open())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self> {
        Ok(self.open())
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Result<()> {
        value.serialize(self)
    }

    refuse! {
        no_list: bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str bytes none unit unit_struct unit_variant
            newtype_variant tuple_variant map struct_ struct_variant
    }
}
