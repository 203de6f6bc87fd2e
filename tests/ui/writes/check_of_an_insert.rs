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

fn main() {
    let order = Order { order_id: 1 };
    let _ = |shop: monotable::Handle<Shop>| shop.transact().check(order.insert());
}
