//! Maintenance: the one place where a table is scanned.
//!
//! [`scan`] is the scan as a value; [`run`] reads its segments, a lane for each as in a query, at the [pace](crate::pace) that
//! was asked for; [`stream`] hands out the items, [`progress`] says how far it is.

pub(crate) mod progress;
mod run;
pub(crate) mod scan;
pub(crate) mod stream;

use std::fmt;
use std::sync::Arc;

use crate::__private::IndexOf;
use crate::handle::Handle;
use crate::index::{Index, Primary, StoresWholeItems};
use crate::table::Table;
use scan::Scan;

/// Work on the whole table, and what it is for: what [`Handle::maintenance`] returns.
///
/// Nothing else scans. A scan reads and pays for every item, so it is for backfills, migrations and exports, not
/// for answers to questions: those are what keys and indexes are for.
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
/// # let shop = Shop::embedded().await?;
/// # for number in 1..=5 { shop.put(&Order { customer_id: "ada".into(), number }).await?; }
/// let mut items = shop.maintenance("count orders").scan().stream();
/// let mut orders = 0;
/// while let Some(item) = items.next().await {
///     let Shop::Order(_) = item?;
///     orders += 1;
/// }
/// assert_eq!(orders, 5);
/// assert_eq!(items.progress().segments_done, 4);
/// # Ok(()) }
/// # #[cfg(not(feature = "embedded"))] fn main() {}
/// ```
#[derive(Clone)]
#[must_use = "this sends nothing: scan the table, or an index of it"]
pub struct Maintenance<T> {
    handle: Handle<T>,
    reason: Arc<str>,
}

impl<T: Table> Maintenance<T> {
    pub(crate) fn new(handle: Handle<T>, reason: &str) -> Self {
        // It stands in messages of one line.
        let words: Vec<_> = reason.split_whitespace().collect();
        Self { handle, reason: words.join(" ").into() }
    }

    /// Reads every item of the table, as values of the table's enum: see [`Scan`].
    pub fn scan(self) -> Scan<T, Primary<T>> {
        Scan::new(self.handle, self.reason)
    }

    /// Reads every item of an index that stores whole items: `.scan_index::<Gsi1>()`. See [`Scan`].
    ///
    /// An index has the items that have its key. So a sparse index of few items is scanned at the cost of these,
    /// where the table would cost that of all. The units are those of the index.
    pub fn scan_index<I>(self) -> Scan<T, I>
    where
        I: Index + IndexOf<T> + StoresWholeItems,
    {
        // `IndexOf` says that it is the same table; rustc would report both where it is not.
        Scan::new(self.handle.into_handle_of(), self.reason)
    }
}

impl<T> fmt::Debug for Maintenance<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Maintenance").field("table", &self.handle).field("reason", &self.reason).finish()
    }
}

/// Never implemented.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "table `{Self}` is scanned for maintenance alone",
    label = "a scan reads and pays for every item",
    note = "a question is answered by a query of a key or an index, at the cost of its answer",
    note = "for a backfill or an export: `.maintenance(\"why\").scan()`, which is parallel, paced and resumable"
)]
pub trait ScansWithoutReason {}
