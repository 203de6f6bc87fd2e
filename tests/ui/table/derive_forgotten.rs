use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    User(User),
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "USER#{id}", sk = "PROFILE")]
struct User {
    id: String,
}

#[derive(Serialize, Deserialize)]
struct Order {
    id: String,
}

fn main() {}
