//! Sixty-four tasks at work on one table for a long time, with calls that go wrong at a low rate: what is stored is
//! what a map in plain Rust has, nobody is stuck, the ledger is the sum of the engine's answers, memory does not grow.
//!
//! The short forms are ordinary tests. The long one takes three minutes, or what `SOAK_SECONDS` says:
//! `cargo test -p monotable-tests --test soak -- --ignored --nocapture`.

mod memory;
mod meter;
mod run;
mod task;
mod world;

use std::time::Duration;

use crate::memory::Growth;
use crate::run::{Losses, Mix, Until, run};

/// Calls go wrong, but no answer of the engine gets lost: so the ledger has all that the engine was paid.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_ledger_is_what_the_engine_charged() {
    let report = run(Until::Turns(30), Losses::None, Mix::All, 1).await;
    assert_eq!(report.ledger, report.engine, "{report}");
    assert_eq!(report.ledger, report.client, "{report}");
    assert!(report.faults > 20 && report.errors > 0, "{report}");
}

/// Answers get lost too, and callers go away: the ledger has what it was told.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_stored_is_what_the_model_has() {
    let report = run(Until::Turns(30), Losses::Some, Mix::All, 2).await;
    assert_eq!(report.ledger, report.client, "{report}");
    assert!(report.engine > report.client, "no answer got lost: {report}");
    assert!(report.faults > 20 && report.errors > 0 && report.given_up > 0, "{report}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "it takes minutes"]
async fn for_minutes() {
    let seconds = std::env::var("SOAK_SECONDS").map_or(180, |seconds| seconds.parse().unwrap());
    let half = Until::Passed(Duration::from_secs(seconds) / 2);
    // First, and without transactions: what the engine remembers of these grows.
    let report = run(half, Losses::Some, Mix::WithoutTransactions, 3).await;
    println!("{report}");
    assert_eq!(report.ledger, report.client, "{report}");
    let growth = Growth::of(&report.memory).expect("Linux says how much memory a process has");
    println!("{growth}");
    assert!(!growth.is_a_leak(), "{growth}");
    let report = run(half, Losses::Some, Mix::All, 4).await;
    println!("{report}");
    assert_eq!(report.ledger, report.client, "{report}");
}
