use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    User(User),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "USER#{id}", sk = "PROFILE")]
struct User {
    id: String,
    #[entity(unique)]
    email: String,
}

fn main() {}
