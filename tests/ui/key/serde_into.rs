use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    User(User),
}

#[derive(Entity, Clone, Serialize, Deserialize)]
#[serde(into = "Stored", from = "Stored")]
#[entity(table = Shop, pk = "USER#{id}", sk = "PROFILE")]
struct User {
    id: String,
}

#[derive(Serialize, Deserialize, Clone)]
struct Stored {
    id: String,
}

impl From<User> for Stored {
    fn from(user: User) -> Self {
        Self { id: user.id }
    }
}

impl From<Stored> for User {
    fn from(stored: Stored) -> Self {
        Self { id: stored.id }
    }
}

fn main() {}
