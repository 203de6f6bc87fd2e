//! What a call cost, beside what it returned.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::time::Duration;

use aws_sdk_dynamodb::types::{Capacity as SdkCapacity, ConsumedCapacity};
use serde::Serialize;

/// The outcome of a call and what it cost.
///
/// It dereferences to the outcome; [`into_inner`](Self::into_inner) takes it out.
#[derive(Debug, Clone, PartialEq)]
pub struct Metered<T> {
    value: T,
    cost: Cost,
}

/// What one call, or all calls of one operation together, cost.
///
/// Costs are equal if all but their latencies are, which are never the same twice.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Cost {
    /// Capacity consumed, as DynamoDB reported it.
    pub capacity: Capacity,
    /// Calls to DynamoDB; a query makes one for each page.
    pub calls: u32,
    /// Requests sent, retries included.
    pub attempts: u32,
    /// Items that reads evaluated, whether or not they were returned.
    pub evaluated: u64,
    /// Items that reads returned: what is less than [`evaluated`](Self::evaluated) was paid for and thrown away.
    pub returned: u64,
    /// Requests that DynamoDB throttled; the SDK sends them again.
    pub throttled: u32,
    /// The time from request to answer of all calls added up, also of those made at the same time. Retries and the
    /// waits between them are in it.
    pub latency: Duration,
}

/// Read and write units, for the table and for each of its indexes.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Capacity {
    /// Units of the table itself.
    pub table: Units,
    /// Units of each index, by its name. Writes to a local index count for the table.
    pub indexes: BTreeMap<String, Units>,
}

/// Read units and write units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Units {
    /// Read units: 4 KB read consistently, or 8 KB otherwise.
    pub read: f64,
    /// Write units: 1 KB written.
    pub write: f64,
}

impl<T> Metered<T> {
    pub(crate) fn new(value: T, cost: Cost) -> Self {
        Self { value, cost }
    }

    /// The outcome, without its cost.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The outcome and its cost.
    pub fn into_parts(self) -> (T, Cost) {
        (self.value, self.cost)
    }

    /// What the call cost.
    pub fn cost(&self) -> &Cost {
        &self.cost
    }

    /// Read units consumed, of the table and its indexes together.
    pub fn read_units(&self) -> f64 {
        self.cost.read_units()
    }

    /// Write units consumed, of the table and its indexes together.
    pub fn write_units(&self) -> f64 {
        self.cost.write_units()
    }

    /// Changes the outcome and keeps the cost.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Metered<U> {
        Metered { value: change(self.value), cost: self.cost }
    }
}

impl<T> Deref for Metered<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Metered<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T: IntoIterator> IntoIterator for Metered<T> {
    type Item = T::Item;
    type IntoIter = T::IntoIter;

    fn into_iter(self) -> T::IntoIter {
        self.value.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Metered<T>
where
    &'a T: IntoIterator,
{
    type Item = <&'a T as IntoIterator>::Item;
    type IntoIter = <&'a T as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        (&self.value).into_iter()
    }
}

impl Cost {
    /// Read units consumed, of the table and its indexes together.
    pub fn read_units(&self) -> f64 {
        self.capacity.total().read
    }

    /// Write units consumed, of the table and its indexes together.
    pub fn write_units(&self) -> f64 {
        self.capacity.total().write
    }

    pub(crate) fn of<T>(self, value: T) -> Metered<T> {
        Metered::new(value, self)
    }
}

impl PartialEq for Cost {
    fn eq(&self, other: &Self) -> bool {
        let Self { capacity, calls, attempts, evaluated, returned, throttled, latency: _ } = self;
        (capacity, calls, attempts) == (&other.capacity, &other.calls, &other.attempts)
            && (evaluated, returned, throttled) == (&other.evaluated, &other.returned, &other.throttled)
    }
}

impl std::ops::AddAssign<&Cost> for Cost {
    fn add_assign(&mut self, other: &Cost) {
        self.capacity += &other.capacity;
        self.calls += other.calls;
        self.attempts += other.attempts;
        self.evaluated += other.evaluated;
        self.returned += other.returned;
        self.throttled += other.throttled;
        self.latency += other.latency;
    }
}

impl std::iter::Sum for Cost {
    fn sum<I: Iterator<Item = Self>>(costs: I) -> Self {
        costs.fold(Self::default(), |mut sum, cost| {
            sum += &cost;
            sum
        })
    }
}

impl Capacity {
    /// The units of the table and its indexes together.
    pub fn total(&self) -> Units {
        self.indexes.values().fold(self.table, |sum, units| sum + *units)
    }

    /// What a call reported, whose units are all of one kind: DynamoDB says only for transactions which.
    ///
    /// Where only a total is reported, it is that of the index which the call reads, if it reads one.
    pub(crate) fn reported(consumed: &ConsumedCapacity, kind: fn(f64) -> Units, index: Option<&str>) -> Self {
        let units = |capacity: &SdkCapacity| kind(capacity.capacity_units().unwrap_or_default());
        let locals = consumed.local_secondary_indexes().into_iter().flatten();
        let globals = consumed.global_secondary_indexes().into_iter().flatten();
        let mut indexes: BTreeMap<_, _> =
            locals.chain(globals).map(|(name, used)| (name.clone(), units(used))).collect();
        if let Some(table) = consumed.table().map(units) {
            return Self { table, indexes };
        }
        let total = consumed.capacity_units().unwrap_or_default();
        if !indexes.is_empty() {
            // DynamoDB names the table beside its indexes; elsewhere it may be left out, and the total has it.
            let of_indexes: f64 = indexes.values().map(|units| units.read + units.write).sum();
            return Self { table: kind((total - of_indexes).max(0.0)), indexes };
        }
        let total = kind(total);
        match index.filter(|_| total != Units::default()) {
            Some(index) => indexes.insert(index.to_owned(), total),
            None => return Self { table: total, indexes },
        };
        Self { table: Units::default(), indexes }
    }
}

impl std::ops::AddAssign<&Capacity> for Capacity {
    fn add_assign(&mut self, other: &Capacity) {
        self.table = self.table + other.table;
        for (name, units) in &other.indexes {
            let sum = self.indexes.entry(name.clone()).or_default();
            *sum = *sum + *units;
        }
    }
}

impl std::iter::Sum for Capacity {
    fn sum<I: Iterator<Item = Self>>(capacities: I) -> Self {
        capacities.fold(Self::default(), |mut sum, capacity| {
            sum += &capacity;
            sum
        })
    }
}

impl Units {
    pub(crate) fn read(read: f64) -> Self {
        Self { read, write: 0.0 }
    }

    pub(crate) fn write(write: f64) -> Self {
        Self { read: 0.0, write }
    }
}

impl std::ops::Add for Units {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { read: self.read + other.read, write: self.write + other.write }
    }
}

/// `1.5 read units (table 1, GSI1 0.5)`.
impl fmt::Display for Capacity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.total().fmt(f)?;
        if self.indexes.is_empty() {
            return Ok(());
        }
        let table = (self.table != Units::default()).then_some(("table", self.table));
        let indexes = self.indexes.iter().map(|(name, units)| (name.as_str(), *units));
        let parts: Vec<_> = table
            .into_iter()
            .chain(indexes)
            .map(|(name, units)| format!("{name} {}", units.read + units.write))
            .collect();
        write!(f, " ({})", parts.join(", "))
    }
}

impl fmt::Display for Units {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = |number: f64| if number == 1.0 { "unit" } else { "units" };
        match (self.read, self.write) {
            (read, 0.0) => write!(f, "{read} read {}", units(read)),
            (0.0, write) => write!(f, "{write} write {}", units(write)),
            (read, write) => write!(f, "{read} read {}, {write} write {}", units(read), units(write)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_is_left_out_has_what_its_indexes_leave_of_the_total() {
        let used = |total: Option<f64>| {
            let index = SdkCapacity::builder().capacity_units(1.0).build();
            ConsumedCapacity::builder()
                .set_capacity_units(total)
                .global_secondary_indexes("Gsi1", index)
                .build()
        };
        let capacity = Capacity::reported(&used(Some(7.0)), Units::write, None);
        assert_eq!((capacity.table, capacity.total()), (Units::write(6.0), Units::write(7.0)));
        let capacity = Capacity::reported(&used(None), Units::write, None);
        assert_eq!((capacity.table, capacity.total()), (Units::write(0.0), Units::write(1.0)));
    }
}
