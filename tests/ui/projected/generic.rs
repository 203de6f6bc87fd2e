use monotable::{Entity, Projection, Table};
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

#[derive(Projection, Deserialize)]
#[projection(entity = Order)]
struct Number<T> {
    number: T,
}

fn main() {}
