use monotable::{Collection, Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "ORDER#{customer}", sk = "{number}")]
struct Order {
    customer: String,
    number: u32,
}

#[derive(Collection)]
#[collection(of = Order, indexes(Gsi1))]
struct Orders {
    orders: Vec<Order>,
}

fn main() {}
