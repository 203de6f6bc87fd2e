use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    User(User),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "USER#{tenant}{id}", sk = "PROFILE")]
struct User {
    tenant: String,
    id: String,
}

fn main() {}
