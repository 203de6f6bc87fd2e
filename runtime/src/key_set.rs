//! What keys are read together: one key, many, or a mix, and the outcome in the same shape.

mod places;
mod shape;

use std::fmt;
use std::marker::PhantomData;

use crate::entity::{Entity, EntityKey};
use crate::item::{Item, StoredKey, key_item};
use crate::key::KeyError;
use crate::table::{InTable, Table};

pub(crate) use self::places::Places;
pub(crate) use self::shape::Shape;
pub use self::shape::{OneKey, add_key};

/// Keys of table `T` that are read together, by [`Handle::batch_get`](crate::Handle::batch_get) and
/// [`Handle::transact_get`](crate::Handle::transact_get).
///
/// The outcome has the shape of what was asked: where a key stood, there is `Some` of what it is the key of,
/// or `None` if no such item is stored.
///
/// | keys | found |
/// |---|---|
/// | `OrderKey` | `Option<Order>` |
/// | [`AnyKey<Shop>`](AnyKey), of any entity of the table | `Option<Shop>` |
/// | `Vec` or slice of keys | `Vec`, in the order asked |
/// | array of keys | array |
/// | tuple of 2 to 8 | tuple |
///
/// They nest: `Vec<(CustomerKey, OrderKey)>` finds `Vec<(Option<Customer>, Option<Order>)>`, and
/// `(CustomerKey, Vec<OrderKey>)` finds `(Option<Customer>, Vec<Option<Order>>)`.
///
/// ```
/// # use monotable::{Entity, Table};
/// # use serde::{Deserialize, Serialize};
/// # #[derive(Table, Debug)]
/// # #[table(name = "shop")]
/// # enum Shop { Order(Order) }
/// # #[derive(Entity, Serialize, Deserialize, Debug, PartialEq)]
/// # #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{number:06}")]
/// # struct Order { customer_id: String, number: u32 }
/// # #[cfg(feature = "embedded")]
/// # #[tokio::main] async fn main() -> Result<(), monotable::Error> {
/// # let shop = Shop::embedded().await?;
/// let key = |number| OrderKey { customer_id: "ada".into(), number };
/// shop.put(&Order { customer_id: "ada".into(), number: 2 }).await?;
///
/// let [first, second] = shop.batch_get([key(1), key(2)]).await?.into_inner();
/// assert_eq!(first, None);
/// assert_eq!(second.map(|order| order.number), Some(2));
///
/// let orders: Vec<Option<Order>> = shop.batch_get((1..=300).map(key).collect::<Vec<_>>()).await?.into_inner();
/// assert_eq!(orders.len(), 300);
/// # Ok(()) }
/// # #[cfg(not(feature = "embedded"))] fn main() {}
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a set of keys of table `{T}`",
    label = "expected keys, such as `OrderKey {{ .. }}`",
    note = "a key is one, and so is a `Vec`, an array, a slice or a tuple of them; collect an iterator into a `Vec`"
)]
pub trait KeySet<T: Table> {
    /// What reading the keys gives.
    type Found: Send + 'static;
    /// What is left of the set without its keys: enough to put together what is found.
    #[doc(hidden)]
    type Shape: Shape<T, Found = Self::Found>;

    /// Adds the keys, in order.
    #[doc(hidden)]
    fn add_to(self, keys: &mut Keys<T>) -> Self::Shape;
}

/// The keys of a set, in order.
#[doc(hidden)]
pub type Keys<T> = Vec<AnyKey<T>>;

/// The key of any entity of table `T`, for mixes that are known at run time only.
///
/// ```
/// # use monotable::{AnyKey, Entity, Table};
/// # use serde::{Deserialize, Serialize};
/// # #[derive(Table, Debug)]
/// # #[table(name = "shop")]
/// # enum Shop { Customer(Customer), Order(Order) }
/// # #[derive(Entity, Serialize, Deserialize, Debug)]
/// # #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "PROFILE")]
/// # struct Customer { customer_id: String }
/// # #[derive(Entity, Serialize, Deserialize, Debug)]
/// # #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{number:06}")]
/// # struct Order { customer_id: String, number: u32 }
/// # #[cfg(feature = "embedded")]
/// # #[tokio::main] async fn main() -> Result<(), monotable::Error> {
/// # let shop = Shop::embedded().await?;
/// let keys: Vec<AnyKey<Shop>> = vec![
///     CustomerKey { customer_id: "ada".into() }.into(),
///     OrderKey { customer_id: "ada".into(), number: 1 }.into(),
/// ];
/// for found in shop.batch_get(keys).await? {
///     match found {
///         Some(Shop::Customer(customer)) => println!("{customer:?}"),
///         Some(Shop::Order(order)) => println!("{order:?}"),
///         None => println!("not there"),
///     }
/// }
/// # Ok(()) }
/// # #[cfg(not(feature = "embedded"))] fn main() {}
/// ```
pub struct AnyKey<T> {
    /// Made at once; a value that cannot stand in a key shows when the key is sent.
    pub(crate) key: Result<Item, KeyError>,
    /// The name of its entity.
    pub(crate) entity: &'static str,
    /// The type of its item.
    pub(crate) type_name: &'static str,
    table: PhantomData<fn() -> T>,
}

impl<T, K: EntityKey> From<K> for AnyKey<T>
where
    K::Entity: InTable<T>,
{
    fn from(key: K) -> Self {
        let model = K::Entity::MODEL;
        let (entity, type_name) = (model.name, model.type_name);
        Self { key: key_item(&key), entity, type_name, table: PhantomData }
    }
}

impl<T> Clone for AnyKey<T> {
    fn clone(&self) -> Self {
        let Self { entity, type_name, .. } = *self;
        Self { key: self.key.clone(), entity, type_name, table: PhantomData }
    }
}

/// `Order (PK = "CUSTOMER#ada", SK = "ORDER#000001")`
impl<T: Table> fmt::Debug for AnyKey<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.entity)?;
        match &self.key {
            Ok(key) => match StoredKey::of::<T>(key) {
                Some(key) => write!(f, " ({key})"),
                None => Ok(()),
            },
            Err(error) => write!(f, " ({error})"),
        }
    }
}
