use monotable::{Entity, KeyPart, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
enum Shop {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
#[entity(index(Gsi1, pk = "PLACE#{place}", sk = "{status}", query = by_place))]
struct Order {
    order_id: u64,
    place: String,
    status: Status,
}

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
enum Status {
    Open,
    Paid,
}

fn main() {
    let _ = Order::by_place("shop").status_from(Status::Open);
}
