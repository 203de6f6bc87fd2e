//! A condition on an item that is not written: `ConditionCheck`, in a transaction only.

use std::time::SystemTime;

use crate::entity::{Entity, EntityKey};
use crate::error::{Call, Error};
use crate::expr::condition::Condition;
use crate::handle::Unbound;
use crate::item::{Item, StoredKey, key_item};
use crate::key::KeyError;
use crate::managed::{Expected, Versioned};
use crate::op::guard::{Guard, Presence};
use crate::op::write::{Kind, Write};

/// What has to hold of an item that a transaction does not write: a `ConditionCheck`.
///
/// It comes from [`Exists::when`](crate::Exists::when), for an item of a certain state, and from
/// [`Entity::absent`](crate::Entity::absent), for a free key, and goes to
/// [`Transact::check`](crate::Transact::check). [`Exists`](crate::Exists) itself goes there too.
///
/// ```
/// # use monotable::{Entity, Table, Transact};
/// # use serde::{Deserialize, Serialize};
/// # #[derive(Table)]
/// # #[table(name = "shop")]
/// # enum Shop { Customer(Customer), Order(Order) }
/// #[derive(Entity, Serialize, Deserialize)]
/// #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "PROFILE")]
/// struct Customer { customer_id: String, blocked: bool }
///
/// # #[derive(Entity, Serialize, Deserialize)]
/// # #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{number:06}")]
/// # struct Order { customer_id: String, number: u32 }
/// # fn f(customer: CustomerKey, order: Order) -> Transact<Shop> {
/// Transact::<Shop>::new()
///     .check(Customer::exists(customer).when(Customer::BLOCKED.eq(false)))
///     .put(order.insert())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a check does nothing until it is in a transaction"]
pub struct Check<E, C = Unbound> {
    key: Result<Item, KeyError>,
    guard: Guard<E>,
    // Where it is of another table than the transaction's.
    pub(crate) client: C,
}

impl<E: Entity, C> Check<E, C> {
    pub(crate) fn present(key: Result<Item, KeyError>, client: C) -> Self {
        Self::new(key, Presence::Present, client)
    }

    fn new(key: Result<Item, KeyError>, presence: Presence, client: C) -> Self {
        let mut guard = Guard::none();
        guard.presence = presence;
        Self { key, guard, client }
    }

    /// Only if this holds of the item too. Several conditions have to hold together.
    pub fn when(mut self, condition: Condition<E>) -> Self {
        self.guard.when(condition);
        self
    }

    /// Only if the item has this version: the one that it was read with.
    pub fn at_version(mut self, version: E::Version) -> Self
    where
        E: Versioned,
    {
        self.guard.version = Some(Expected::of(&version));
        self
    }

    pub(crate) fn into_write(self, table: &str, now: SystemTime) -> Result<Write, Error> {
        let key_text = self.key.as_ref().ok().and_then(StoredKey::of::<E::Table>);
        let call = Call { operation: "check", entity: E::MODEL.name, key: key_text };
        let key = self.key.map_err(|error| Error::key(call.clone(), error))?;
        let guarded = self.guard.render(now).map_err(|problem| Error::condition(call.clone(), &problem))?;
        Ok(Write::new(call, table, Kind::Check { key }, guarded, None))
    }
}

impl<E: Entity> Check<E> {
    pub(crate) fn absent(key: E::Key) -> Self
    where
        E::Key: EntityKey<Entity = E>,
    {
        Self::new(key_item(&key), Presence::Absent, Unbound)
    }
}
