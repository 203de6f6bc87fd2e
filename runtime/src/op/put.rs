//! Writing whole items: `PutItem`.

use std::future::IntoFuture;
use std::marker::PhantomData;
use std::time::SystemTime;

use aws_sdk_dynamodb::operation::put_item::PutItemInput;

use crate::entity::Entity;
use crate::error::{Call, Error};
use crate::explain::Explained;
use crate::expr::condition::Condition;
use crate::handle::{Binding, Handle, Sending, Unbound};
use crate::item::{EncodeError, EncodedItem, Item, StoredKey, encode, make_stored};
use crate::managed::Expected;
use crate::metered::Metered;
use crate::op::guard::{Conditional, Guard, Presence, Unconditional};
use crate::op::returning::{Rendered, Returning, ReturnsItem, sealed};
use crate::op::write::{Kind, Write};
use crate::table::Table;
use crate::unique::{Change, Plan};

/// Writes one whole item, its keys in the table and in every index included: one `PutItem` call.
///
/// It replaces what is stored under the key, unless [`if_absent`](Self::if_absent) asks for a free one,
/// [`if_present`](Self::if_present) for a taken one, or [`when`](Self::when) for an item of a certain state.
/// It comes from [`Handle::put`], [`Handle::insert`] and [`Handle::replace`], or as a value from
/// [`Entity::put`], [`Entity::insert`] and [`Entity::replace`].
///
/// # Cost
///
/// One write unit for each KB of the larger of the new and the replaced item, and the same for each index
/// whose entry changes, twice where the index key changes
/// ([write capacity](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html)).
/// A put whose condition does not hold costs as much; DynamoDB does not report it, [`Error::cost`] computes it.
///
/// # Errors
///
/// Before anything is sent: [`InvalidKey`](crate::ErrorKind::InvalidKey) if a value cannot stand in its
/// key, [`Encode`](crate::ErrorKind::Encode) if serde cannot store the entity,
/// [`InvalidCondition`](crate::ErrorKind::InvalidCondition) if DynamoDB would not take the condition. With
/// `if_absent`, [`AlreadyExists`](crate::ErrorKind::AlreadyExists); with `if_present`,
/// [`NotFound`](crate::ErrorKind::NotFound); with `when`,
/// [`ConditionFailed`](crate::ErrorKind::ConditionFailed). Each of these has the item that was met:
/// [`Error::current`]. [`Taken`](crate::ErrorKind::Taken) if another item has a value that `unique(..)` of the entity
/// forbids; such a put reads the item first, unless it is an insert, and costs at least twice as much. Otherwise what
/// DynamoDB answers.
///
/// # Cancel safety
///
/// A dropped future may or may not have written the item. Putting the same item again is harmless.
#[derive(Debug, Clone)]
#[must_use = "a put does nothing until it is awaited"]
pub struct Put<E, C = Unbound, G = Unconditional> {
    // Made at once, so that the operation borrows nothing; a value that cannot be stored shows when sent.
    item: Result<EncodedItem, EncodeError>,
    guard: Guard<E>,
    pub(crate) client: C,
    conditional: PhantomData<fn() -> G>,
}

impl<E: Entity> Put<E> {
    pub(crate) fn new(entity: &E) -> Self {
        let (item, mut guard) = (encode(entity), Guard::none());
        // A version that is none shows when the item is made.
        guard.version = item.as_ref().ok().and_then(|item| E::MANAGED.expected(item));
        Self { item, guard, client: Unbound, conditional: PhantomData }
    }
}

impl<E: Entity> Put<E, Unbound, Conditional> {
    /// Puts back an entity that was read as this item, whatever version it has now.
    pub(crate) fn rewriting(entity: &E, read: &Item) -> Self {
        let mut put = Put::new(entity).if_present();
        if let (Ok(item), Some(version)) = (&mut put.item, E::MODEL.version) {
            match read.get(version) {
                Some(read) => item.set(version, read),
                None => item.remove(version),
            }
        }
        put.guard.version = E::MANAGED.expected(read);
        // Unique constraints need not read it once more.
        put.guard.was = Some(read.clone());
        put
    }
}

impl<E: Entity, G> Put<E, Unbound, G> {
    pub(crate) fn with<C>(self, client: C) -> Put<E, C, G> {
        Put { item: self.item, guard: self.guard, client, conditional: PhantomData }
    }
}

impl<E: Entity, C: Binding, G> Put<E, C, G> {
    /// Only if no item has this key yet: an insert.
    pub fn if_absent(mut self) -> Put<E, C, Conditional> {
        self.guard.presence = Presence::Absent;
        self.conditional()
    }

    /// Only if an item has this key already: a replacement.
    pub fn if_present(mut self) -> Put<E, C, Conditional> {
        self.guard.presence = Presence::Present;
        self.conditional()
    }

    /// Only if this holds of the item that is replaced. Several conditions have to hold together.
    ///
    /// Where there is no item, a condition sees an item without attributes.
    ///
    /// ```
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// #[derive(Entity, Serialize, Deserialize)]
    /// #[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
    /// struct Order { order_id: u64, paid: bool }
    ///
    /// # fn pay(order: Order) -> Result<(), monotable::Error> {
    /// let put = Order { paid: true, ..order }.put().if_present().when(Order::PAID.eq(false));
    /// assert_eq!(put.explain()?.condition_expression(), Some("attribute_exists(#0) AND #1 = :0"));
    /// # Ok(())
    /// # }
    /// # pay(Order { order_id: 1, paid: false })?;
    /// # Ok::<(), monotable::Error>(())
    /// ```
    pub fn when(mut self, condition: Condition<E>) -> Put<E, C, Conditional> {
        self.guard.when(condition);
        self.conditional()
    }

    /// Says what the item is now, where unique constraints need to know it: in a transaction, which reads nothing
    /// first, and elsewhere to save the read. If their values are others by then, the put fails as
    /// [`ConditionFailed`](crate::ErrorKind::ConditionFailed).
    pub fn was(mut self, old: &E) -> Put<E, C, Conditional> {
        self.guard.was = encode(old).ok().map(|item| item.to_item());
        self.conditional()
    }

    fn conditional(self) -> Put<E, C, Conditional> {
        let Self { item, guard, client, .. } = self;
        Put { item, guard, client, conditional: PhantomData }
    }

    /// Returns the entity as it is stored: with the version and the times that the write set.
    ///
    /// It is made of what was sent, so it costs nothing.
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
    /// # #[tokio::main] async fn main() -> Result<(), monotable::Error> {
    /// let shop = Shop::embedded().await?;
    /// let mut product = shop.put(&Product { sku: 7, stock: 3, version: 0 }).returning_new().await?.into_inner();
    /// assert_eq!(product.version, 1);
    /// product.stock -= 1;
    /// shop.put(&product).await?;
    /// # Ok(()) }
    /// # #[cfg(not(feature = "embedded"))] fn main() {}
    /// ```
    pub fn returning_new(self) -> PutReturning<E, C, G> {
        PutReturning(self)
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
    /// # async fn put(shop: Handle<Shop>, order: Order) -> Result<(), monotable::Error> {
    /// let was: Option<Order> = shop.put(&order).returning_old().await?.into_inner();
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
    pub fn explain(&self) -> Result<Explained<PutItemInput>, Error> {
        let table = self.client.table_name::<E::Table>();
        let write = render(self.call(), self.item.clone(), &self.guard, table, self.client.now())?;
        Ok(Explained::of::<E::Table>(write.put_input()?, &self.client))
    }

    fn call(&self) -> Call {
        let key = self.item.as_ref().ok().and_then(StoredKey::of::<E::Table>);
        let operation = match self.guard.presence {
            Presence::Either => "put",
            Presence::Absent => "insert",
            Presence::Present => "replace",
        };
        Call { operation, entity: E::MODEL.name, key }
    }

    /// The item, for a batch.
    pub(crate) fn into_item(self) -> Result<EncodedItem, EncodeError> {
        self.item
    }

    pub(crate) fn into_write(self, table: &str, now: SystemTime) -> Result<Write, Error> {
        render(self.call(), self.item, &self.guard, table, now)
    }
}

fn render<E: Entity>(
    call: Call,
    item: Result<EncodedItem, EncodeError>,
    guard: &Guard<E>,
    table: &str,
    now: SystemTime,
) -> Result<Write, Error> {
    // What replaces no item is made by this write.
    let is_new = match guard.presence {
        Presence::Absent => true,
        Presence::Either => guard.version == Some(Expected::Unversioned),
        Presence::Present => false,
    };
    let item = item.and_then(|mut item| make_stored::<E>(&mut item, is_new, now).map(|()| item));
    let item = item.map_err(|error| Error::encode(call.clone(), error))?;
    let guarded = guard.render(now).map_err(|problem| Error::condition(call.clone(), &problem))?;
    let plan = Plan::of::<E>(Change::Whole, guard.known());
    Ok(Write::new(call, table, Kind::Put { item: item.into() }, guarded, plan))
}

impl<E: Entity, T: Table, G> IntoFuture for Put<E, Handle<T>, G> {
    type Output = Result<Metered<()>, Error>;
    type IntoFuture = Sending<()>;

    fn into_future(self) -> Self::IntoFuture {
        let client = &self.client;
        let write = render(self.call(), self.item, &self.guard, client.name(), client.now());
        Write::sending(write, client)
    }
}

/// A [`Put`] that returns the entity as it is stored: see [`Put::returning_new`].
#[derive(Debug, Clone)]
#[must_use = "a put does nothing until it is awaited"]
pub struct PutReturning<E, C, G>(Put<E, C, G>);

impl<E: Entity, C: Binding, G> PutReturning<E, C, G> {
    /// The request as it would be sent.
    ///
    /// # Errors
    ///
    /// As awaiting it, before anything is sent.
    pub fn explain(&self) -> Result<Explained<PutItemInput>, Error> {
        self.0.explain()
    }
}

impl<E: Entity, T: Table, G> IntoFuture for PutReturning<E, Handle<T>, G> {
    type Output = Result<Metered<E>, Error>;
    type IntoFuture = Sending<E>;

    fn into_future(self) -> Self::IntoFuture {
        let (call, put) = (self.0.call(), self.0);
        let client = &put.client;
        let write = render(call.clone(), put.item, &put.guard, client.name(), client.now());
        let sent = write.map(|write| (write.item().cloned().unwrap_or_default(), write.send(client)));
        Sending::new(async move {
            let (item, answered) = sent?;
            let (_, cost) = answered.await?.into_parts();
            match item.read() {
                Ok(entity) => Ok(cost.of(entity)),
                Err(error) => Err(Error::item(call, error).after(&cost)),
            }
        })
    }
}

impl<E: Entity, C, W> sealed::Sealed for Put<E, C, W> {}

impl<E: Entity, C: Binding, W> ReturnsItem for Put<E, C, W> {
    type Client = C;
    type Input = PutItemInput;

    fn render(&self) -> Result<Rendered, Error> {
        let table = self.client.table_name::<E::Table>();
        render(self.call(), self.item.clone(), &self.guard, table, self.client.now()).map(Rendered)
    }

    fn explained(&self, write: Rendered) -> Result<Explained<PutItemInput>, Error> {
        Ok(Explained::of::<E::Table>(write.0.put_input()?, &self.client))
    }

    fn into_client(self) -> C {
        self.client
    }
}
