//! A table whose entities share partitions, and whose keys nearly are each other's.

use monotable::{Entity, Item, Table};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use crate::strategies::{byte, delimited, hour, text};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "misses", index(Gsi, pk = "GPK", sk = "GSK"), index(Alone, pk = "APK", sk = "ASK"))]
pub enum Misses {
    Order(Order),
    Slot(Slot),
    Place(Place),
    Note(Note),
    Orders(Orders),
    Before(Before),
    After(After),
}

/// Text at the end of the sort key; in `Alone` it is the whole sort key.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Misses, pk = "P#{part}", sk = "ORDER#{name}")]
#[entity(index(Gsi, pk = "G#{part}", sk = "ORDER#{rank}#{name}", query = by_rank))]
#[entity(index(Alone, pk = "A#{part}", sk = "{name}", query = alone))]
pub struct Order {
    pub part: String,
    pub name: String,
    pub rank: Option<u8>,
}

/// Parts of fixed width that others follow.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Misses, pk = "P#{part}", sk = "SLOT#{day}#{hour}#{label}")]
#[entity(index(Gsi, pk = "G#{part}", sk = "SLOT#{hour}.{day}!", query = by_hour))]
pub struct Slot {
    pub part: String,
    pub day: u8,
    pub hour: u16,
    pub label: String,
}

/// Text that text follows.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Misses, pk = "P#{part}", sk = "PLACE#{city}#{street}")]
#[entity(index(Gsi, pk = "G#{part}", sk = "PLACE#{street}#{city}", query = by_street))]
pub struct Place {
    pub part: String,
    pub city: String,
    pub street: String,
}

/// Text that may have the delimiter in it, and a number behind it.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Misses, pk = "P#{part}", sk = "NOTE#{title:escape}#{line}")]
#[entity(index(Gsi, pk = "G#{part}", sk = "NOTE#{line}#{title:escape}", query = by_line))]
pub struct Note {
    pub part: String,
    pub title: String,
    pub line: u8,
}

pub use near::{After, Before, Orders};

// What a macro declares counts as dead where nobody uses it, unlike what is written out.
#[allow(dead_code)]
mod near {
    use super::{Deserialize, Entity, Gsi, Misses, Serialize};

    macro_rules! near_misses {
        ($($entity:ident: $sk:literal),*) => {$(
            #[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
            #[entity(table = Misses, pk = "P#{part}", sk = $sk)]
            #[entity(index(Gsi, pk = "G#{part}", sk = $sk, query = in_index))]
            pub struct $entity {
                pub part: String,
                pub name: String,
            }
        )*};
    }
    near_misses! { Orders: "ORDERS#{name}", Before: "ORDER\"{name}", After: "ORDER${name}" }
}

/// The partition that is asked, and two that share its beginning.
pub const PARTITIONS: [&str; 3] = ["1", "10", "1 "];

pub fn item() -> impl Strategy<Value = Misses> {
    let part = prop_oneof![8 => Just(PARTITIONS[0]), 1 => Just(PARTITIONS[1]), 1 => Just(PARTITIONS[2])];
    (part.prop_map(str::to_owned), text(), delimited(), text(), byte(), hour(), 0..14).prop_map(
        |(part, name, title, other, byte, hour, kind)| match kind {
            0..3 => Order { part, name, rank: (hour % 3 > 0).then_some(byte) }.into(),
            3..6 => Slot { part, day: byte, hour, label: name }.into(),
            6..9 => Place { part, city: name, street: other }.into(),
            9..11 => Note { part, title, line: byte }.into(),
            11 => Orders { part, name }.into(),
            12 => Before { part, name }.into(),
            _ => After { part, name }.into(),
        },
    )
}

/// One item for each primary key: the last.
pub fn distinct(items: Vec<Misses>) -> Vec<Misses> {
    let key = |item: &Misses| ["PK", "SK"].map(|name| attributes(item)[name].as_s().unwrap().clone());
    let mut distinct: Vec<Misses> = Vec::new();
    for item in items {
        distinct.retain(|other| key(other) != key(&item));
        distinct.push(item);
    }
    distinct
}

/// What is stored of an item.
pub fn attributes(item: &Misses) -> Item {
    let put = match item {
        Misses::Order(entity) => entity.put().explain(),
        Misses::Slot(entity) => entity.put().explain(),
        Misses::Place(entity) => entity.put().explain(),
        Misses::Note(entity) => entity.put().explain(),
        Misses::Orders(entity) => entity.put().explain(),
        Misses::Before(entity) => entity.put().explain(),
        Misses::After(entity) => entity.put().explain(),
    };
    put.unwrap().into_inner().item.unwrap()
}
