use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
#[table(index(ByDay, pk = "GSI1PK", projection = include(total_cents, label, "_type", day, "GSI2PK")))]
#[table(index(ByTotal, pk = "GSI2PK", projection = include(colour)))]
enum Shop {
    Order(Order),
    User(User),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
#[entity(index(ByDay, pk = "DAY#{day}"), index(ByTotal, pk = "TOTAL#{total_cents}"))]
#[serde(rename_all = "camelCase")]
struct Order {
    order_id: u64,
    day: String,
    total_cents: u64,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "USER#{id}", sk = "USER")]
struct User {
    id: u64,
    #[serde(rename = "labels")]
    label: String,
}

fn main() {}
