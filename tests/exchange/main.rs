//! boto3 and this library on one engine: each reads what the other writes, in every type that there is.
//!
//! The items of published models are exchanged where they are tested: `vectors` and `published`.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, Utc};
use jiff::Timestamp;
use monotable::{Entity, Item, Table};
use monotable_tests::{Boto3, open};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::OffsetDateTime;

#[derive(Table, Debug)]
#[table(name = "parcels")]
enum Parcels {
    Parcel(Parcel),
}

/// Every type of attribute, alone and inside others.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Parcels, pk = "DEPOT#{depot}", sk = "PARCEL#{number}#{sent}")]
struct Parcel {
    depot: String,
    number: u32,
    sent: Timestamp,
    signed: i64,
    unsigned: u64,
    fraction: f64,
    truth: bool,
    missing: Option<String>,
    #[entity(null)]
    null: Option<String>,
    bytes: Bytes,
    #[serde(default, with = "serde_dynamo::string_set")]
    texts: BTreeSet<String>,
    #[serde(default, with = "serde_dynamo::number_set")]
    numbers: BTreeSet<i64>,
    #[serde(default, with = "serde_dynamo::binary_set")]
    blobs: BTreeSet<Bytes>,
    list: Vec<Inner>,
    map: BTreeMap<String, Option<Inner>>,
    received: DateTime<Utc>,
    #[serde(with = "time::serde::timestamp")]
    returned: OffsetDateTime,
}

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
enum Inner {
    Nothing,
    Text(String),
    Number(i64),
    Place { street: String, tags: Vec<u8>, bytes: Bytes },
}

/// One attribute value of type `B`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Bytes(Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Bytes;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.to_owned()))
            }
        }
        deserializer.deserialize_byte_buf(Visitor)
    }
}

/// Numbers of up to 38 digits: as keys, which serde has no part in.
#[derive(Table, Debug)]
#[table(name = "meters", sk = [SK: N])]
enum Meters {
    Reading(Reading),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Meters, pk = "METER#{meter}", sk = "{value}")]
struct Reading {
    meter: u8,
    #[serde(with = "as_text")]
    value: i128,
}

mod as_text {
    use super::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(value: &i128, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i128, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Of 38 digits.
const MOST: i128 = 99_999_999_999_999_999_999_999_999_999_999_999_999;

fn text() -> impl Strategy<Value = String> {
    prop_oneof![".{0,12}", Just(String::new()), Just("\0".to_owned()), Just("Zürich 東京 🚚".to_owned())]
}

fn bytes() -> impl Strategy<Value = Bytes> {
    vec(any::<u8>(), 0..20).prop_map(Bytes)
}

/// As far as boto3 goes: DynamoDB returns numbers in full, and boto3 takes 38 digits of them, zeros at the end too.
fn fraction() -> impl Strategy<Value = f64> {
    let powers = (-9_999_999_i64..9_999_999, -100..31_i32);
    let powers = powers.prop_map(|(digits, power)| format!("{digits}e{power}").parse().unwrap());
    prop_oneof![Just(0.0), Just(0.1), Just(-2.5), -1e9..1e9, powers]
}

fn inner() -> impl Strategy<Value = Inner> {
    prop_oneof![
        Just(Inner::Nothing),
        text().prop_map(Inner::Text),
        any::<i64>().prop_map(Inner::Number),
        (text(), vec(any::<u8>(), 0..3), bytes()).prop_map(|(street, tags, bytes)| Inner::Place {
            street,
            tags,
            bytes
        }),
    ]
}

/// Of the years that the libraries of times write with four digits.
fn nanoseconds() -> impl Strategy<Value = i128> {
    -62_000_000_000_000_000_000..250_000_000_000_000_000_000_i128
}

fn parcel() -> impl Strategy<Value = Parcel> {
    let key = ("[a-z ]{1,8}", any::<u32>(), nanoseconds());
    let numbers = (any::<i64>(), any::<u64>(), fraction(), any::<bool>());
    let options = (proptest::option::of(text()), proptest::option::of(text()), bytes());
    let sets = (btree_set(text(), 0..4), btree_set(any::<i64>(), 0..4), btree_set(bytes(), 0..4));
    let nested = (vec(inner(), 0..4), btree_map("[a-z.#]{0,6}", proptest::option::of(inner()), 0..4));
    (key, numbers, options, sets, nested, (nanoseconds(), nanoseconds())).prop_map(
        |(
            (depot, number, sent),
            (signed, unsigned, fraction, truth),
            (missing, null, bytes),
            (texts, numbers, blobs),
            (list, map),
            (received, returned),
        )| Parcel {
            depot,
            number,
            sent: Timestamp::from_nanosecond(sent).unwrap(),
            signed,
            unsigned,
            fraction,
            truth,
            missing,
            null,
            bytes,
            texts,
            numbers,
            blobs,
            list,
            map,
            received: DateTime::from_timestamp_nanos(i64::try_from(received / 100).unwrap()),
            returned: OffsetDateTime::from_unix_timestamp(i64::try_from(returned / 1_000_000_000).unwrap())
                .unwrap(),
        },
    )
}

/// What has to be stored, by hand: the library's own account of it is not asked.
fn expected(parcel: &Parcel) -> Item {
    let s = |text: &str| AttributeValue::S(text.to_owned());
    let n = |number: &dyn ToString| AttributeValue::N(number.to_string());
    let b = |bytes: &Bytes| AttributeValue::B(Blob::new(bytes.0.clone()));
    let sent = s(&format!("{:.9}", parcel.sent));
    let mut item = Item::from([
        ("depot".to_owned(), s(&parcel.depot)),
        ("signed".to_owned(), n(&parcel.signed)),
        ("unsigned".to_owned(), n(&parcel.unsigned)),
        ("truth".to_owned(), AttributeValue::Bool(parcel.truth)),
        ("null".to_owned(), parcel.null.as_deref().map_or(AttributeValue::Null(true), s)),
        ("bytes".to_owned(), b(&parcel.bytes)),
        ("returned".to_owned(), n(&parcel.returned.unix_timestamp())),
        ("PK".to_owned(), s(&format!("DEPOT#{}", parcel.depot))),
        ("SK".to_owned(), s(&format!("PARCEL#{:010}#{}", parcel.number, sent.as_s().unwrap()))),
    ]);
    item.extend(parcel.missing.iter().map(|text| ("missing".to_owned(), s(text))));
    let texts: Vec<_> = parcel.texts.iter().cloned().collect();
    let numbers: Vec<_> = parcel.numbers.iter().map(ToString::to_string).collect();
    let blobs: Vec<_> = parcel.blobs.iter().map(|bytes| Blob::new(bytes.0.clone())).collect();
    let sets = [
        ("texts", texts.is_empty(), AttributeValue::Ss(texts)),
        ("numbers", numbers.is_empty(), AttributeValue::Ns(numbers)),
        ("blobs", blobs.is_empty(), AttributeValue::Bs(blobs)),
    ];
    // DynamoDB has no empty sets.
    let sets = sets.into_iter().filter(|(_, is_empty, _)| !is_empty);
    item.extend(sets.map(|(name, _, set)| (name.to_owned(), set)));
    item
}

#[test]
fn numbers_of_38_digits_survive_both_ways() {
    let Some(boto3) = Boto3::of_environment() else { return };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let meters = runtime.block_on(open::<Meters>());
    let value =
        prop_oneof![-MOST..=MOST, Just(MOST), Just(-MOST), Just(0), (-99..99_i128).prop_map(|n| n * 1000)];
    let config = Config { cases: 100, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&(any::<u8>(), value), |(meter, value)| {
        let key = [
            ("PK", AttributeValue::S(format!("METER#{meter:03}"))),
            ("SK", AttributeValue::N(value.to_string())),
        ];
        let published = key.map(|(name, value)| (name.to_owned(), value)).into();
        runtime.block_on(boto3.exchange(&meters, &Reading { meter, value }, &published));
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn every_type_survives_both_ways() {
    let Some(boto3) = Boto3::of_environment() else { return };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let parcels = runtime.block_on(open::<Parcels>());
    let config = Config { cases: 200, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&parcel(), |parcel| {
        let published = expected(&parcel);
        runtime.block_on(boto3.exchange(&parcels, &parcel, &published));
        Ok(())
    });
    outcome.unwrap();
}
