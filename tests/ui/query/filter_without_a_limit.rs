use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{number}")]
struct Order {
    customer: String,
    number: u32,
    paid: bool,
}

fn query(shop: monotable::Handle<Shop>) {
    let _ = shop.query(Order::by_customer("ada")).filter(Order::PAID.eq(true));
}

fn main() {}
