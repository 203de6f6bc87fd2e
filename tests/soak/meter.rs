//! What answers say that calls consumed, added up beside the ledger.

use std::sync::{Arc, Mutex};

use monotable::testing::{Exchange, Outcome, Proxy};
use serde_json::Value;

/// Of all calls that a proxy passes.
#[derive(Debug, Clone, Default)]
pub struct Meter(Arc<Mutex<Seen>>);

#[derive(Debug, Clone, Copy, Default)]
pub struct Seen {
    pub calls: u64,
    pub units: f64,
    pub faults: u64,
    pub given_up: u64,
}

impl Meter {
    pub fn of(proxy: &Proxy) -> Self {
        let meter = Self::default();
        let seen = meter.clone();
        proxy.watch(move |exchange| seen.0.lock().unwrap().add(exchange));
        meter
    }

    pub fn seen(&self) -> Seen {
        *self.0.lock().unwrap()
    }
}

impl Seen {
    fn add(&mut self, exchange: &Exchange) {
        self.calls += 1;
        self.faults += u64::from(!exchange.faults.is_empty());
        self.given_up += u64::from(exchange.outcome == Outcome::GivenUp);
        if let Outcome::Answered { status: 200, body, .. } = &exchange.outcome {
            self.units += units(&body["ConsumedCapacity"]);
        }
    }
}

/// One for the table of the call, or a list where a call can be of several.
fn units(consumed: &Value) -> f64 {
    match consumed {
        Value::Array(tables) => tables.iter().map(units).sum(),
        table => table["CapacityUnits"].as_f64().unwrap_or_default(),
    }
}
