//! A table with a native key and two indexes, and clients of it with a guard, whose requests are counted.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::Intercept;
use monotable::testing::Proxy;
use monotable::{Entity, Guard, Handle, Table};
use monotable_tests::{open, proxied};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[table(name = "Orders", pk = "OrderID", sk = "Line")]
#[table(index(ByDay, name = "by-day", pk = "Day", sk = "DayLine"), index(ByCourier, pk = [courier, region]))]
pub enum Orders {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Orders, pk = "{order}", sk = "{line}")]
#[entity(index(ByDay, pk = "{day}", sk = "{order}"), index(ByCourier, query = by_courier))]
pub struct Order {
    pub order: String,
    pub line: String,
    pub day: String,
    pub courier: String,
    pub region: String,
    #[serde(rename = "Address")]
    pub address: String,
}

/// Orders of 4 KB each.
pub const ORDERS: usize = 40;

pub async fn orders() -> Handle<Orders> {
    let orders = open::<Orders>().await;
    for number in 0..ORDERS {
        let order = Order {
            order: format!("o{number}"),
            line: "1".into(),
            day: format!("d{}", number % 20),
            courier: "c".into(),
            region: "r".into(),
            address: "a".repeat(3900),
        };
        orders.put(&order).await.unwrap();
    }
    orders
}

/// A client of the same engine behind an interceptor, and what of it reaches the network.
pub fn behind<T: Table>(handle: &Handle<T>, interceptor: impl Intercept + 'static) -> (Client, Proxy) {
    let (handle, proxy) = proxied(handle);
    let config = handle.sdk().config().to_builder().interceptor(interceptor);
    (Client::from_conf(config.build()), proxy)
}

/// A guard that knows the table, by the name that it has on this engine.
pub fn declared(guard: Guard, orders: &Handle<Orders>) -> Guard {
    match orders.name() {
        Orders::NAME => guard.table::<Orders>(),
        name => guard.table_named::<Orders>(name),
    }
}

/// A statement about `Orders`, about the table of this name instead.
pub fn about(name: &str, statement: &str) -> String {
    match name {
        Orders::NAME => statement.to_owned(),
        // Other names need quotes.
        name => statement.replace("\"Orders\"", "Orders").replace("Orders", &format!("\"{name}\"")),
    }
}
