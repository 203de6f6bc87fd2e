use monotable::{Entity, Projection, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop", index(ByName, pk = "GSI1PK", projection = include(total)))]
enum Shop {
    Order(Order),
    Ticket(other::Ticket),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "ORDER#{number}", sk = "ORDER", index(ByName, pk = "NAME#{name}"))]
struct Order {
    number: u32,
    name: String,
    total: u64,
    note: Option<String>,
}

#[derive(Projection, Deserialize)]
#[projection(entity = Order)]
struct Total {
    total: u64,
}

fn query(shop: monotable::Handle<Shop>) {
    let _ = shop.projection::<Total>().query(other::Ticket::by_number(7u32));
}

mod other {
    use super::*;

    #[derive(Entity, Serialize, Deserialize)]
    #[entity(table = Shop, pk = "TICKET#{number}", sk = "TICKET")]
    pub struct Ticket {
        number: u32,
    }
}

fn main() {}
