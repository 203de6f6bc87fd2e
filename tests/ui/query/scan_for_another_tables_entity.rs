use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    User(User),
}

#[derive(Table)]
#[table(name = "archive", index(ByDay, pk = "GSI1PK"))]
enum Archive {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "USER#{id}", sk = "PROFILE")]
struct User {
    id: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Archive, pk = "ORDER#{id}", sk = "ORDER", index(ByDay, pk = "DAY#{day}"))]
struct Order {
    id: String,
    day: String,
}

fn main() {}

fn calls(shop: monotable::Handle<Shop>) {
    let _ = shop.maintenance("count").scan().entity::<Order>();
}
