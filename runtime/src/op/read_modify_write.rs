//! Changing a whole item in Rust, under its version: `GetItem`, then `PutItem`, again where another write came between.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;

use aws_sdk_dynamodb::config::SharedAsyncSleep;

use crate::backoff::Backoff;
use crate::entity::{Entity, EntityKey};
use crate::error::{Call, Error, ErrorKind};
use crate::expiry::Expiry;
use crate::handle::{Binding, Handle};
use crate::item::{FromItem, Item, StoredItem, StoredKey, key_item, same_item};
use crate::key::KeyError;
use crate::managed::Versioned;
use crate::metered::{Cost, Metered};
use crate::op::get;
use crate::op::put::Put;
use crate::sdk;
use crate::table::{InTable, Table};

/// How often it is tried, if nothing is said. The waits between so many tries are half a minute on average.
const TRIES: u32 = 20;

/// Reads an item, changes it in Rust, and writes it back if it has not been changed in between; otherwise it begins
/// anew.
///
/// It comes from [`Handle::read_modify_write`], and is for changes that an update cannot express: of several fields
/// that an index key is composed of, or by what only Rust can compute. The entity needs a
/// [version](crate::Versioned). It returns the entity as it is stored.
///
/// # Cost
///
/// For each try, a consistent [`Get`](crate::Get) and a [`Put`]; the outcome has the sum. A write that is refused
/// because the version is another costs as much as one that is not.
///
/// # Errors
///
/// [`NotFound`](ErrorKind::NotFound) if there is no item with the key, or it is past its time; what the closure
/// returns; [`InvalidRequest`](ErrorKind::InvalidRequest) if it changes the primary key;
/// [`VersionConflict`](ErrorKind::VersionConflict) if other writes came between each time, or if an answer was lost
/// and it cannot be told whether the write took effect; otherwise as [`Get`](crate::Get) and [`Put`].
///
/// # Cancel safety
///
/// A dropped future may or may not have written the item.
#[must_use = "nothing is read or written until it is awaited"]
pub struct ReadModifyWrite<'f, E, X, T> {
    key: Result<Item, KeyError>,
    change: Changing<'f, E, X>,
    tries: u32,
    handle: Handle<T>,
}

/// The closure, whatever it returned.
type Changing<'f, E, X> = Box<dyn FnMut(&mut E) -> Result<(), X> + Send + 'f>;

/// What a closure that changes an item can return: nothing, or a result whose error is the error of the operation.
#[diagnostic::on_unimplemented(
    message = "a closure that changes an item returns nothing or a `Result<(), _>`, not `{Self}`",
    label = "returns `{Self}`",
    note = "the error of the result can be any type that `monotable::Error` converts into"
)]
pub trait Change {
    /// The error of the operation.
    type Error: From<Error>;

    #[doc(hidden)]
    fn into_result(self) -> Result<(), Self::Error>;
}

impl Change for () {
    type Error = Error;

    fn into_result(self) -> Result<(), Error> {
        Ok(())
    }
}

impl<F: From<Error>> Change for Result<(), F> {
    type Error = F;

    fn into_result(self) -> Self {
        self
    }
}

impl<T: Table> Handle<T> {
    /// Reads an item, changes it in Rust, and writes it back under its version: see [`ReadModifyWrite`].
    ///
    /// The closure may be called several times, each time with the item as it is then. If it returns an error, nothing
    /// is written.
    ///
    /// ```
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table, Debug)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Product(Product) }
    /// #[derive(Entity, Serialize, Deserialize, Debug)]
    /// #[entity(table = Shop, pk = "PRODUCT#{sku}", sk = "PRODUCT")]
    /// struct Product {
    ///     sku: u64,
    ///     stock: u32,
    ///     #[entity(version)]
    ///     version: u64,
    /// }
    ///
    /// # #[cfg(feature = "embedded")]
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    /// let shop = Shop::embedded().await?;
    /// shop.put(&Product { sku: 7, stock: 3, version: 0 }).await?;
    ///
    /// let product = shop.read_modify_write(ProductKey { sku: 7 }, |product| product.stock += 1).await?;
    /// assert_eq!((product.stock, product.version), (4, 2));
    ///
    /// let taken = shop
    ///     .read_modify_write(ProductKey { sku: 7 }, |product| -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    ///         product.stock = product.stock.checked_sub(9).ok_or("sold out")?;
    ///         Ok(())
    ///     })
    ///     .await;
    /// assert_eq!(taken.unwrap_err().to_string(), "sold out");
    /// # Ok(()) }
    /// # #[cfg(not(feature = "embedded"))] fn main() {}
    /// ```
    pub fn read_modify_write<'f, K, R>(
        &self,
        key: K,
        mut change: impl FnMut(&mut K::Entity) -> R + Send + 'f,
    ) -> ReadModifyWrite<'f, K::Entity, R::Error, T>
    where
        K: EntityKey,
        R: Change,
        K::Entity: InTable<T> + Versioned,
    {
        let change = move |entity: &mut K::Entity| change(entity).into_result();
        ReadModifyWrite { key: key_item(&key), change: Box::new(change), tries: TRIES, handle: self.clone() }
    }
}

impl<E: Entity, X, T: Table> ReadModifyWrite<'_, E, X, T> {
    /// Gives up after so many tries; 20 if nothing is said, and none counts as one.
    pub fn tries(mut self, tries: u32) -> Self {
        self.tries = tries.max(1);
        self
    }

    fn call(&self) -> Call {
        let key = self.key.as_ref().ok().and_then(StoredKey::of::<E::Table>);
        Call { operation: "read_modify_write", entity: E::MODEL.name, key }
    }

    async fn run(self) -> Result<Metered<E>, X>
    where
        X: From<Error>,
    {
        let call = self.call();
        let key = self.key.map_err(|error| Error::key(call.clone(), error))?;
        let (mut cost, mut backoff) = (Cost::default(), Backoff::with_tries(self.tries));
        let (one, mut change) = (One { call, key, handle: self.handle }, self.change);
        loop {
            let (read, sleep) = one.read::<E>(&mut cost).await?;
            let mut entity = E::from_item(read.clone())
                .map_err(|error| Error::item(one.call.clone(), error).after(&cost))?;
            change(&mut entity)?;
            let error = match one.write(&read, entity, &mut cost).await? {
                Ok(entity) => return Ok(cost.of(entity)),
                Err(error) => error,
            };
            if let Err(gave_up) = backoff.rest(false, sleep.as_ref()).await {
                return Err(error.given_up(gave_up).after(&cost).into());
            }
            cost += error.cost();
        }
    }
}

/// The item that is changed.
struct One<T> {
    call: Call,
    key: Item,
    handle: Handle<T>,
}

impl<T: Table> One<T> {
    /// The item as it is now, and how the client sleeps.
    async fn read<E: Entity>(&self, cost: &mut Cost) -> Result<(Item, Option<SharedAsyncSleep>), Error> {
        let (handle, call) = (&self.handle, self.call.clone());
        let input = get::input(handle.name(), self.key.clone(), true)
            .map_err(|error| Error::request(call.clone(), error))?;
        let answer = match sdk::get_item(handle.caller(&call), input).await {
            Ok(answer) => answer,
            Err(failure) => return Err(Error::sdk(call, handle.name(), failure).after(cost)),
        };
        *cost += &answer.cost;
        let expiry = Expiry::at(E::MODEL.ttl, handle.now());
        let item = answer.output.filter(|item| !expiry.is_some_and(|expiry| expiry.is_over(item)));
        match item.and_then(|item| item.to_item()) {
            Some(item) => Ok((item, answer.sleep)),
            None => Err(Error::nothing_to_change(call).after(cost)),
        }
    }

    /// The entity as it is stored; or the error, if it is worth another try.
    async fn write<E: Entity>(
        &self,
        read: &Item,
        entity: E,
        cost: &mut Cost,
    ) -> Result<Result<E, Error>, Error> {
        let (handle, call) = (&self.handle, self.call.clone());
        if !key_item(&entity.key()).is_ok_and(|changed| same_item(&changed, &self.key)) {
            let reason =
                "its primary key was changed, which makes it another item: delete the one, and put the other";
            return Err(Error::refused(call, reason).after(cost));
        }
        let write = Put::rewriting(&entity, read).into_write(handle.name(), handle.now());
        let write = write.map_err(|error| error.called(call.clone()).after(cost))?;
        let item = write.item().map(|item| item.to_item()).unwrap_or_default();
        match write.send(handle).await {
            Ok(written) => {
                *cost += written.cost();
                let stored = E::from_item(item);
                stored.map(Ok).map_err(|error| Error::item(call, error).after(cost))
            }
            Err(error) => {
                let error = error.called(call);
                match error.kind() {
                    ErrorKind::VersionConflict if may_be_ours::<E>(&error, read, &item) => {
                        Err(error.perhaps_done().after(cost))
                    }
                    ErrorKind::VersionConflict | ErrorKind::Conflict => Ok(Err(error)),
                    _ => Err(error.after(cost)),
                }
            }
        }
    }
}

/// Whether the SDK sent the write several times, and the conflict may be with one of these, whose answer was lost.
///
/// Whoever wrote the next version is known only as long as that is the current one.
fn may_be_ours<E: Entity>(error: &Error, read: &Item, written: &Item) -> bool {
    if error.cost().attempts < 2 {
        return false;
    }
    let next = E::MANAGED.expected(written);
    let is_next = |item: &Item| next == E::MANAGED.expected(item);
    let unchanged = |item: &Item| E::MANAGED.expected(read) == E::MANAGED.expected(item);
    let current = error.current_item().and_then(StoredItem::to_item);
    !current.is_some_and(|item| unchanged(&item) || is_next(&item) && !same_item(&item, written))
}

impl<'f, E: Entity, X: From<Error> + 'f, T: Table> IntoFuture for ReadModifyWrite<'f, E, X, T> {
    type Output = Result<Metered<E>, X>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'f>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl<E: Entity, X, T: Table> fmt::Debug for ReadModifyWrite<'_, E, X, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadModifyWrite")
            .field("call", &self.call())
            .field("tries", &self.tries)
            .finish_non_exhaustive()
    }
}
