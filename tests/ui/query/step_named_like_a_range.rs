use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    Parcel(Parcel),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "PARCEL#{number}", sk = "{sent}#{sent_from}")]
struct Parcel {
    number: u32,
    sent: u32,
    sent_from: String,
}

fn main() {}
