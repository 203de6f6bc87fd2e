//! Queries that may cost so much and no more.

use std::fmt;
use std::future::IntoFuture;

use super::outcome::Page;
use super::request::Query;
use super::run::{Mode, Run};
use super::stream::Items;
use crate::error::Error;
use crate::handle::{Handle, Sending};
use crate::index::Index;
use crate::metered::{Cost, Metered};
use crate::table::Table;

/// Read units: for [`Query::budget`]. One is 4 KB read consistently, or 8 KB otherwise.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct ReadUnits(pub f64);

/// A query that stops once it has cost as much as it may: what [`Query::budget`] returns.
///
/// Awaiting it is [`all`](Self::all).
#[must_use = "a query does nothing until it is awaited"]
pub struct Budgeted<O, I, T> {
    query: Query<O, I, Handle<T>>,
    units: f64,
}

/// What a run may cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget(f64);

/// While it is not known what items cost, one is asked for with a unit: they are rarely larger than 8 KB.
const ITEMS_FOR_A_UNIT: f64 = 1.0;
/// More are not asked for at first.
const FIRST_PAGE: f64 = 100.0;

impl Budget {
    pub(super) fn is_spent(self, cost: &Cost) -> bool {
        cost.read_units() >= self.0
    }

    /// How many items what is left would pay for, if they cost what those before did.
    pub(super) fn page_size(self, cost: &Cost) -> usize {
        let left = self.0 - cost.read_units();
        let items = match cost.evaluated {
            0 => (left * ITEMS_FOR_A_UNIT).min(FIRST_PAGE),
            evaluated => left * evaluated as f64 / cost.read_units(),
        };
        // Of nothing known it is not a number, and as much as fits into a page.
        if items.is_nan() { usize::MAX } else { (items as usize).max(1) }
    }
}

impl<O, I, T> Query<O, I, Handle<T>>
where
    O: Send + 'static,
    I: Index,
    T: Table,
{
    /// Stops once the query has cost so many read units, with what it has and where to go on.
    ///
    /// The outcome is a [`Page`]: its `next` is a cursor if there may be more, and none if everything is there. Nothing
    /// fails. It stops between calls, so the call that crosses the budget is paid for. Pages are made as large as what is
    /// left of the budget would pay for, and nothing is read ahead; so it is far beyond only where items are much larger
    /// than those before them, by no more than the 1 MB that DynamoDB reads at once. Of several shards each makes a call
    /// of its own.
    ///
    /// It is the last thing that is said of a query, after its [`limit`](Self::limit).
    ///
    /// ```
    /// # use monotable::{Entity, ReadUnits, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table, Debug)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Entity, Serialize, Deserialize, Debug)]
    /// # #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{number:06}")]
    /// # struct Order { customer_id: String, number: u32, note: String }
    /// # #[tokio::main] async fn main() -> Result<(), monotable::Error> {
    /// # let shop = Shop::embedded().await?;
    /// # for number in 0..200 {
    /// #     shop.put(&Order { customer_id: "ada".into(), number, note: "-".repeat(950) }).await?;
    /// # }
    /// let orders = || shop.query(Order::by_customer_id("ada")).budget(ReadUnits(10.0));
    /// let part = orders().all().await?;
    /// assert!(part.read_units() < 11.0 && part.next.is_some());
    ///
    /// let rest = shop.query(Order::by_customer_id("ada")).after(part.next.clone()).await?;
    /// assert_eq!(part.items.len() + rest.len(), 200);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`all`](Self::all), and [`InvalidRequest`](crate::ErrorKind::InvalidRequest) for a budget that is no number
    /// above zero, before anything is sent.
    pub fn budget(self, units: ReadUnits) -> Budgeted<O, I, T> {
        Budgeted { query: self, units: units.0 }
    }
}

impl<O, I, T> Budgeted<O, I, T>
where
    O: Send + 'static,
    I: Index,
    T: Table,
{
    /// The items that the budget pays for, in sort order, and where to go on.
    ///
    /// # Errors
    ///
    /// As [`Query::budget`].
    pub fn all(self) -> Sending<Page<O>> {
        Sending::new(async move {
            let mut run = self.start()?;
            let items = run.rest().await?;
            let next = run.cursor();
            Ok(run.into_cost().of(Page { items, next }))
        })
    }

    /// The same items one after another. At their end, [`Items::cursor`] says whether there may be more.
    pub fn stream(self) -> Items<O> {
        Items::new(self.start())
    }

    fn start(self) -> Result<Run<O>, Error> {
        let Self { query, units } = self;
        if units.is_nan() || units <= 0.0 {
            let reason = format!("its budget is {units} read units; give a number above zero");
            return Err(Error::refused(query.call(), reason));
        }
        let run = query.start(Mode { resumes: true, ..Mode::default() })?;
        Ok(run.within(Budget(units)))
    }
}

impl<O, I, T> IntoFuture for Budgeted<O, I, T>
where
    O: Send + 'static,
    I: Index,
    T: Table,
{
    type Output = Result<Metered<Page<O>>, Error>;
    type IntoFuture = Sending<Page<O>>;

    fn into_future(self) -> Self::IntoFuture {
        self.all()
    }
}

impl<O, I, T> fmt::Debug for Budgeted<O, I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Budgeted").field("query", &self.query).field("read_units", &self.units).finish()
    }
}
