//! How far a batch is.

use std::fmt;
use std::time::Duration;

/// How far a batch is: what [`BatchWrite::on_progress`](crate::BatchWrite::on_progress) is told after each call.
///
/// It shows itself on one line: `1200 of 5000 written, 1260 write units, 3.2 s`.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct BatchProgress {
    /// Writes that DynamoDB acknowledged.
    pub written: u64,
    /// Writes in all, of different items.
    pub of: u64,
    /// Write units consumed.
    pub write_units: f64,
    /// Since the first call, on the client's clock.
    pub elapsed: Duration,
}

impl fmt::Display for BatchProgress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { written, of, write_units, elapsed } = self;
        write!(f, "{written} of {of} written, {write_units} write units, {:.1} s", elapsed.as_secs_f64())
    }
}
