use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
enum Shop {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
#[entity(index(Gsi1, pk = "PLACE#{place}", sk = "{country}#{zip}#{house}", query = by_place))]
struct Order {
    order_id: u64,
    place: String,
    country: String,
    zip: u32,
    house: u32,
}

fn main() {}

fn calls(shop: monotable::Handle<Shop>) {
    let _ = shop.query(OrderKey { order_id: 1 });
}
