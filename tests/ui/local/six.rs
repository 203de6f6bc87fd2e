use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(
    name = "shop",
    index(Lsi1, local, sk = "LSI1SK"),
    index(Lsi2, local, sk = "LSI2SK"),
    index(Lsi3, local, sk = "LSI3SK"),
    index(Lsi4, local, sk = "LSI4SK"),
    index(Lsi5, local, sk = "LSI5SK"),
    index(Lsi6, local, sk = "LSI6SK")
)]
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
