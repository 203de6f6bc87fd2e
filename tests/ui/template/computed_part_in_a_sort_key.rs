use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    User(User),
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "{id:shard(16)}#{id}", sk = "PROFILE")]
struct User {
    id: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "ORDERS#{day}", sk = "{id:shard(16)}#{id}")]
struct Order {
    day: String,
    id: String,
}

fn main() {}
