use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop", index(ByNote, pk = [note]))]
enum Shop {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
#[entity(index(ByNote))]
struct Order {
    order_id: u64,
    #[entity(null)]
    note: Option<String>,
}

fn main() {}
