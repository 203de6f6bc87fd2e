use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    User(User),
}

#[derive(Table)]
#[table(name = "archive", index(ByDay, pk = "DAY"))]
enum Archive {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "USER#{id}", sk = "PROFILE", index(ByDay, pk = "DAY#{day}"))]
struct User {
    id: String,
    day: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Archive, pk = "ORDER#{id}", sk = "ORDER")]
struct Order {
    id: String,
}

fn main() {}
