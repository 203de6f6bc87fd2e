//! edb-07, edb-45, edb-47, edb-49: text that can hold bytes below the delimiter, and a part behind it.

use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "malldirectory", pk = "pk", sk = "sk")]
pub enum Directory {
    Store(Store),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Directory, pk = "$malldirectory#sid_{store_id}")]
#[entity(sk = "$stores_1#mid_{mall_id}#bid_{building_id}#uid_{unit_id}")]
pub struct Store {
    pub store_id: String,
    pub mall_id: String,
    pub building_id: String,
    pub unit_id: String,
}

fn main() {
    let _ = Store::by_store_id("s1").mall_id("m1").building_id_in("a"..="b");
}
