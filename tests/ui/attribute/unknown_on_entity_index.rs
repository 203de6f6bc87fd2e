use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
enum Shop {
    User(User),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "USER#{id}", sk = "PROFILE", index(Gsi1, pk = "EMAIL#{email}", sk = "USER", qeury = by_email))]
struct User {
    id: String,
    email: String,
}

fn main() {}
