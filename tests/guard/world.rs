//! A table with a native key and two indexes, and clients of it with a guard, whose requests are counted.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{Intercept, SharedHttpClient};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use monotable::{Entity, Handle, Table};
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
    let orders = Orders::embedded().await.unwrap();
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

/// Requests that reach the network.
#[derive(Debug, Clone, Default)]
pub struct Count(Arc<AtomicU32>);

impl Count {
    pub fn get(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }
}

#[derive(Debug, Clone)]
struct Counting<E>(E, Count);

impl HttpClient for Counting<SharedHttpClient> {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(Counting(self.0.http_connector(settings, components), self.1.clone()))
    }
}

impl HttpConnector for Counting<SharedHttpConnector> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        self.1.0.fetch_add(1, Ordering::Relaxed);
        self.0.call(request)
    }
}

/// A client of the same engine behind an interceptor.
pub fn behind<T: Table>(handle: &Handle<T>, interceptor: impl Intercept + 'static) -> (Client, Count) {
    let (config, count) = (handle.sdk().config(), Count::default());
    let engine = config.http_client().unwrap();
    let config = config.to_builder().http_client(Counting(engine, count.clone())).interceptor(interceptor);
    (Client::from_conf(config.build()), count)
}
