//! Changing attributes of one item: `UpdateItem`.

mod clauses;
mod group;

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::time::SystemTime;

use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use serde::Serialize;

pub(crate) use self::clauses::Clauses;
pub use self::clauses::KeyAttributes;
pub use self::group::{FieldGroup, Together};
use crate::entity::{Entity, EntityKey};
use crate::error::{Call, Error};
use crate::explain::Explained;
use crate::expr::change::{Copied, Longer, Sum, elements};
use crate::expr::condition::Condition;
use crate::expr::field::Field;
use crate::expr::problem::Problem;
use crate::expr::render::Expressions;
use crate::expr::role::{ChangesInPlace, HoldsSet, Removes, Sets, SetsIfAbsent, StoredByType, Stores};
use crate::expr::update::{Action, Sign};
use crate::handle::{Binding, Handle, Sending, Unbound};
use crate::item::{StoredKey, encode, key_item};
use crate::managed::{Expected, Versioned};
use crate::metered::Metered;
use crate::op::guard::{Guard, Presence};
use crate::op::returning::{Rendered, Returning, ReturnsItem, sealed};
use crate::op::write::{Kind, Write};
use crate::table::{InTable, Table};
use crate::unique::Plan;
use crate::value::IntoValue;

/// Changes attributes of one item, and nothing else of it: one `UpdateItem` call.
///
/// [`Handle::update`] and [`Entity::update`] change an item that is there; without one it is an error, and none
/// comes into being. [`Handle::upsert`] and [`Entity::upsert`] make an [`Upsert`], which may create the item.
///
/// Each clause names a field by its constant. **Index keys follow**: where a field is set or removed that the key
/// in some index is composed of, that key is composed anew, or removed, in the same request. A field whose half of
/// a key has other parts too is set together with them ([`set_together`](Self::set_together)); setting it alone
/// does not compile. Natural indexes need nothing of this: DynamoDB composes their keys of the fields themselves.
///
/// DynamoDB changes all of it or nothing, and by what is stored at that moment: two `add`s at once both count.
///
/// ```
/// use monotable::{Entity, Table};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Table, Debug)]
/// #[table(name = "shop", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
/// enum Shop { Order(Order) }
///
/// #[derive(Entity, Serialize, Deserialize, Debug)]
/// #[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
/// #[entity(index(Gsi1, pk = "STATUS#{status}", sk = "{order_id}"))]
/// struct Order { order_id: String, status: String, cents: u64, note: Option<String> }
///
/// # #[tokio::main] async fn main() -> Result<(), monotable::Error> {
/// let shop = Shop::embedded().await?;
/// let order = Order { order_id: "7".into(), status: "open".into(), cents: 900, note: None };
/// shop.put(&order).await?;
///
/// let order = shop.update(OrderKey { order_id: "7".into() })
///     .set(Order::STATUS, "paid") // GSI1PK too
///     .add(Order::CENTS, 100)
///     .when(Order::STATUS.eq("open"))
///     .returning_new()
///     .await?;
/// assert_eq!((order.status.as_str(), order.cents), ("paid", 1000));
/// assert_eq!(shop.query(Order::by_status("paid")).await?.len(), 1);
/// # Ok(()) }
/// ```
///
/// # Cost
///
/// One write unit for each KB of the whole item, before or after, whichever is larger, however little changes; the
/// same for each index whose entry changes, twice where the index key changes
/// ([write capacity](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html)).
/// An update whose condition does not hold costs at least the item that it meets, which [`Error::cost`] computes.
///
/// # Errors
///
/// Before anything is sent: [`InvalidUpdate`](crate::ErrorKind::InvalidUpdate) if DynamoDB would not take the
/// update: a value that it does not store, two clauses for one place or for a place inside of another, no clause at
/// all, more than 300 operators and functions, more than 4096 bytes; [`InvalidKey`](crate::ErrorKind::InvalidKey) if
/// a value cannot stand in its key; [`InvalidCondition`](crate::ErrorKind::InvalidCondition). Where there is no item,
/// [`NotFound`](crate::ErrorKind::NotFound). With `when`, [`ConditionFailed`](crate::ErrorKind::ConditionFailed),
/// which has the item: [`Error::current`]. Otherwise what DynamoDB answers: it refuses, as
/// [`Service`](crate::ErrorKind::Service), a place inside of what is not there, and an `add` to `NULL`.
///
/// # Cancel safety
///
/// A dropped future may or may not have changed the item. Sending it again is harmless only if no clause depends on
/// what is stored, as `add` and `append` do.
#[must_use = "an update does nothing until it is awaited"]
pub struct Update<E: Entity, C = Unbound, P = MustExist> {
    key: E::Key,
    clauses: Clauses,
    guard: Guard<E>,
    pub(crate) client: C,
    presence: PhantomData<fn() -> P>,
}

/// An [`Update`] that creates the item if it is not there: one `UpdateItem` call.
///
/// What the key says is written with it: the fields of the key, the type of the item, and those index keys that the
/// primary key alone makes. Everything else that an item needs has to be set: an upsert that leaves out a field that
/// is required (no `Option`, no `#[serde(default)]`) is [`InvalidUpdate`](crate::ErrorKind::InvalidUpdate) and is not
/// sent. `set_if_absent` gives what only a new item is to have; `add` starts from 0, and `append` from an empty list.
///
/// With nothing but a key it is an upsert all the same: it creates an item that needs no more.
///
/// An item past its time (`#[entity(ttl)]`) that DynamoDB has not deleted yet is there for an upsert, and keeps what the
/// upsert does not mention.
///
/// ```
/// use monotable::{Entity, Table};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Table, Debug)]
/// #[table(name = "shop")]
/// enum Shop { Visits(Visits) }
///
/// #[derive(Entity, Serialize, Deserialize, Debug, PartialEq)]
/// #[entity(table = Shop, pk = "PAGE#{page}", sk = "VISITS")]
/// struct Visits { page: String, count: u64, first: String }
///
/// # #[tokio::main] async fn main() -> Result<(), monotable::Error> {
/// let shop = Shop::embedded().await?;
/// let page = VisitsKey { page: "home".into() };
/// for day in ["monday", "tuesday"] {
///     shop.upsert(page.clone()).add(Visits::COUNT, 1).set_if_absent(Visits::FIRST, day).await?;
/// }
/// let visits = shop.get(page.clone()).await?.into_inner();
/// assert_eq!(visits, Some(Visits { page: "home".into(), count: 2, first: "monday".into() }));
///
/// let error = shop.upsert(page).add(Visits::COUNT, 1).await.unwrap_err();
/// assert_eq!(error.kind(), monotable::ErrorKind::InvalidUpdate);
/// # Ok(()) }
/// ```
pub type Upsert<E, C = Unbound> = Update<E, C, MayCreate>;

/// The item of an update has to be there.
#[derive(Debug, Clone, Copy)]
pub struct MustExist;

/// An update may create its item: see [`Upsert`].
#[derive(Debug, Clone, Copy)]
pub struct MayCreate;

impl<E: Entity> Update<E> {
    pub(crate) fn existing<K: EntityKey<Entity = E>>(key: K) -> Self
    where
        E: Entity<Key = K>,
    {
        Self::of(key, Presence::Present)
    }
}

impl<E: Entity> Upsert<E> {
    pub(crate) fn creating<K: EntityKey<Entity = E>>(key: K) -> Self
    where
        E: Entity<Key = K>,
    {
        Self::of(key, Presence::Either)
    }
}

impl<E: Entity, P> Update<E, Unbound, P> {
    fn of(key: E::Key, presence: Presence) -> Self {
        let mut guard = Guard::none();
        guard.presence = presence;
        Self { key, clauses: Clauses::default(), guard, client: Unbound, presence: PhantomData }
    }

    pub(crate) fn with<C>(self, client: C) -> Update<E, C, P> {
        let Self { key, clauses, guard, presence, .. } = self;
        Update { key, clauses, guard, client, presence }
    }
}

impl<E: Entity, C: Binding, P> Update<E, C, P> {
    /// The field is `value` from now on: `SET #0 = :0`.
    ///
    /// What a put would leave out of the item is removed: `None`, an empty set, what `skip_serializing_if` says. A
    /// field of the primary key does not compile, because the key of an item never changes.
    ///
    /// ```
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
    /// # struct Order { id: u64, paid: bool, note: Option<String> }
    /// let update = Order::update(OrderKey { id: 7 }).set(Order::PAID, true).set(Order::NOTE, None);
    /// assert_eq!(update.explain()?.update_expression(), Some("SET #0 = :0 REMOVE #1"));
    /// # Ok::<(), monotable::Error>(())
    /// ```
    pub fn set<T, R>(mut self, field: Field<E, T, R>, value: impl IntoValue<T>) -> Self
    where
        R: Sets<E, T> + Stores<T>,
    {
        let value = value.into_value();
        self.clauses.push(field.set(&value));
        R::set(&mut self.clauses.touched, field.path.attribute, value);
        self
    }

    /// The fields are these from now on: several that some index keys are composed of together.
    ///
    /// The derive makes the struct, with the name of the entity and the names of the fields.
    ///
    /// ```
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
    /// # enum Shop { Product(Product) }
    /// #[derive(Entity, Serialize, Deserialize)]
    /// #[entity(table = Shop, pk = "PRODUCT#{sku}", sk = "PRODUCT")]
    /// #[entity(index(Gsi1, pk = "TENANT#{tenant}#STATUS#{status}", sk = "{sku}", query = by_status))]
    /// struct Product { sku: String, tenant: String, status: String }
    ///
    /// let both = ProductTenantStatus { tenant: "acme".into(), status: "sold".into() };
    /// let update = Product::update(ProductKey { sku: "p1".into() }).set_together(both);
    /// assert_eq!(update.explain()?.update_expression(), Some("SET #0 = :0, #1 = :1, #2 = :2"));
    /// # Ok::<(), monotable::Error>(())
    /// ```
    pub fn set_together(mut self, fields: impl FieldGroup<E>) -> Self {
        fields.set(&mut Together::new(&mut self.clauses));
        self
    }

    /// The field is `value` from now on, unless it is there: `SET #0 = if_not_exists(#0, :0)`.
    ///
    /// `None` changes nothing. A part of a composed index key does not compile: whether the key changes would only
    /// show in DynamoDB.
    ///
    /// ```
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
    /// # struct Order { id: u64, note: Option<String> }
    /// let update = Order::update(OrderKey { id: 7 }).set_if_absent(Order::NOTE, "by mail");
    /// assert_eq!(update.explain()?.update_expression(), Some("SET #0 = if_not_exists(#0, :0)"));
    /// # Ok::<(), monotable::Error>(())
    /// ```
    pub fn set_if_absent<T, R>(mut self, field: Field<E, T, R>, value: impl IntoValue<T>) -> Self
    where
        R: SetsIfAbsent<E> + Stores<T>,
    {
        self.clauses.push_if_any(field.set_if_absent(&value.into_value()));
        self
    }

    /// The field is from now on what another one is: `SET #0 = #1`.
    ///
    /// The other one is what it is before this update. DynamoDB refuses the update if it is not there.
    ///
    /// ```
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
    /// # struct Order { id: u64, cents: u64, was: u64 }
    /// let update = Order::update(OrderKey { id: 7 }).set_from(Order::WAS, Order::CENTS).set(Order::CENTS, 5);
    /// assert_eq!(update.explain()?.update_expression(), Some("SET #0 = #1, #1 = :0"));
    /// # Ok::<(), monotable::Error>(())
    /// ```
    pub fn set_from<T, R, R2>(mut self, field: Field<E, T, R>, other: Field<E, T, R2>) -> Self
    where
        R: ChangesInPlace<E, Copied>,
        R2: StoredByType,
    {
        self.clauses.push(field.copy(&other));
        self
    }

    /// The number is larger by `amount` from now on: `ADD #0 :0`.
    ///
    /// What is not there counts as 0. The sum is DynamoDB's, which knows nothing of Rust's types: where an item could
    /// not be read with it, say so with [`when`](Self::when). Inside of another attribute DynamoDB has no `ADD`, and
    /// it is `SET #0.#1 = if_not_exists(#0.#1, :0) + :1`, which does the same.
    ///
    /// ```
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Product(Product) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "PRODUCT#{sku}", sk = "PRODUCT")]
    /// # struct Product { sku: String, sold: u64 }
    /// let update = Product::update(ProductKey { sku: "p1".into() }).add(Product::SOLD, 2);
    /// assert_eq!(update.explain()?.update_expression(), Some("ADD #0 :0"));
    /// # Ok::<(), monotable::Error>(())
    /// ```
    pub fn add<T, R, N>(mut self, field: Field<E, T, R>, amount: N) -> Self
    where
        N: Serialize,
        R: ChangesInPlace<E, Sum<T, N>>,
    {
        self.clauses.push(field.add(&amount, Sign::Plus));
        self
    }

    /// The number is smaller by `amount` from now on: [`add`](Self::add) with the opposite sign.
    ///
    /// ```
    /// # use monotable::{Entity, Handle, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Product(Product) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "PRODUCT#{sku}", sk = "PRODUCT")]
    /// # struct Product { sku: String, stock: u64 }
    /// # async fn take(shop: Handle<Shop>, key: ProductKey) -> Result<(), monotable::Error> {
    /// // Without the condition an unsigned field could fall below 0, and the item could not be read any more.
    /// shop.update(key).sub(Product::STOCK, 2).when(Product::STOCK.ge(2)).await?;
    /// # Ok(()) }
    /// ```
    pub fn sub<T, R, N>(mut self, field: Field<E, T, R>, amount: N) -> Self
    where
        N: Serialize,
        R: ChangesInPlace<E, Sum<T, N>>,
    {
        self.clauses.push(field.add(&amount, Sign::Minus));
        self
    }

    /// The list has these elements at its end too: `SET #0 = list_append(if_not_exists(#0, :0), :1)`.
    ///
    /// What is not there counts as an empty list.
    ///
    /// ```
    /// # use monotable::{Entity, Handle, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
    /// # struct Order { id: u64, events: Vec<String> }
    /// # async fn ship(shop: Handle<Shop>) -> Result<(), monotable::Error> {
    /// shop.update(OrderKey { id: 7 }).append(Order::EVENTS, ["packed", "shipped"]).await?;
    /// # Ok(()) }
    /// ```
    pub fn append<T, R, X, V>(self, field: Field<E, T, R>, values: impl IntoIterator<Item = V>) -> Self
    where
        V: IntoValue<X>,
        X: Serialize,
        R: ChangesInPlace<E, Longer<T, X>>,
    {
        self.grow(field, values, Action::Append)
    }

    /// The list has these elements at its beginning too: `SET #0 = list_append(:1, if_not_exists(#0, :0))`.
    ///
    /// What is not there counts as an empty list.
    ///
    /// ```
    /// # use monotable::{Entity, Handle, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
    /// # struct Order { id: u64, latest: Vec<String> }
    /// # async fn ship(shop: Handle<Shop>) -> Result<(), monotable::Error> {
    /// shop.update(OrderKey { id: 7 }).prepend(Order::LATEST, ["shipped"]).await?;
    /// # Ok(()) }
    /// ```
    pub fn prepend<T, R, X, V>(self, field: Field<E, T, R>, values: impl IntoIterator<Item = V>) -> Self
    where
        V: IntoValue<X>,
        X: Serialize,
        R: ChangesInPlace<E, Longer<T, X>>,
    {
        self.grow(field, values, Action::Prepend)
    }

    fn grow<T, R, X: Serialize, V: IntoValue<X>>(
        mut self,
        field: Field<E, T, R>,
        values: impl IntoIterator<Item = V>,
        action: fn(aws_sdk_dynamodb::types::AttributeValue) -> Action,
    ) -> Self {
        self.clauses.push(field.grow(&elements(values), action));
        self
    }

    /// The field is not there from now on: `REMOVE #0`.
    ///
    /// It is an `Option`, an element of a list, or an entry of a map. With a part of an index key the half of that key
    /// goes too, and with it the item from the index. The elements behind a removed one move up.
    ///
    /// ```
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
    /// # struct Order { id: u64, note: Option<String>, events: Vec<String> }
    /// let update = Order::update(OrderKey { id: 7 }).remove(Order::NOTE).remove(Order::EVENTS.index(0));
    /// assert_eq!(update.explain()?.update_expression(), Some("REMOVE #0, #1[0]"));
    /// # Ok::<(), monotable::Error>(())
    /// ```
    pub fn remove<T, R: Removes<E, T>>(mut self, field: Field<E, T, R>) -> Self {
        self.clauses.push(field.remove());
        R::remove(&mut self.clauses.touched, field.path.attribute);
        self
    }

    /// The set has these elements too: `ADD #0 :0`.
    ///
    /// What is not there counts as an empty set. No elements are an error. It is for attributes, and not for sets
    /// inside of them, which DynamoDB changes as a whole only.
    ///
    /// ```
    /// # use std::collections::HashSet;
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Product(Product) }
    /// #[derive(Entity, Serialize, Deserialize)]
    /// #[entity(table = Shop, pk = "PRODUCT#{sku}", sk = "PRODUCT")]
    /// struct Product {
    ///     sku: String,
    ///     #[serde(default, with = "serde_dynamo::string_set")]
    ///     tags: HashSet<String>,
    /// }
    ///
    /// let update = Product::update(ProductKey { sku: "p1".into() }).insert_into_set(Product::TAGS, ["new"]);
    /// assert_eq!(update.explain()?.update_expression(), Some("ADD #0 :0"));
    /// # Ok::<(), monotable::Error>(())
    /// ```
    pub fn insert_into_set<T, R, X, V>(
        mut self,
        field: Field<E, T, R>,
        values: impl IntoIterator<Item = V>,
    ) -> Self
    where
        V: IntoValue<X>,
        R: HoldsSet<E, T, X>,
    {
        self.clauses.push(field.elements(elements(values), Action::Add));
        self
    }

    /// The set does not have these elements from now on: `DELETE #0 :0`.
    ///
    /// Taking the last element removes the attribute, because DynamoDB stores no empty set: give the field
    /// `#[serde(default)]`, or make it an `Option`.
    ///
    /// ```
    /// # use std::collections::HashSet;
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Product(Product) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "PRODUCT#{sku}", sk = "PRODUCT")]
    /// # struct Product {
    /// #     sku: String,
    /// #     #[serde(default, with = "serde_dynamo::string_set")]
    /// #     tags: HashSet<String>,
    /// # }
    /// let update = Product::update(ProductKey { sku: "p1".into() }).remove_from_set(Product::TAGS, ["new"]);
    /// assert_eq!(update.explain()?.update_expression(), Some("DELETE #0 :0"));
    /// # Ok::<(), monotable::Error>(())
    /// ```
    pub fn remove_from_set<T, R, X, V>(
        mut self,
        field: Field<E, T, R>,
        values: impl IntoIterator<Item = V>,
    ) -> Self
    where
        V: IntoValue<X>,
        R: HoldsSet<E, T, X>,
    {
        self.clauses.push(field.elements(elements(values), Action::Delete));
        self
    }

    /// Only if this holds of the item as it is before. Several conditions have to hold together.
    ///
    /// Where an [`Upsert`] finds no item, a condition sees an item without attributes.
    ///
    /// ```
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
    /// # struct Order { id: u64, paid: bool }
    /// let update = Order::update(OrderKey { id: 7 }).set(Order::PAID, true).when(Order::PAID.eq(false));
    /// assert_eq!(update.explain()?.condition_expression(), Some("attribute_exists(#1) AND #0 = :1"));
    /// # Ok::<(), monotable::Error>(())
    /// ```
    pub fn when(mut self, condition: Condition<E>) -> Self {
        self.guard.when(condition);
        self
    }

    /// Only if the item has this version: the one that it was read with. Without it an update advances whatever version
    /// there is.
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
    ///     stock: u32,
    ///     #[entity(version)]
    ///     version: u64,
    /// }
    /// # async fn update(shop: Handle<Shop>, product: Product) -> Result<(), monotable::Error> {
    /// shop.update(product.key()).at_version(product.version).set(Product::STOCK, 7).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn at_version(mut self, version: E::Version) -> Self
    where
        E: Versioned,
    {
        self.guard.version = Some(Expected::of(&version));
        self
    }

    /// Returns the item as it is after the update, at no extra cost. It comes last.
    ///
    /// ```
    /// # use monotable::{Entity, Handle, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Counter(Counter) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "COUNTER#{name}", sk = "COUNTER")]
    /// # struct Counter { name: String, last: u64 }
    /// # async fn next(shop: Handle<Shop>, key: CounterKey) -> Result<u64, monotable::Error> {
    /// let counter = shop.upsert(key).add(Counter::LAST, 1).returning_new().await?;
    /// Ok(counter.last)
    /// # }
    /// ```
    pub fn returning_new(self) -> Returning<Self, E> {
        Returning::new(self)
    }

    /// The request as it would be sent.
    ///
    /// # Errors
    ///
    /// As awaiting it, before anything is sent.
    pub fn explain(&self) -> Result<Explained<UpdateItemInput>, Error> {
        let write = self.render(self.client.table_name::<E::Table>(), self.client.now())?;
        Ok(Explained::of::<E::Table>(write.update_input()?, &self.client))
    }

    pub(crate) fn call(&self) -> Call {
        let key = key_item(&self.key).ok().as_ref().and_then(StoredKey::of::<E::Table>);
        let operation = if self.may_create() { "upsert" } else { "update" };
        Call { operation, entity: E::MODEL.name, key }
    }

    fn may_create(&self) -> bool {
        self.guard.presence == Presence::Either
    }

    /// Says what the item is now, where unique constraints need to know it: in a transaction, which reads nothing
    /// first, and elsewhere to save the read. If their values are others by then, the update fails as
    /// [`ConditionFailed`](crate::ErrorKind::ConditionFailed).
    pub fn was(mut self, old: &E) -> Self {
        self.guard.was = encode(old).ok().map(|item| item.to_item());
        self
    }

    pub(crate) fn into_write(self, table: &str, now: SystemTime) -> Result<Write, Error> {
        self.render(table, now)
    }

    fn render(&self, table: &str, now: SystemTime) -> Result<Write, Error> {
        let call = self.call();
        let key = key_item(&self.key).map_err(|error| Error::key(call.clone(), error))?;
        let clauses = match self.may_create() {
            true => self.clauses.of_new::<E>(&self.key, now),
            false => self.clauses.of_existing::<E>(&self.key, now),
        };
        let clauses = clauses.map_err(|refused| refused.of(call.clone()))?;
        let mut expressions = Expressions::default();
        let text = expressions.update(&clauses).map_err(|problem| Error::update(call.clone(), &problem))?;
        let guarded = self.guard.render_with(expressions, now);
        let guarded = guarded.map_err(|problem| match problem {
            // The condition has few of them.
            Problem::Substitutions(_) => Error::update(call.clone(), &problem),
            _ => Error::condition(call.clone(), &problem),
        })?;
        let expression = Some(text).filter(|text| !text.is_empty());
        let plan = Plan::of_update::<E>(&clauses, self.guard.known());
        Ok(Write::new(call, table, Kind::Update { key, expression }, guarded, plan))
    }
}

impl<E: Entity, C: Binding> Update<E, C> {
    /// Returns the item as it was before the update, at no extra cost. It comes last.
    ///
    /// ```
    /// # use monotable::{Entity, Handle, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
    /// # struct Order { id: u64, status: String }
    /// # async fn pay(shop: Handle<Shop>) -> Result<(), monotable::Error> {
    /// let was = shop.update(OrderKey { id: 7 }).set(Order::STATUS, "paid").returning_old().await?;
    /// println!("it was {}", was.status);
    /// # Ok(()) }
    /// ```
    pub fn returning_old(self) -> Returning<Self, E> {
        Returning::old(self)
    }
}

impl<E: Entity, C: Binding> Upsert<E, C> {
    /// Returns the item as it was before the upsert, if there was one, at no extra cost. It comes last.
    ///
    /// ```
    /// # use monotable::{Entity, Handle, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Session(Session) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "SESSION#{id}", sk = "SESSION")]
    /// # struct Session { id: u64, user: String }
    /// # async fn sign_in(shop: Handle<Shop>) -> Result<bool, monotable::Error> {
    /// let was = shop.upsert(SessionKey { id: 7 }).set(Session::USER, "ada").returning_old().await?;
    /// Ok(was.is_none())
    /// # }
    /// ```
    pub fn returning_old(self) -> Returning<Self, Option<E>> {
        Returning::old_if_any(self)
    }
}

impl<T: Table> Handle<T> {
    /// Changes attributes of an item that is there, by its key: see [`Update`].
    pub fn update<K: EntityKey>(&self, key: K) -> Update<K::Entity, Handle<T>>
    where
        K::Entity: InTable<T>,
    {
        Update::existing(key).with(self.clone())
    }

    /// Changes attributes of an item, which comes into being if it is not there: see [`Upsert`].
    pub fn upsert<K: EntityKey>(&self, key: K) -> Upsert<K::Entity, Handle<T>>
    where
        K::Entity: InTable<T>,
    {
        Update::creating(key).with(self.clone())
    }
}

impl<E: Entity, C, P> sealed::Sealed for Update<E, C, P> {}

impl<E: Entity, C: Binding, P> ReturnsItem for Update<E, C, P> {
    type Client = C;
    type Input = UpdateItemInput;

    fn render(&self) -> Result<Rendered, Error> {
        self.render(self.client.table_name::<E::Table>(), self.client.now()).map(Rendered)
    }

    fn explained(&self, write: Rendered) -> Result<Explained<UpdateItemInput>, Error> {
        Ok(Explained::of::<E::Table>(write.0.update_input()?, &self.client))
    }

    fn into_client(self) -> C {
        self.client
    }
}

impl<E: Entity, T: Table, P> IntoFuture for Update<E, Handle<T>, P> {
    type Output = Result<Metered<()>, Error>;
    type IntoFuture = Sending<()>;

    fn into_future(self) -> Self::IntoFuture {
        Write::sending(self.render(self.client.name(), self.client.now()), &self.client)
    }
}

impl<E: Entity, C: Clone, P> Clone for Update<E, C, P> {
    fn clone(&self) -> Self {
        let Self { key, clauses, guard, client, presence } = self;
        Self {
            key: key.clone(),
            clauses: clauses.clone(),
            guard: guard.clone(),
            client: client.clone(),
            presence: *presence,
        }
    }
}

impl<E: Entity, C, P> fmt::Debug for Update<E, C, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Update")
            .field("key", &self.key)
            .field("clauses", &self.clauses)
            .field("guard", &self.guard)
            .finish_non_exhaustive()
    }
}
