//! What a batch could not write.

use std::error::Error as StdError;
use std::fmt;

use super::writes::Writes;
use super::{BatchWrite, Settings};
use crate::error::Error;
use crate::handle::Handle;
use crate::table::Table;

/// What a batch did not write, and why: nothing of it is lost.
///
/// It is the error of [`BatchWrite`]. All that was given to the batch and that DynamoDB did not acknowledge is in it:
/// what was left unprocessed, what was in a call that failed, which may have taken effect all the same, and what was
/// not sent any more. [`resend`](Self::resend) makes a batch of it.
///
/// It becomes an [`Error`] where `?` asks for one, which loses the writes.
///
/// ```
/// use monotable::{BatchWrite, Handle, Metered, Unwritten};
///
/// # use monotable::{Entity, Table};
/// # use serde::{Deserialize, Serialize};
/// # #[derive(Table)]
/// # #[table(name = "shop")]
/// # enum Shop { Order(Order) }
/// # #[derive(Entity, Serialize, Deserialize)]
/// # #[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
/// # struct Order { order_id: u64 }
/// async fn load(shop: &Handle<Shop>, orders: &[Order]) -> Result<(), Unwritten<Shop>> {
///     let Err(unwritten) = shop.batch_write().put_all(orders).await else { return Ok(()) };
///     eprintln!("{unwritten}; once more, with {} writes", unwritten.len());
///     unwritten.resend(shop).await?;
///     Ok(())
/// }
/// ```
#[must_use = "what was not written is lost with it"]
pub struct Unwritten<T>(Box<Inner<T>>);

struct Inner<T> {
    error: Error,
    writes: Writes<T>,
    settings: Settings,
}

impl<T: Table> Unwritten<T> {
    pub(super) fn new(error: Error, writes: Writes<T>, settings: Settings) -> Self {
        Self(Box::new(Inner { error, writes, settings }))
    }

    /// Why they were not written. [`Error::cost`] has what the batch cost.
    pub fn error(&self) -> &Error {
        &self.0.error
    }

    /// How many writes there are.
    pub fn len(&self) -> usize {
        self.0.writes.entries.len()
    }

    /// Whether there is no write: then an entity or a key could not be sent, and was the only one.
    pub fn is_empty(&self) -> bool {
        self.0.writes.entries.is_empty()
    }

    /// The keys of the items, as text for people: attribute names and values.
    pub fn key_texts(&self) -> impl Iterator<Item = String> + '_ {
        self.0.writes.key_texts()
    }

    /// A batch of these writes, as its predecessor was set up.
    ///
    /// Writes that are added to it come after them: of two of one item, the last wins. What others have written in
    /// the meantime is overwritten.
    pub fn resend(self, handle: &Handle<T>) -> BatchWrite<T, Handle<T>> {
        BatchWrite::again(self.0.writes, self.0.settings, handle.clone())
    }
}

impl<T> From<Unwritten<T>> for Error {
    fn from(unwritten: Unwritten<T>) -> Self {
        unwritten.0.error
    }
}

/// The message of the error: what is not written is not shown.
impl<T> fmt::Display for Unwritten<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.error.fmt(f)
    }
}

impl<T> fmt::Debug for Unwritten<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} not written: {:?}", self.0.writes.entries.len(), self.0.error)
    }
}

impl<T> StdError for Unwritten<T> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.error.source()
    }
}
