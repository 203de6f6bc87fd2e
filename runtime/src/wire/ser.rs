//! Values of serde, written as attribute values.

mod compound;
mod item;
mod name;
mod out;
mod refuse;
mod set;

use serde::ser::{Impossible, Serialize, Serializer};

pub(crate) use self::compound::put_name;
use self::compound::{List, Object};
pub(crate) use self::item::{Gate, ItemWriter, Names, Place, Places, name_of};
pub(crate) use self::name::map_key;
pub(crate) use self::out::Out;
use self::set::SetWriter;
use super::text::{put_text, put_text_value};
use super::{Error, Result};

/// Writes one attribute value behind what is there.
#[derive(Debug)]
pub(crate) struct ValueWriter<'w>(pub(crate) &'w mut Out);

/// What nothing is written with.
type Never = Impossible<(), Error>;

#[inline]
fn put(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
}

impl ValueWriter<'_> {
    #[inline]
    fn number(self, text: &str) -> Result<()> {
        self.0.reserve(text.len() + 8);
        put(self.0, "{\"N\":\"");
        put(self.0, text);
        put(self.0, "\"}");
        Ok(())
    }

    /// In the fewest digits that are read as the same, 17 at most.
    fn fraction(self, value: f64) -> Result<()> {
        /// Of as few bytes there is only one such text, whoever makes it: 15 digits make different numbers.
        const ONE_TEXT: usize = 15;
        let mut buffer = ryu::Buffer::new();
        let text = if value.is_finite() { buffer.format_finite(value) } else { "" };
        if text.is_empty() || text.len() > ONE_TEXT || text.contains('e') {
            return self.any_fraction(value, value);
        }
        self.number(text.strip_suffix(".0").unwrap_or(text))
    }

    /// The same. What DynamoDB does not store, NaN for one, is refused when it is known where it is.
    #[cold]
    fn any_fraction(self, value: f64, text: impl std::fmt::Display) -> Result<()> {
        const SURE: std::ops::Range<f64> = 1e-100..1e100;
        if !SURE.contains(&value.abs()) {
            self.0.doubt();
        }
        self.number(&text.to_string())
    }
}

macro_rules! integers {
    ($($method:ident $type:ty;)*) => {$(
        #[inline]
        fn $method(self, value: $type) -> Result<()> {
            self.number(itoa::Buffer::new().format(value))
        }
    )*};
}

impl<'w> Serializer for ValueWriter<'w> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = List<'w>;
    type SerializeTuple = List<'w>;
    type SerializeTupleStruct = List<'w>;
    type SerializeTupleVariant = List<'w>;
    type SerializeMap = Object<'w>;
    type SerializeStruct = Object<'w>;
    type SerializeStructVariant = Object<'w>;

    #[inline]
    fn serialize_bool(self, value: bool) -> Result<()> {
        put(self.0, if value { "{\"BOOL\":true}" } else { "{\"BOOL\":false}" });
        Ok(())
    }

    integers! {
        serialize_i8 i8;
        serialize_i16 i16;
        serialize_i32 i32;
        serialize_i64 i64;
        serialize_u8 u8;
        serialize_u16 u16;
        serialize_u32 u32;
        serialize_u64 u64;
    }

    fn serialize_i128(self, value: i128) -> Result<()> {
        self.0.doubt();
        self.number(itoa::Buffer::new().format(value))
    }

    fn serialize_u128(self, value: u128) -> Result<()> {
        self.0.doubt();
        self.number(itoa::Buffer::new().format(value))
    }

    fn serialize_f32(self, value: f32) -> Result<()> {
        self.any_fraction(value.into(), value)
    }

    fn serialize_f64(self, value: f64) -> Result<()> {
        self.fraction(value)
    }

    fn serialize_char(self, value: char) -> Result<()> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    #[inline]
    fn serialize_str(self, value: &str) -> Result<()> {
        put_text_value(self.0, value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<()> {
        put(self.0, "{\"B\":\"");
        base64_simd::STANDARD.encode_append(value, &mut **self.0);
        put(self.0, "\"}");
        Ok(())
    }

    fn serialize_none(self) -> Result<()> {
        put(self.0, "{\"NULL\":true}");
        Ok(())
    }

    #[inline]
    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<()> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<()> {
        self.serialize_none()
    }

    #[inline]
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<()> {
        self.serialize_str(variant)
    }

    /// The helper modules for sets give the newtype a name that says so.
    #[inline]
    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, name: &'static str, value: &T) -> Result<()> {
        match SetWriter::named(name) {
            Some(set) => value.serialize(set(self.0)),
            None => value.serialize(self),
        }
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<()> {
        let out = open_variant(self.0, variant);
        out.enter();
        value.serialize(ValueWriter(out))?;
        out.leave();
        put(out, "}}");
        Ok(())
    }

    #[inline]
    fn serialize_seq(self, _: Option<usize>) -> Result<List<'w>> {
        Ok(List::open(self.0, "}"))
    }

    fn serialize_tuple(self, _: usize) -> Result<List<'w>> {
        Ok(List::open(self.0, "}"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<List<'w>> {
        Ok(List::open(self.0, "}"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<List<'w>> {
        Ok(List::open(open_variant(self.0, variant), "}}}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Object<'w>> {
        Ok(Object::map(self.0))
    }

    #[inline]
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Object<'w>> {
        Ok(Object::fields(self.0, "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Object<'w>> {
        Ok(Object::fields(open_variant(self.0, variant), "}}}"))
    }
}

/// A variant with content is a map of one member.
fn open_variant<'w>(out: &'w mut Out, variant: &'static str) -> &'w mut Out {
    put(out, "{\"M\":{");
    put_text(out, variant);
    put(out, ":");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `Display` has them, so that what is stored has one text.
    #[test]
    fn fractions_are_written_as_they_are_shown() {
        fn written(value: impl Serialize) -> String {
            let mut out = Out::default();
            value.serialize(ValueWriter(&mut out)).unwrap();
            String::from_utf8(out.into_json()).unwrap()
        }
        let mut random = fastrand::Rng::with_seed(3);
        let decimals =
            (0..20_000).map(|_| random.i64(-1_000_000..1_000_000) as f64 / 1000.0).collect::<Vec<_>>();
        let any = (0..50_000).map(|_| f64::from_bits(random.u64(..)));
        let edges = [
            0.0,
            -0.0,
            1.0,
            1e15,
            1e16,
            1e17,
            1e-5,
            1e-6,
            0.1 + 0.2,
            f64::from_bits(0x431d_4490_4f0f_d461),
            f64::MAX,
            f64::MIN_POSITIVE,
            f64::NAN,
            f64::INFINITY,
        ];
        for value in any.chain(decimals).chain(edges) {
            assert_eq!(written(value), format!("{{\"N\":\"{value}\"}}"));
            let value = value as f32;
            assert_eq!(written(value), format!("{{\"N\":\"{value}\"}}"));
        }
    }
}
