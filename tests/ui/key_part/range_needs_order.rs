use monotable::{Entity, KeyPart, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "ORDER#{id}", sk = "{status}")]
struct Order {
    id: String,
    status: Wrapped,
}

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
struct Wrapped(Status);

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
enum Status {
    Open,
}

fn main() {
    let _ = Order::by_id("o1").status_from(Wrapped(Status::Open));
}
