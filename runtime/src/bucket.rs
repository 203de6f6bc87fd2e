//! A token bucket that is paid afterwards: what a call costs is known once it is answered, so it becomes a debt, and
//! the next call waits until time has covered it.

use std::time::Duration;

/// What a pause gives at most, in seconds of the rate.
const BURST: f64 = 1.0;
/// Seconds that are not worth waiting for.
const MOMENT: f64 = 1e-6;

/// It would have to wait, and the client cannot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CannotSleep;

#[derive(Debug)]
pub(crate) struct Bucket {
    /// Units a second.
    rate: f64,
    /// Units that are earned and not spent; less than none is a debt.
    balance: f64,
}

impl Bucket {
    pub(crate) fn new(rate: f64) -> Self {
        Self { rate, balance: 0.0 }
    }

    /// Whether there can be such a rate.
    pub(crate) fn is_rate(rate: f64) -> bool {
        rate.is_finite() && rate > 0.0
    }

    pub(crate) fn rate(&self) -> f64 {
        self.rate
    }

    /// Adds what time gives. A pause gives no more than a burst, and what calls under way are expected to cost.
    pub(crate) fn earn(&mut self, passed: Duration, expected: f64) {
        let most = (self.rate * BURST).max(expected);
        self.balance = (self.balance + self.rate * passed.as_secs_f64()).min(most);
    }

    pub(crate) fn spend(&mut self, units: f64) {
        self.balance -= units;
    }

    /// How long it takes until what is earned covers this much; none if it does.
    pub(crate) fn wait(&self, expected: f64) -> Option<Duration> {
        let seconds = (expected - self.balance) / self.rate;
        (seconds > MOMENT).then(|| Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
    }
}
