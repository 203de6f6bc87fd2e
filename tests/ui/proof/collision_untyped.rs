use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop", untyped)]
enum Shop {
    Order(Order),
    Note(Note),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{id}")]
struct Order {
    customer: String,
    id: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "{kind}#{number}")]
struct Note {
    customer: String,
    kind: String,
    number: u32,
}

fn main() {}
