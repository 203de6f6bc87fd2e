//! What a batch is put together of: puts and deletes without conditions.

use super::writes::Writes;
use crate::entity::{Entity, EntityKey};
use crate::error::{Call, Error};
use crate::handle::Unbound;
use crate::item::{StoredKey, encode_into};
use crate::key::KeyValue;
use crate::key_set::AnyKey;
use crate::model::EntityModel;
use crate::op::delete::Delete;
use crate::op::guard::Unconditional;
use crate::op::put::Put;
use crate::table::{InTable, Table};
use crate::unique::constraint_names;

/// What can be put in a batch of table `T`: an entity of it, `&order`, or a put without conditions, `order.put()`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be put in a batch of table `{T}`",
    label = "expected an entity, such as `&order`, or a put without conditions, such as `order.put()`",
    note = "a batch has no conditions; inserts, replacements and what has a `.when(..)` go by themselves, or into \
            `.transact()`"
)]
pub trait BatchPut<T>: sealed::Sealed {
    #[doc(hidden)]
    fn add_to(self, writes: &mut Writes<T>) -> Result<(), Error>;
}

/// What can be deleted in a batch of table `T`: a key of one of its entities, or a delete without conditions.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be deleted in a batch of table `{T}`",
    label = "expected a key, such as `OrderKey {{ .. }}`, or a delete without conditions",
    note = "a batch has no conditions; a delete with `.if_present()` or `.when(..)` goes by itself, or into \
            `.transact()`"
)]
pub trait BatchDelete<T> {
    #[doc(hidden)]
    fn add_to(self, writes: &mut Writes<T>) -> Result<(), Error>;
}

/// Refuses what is more than a put: a version has a condition, and a unique constraint other writes.
pub(super) fn plain<E: Entity>(call: impl Fn() -> Call) -> Result<(), Error> {
    no_constraints(&E::MODEL, &call)?;
    if E::MODEL.version.is_some() {
        let reason = "its version is checked by a condition, and a batch has none; put it by itself or in a transaction";
        return Err(Error::refused(call(), reason));
    }
    Ok(())
}

fn no_constraints(entity: &EntityModel, call: impl Fn() -> Call) -> Result<(), Error> {
    if entity.unique.is_empty() {
        return Ok(());
    }
    let names = constraint_names(entity.unique);
    let reason = format!("a batch cannot keep {names}; write it by itself, or in a transaction");
    Err(Error::refused(call(), reason))
}

impl<T, E: Entity + InTable<T>> BatchPut<T> for &E
where
    T: Table,
{
    fn add_to(self, writes: &mut Writes<T>) -> Result<(), Error> {
        writes.put::<E>(|item, buffers| {
            let (partition, sort) = encode_into(self, item, buffers)?;
            *buffers = [partition.into_buffer(), sort.map(KeyValue::into_buffer).unwrap_or_default()];
            Ok(())
        })
    }
}

impl<T: Table, E: Entity + InTable<T>> BatchPut<T> for Put<E, Unbound, Unconditional> {
    fn add_to(self, writes: &mut Writes<T>) -> Result<(), Error> {
        writes.put::<E>(|item, _| self.into_item().map(|made| *item = made))
    }
}

impl<T: Table, K: EntityKey> BatchDelete<T> for K
where
    K::Entity: InTable<T>,
{
    fn add_to(self, writes: &mut Writes<T>) -> Result<(), Error> {
        Delete::<K::Entity>::new(self).add_to(writes)
    }
}

impl<T: Table, E: Entity + InTable<T>> BatchDelete<T> for Delete<E, Unbound, Unconditional> {
    fn add_to(self, writes: &mut Writes<T>) -> Result<(), Error> {
        let call = self.call();
        no_constraints(&E::MODEL, || call.clone())?;
        writes.delete(E::MODEL.name, &self.into_key()?);
        Ok(())
    }
}

/// A key of any entity of the table.
impl<T: Table> BatchDelete<T> for AnyKey<T> {
    fn add_to(self, writes: &mut Writes<T>) -> Result<(), Error> {
        let key = self.key.as_ref().ok().and_then(StoredKey::of::<T>);
        let call = Call { operation: "delete", entity: self.entity, key };
        let model = T::ENTITIES.iter().find(|entity| entity.type_name == self.type_name);
        model.map_or(Ok(()), |entity| no_constraints(entity, || call.clone()))?;
        writes.delete(self.entity, &self.key.map_err(|error| Error::key(call, error))?);
        Ok(())
    }
}

mod sealed {
    pub trait Sealed {}
    impl<E: crate::entity::Entity> Sealed for &E {}
    impl<E, C, G> Sealed for crate::op::put::Put<E, C, G> {}
}
