use monotable::{Entity, KeyPart, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "my shop", index(Gsi1, pk = "GSI1PK", sk = "_type"))]
enum Shop {
    User(User),
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "USER#{idd}", sk = "PROFILE", colour = "red")]
#[entity(index(Gsi1, pk = "EMAIL#{email", sk = "{id}{email}"))]
struct User {
    #[entity(pk)]
    id: String,
    email: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "ORDER#{order_id}", sk = "STATUS#{status}")]
struct Order {
    order_id: Option<u64>,
    status: Status,
}

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
#[key(rename_all = "shouting")]
enum Status {
    Open,
    Paid { at: u64 },
}

fn main() {
    let _ = User::by_id("u1");
    let _ = OrderKey { order_id: 1, status: Status::Open };
}
