use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop", index(ByDate, local = true, sk = "LSI1SK"))]
enum Shop {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "ORDER#{customer}", sk = "{number}")]
struct Order {
    customer: String,
    number: u32,
}

fn main() {}
