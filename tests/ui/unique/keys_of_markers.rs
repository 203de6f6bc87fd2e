use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    Customer(Customer),
    Note(Note),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "CUSTOMER#{id}", sk = "PROFILE")]
#[entity(unique(email))]
struct Customer {
    id: String,
    email: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "UNIQUE#{id}", sk = "{text}")]
struct Note {
    id: String,
    text: String,
}

fn main() {}
