use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    Order(Order),
    Profile(Profile),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "{id}")]
struct Order {
    customer: String,
    id: u64,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "PROFILE")]
struct Profile {
    customer: String,
}

fn query(shop: monotable::Handle<Shop>) {
    let _ = shop.query(Order::by_customer("ada"));
}

fn main() {}
