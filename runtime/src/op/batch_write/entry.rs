//! What a batch is put together of: puts and deletes without conditions.

use std::marker::PhantomData;
use std::sync::Arc;
use std::time::SystemTime;

use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{DeleteRequest, PutRequest, WriteRequest};

use crate::entity::{Entity, EntityKey};
use crate::error::{Call, Error};
use crate::handle::Unbound;
use crate::item::{EncodeError, EncodedItem, Item, StoredKey, encode, to_stored};
use crate::key_set::AnyKey;
use crate::model::EntityModel;
use crate::op::delete::Delete;
use crate::op::guard::Unconditional;
use crate::op::put::Put;
use crate::table::{InTable, Table};
use crate::unique::constraint_names;

/// What is around the item or key of a request.
const AROUND: usize = r#"{"DeleteRequest":{"Key":}},"#.len();

/// What can be put in a batch of table `T`: an entity of it, `&order`, or a put without conditions, `order.put()`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be put in a batch of table `{T}`",
    label = "expected an entity, such as `&order`, or a put without conditions, such as `order.put()`",
    note = "a batch has no conditions; inserts, replacements and what has a `.when(..)` go by themselves, or into \
            `.transact()`"
)]
pub trait BatchPut<T>: sealed::Sealed {
    #[doc(hidden)]
    fn into_entry(self) -> BatchEntry<T>;
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
    fn into_entry(self) -> BatchEntry<T>;
}

/// One write of a batch, or why there is none.
#[doc(hidden)]
#[derive(Debug)]
pub struct BatchEntry<T>(pub(super) Result<Entry, Error>, pub(super) PhantomData<fn() -> T>);

/// One write of a batch.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) entity: &'static str,
    kind: EntryKind,
    key: StoredKey,
    /// Which item it is of, as DynamoDB compares keys.
    pub(super) item: StoredKey,
    /// The bytes of JSON that it takes in a request.
    pub(super) length: usize,
}

#[derive(Debug, Clone)]
enum EntryKind {
    /// Not copied for each request that it is in.
    Put(Arc<EncodedItem>),
    Delete(Item),
}

impl<T> BatchEntry<T> {
    fn of(entry: Result<Entry, Error>) -> Self {
        Self(entry, PhantomData)
    }

    fn put<E: Entity>(item: Result<EncodedItem, EncodeError>) -> Self {
        let key = item.as_ref().ok().and_then(StoredKey::of::<E::Table>);
        let call = || Call { operation: "put", entity: E::MODEL.name, key: key.clone() };
        let item = item.and_then(|item| to_stored::<E>(item, false, SystemTime::now()));
        let item = item.map_err(|error| Error::encode(call(), error));
        Self::of(item.and_then(|item| plain::<E>(call).map(|()| Entry::put::<E>(item))))
    }
}

/// Refuses what is more than a put: a version has a condition, and a unique constraint other writes.
fn plain<E: Entity>(call: impl Fn() -> Call) -> Result<(), Error> {
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

impl Entry {
    fn put<E: Entity>(item: EncodedItem) -> Self {
        let (key, length) = (StoredKey::of::<E::Table>(&item), item.json_len());
        Self::new(E::MODEL.name, EntryKind::Put(Arc::new(item)), key, length)
    }

    fn delete<T: Table>(entity: &'static str, key: Item) -> Self {
        let (stored, length) = (StoredKey::of::<T>(&key), EncodedItem::from(&key).json_len());
        Self::new(entity, EntryKind::Delete(key), stored, length)
    }

    fn new(entity: &'static str, kind: EntryKind, key: Option<StoredKey>, length: usize) -> Self {
        let key = key.expect("a write has the key of its table");
        Self { entity, kind, item: key.clone().identity(), key, length: AROUND + length }
    }

    /// What it is called in an error.
    pub(super) fn call(&self) -> Call {
        Call { operation: "batch_write", entity: self.entity, key: Some(self.key.clone()) }
    }

    pub(super) fn key_text(&self) -> String {
        self.key.to_string()
    }

    /// The request, whose item is not in it yet.
    pub(super) fn request(&self, items: &mut Vec<Arc<EncodedItem>>) -> Result<WriteRequest, BuildError> {
        let request = WriteRequest::builder();
        Ok(match &self.kind {
            EntryKind::Put(item) => {
                items.push(item.clone());
                request.put_request(PutRequest::builder().set_item(Some(Item::new())).build()?)
            }
            EntryKind::Delete(key) => {
                request.delete_request(DeleteRequest::builder().set_key(Some(key.clone())).build()?)
            }
        }
        .build())
    }
}

impl<T, E: Entity + InTable<T>> BatchPut<T> for &E
where
    T: Table,
{
    fn into_entry(self) -> BatchEntry<T> {
        BatchEntry::put::<E>(encode(self))
    }
}

impl<T: Table, E: Entity + InTable<T>> BatchPut<T> for Put<E, Unbound, Unconditional> {
    fn into_entry(self) -> BatchEntry<T> {
        BatchEntry::put::<E>(self.into_item())
    }
}

impl<T: Table, K: EntityKey> BatchDelete<T> for K
where
    K::Entity: InTable<T>,
{
    fn into_entry(self) -> BatchEntry<T> {
        Delete::<K::Entity>::new(self).into_entry()
    }
}

impl<T: Table, E: Entity + InTable<T>> BatchDelete<T> for Delete<E, Unbound, Unconditional> {
    fn into_entry(self) -> BatchEntry<T> {
        let call = self.call();
        let key = no_constraints(&E::MODEL, || call.clone()).and_then(|()| self.into_key());
        BatchEntry::of(key.map(|key| Entry::delete::<T>(E::MODEL.name, key)))
    }
}

/// A key of any entity of the table.
impl<T: Table> BatchDelete<T> for AnyKey<T> {
    fn into_entry(self) -> BatchEntry<T> {
        let key = self.key.as_ref().ok().and_then(StoredKey::of::<T>);
        let call = Call { operation: "delete", entity: self.entity, key };
        let model = T::ENTITIES.iter().find(|entity| entity.type_name == self.type_name);
        let plain = model.map_or(Ok(()), |entity| no_constraints(entity, || call.clone()));
        let key = plain.and_then(|()| self.key.map_err(|error| Error::key(call, error)));
        BatchEntry::of(key.map(|key| Entry::delete::<T>(self.entity, key)))
    }
}

mod sealed {
    pub trait Sealed {}
    impl<E: crate::entity::Entity> Sealed for &E {}
    impl<E, C, G> Sealed for crate::op::put::Put<E, C, G> {}
}
