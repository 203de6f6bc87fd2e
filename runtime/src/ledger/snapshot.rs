//! The ledger as values: what a program looks at, a test asserts and JSON holds.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

use super::histogram::Latency;
use super::sketch::PARTITION_LIMIT;
use super::{Books, Pattern, Row, retries, seconds};
use crate::metered::{Capacity, Units};

/// Keys that are named.
const HOTTEST: usize = 10;
/// From this share of what DynamoDB gives a partition on, a key is worth a warning.
pub(super) const WARNING: f64 = 0.5;

/// What a [`Ledger`](crate::Ledger) has added up.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LedgerSnapshot {
    /// How long it has been adding up.
    #[serde(rename = "elapsed_seconds", serialize_with = "seconds")]
    pub elapsed: Duration,
    /// The access patterns, that with most units first.
    pub patterns: Vec<PatternReport>,
    /// The ten partition keys that take most of the capacity, the hottest first.
    pub hot_keys: Vec<HotKey>,
}

/// One access pattern: an operation on an entity, of the table or of an index.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PatternReport {
    /// The table's name in DynamoDB.
    pub table: String,
    /// The entity, or the table where several are read together.
    pub entity: String,
    /// The operation, as in [`Error::operation`](crate::Error::operation).
    pub operation: String,
    /// The index that is read; none for the table.
    pub index: Option<String>,
    /// The name that the program gave it: [`Handle::pattern`](crate::Handle::pattern).
    pub name: Option<String>,
    /// Calls to DynamoDB; a query makes one for each page.
    pub calls: u64,
    /// Calls that failed, after all retries, failed conditions included.
    pub errors: u64,
    /// Calls whose answer nobody waited for. What they cost is not known.
    pub dropped: u64,
    /// Requests sent again by the SDK.
    pub retries: u64,
    /// Requests that DynamoDB throttled.
    pub throttled: u64,
    /// DynamoDB's reasons for that, such as `TableReadKeyRangeThroughputExceeded`, with how often each was given.
    pub throttling_reasons: BTreeMap<String, u64>,
    /// Items that DynamoDB returned.
    pub returned: u64,
    /// Items that DynamoDB read to return these.
    pub evaluated: u64,
    /// Units consumed, of the table and of each index.
    pub capacity: Capacity,
    /// How long the calls took.
    pub latency: Latency,
}

/// A partition key, and how much of the capacity it takes.
///
/// Shares and peaks are of this process, and of the last five to ten minutes mostly: what is older counts half as
/// much every five minutes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct HotKey {
    /// The table's name in DynamoDB.
    pub table: String,
    /// The index whose partition it is; none for the table.
    pub index: Option<String>,
    /// The partition key, or its first 62 bytes.
    pub key: String,
    /// Its share of the units of all keys, from 0 to 1, where a write unit counts as three read units. It is at
    /// least this.
    pub share: f64,
    /// The most units that it took in one second.
    pub peak: Units,
    /// This peak as a share of what DynamoDB gives one partition in a second: 3000 read units and 1000 write units.
    pub peak_of_limit: f64,
}

impl LedgerSnapshot {
    /// The pattern of an operation on an entity, that with most units if there are several.
    #[must_use]
    pub fn pattern(&self, operation: &str, entity: &str) -> Option<&PatternReport> {
        self.patterns.iter().find(|pattern| pattern.operation == operation && pattern.entity == entity)
    }

    /// The pattern with a name: [`Handle::pattern`](crate::Handle::pattern).
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&PatternReport> {
        self.patterns.iter().find(|pattern| pattern.name.as_deref() == Some(name))
    }

    /// The hot keys that took half or more of what DynamoDB gives a partition in some second: those that will be
    /// throttled first.
    pub fn warnings(&self) -> impl Iterator<Item = &HotKey> {
        self.hot_keys.iter().filter(|key| key.is_warning())
    }
}

impl HotKey {
    pub(super) fn is_warning(&self) -> bool {
        self.peak_of_limit >= WARNING
    }
}

/// The share of what DynamoDB gives a partition in a second.
pub(super) fn of_limit(peak: Units) -> f64 {
    (peak.read / PARTITION_LIMIT.read).max(peak.write / PARTITION_LIMIT.write)
}

impl Books {
    pub(super) fn snapshot(&self) -> LedgerSnapshot {
        let mut patterns: Vec<_> = self.rows.iter().map(|(pattern, row)| row.report(pattern)).collect();
        let units = |report: &PatternReport| {
            let total = report.capacity.total();
            total.read + total.write
        };
        patterns.sort_by(|this, other| {
            let by_units = units(other).total_cmp(&units(this));
            by_units.then_with(|| this.title().cmp(&other.title()))
        });
        LedgerSnapshot { elapsed: self.began.elapsed(), patterns, hot_keys: self.hot_keys() }
    }

    fn hot_keys(&self) -> Vec<HotKey> {
        let hottest = self.sketch.hottest(HOTTEST).into_iter();
        let named = hottest.filter_map(|hot| {
            let (table, index) = self.resources.get(usize::from(hot.resource))?;
            Some(HotKey {
                table: table.to_string(),
                index: index.as_ref().map(ToString::to_string),
                key: hot.name.to_string(),
                share: hot.share,
                peak: hot.peak,
                peak_of_limit: of_limit(hot.peak),
            })
        });
        named.collect()
    }
}

impl Row {
    fn report(&self, pattern: &Pattern) -> PatternReport {
        let indexes = self.indexes.iter().map(|(name, units)| (name.to_string(), *units));
        PatternReport {
            table: pattern.table.to_string(),
            entity: pattern.entity.to_string(),
            operation: pattern.operation.to_string(),
            index: pattern.index.as_ref().map(ToString::to_string),
            name: pattern.name.map(str::to_owned),
            calls: self.calls,
            errors: self.errors,
            dropped: self.dropped,
            retries: retries(self.attempts, self.calls),
            throttled: self.throttled,
            throttling_reasons: self.reasons.clone(),
            returned: self.returned,
            evaluated: self.evaluated,
            capacity: Capacity { table: self.table, indexes: indexes.collect() },
            latency: self.latency.latency(),
        }
    }
}
