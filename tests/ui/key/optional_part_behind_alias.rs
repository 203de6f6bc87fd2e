use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    User(User),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "USER#{email}", sk = "PROFILE")]
struct User {
    id: String,
    email: Maybe,
}

type Maybe = Option<String>;

fn main() {}
