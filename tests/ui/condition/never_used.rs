#![deny(unused_must_use)]

use monotable::{Entity, Table, Fields};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    Order(Order),
    Product(Product),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
struct Order {
    order_id: u64,
    status: Status,
    paid: bool,
    total: u64,
    address: Address,
    #[serde(with = "as_text")]
    due: Due,
}

#[derive(Serialize, Deserialize)]
enum Status {
    Open,
    Paid,
}

#[derive(Fields, Serialize, Deserialize)]
struct Address {
    city: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "PRODUCT#{sku}", sk = "PRODUCT")]
struct Product {
    sku: String,
    stock: u32,
}

struct Due;

mod as_text {
    pub fn serialize<S: serde::Serializer>(_: &super::Due, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("due")
    }
    pub fn deserialize<'de, D: serde::Deserializer<'de>>(_: D) -> Result<super::Due, D::Error> {
        Ok(super::Due)
    }
}

fn main() {
    Order::TOTAL.ge(1);
}
