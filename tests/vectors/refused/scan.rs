//! edb-63 and ot-33: without the partition key those libraries read the whole table.

use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "app", pk = "pk", sk = "sk")]
pub enum App {
    User(User),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = App, pk = "$app#x_{x}", sk = "$user_1#id_{id}")]
pub struct User {
    pub x: String,
    pub id: String,
}

fn main() {
    let _ = User::by_id("5");
    let _ = |app: monotable::Handle<App>| app.scan();
}
