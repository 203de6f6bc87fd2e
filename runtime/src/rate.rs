//! The rates of a handle: all its calls, and those of its clones, together.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{AsyncSleep, SharedAsyncSleep};

use crate::bucket::{Bucket, CannotSleep};
use crate::handle::Handle;
use crate::metered::Cost;
use crate::table::Table;

/// What a handle may consume in a second.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rates {
    pub(crate) read: Option<Rate>,
    pub(crate) write: Option<Rate>,
}

/// Which of its rates a call is under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Read,
    Write,
}

#[derive(Clone)]
pub(crate) struct Rate(Arc<Shared>);

struct Shared {
    now: Box<dyn Fn() -> SystemTime + Send + Sync>,
    state: Mutex<State>,
}

struct State {
    bucket: Bucket,
    /// Until when units are earned; none before the first call.
    earned: Option<SystemTime>,
    /// Calls that are not answered.
    under_way: u32,
    /// What the last call cost.
    last: f64,
    sleep: Option<SharedAsyncSleep>,
}

/// A call that was let through. Dropping it ends the call.
pub(crate) struct Ticket(Rate, Kind);

impl Kind {
    fn of(self, cost: &Cost) -> f64 {
        match self {
            Self::Read => cost.read_units(),
            Self::Write => cost.write_units(),
        }
    }
}

impl Rates {
    /// Waits until a call may be sent; without a rate it is sent at once.
    pub(crate) async fn admit(&self, kind: Kind) -> Result<Option<Ticket>, CannotSleep> {
        let rate = match kind {
            Kind::Read => &self.read,
            Kind::Write => &self.write,
        };
        match rate {
            Some(rate) => rate.admit(kind).await.map(Some),
            None => Ok(None),
        }
    }
}

impl Rate {
    fn new(rate: f64, client: &Client) -> Self {
        let source = client.config().time_source();
        let now = Box::new(move || source.as_ref().map_or_else(SystemTime::now, |source| source.now()));
        let bucket = Bucket::new(rate);
        let state = State { bucket, earned: None, under_way: 0, last: 0.0, sleep: None };
        Self(Arc::new(Shared { now, state: Mutex::new(state) }))
    }

    async fn admit(&self, kind: Kind) -> Result<Ticket, CannotSleep> {
        // When the last sleep was to end: a clock that does not know of it may say less.
        let mut woken = None;
        loop {
            let (sleep, length, until) = {
                let mut state = self.state();
                let now = state.pass((self.0.now)(), woken);
                let Some(length) = state.bucket.wait(state.expected()) else {
                    state.under_way += 1;
                    return Ok(Ticket(self.clone(), kind));
                };
                (state.sleep.clone().ok_or(CannotSleep)?, length, now.checked_add(length))
            };
            sleep.sleep(length).await;
            woken = until;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Earns what has passed until now. Those who slept at the same time earn it once.
    fn pass(&mut self, now: SystemTime, woken: Option<SystemTime>) -> SystemTime {
        let now = woken.map_or(now, |woken| now.max(woken));
        let earned = *self.earned.get_or_insert(now);
        let passed = now.duration_since(earned).unwrap_or_default();
        self.bucket.earn(passed, self.expected());
        // Set back, a clock gives nothing until somebody has slept.
        let now = now.max(earned);
        self.earned = Some(now);
        now
    }

    /// What the calls under way will cost, if they cost what the last did.
    fn expected(&self) -> f64 {
        f64::from(self.under_way) * self.last
    }
}

impl Ticket {
    /// Takes in what the call cost, and how its client sleeps.
    pub(crate) fn spend(&self, cost: &Cost, sleep: Option<SharedAsyncSleep>) {
        let mut state = self.0.state();
        // The client's configuration lacks the sleep that it has by default; a call knows it.
        state.sleep = sleep.or(state.sleep.take());
        let units = self.1.of(cost);
        if units > 0.0 {
            state.last = units;
            state.bucket.spend(units);
        }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.0.state().under_way -= 1;
    }
}

impl fmt::Debug for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} units a second", self.state().bucket.rate())
    }
}

impl<T: Table> Handle<T> {
    /// The same handle, whose calls read so many units a second, those of its clones included.
    ///
    /// What a call costs is known once it is answered, so it is paid for afterwards: the next call waits until the rate
    /// covers what was read, and what the calls under way are expected to cost. So the rate holds on average, while one
    /// call may exceed it. A pause gives one second's worth at most. It is for jobs beside which others use the table;
    /// [`Query::budget`](crate::Query::budget) limits one question.
    ///
    /// It waits as the SDK's client does: by its `time_source` and `sleep_impl`. A client that cannot sleep gets an
    /// error where it would have to wait, and so does every call at a rate that is no number above zero
    /// ([`InvalidRequest`](crate::ErrorKind::InvalidRequest)). Where nothing is reported of what is consumed, nothing is
    /// waited for.
    ///
    /// ```
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table, Debug)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Entity, Serialize, Deserialize, Debug)]
    /// # #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{number:06}")]
    /// # struct Order { customer_id: String, number: u32 }
    /// # #[cfg(feature = "embedded")]
    /// # #[tokio::main] async fn main() -> Result<(), monotable::Error> {
    /// let shop = Shop::embedded().await?;
    /// let job = shop.clone().write_units_per_second(500.0);
    /// for number in 0..20 {
    ///     job.put(&Order { customer_id: "ada".into(), number }).await?;
    /// }
    /// # Ok(()) }
    /// # #[cfg(not(feature = "embedded"))] fn main() {}
    /// ```
    #[must_use = "this returns a handle; the one it is called on is gone"]
    pub fn read_units_per_second(mut self, rate: f64) -> Self {
        let rate = Rate::new(rate, self.sdk());
        self.opened_mut().meter.rates.read = Some(rate);
        self
    }

    /// The same handle, whose calls write so many units a second, those of its clones included: see
    /// [`read_units_per_second`](Self::read_units_per_second).
    #[must_use = "this returns a handle; the one it is called on is gone"]
    pub fn write_units_per_second(mut self, rate: f64) -> Self {
        let rate = Rate::new(rate, self.sdk());
        self.opened_mut().meter.rates.write = Some(rate);
        self
    }
}

impl Rates {
    /// A rate that cannot be, if there is one.
    pub(crate) fn impossible(&self) -> Option<f64> {
        let rates = self.read.iter().chain(&self.write).map(|rate| rate.state().bucket.rate());
        rates.into_iter().find(|rate| !Bucket::is_rate(*rate))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn state(rate: f64) -> State {
        State { bucket: Bucket::new(rate), earned: None, under_way: 0, last: 0.0, sleep: None }
    }

    #[test]
    fn those_who_sleep_at_the_same_time_earn_it_once() {
        let start = SystemTime::UNIX_EPOCH;
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut state = state(10.0);
        state.pass(start, None);
        state.bucket.spend(35.0);
        assert_eq!(state.bucket.wait(0.0), Some(Duration::from_millis(3500)));
        // The clock stands still, and two have slept three seconds.
        state.pass(start, Some(at(3)));
        state.pass(start, Some(at(3)));
        assert_eq!(state.bucket.wait(0.0), Some(Duration::from_millis(500)));
        state.pass(at(4), None);
        assert_eq!(state.bucket.wait(0.0), None);
        // A pause gives a second, not an hour.
        state.pass(at(3604), None);
        state.bucket.spend(20.0);
        assert_eq!(state.bucket.wait(0.0), Some(Duration::from_secs(1)));
    }
}
