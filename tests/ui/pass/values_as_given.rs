//! What can be given where a part is wanted: the value, a reference to it, `&str` for text.

#![deny(warnings)]

use monotable::{Entity, KeyPart, Table, prefix};
use serde::{Deserialize, Serialize};
use std::ops::Bound;

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "SHOP#{shop}", sk = "{day}#{number}#{city}")]
struct Order {
    shop: Name,
    day: u32,
    number: Number,
    city: String,
}

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
struct Name(String);

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
struct Number(u64);

fn main() {
    let (name, number) = (Name("main".into()), Number(1));
    let _ = Order::by_shop(&name).day(1u32).number(&number).city("Oslo");
    let _ = Order::by_shop(name.clone()).day(&1).number(Number(7)).city(String::from("Oslo"));
    let _ = Order::by_shop(&name).day_in(1..=2);
    let _ = Order::by_shop(&name).day_in((Bound::Excluded(1), Bound::Unbounded));
    let _ = Order::by_shop(&name).day(1u32).number_in(&number..);
    let _ = Order::by_shop(&name).day(1u32).number_in(..);
    let _ = Order::by_shop(&name).day(1u32).number(&number).city_in("A".."C");
    let _ = Order::by_shop(&name).day(1u32).number(&number).city_in(prefix("Os"));
    let _ = Order::by_shop(&name).day(1u32).number(&number).city_until(&String::from("C"));
}
