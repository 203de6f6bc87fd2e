//! serde renames: what would clash by the fields' names does not by the stored ones.

#![deny(warnings)]

use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop", pk = "pk", sk = "sk", type = "entity_type")]
enum Shop {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase", deserialize = "camelCase"))]
#[entity(table = Shop, pk = "ORDER#{pk}", sk = "ORDER")]
struct Order {
    #[serde(rename = "orderNumber")]
    pk: String,
    #[serde(rename(serialize = "sortOrder", deserialize = "sortOrder"))]
    sk: u32,
    entity_type: String,
    #[serde(flatten)]
    rest: std::collections::BTreeMap<String, String>,
    #[serde(skip)]
    cache: Option<u32>,
}

fn main() {
    use monotable::Table as _;

    let stored: Vec<_> = Shop::ENTITIES[0].attributes.iter().map(|attribute| attribute.name).collect();
    assert_eq!(stored, ["orderNumber", "sortOrder", "entityType"]);
}
