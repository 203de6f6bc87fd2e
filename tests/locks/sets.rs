//! Whether a write whose answer was lost is the one that is stored: DynamoDB writes numbers and orders sets in ways of its
//! own, and the item is the same.

use std::collections::BTreeSet;

use monotable::testing::{Calls, Fault, Operation};
use monotable::{Entity, ErrorKind, Handle, Table};
use monotable_tests::{open, proxied};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[table(name = "bags")]
enum Bags {
    Bag(Bag),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq, Default)]
#[entity(table = Bags, pk = "BAG#{id}", sk = "BAG")]
struct Bag {
    id: u8,
    #[entity(version)]
    version: u32,
    ratio: f64,
    #[serde(default, with = "serde_dynamo::string_set", skip_serializing_if = "BTreeSet::is_empty")]
    texts: BTreeSet<String>,
    #[serde(default, with = "serde_dynamo::number_set", skip_serializing_if = "Vec::is_empty")]
    numbers: Vec<f64>,
    lists: Vec<Vec<f64>>,
}

fn full(bag: &mut Bag) {
    bag.ratio = 1e20;
    bag.texts = ["b", "a", "c"].map(str::to_owned).into();
    bag.numbers = vec![3.50, 1e3, -2.0];
    bag.lists = vec![vec![1.0, 2.50], Vec::new()];
}

async fn bags() -> Handle<Bags> {
    let bags = open::<Bags>().await;
    bags.put(&Bag { id: 1, ..Bag::default() }).await.unwrap();
    bags
}

#[tokio::test]
async fn a_write_of_its_own_is_known_again() {
    let table = bags().await;
    let (bags, proxy) = proxied(&table);
    proxy.inject(Calls::of(Operation::PutItem).nth(1), Fault::internal_error().after_effect());
    let error = bags.read_modify_write(BagKey { id: 1 }, full).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::VersionConflict);
    assert!(error.to_string().contains("this write may have taken effect"), "{error}");
    let stored = table.get(BagKey { id: 1 }).await.unwrap().into_inner().unwrap();
    assert_eq!((stored.version, stored.texts.len(), stored.numbers.len()), (2, 3, 3));
}

/// The next version is there, and it is of another: then the change is made once more on top of it.
#[tokio::test]
async fn a_write_of_another_is_known_too() {
    for with in [
        (|bag: &mut Bag| bag.texts = ["b", "a", "d"].map(str::to_owned).into()) as fn(&mut Bag),
        |bag| bag.numbers = vec![3.5, 1e3, -2.5],
        |bag| bag.lists[0][1] = 2.0,
        |bag| bag.lists.truncate(1),
    ] {
        let table = bags().await;
        let (bags, proxy) = proxied(&table);
        // The write fails before its effect; before it comes again, somebody else writes.
        let (other, mut first) = (table.clone(), true);
        proxy.inject(Calls::of(Operation::PutItem).nth(1), Fault::internal_error());
        let hold = proxy.hold(Calls::of(Operation::PutItem).nth(2));
        let change = tokio::spawn(async move {
            bags.read_modify_write(BagKey { id: 1 }, move |bag: &mut Bag| {
                full(bag);
                bag.ratio += if std::mem::take(&mut first) { 0.0 } else { 1.0 };
            })
            .await
        });
        while hold.waiting() == 0 {
            tokio::task::yield_now().await;
        }
        let theirs = |bag: &mut Bag| {
            full(bag);
            with(bag);
        };
        other.read_modify_write(BagKey { id: 1 }, theirs).await.unwrap();
        hold.release_all();
        let changed = change.await.unwrap();
        let changed = changed.map(|bag| bag.into_inner());
        assert_eq!(changed.as_ref().map(|bag| bag.version).map_err(ToString::to_string), Ok(3));
    }
}
