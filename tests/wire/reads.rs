//! Items through the engine and back: by every operation that reads, and by the SDK and `serde_dynamo` beside them.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::AttributeValue;
use monotable::{Collection, Entity, FromItem, Handle};
use monotable_tests::{engine, open};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::types::{Internal, Untagged, strategies};
use super::world::{Open, OpenKey, Strict, StrictKey, Thing, ThingKey, Watch, World};

#[derive(Collection, Debug, PartialEq)]
#[collection(of = Strict)]
struct Owner {
    things: Vec<Thing>,
    strict: Option<Strict>,
    open: Option<Open>,
}

pub fn things() -> impl Strategy<Value = Thing> {
    let first = (strategies::text(), any::<i64>(), strategies::finite_in_range(), strategies::blob());
    let sets = (strategies::texts(), strategies::numbers());
    let enums =
        (strategies::external(), strategies::internal(), strategies::adjacent(), strategies::untagged());
    let rest = (
        strategies::nested(),
        strategies::status(),
        proptest::collection::vec(proptest::option::of(strategies::text()), 0..3),
    );
    (any::<u16>(), any::<bool>(), first, sets, enums, rest).prop_map(
        |(number, labelled, (_, signed, float, blob), (texts, numbers), enums, (nested, status, list))| {
            let (external, mut internal, adjacent, untagged) = enums;
            if let Internal::Struct { b, .. } = &mut internal
                && !(1e-99..1e99).contains(&b.abs())
            {
                // DynamoDB stores no number so large or so small.
                *b = 0.5;
            }
            Thing {
                owner: "ada".into(),
                number: number.into(),
                label: labelled.then(|| "red".into()),
                signed,
                float,
                blob,
                texts,
                numbers,
                nested,
                status,
                external,
                internal,
                adjacent,
                untagged,
                list,
            }
        },
    )
}

pub fn by_sdk() -> bool {
    std::env::var_os("MONOTABLE_TEST_ITEMS_BY_SDK").is_some()
}

/// The item as the SDK and `serde_dynamo` read it.
async fn plainly(world: &Handle<World>, sk: String) -> Thing {
    let get =
        world.sdk().get_item().table_name(world.name()).key("PK", AttributeValue::S("OWNER#ada".into()));
    let output = get.key("SK", AttributeValue::S(sk)).send().await.unwrap();
    serde_dynamo::from_item(output.item.unwrap()).unwrap()
}

async fn read_in_every_way(world: &Handle<World>, thing: &Thing) {
    world.put(thing).await.unwrap();
    let key = || ThingKey { owner: thing.owner.clone(), number: thing.number };
    assert_eq!(plainly(world, format!("THING#{:05}", thing.number)).await, *thing);
    assert_eq!(world.get(key()).await.unwrap().as_ref(), Some(thing));
    assert_eq!(*world.batch_get([key()]).await.unwrap(), [Some(thing.clone())]);
    assert_eq!(*world.transact_get([key()]).await.unwrap(), [Some(thing.clone())]);
    let all = world.query(Thing::by_owner("ada")).await.unwrap().into_inner();
    assert_eq!(all, std::slice::from_ref(thing));
    let any = world.item_collection(Thing::by_owner("ada")).await.unwrap().into_inner();
    assert_eq!(any, [World::Thing(thing.clone())]);
    let by_label = world.query(Thing::by_label("red")).await.unwrap().into_inner();
    assert_eq!(by_label.first(), thing.label.as_ref().map(|_| thing));
    let owner = world.collection::<Owner>(Strict::by_owner("ada")).await.unwrap().into_inner();
    assert_eq!(owner.things, std::slice::from_ref(thing));
    let scanned = world.maintenance("test").scan().segments(1).stream().next().await;
    assert_eq!(scanned.unwrap().unwrap(), World::Thing(thing.clone()));
    world.delete(key()).await.unwrap();
}

#[test]
fn every_way_of_reading_reads_the_same() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let world = runtime.block_on(open::<World>());
    let mut runner =
        TestRunner::new(Config { cases: engine().cases(60), failure_persistence: None, ..Config::default() });
    let law = |thing: Thing| {
        runtime.block_on(read_in_every_way(&world, &thing));
        Ok(())
    };
    runner.run(&things(), law).unwrap();
}

#[tokio::test]
async fn what_is_the_tables_own_is_no_field() {
    let world = open::<World>().await;
    let strict = Strict { owner: "ada".into(), number: 7 };
    let rest = BTreeMap::from([
        ("colour".to_owned(), Untagged::Text("red".into())),
        ("n".to_owned(), Untagged::Float(0.5)),
    ]);
    let open = Open { owner: "ada".into(), number: 8, rest };
    world.put(&strict).await.unwrap();
    world.put(&open).await.unwrap();
    let keys = (StrictKey { owner: "ada".into(), number: 7 }, OpenKey { owner: "ada".into(), number: 8 });
    assert_eq!(world.batch_get(keys).await.unwrap().into_inner(), (Some(strict.clone()), Some(open.clone())));
    let owner = world.collection::<Owner>(Strict::by_owner("ada")).await.unwrap().into_inner();
    assert_eq!(owner, Owner { things: vec![], strict: Some(strict), open: Some(open) });
}

#[tokio::test]
async fn numbers_that_serde_would_round_are_refused() {
    let world = open::<World>().await;
    let put = |number: &str| {
        let put = world.sdk().put_item().table_name(world.name());
        put.item("PK", AttributeValue::S("OWNER#ada".into()))
            .item("SK", AttributeValue::S("OPEN#00001".into()))
            .item("_type", AttributeValue::S(Open::MODEL.type_name.into()))
            .item("owner", AttributeValue::S("ada".into()))
            .item("number", AttributeValue::N("1".into()))
            .item("n", AttributeValue::N(number.into()))
            .send()
    };
    let key = || OpenKey { owner: "ada".into(), number: 1 };
    put("0.125").await.unwrap();
    let read = world.get(key()).await.unwrap().into_inner().unwrap();
    assert_eq!(read.rest["n"], Untagged::Float(0.125));
    put("1234567890123456789012345678901234567.5").await.unwrap();
    let error = world.get(key()).await.unwrap_err();
    assert_eq!(error.kind(), monotable::ErrorKind::Decode);
    // The item as the SDK has it is read in the same way.
    let item =
        world.sdk().get_item().table_name(world.name()).key("PK", AttributeValue::S("OWNER#ada".into()));
    let item = item.key("SK", AttributeValue::S("OPEN#00001".into())).send().await.unwrap().item.unwrap();
    assert!(Open::from_item(item.clone()).is_err());
    assert!(World::from_item(item).is_err());
}

/// Without this, the SDK could read everything, and no other test would notice.
#[tokio::test]
async fn the_sdk_makes_no_map_of_the_items() {
    let (world, watch) = Watch::on(&open::<World>().await);
    world.put(&Strict { owner: "ada".into(), number: 7 }).await.unwrap();
    assert_eq!(watch.take(), [false]);
    let key = || StrictKey { owner: "ada".into(), number: 7 };
    world.get(key()).await.unwrap();
    world.batch_get([key()]).await.unwrap();
    world.transact_get([key()]).await.unwrap();
    world.query(Strict::by_owner("ada")).await.unwrap();
    world.maintenance("test").scan().segments(1).stream().next().await.unwrap().unwrap();
    assert_eq!(watch.take(), vec![by_sdk(); 5]);
}
