//! Which calls a fault is for.

use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;

use fastrand::Rng;

use crate::testing::operation::Operation;
use crate::testing::record::Request;

/// Which calls a [`Fault`](super::Fault) is for: by operation, by table, and by their number.
///
/// A call is a request as it is sent, so each of the SDK's retries is one. They are counted from 1, from when the fault
/// was injected, and only those of the operation and the table, and those that match.
///
/// ```
/// use monotable::testing::{Calls, Operation};
///
/// let second_query = Calls::of(Operation::Query).nth(2);
/// let reads_of_shop = Calls::of_any([Operation::GetItem, Operation::Query]).table("shop");
/// let consistent = Calls::of(Operation::Query).matching(|request| request.body["ConsistentRead"] == true);
/// let some = Calls::all().chance(0.01);
/// ```
#[derive(Clone)]
#[must_use = "it does nothing until it is given to a proxy"]
pub struct Calls {
    operations: Option<Vec<Operation>>,
    table: Option<String>,
    matching: Option<Arc<Matching>>,
    share: Share,
}

type Matching = dyn Fn(&Request) -> bool + Send + Sync;

/// Which of the calls that match.
#[derive(Debug, Clone)]
enum Share {
    Numbers(RangeInclusive<u64>),
    Every(u64),
    Chance(f64),
}

impl Calls {
    /// All calls.
    pub fn all() -> Self {
        Self { operations: None, table: None, matching: None, share: Share::Numbers(1..=u64::MAX) }
    }

    /// The calls of an operation.
    pub fn of(operation: Operation) -> Self {
        Self::of_any([operation])
    }

    /// The calls of some operations.
    pub fn of_any(operations: impl IntoIterator<Item = Operation>) -> Self {
        Self { operations: Some(operations.into_iter().collect()), ..Self::all() }
    }

    /// Only those that name a table, alone or among others.
    pub fn table(mut self, name: impl Into<String>) -> Self {
        self.table = Some(name.into());
        self
    }

    /// Only those that are so.
    pub fn matching(mut self, is_so: impl Fn(&Request) -> bool + Send + Sync + 'static) -> Self {
        self.matching = Some(Arc::new(is_so));
        self
    }

    /// Only one of them. The first is 1.
    ///
    /// # Panics
    ///
    /// If the number is 0.
    #[track_caller]
    pub fn nth(self, number: u64) -> Self {
        assert!(number > 0, "calls are counted from 1");
        self.numbers(number..=number)
    }

    /// Only the first of them, so many.
    pub fn first(self, count: u64) -> Self {
        self.numbers(1..=count)
    }

    /// Only those behind the first so many.
    pub fn after(self, count: u64) -> Self {
        self.numbers(count.saturating_add(1)..=u64::MAX)
    }

    /// Only those with these numbers: `2..=3` is the second and the third.
    ///
    /// Of this, [`nth`](Self::nth), [`first`](Self::first), [`after`](Self::after), [`every`](Self::every) and
    /// [`chance`](Self::chance), the last one holds.
    pub fn numbers(mut self, numbers: RangeInclusive<u64>) -> Self {
        self.share = Share::Numbers(numbers);
        self
    }

    /// Only every so manieth: `every(3)` is the third, the sixth, and so on.
    ///
    /// # Panics
    ///
    /// If the number is 0.
    #[track_caller]
    pub fn every(mut self, number: u64) -> Self {
        assert!(number > 0, "calls are counted from 1");
        self.share = Share::Every(number);
        self
    }

    /// Only some, by the luck of the [proxy's seed](super::Proxy::seeded): `0.01` is one of a hundred.
    ///
    /// # Panics
    ///
    /// If it is not between 0 and 1.
    #[track_caller]
    pub fn chance(mut self, chance: f64) -> Self {
        assert!((0.0..=1.0).contains(&chance), "a chance is between 0 and 1");
        self.share = Share::Chance(chance);
        self
    }

    /// Whether they are counted among these.
    pub(super) fn count(&self, request: &Request) -> bool {
        self.operations.as_ref().is_none_or(|operations| operations.contains(&request.operation))
            && self.table.as_ref().is_none_or(|table| request.tables().contains(&table.as_str()))
            && self.matching.as_ref().is_none_or(|matching| matching(request))
    }

    /// Whether it is one of them, by its number.
    pub(super) fn contain(&self, number: u64, luck: &mut Rng) -> bool {
        match &self.share {
            Share::Numbers(numbers) => numbers.contains(&number),
            Share::Every(every) => number.is_multiple_of(*every),
            Share::Chance(chance) => luck.f64() < *chance,
        }
    }
}

impl fmt::Debug for Calls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operations, table, share, .. } = self;
        let mut text = f.debug_struct("Calls");
        text.field("operations", operations)
            .field("table", table)
            .field("share", share)
            .finish_non_exhaustive()
    }
}
