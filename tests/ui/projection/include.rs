use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop", index(ByName, pk = "GSI1PK", projection = include(name, total)))]
enum Shop {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "ORDER#{number}", sk = "ORDER", index(ByName, pk = "NAME#{name}"))]
struct Order {
    number: u32,
    name: String,
    total: u32,
}

fn query(shop: monotable::Handle<Shop>) {
    let _ = shop.item_collection(Order::by_name("ada"));
}

fn main() {}
