use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    User(User),
    LegacyUser(LegacyUser),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, type = "user", pk = "USER#{id}", sk = "PROFILE")]
struct User {
    id: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, type = "user", pk = "LEGACY#{id}", sk = "PROFILE")]
struct LegacyUser {
    id: String,
}

fn main() {}
