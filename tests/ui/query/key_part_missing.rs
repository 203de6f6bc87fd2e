use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    User(User),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "TENANT#{tenant}", sk = "USER#{id}")]
struct User {
    tenant: String,
    id: String,
}

fn main() {
    let _ = UserKey { tenant: "acme".into() };
}
