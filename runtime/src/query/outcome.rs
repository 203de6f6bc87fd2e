//! The ways to run a query: everything, the first, the one, a page, a count, a stream.

use std::future::{IntoFuture, poll_fn};

use super::cursor::Cursor;
use super::request::Query;
use super::run::{Mode, Run};
use super::stream::Items;
use crate::error::Error;
use crate::handle::{Handle, Sending};
use crate::index::Index;
use crate::metered::Metered;
use crate::table::Table;

/// Some of the items of a query, and where to go on: what [`Query::page`] returns.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Page<O> {
    /// The items, in sort order.
    pub items: Vec<O>,
    /// Where the next page starts: give it to [`Query::after`] of the same query. None at the end.
    ///
    /// There may be no item behind it: DynamoDB does not look ahead.
    pub next: Option<Cursor>,
}

impl<O, I, T> Query<O, I, Handle<T>>
where
    O: Send + 'static,
    I: Index,
    T: Table,
{
    /// Every item that matches, page after page, in sort order. The same as awaiting the query.
    ///
    /// # Errors
    ///
    /// Before anything is sent, [`InvalidKey`](crate::ErrorKind::InvalidKey) if a value given cannot stand
    /// in its key, and [`InvalidCursor`](crate::ErrorKind::InvalidCursor). Then what DynamoDB answers, or an
    /// item that is not what was asked for: [`WrongType`](crate::ErrorKind::WrongType),
    /// [`MissingAttribute`](crate::ErrorKind::MissingAttribute), [`Decode`](crate::ErrorKind::Decode).
    /// [`Error::cost`] says what was read until then.
    pub fn all(self) -> Sending<Vec<O>> {
        Sending::new(async move {
            let mut run = self.start(Mode { prefetches: true, ..Mode::default() })?;
            let items = run.rest().await?;
            Ok(run.into_cost().of(items))
        })
    }

    /// The item that comes first in sort order, or with [`newest_first`](Self::newest_first) last, if there
    /// is one. It reads one item, not a page.
    ///
    /// # Errors
    ///
    /// As [`all`](Self::all).
    pub fn first(self) -> Sending<Option<O>> {
        Sending::new(async move {
            let mut run = self.limit_to(1).start(Mode::default())?;
            let first = run.next().await.transpose()?;
            Ok(run.into_cost().of(first))
        })
    }

    /// The only item that matches. It reads two items at most.
    ///
    /// # Errors
    ///
    /// [`NotFound`](crate::ErrorKind::NotFound) if there is none,
    /// [`NotUnique`](crate::ErrorKind::NotUnique) if there are several, and as [`all`](Self::all).
    pub fn one(self) -> Sending<O> {
        Sending::new(async move {
            let call = self.call();
            let mut run = self.limit_to(2).start(Mode::default())?;
            let first = run.next().await.transpose()?;
            let second = run.next().await.transpose()?;
            match (first, second) {
                (Some(item), None) => Ok(run.into_cost().of(item)),
                (None, _) => Err(Error::not_found(call).after(&run.into_cost())),
                (Some(_), Some(_)) => Err(Error::not_unique(call).after(&run.into_cost())),
            }
        })
    }

    /// The next [`limit`](Self::limit) items, and a cursor behind them. Without a limit, what one call
    /// returns: at most 1 MB, or [`page_size`](Self::page_size) items.
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
    /// # #[tokio::main] async fn main() -> Result<(), monotable::Error> {
    /// # let shop = Shop::embedded().await?;
    /// # for number in 1..=5 { shop.put(&Order { customer_id: "ada".into(), number }).await?; }
    /// let orders = || shop.query(Order::by_customer_id("ada")).limit(3);
    /// let page = orders().page().await?;
    /// assert_eq!(page.items.len(), 3);
    ///
    /// let next = orders().after(page.next.clone()).page().await?;
    /// assert_eq!(next.items[0].number, 4);
    /// assert_eq!(next.next, None);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`all`](Self::all).
    pub fn page(self) -> Sending<Page<O>> {
        Sending::new(async move {
            // One partition is read no further than it is handed out; of several, and behind a filter, some items
            // may be left over.
            let resumes =
                self.condition()?.partitions.len() > 1 || self.filter.is_some() || self.expires_by.is_some();
            let one_page = self.limit.is_none();
            let mut run = self.start(Mode { one_page, resumes, ..Mode::default() })?;
            let items = run.rest().await?;
            let next = run.cursor();
            Ok(run.into_cost().of(Page { items, next }))
        })
    }

    /// How many items match, without returning them: up to [`limit`](Self::limit), if there is one.
    ///
    /// It costs what reading them does: DynamoDB counts by reading. Items of any type count.
    ///
    /// # Errors
    ///
    /// As [`all`](Self::all), but for what is in the items.
    pub fn count(self) -> Sending<usize> {
        Sending::new(async move {
            let mut run = self.start(Mode { counts: true, ..Mode::default() })?;
            let mut count = 0;
            poll_fn(|context| run.poll_count(context, &mut count)).await?;
            Ok(run.into_cost().of(count))
        })
    }

    /// The items one after another, while the next page is on its way: see [`Items`].
    pub fn stream(self) -> Items<O> {
        Items::new(self.start(Mode { prefetches: true, resumes: true, ..Mode::default() }))
    }

    fn limit_to(mut self, items: usize) -> Self {
        self.limit = Some(self.limit.map_or(items, |limit| limit.min(items)));
        self
    }
}

impl<O, I, T: Table> Query<O, I, Handle<T>> {
    /// Gives the access pattern a name in the ledger: see [`Handle::pattern`].
    pub fn named(mut self, name: &'static str) -> Self {
        self.client = self.client.pattern(name);
        self
    }
}

impl<O: Send + 'static> Run<O> {
    async fn next(&mut self) -> Option<Result<O, Error>> {
        poll_fn(|context| self.poll_next(context)).await
    }

    pub(super) async fn rest(&mut self) -> Result<Vec<O>, Error> {
        let mut items = Vec::new();
        while let Some(item) = self.next().await {
            // Those of the page at hand fit without another copy.
            if items.len() == items.capacity() {
                items.reserve(1 + self.waiting());
            }
            items.push(item?);
            // The next page was asked for with the first item of this one.
            self.drain_into(&mut items)?;
        }
        Ok(items)
    }
}

impl<O, I, T> IntoFuture for Query<O, I, Handle<T>>
where
    O: Send + 'static,
    I: Index,
    T: Table,
{
    type Output = Result<Metered<Vec<O>>, Error>;
    type IntoFuture = Sending<Vec<O>>;

    fn into_future(self) -> Self::IntoFuture {
        self.all()
    }
}
