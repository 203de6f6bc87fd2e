use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop", delimiter = "|")]
enum Shop {
    File(File),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "OWNER|{owner}", sk = "FILE|{name:escape}")]
struct File {
    owner: String,
    name: String,
}

fn main() {}
