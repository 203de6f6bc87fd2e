//! From the entries of an index to the items they are of.

use super::request::Query;
use crate::entity::{Entity, EntityKey};
use crate::handle::{Handle, Sending};
use crate::index::Index;
use crate::key_set::KeySet;
use crate::op::batch_get::BatchGet;
use crate::table::Table;

/// The item that an index entry is of, or that it is gone: what [`Query::hydrate`] returns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hydrated<E: Entity> {
    /// The whole item, as the table has it now.
    Found(E),
    /// There is no such item any more: an entry disappears a moment after its item.
    Gone(E::Key),
}

impl<E: Entity> Hydrated<E> {
    /// The item, if it is there.
    pub fn found(self) -> Option<E> {
        match self {
            Self::Found(item) => Some(item),
            Self::Gone(_) => None,
        }
    }
}

impl<K, I, T> Query<K, I, Handle<T>>
where
    K: EntityKey + KeySet<T, Found = Option<<K as EntityKey>::Entity>>,
    I: Index,
    T: Table,
{
    /// Reads the whole items that the keys are of: the query, then `BatchGetItem` calls of 100 keys each. They
    /// come in the order of the query, and what is gone by then is told.
    ///
    /// It is for indexes that do not store whole items: from one that does, [`Handle::query`] costs less. An item
    /// may have changed since its entry was written, so that it does not match the query any more.
    ///
    /// # Cost
    ///
    /// That of the query, and 1 read unit for each 4 KB of each item: they are read consistently, because
    /// otherwise an item that was just created could look as if it were gone.
    ///
    /// # Errors
    ///
    /// As [`all`](Self::all) and [`BatchGet`].
    ///
    /// ```
    /// # use monotable::{Entity, Hydrated, Table};
    /// # use serde::{Deserialize, Serialize};
    /// #[derive(Table, Debug)]
    /// #[table(name = "shop", index(ByStatus, pk = "GSI1PK", sk = "GSI1SK", projection = keys))]
    /// enum Shop { Order(Order) }
    ///
    /// #[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
    /// #[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
    /// #[entity(index(ByStatus, pk = "STATUS#{status}", sk = "{order_id}"))]
    /// struct Order { order_id: String, status: String }
    ///
    /// # #[tokio::main] async fn main() -> Result<(), monotable::Error> {
    /// let shop = Shop::embedded().await?;
    /// let order = Order { order_id: "7".into(), status: "open".into() };
    /// shop.put(&order).await?;
    ///
    /// let orders = shop.query_keys(Order::by_status("open")).hydrate().await?;
    /// assert_eq!(*orders, [Hydrated::Found(order)]);
    /// assert_eq!(orders.read_units(), 0.5 + 1.0);
    /// # Ok(()) }
    /// ```
    pub fn hydrate(self) -> Sending<Vec<Hydrated<K::Entity>>> {
        Sending::new(async move {
            let (handle, wants_expired) = (self.client.clone(), self.expires_by.is_none());
            let (keys, mut cost) = self.all().await?.into_parts();
            let items = BatchGet::of(keys.clone()).consistent().with(handle);
            let items = if wants_expired { items.including_expired() } else { items }.await;
            let items = items.map_err(|error| error.after(&cost))?;
            cost += items.cost();
            Ok(cost.of(keys.into_iter().zip(items).map(hydrated).collect()))
        })
    }
}

fn hydrated<E: Entity>((key, item): (E::Key, Option<E>)) -> Hydrated<E> {
    item.map_or(Hydrated::Gone(key), Hydrated::Found)
}
