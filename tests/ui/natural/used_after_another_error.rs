use monotable::{Entity, Handle, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop", index(ByCourier, pk = [courier_id, day], sk = [eta: N]))]
enum Shop {
    Delivery(Delivery),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "DELIVERY#{numbr}", sk = "DELIVERY")]
#[entity(index(ByCourier))]
struct Delivery {
    number: u32,
    courier_id: String,
    day: String,
    eta: u32,
}

async fn due(shop: &Handle<Shop>) -> Result<(), monotable::Error> {
    shop.query(Delivery::by_courier("c1", "monday").eta_in(600..720u32)).await?;
    shop.item_collection(Delivery::by_courier("c1", "monday").eta(600u32)).await?;
    Ok(())
}

fn main() {
    let _ = due;
}
