//! The ledger: every call is in it, under its access pattern, with what it cost.

use std::time::Duration;

use monotable::aws_sdk_dynamodb::types::ReturnConsumedCapacity;
use monotable::testing::{Calls, Fault};
use monotable::{Capacity, Cost, Ledger, MaxWaste, Table as _, Units};
use monotable_tests::proxied;
use serde_json::Value;

use crate::model::{Customer, CustomerKey, Order, OrderKey, Shop, order, shop};

fn key(number: u32) -> OrderKey {
    OrderKey { customer: "ada".into(), number }
}

/// The costs that the calls themselves report are what the ledger adds up, for every kind of call.
#[tokio::test]
async fn the_ledger_is_the_sum_of_the_costs() {
    let shop = shop().await;
    let mut sum = Cost::default();
    for number in 0..20 {
        sum += shop.put(&Order { note: "n".repeat(900), ..order("ada", number) }).await.unwrap().cost();
    }
    sum += shop.replace(&order("ada", 1)).await.unwrap().cost();
    sum += shop.get(key(1)).await.unwrap().cost();
    sum += shop.get(key(99)).consistent().await.unwrap().cost();
    sum += shop.exists(key(1)).await.unwrap().cost();
    sum += shop.query(Order::by_customer("ada")).page_size(3).await.unwrap().cost();
    sum += shop.query(Order::by_status("open")).limit(2).await.unwrap().cost();
    sum += shop.query(Order::by_customer("ada")).count().await.unwrap().cost();
    let odd = Order::NOTE.eq(String::new());
    let filtered = shop.query(Order::by_customer("ada")).filter(odd, MaxWaste::percent(100)).await.unwrap();
    assert_eq!((filtered.cost().returned, filtered.cost().evaluated), (1, 20));
    sum += filtered.cost();
    sum += shop.batch_get((0..150).map(key).collect::<Vec<_>>()).await.unwrap().cost();
    sum += shop.transact_get([key(1), key(99)]).await.unwrap().cost();
    sum += shop.delete(key(1)).await.unwrap().cost();
    let error = shop.insert(&order("ada", 2)).await.unwrap_err();
    sum += error.cost();
    let mut scan = shop.maintenance("count").scan().unpaced().stream();
    while scan.next().await.transpose().unwrap().is_some() {}
    sum += scan.cost();

    let snapshot = shop.ledger().snapshot();
    let add = |of: fn(&monotable::PatternReport) -> u64| snapshot.patterns.iter().map(of).sum::<u64>();
    assert_eq!(add(|pattern| pattern.calls), u64::from(sum.calls));
    assert_eq!(add(|pattern| pattern.calls + pattern.retries), u64::from(sum.attempts));
    assert_eq!(add(|pattern| pattern.evaluated), sum.evaluated);
    assert_eq!(add(|pattern| pattern.returned), sum.returned);
    assert_eq!(add(|pattern| pattern.errors), 1);
    let capacity: Vec<&Capacity> = snapshot.patterns.iter().map(|pattern| &pattern.capacity).collect();
    let units = |of: &dyn Fn(&Capacity) -> Units| {
        capacity
            .iter()
            .map(|capacity| of(capacity))
            .fold((0.0, 0.0), |(read, write), units| (read + units.read, write + units.write))
    };
    let both = |units: Units| (units.read, units.write);
    assert_eq!(units(&|capacity| capacity.table), both(sum.capacity.table));
    let gsi1 = |capacity: &Capacity| capacity.indexes.get("Gsi1").copied().unwrap_or_default();
    assert_eq!(units(&gsi1), both(gsi1(&sum.capacity)));
    assert!(gsi1(&sum.capacity).read > 0.0 && gsi1(&sum.capacity).write > 20.0);

    let patterns: Vec<_> = snapshot
        .patterns
        .iter()
        .map(|pattern| {
            let index = pattern.index.clone().unwrap_or_default();
            assert_eq!((&*pattern.table, pattern.dropped, pattern.throttled), (shop.name(), 0, 0));
            (pattern.operation.clone(), pattern.entity.clone(), index, pattern.calls)
        })
        .collect();
    let mut patterns: Vec<_> = patterns.iter().map(|(a, b, c, d)| (&**a, &**b, &**c, *d)).collect();
    patterns.sort_unstable();
    let table_queries = 8 + 1 + 1;
    assert_eq!(
        patterns,
        [
            ("batch_get", "Order", "", 2),
            ("check", "Order", "", 1),
            ("delete", "Order", "", 1),
            ("get", "Order", "", 2),
            ("insert", "Order", "", 1),
            ("put", "Order", "", 20),
            ("query", "Order", "", table_queries - 1),
            ("query", "Order", "Gsi1", 1),
            ("replace", "Order", "", 1),
            ("scan", "Shop", "", 4),
            ("transact_get", "Order", "", 1),
        ]
    );
}

#[tokio::test]
async fn names_clones_and_shared_ledgers() {
    let shop = shop().await;
    let clone = shop.clone();
    clone.get(key(1)).await.unwrap();
    clone.pattern("checkout").get(key(1)).await.unwrap();
    clone.pattern("checkout").exists(key(1)).await.unwrap();
    shop.query(Order::by_customer("ada")).named("history").await.unwrap();
    let snapshot = shop.ledger().snapshot();
    assert_eq!(snapshot.patterns.len(), 4);
    assert_eq!(snapshot.named("history").map(|pattern| &*pattern.operation), Some("query"));
    assert_eq!(snapshot.named("checkout").map(|pattern| pattern.calls), Some(1));

    let ledger = Ledger::new();
    let other = Shop::open(shop.sdk().clone()).named(shop.name()).with_ledger(&ledger);
    other.get(CustomerKey { customer: "ada".into() }).await.unwrap();
    let mute = other.clone().without_ledger();
    let got = mute.get(key(1)).await.unwrap();
    assert_eq!(got.read_units(), 0.5);
    assert!(mute.ledger().snapshot().patterns.is_empty());
    assert_eq!(ledger.snapshot().patterns.len(), 1);
    assert!(other.ledger().is_same(&ledger) && !shop.ledger().is_same(&ledger));
    assert_eq!(shop.ledger().snapshot().patterns.len(), 4);
    shop.ledger().reset();
    assert!(shop.ledger().snapshot().patterns.is_empty());
}

#[tokio::test]
async fn the_hottest_partitions_of_the_table_and_of_indexes_are_named() {
    let shop = shop().await;
    for number in 0..30 {
        // The customers are many; all of their orders are open.
        shop.put(&order(&format!("c{}", number % 10), number)).await.unwrap();
    }
    shop.get(key(1)).await.unwrap();
    let hot = shop.ledger().snapshot().hot_keys;
    assert_eq!((hot[0].index.as_deref(), &*hot[0].key), (Some("Gsi1"), "STATUS#open"));
    assert_eq!((hot[1].index.as_deref(), hot[1].key.starts_with("CUSTOMER#c")), (None, true));
    // 30 writes to the index and 30 to the table, and one read.
    let all = 3.0 * 60.0 + 0.5;
    assert!((hot[0].share - 90.0 / all).abs() < 1e-9, "{hot:?}");
    assert!((hot[1].share - 9.0 / all).abs() < 1e-9, "{hot:?}");
    assert!(hot[0].peak.write > 0.0 && hot[0].peak.write <= 30.0);
    assert_eq!(hot[0].peak_of_limit, hot[0].peak.write / 1000.0);
    assert_eq!(hot.len(), 10);
    assert_eq!(shop.ledger().snapshot().warnings().count(), 0);
}

/// Half of what a partition gives in a second is worth a warning: 500 write units, which two of these items take.
#[tokio::test]
async fn a_hot_partition_is_warned_of() {
    let shop = shop().await;
    for number in 0..8 {
        shop.put(&Order { note: "n".repeat(390_000), ..order("ada", number) }).await.unwrap();
    }
    let snapshot = shop.ledger().snapshot();
    let warnings: Vec<_> = snapshot.warnings().map(|key| (key.index.as_deref(), &*key.key)).collect();
    assert_eq!(warnings, [(None, "CUSTOMER#ada"), (Some("Gsi1"), "STATUS#open")]);
    assert!(snapshot.to_string().contains("! will be throttled soon"), "{snapshot}");
}

#[tokio::test]
async fn less_is_asked_for_where_a_policy_allows_less() {
    let table = shop().await;
    table.put(&order("ada", 1)).await.unwrap();
    let total = table.clone().return_consumed_capacity(ReturnConsumedCapacity::Total);
    let put = total.put(&order("ada", 2)).await.unwrap();
    assert_eq!((put.write_units(), put.cost().capacity.indexes.len()), (2.0, 0));
    let query = total.query(Order::by_status("open")).await.unwrap();
    assert_eq!(query.cost().capacity.to_string(), "0.5 read units (Gsi1 0.5)");

    let none = table.clone().return_consumed_capacity(ReturnConsumedCapacity::None);
    let put = none.put(&order("ada", 3)).await.unwrap();
    assert_eq!((put.write_units(), put.cost().calls), (0.0, 1));
    assert_eq!(none.query(Order::by_customer("ada")).await.unwrap().cost().evaluated, 3);
}

#[tokio::test]
async fn a_call_that_nobody_waits_for_is_recorded_as_such() {
    let shop = shop().await;
    let (slow, proxy) = proxied(&shop);
    proxy.inject(Calls::all(), Fault::latency(Duration::MAX));
    for _ in 0..3 {
        let call = slow.get(key(1)).into_future();
        tokio::select! {
            _ = call => panic!("it is never answered"),
            () = async { for _ in 0..50 { tokio::task::yield_now().await } } => {}
        }
    }
    let snapshot = slow.ledger().snapshot();
    let get = snapshot.pattern("get", "Order").unwrap();
    assert_eq!((get.calls, get.dropped, get.errors), (3, 3, 0));
    assert_eq!(get.capacity, Capacity::default());
}

#[tokio::test]
async fn it_prints_as_a_table_and_serialises_as_json() {
    let shop = shop().await;
    for number in 0..3 {
        shop.put(&order("ada", number)).await.unwrap();
    }
    shop.put(&Customer { customer: "ada".into(), name: "Ada".into() }).await.unwrap();
    shop.query(Order::by_status("open")).named("dashboard").await.unwrap();
    let text = shop.ledger().to_string();
    let lines: Vec<Vec<_>> = text
        .lines()
        .map(|line| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect())
        .collect();
    let headings = [
        "access pattern",
        "calls",
        "errors",
        "items",
        "evaluated",
        "read units",
        "write units",
        "p50",
        "p99",
        "retries",
        "throttled",
    ];
    assert_eq!(lines[0], headings);
    // Latencies aside, which are what they are.
    assert_eq!(lines[1][..7], ["put Order", "3", "0", "0", "0", "0", "6"], "{text}");
    assert_eq!(lines[2], ["table", "0", "3"], "{text}");
    assert_eq!(lines[3], ["Gsi1", "0", "3"], "{text}");
    assert_eq!(lines[4][..7], ["put Customer", "1", "0", "0", "0", "0", "1"], "{text}");
    assert_eq!(lines[5][..7], ["dashboard: query Order by Gsi1", "1", "0", "3", "3", "0.5", "0"], "{text}");
    assert_eq!(lines[7][..3], ["hottest partition keys", "share", "peak of a second"], "{text}");
    // Columns stand below each other: a right-aligned one ends where its heading does.
    let end = |line: &str, cell: &str| line.find(cell).map(|at| at + cell.len());
    let mut rows = text.lines();
    let heading = rows.next().unwrap();
    assert_eq!(end(rows.next().unwrap(), " 3"), end(heading, "calls"), "{text}");

    let json: Value = serde_json::to_value(shop.ledger()).unwrap();
    let put = &json["patterns"][0];
    assert_eq!(
        (&put["operation"], &put["entity"], &put["calls"]),
        (&"put".into(), &"Order".into(), &3.into())
    );
    assert_eq!(put["capacity"]["indexes"]["Gsi1"]["write"], 3.0);
    assert!(put["latency"]["p99"].is_u64() && json["elapsed_seconds"].is_f64());
    assert_eq!(json["hot_keys"][0]["key"], "CUSTOMER#ada");
}
