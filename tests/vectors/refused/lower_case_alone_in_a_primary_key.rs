//! edb-57: `AbC` and `abc` are two items with one key.

use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "service", pk = "pk", sk = "sk")]
pub enum Service {
    Thing(Thing),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Service, pk = "$s#a_{a:lower}#b_{b:lower}", sk = "$e_1#c_{c:lower}")]
pub struct Thing {
    pub a: String,
    pub b: String,
    pub c: String,
}

fn main() {}
