use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop", index(ByName, pk = "GSI1PK", projection = include(total)))]
enum Shop {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "ORDER#{number}", sk = "ORDER", index(ByName, pk = "NAME#{name}"))]
struct Order {
    number: u32,
    name: String,
    total: u64,
    note: Option<String>,
}

#[derive(Deserialize)]
struct Total {
    total: u64,
}

fn query(shop: monotable::Handle<Shop>) {
    let _ = shop.projection::<Total>().query(Order::by_name("ada"));
}

fn main() {}
