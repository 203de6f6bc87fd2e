use monotable::{Entity, Handle, Table};
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
    #[entity(version)]
    version: u64,
    total: u64,
}

async fn change(shop: Handle<Shop>) {
    shop.read_modify_write(OrderKey { order_id: 1 }, |order| order.total).await.unwrap();
}

fn main() {}
