//! Types with what serde's attributes can say, and values of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::tree::{blob, text};

/// Bytes that are one attribute value of type `B`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Blob(pub Vec<u8>);

impl Serialize for Blob {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Blob {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;
        impl serde::de::Visitor<'_> for Bytes {
            type Value = Blob;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Blob, E> {
                Ok(Blob(bytes.to_owned()))
            }
        }
        deserializer.deserialize_byte_buf(Bytes)
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Integers {
    pub a: i8,
    pub b: u16,
    pub c: i32,
    pub d: u64,
    pub e: i64,
    pub f: (u8, i16, u32),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Floats {
    pub a: f64,
    pub b: f32,
    pub c: Vec<f64>,
}

fn seven() -> u32 {
    7
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attributes {
    pub two_words: String,
    #[serde(rename = "x \"y\"")]
    pub renamed: char,
    #[serde(default = "seven", skip_serializing_if = "is_seven")]
    pub with_default: u32,
    #[serde(default)]
    pub option: Option<Option<bool>>,
    #[serde(skip)]
    pub skipped: u8,
    #[serde(alias = "old_name")]
    pub aliased: Option<String>,
    pub unit: (),
}

fn is_seven(number: &u32) -> bool {
    *number == 7
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Denying {
    pub a: Option<i64>,
    pub b: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Nested {
    pub a: Denying,
    pub b: Vec<Denying>,
    pub c: BTreeMap<String, Vec<Option<bool>>>,
    pub d: Option<Box<Nested>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Status {
    Open,
    Paid,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Named(pub String);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pair(pub i64, pub String);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Nothing;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Maps {
    pub a: BTreeMap<u32, String>,
    pub b: BTreeMap<Status, i8>,
    pub c: BTreeMap<bool, Named>,
    pub d: BTreeMap<char, Nothing>,
    pub e: Pair,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum External {
    Unit,
    Newtype(i64),
    Tuple(i8, String),
    Struct { a: Option<u8>, b: Status },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Internal {
    Unit,
    Newtype(Denying),
    Struct { a: Vec<i64>, b: f64, c: u64 },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "t", content = "c")]
pub enum Adjacent {
    Unit,
    Newtype(Status),
    Tuple(i8, Option<bool>),
    Struct { a: String },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Untagged {
    Integer(i64),
    Large(u64),
    Float(f64),
    Text(String),
    List(Vec<Untagged>),
    Struct { a: Box<Untagged> },
    Nothing(()),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Flat {
    pub a: String,
    #[serde(flatten)]
    pub inner: Inner,
    #[serde(flatten)]
    pub rest: BTreeMap<String, i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Inner {
    pub inner_number: u64,
    pub inner_float: f64,
    pub inner_status: Status,
    pub inner_list: Vec<Option<String>>,
    pub inner_bytes: Blob,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sets {
    #[serde(with = "serde_dynamo::string_set")]
    pub texts: BTreeSet<String>,
    #[serde(with = "serde_dynamo::string_set")]
    pub statuses: BTreeSet<Status>,
    #[serde(with = "serde_dynamo::number_set")]
    pub numbers: BTreeSet<i64>,
    #[serde(with = "serde_dynamo::number_set")]
    pub floats: Vec<f32>,
    #[serde(with = "serde_dynamo::binary_set")]
    pub blobs: BTreeSet<Blob>,
}

/// What is done with a type, for each of them.
pub trait With {
    fn check<T: Serialize + DeserializeOwned + Debug + Clone + PartialEq + 'static>(
        &mut self,
        name: &str,
        values: BoxedStrategy<T>,
    );
}

pub fn each(with: &mut impl With) {
    with.check("text", text().boxed());
    with.check("integer", any::<i64>().boxed());
    with.check("small", any::<u8>().boxed());
    with.check("float", finite().boxed());
    with.check("bytes", blob().prop_map(Blob).boxed());
    with.check("list", proptest::collection::vec(proptest::option::of(any::<bool>()), 0..4).boxed());
    with.check("pair", (any::<i8>(), text()).boxed());
    with.check("map", proptest::collection::btree_map(text(), any::<u8>(), 0..40).boxed());
    with.check("integers", integers().boxed());
    with.check("floats", floats().boxed());
    with.check("attributes", attributes().boxed());
    with.check("denying", denying().boxed());
    with.check("nested", nested().boxed());
    with.check("maps", maps().boxed());
    with.check("external", external().boxed());
    with.check("internal", internal().boxed());
    with.check("adjacent", adjacent().boxed());
    with.check("untagged", untagged().boxed());
    with.check("flat", flat().boxed());
    with.check("sets", sets().boxed());
}

fn finite() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>().prop_filter("a number", |number| number.is_finite()),
        any::<f32>().prop_filter("a number", |number| number.is_finite()).prop_map(f64::from),
        (-99_999i32..99_999).prop_map(|number| f64::from(number) / 100.0),
    ]
}

pub fn status() -> impl Strategy<Value = Status> {
    prop_oneof![Just(Status::Open), Just(Status::Paid)]
}

fn integers() -> impl Strategy<Value = Integers> {
    any::<(i8, u16, i32, u64, i64, (u8, i16, u32))>().prop_map(|(a, b, c, d, e, f)| Integers {
        a,
        b,
        c,
        d,
        e,
        f,
    })
}

fn floats() -> impl Strategy<Value = Floats> {
    let small = any::<f32>().prop_filter("a number", |number| number.is_finite());
    (finite(), small, proptest::collection::vec(finite(), 0..4)).prop_map(|(a, b, c)| Floats { a, b, c })
}

fn attributes() -> impl Strategy<Value = Attributes> {
    (text(), any::<char>(), 6u32..9, any::<Option<bool>>(), proptest::option::of(text())).prop_map(
        |(two_words, renamed, with_default, option, aliased)| Attributes {
            two_words,
            renamed,
            with_default,
            option: option.map(Some),
            skipped: 0,
            aliased,
            unit: (),
        },
    )
}

fn denying() -> impl Strategy<Value = Denying> {
    (any::<Option<i64>>(), proptest::option::of(text())).prop_map(|(a, b)| Denying { a, b })
}

pub fn nested() -> impl Strategy<Value = Nested> {
    let list = proptest::collection::vec(any::<Option<bool>>(), 0..3);
    // DynamoDB stores no empty name.
    let name = text().prop_map(|text| format!("n{text}"));
    let maps = proptest::collection::btree_map(name, list, 0..3);
    let leaf = (denying(), proptest::collection::vec(denying(), 0..3), maps).prop_map(|(a, b, c)| Nested {
        a,
        b,
        c,
        d: None,
    });
    leaf.prop_recursive(2, 4, 1, |inner| {
        (inner.clone(), inner).prop_map(|(outer, inner)| Nested { d: Some(Box::new(inner)), ..outer })
    })
}

fn maps() -> impl Strategy<Value = Maps> {
    use proptest::collection::btree_map;
    (
        btree_map(any::<u32>(), text(), 0..4),
        btree_map(status(), any::<i8>(), 0..3),
        btree_map(any::<bool>(), text().prop_map(Named), 0..3),
        btree_map(any::<char>(), Just(Nothing), 0..3),
        (any::<i64>(), text()).prop_map(|(a, b)| Pair(a, b)),
    )
        .prop_map(|(a, b, c, d, e)| Maps { a, b, c, d, e })
}

pub fn external() -> impl Strategy<Value = External> {
    prop_oneof![
        Just(External::Unit),
        any::<i64>().prop_map(External::Newtype),
        (any::<i8>(), text()).prop_map(|(a, b)| External::Tuple(a, b)),
        (any::<Option<u8>>(), status()).prop_map(|(a, b)| External::Struct { a, b }),
    ]
}

pub fn internal() -> impl Strategy<Value = Internal> {
    prop_oneof![
        Just(Internal::Unit),
        denying().prop_map(Internal::Newtype),
        (proptest::collection::vec(any::<i64>(), 0..3), finite(), any::<u64>())
            .prop_map(|(a, b, c)| Internal::Struct { a, b, c }),
    ]
}

pub fn adjacent() -> impl Strategy<Value = Adjacent> {
    prop_oneof![
        Just(Adjacent::Unit),
        status().prop_map(Adjacent::Newtype),
        any::<(i8, Option<bool>)>().prop_map(|(a, b)| Adjacent::Tuple(a, b)),
        text().prop_map(|a| Adjacent::Struct { a }),
    ]
}

pub fn untagged() -> impl Strategy<Value = Untagged> {
    let leaf = prop_oneof![
        any::<i64>().prop_map(Untagged::Integer),
        (i64::MAX as u64 + 1..=u64::MAX).prop_map(Untagged::Large),
        (-99i32..99).prop_map(|number| Untagged::Float(f64::from(number) + 0.25)),
        text().prop_map(Untagged::Text),
        Just(Untagged::Nothing(())),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Untagged::List),
            inner.prop_map(|a| Untagged::Struct { a: Box::new(a) }),
        ]
    })
}

fn flat() -> impl Strategy<Value = Flat> {
    let list = proptest::collection::vec(proptest::option::of(text()), 0..3);
    let inner = (any::<u64>(), -99i32..99, status(), list, blob()).prop_map(
        |(number, float, status, list, bytes)| Inner {
            inner_number: number,
            inner_float: f64::from(float) / 4.0,
            inner_status: status,
            inner_list: list,
            inner_bytes: Blob(bytes),
        },
    );
    let rest = proptest::collection::btree_map("z[a-z]{1,3}", any::<i32>(), 0..3);
    (text(), inner, rest).prop_map(|(a, inner, rest)| Flat { a, inner, rest })
}

fn sets() -> impl Strategy<Value = Sets> {
    use proptest::collection::{btree_set, vec};
    let small = any::<f32>().prop_filter("a number", |number| number.is_finite());
    (
        btree_set(text(), 1..4),
        btree_set(status(), 1..3),
        btree_set(any::<i64>(), 1..4),
        vec(small, 1..4),
        btree_set(blob().prop_map(Blob), 1..4),
    )
        .prop_map(|(texts, statuses, numbers, floats, blobs)| Sets {
            texts,
            statuses,
            numbers,
            floats,
            blobs,
        })
}

/// Values for the fields of entities.
pub mod strategies {
    use super::*;

    pub use super::super::tree::text;
    pub use super::{adjacent, external, internal, nested, status, untagged};

    pub fn blob() -> impl Strategy<Value = Blob> {
        super::super::tree::blob().prop_map(Blob)
    }

    /// DynamoDB stores 38 digits and refuses what is beyond 1e125 or below 1e-130.
    pub fn finite_in_range() -> impl Strategy<Value = f64> {
        prop_oneof![any::<i32>().prop_map(f64::from), (-1e9..1e9), (-1e-9..1e-9)]
    }

    pub fn texts() -> impl Strategy<Value = BTreeSet<String>> {
        proptest::collection::btree_set("[a-z]{1,5}", 1..4)
    }

    pub fn numbers() -> impl Strategy<Value = BTreeSet<i64>> {
        proptest::collection::btree_set(any::<i64>(), 1..4)
    }
}
