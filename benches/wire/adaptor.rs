//! A general JSON reader with an adaptor in front, which takes the type tags away: what one writes without a reader of
//! one's own. It has what the items here need, and no more.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::CowStrDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;

/// The items of a page, and nothing else of it.
pub fn page<T: for<'de> Deserialize<'de>>(body: &[u8]) -> serde_json::Result<Vec<T>> {
    serde_json::from_slice::<Page<T>>(body).map(|page| page.0)
}

struct Page<T>(Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Items(PhantomData)).map(Page)
    }
}

struct Items<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Items<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page, or its items")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Vec<T>, A::Error> {
        let mut items = Vec::new();
        while let Some(name) = map.next_key::<Cow<'de, str>>()? {
            if name == "Items" {
                items = map.next_value_seed(Items(PhantomData))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(items)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(Item(PhantomData))? {
            items.push(item);
        }
        Ok(items)
    }
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Items<T> {
    type Value = Vec<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

struct Item<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Item<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::deserialize(Attributes(deserializer))
    }
}

/// At the object of attributes.
struct Attributes<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Attributes<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(Untagging(visitor))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// Hands what is in an object or an array on, without the tags.
struct Untagging<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for Untagging<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("attribute values")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(Untagging(map))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<V::Value, A::Error> {
        self.0.visit_seq(Untagging(seq))
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Untagging<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        self.0.next_key_seed(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.0.next_value_seed(Untagging(seed))
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Untagging<A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.0.next_element_seed(Untagging(seed))
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Untagging<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(Value(deserializer))
    }
}

/// What a type asks for of a number, which is text.
#[derive(Clone, Copy)]
enum Number {
    Any,
    Signed,
    Unsigned,
    Double,
}

/// At an attribute value.
struct Value<D>(D);

impl<'de, D: Deserializer<'de>> Value<D> {
    fn tagged<V: Visitor<'de>>(self, visitor: V, number: Number) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(Tagged(visitor, number))
    }
}

macro_rules! numbers {
    ($($method:ident $number:ident;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.tagged(visitor, Number::$number)
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Value<D> {
    type Error = D::Error;

    numbers! {
        deserialize_any Any;
        deserialize_i64 Signed;
        deserialize_u32 Unsigned;
        deserialize_u64 Unsigned;
        deserialize_f64 Double;
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(Variant(visitor))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_ignored_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i128 u8 u16 u128 f32 char str string bytes byte_buf option unit unit_struct newtype_struct seq
        tuple tuple_struct map struct identifier
    }
}

struct Tagged<V>(V, Number);

impl<'de, V: Visitor<'de>> Visitor<'de> for Tagged<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an attribute value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<V::Value, A::Error> {
        let value = match map.next_key::<Cow<'de, str>>()?.as_deref() {
            Some("S" | "BOOL") => map.next_value_seed(Plain(self.0))?,
            Some("N") => map.next_value_seed(Digits(self.0, self.1))?,
            Some("L") => map.next_value_seed(List(self.0))?,
            Some("M") => map.next_value_seed(Map(self.0))?,
            _ => return Err(A::Error::custom("not a type of these items")),
        };
        end(map)?;
        Ok(value)
    }
}

fn end<'de, A: MapAccess<'de>>(mut map: A) -> Result<(), A::Error> {
    match map.next_key::<IgnoredAny>()? {
        None => Ok(()),
        Some(_) => Err(A::Error::custom("an attribute value has one type")),
    }
}

macro_rules! seeds {
    ($($seed:ident |$this:ident, $deserializer:ident| $read:expr;)*) => {$(
        struct $seed<V>(V);

        impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for $seed<V> {
            type Value = V::Value;

            fn deserialize<D: Deserializer<'de>>(self, $deserializer: D) -> Result<V::Value, D::Error> {
                let $this = self;
                $read
            }
        }
    )*};
}

seeds! {
    Plain |this, deserializer| deserializer.deserialize_any(this.0);
    List |this, deserializer| deserializer.deserialize_seq(Untagging(this.0));
    Map |this, deserializer| deserializer.deserialize_map(Untagging(this.0));
}

struct Digits<V>(V, Number);

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Digits<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Digits<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("digits")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<V::Value, E> {
        match self.1 {
            Number::Signed => self.0.visit_i64(text.parse().map_err(E::custom)?),
            Number::Unsigned => self.0.visit_u64(text.parse().map_err(E::custom)?),
            Number::Double | Number::Any => self.0.visit_f64(text.parse().map_err(E::custom)?),
        }
    }
}

struct Variant<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for Variant<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text attribute")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<V::Value, A::Error> {
        let Some("S") = map.next_key::<Cow<'de, str>>()?.as_deref() else {
            return Err(A::Error::custom("not a text"));
        };
        let value = self.0.visit_enum(CowStrDeserializer::new(map.next_value::<Cow<'de, str>>()?))?;
        end(map)?;
        Ok(value)
    }
}
