//! Lists and maps while they are written.

use std::ops::Range;

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};

use super::{Out, ValueWriter, map_key, put};
use crate::wire::{Error, Result, put_text};

/// A list; `tail` closes what is around it.
#[derive(Debug)]
pub(crate) struct List<'w> {
    out: &'w mut Out,
    first: bool,
    tail: &'static str,
}

impl<'w> List<'w> {
    #[inline]
    pub(super) fn open(out: &'w mut Out, tail: &'static str) -> Self {
        out.enter();
        put(out, "{\"L\":[");
        Self { out, first: true, tail }
    }

    #[inline]
    fn add<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<()> {
        if !std::mem::take(&mut self.first) {
            self.out.push(b',');
        }
        value.serialize(ValueWriter(self.out))
    }

    #[inline]
    fn close(self) -> Result<()> {
        self.out.leave();
        self.out.push(b']');
        put(self.out, self.tail);
        Ok(())
    }
}

macro_rules! sequence {
    ($($kind:ident $add:ident;)*) => {$(
        impl $kind for List<'_> {
            type Ok = ();
            type Error = Error;

            #[inline]
            fn $add<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<()> {
                self.add(value)
            }

            #[inline]
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
    SerializeTupleVariant serialize_field;
}

/// A map; `tail` closes what is around it.
#[derive(Debug)]
pub(crate) struct Object<'w> {
    out: &'w mut Out,
    /// What comes before the next name.
    separator: u8,
    tail: &'static str,
    /// Where the names of a map are written, of which none may come twice. Those of fields are known not to.
    names: Vec<Range<usize>>,
}

impl<'w> Object<'w> {
    #[inline]
    pub(super) fn fields(out: &'w mut Out, tail: &'static str) -> Self {
        out.enter();
        put(out, "{\"M\":");
        Self { out, separator: b'{', tail, names: Vec::new() }
    }

    pub(super) fn map(out: &'w mut Out) -> Self {
        Self::fields(out, "}")
    }

    #[inline]
    fn close(self) -> Result<()> {
        if self.separator == b'{' {
            self.out.push(b'{');
        }
        self.out.leave();
        self.out.push(b'}');
        put(self.out, self.tail);
        Ok(())
    }
}

/// Writes the name of a field, which mostly is a constant where this is inlined: then the check and the parts fold into
/// one append.
#[inline(always)]
pub(crate) fn put_name(out: &mut Vec<u8>, separator: u8, name: &str) {
    const LONG: usize = 24;
    let bytes = name.as_bytes();
    let plain = bytes.len() <= LONG && bytes.iter().all(|byte| !matches!(byte, b'"' | b'\\' | ..0x20));
    if plain {
        let mut text = [0; LONG + 4];
        text[0] = separator;
        text[1] = b'"';
        text[2..2 + bytes.len()].copy_from_slice(bytes);
        text[2 + bytes.len()] = b'"';
        text[3 + bytes.len()] = b':';
        out.extend_from_slice(&text[..4 + bytes.len()]);
    } else {
        put_escaped_name(out, separator, name);
    }
}

#[cold]
fn put_escaped_name(out: &mut Vec<u8>, separator: u8, name: &str) {
    out.push(separator);
    put_text(out, name);
    out.push(b':');
}

macro_rules! fields {
    ($($kind:ident)*) => {$(
        impl $kind for Object<'_> {
            type Ok = ();
            type Error = Error;

            #[inline(always)]
            fn serialize_field<T: ?Sized + Serialize>(&mut self, name: &'static str, value: &T) -> Result<()> {
                put_name(self.out, self.separator, name);
                self.separator = b',';
                value.serialize(ValueWriter(self.out))
            }

            #[inline]
            fn end(self) -> Result<()> {
                self.close()
            }
        }
    )*};
}

fields! { SerializeStruct SerializeStructVariant }

impl SerializeMap for Object<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<()> {
        self.out.push(self.separator);
        self.separator = b',';
        let from = self.out.len();
        map_key(key, self.out)?;
        self.names.push(from..self.out.len());
        self.out.push(b':');
        Ok(())
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<()> {
        value.serialize(ValueWriter(self.out))
    }

    fn end(mut self) -> Result<()> {
        different(self.out, &mut self.names)?;
        self.close()
    }
}

/// Refuses names that come twice.
pub(crate) fn different(out: &[u8], names: &mut [Range<usize>]) -> Result<()> {
    let name = |range: &Range<usize>| &out[range.clone()];
    if !names.is_sorted_by(|this, next| name(this) < name(next)) {
        names.sort_unstable_by(|this, other| name(this).cmp(name(other)));
    }
    match names.windows(2).any(|pair| name(&pair[0]) == name(&pair[1])) {
        true => Err(Error::unfit("two keys of a map are the same text")),
        false => Ok(()),
    }
}
