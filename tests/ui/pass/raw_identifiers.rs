//! Fields named with keywords: in templates they stand without `r#`.

#![deny(warnings)]

use monotable::{Entity, KeyPart, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop", index(r#Gsi, pk = "GSIPK", sk = "GSISK"))]
enum Shop {
    Item(Item),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "KIND#{type}", sk = "{use}#{in}")]
#[entity(index(Gsi, pk = "{move}", sk = "{type}#{ref}", query = r#move))]
struct Item {
    r#type: String,
    r#use: r#Use,
    r#in: u8,
    r#move: Option<String>,
    r#ref: u8,
}

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
#[allow(non_camel_case_types)]
enum r#Use {
    r#static,
    Dynamic,
}

fn main() {
    let key = ItemKey { r#type: "a".into(), r#use: Use::r#static, r#in: 1 };
    let _ = (key, Use::Dynamic);
    let _ = Item::by_type("a").r#use(Use::Dynamic).in_from(3u8);
    let _ = Item::r#move("x").r#type("a").r#ref(3u8);
}
