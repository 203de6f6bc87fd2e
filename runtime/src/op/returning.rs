//! ReturnsItem that return the item: as it was before, or as it is after.

use std::fmt;
use std::future::IntoFuture;

use aws_sdk_dynamodb::types::ReturnValue;

use crate::error::Error;
use crate::explain::Explained;
use crate::handle::{Binding, Handle, Sending};
use crate::item::{FromItem, Item, ItemError, StoredItem};
use crate::op::write::Write;
use crate::table::Table;

/// A write `O` that returns a `V`: the item as it was before, or as it is after.
///
/// It comes last, from `returning_old` or `returning_new` of [`Put`](crate::Put), [`Delete`](crate::Delete) and
/// [`Update`](crate::Update). The item comes with the answer to the write, and costs nothing.
///
/// # Errors
///
/// As those of the write. If the item does not read as the entity,
/// [`MissingAttribute`](crate::ErrorKind::MissingAttribute), [`Decode`](crate::ErrorKind::Decode) or
/// [`WrongType`](crate::ErrorKind::WrongType): then the write has taken effect all the same.
#[must_use = "a write does nothing until it is awaited"]
pub struct Returning<O, V> {
    operation: O,
    returns: ReturnValue,
    read: fn(Option<StoredItem>) -> Result<V, ItemError>,
}

/// What can return an item.
#[doc(hidden)]
pub trait ReturnsItem: sealed::Sealed {
    type Client: Binding;
    type Input;

    fn render(&self) -> Result<Rendered, Error>;
    fn explained(&self, write: Rendered) -> Result<Explained<Self::Input>, Error>;
    fn into_client(self) -> Self::Client;
}

/// A write, and what it is called.
#[doc(hidden)]
#[derive(Debug)]
pub struct Rendered(pub(crate) Write);

pub(crate) mod sealed {
    pub trait Sealed {}
}

impl<O: ReturnsItem, V> Returning<O, V> {
    /// The request as it would be sent.
    ///
    /// # Errors
    ///
    /// As awaiting it, before anything is sent.
    pub fn explain(&self) -> Result<Explained<O::Input>, Error> {
        self.operation.explained(self.render()?)
    }

    fn render(&self) -> Result<Rendered, Error> {
        Ok(Rendered(self.operation.render()?.0.returning(self.returns.clone())))
    }
}

impl<O, V: FromItem> Returning<O, V> {
    /// The item as it is after the write.
    pub(crate) fn new(operation: O) -> Self {
        Self { operation, returns: ReturnValue::AllNew, read: read_one }
    }

    /// The item as it was before the write, which needs one.
    pub(crate) fn old(operation: O) -> Self {
        Self { operation, returns: ReturnValue::AllOld, read: read_one }
    }
}

impl<O, V: FromItem> Returning<O, Option<V>> {
    /// The item as it was before the write, if there was one.
    pub(crate) fn old_if_any(operation: O) -> Self {
        Self { operation, returns: ReturnValue::AllOld, read: read_any }
    }
}

/// DynamoDB returns nothing for an item that was not there. The in-process engine returns its key, which is no item
/// where every item has a type.
fn read_any<V: FromItem>(item: Option<StoredItem>) -> Result<Option<V>, ItemError> {
    let is_key = |name: &str| V::Table::PARTITION_KEY == name || V::Table::SORT_KEY == Some(name);
    let is_item = |item: &StoredItem| V::Table::TYPE_ATTRIBUTE.is_none() || !item.has_only(is_key);
    item.filter(is_item).map(|item| item.read()).transpose()
}

fn read_one<V: FromItem>(item: Option<StoredItem>) -> Result<V, ItemError> {
    item.map_or_else(|| V::from_item(Item::new()), |item| item.read())
}

impl<O, T, V> IntoFuture for Returning<O, V>
where
    O: ReturnsItem<Client = Handle<T>>,
    T: Table,
    V: Send + 'static,
{
    type Output = Result<crate::Metered<V>, Error>;
    type IntoFuture = Sending<V>;

    fn into_future(self) -> Self::IntoFuture {
        let (write, read, client) = (self.render(), self.read, self.operation.into_client());
        let sent = write.map(|Rendered(write)| (write.call.clone(), write.send(&client)));
        Sending::new(async move {
            let (call, answered) = sent?;
            let (item, cost) = answered.await?.into_parts();
            let value = read(item).map_err(|error| Error::item(call, error).after(&cost))?;
            Ok(cost.of(value))
        })
    }
}

impl<O: Clone, V> Clone for Returning<O, V> {
    fn clone(&self) -> Self {
        Self { operation: self.operation.clone(), returns: self.returns.clone(), read: self.read }
    }
}

impl<O: fmt::Debug, V> fmt::Debug for Returning<O, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Returning")
            .field("operation", &self.operation)
            .field("returns", &self.returns)
            .finish_non_exhaustive()
    }
}
