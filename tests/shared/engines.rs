//! The engines that the tests run on, and where they are known to be wrong.

use std::env;

use monotable::{Handle, Table};

use crate::Endpoint;

/// A new table on the engine of this run, created, and removed with the last clone of its client.
///
/// That is the embedded engine, or what `MONOTABLE_ENDPOINT` says. There the table's name has a random suffix:
/// a test that needs another table makes its name of this one's.
pub async fn open<T: Table>() -> Handle<T> {
    let Some(endpoint) = Endpoint::of_environment() else {
        return T::embedded().await.expect("an engine");
    };
    let (client, suffix) = endpoint.client();
    let table = T::open(client).named(format!("{}-{suffix}", T::NAME));
    table.create().await.expect("a table at MONOTABLE_ENDPOINT");
    table
}

/// Another table of the same client: its name gets the suffix of this one's.
pub fn named<T: Table, U: Table>(table: &Handle<T>, name: &str) -> Handle<U> {
    U::open(table.sdk().clone()).named(format!("{name}{}", suffix(table.name())))
}

/// A text without the suffix of this table, as tests expect it.
pub fn unsuffixed<T>(table: &Handle<T>, text: &str) -> String
where
    T: Table,
{
    match suffix(table.name()) {
        "" => text.to_owned(),
        suffix => text.replace(suffix, ""),
    }
}

/// What [`open`] puts behind a table's name.
fn suffix(name: &str) -> &str {
    let is_suffix = |suffix: &&str| suffix.len() == 16 && suffix.bytes().all(|byte| byte.is_ascii_hexdigit());
    let start = name.rsplit_once('-').filter(|(_, suffix)| is_suffix(suffix)).map(|(front, _)| front.len());
    &name[start.unwrap_or(name.len())..]
}

/// What the tests run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// dynoxide, in the process.
    Embedded,
    /// `MONOTABLE_ENGINE=ministack`: the one of `.ci/second-engine`.
    Ministack,
    /// Whatever else is at `MONOTABLE_ENDPOINT`: nothing is excused.
    Other,
}

/// The engine of this run.
pub fn engine() -> Engine {
    if Endpoint::of_environment().is_none() {
        return Engine::Embedded;
    }
    match env::var("MONOTABLE_ENGINE").as_deref() {
        Ok("ministack") => Engine::Ministack,
        Ok(other) => panic!("MONOTABLE_ENGINE={other}: the only engine with excuses is `ministack`"),
        Err(_) => Engine::Other,
    }
}

impl Engine {
    /// What it charges for a read of so many units, of which the least is `minimum`: by the published rules,
    /// except for [`Quirk::ReadUnitsAbove4Kb`].
    pub fn read_units(self, published: f64, minimum: f64) -> f64 {
        if self.has(Quirk::ReadUnitsAbove4Kb) { minimum } else { published }
    }

    /// What it reports of a `BatchGetItem` of so many units: nothing, by [`Quirk::BatchGetReportsNoUnits`].
    pub fn batch_read_units(self, published: f64) -> f64 {
        if self.has(Quirk::BatchGetReportsNoUnits) { 0.0 } else { published }
    }

    /// How many cases of a property are tried on it, of so many in the process: a call over HTTP takes milliseconds.
    pub fn cases(self, embedded: u32) -> u32 {
        if self == Self::Embedded { embedded } else { embedded.div_ceil(8) }
    }

    /// Whether this engine is wrong in this way.
    pub fn has(self, quirk: Quirk) -> bool {
        self == Self::Ministack && Quirk::OF_MINISTACK.contains(&quirk)
    }
}

/// A way in which an engine is known to differ from DynamoDB. `engines/quirks.rs` shows each by the SDK alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quirk {
    /// A read costs its minimum, whatever its size: see [`Engine::read_units`].
    ReadUnitsAbove4Kb,
    /// `BatchGetItem` reports no capacity, asked or not: see [`Engine::batch_read_units`].
    BatchGetReportsNoUnits,
    /// `BatchGetItem` answers more than 16 MB, and leaves no key unprocessed.
    BatchGetAbove16Mb,
    /// `TransactGetItems` reports the units of the table once more for each global index, which it cannot read.
    TransactGetReportsIndexes,
    /// `ExecuteStatement` reports a unit for each item that it returns, at least one, whatever it reads.
    StatementUnitsPerItem,
}

impl Quirk {
    /// All that is excused anywhere.
    pub const ALL: &[Self] = &[
        Self::ReadUnitsAbove4Kb,
        Self::BatchGetReportsNoUnits,
        Self::BatchGetAbove16Mb,
        Self::TransactGetReportsIndexes,
        Self::StatementUnitsPerItem,
    ];
    /// What is excused of ministack 1.5.33.
    const OF_MINISTACK: &[Self] = Self::ALL;
}
