use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    Order(Order),
    Offer(Offer),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
struct Order {
    order_id: u64,
    #[entity(ttl)]
    #[serde(rename = "until")]
    expires_at: u64,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "OFFER#{offer}", sk = "OFFER")]
struct Offer {
    offer: u64,
    until: u64,
}

fn main() {}
