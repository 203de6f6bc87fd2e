use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    User(User),
}

#[derive(Table)]
#[table(name = "archive")]
enum Archive {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "USER#{id}", sk = "PROFILE")]
struct User {
    id: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Archive, pk = "ORDER#{id}", sk = "ORDER")]
struct Order {
    id: String,
}

fn main() {}

fn calls(shop: monotable::Handle<Shop>) {
    let _ = shop.batch_get(vec![OrderKey { id: "o1".into() }]);
}
