//! Spans, events and figures: what they say of calls, and that they say nothing of items.
//!
//! One test in a program of its own, because whether a span is of interest is remembered by the whole program: where it is
//! met for the first time by a test that has no subscriber, one that begins to listen at that moment may miss it.

#[allow(dead_code)]
#[path = "../capacity/model.rs"]
mod model;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use metrics::{
    Counter, CounterFn, Gauge, Histogram, HistogramFn, Key, KeyName, Metadata, Recorder, SharedString, Unit,
};
use monotable::Handle;
use monotable::testing::{Calls, Fault};
use monotable_tests::{proxied, unsuffixed};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};

use crate::model::{Order, OrderKey, Shop, order, shop};

type Fields = BTreeMap<String, String>;

/// Spans and events of this library, with their fields as text.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<Fields>>>);

struct Write<'f>(&'f mut Fields);

impl Visit for Write<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}").trim_matches('"').to_owned());
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }
}

impl Subscriber for Seen {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.target() == "monotable"
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut seen = self.0.lock().unwrap();
        let mut fields = Fields::new();
        span.record(&mut Write(&mut fields));
        seen.push(fields);
        Id::from_u64(seen.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        values.record(&mut Write(&mut self.0.lock().unwrap()[span.into_u64() as usize - 1]));
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::new();
        event.record(&mut Write(&mut fields));
        self.0.lock().unwrap().push(fields);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// Sums of counters and histograms, by name and labels.
#[derive(Debug, Clone, Default)]
struct Sums(Arc<Mutex<BTreeMap<String, (u64, f64)>>>);

#[derive(Debug)]
struct Sum(Sums, String);

impl Sum {
    fn add(&self, value: f64) {
        let mut sums = self.0.0.lock().unwrap();
        let sum = sums.entry(self.1.clone()).or_default();
        *sum = (sum.0 + 1, sum.1 + value);
    }
}

impl CounterFn for Sum {
    fn increment(&self, value: u64) {
        self.add(value as f64);
    }

    fn absolute(&self, _: u64) {}
}

impl HistogramFn for Sum {
    fn record(&self, value: f64) {
        self.add(value);
    }
}

impl Sums {
    fn of(&self, key: &Key) -> Arc<Sum> {
        let label =
            |name: &str| key.labels().find(|label| label.key() == name).map_or("", |label| label.value());
        let name = format!("{} {} {}", key.name(), label("db.operation.name"), label("monotable.entity"));
        Arc::new(Sum(self.clone(), name))
    }
}

impl Recorder for Sums {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(self.of(key))
    }

    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::from_arc(self.of(key))
    }
}

/// Some calls: one that is throttled once, one that fails, and one that makes a partition hot.
async fn calls() -> Handle<Shop> {
    let shop = shop().await;
    let (shop, proxy) = proxied(&shop);
    proxy.inject(Calls::all().nth(1), Fault::throttle_because(["TableReadKeyRangeThroughputExceeded"]));
    let key = OrderKey { customer: "secret".into(), number: 1 };
    shop.pattern("checkout").get(key).await.unwrap();
    shop.insert(&order("secret", 1)).await.unwrap();
    shop.insert(&order("secret", 1)).await.unwrap_err();
    shop.query(Order::by_status("open")).await.unwrap();
    for number in 0..8 {
        shop.put(&Order { note: "n".repeat(390_000), ..order("secret", number) }).await.unwrap();
    }
    shop
}

fn spans_follow_the_conventions_and_hold_no_keys() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let seen = Seen::default();
    let shop = tracing::subscriber::with_default(seen.clone(), || runtime.block_on(calls()));
    let mut seen = seen.0.lock().unwrap();
    let values = seen.iter_mut().flat_map(|fields| fields.values_mut());
    values.for_each(|value| *value = unsuffixed(&shop, value));
    let find = |name: &str, value: &str| {
        seen.iter().filter(|fields| fields.get(name).is_some_and(|found| found == value)).collect::<Vec<_>>()
    };
    let get = find("otel.name", "GetItem shop");
    assert_eq!(get.len(), 1, "{seen:#?}");
    let get = get[0];
    let expected = [
        ("db.system.name", "aws.dynamodb"),
        ("db.operation.name", "GetItem"),
        ("db.collection.name", "shop"),
        ("otel.kind", "client"),
        ("aws.dynamodb.consumed_capacity", r#"{"TableName":"shop","CapacityUnits":0.5}"#),
        ("aws.dynamodb.count", "0"),
        ("monotable.operation", "get"),
        ("monotable.entity", "Order"),
        ("monotable.pattern", "checkout"),
        ("monotable.attempts", "2"),
        ("monotable.throttled", "1"),
    ];
    for (name, value) in expected {
        assert_eq!(get.get(name).map(String::as_str), Some(value), "{name}");
    }
    let query = find("otel.name", "Query shop")[0];
    assert_eq!(
        (query["aws.dynamodb.index_name"].as_str(), query["aws.dynamodb.scanned_count"].as_str()),
        ("Gsi1", "1")
    );
    let refused = find("error.type", "ConditionalCheckFailedException");
    assert_eq!((refused.len(), refused[0]["monotable.operation"].as_str()), (1, "insert"));
    let throttled = find("message", "DynamoDB throttled a call");
    assert_eq!(throttled[0]["aws.dynamodb.throttling_reasons"], "TableReadKeyRangeThroughputExceeded");
    assert!(seen.iter().any(|fields| fields.contains_key("monotable.of_partition_limit")));
    assert!(!format!("{seen:?}").contains("secret"));
}

fn figures_are_those_of_the_ledger() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let sums = Sums::default();
    metrics::with_local_recorder(&sums, || runtime.block_on(calls()));
    let sums = sums.0.lock().unwrap();
    let of = |name: &str| sums.get(name).copied().unwrap_or_default();
    assert_eq!(of("db.client.operation.duration GetItem Order").0, 1);
    assert_eq!(of("db.client.operation.duration PutItem Order").0, 10);
    assert_eq!(of("monotable.consumed_read_units GetItem Order"), (1, 0.5));
    assert_eq!(of("monotable.throttled GetItem Order"), (1, 1.0));
    assert_eq!(of("monotable.errors PutItem Order"), (1, 1.0));
    assert!(of("monotable.consumed_write_units PutItem Order").1 > 2.0 * 8.0 * 381.0);
    assert!(!format!("{sums:?}").contains("secret"));
}

#[test]
fn calls_are_told_to_whoever_listens() {
    spans_follow_the_conventions_and_hold_no_keys();
    figures_are_those_of_the_ledger();
}
