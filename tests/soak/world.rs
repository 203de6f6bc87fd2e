//! The table, and the way to it on which calls go wrong.

use std::time::Duration;

use aws_sdk_dynamodb::config::retry::RetryConfig;
use monotable::testing::{Calls, Fault, Operation, Proxy};
use monotable::{Entity, Handle, Table};
use serde::{Deserialize, Serialize};

use crate::run::Losses;

#[derive(Table, Debug)]
#[table(name = "soak", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
pub enum Soak {
    Order(Order),
}

/// Each task has its own.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Soak, pk = "TASK#{task}", sk = "ORDER#{number:04}")]
#[entity(index(Gsi1, pk = "TASK#{task}#{state}", sk = "{number:04}", query = by_state))]
pub struct Order {
    pub task: u32,
    pub number: u32,
    pub state: String,
    pub cents: u64,
    pub text: String,
}

/// The table through a proxy on which things go wrong, and the proxy behind it, which sees the engine's own answers.
pub async fn connect(seed: u64, losses: Losses) -> (Handle<Soak>, Proxy, Proxy) {
    let milliseconds = Duration::from_millis;
    let engine = Proxy::new().in_real_time().without_records();
    let proxy = Proxy::seeded(seed).in_real_time().without_records();
    let behind = engine.attach(&Soak::embedded().await.unwrap());
    // The SDK waits a second before its first retry, unless it is told otherwise.
    let retries = RetryConfig::standard().with_initial_backoff(milliseconds(5));
    let config = behind.sdk().config().to_builder().retry_config(retries).build();
    let all = |chance| Calls::all().chance(chance);
    proxy.inject(all(0.05), Fault::latency_between(milliseconds(1), milliseconds(20)));
    proxy.inject(all(0.004), Fault::throttle());
    proxy.inject(all(0.002), Fault::internal_error());
    proxy.inject(all(0.002), Fault::disconnect());
    proxy.inject(all(0.002), Fault::refuse("ValidationException"));
    let batches = Calls::of_any([Operation::BatchGetItem, Operation::BatchWriteItem]);
    proxy.inject(batches.chance(0.05), Fault::unprocessed_where(|place, _| place % 3 == 0));
    let transactions = Calls::of_any([Operation::TransactGetItems, Operation::TransactWriteItems]);
    proxy.inject(transactions.chance(0.02), Fault::conflict());
    if losses == Losses::Some {
        proxy.inject(all(0.002), Fault::internal_error().after_effect());
        proxy.inject(all(0.002), Fault::disconnect().after_effect());
        proxy.inject(all(0.001), Fault::timeout().after_effect());
        proxy.inject(all(0.001), Fault::respond(200, "<html>").after_effect());
        proxy.inject(all(0.001), Fault::cut_body());
    }
    (Soak::open(proxy.client(&config)), proxy, engine)
}
