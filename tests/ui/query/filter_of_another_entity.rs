use monotable::{Entity, MaxWaste, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    Order(Order),
    Customer(Customer),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{number}")]
struct Order {
    customer: String,
    number: u32,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "PROFILE")]
struct Customer {
    customer: String,
    gold: bool,
}

fn query(shop: monotable::Handle<Shop>) {
    let _ = shop.query(Order::by_customer("ada")).filter(Customer::GOLD.eq(true), MaxWaste::percent(50));
}

fn main() {}
