use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
enum Shop {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
#[entity(index(Gsi1, pk = "ORDERS", sk = "{version}", query = by_version))]
struct Order {
    order_id: u64,
    #[entity(version)]
    version: u64,
}

fn main() {}
