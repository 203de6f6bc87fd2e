#![deny(warnings)]

use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    Config(Config),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "CONFIG", sk = "NAME#{name}")]
struct Config {
    name: String,
}

fn main() {}
