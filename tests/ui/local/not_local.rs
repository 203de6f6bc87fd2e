use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
enum Shop {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "ORDER#{customer}", sk = "{number}", index(Gsi1, sk = "{date}"))]
struct Order {
    customer: String,
    number: u32,
    date: String,
}

fn main() {}
