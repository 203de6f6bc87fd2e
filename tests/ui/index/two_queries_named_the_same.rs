use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop", index(Gsi1, pk = "GSI1PK"), index(Gsi2, pk = "GSI2PK"))]
enum Shop {
    User(User),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "USER#{id}", sk = "PROFILE")]
#[entity(index(Gsi1, pk = "EMAIL#{email}", query = by_login))]
#[entity(index(Gsi2, pk = "NAME#{name}", query = by_login))]
struct User {
    id: String,
    email: String,
    name: String,
}

fn main() {}
