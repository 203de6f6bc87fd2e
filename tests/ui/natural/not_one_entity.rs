use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop", index(ByCourier, pk = [courier_id, day], sk = [eta: N]))]
enum Shop {
    Delivery(Delivery),
    Pickup(Pickup),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "DELIVERY#{number}", sk = "DELIVERY")]
#[entity(index(ByCourier))]
struct Delivery {
    number: u32,
    courier_id: String,
    day: String,
    eta: u32,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "PICKUP#{courier_id}#{day}", sk = "{eta}")]
struct Pickup {
    courier_id: String,
    day: String,
    eta: u32,
}

fn query(shop: monotable::Handle<Shop>) {
    let _ = shop.query(Delivery::by_courier("ada", "2026-06-01"));
}

fn main() {}
