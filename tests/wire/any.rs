//! A type that takes whatever comes: what serde is told when it asks for no type.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

#[derive(Debug, Clone, PartialEq)]
pub enum Anything {
    Unit,
    Bool(bool),
    Signed(i64),
    Unsigned(u64),
    Double(f64),
    Text(String),
    Bytes(Vec<u8>),
    Seq(Vec<Anything>),
    Map(BTreeMap<String, Anything>),
}

impl<'de> Deserialize<'de> for Anything {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Taker)
    }
}

struct Taker;

macro_rules! takes {
    ($($method:ident $type:ty => $make:expr;)*) => {$(
        fn $method<E>(self, value: $type) -> Result<Anything, E> {
            Ok($make(value))
        }
    )*};
}

impl<'de> Visitor<'de> for Taker {
    type Value = Anything;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    takes! {
        visit_bool bool => Anything::Bool;
        visit_i64 i64 => Anything::Signed;
        visit_u64 u64 => Anything::Unsigned;
        visit_f64 f64 => Anything::Double;
        visit_str &str => |text: &str| Anything::Text(text.to_owned());
        visit_bytes &[u8] => |bytes: &[u8]| Anything::Bytes(bytes.to_owned());
    }

    fn visit_unit<E>(self) -> Result<Anything, E> {
        Ok(Anything::Unit)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Anything, A::Error> {
        let mut all = Vec::new();
        while let Some(element) = seq.next_element()? {
            all.push(element);
        }
        Ok(Anything::Seq(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Anything, A::Error> {
        let mut all = BTreeMap::new();
        while let Some((name, value)) = map.next_entry()? {
            all.insert(name, value);
        }
        Ok(Anything::Map(all))
    }
}
