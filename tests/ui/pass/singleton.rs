//! One partition for all items, where that is said; no warning, and a key without members.

#![deny(warnings)]

use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    Config(Config),
    Flag(Flag),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "CONFIG", sk = "CONFIG", singleton)]
struct Config {
    color: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "FLAGS", sk = "{name}", singleton, query = all)]
struct Flag {
    name: String,
}

fn main() {
    let config = Config { color: "red".into() };
    assert_eq!(config.key(), ConfigKey);
    let _ = (Shop::Config(config), Shop::Flag(Flag { name: "beta".into() }));
    let _ = (Config::by_primary(), Flag::all().name_in(monotable::prefix("be")));
}
