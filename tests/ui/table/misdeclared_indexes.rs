use monotable::{Entity, Handle, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop", index(ByCourier, pk = [courier_id, day], sk = "GSI1SK"))]
#[table(index(ByEta, local))]
#[table(index(ByDay, pk = GSI2PK))]
enum Shop {
    Delivery(Delivery),
    Courier(Courier),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "DELIVERY#{number}", sk = "DELIVERY")]
#[entity(index(ByCourier))]
#[entity(index(ByEta, sk = "{eta}"))]
#[entity(index(ByDay, pk = "DAY#{day}"))]
struct Delivery {
    number: u32,
    courier_id: String,
    day: String,
    eta: u32,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "COURIER#{courier_id}", sk = "COURIER")]
#[entity(index(ByCourier, pk = "COURIER#{courier_id}", sk = "COURIER", query = in_gsi1))]
struct Courier {
    courier_id: String,
}

async fn due(shop: &Handle<Shop>) -> Result<(), monotable::Error> {
    shop.query(Delivery::by_courier("c1", "monday")).await?;
    shop.query(Delivery::by_eta(1u32).eta_from(600u32)).consistent().await?;
    shop.query(Delivery::by_day("monday")).await?;
    shop.query(Courier::in_gsi1("c1")).await?;
    Ok(())
}

fn main() {
    let _ = due;
}
