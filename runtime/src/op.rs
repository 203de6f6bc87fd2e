//! The operations: values that say what to do, and the requests they become.
//!
//! Each of these functions makes one, as the associated functions of [`Entity`] do, and is for code where an
//! entity's own function has such a name:
//!
//! ```
//! # use monotable::{Entity, Table};
//! # use serde::{Deserialize, Serialize};
//! # #[derive(Table)]
//! # #[table(name = "shop")]
//! # enum Shop { Order(Order) }
//! # #[derive(Entity, Serialize, Deserialize)]
//! # #[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
//! # struct Order { order_id: u64 }
//! use monotable::op;
//!
//! let key = OrderKey { order_id: 7 };
//! assert_eq!(op::delete(key.clone()).explain()?, Order::delete(key).explain()?);
//! # Ok::<(), monotable::Error>(())
//! ```

pub(crate) mod action;
mod asked;
pub(crate) mod batch_get;
pub(crate) mod batch_write;
pub(crate) mod check;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod exists;
pub(crate) mod get;
pub(crate) mod guard;
pub(crate) mod put;
pub(crate) mod read_modify_write;
pub(crate) mod returning;
pub(crate) mod transact;
pub(crate) mod transact_get;
pub(crate) mod update;
pub(crate) mod write;

use crate::entity::{Entity, EntityKey};
use crate::handle::Unbound;
use crate::op::check::Check;
use crate::op::delete::Delete;
use crate::op::exists::Exists;
use crate::op::guard::Conditional;
use crate::op::put::Put;
use crate::op::update::{Update, Upsert};

/// Writes an item, replacing what is there: see [`Put`].
pub fn put<E: Entity>(entity: &E) -> Put<E> {
    Put::new(entity)
}

/// Writes an item if its key is free: see [`Put`].
pub fn insert<E: Entity>(entity: &E) -> Put<E, Unbound, Conditional> {
    Put::new(entity).if_absent()
}

/// Writes an item if its key is taken: see [`Put`].
pub fn replace<E: Entity>(entity: &E) -> Put<E, Unbound, Conditional> {
    Put::new(entity).if_present()
}

/// Changes attributes of an item that is there: see [`Update`].
pub fn update<K: EntityKey>(key: K) -> Update<K::Entity> {
    Update::existing(key)
}

/// Changes attributes of an item, which comes into being if it is not there: see [`Upsert`].
pub fn upsert<K: EntityKey>(key: K) -> Upsert<K::Entity> {
    Update::creating(key)
}

/// Deletes the item with a key: see [`Delete`].
pub fn delete<K: EntityKey>(key: K) -> Delete<K::Entity> {
    Delete::new(key)
}

/// Says whether there is an item with a key: see [`Exists`].
pub fn exists<K: EntityKey>(key: K) -> Exists<K::Entity> {
    Exists::new(key)
}

/// In a transaction, that there is no item with a key: see [`Check`].
pub fn absent<K: EntityKey>(key: K) -> Check<K::Entity> {
    Check::absent(key)
}
