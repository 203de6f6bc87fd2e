use monotable::{Entity, Projection, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop", index(ByName, pk = "GSI1PK", projection = include(total)))]
enum Shop {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "ORDER#{number}", sk = "ORDER", index(ByName, pk = "NAME#{name}"))]
struct Order {
    number: u32,
    name: String,
    total: u64,
    note: Option<String>,
}

#[derive(Projection, Deserialize)]
#[projection(entity = Order, indexes(ByName))]
struct Total {
    total: u64,
}

fn main() {}
