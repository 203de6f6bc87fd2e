//! An opened table: what operations are sent through.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::SystemTime;

use aws_sdk_dynamodb::types::ReturnConsumedCapacity;

use crate::caller::Meter;
use crate::collection::{Collect, Collection};
use crate::entity::{Entity, EntityKey};
use crate::error::Error;
use crate::index::StoresWholeItems;
use crate::key_set::KeySet;
use crate::maintenance::{Maintenance, ScansWithoutReason};
use crate::metered::Metered;
use crate::op::batch_get::BatchGet;
use crate::op::create::Create;
use crate::op::delete::Delete;
use crate::op::exists::Exists;
use crate::op::get::Get;
use crate::op::guard::Conditional;
use crate::op::put::Put;
use crate::op::transact_get::TransactGet;
use crate::projection::Projection;
use crate::query::cursor::CursorKeys;
use crate::query::request::Query;
use crate::query::typed::{KeyQuery, TypedQuery};
use crate::table::{InTable, Table};

/// An opened table: the SDK's client and the table's name.
///
/// Cloning is cheap, and operations own a clone, so nothing borrows from it.
pub struct Handle<T> {
    opened: Arc<Opened>,
    table: PhantomData<fn() -> T>,
}

/// What a handle and its clones share. A handle that is changed has its own from then on.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    pub(crate) client: aws_sdk_dynamodb::Client,
    pub(crate) name: Arc<str>,
    pub(crate) meter: Meter,
    cursor_keys: Option<CursorKeys>,
}

/// Stands where an operation has no handle yet: it is a value.
#[derive(Debug, Clone, Copy)]
pub struct Unbound;

/// What an operation is bound to: a handle, or nothing yet.
pub trait Binding: sealed::Sealed {
    /// The name of the table it would be sent to.
    #[doc(hidden)]
    fn table_name<T: Table>(&self) -> &str;
    /// What time it is.
    #[doc(hidden)]
    fn now(&self) -> SystemTime;
    /// What cursors are signed with.
    #[doc(hidden)]
    fn cursor_keys(&self) -> Option<&CursorKeys>;
    /// How much DynamoDB is to report of what is consumed.
    #[doc(hidden)]
    fn level(&self) -> ReturnConsumedCapacity {
        ReturnConsumedCapacity::Indexes
    }
}

impl Binding for Unbound {
    fn table_name<T: Table>(&self) -> &str {
        T::NAME
    }

    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn cursor_keys(&self) -> Option<&CursorKeys> {
        None
    }
}

impl<B: Table> Binding for Handle<B> {
    fn table_name<T: Table>(&self) -> &str {
        &self.opened.name
    }

    /// By the clock of the client, so that one clock rules: the SDK signs by it too.
    fn now(&self) -> SystemTime {
        self.opened.client.config().time_source().map_or_else(SystemTime::now, |source| source.now())
    }

    fn cursor_keys(&self) -> Option<&CursorKeys> {
        self.opened.cursor_keys.as_ref()
    }

    fn level(&self) -> ReturnConsumedCapacity {
        self.opened.meter.level.clone()
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Unbound {}
    impl<T> Sealed for super::Handle<T> {}
}

impl<T: Table> Handle<T> {
    pub(crate) fn new(client: aws_sdk_dynamodb::Client) -> Self {
        let opened = Opened { client, name: T::NAME.into(), meter: Meter::default(), cursor_keys: None };
        Self { opened: opened.into(), table: PhantomData }
    }

    /// The same table under another name, such as `"shop-staging"`.
    #[must_use = "this returns a handle; the one it is called on is gone"]
    pub fn named(mut self, name: impl Into<Arc<str>>) -> Self {
        self.opened_mut().name = name.into();
        self
    }

    /// Signs the cursors of this handle's queries, and accepts no others: see [`CursorKeys`].
    #[must_use = "this returns a handle; the one it is called on is gone"]
    pub fn sign_cursors(mut self, keys: CursorKeys) -> Self {
        self.opened_mut().cursor_keys = Some(keys);
        self
    }

    /// The table's name in DynamoDB.
    pub fn name(&self) -> &str {
        &self.opened.name
    }

    /// The same table, through another client.
    #[cfg(feature = "testing")]
    pub(crate) fn through(mut self, client: aws_sdk_dynamodb::Client) -> Self {
        self.opened_mut().client = client;
        self
    }

    /// The same handle, where `U` is known to be this table in another way than by its type.
    pub(crate) fn into_handle_of<U>(self) -> Handle<U> {
        Handle { opened: self.opened, table: PhantomData }
    }

    pub(crate) fn opened(&self) -> &Arc<Opened> {
        &self.opened
    }

    pub(crate) fn opened_mut(&mut self) -> &mut Opened {
        Arc::make_mut(&mut self.opened)
    }

    pub(crate) fn shared_name(&self) -> Arc<str> {
        self.opened.name.clone()
    }

    /// The SDK's client, for calls that this library does not make.
    pub fn sdk(&self) -> &aws_sdk_dynamodb::Client {
        &self.opened.client
    }

    /// Creates the table and its indexes, as the model says, if it is missing: see [`Create`].
    pub fn create(&self) -> Create<T> {
        Create::new(self.clone())
    }

    /// Writes an item, replacing what is there: see [`Put`].
    pub fn put<E: Entity + InTable<T>>(&self, entity: &E) -> Put<E, Handle<T>> {
        Put::new(entity).with(self.clone())
    }

    /// Writes an item if its key is free: see [`Put`].
    pub fn insert<E: Entity + InTable<T>>(&self, entity: &E) -> Put<E, Handle<T>, Conditional> {
        Put::new(entity).if_absent().with(self.clone())
    }

    /// Writes an item if its key is taken: see [`Put`].
    pub fn replace<E: Entity + InTable<T>>(&self, entity: &E) -> Put<E, Handle<T>, Conditional> {
        Put::new(entity).if_present().with(self.clone())
    }

    /// Reads one item by its key: see [`Get`].
    pub fn get<K: EntityKey>(&self, key: K) -> Get<K::Entity, Handle<T>>
    where
        K::Entity: InTable<T>,
    {
        Get::new(key).with(self.clone())
    }

    /// Reads any number of items by their keys, of any mix of entities: see [`BatchGet`] and [`KeySet`].
    ///
    /// ```
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table, Debug)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Customer(Customer), Order(Order) }
    /// # #[derive(Entity, Serialize, Deserialize, Debug, PartialEq)]
    /// # #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "PROFILE")]
    /// # struct Customer { customer_id: String }
    /// # #[derive(Entity, Serialize, Deserialize, Debug, PartialEq)]
    /// # #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{number:06}")]
    /// # struct Order { customer_id: String, number: u32 }
    /// # #[cfg(feature = "embedded")]
    /// # #[tokio::main] async fn main() -> Result<(), monotable::Error> {
    /// # let shop = Shop::embedded().await?;
    /// shop.put(&Customer { customer_id: "ada".into() }).await?;
    ///
    /// let customer = CustomerKey { customer_id: "ada".into() };
    /// let order = OrderKey { customer_id: "ada".into(), number: 7 };
    /// let read = shop.batch_get((customer, order)).await?;
    /// assert_eq!(read.read_units(), 1.0);
    /// assert_eq!(*read, (Some(Customer { customer_id: "ada".into() }), None));
    /// # Ok(()) }
    /// # #[cfg(not(feature = "embedded"))] fn main() {}
    /// ```
    pub fn batch_get<S: KeySet<T>>(&self, keys: S) -> BatchGet<T, S::Found, Handle<T>> {
        BatchGet::of(keys).with(self.clone())
    }

    /// Reads up to 100 items as they were at one moment: see [`TransactGet`] and [`KeySet`].
    ///
    /// ```
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table, Debug)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Account(Account) }
    /// # #[derive(Entity, Serialize, Deserialize, Debug, PartialEq)]
    /// # #[entity(table = Shop, pk = "ACCOUNT#{name}", sk = "ACCOUNT")]
    /// # struct Account { name: String, cents: u64 }
    /// # #[cfg(feature = "embedded")]
    /// # #[tokio::main] async fn main() -> Result<(), monotable::Error> {
    /// # let shop = Shop::embedded().await?;
    /// # let account = |name: &str| AccountKey { name: name.into() };
    /// shop.put(&Account { name: "mine".into(), cents: 300 }).await?;
    ///
    /// let read = shop.transact_get([account("mine"), account("yours")]).await?;
    /// assert_eq!(read.read_units(), 4.0);
    /// let [mine, yours] = read.into_inner();
    /// assert_eq!((mine.map(|account| account.cents), yours), (Some(300), None));
    /// # Ok(()) }
    /// # #[cfg(not(feature = "embedded"))] fn main() {}
    /// ```
    pub fn transact_get<S: KeySet<T>>(&self, keys: S) -> TransactGet<T, S::Found, Handle<T>> {
        TransactGet::of(keys).with(self.clone())
    }

    /// Says whether there is an item with this key: see [`Exists`].
    pub fn exists<K: EntityKey>(&self, key: K) -> Exists<K::Entity, Handle<T>>
    where
        K::Entity: InTable<T>,
    {
        Exists::new(key).with(self.clone())
    }

    /// Deletes one item by its key: see [`Delete`].
    pub fn delete<K: EntityKey>(&self, key: K) -> Delete<K::Entity, Handle<T>>
    where
        K::Entity: InTable<T>,
    {
        Delete::new(key).with(self.clone())
    }

    /// Reads the items of one entity in one partition: see [`Query`].
    pub fn query<Q: TypedQuery>(&self, query: Q) -> Query<Q::Entity, Q::Index, Handle<T>>
    where
        Q::Entity: InTable<T>,
        Q::Index: StoresWholeItems,
    {
        query.into_typed_query().with(self.clone())
    }

    /// Reads the primary keys of one entity's items in one partition, instead of the items: see [`Query`].
    ///
    /// It works on every index, those with `projection = keys` included. What it costs is the size of what the
    /// index stores; only the keys are sent.
    ///
    /// ```
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// #[derive(Table, Debug)]
    /// #[table(name = "shop", index(ByStatus, pk = "GSI1PK", sk = "GSI1SK", projection = keys))]
    /// enum Shop { Order(Order) }
    ///
    /// #[derive(Entity, Serialize, Deserialize, Debug)]
    /// #[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
    /// #[entity(index(ByStatus, pk = "STATUS#{status}", sk = "{order_id}"))]
    /// struct Order { order_id: String, status: String }
    ///
    /// # #[tokio::main] async fn main() -> Result<(), monotable::Error> {
    /// let shop = Shop::embedded().await?;
    /// shop.put(&Order { order_id: "7".into(), status: "open".into() }).await?;
    /// let keys = shop.query_keys(Order::by_status("open")).await?;
    /// assert_eq!(*keys, [OrderKey { order_id: "7".into() }]);
    /// # Ok(()) }
    /// ```
    pub fn query_keys<Q: TypedQuery>(
        &self,
        query: Q,
    ) -> Query<<Q::Entity as Entity>::Key, Q::Index, Handle<T>>
    where
        Q::Entity: InTable<T>,
    {
        query.into_typed_query().keys().with(self.clone())
    }

    /// Reads some attributes of an entity, a [`Projection`] `P`, instead of whole items: returns a
    /// [`Projected`](crate::Projected).
    ///
    /// From an index that stores only some attributes this is how entries are read; the derive of the projection
    /// names the index and proves that it stores what is read. From the table, and from indexes that store whole
    /// items, it saves bandwidth, but no read units: DynamoDB charges for the stored size.
    ///
    /// ```
    /// # use monotable::{Entity, Projection, Table};
    /// # use serde::{Deserialize, Serialize};
    /// #[derive(Table, Debug)]
    /// #[table(name = "shop", index(ByStatus, pk = "GSI1PK", sk = "GSI1SK", projection = include(cents)))]
    /// enum Shop { Order(Order) }
    ///
    /// #[derive(Entity, Serialize, Deserialize, Debug)]
    /// #[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
    /// #[entity(index(ByStatus, pk = "STATUS#{status}", sk = "{order_id}"))]
    /// struct Order { order_id: String, status: String, cents: u64, note: String }
    ///
    /// #[derive(Projection, Deserialize, Debug, PartialEq)]
    /// #[projection(entity = Order, index(ByStatus))]
    /// struct Total { cents: u64 }
    ///
    /// # #[tokio::main] async fn main() -> Result<(), monotable::Error> {
    /// let shop = Shop::embedded().await?;
    /// let (order_id, status, note) = ("7".into(), "open".into(), "-".repeat(9000));
    /// shop.put(&Order { order_id, status, cents: 999, note }).await?;
    ///
    /// let totals = shop.projection::<Total>().query(Order::by_status("open")).await?;
    /// assert_eq!(*totals, [Total { cents: 999 }]);
    /// // The entries of the index are small. The whole item takes 1.5 units.
    /// assert_eq!(totals.read_units(), 0.5);
    /// # Ok(()) }
    /// ```
    pub fn projection<P: Projection>(&self) -> P::View<T>
    where
        P::Entity: InTable<T>,
    {
        self.clone().into()
    }

    /// Reads the items of every entity in one partition, as values of the table's enum.
    ///
    /// The query says which partition of which index: `shop.item_collection(Order::by_order_id("o1"))`
    /// reads the whole partition of that order, not its `Order` items alone. Steps taken on the sort key
    /// still hold. Otherwise it is a [`Query`].
    pub fn item_collection<Q: KeyQuery>(&self, query: Q) -> Query<T, Q::Index, Handle<T>>
    where
        Q::Entity: InTable<T>,
        Q::Index: StoresWholeItems,
    {
        query.into_query().of_any_entity::<T>().with(self.clone())
    }

    /// Reads one partition into a struct with a member for each of its entities, a [`Collection`] `C`: see
    /// [`Collect`].
    ///
    /// Items that no member is for are an error. Steps taken on the sort key hold.
    ///
    /// ```
    /// use monotable::{Collection, Entity, Table};
    /// use serde::{Deserialize, Serialize};
    ///
    /// #[derive(Table, Debug)]
    /// #[table(name = "shop")]
    /// enum Shop { Customer(Customer), Order(Order) }
    ///
    /// #[derive(Entity, Serialize, Deserialize, Debug)]
    /// #[entity(table = Shop, pk = "CUSTOMER#{id}", sk = "PROFILE")]
    /// struct Customer { id: String, name: String }
    ///
    /// #[derive(Entity, Serialize, Deserialize, Debug)]
    /// #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{number}")]
    /// struct Order { customer_id: String, number: u32 }
    ///
    /// #[derive(Collection, Debug)]
    /// #[collection(of = Customer)]
    /// struct CustomerPage { customer: Customer, orders: Vec<Order> }
    ///
    /// # #[tokio::main] async fn main() -> Result<(), monotable::Error> {
    /// let shop = Shop::embedded().await?;
    /// shop.put(&Customer { id: "ada".into(), name: "Ada".into() }).await?;
    /// for number in [7, 8] {
    ///     shop.put(&Order { customer_id: "ada".into(), number }).await?;
    /// }
    /// let page = shop.collection::<CustomerPage>(Customer::by_id("ada")).await?;
    /// assert_eq!(page.customer.name, "Ada");
    /// assert_eq!(page.orders.len(), 2);
    /// assert_eq!(page.read_units(), 0.5);
    /// # Ok(()) }
    /// ```
    pub fn collection<C: Collection>(
        &self,
        query: impl KeyQuery<Entity = C::Of, Index = C::Index>,
    ) -> Collect<C, Handle<T>>
    where
        C::Of: InTable<T>,
        C::Index: StoresWholeItems,
    {
        Collect::new(query.into_query().of_items(C::NAME).with(self.clone()))
    }

    /// Work on the whole table, for which alone there are scans: see [`Maintenance`].
    ///
    /// The reason says what it is for, such as `"backfill of totals"`. It is in errors and in the progress of
    /// the scan. An empty one is refused before anything is sent
    /// ([`InvalidRequest`](crate::ErrorKind::InvalidRequest)).
    pub fn maintenance(&self, reason: impl AsRef<str>) -> Maintenance<T> {
        Maintenance::new(self.clone(), reason.as_ref())
    }

    /// No table can be scanned like this: rustc says where scans are, instead of taking it for an iterator's.
    #[doc(hidden)]
    pub fn scan(&self)
    where
        T: ScansWithoutReason,
    {
    }
}

impl<T> Clone for Handle<T> {
    fn clone(&self) -> Self {
        Self { opened: self.opened.clone(), table: PhantomData }
    }
}

impl<T> fmt::Debug for Handle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle").field("name", &self.opened.name).finish_non_exhaustive()
    }
}

/// An operation on its way: what awaiting one runs.
///
/// It holds the finished request, so it borrows nothing and can be spawned.
#[must_use = "futures do nothing unless they are awaited"]
pub struct Sending<T, E = Error>(Pin<Box<dyn Future<Output = Result<Metered<T>, E>> + Send>>);

impl<T, E> Sending<T, E> {
    pub(crate) fn new(future: impl Future<Output = Result<Metered<T>, E>> + Send + 'static) -> Self {
        Self(Box::pin(future))
    }
}

impl<T, E> Future for Sending<T, E> {
    type Output = Result<Metered<T>, E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl<T, E> fmt::Debug for Sending<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sending")
    }
}
