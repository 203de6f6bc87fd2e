//! Attributes of each of DynamoDB's types: how requests show them, what conditions say of them, and what sets do.

use std::collections::{BTreeSet, HashSet};

use aws_sdk_dynamodb::types::AttributeValue;
use monotable::{AttributeType, Condition, Entity, Fields, Handle, KeyPart, Table};
use monotable_tests::{open, proxied};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

#[derive(Table, Debug)]
#[table(name = "samples")]
enum Samples {
    Sample(Sample),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Samples, pk = "SAMPLE#{id}", sk = "SAMPLE")]
struct Sample {
    id: u8,
    text: String,
    code: Code,
    title: Option<String>,
    number: i64,
    #[serde(with = "bytes")]
    blob: Vec<u8>,
    flag: bool,
    #[entity(null)]
    nothing: Option<u8>,
    list: Vec<u8>,
    more: Option<Vec<String>>,
    map: Inner,
    #[serde(with = "serde_dynamo::string_set")]
    texts: BTreeSet<String>,
    #[serde(with = "serde_dynamo::number_set")]
    numbers: HashSet<i64>,
    #[serde(default, with = "serde_dynamo::binary_set")]
    blobs: Option<Vec<Blob>>,
    missing: Option<u8>,
}

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
struct Code(String);

#[derive(Fields, Serialize, Deserialize, Debug, Clone, PartialEq)]
struct Inner {
    depth: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Blob(Vec<u8>);

impl Serialize for Blob {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        bytes::serialize(&self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for Blob {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        bytes::deserialize(deserializer).map(Self)
    }
}

/// As one attribute of type `B`.
mod bytes {
    use super::*;

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Vec<u8>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
                Ok(bytes.to_owned())
            }
        }
        deserializer.deserialize_byte_buf(Visitor)
    }
}

fn sample() -> Sample {
    Sample {
        id: 1,
        text: "some text".into(),
        code: Code("AB-1".into()),
        title: Some("a title".into()),
        number: -7,
        blob: vec![0, 1, 254, 255],
        flag: true,
        nothing: None,
        list: vec![1, 2],
        more: Some(vec!["x".into(), "y".into()]),
        map: Inner { depth: 3 },
        texts: ["p".to_owned(), "q".to_owned()].into(),
        numbers: [10, -20, 30].into(),
        blobs: Some(vec![Blob(vec![1]), Blob(vec![2, 3])]),
        missing: None,
    }
}

fn key() -> SampleKey {
    SampleKey { id: 1 }
}

async fn samples() -> Handle<Samples> {
    let samples = open::<Samples>().await;
    samples.put(&sample()).await.unwrap();
    samples
}

async fn holds(samples: &Handle<Samples>, condition: Condition<Sample>) -> bool {
    let shown = format!("{condition:?}");
    match samples.delete(SampleKey { id: 1 }).when(condition).await {
        Ok(_) => {
            samples.put(&sample()).await.unwrap();
            true
        }
        Err(error) => {
            assert!(error.is_condition_failed(), "{shown}: {error}");
            assert_eq!(error.current::<Sample>().unwrap(), Some(sample()));
            false
        }
    }
}

const TYPES: [AttributeType; 10] = [
    AttributeType::Text,
    AttributeType::Number,
    AttributeType::Binary,
    AttributeType::Bool,
    AttributeType::Null,
    AttributeType::List,
    AttributeType::Map,
    AttributeType::TextSet,
    AttributeType::NumberSet,
    AttributeType::BinarySet,
];

/// The engine and the stored item both say which type it is.
#[tokio::test]
async fn each_attribute_has_one_type() {
    let samples = samples().await;
    let item = sample().put().explain().unwrap().into_inner().item.unwrap();
    macro_rules! check {
        ($($field:ident $name:literal $is:pat),* $(,)?) => {$(
            assert!(matches!(item[$name], $is), "{}: {:?}", $name, item[$name]);
            let mut of = Vec::new();
            for attribute_type in TYPES {
                if holds(&samples, Sample::$field.attribute_type(attribute_type)).await {
                    of.push(attribute_type.name());
                }
            }
            let stored = serde_json::to_value(item_json(&samples, $name).await).unwrap();
            let expected: Vec<_> = stored.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(of, expected, $name);
        )*};
    }
    check!(
        TEXT "text" AttributeValue::S(_),
        NUMBER "number" AttributeValue::N(_),
        BLOB "blob" AttributeValue::B(_),
        FLAG "flag" AttributeValue::Bool(_),
        NOTHING "nothing" AttributeValue::Null(_),
        LIST "list" AttributeValue::L(_),
        MAP "map" AttributeValue::M(_),
        TEXTS "texts" AttributeValue::Ss(_),
        NUMBERS "numbers" AttributeValue::Ns(_),
        BLOBS "blobs" AttributeValue::Bs(_),
    );
    for attribute_type in TYPES {
        assert!(!holds(&samples, Sample::MISSING.attribute_type(attribute_type)).await);
    }
}

/// One attribute of the item as it is in the answer of the engine.
async fn item_json(samples: &Handle<Samples>, name: &str) -> Value {
    use monotable::testing::Outcome;
    let (behind, proxy) = proxied(samples);
    behind.get(key()).await.unwrap();
    match proxy.exchanges().remove(0).outcome {
        Outcome::Answered { body, .. } => body["Item"][name].clone(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_is_shown_of_each_type_is_what_is_sent() {
    let (samples, proxy) = proxied(&samples().await);
    // One value, because another set has its elements in another order.
    let sample = sample();
    let shown: Value = serde_json::from_str(&samples.put(&sample).explain().unwrap().to_string()).unwrap();
    samples.put(&sample).await.unwrap();
    assert_eq!(proxy.requests()[0].body, shown);
    for (name, of) in [("blob", "B"), ("nothing", "NULL"), ("numbers", "NS"), ("blobs", "BS"), ("map", "M")] {
        assert!(shown["Item"][name].get(of).is_some(), "{name}: {shown}");
    }
    assert_eq!(shown["Item"]["blob"]["B"], "AAH+/w==");
}

#[tokio::test]
async fn beginnings_and_elements_of_each_type() {
    let samples = samples().await;
    for (condition, expected) in [
        (Sample::BLOB.begins_with(vec![0, 1]), true),
        (Sample::BLOB.begins_with(vec![1]), false),
        (Sample::CODE.begins_with("AB"), true),
        (Sample::CODE.begins_with("B"), false),
        (Sample::TITLE.begins_with("a t"), true),
        (Sample::TITLE.begins_with("A"), false),
        (Sample::TITLE.contains("tit"), true),
        (Sample::CODE.contains("-"), true),
        (Sample::CODE.contains("_"), false),
        (Sample::LIST.contains(2), true),
        (Sample::LIST.contains(3), false),
        (Sample::MORE.contains("y"), true),
        (Sample::MORE.contains("z"), false),
        (Sample::TEXTS.contains("q"), true),
        (Sample::TEXTS.contains("r"), false),
        (Sample::NUMBERS.contains(-20), true),
        (Sample::NUMBERS.contains(20), false),
        (Sample::BLOBS.contains(Blob(vec![2, 3])), true),
        (Sample::BLOBS.contains(Blob(vec![3])), false),
        (Sample::BLOB.eq(vec![0, 1, 254, 255]), true),
        (Sample::BLOB.eq(vec![0]), false),
        (Sample::NUMBERS.eq(HashSet::from([30, 10, -20])), true),
        (Sample::NUMBERS.eq(HashSet::from([30, 10])), false),
        (Sample::MAP.at(Inner::DEPTH).in_list([2, 3]), true),
        (Sample::MAP.at(Inner::DEPTH).in_list([2, 4]), false),
    ] {
        let shown = format!("{condition:?}");
        assert_eq!(holds(&samples, condition).await, expected, "{shown}");
    }
}

#[tokio::test]
async fn elements_go_into_sets_and_out() {
    let samples = samples().await;
    let changed = samples
        .update(key())
        .insert_into_set(Sample::NUMBERS, [40, 10])
        .insert_into_set(Sample::BLOBS, [Blob(vec![4])])
        .remove_from_set(Sample::TEXTS, ["p"])
        .returning_new()
        .await
        .unwrap()
        .into_inner();
    assert_eq!(changed.numbers, HashSet::from([10, -20, 30, 40]));
    let blobs: BTreeSet<_> = changed.blobs.unwrap().into_iter().collect();
    assert_eq!(blobs, [vec![1], vec![2, 3], vec![4]].map(Blob).into());
    assert_eq!(changed.texts, ["q".to_owned()].into());
}
