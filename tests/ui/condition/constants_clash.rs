use monotable::{Entity, Fields, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
struct Order {
    order_id: u64,
    line_1: String,
    #[serde(rename = "x")]
    #[allow(non_snake_case)]
    Line_1: String,
}

#[derive(Fields, Serialize, Deserialize)]
struct Line {
    count: u32,
    #[fields(const = COUNT)]
    number: u32,
}

fn main() {}
