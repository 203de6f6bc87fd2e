//! Keys of maps: text, and what has one text only.

use serde::ser::{Serialize, Serializer};

use super::Never;
use super::refuse::refuse;
use crate::wire::{Error, Result, put_text};

/// Writes a key of a map, in quotation marks.
pub(crate) fn map_key<T: ?Sized + Serialize>(key: &T, out: &mut Vec<u8>) -> Result<()> {
    key.serialize(KeyWriter(out))
}

struct KeyWriter<'w>(&'w mut Vec<u8>);

fn no_text<T>() -> Result<T> {
    Err(Error::unfit("Key must be a string"))
}

macro_rules! by_display {
    ($($method:ident $type:ty;)*) => {$(
        fn $method(self, value: $type) -> Result<()> {
            self.serialize_str(&value.to_string())
        }
    )*};
}

impl Serializer for KeyWriter<'_> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Never;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;
    type SerializeStruct = Never;
    type SerializeStructVariant = Never;

    fn serialize_str(self, value: &str) -> Result<()> {
        put_text(self.0, value);
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<()> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Result<()> {
        value.serialize(self)
    }

    by_display! {
        serialize_bool bool;
        serialize_char char;
        serialize_i8 i8;
        serialize_i16 i16;
        serialize_i32 i32;
        serialize_i64 i64;
        serialize_i128 i128;
        serialize_u8 u8;
        serialize_u16 u16;
        serialize_u32 u32;
        serialize_u64 u64;
        serialize_u128 u128;
    }

    refuse! {
        no_text: f32 f64 bytes none some unit unit_struct newtype_variant seq tuple tuple_struct tuple_variant map
            struct_ struct_variant
    }
}
