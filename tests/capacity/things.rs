//! Items of every shape in a table with an index of every kind.

use std::collections::BTreeMap;

use monotable::{Entity, Table};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[table(
    name = "things",
    index(ByGroup, pk = "GPK", sk = "GSK"),
    index(ByCourier, pk = [courier], sk = [rank: N], projection = keys),
    index(ByDay, pk = "DPK", projection = include(note, tags)),
    index(ByLabel, local, sk = "LSK")
)]
pub enum Things {
    Thing(Thing),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Things, pk = "SHELF#{shelf}", sk = "THING#{number}")]
#[entity(index(ByGroup, pk = "GROUP#{group}", sk = "{number}", query = by_group))]
#[entity(index(ByCourier, query = by_courier))]
#[entity(index(ByDay, pk = "DAY#{day}", query = by_day))]
#[entity(index(ByLabel, sk = "LABEL#{label}", query = by_label))]
pub struct Thing {
    pub shelf: String,
    pub number: u8,
    pub group: Option<String>,
    pub courier: Option<String>,
    pub rank: Option<i32>,
    pub day: Option<String>,
    pub label: Option<String>,
    pub note: String,
    pub tags: BTreeMap<String, Vec<i64>>,
    pub price: f64,
    pub flag: bool,
}

fn text() -> impl Strategy<Value = Option<String>> {
    prop_oneof![Just(None), "[ab]".prop_map(Some)]
}

/// A note is mostly short, and now and then around a boundary of 1 KB or 4 KB.
fn note() -> impl Strategy<Value = String> {
    let size =
        prop_oneof![3 => 0..40_usize, 2 => 500..1100_usize, 1 => 3500..4200_usize, 1 => 0..30_000_usize];
    (size, prop_oneof![Just("x"), Just("ü"), Just("\"\n")]).prop_map(|(size, letter)| letter.repeat(size))
}

pub fn thing() -> impl Strategy<Value = Thing> {
    let tags =
        proptest::collection::btree_map("[a-c]{1,3}", proptest::collection::vec(any::<i64>(), 0..3), 0..3);
    let price = prop_oneof![Just(0.0), -1e6..1e6_f64, Just(1e20), Just(-2.5e-7)];
    (
        0..3_u8,
        text(),
        text(),
        prop_oneof![Just(None), (-3..3_i32).prop_map(Some)],
        text(),
        text(),
        note(),
        tags,
        price,
        any::<bool>(),
    )
        .prop_map(|(number, group, courier, rank, day, label, note, tags, price, flag)| Thing {
            shelf: "s".into(),
            number,
            group,
            courier,
            rank,
            day,
            label,
            note,
            tags,
            price,
            flag,
        })
}
