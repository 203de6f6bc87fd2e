use std::collections::HashSet;

use monotable::{Entity, Fields, KeyPart, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
enum Shop {
    Product(Product),
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "PRODUCT#{sku}", sk = "PRODUCT")]
#[entity(index(Gsi1, pk = "TENANT#{tenant}#STATUS#{status}", sk = "{placed}", query = by_status))]
struct Product {
    sku: String,
    tenant: String,
    status: Status,
    placed: Option<u32>,
    stock: u32,
    note: Option<String>,
    lines: Vec<String>,
    tags: HashSet<String>,
    #[serde(default, with = "serde_dynamo::string_set")]
    labels: HashSet<String>,
    size: Size,
}

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
enum Status {
    Open,
    Sold,
}

#[derive(Fields, Serialize, Deserialize)]
struct Size {
    width: u32,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
struct Order {
    id: u64,
    total: u64,
}

fn key() -> ProductKey {
    ProductKey { sku: String::new() }
}

fn main() {
    let _ = Product::update(key()).set(Product::TENANT, "acme");
}
