//! All tasks together, and what is seen of them from outside.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use monotable::Error;

use crate::memory::resident;
use crate::meter::Meter;
use crate::task::Task;
use crate::world::connect;

const TASKS: u32 = 64;
/// A task that does nothing for so long is stuck: every wait on its way is of milliseconds.
const STUCK: Duration = Duration::from_secs(60);

/// How long they work.
#[derive(Debug, Clone, Copy)]
pub enum Until {
    Turns(u64),
    Passed(Duration),
}

/// What the tasks do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mix {
    All,
    /// The engine remembers each transaction for ten minutes, because of its token.
    WithoutTransactions,
}

/// Whether answers may get lost that the engine gave, and callers go away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Losses {
    None,
    Some,
}

/// What came of it.
#[derive(Debug)]
pub struct Report {
    pub elapsed: Duration,
    pub turns: u64,
    /// Operations that failed.
    pub errors: u64,
    pub calls: u64,
    pub faults: u64,
    pub given_up: u64,
    /// Units, by the ledger without those of conditions that did not hold; by the answers that reached the client; by all answers of the engine.
    pub ledger: f64,
    pub client: f64,
    pub engine: f64,
    /// What was resident, second by second, in KB.
    pub memory: Vec<u64>,
}

/// What tasks say of themselves while they work.
#[derive(Debug, Default)]
pub struct Pulse {
    pub turns: AtomicU64,
    pub errors: AtomicU64,
    /// Units of conditions that did not hold, doubled.
    refused: AtomicU64,
    pub stop: AtomicBool,
}

impl Pulse {
    /// DynamoDB charges for a condition that does not hold, and does not say what: the library computes it.
    pub fn refused(&self, error: &Error) {
        let units = error.cost().read_units() + error.cost().write_units();
        self.refused.fetch_add((2.0 * units) as u64, Ordering::Relaxed);
    }
}

/// Runs them to their end. A task that finds what it should not panics.
pub async fn run(until: Until, losses: Losses, mix: Mix, seed: u64) -> Report {
    let (shop, proxy, engine) = connect(seed, losses).await;
    let (client, engine) = (Meter::of(&proxy), Meter::of(&engine));
    let started = Instant::now();
    let pulses: Vec<Arc<Pulse>> = (0..TASKS).map(|_| Arc::default()).collect();
    let tasks = pulses.iter().zip(0..).map(|(pulse, number)| {
        let task = Task::new(shop.clone(), number, seed, (losses, mix), pulse.clone());
        tokio::spawn(task.work(until))
    });
    let tasks: Vec<_> = tasks.collect();
    let watch = tokio::spawn(watch(pulses.clone(), until, started));
    for task in tasks {
        task.await.expect("a task found what it should not");
    }
    pulses.iter().for_each(|pulse| pulse.stop.store(true, Ordering::Relaxed));
    let memory = watch.await.expect("nobody is stuck");
    let sum = |of: fn(&Pulse) -> &AtomicU64| -> u64 {
        pulses.iter().map(|pulse| of(pulse).load(Ordering::Relaxed)).sum()
    };
    let refused = sum(|pulse| &pulse.refused) as f64 / 2.0;
    let snapshot = shop.ledger().snapshot();
    let total = |capacity: &monotable::Capacity| capacity.total().read + capacity.total().write;
    let seen = client.seen();
    Report {
        elapsed: started.elapsed(),
        turns: sum(|pulse| &pulse.turns),
        errors: sum(|pulse| &pulse.errors),
        calls: seen.calls,
        faults: seen.faults,
        given_up: seen.given_up,
        ledger: snapshot.patterns.iter().map(|pattern| total(&pattern.capacity)).sum::<f64>() - refused,
        client: seen.units,
        engine: engine.seen().units,
        memory,
    }
}

/// Looks every second how much memory there is and, in a long run, whether all tasks are at work; stops them at its end.
async fn watch(pulses: Vec<Arc<Pulse>>, until: Until, started: Instant) -> Vec<u64> {
    let mut last = vec![(0, started); pulses.len()];
    let mut memory = Vec::new();
    while !pulses.iter().all(|pulse| pulse.stop.load(Ordering::Relaxed)) {
        tokio::time::sleep(Duration::from_secs(1)).await;
        memory.extend(resident());
        let Until::Passed(time) = until else { continue };
        for (number, (pulse, (turns, since))) in pulses.iter().zip(&mut last).enumerate() {
            let now = pulse.turns.load(Ordering::Relaxed);
            if now != *turns {
                (*turns, *since) = (now, Instant::now());
            }
            let done = pulse.stop.load(Ordering::Relaxed);
            assert!(done || since.elapsed() < STUCK, "task {number} is stuck after {now} turns");
        }
        if started.elapsed() >= time {
            pulses.iter().for_each(|pulse| pulse.stop.store(true, Ordering::Relaxed));
        }
    }
    memory
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { elapsed, turns, errors, calls, faults, given_up, ledger, client, engine, memory } = self;
        writeln!(f, "{TASKS} tasks, {turns} turns in {:.0} s", elapsed.as_secs_f64())?;
        writeln!(f, "{calls} calls, {faults} of them with faults, {given_up} given up; {errors} errors")?;
        write!(f, "units: {ledger} in the ledger, {client} told to the client, {engine} by the engine")?;
        let (least, most) = (memory.iter().min(), memory.iter().max());
        if let (Some(least), Some(most)) = (least, most) {
            write!(f, "\n{least} to {most} KB resident")?;
        }
        Ok(())
    }
}
