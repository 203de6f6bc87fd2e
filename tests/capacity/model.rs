//! The table of these tests: one overloaded index, one natural one that stores keys alone.

use monotable::{Entity, Handle, Table};
use monotable_tests::open;
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[table(name = "shop")]
#[table(index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"), index(ByCourier, pk = [courier], projection = keys))]
pub enum Shop {
    Customer(Customer),
    Order(Order),
    Score(Score),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "PROFILE")]
pub struct Customer {
    pub customer: String,
    pub name: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{number:06}")]
#[entity(index(Gsi1, pk = "STATUS#{status}", sk = "{number}"), index(ByCourier))]
pub struct Order {
    pub customer: String,
    pub number: u32,
    pub status: Option<String>,
    pub courier: Option<String>,
    pub note: String,
}

/// Its index is spread over four partitions.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, pk = "PLAYER#{player}", sk = "GAME#{game}")]
#[entity(index(Gsi1, pk = "GAME#{game}#{player:shard(4)}", sk = "{points}", query = board))]
pub struct Score {
    pub game: String,
    pub player: String,
    pub points: u32,
}

pub fn order(customer: &str, number: u32) -> Order {
    let (status, courier) = (Some("open".to_owned()), None);
    Order { customer: customer.to_owned(), number, status, courier, note: String::new() }
}

pub async fn shop() -> Handle<Shop> {
    let shop = open::<Shop>().await;
    // What its creation took is not what these tests are about.
    shop.ledger().reset();
    shop
}
