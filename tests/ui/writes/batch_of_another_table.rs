use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
struct Order {
    order_id: u64,
}

#[derive(Table)]
#[table(name = "log")]
enum Log {
    Entry(Entry),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Log, pk = "LOG#{day}", sk = "{number}")]
struct Entry {
    day: String,
    number: u32,
}

fn main() {
    let entry = Entry { day: "monday".into(), number: 1 };
    let _ = |shop: monotable::Handle<Shop>| shop.batch_write().put(&entry);
}
