use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop", index(ByCourier, pk = [courier_id, day], sk = [eta: N]))]
enum Shop {
    Delivery(Delivery),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "DELIVERY#{number}", sk = "DELIVERY")]
#[entity(index(ByCourier))]
struct Delivery {
    number: u32,
    courier_id: String,
    day: String,
    eta: String,
}

fn main() {}
