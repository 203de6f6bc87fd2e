use monotable::{Entity, KeyPart, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop", index(ByCourier, pk = [courier_id], sk = [day]))]
enum Shop {
    Delivery(Delivery),
}

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
enum Day {
    Monday,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "DELIVERY#{number}", sk = "DELIVERY")]
#[entity(index(ByCourier))]
struct Delivery {
    number: u32,
    courier_id: String,
    day: Day,
}

fn main() {
    let _ = Delivery::by_courier("ada").day_from(Day::Monday);
}
