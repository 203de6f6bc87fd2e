//! A table and what scans of it send, on a clock that nobody waits for.

use std::time::{Duration, SystemTime};

use monotable::testing::{Calls, Fault, Outcome, Proxy};
use monotable::{Entity, Handle, Table};
use monotable_tests::networked;
use serde::{Deserialize, Serialize};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(
    name = "shop",
    index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"),
    index(ByTotal, pk = [country], sk = [total: N]),
    index(ByNote, local, sk = "LSK")
)]
pub enum Shop {
    Customer(Customer),
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "PROFILE")]
pub struct Customer {
    pub customer: u8,
}

/// In the index if it waits for something.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{number:03}")]
#[entity(index(Gsi1, pk = "WAITS#{waits_for}", sk = "{number:03}", query = waiting))]
#[entity(index(ByTotal, query = by_total))]
#[entity(index(ByNote, sk = "NOTE#{note}", query = by_note))]
pub struct Order {
    pub customer: u8,
    pub number: u16,
    pub waits_for: Option<u8>,
    pub country: Option<String>,
    pub total: u32,
    pub note: Option<u8>,
    pub text: String,
}

/// What was sent and answered.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// When each request was sent.
    pub sent: Vec<Duration>,
    /// When each page came, and what it consumed.
    pub pages: Vec<(Duration, f64)>,
}

impl Seen {
    pub fn of(proxy: &Proxy) -> Self {
        let clock = proxy.clock();
        let start = clock.now() - clock.elapsed();
        let since = |time: SystemTime| time.duration_since(start).unwrap();
        let mut seen = Self::default();
        for exchange in proxy.exchanges() {
            seen.sent.push(since(exchange.request.sent_at));
            if let Outcome::Answered { status: 200, body, at, .. } = exchange.outcome {
                seen.pages.push((since(at), body["ConsumedCapacity"]["CapacityUnits"].as_f64().unwrap()));
            }
        }
        seen
    }

    pub fn units(&self) -> f64 {
        self.pages.iter().map(|(_, units)| units).sum()
    }
}

/// The same table behind a network, where every so manieth request is refused.
pub fn rewired<T: Table>(table: &Handle<T>, refused: Option<u64>) -> (Handle<T>, Proxy) {
    let (table, proxy) = networked(table);
    if let Some(every) = refused {
        proxy.inject(Calls::all().every(every), Fault::refuse("AccessDeniedException"));
    }
    (table, proxy)
}
