//! The ledger: what every call cost, added up by access pattern, and which partition keys take most.
//!
//! [`heat`] says which partitions a call works on, [`sketch`] counts them in bounded memory, [`histogram`] has the
//! latencies, [`snapshot`] is what a reader sees, and [`print`] how it looks.

pub(crate) mod handle;
pub(crate) mod heat;
pub(crate) mod histogram;
mod print;
mod sketch;
pub(crate) mod snapshot;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use heat::Touched;
use histogram::Histogram;
use sketch::Sketch;
pub use snapshot::{HotKey, LedgerSnapshot, PatternReport};

use self::snapshot::{WARNING, of_limit};
use crate::metered::{Capacity, Cost, Units};
use crate::telemetry::hot;

/// Access patterns that have a line of their own. Those of a table's entities are far fewer.
const PATTERNS: usize = 1000;

/// What calls cost, added up by access pattern: calls, errors, items, units of the table and of each index,
/// throttling, latencies, and the partition keys that take most.
///
/// Every [`Handle`](crate::Handle) has one, and its clones share it: [`Handle::ledger`](crate::Handle::ledger). It
/// prints as a table and serialises as its [`snapshot`](Self::snapshot). Cloning is cheap, and a clone is the same
/// ledger.
///
/// It is in memory, of this process alone, and costs less than a microsecond for each call. It keeps some 2 KB for
/// each access pattern and less than 64 KB for the keys, whatever the traffic.
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
/// for number in 1..=3 {
///     shop.put(&Order { customer_id: "ada".into(), number }).await?;
/// }
/// shop.query(Order::by_customer_id("ada")).await?;
///
/// println!("{}", shop.ledger());
///
/// let snapshot = shop.ledger().snapshot();
/// let puts = snapshot.pattern("put", "Order").expect("there were puts");
/// assert_eq!((puts.calls, puts.capacity.total().write), (3, 3.0));
/// assert_eq!(snapshot.hot_keys[0].key, "CUSTOMER#ada");
/// # Ok(()) }
/// # #[cfg(not(feature = "embedded"))] fn main() {}
/// ```
#[derive(Clone)]
pub struct Ledger(Arc<Shared>);

struct Shared {
    books: Mutex<Books>,
}

struct Books {
    began: Instant,
    rows: HashMap<Pattern, Row>,
    /// What hot keys are of: a table, or an index of it.
    resources: Vec<(Arc<str>, Option<Cow<'static, str>>)>,
    sketch: Sketch,
}

/// What an access pattern is told by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Pattern {
    pub(crate) table: Arc<str>,
    pub(crate) entity: Cow<'static, str>,
    pub(crate) operation: Cow<'static, str>,
    pub(crate) index: Option<Cow<'static, str>>,
    pub(crate) name: Option<&'static str>,
}

/// A call that has ended.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) pattern: &'a Pattern,
    pub(crate) cost: &'a Cost,
    pub(crate) end: End,
    /// Why attempts of it were throttled.
    pub(crate) reasons: &'a [String],
    pub(crate) touched: &'a Touched,
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Answered,
    Failed,
    /// Nobody waited for its answer.
    Dropped,
}

#[derive(Debug, Default)]
struct Row {
    calls: u64,
    errors: u64,
    dropped: u64,
    attempts: u64,
    throttled: u64,
    reasons: BTreeMap<String, u64>,
    returned: u64,
    evaluated: u64,
    table: Units,
    indexes: Vec<(Box<str>, Units)>,
    latency: Histogram,
}

impl Ledger {
    /// An empty ledger, for [`Handle::with_ledger`](crate::Handle::with_ledger): to add up the calls of several
    /// tables, or of handles that are no clones of each other.
    #[must_use]
    pub fn new() -> Self {
        Self(Arc::new(Shared { books: Mutex::new(Books::new()) }))
    }

    /// What was added up so far, as values.
    #[must_use]
    pub fn snapshot(&self) -> LedgerSnapshot {
        self.books().snapshot()
    }

    /// Begins anew.
    pub fn reset(&self) {
        *self.books() = Books::new();
    }

    /// Whether both are the same ledger.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    pub(crate) fn record(&self, entry: &Entry<'_>) {
        let crossing = self.books().record(entry);
        // Not before the books are free again: whoever listens may look at them.
        if let Some((index, of_limit)) = crossing {
            hot(&entry.pattern.table, index, of_limit);
        }
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        // Sums that a panic left half added are better than none.
        self.0.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Ledger {
    fn default() -> Self {
        Self::new()
    }
}

impl Books {
    fn new() -> Self {
        Self { began: Instant::now(), rows: HashMap::new(), resources: Vec::new(), sketch: Sketch::default() }
    }

    /// The index, and how much of what a partition of it is given, if one went beyond the limit of warnings by this.
    fn record<'e>(&mut self, entry: &Entry<'e>) -> Option<(Option<&'e str>, f64)> {
        let other;
        let pattern = match self.rows.len() < PATTERNS || self.rows.contains_key(entry.pattern) {
            true => entry.pattern,
            false => {
                other = Pattern::others(entry.pattern.table.clone());
                &other
            }
        };
        match self.rows.get_mut(pattern) {
            Some(row) => row.add(entry),
            None => self.rows.entry(pattern.clone()).or_default().add(entry),
        }
        let second = u32::try_from(self.began.elapsed().as_secs()).unwrap_or(u32::MAX);
        let Capacity { table, indexes } = &entry.cost.capacity;
        let mut crossing = self.heat(entry, None, *table, second).map(|of_limit| (None, of_limit));
        for (index, units) in indexes {
            let of_limit = self.heat(entry, Some(index), *units, second);
            crossing = crossing.or(of_limit.map(|of_limit| (Some(index.as_str()), of_limit)));
        }
        crossing
    }

    /// The partitions of a call share its units: DynamoDB does not say which took how many.
    fn heat(&mut self, entry: &Entry<'_>, index: Option<&str>, units: Units, second: u32) -> Option<f64> {
        let partitions = entry.touched.of(index);
        let shares = partitions.clone().count() as f64;
        if shares == 0.0 || units == Units::default() {
            return None;
        }
        let resource = self.resource(&entry.pattern.table, index);
        let share = Units { read: units.read / shares, write: units.write / shares };
        let mut crossing = None;
        for partition in partitions {
            let now = self.sketch.add(partition, resource, share, second);
            let before = Units { read: now.read - share.read, write: now.write - share.write };
            if of_limit(before) < WARNING && of_limit(now) >= WARNING {
                crossing = Some(of_limit(now));
            }
        }
        crossing
    }

    fn resource(&mut self, table: &Arc<str>, index: Option<&str>) -> u16 {
        let known = self.resources.iter().position(|known| known.0 == *table && known.1.as_deref() == index);
        let at = known.unwrap_or_else(|| {
            self.resources.push((table.clone(), index.map(|index| index.to_owned().into())));
            self.resources.len() - 1
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }
}

impl Pattern {
    /// What is added up together, because there are too many patterns.
    fn others(table: Arc<str>) -> Self {
        Self { table, entity: "(others)".into(), operation: "any".into(), index: None, name: None }
    }
}

impl Row {
    fn add(&mut self, entry: &Entry<'_>) {
        let Cost { capacity, attempts, throttled, evaluated, returned, latency, .. } = entry.cost;
        self.calls += 1;
        match entry.end {
            End::Answered => {}
            End::Failed => self.errors += 1,
            End::Dropped => self.dropped += 1,
        }
        self.attempts += u64::from(*attempts);
        self.throttled += u64::from(*throttled);
        for reason in entry.reasons {
            match self.reasons.get_mut(reason) {
                Some(count) => *count += 1,
                None => drop(self.reasons.insert(reason.clone(), 1)),
            }
        }
        self.returned += returned;
        self.evaluated += evaluated;
        self.table = self.table + capacity.table;
        for (name, units) in &capacity.indexes {
            match self.indexes.iter_mut().find(|(known, _)| **known == **name) {
                Some((_, sum)) => *sum = *sum + *units,
                None => self.indexes.push((name.as_str().into(), *units)),
            }
        }
        self.latency.add(*latency);
    }
}

/// A table of its access patterns, and one of its hottest keys.
impl fmt::Display for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.snapshot().fmt(f)
    }
}

impl serde::Serialize for Ledger {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.snapshot().serialize(serializer)
    }
}

impl fmt::Debug for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ledger").field("patterns", &self.books().rows.len()).finish_non_exhaustive()
    }
}

/// Retries of a call: attempts but the first.
fn retries(attempts: u64, calls: u64) -> u64 {
    attempts.saturating_sub(calls)
}

/// Seconds, for those who read JSON.
fn seconds<S: serde::Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(duration.as_secs_f64())
}

/// Records a call that read half a unit of a partition, as one through a handle is recorded.
pub(crate) fn record_read(ledger: &Ledger, key: &str) {
    static TABLE: std::sync::LazyLock<Arc<str>> = std::sync::LazyLock::new(|| "bench".into());
    let pattern = Pattern {
        table: TABLE.clone(),
        entity: "Order".into(),
        operation: "get".into(),
        index: None,
        name: None,
    };
    let capacity = Capacity { table: Units::read(0.5), ..Capacity::default() };
    let latency = Duration::from_micros(40);
    let cost =
        Cost { capacity, calls: 1, attempts: 1, evaluated: 1, returned: 1, latency, ..Cost::default() };
    let touched = Touched::one(Some(heat::Partition::of_text(key)));
    ledger.record(&Entry {
        pattern: &pattern,
        cost: &cost,
        end: End::Answered,
        reasons: &[],
        touched: &touched,
    });
}
