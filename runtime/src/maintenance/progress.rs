//! How far a scan is.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// How far a scan is: what [`ScanItems::progress`](crate::ScanItems::progress) returns.
///
/// It counts since this run began; segments that a run before it read to their end are done too. How much is left of
/// the others nobody knows: DynamoDB does not say how large a segment is.
///
/// It shows itself on one line: `backfill of totals: 1200 items of 1250 evaluated, 156.5 read units, 2 of 4 segments
/// done, 1.6 s`.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Progress {
    /// What the scan is for.
    pub reason: Arc<str>,
    /// Items handed out.
    pub items: u64,
    /// Items read, whether or not they were handed out.
    pub evaluated: u64,
    /// Read units consumed.
    pub read_units: f64,
    /// Segments in all.
    pub segments: u32,
    /// Segments of which every item was handed out.
    pub segments_done: u32,
    /// Since the first item was asked for, until now or the end, on the client's clock.
    pub elapsed: Duration,
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { reason, items, evaluated, read_units, segments, segments_done, elapsed } = self;
        let seconds = elapsed.as_secs_f64();
        write!(
            f,
            "{reason}: {items} items of {evaluated} evaluated, {read_units} read units, {segments_done} of \
             {segments} segments done, {seconds:.1} s"
        )
    }
}
