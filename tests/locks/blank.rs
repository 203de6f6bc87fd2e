//! What is left out of an item, what is NULL in it, and what DynamoDB would not take.

use std::collections::{BTreeMap, BTreeSet};

use expect_test::{Expect, expect};
use monotable::{Entity, ErrorKind, Table};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde::{Deserialize, Serialize};

use crate::world::{shop, stored};

#[derive(Table, Debug)]
#[table(name = "shop")]
enum Blanks {
    Thing(Thing),
    Strict(Strict),
    Blob(Blob),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq, Default)]
#[entity(table = Blanks, pk = "THING#{id}", sk = "THING")]
struct Thing {
    id: u8,
    absent: Option<u8>,
    #[entity(null)]
    null: Option<u8>,
    #[serde(default, with = "serde_dynamo::string_set")]
    texts: BTreeSet<String>,
    #[serde(default, with = "serde_dynamo::number_set")]
    numbers: Vec<i64>,
    list: Vec<Point>,
    #[serde(rename = "map")]
    by_name: BTreeMap<String, f64>,
    number: f64,
}

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
struct Point {
    x: f32,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq, Default)]
#[entity(table = Blanks, pk = "STRICT#{id}", sk = "STRICT")]
struct Strict {
    id: u8,
    #[serde(with = "serde_dynamo::string_set")]
    texts: BTreeSet<String>,
    #[serde(with = "monotable::epoch_seconds")]
    at: Option<u64>,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Blanks, pk = "BLOB#{id}", sk = "BLOB")]
struct Blob {
    id: u8,
    text: String,
    numbers: Vec<f64>,
    flags: Vec<Option<bool>>,
}

#[tokio::test]
async fn none_and_empty_sets_are_left_out_and_come_back() {
    let (shop, _) = shop::<Blanks>().await;
    let empty = Thing { id: 1, ..Thing::default() };
    shop.put(&empty).await.unwrap();
    let item = stored(shop.sdk(), &empty.key()).await.unwrap();
    let mut names: Vec<_> = item.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["PK", "SK", "_type", "id", "list", "map", "null", "number"]);
    assert!(item["null"].is_null());
    assert_eq!(shop.get(empty.key()).await.unwrap().into_inner(), Some(empty));

    let full = Thing {
        id: 2,
        absent: Some(1),
        null: Some(2),
        texts: ["a".to_owned(), String::new()].into(),
        numbers: vec![3, -4],
        ..Thing::default()
    };
    shop.put(&full).await.unwrap();
    let mut read = shop.get(full.key()).await.unwrap().into_inner().unwrap();
    // A set has no order of its own.
    read.numbers.sort_unstable_by(|a, b| b.cmp(a));
    assert_eq!(read, full);
}

#[tokio::test]
async fn what_cannot_be_read_from_nothing_is_not_left_out() {
    let (shop, _) = shop::<Blanks>().await;
    let thing = Strict { id: 1, texts: ["a".to_owned()].into(), at: None };
    shop.put(&thing).await.unwrap();
    assert!(stored(shop.sdk(), &thing.key()).await.unwrap()["at"].is_null());
    assert_eq!(shop.get(thing.key()).await.unwrap().into_inner(), Some(thing));
    let error = shop.put(&Strict::default()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidItem);
    assert_eq!(
        error.to_string(),
        "cannot put `Strict`: `texts` is an empty set, which DynamoDB does not store, and an item without it cannot be \
         read; add `#[serde(default)]` to the field, and the set is left out"
    );
}

fn refused(things: impl IntoIterator<Item = Thing>, expected: Expect) {
    let refusals = things.into_iter().map(|thing| {
        let error = thing.put().explain().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidItem);
        error.to_string()
    });
    expected.assert_eq(&refusals.collect::<Vec<_>>().join("\n"));
}

#[test]
fn what_dynamodb_would_refuse_is_refused_with_its_place() {
    let thing = || Thing { id: 1, ..Thing::default() };
    let points = |xs: &[f32]| xs.iter().map(|&x| Point { x }).collect::<Vec<_>>();
    refused(
        [
            Thing { number: f64::NAN, ..thing() },
            Thing { number: f64::NEG_INFINITY, ..thing() },
            Thing { number: 1e126, ..thing() },
            Thing { number: 1e-131, ..thing() },
            Thing { list: points(&[1.0, f32::INFINITY]), ..thing() },
            Thing { by_name: [("ada".to_owned(), f64::NAN)].into(), ..thing() },
            Thing { numbers: vec![1, 2, 1], ..thing() },
        ],
        expect![[r#"
            cannot put `Thing`: `number` has a number that is infinite or not a number, which DynamoDB does not store
            cannot put `Thing`: `number` has a number that is infinite or not a number, which DynamoDB does not store
            cannot put `Thing`: `number` has a number beyond the magnitudes that DynamoDB stores, which are 1E-130 to 9.99E+125
            cannot put `Thing`: `number` has a number beyond the magnitudes that DynamoDB stores, which are 1E-130 to 9.99E+125
            cannot put `Thing`: `list[1][..]` has a number that is infinite or not a number, which DynamoDB does not store
            cannot put `Thing`: `by_name[..]` has a number that is infinite or not a number, which DynamoDB does not store
            cannot put `Thing`: `numbers` has a set with an element twice, which DynamoDB does not store"#]],
    );
    Thing { number: 1e125, ..thing() }.put().explain().unwrap();
}

/// The largest item that we let through, and the next.
#[test]
fn the_size_of_an_item_is_what_the_engine_says() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (shop, _) = runtime.block_on(shop::<Blanks>());
    let mut runner = TestRunner::new(Config { cases: 24, rng_seed: RngSeed::Fixed(4), ..Config::default() });
    let number = prop_oneof![
        any::<i32>().prop_map(f64::from),
        (-1e12..1e12_f64),
        (-30..30_i32).prop_map(|power| 10_f64.powi(power)),
        (-1.0..1.0_f64),
    ];
    let parts = (prop::collection::vec(number, 0..200), prop::collection::vec(any::<Option<bool>>(), 0..50));
    runner
        .run(&parts, |(numbers, flags)| {
            let blob = |length| Blob {
                id: 1,
                text: "x".repeat(length),
                numbers: numbers.clone(),
                flags: flags.clone(),
            };
            let fits = |length: &usize| blob(*length).put().explain().is_ok();
            // The longest text that fits, by halving.
            let (mut low, mut high) = (0, 410_000);
            while high - low > 1 {
                let middle = (low + high) / 2;
                if fits(&middle) { low = middle } else { high = middle }
            }
            runtime.block_on(async {
                shop.put(&blob(low)).await.unwrap();
                let error = shop.put(&blob(high)).await.unwrap_err();
                assert_eq!(error.kind(), ErrorKind::InvalidItem);
                assert!(
                    error
                        .to_string()
                        .ends_with("it has 409601 bytes, and DynamoDB stores items of up to 409600")
                );
                // Without our check the engine refuses it.
                let mut item = blob(low).put().explain().unwrap().into_inner().item.unwrap();
                item.insert(
                    "y".to_owned(),
                    monotable::aws_sdk_dynamodb::types::AttributeValue::S(String::new()),
                );
                let put = shop.sdk().put_item().table_name("shop").set_item(Some(item)).send().await;
                assert!(put.is_err());
            });
            Ok(())
        })
        .unwrap();
}

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
enum Nested {
    Leaf,
    Inside(Box<Nested>),
}

#[tokio::test]
async fn nesting_goes_as_deep_as_the_engine_takes() {
    #[derive(Table, Debug)]
    #[table(name = "shop")]
    enum Deep {
        Node(Node),
    }
    #[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
    #[entity(table = Deep, pk = "NODE#{id}", sk = "NODE")]
    struct Node {
        id: u8,
        nested: Nested,
    }
    let (shop, _) = shop::<Deep>().await;
    let node = |levels| {
        let nested = (0..levels).fold(Nested::Leaf, |nested, _| Nested::Inside(Box::new(nested)));
        Node { id: 1, nested }
    };
    shop.put(&node(31)).await.unwrap();
    assert_eq!(shop.get(NodeKey { id: 1 }).await.unwrap().into_inner(), Some(node(31)));
    let error = shop.put(&node(32)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidItem);
    assert!(
        error.to_string().ends_with("is nested deeper than the 32 levels that DynamoDB stores"),
        "{error}"
    );
}
