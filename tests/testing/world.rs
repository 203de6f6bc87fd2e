//! A table, a proxy in front of it, and another that sees what gets through.

use monotable::testing::{Operation, Proxy};
use monotable::{Entity, Handle, Table};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug, PartialEq)]
#[table(name = "shop")]
pub enum Shop {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, pk = "ORDER#{id:plain}", sk = "ORDER")]
pub struct Order {
    pub id: u32,
    pub text: String,
}

pub fn order(id: u32) -> Order {
    Order { id, text: format!("order {id}") }
}

pub fn key(id: u32) -> OrderKey {
    OrderKey { id }
}

/// A proxy to be told things, and one behind it that is told nothing.
pub struct World {
    pub shop: Handle<Shop>,
    pub proxy: Proxy,
    pub behind: Proxy,
}

pub async fn world() -> World {
    let (proxy, behind) = (Proxy::new(), Proxy::new());
    let shop = proxy.attach(&behind.attach(&Shop::embedded().await.unwrap()));
    World { shop, proxy, behind }
}

impl World {
    /// What got to the engine.
    pub fn passed(&self) -> Vec<Operation> {
        self.behind.requests().iter().map(|request| request.operation).collect()
    }
}
