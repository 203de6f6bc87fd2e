//! What stands between a client and its engine.

use std::fmt::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryPartition;
use aws_sdk_dynamodb::config::{Config, StalledStreamProtectionConfig};

use crate::handle::Handle;
use crate::local;
use crate::table::Table;
use crate::testing::calls::Calls;
use crate::testing::clock::Clock;
use crate::testing::connector::Front;
use crate::testing::fault::Fault;
use crate::testing::hold::Hold;
use crate::testing::operation::Operation;
use crate::testing::record::{Exchange, Outcome, Request};
use crate::testing::rules::{Plan, Rules};

/// Stands between a client and its engine, whichever that is: it passes calls on, remembers them, and lets them go
/// wrong as it is told.
///
/// The engine may be [embedded](crate::Table::embedded) or behind a network. Clients of a proxy run on its
/// [`Clock`], so that no backoff takes any time. A clone is the same proxy, and several tables may be behind one.
///
/// ```
/// use monotable::testing::{Calls, Fault, Operation, Proxy};
/// # use monotable::{Entity, ErrorKind, Table};
/// # use serde::{Deserialize, Serialize};
/// # #[derive(Table, Debug)]
/// # #[table(name = "shop")]
/// # enum Shop { Order(Order) }
/// # #[derive(Entity, Serialize, Deserialize, Debug)]
/// # #[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
/// # struct Order { order_id: u64 }
/// # #[cfg(feature = "embedded")] #[tokio::main] async fn main() -> Result<(), monotable::Error> {
///
/// let proxy = Proxy::new();
/// let shop = proxy.attach(&Shop::embedded().await?);
/// proxy.inject(Calls::of(Operation::PutItem).nth(1), Fault::throttle());
///
/// let put = shop.put(&Order { order_id: 7 }).await?;
/// assert_eq!(put.cost().attempts, 2);
/// proxy.assert_sent([Operation::PutItem, Operation::PutItem]);
/// # Ok(()) }
/// # #[cfg(not(feature = "embedded"))] fn main() {}
/// ```
#[derive(Debug, Clone)]
pub struct Proxy {
    shared: Arc<Shared>,
    clock: Clock,
    real_time: bool,
    records: bool,
}

// Locks of their own: a script, and who watches, may look at what was sent.
struct Shared {
    rules: Mutex<Rules>,
    traffic: Mutex<Traffic>,
    watchers: Mutex<Vec<Box<Watcher>>>,
}

type Watcher = dyn FnMut(&Exchange) + Send;

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rules, traffic, .. } = self;
        f.debug_struct("Shared").field("rules", rules).field("traffic", traffic).finish_non_exhaustive()
    }
}

#[derive(Debug, Default)]
struct Traffic {
    sent: usize,
    under_way: usize,
    most_under_way: usize,
    /// Those before were forgotten.
    first: usize,
    exchanges: Vec<Exchange>,
}

impl Proxy {
    /// A proxy that passes everything on.
    pub fn new() -> Self {
        Self::seeded(0)
    }

    /// A proxy with other luck, for what is injected [by chance](Calls::chance).
    ///
    /// The same seed does the same to the same calls in the same order.
    pub fn seeded(seed: u64) -> Self {
        let rules = Mutex::new(Rules::new(seed));
        let shared = Shared { rules, traffic: Mutex::default(), watchers: Mutex::default() };
        Self { shared: Arc::new(shared), clock: Clock::new(), real_time: false, records: true }
    }

    /// Leaves its clients their own time: they wait as they would without it.
    ///
    /// [`clock`](Self::clock) is nobody's, then.
    #[must_use = "this returns a proxy; the one it is called on is gone"]
    pub fn in_real_time(mut self) -> Self {
        self.real_time = true;
        self
    }

    /// Runs its clients on another clock than its own, from now on: on that of a proxy beside it.
    ///
    /// Not on that of a proxy behind it, since a clock stands still while a call is behind its proxy.
    #[must_use = "this returns a proxy; the one it is called on is gone"]
    pub fn on_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Counts calls, but remembers none of them: for long runs.
    #[must_use = "this returns a proxy; the one it is called on is gone"]
    pub fn without_records(mut self) -> Self {
        self.records = false;
        self
    }

    /// The same table, through this proxy.
    pub fn attach<T: Table>(&self, table: &Handle<T>) -> Handle<T> {
        let client = self.client(table.sdk().config());
        table.clone().through(client)
    }

    /// A table through this proxy, with no engine behind it: what nothing is injected for fails as an unreachable
    /// endpoint does.
    pub fn open<T: Table>(&self) -> Handle<T> {
        T::open(self.client(&local::config().build()))
    }

    /// A client as configured, through this proxy.
    ///
    /// What is behind it is the `http_client` of the configuration. The one that the SDK's feature
    /// `default-https-client` brings is not part of a configuration: set one to have something behind the proxy.
    ///
    /// The client has retries of its own to spend, where clients share them otherwise, and no protection against
    /// stalled streams, which only makes sense in real time.
    pub fn client(&self, config: &Config) -> Client {
        let front = Front { proxy: self.clone(), engine: config.http_client() };
        let retries = RetryPartition::custom("monotable::testing").build();
        let mut config = config.to_builder().http_client(front).retry_partition(retries);
        if !self.real_time {
            config = config
                .time_source(self.clock.clone())
                .sleep_impl(self.clock.clone())
                .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
        }
        Client::from_conf(config.build())
    }

    /// Lets this go wrong with these calls, from now on.
    ///
    /// Where several faults are for one call, their latencies add up, and the first of the others is what happens.
    pub fn inject(&self, calls: Calls, fault: Fault) {
        self.rules().inject(calls, fault);
    }

    /// Asks for every call, in the order in which they are sent, what goes wrong with it.
    ///
    /// The script may ask the proxy what was sent, but it may not inject.
    ///
    /// ```
    /// use monotable::testing::{Fault, Proxy};
    ///
    /// let proxy = Proxy::new();
    /// let mut left = 3;
    /// proxy.script(move |request| {
    ///     let fails = left > 0 && request.keys().len() > 50;
    ///     left -= u32::from(fails);
    ///     fails.then(Fault::internal_error)
    /// });
    /// ```
    pub fn script(&self, script: impl FnMut(&Request) -> Option<Fault> + Send + 'static) {
        self.rules().script(script);
    }

    /// Holds these calls back, from now on, until the hold lets them go.
    pub fn hold(&self, calls: Calls) -> Hold {
        let (hold, held) = Hold::new();
        self.rules().hold(calls, held);
        hold
    }

    /// Forgets all that it was told to do. What is held, and under way, stays so.
    pub fn clear(&self) {
        self.rules().clear();
    }

    /// The clock of its clients.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// How many calls were sent, in all.
    pub fn sent(&self) -> usize {
        self.traffic().sent
    }

    /// How many calls are neither answered nor given up.
    pub fn under_way(&self) -> usize {
        self.traffic().under_way
    }

    /// How many calls were under way at once, at most.
    pub fn most_under_way(&self) -> usize {
        self.traffic().most_under_way
    }

    /// What was sent, in this order.
    pub fn requests(&self) -> Vec<Request> {
        self.traffic().exchanges.iter().map(|exchange| exchange.request.clone()).collect()
    }

    /// What was sent, in this order, and what came of it.
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.traffic().exchanges.clone()
    }

    /// Tells of every call what came of it, as soon as that is known: for sums over long runs, beside
    /// [`without_records`](Self::without_records).
    ///
    /// ```
    /// use std::sync::Arc;
    /// use std::sync::atomic::{AtomicU64, Ordering};
    ///
    /// use monotable::testing::{Outcome, Proxy};
    ///
    /// let refused = Arc::new(AtomicU64::new(0));
    /// let counter = refused.clone();
    /// let proxy = Proxy::new().without_records();
    /// proxy.watch(move |exchange| match exchange.outcome {
    ///     Outcome::Answered { status: 200, .. } => {}
    ///     _ => drop(counter.fetch_add(1, Ordering::Relaxed)),
    /// });
    /// ```
    pub fn watch(&self, watcher: impl FnMut(&Exchange) + Send + 'static) {
        self.watchers().push(Box::new(watcher));
    }

    /// Forgets what was sent until now. The counts stay.
    pub fn forget(&self) {
        let mut traffic = self.traffic();
        traffic.first = traffic.sent;
        traffic.exchanges.clear();
    }

    /// Asserts that these operations were sent, in this order, and nothing else.
    ///
    /// # Panics
    ///
    /// If others were. The panic lists them with their bodies.
    #[track_caller]
    pub fn assert_sent(&self, expected: impl IntoIterator<Item = Operation>) {
        let (expected, requests) = (expected.into_iter().collect::<Vec<_>>(), self.requests());
        if expected.iter().ne(requests.iter().map(|request| &request.operation)) {
            let mut sent = String::new();
            for (number, request) in (1..).zip(requests) {
                let _ = write!(sent, "\n  {number}. {} {}", request.operation, request.body);
            }
            let sent = if sent.is_empty() { "nothing" } else { &sent };
            panic!("expected {expected:?}, and this was sent: {sent}");
        }
    }

    fn rules(&self) -> MutexGuard<'_, Rules> {
        self.shared.rules.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn traffic(&self) -> MutexGuard<'_, Traffic> {
        self.shared.traffic.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn watchers(&self) -> MutexGuard<'_, Vec<Box<Watcher>>> {
        self.shared.watchers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A call is sent: what is done to it, and who notes what comes of it.
    pub(super) fn begin(&self, request: Request) -> (Plan, Passage) {
        let plan = self.rules().plan(&request);
        let mut traffic = self.traffic();
        let number = traffic.sent;
        traffic.sent += 1;
        traffic.under_way += 1;
        traffic.most_under_way = traffic.most_under_way.max(traffic.under_way);
        let exchange = Exchange { request, faults: plan.faults.clone(), outcome: Outcome::UnderWay };
        if self.records {
            traffic.exchanges.push(exchange.clone());
        }
        (plan, Passage { proxy: self.clone(), number, exchange })
    }

    /// The clock, unless it is nobody's.
    pub(super) fn own_clock(&self) -> Option<Clock> {
        (!self.real_time).then(|| self.clock.clone())
    }

    /// Whether anybody wants to know what an answer says.
    pub(super) fn looks(&self) -> bool {
        self.records || !self.watchers().is_empty()
    }
}

impl Default for Proxy {
    fn default() -> Self {
        Self::new()
    }
}

/// A call that is under way.
#[derive(Debug)]
pub(super) struct Passage {
    proxy: Proxy,
    number: usize,
    pub(super) exchange: Exchange,
}

impl Drop for Passage {
    fn drop(&mut self) {
        if self.exchange.outcome == Outcome::UnderWay {
            self.exchange.outcome = Outcome::GivenUp;
        }
        self.proxy.watchers().iter_mut().for_each(|watcher| watcher(&self.exchange));
        let mut traffic = self.proxy.traffic();
        traffic.under_way -= 1;
        let place = self.number.checked_sub(traffic.first);
        if let Some(exchange) = place.and_then(|place| traffic.exchanges.get_mut(place)) {
            exchange.outcome = self.exchange.outcome.clone();
        }
    }
}
