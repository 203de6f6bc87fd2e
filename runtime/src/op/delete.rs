//! Deleting one item: `DeleteItem`.

use std::future::IntoFuture;
use std::marker::PhantomData;
use std::time::SystemTime;

use aws_sdk_dynamodb::operation::delete_item::DeleteItemInput;

use crate::entity::{Entity, EntityKey};
use crate::error::{Call, Error};
use crate::explain::Explained;
use crate::expr::condition::Condition;
use crate::handle::{Binding, Handle, Sending, Unbound};
use crate::item::{Item, StoredKey, encode, key_item};
use crate::key::KeyError;
use crate::managed::{Expected, Versioned};
use crate::metered::Metered;
use crate::op::guard::{Conditional, Guard, Presence, Unconditional};
use crate::op::returning::{Rendered, Returning, ReturnsItem, sealed};
use crate::op::write::{Kind, Write};
use crate::table::Table;
use crate::unique::{Change, Plan};

/// Deletes one item by its key: one `DeleteItem` call.
///
/// Deleting what is not there is no error, unless [`if_present`](Self::if_present) asks for it.
///
/// # Cost
///
/// One write unit for each KB of the item, and the same for each index that holds it; 1 if it is not there;
/// a delete whose condition does not hold costs as much, which [`Error::cost`] computes
/// ([write capacity](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html)).
///
/// # Errors
///
/// Before anything is sent: [`InvalidKey`](crate::ErrorKind::InvalidKey), or
/// [`InvalidCondition`](crate::ErrorKind::InvalidCondition) if DynamoDB would not take the condition. With
/// `if_present`, [`NotFound`](crate::ErrorKind::NotFound); with `when`,
/// [`ConditionFailed`](crate::ErrorKind::ConditionFailed), which has the item: [`Error::current`]. Otherwise
/// what DynamoDB answers.
///
/// # Cancel safety
///
/// A dropped future may or may not have deleted the item. Deleting it again is harmless.
#[derive(Debug, Clone)]
#[must_use = "a delete does nothing until it is awaited"]
pub struct Delete<E, C = Unbound, G = Unconditional> {
    key: Result<Item, KeyError>,
    guard: Guard<E>,
    pub(crate) client: C,
    conditional: PhantomData<fn() -> G>,
}

impl<E: Entity> Delete<E> {
    pub(crate) fn new(key: E::Key) -> Self
    where
        E::Key: EntityKey<Entity = E>,
    {
        Self { key: key_item(&key), guard: Guard::none(), client: Unbound, conditional: PhantomData }
    }
}

impl<E: Entity, G> Delete<E, Unbound, G> {
    pub(crate) fn with<C>(self, client: C) -> Delete<E, C, G> {
        Delete { key: self.key, guard: self.guard, client, conditional: PhantomData }
    }
}

impl<E: Entity, C: Binding, G> Delete<E, C, G> {
    /// Only if there is an item with this key: otherwise it is an error.
    pub fn if_present(mut self) -> Delete<E, C, Conditional> {
        self.guard.presence = Presence::Present;
        self.conditional()
    }

    /// Only if this holds of the item. Several conditions have to hold together.
    ///
    /// Where there is no item, a condition sees an item without attributes.
    ///
    /// ```
    /// # use monotable::{Entity, Handle, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Product(Product) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "PRODUCT#{sku}", sk = "PRODUCT")]
    /// # struct Product { sku: String, stock: u32 }
    /// # async fn delete(shop: Handle<Shop>) -> Result<(), monotable::Error> {
    /// shop.delete(ProductKey { sku: "p1".into() }).if_present().when(Product::STOCK.eq(0)).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn when(mut self, condition: Condition<E>) -> Delete<E, C, Conditional> {
        self.guard.when(condition);
        self.conditional()
    }

    /// Says what the item is now, where unique constraints need to know it: in a transaction, which reads nothing
    /// first, and elsewhere to save the read. If their values are others by then, the delete fails as
    /// [`ConditionFailed`](crate::ErrorKind::ConditionFailed).
    pub fn was(mut self, old: &E) -> Delete<E, C, Conditional> {
        self.guard.was = encode(old).ok().map(|item| item.to_item());
        self.conditional()
    }

    fn conditional(self) -> Delete<E, C, Conditional> {
        let Self { key, guard, client, .. } = self;
        Delete { key, guard, client, conditional: PhantomData }
    }

    /// Only if the item has this version: the one that it was read with.
    ///
    /// Otherwise it is a [`VersionConflict`](crate::ErrorKind::VersionConflict).
    ///
    /// ```
    /// # use monotable::{Entity, Handle, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Product(Product) }
    /// #[derive(Entity, Serialize, Deserialize)]
    /// #[entity(table = Shop, pk = "PRODUCT#{sku}", sk = "PRODUCT")]
    /// struct Product {
    ///     sku: String,
    ///     #[entity(version)]
    ///     version: u64,
    /// }
    /// # async fn delete(shop: Handle<Shop>, product: Product) -> Result<(), monotable::Error> {
    /// shop.delete(product.key()).at_version(product.version).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn at_version(mut self, version: E::Version) -> Delete<E, C, Conditional>
    where
        E: Versioned,
    {
        self.guard.version = Some(Expected::of(&version));
        self.conditional()
    }

    /// Returns the item as it was before, if there was one, at no extra cost. It comes last.
    ///
    /// ```
    /// # use monotable::{Entity, Handle, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
    /// # struct Order { id: u64 }
    /// # async fn delete(shop: Handle<Shop>, order: Order) -> Result<(), monotable::Error> {
    /// let was: Option<Order> = shop.delete(order.key()).returning_old().await?.into_inner();
    /// # Ok(()) }
    /// ```
    pub fn returning_old(self) -> Returning<Self, Option<E>> {
        Returning::old_if_any(self)
    }

    /// The request as it would be sent.
    ///
    /// # Errors
    ///
    /// As awaiting it, before anything is sent.
    pub fn explain(&self) -> Result<Explained<DeleteItemInput>, Error> {
        let table = self.client.table_name::<E::Table>();
        let write = render(self.call(), self.key.clone(), &self.guard, table, self.client.now())?;
        Ok(Explained::of::<E::Table>(write.delete_input()?, &self.client))
    }

    pub(crate) fn call(&self) -> Call {
        let key = self.key.as_ref().ok().and_then(StoredKey::of::<E::Table>);
        Call { operation: "delete", entity: E::MODEL.name, key }
    }

    /// The key, for a batch.
    pub(crate) fn into_key(self) -> Result<Item, Error> {
        let call = self.call();
        self.key.map_err(|error| Error::key(call, error))
    }

    pub(crate) fn into_write(self, table: &str, now: SystemTime) -> Result<Write, Error> {
        render(self.call(), self.key, &self.guard, table, now)
    }
}

fn render<E: Entity>(
    call: Call,
    key: Result<Item, KeyError>,
    guard: &Guard<E>,
    table: &str,
    now: SystemTime,
) -> Result<Write, Error> {
    let key = key.map_err(|error| Error::key(call.clone(), error))?;
    let guarded = guard.render(now).map_err(|problem| Error::condition(call.clone(), &problem))?;
    let plan = Plan::of::<E>(Change::Gone, guard.known());
    Ok(Write::new(call, table, Kind::Delete { key }, guarded, plan))
}

impl<E: Entity, T: Table, G> IntoFuture for Delete<E, Handle<T>, G> {
    type Output = Result<Metered<()>, Error>;
    type IntoFuture = Sending<()>;

    fn into_future(self) -> Self::IntoFuture {
        let client = &self.client;
        let write = render(self.call(), self.key, &self.guard, client.name(), client.now());
        Write::sending(write, client)
    }
}

impl<E: Entity, C, W> sealed::Sealed for Delete<E, C, W> {}

impl<E: Entity, C: Binding, W> ReturnsItem for Delete<E, C, W> {
    type Client = C;
    type Input = DeleteItemInput;

    fn render(&self) -> Result<Rendered, Error> {
        let table = self.client.table_name::<E::Table>();
        render(self.call(), self.key.clone(), &self.guard, table, self.client.now()).map(Rendered)
    }

    fn explained(&self, write: Rendered) -> Result<Explained<DeleteItemInput>, Error> {
        Ok(Explained::of::<E::Table>(write.0.delete_input()?, &self.client))
    }

    fn into_client(self) -> C {
        self.client
    }
}
