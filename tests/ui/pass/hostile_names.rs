//! Names of the prelude and of ours mean something else here. Serde's derives are for others to harden,
//! so the entity implements its traits by hand.

#![deny(warnings)]
#![allow(dead_code, non_camel_case_types)]

struct Result;
struct Option;
struct String;
struct Vec;
struct Ok;
struct Err;
struct Some;
struct None;
struct Box;
struct Clone;
struct Item;
struct Index;
struct KeyPart;
struct Query;
trait From {}
trait Into {}
trait Default {}
trait Iterator {}
trait IntoValue {
    fn into_value(self)
    where
        Self: Sized,
    {
    }
    fn encode(&self) {}
    fn hash(&self) {}
    fn clone(&self) {}
}
impl<T> IntoValue for T {}
mod std {}
mod core {}

#[derive(monotable::Table)]
#[table(name = "shop", index(Primary, pk = "P"), index(gsi, pk = "LOWPK"), index(GSI, pk = "UPPK"))]
enum Shop {
    Thing(Thing),
    Ok(Other),
}

#[derive(monotable::Entity)]
#[entity(table = Shop, pk = "THING#{key}", sk = "{keys}#{text}#{value}")]
#[entity(index(Primary, pk = "{item}#{key}", query = by_item))]
#[entity(index(gsi, pk = "{some_key}#{keys}", query = lower), index(GSI, pk = "{keys}#{value}", query = upper))]
struct Thing {
    key: ::std::string::String,
    keys: u8,
    text: Kind,
    value: Id,
    item: ::core::option::Option<::std::string::String>,
    some_key: ::core::option::Option<u8>,
}

#[derive(monotable::Entity)]
#[entity(table = Shop, pk = "OTHER#{key}", sk = "OTHER")]
#[entity(index(Primary, pk = "OTHER#{keys}"))]
struct Other {
    key: ::std::string::String,
    keys: ::core::option::Option<::std::string::String>,
}

#[derive(monotable::KeyPart, ::serde::Serialize, ::core::fmt::Debug, ::core::clone::Clone, PartialEq, Eq, Hash)]
enum Kind {
    Ok,
    Err,
}

#[derive(monotable::KeyPart, ::serde::Serialize, ::core::fmt::Debug, ::core::clone::Clone, PartialEq, Eq, Hash)]
struct Id(::std::string::String);

macro_rules! serde {
    ($($entity:ty),*) => {$(
        impl serde::Serialize for $entity {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_unit()
            }
        }
        impl<'de> serde::Deserialize<'de> for $entity {
            fn deserialize<D: serde::Deserializer<'de>>(_: D) -> ::core::result::Result<Self, D::Error> {
                ::core::result::Result::Err(serde::de::Error::custom("not read here"))
            }
        }
    )*};
}
serde!(Thing, Other);

fn main() {
    let _ = Thing::by_key("a").keys(1u8).text(Kind::Err);
    let _ = (Thing::by_item("a", "b"), Thing::lower(1u8, 2u8), Thing::upper(1u8, Id("a".to_owned())));
}
