//! Items one after another, page after page.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::cursor::Cursor;
use super::run::Run;
use crate::error::Error;
use crate::metered::Cost;

/// The items of a query one after another: what [`Query::stream`](crate::Query::stream) returns.
///
/// Nothing is sent before the first item is asked for. From then on, the next page is asked for with the first
/// item of one, so that it arrives while the items are used; no more than two pages are in memory.
/// It is a [`Stream`], and [`next`](Self::next) needs no other crate.
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
/// let mut orders = shop.query(Order::by_customer_id("ada")).stream();
/// let mut sum = 0;
/// while let Some(order) = orders.next().await {
///     sum += order?.number;
/// }
/// assert_eq!(sum, 15);
/// assert_eq!(orders.cost().read_units(), 0.5);
/// # Ok(()) }
/// ```
///
/// # Cost
///
/// That of the pages, and of one page more if the stream is dropped before its end: it may be on its way.
/// [`limit`](crate::Query::limit) says how far reading may go.
///
/// # Errors
///
/// As [`Query::all`](crate::Query::all). After an error nothing comes; [`cursor`](Self::cursor) goes on before
/// the item that could not be read.
///
/// # Cancel safety
///
/// Dropping the future of [`next`](Self::next) loses nothing: the item comes with the next call.
#[must_use = "streams do nothing unless they are polled"]
pub struct Items<O>(State<O>);

enum State<O> {
    Running(Box<Run<O>>),
    /// The request could not be made.
    Refused(Option<Error>),
}

impl<O: Send + 'static> Items<O> {
    pub(super) fn new(run: Result<Run<O>, Error>) -> Self {
        Self(match run {
            Ok(run) => State::Running(Box::new(run)),
            Err(error) => State::Refused(Some(error)),
        })
    }

    /// The next item; none at the end, at the limit, and after an error.
    ///
    /// # Errors
    ///
    /// As [`Query::all`](crate::Query::all).
    pub async fn next(&mut self) -> Option<Result<O, Error>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// What was read so far has cost this much.
    pub fn cost(&self) -> &Cost {
        static NOTHING: std::sync::LazyLock<Cost> = std::sync::LazyLock::new(Cost::default);
        match &self.0 {
            State::Running(run) => run.cost(),
            State::Refused(_) => &NOTHING,
        }
    }

    /// Where to go on behind the items handed out so far: none if there is nothing more, or if nothing could be
    /// sent.
    pub fn cursor(&self) -> Option<Cursor> {
        match &self.0 {
            State::Running(run) => run.cursor(),
            State::Refused(_) => None,
        }
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<O, Error>>> {
        match &mut self.0 {
            State::Running(run) => run.poll_next(context),
            State::Refused(error) => Poll::Ready(error.take().map(Err)),
        }
    }
}

impl<O: Send + 'static> Stream for Items<O> {
    type Item = Result<O, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

impl<O: Send + 'static> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("cost", self.cost()).finish_non_exhaustive()
    }
}
