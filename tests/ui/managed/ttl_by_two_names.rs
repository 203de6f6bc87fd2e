use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop")]
enum Shop {
    Order(Order),
    Token(Token),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
struct Order {
    order_id: u64,
    #[entity(ttl)]
    expires_at: u64,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "TOKEN#{token}", sk = "TOKEN")]
struct Token {
    token: u64,
    #[entity(ttl)]
    ends: u64,
}

fn main() {}
