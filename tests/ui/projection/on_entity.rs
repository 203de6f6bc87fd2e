use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop", index(ByName, pk = "GSI1PK"))]
enum Shop {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "ORDER#{number}", sk = "ORDER", index(ByName, pk = "NAME#{name}", projection = keys))]
struct Order {
    number: u32,
    name: String,
}

fn main() {}
