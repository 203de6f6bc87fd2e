//! What can go wrong with a call.

use std::fmt;
use std::ops::{Bound, RangeBounds};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

/// What goes wrong with a call. A [`Proxy`](super::Proxy) does it to the [calls](super::Calls) that it is told.
///
/// Unless it says otherwise, a call with a fault never gets to the engine; [`after_effect`](Self::after_effect) lets
/// the engine do what it is asked for, and then the answer is lost.
#[derive(Clone)]
#[must_use = "it does nothing until it is given to a proxy"]
pub struct Fault {
    pub(super) kind: Kind,
    pub(super) after_effect: bool,
}

#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// At least so long, at most so long.
    Latency(Duration, Duration),
    Answer(u16, String),
    Refused(String),
    Throttled(Vec<String>),
    Conflict,
    Cancelled(Vec<String>),
    Unprocessed(Left),
    CutBody,
    Disconnected,
    TimedOut,
}

/// Which parts of a batch are left unprocessed: by their places in it, and by what they are.
#[derive(Clone)]
pub(super) struct Left(Arc<IsLeft>);

type IsLeft = dyn Fn(usize, &Value) -> bool + Send + Sync;

impl Left {
    pub(super) fn has(&self, place: usize, part: &Value) -> bool {
        (self.0)(place, part)
    }
}

impl fmt::Debug for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("..")
    }
}

impl Fault {
    fn new(kind: Kind) -> Self {
        Self { kind, after_effect: false }
    }

    /// There is too little capacity: `ProvisionedThroughputExceededException`. The SDK tries it again.
    pub fn throttle() -> Self {
        Self::refuse("ProvisionedThroughputExceededException")
    }

    /// There is too little capacity, and DynamoDB says of what: `["TableReadKeyRangeThroughputExceeded"]` is a hot
    /// partition.
    pub fn throttle_because(reasons: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::new(Kind::Throttled(reasons.into_iter().map(Into::into).collect()))
    }

    /// DynamoDB fails: `InternalServerError`, status 500. The SDK tries it again, and nobody knows whether a write was
    /// done: see [`after_effect`](Self::after_effect).
    pub fn internal_error() -> Self {
        Self::refuse("InternalServerError")
    }

    /// DynamoDB refuses with this code, such as `"AccessDeniedException"`.
    pub fn refuse(code: impl Into<String>) -> Self {
        Self::new(Kind::Refused(code.into()))
    }

    /// Another transaction is at work on the item: `TransactionConflictException`; or, if the call is a transaction,
    /// it is cancelled by `TransactionConflict` of its first item.
    pub fn conflict() -> Self {
        Self::new(Kind::Conflict)
    }

    /// The transaction is cancelled, with a code for each of its items: `["None", "TransactionConflict"]`.
    pub fn cancel(codes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::new(Kind::Cancelled(codes.into_iter().map(Into::into).collect()))
    }

    /// Parts of a batch are left unprocessed, by their places in it: `..` is all, `1..` all but the first.
    ///
    /// The parts are the keys of `BatchGetItem` or the writes of `BatchWriteItem`, table by table in the order of their
    /// names. What is not left gets to the engine.
    pub fn unprocessed(places: impl RangeBounds<usize>) -> Self {
        let copy = |bound| match bound {
            Bound::Included(&place) => Bound::Included(place),
            Bound::Excluded(&place) => Bound::Excluded(place),
            Bound::Unbounded => Bound::Unbounded,
        };
        let places = (copy(places.start_bound()), copy(places.end_bound()));
        Self::new(Kind::Unprocessed(Left(Arc::new(move |place, _| places.contains(&place)))))
    }

    /// Parts of a batch are left unprocessed, by their places in it and by what they are, as they are written in the
    /// request: `|_, key| key["PK"]["S"] == "ORDER#7"`.
    pub fn unprocessed_where(is_left: impl Fn(usize, &Value) -> bool + Send + Sync + 'static) -> Self {
        Self::new(Kind::Unprocessed(Left(Arc::new(is_left))))
    }

    /// The call takes this time, before it gets to the engine; with [`after_effect`](Self::after_effect) behind it.
    ///
    /// It is the only fault that goes with others: a call may be late and then refused.
    pub fn latency(time: Duration) -> Self {
        Self::latency_between(time, time)
    }

    /// The call takes some time, by the luck of the [proxy's seed](super::Proxy::seeded).
    pub fn latency_between(least: Duration, most: Duration) -> Self {
        Self::new(Kind::Latency(least, most))
    }

    /// There is no connection, or it breaks before there is an answer.
    pub fn disconnect() -> Self {
        Self::new(Kind::Disconnected)
    }

    /// There is no answer in the time that the connection allows for one.
    ///
    /// For a timeout of the client's own configuration, let the call take longer than that: [`latency`](Self::latency).
    pub fn timeout() -> Self {
        Self::new(Kind::TimedOut)
    }

    /// The answer of the engine ends in the middle of its body.
    pub fn cut_body() -> Self {
        Self::new(Kind::CutBody)
    }

    /// This is the answer, whatever was asked: such as `(200, "<html>")`, which is what some proxies say.
    ///
    /// # Panics
    ///
    /// If the status is not one of HTTP's, 100 to 999.
    #[track_caller]
    pub fn respond(status: u16, body: impl Into<String>) -> Self {
        assert!((100..1000).contains(&status), "{status} is no status of HTTP");
        Self::new(Kind::Answer(status, body.into()))
    }

    /// The engine does what it is asked for before this happens, so that a write is there although it failed.
    pub fn after_effect(mut self) -> Self {
        self.after_effect = true;
        self
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.kind, f)?;
        f.write_str(if self.after_effect { " after its effect" } else { "" })
    }
}
