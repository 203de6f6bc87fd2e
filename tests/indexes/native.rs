//! Key attributes that are numbers or binary.

use std::ops::Bound;

use monotable::aws_sdk_dynamodb::types::{AttributeValue, ScalarAttributeType};
use monotable::{Entity, EntityKey, ErrorKind, Index, KeyPart, KeyValue, Table};
use monotable_tests::open;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "log", pk = "PK", sk = [sequence: N])]
#[table(index(ByAmount, pk = "GSI1PK", sk = [GSI1SK: N]))]
#[table(index(ByDigest, pk = [digest: B]))]
enum Log {
    Event(Event),
    Reading(Reading),
    Marker(Marker),
}

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Sequence(u64);

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Log, pk = "EVENT#{stream}", sk = "{sequence}")]
#[entity(index(ByAmount, pk = "STREAM#{stream}", sk = "{amount}", query = by_amount))]
struct Event {
    stream: String,
    sequence: Sequence,
    amount: Option<i32>,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Log, pk = "READING#{sensor}", sk = "{at}")]
#[entity(index(ByDigest))]
struct Reading {
    sensor: u8,
    at: i64,
    #[serde(with = "bytes")]
    digest: Vec<u8>,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Log, pk = "MARKER#{sequence}", sk = "{sequence}")]
struct Marker {
    sequence: Sequence,
}

mod bytes {
    use serde::{Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(bytes)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        struct Bytes;
        impl<'de> de::Visitor<'de> for Bytes {
            type Value = Vec<u8>;

            fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str("bytes")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
                Ok(bytes.to_vec())
            }
        }
        from.deserialize_bytes(Bytes)
    }
}

fn event(sequence: u64, amount: Option<i32>) -> Event {
    Event { stream: "a".into(), sequence: Sequence(sequence), amount }
}

#[test]
fn the_table_is_created_with_the_types() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let definition = runtime.block_on(async {
        let log = open::<Log>().await;
        log.create().explain().unwrap()
    });
    let types: Vec<_> = definition
        .attribute_definitions()
        .iter()
        .map(|attribute| (attribute.attribute_name(), attribute.attribute_type().clone()))
        .collect();
    let (s, n, b) = (ScalarAttributeType::S, ScalarAttributeType::N, ScalarAttributeType::B);
    assert_eq!(
        types,
        [("GSI1PK", s.clone()), ("GSI1SK", n.clone()), ("PK", s), ("digest", b), ("sequence", n)]
    );
    assert_eq!(ByAmount::SORT_KEY[0].name, "GSI1SK");
}

#[test]
fn keys_are_numbers_as_they_are_stored() {
    let key = event(7, None).key();
    assert_eq!(key.sort_key(), Ok(Some(KeyValue::Number("7".into()))));
    let item = event(10, Some(-3)).put().explain().unwrap().into_inner().item.unwrap();
    assert_eq!(item["sequence"], AttributeValue::N("10".into()));
    assert_eq!(item["GSI1SK"], AttributeValue::N("-3".into()));
    let text = format!("{:?}", Event::by_stream("a").sequence_until(Sequence(3)));
    assert!(text.contains("Number(\"3\")"), "{text}");
}

/// The text of a native key is its number, and `parse` takes no other form of it.
#[test]
fn native_keys_are_parsed() {
    let key = event(7, None).key();
    let text = key.sort_key().unwrap().unwrap().into_text();
    assert_eq!(EventKey::parse("EVENT#a", &text), Ok(key));
    assert!(EventKey::parse("EVENT#a", "007").is_err());
    assert!(EventKey::parse("EVENT#a", "x").is_err());
    let blob = BlobKey { bucket: "b".into(), name: vec![0, 255] };
    let text = blob.sort_key().unwrap().unwrap().into_text();
    assert_eq!(BlobKey::parse("b", &text), Ok(blob));
}

/// One field, as text in one half and as a number in the other.
#[test]
fn a_number_that_is_text_in_the_other_half_is_parsed() {
    let key = MarkerKey { sequence: Sequence(7) };
    let partition = key.partition_key().unwrap().into_text();
    assert_eq!(MarkerKey::parse(&partition, "7").as_ref(), Ok(&key), "{partition}");
    assert!(MarkerKey::parse(&partition, "8").is_err());
    assert!(MarkerKey::parse(&partition, "07").is_err());
}

/// Each half of an index key is there while its own parts are.
#[test]
fn a_number_that_is_none_is_not_there() {
    let item = event(1, None).put().explain().unwrap().into_inner().item.unwrap();
    assert_eq!(item.get("GSI1PK"), Some(&AttributeValue::S("STREAM#a".into())));
    assert_eq!(item.get("GSI1SK"), None);
}

#[tokio::test]
async fn items_are_read_back_by_number_and_by_bytes() {
    let log = open::<Log>().await;
    let events: Vec<_> = (0..20).map(|n| event(n, (n % 3 == 0).then_some(n as i32 - 9))).collect();
    for event in &events {
        log.insert(event).await.unwrap();
    }
    let found = log.get(EventKey { stream: "a".into(), sequence: Sequence(9) }).await.unwrap();
    assert_eq!(*found, Some(events[9].clone()));
    assert_eq!(*log.query(Event::by_stream("a")).await.unwrap(), events);
    // Without the number an item is not in the index.
    let mut indexed: Vec<_> = events.iter().filter(|event| event.amount.is_some()).cloned().collect();
    indexed.sort_by_key(|event| event.amount);
    let by_amount = Event::by_amount("a");
    assert_eq!(*log.query(by_amount).await.unwrap(), indexed);
}

#[tokio::test]
async fn bytes_are_a_key_under_the_name_of_their_field() {
    let log = open::<Log>().await;
    let readings: Vec<_> =
        (0..4).map(|n| Reading { sensor: 1, at: -n, digest: vec![n as u8, 0xFF] }).collect();
    for reading in &readings {
        log.put(reading).await.unwrap();
    }
    let found = log.query(Reading::by_digest(vec![2, 0xFF])).await.unwrap();
    assert_eq!(*found, readings[2..3]);
    let all = log.query(Reading::by_sensor(1).at_in(-2..0)).await.unwrap();
    assert_eq!(*all, [readings[2].clone(), readings[1].clone()]);
}

#[tokio::test]
async fn what_cannot_be_a_key_is_refused_before_it_is_sent() {
    let log = open::<Log>().await;
    let empty = Reading { sensor: 1, at: 0, digest: Vec::new() };
    let error = log.put(&empty).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidKey);
    assert_eq!(
        error.to_string(),
        "cannot put `Reading`: `digest` is empty, and a key part must not be (it is part of the key of index \
         `ByDigest`)"
    );
}

fn bounds() -> impl Strategy<Value = Bound<i32>> {
    prop_oneof![
        (-6..6).prop_map(Bound::Included),
        (-6..6).prop_map(Bound::Excluded),
        Just(Bound::Unbounded),
        Just(Bound::Excluded(i32::MIN)),
        Just(Bound::Excluded(i32::MAX)),
    ]
}

fn lies_in(value: i32, (low, high): (Bound<i32>, Bound<i32>)) -> bool {
    use std::ops::RangeBounds;
    (low, high).contains(&value)
}

#[test]
fn ranges_of_numbers_are_those_of_integers() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let amounts = [i32::MIN, -20, -6, -5, -3, -1, 0, 1, 2, 5, 6, 10, 100, i32::MAX];
    let log = runtime.block_on(async {
        let log = open::<Log>().await;
        for (sequence, amount) in amounts.into_iter().enumerate() {
            log.put(&event(sequence as u64, Some(amount))).await.unwrap();
        }
        log
    });
    proptest!(|(low in bounds(), high in bounds())| {
        let found = runtime.block_on(async { log.query(Event::by_amount("a").amount_in((low, high))).await });
        let found: Vec<_> = found.unwrap().into_inner().into_iter().filter_map(|event| event.amount).collect();
        let expected: Vec<_> = amounts.into_iter().filter(|amount| lies_in(*amount, (low, high))).collect();
        prop_assert_eq!(found, expected);
    });
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "blobs", pk = "PK", sk = ["SK": B])]
enum Blobs {
    Blob(Blob),
}

#[derive(Entity, Serialize, Deserialize, Debug, PartialEq)]
#[entity(table = Blobs, pk = "{bucket}", sk = "{name}")]
struct Blob {
    bucket: String,
    name: Vec<u8>,
}

#[test]
fn ranges_of_bytes_are_those_of_slices() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut names: Vec<Vec<u8>> = vec![
        vec![0],
        vec![0, 0],
        vec![0, 255],
        vec![1],
        vec![1, 0],
        vec![1, 1],
        vec![2],
        vec![254, 255],
        vec![255],
        vec![255; 1024],
    ];
    names.sort();
    let blobs = runtime.block_on(async {
        let blobs = open::<Blobs>().await;
        for name in &names {
            blobs.put(&Blob { bucket: "b".into(), name: name.clone() }).await.unwrap();
        }
        blobs
    });
    let bound = prop_oneof![
        Just(Bound::Unbounded),
        proptest::collection::vec(prop_oneof![Just(0), Just(1), Just(2), Just(255_u8)], 1..3).prop_flat_map(
            |name| prop_oneof![Just(Bound::Included(name.clone())), Just(Bound::Excluded(name))]
        ),
    ];
    proptest!(|(low in bound.clone(), high in bound)| {
        let range = (low.clone(), high.clone());
        let found = runtime.block_on(async { blobs.query(Blob::by_bucket("b").name_in(range.clone())).await });
        let found: Vec<_> = found.unwrap().into_inner().into_iter().map(|blob| blob.name).collect();
        use std::ops::RangeBounds;
        let expected: Vec<_> = names.iter().filter(|name| range.contains(*name)).cloned().collect();
        prop_assert_eq!(found, expected);
    });
}
