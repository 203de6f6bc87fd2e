//! What a batch is put together of: puts and deletes without conditions.

use std::marker::PhantomData;
use std::time::SystemTime;

use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{DeleteRequest, PutRequest, WriteRequest};

use crate::entity::{Entity, EntityKey};
use crate::error::{Call, Error};
use crate::handle::Unbound;
use crate::item::{EncodedItem, Item, KeyIdentity, describe_key};
use crate::key_set::AnyKey;
use crate::op::delete::Delete;
use crate::op::guard::Unconditional;
use crate::op::put::Put;
use crate::op::write::{Kind, Write};
use crate::table::{InTable, Table};

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
    /// Which item it is of, as DynamoDB compares keys.
    pub(super) item: KeyIdentity,
    /// The bytes of JSON that it takes in a request.
    pub(super) length: usize,
}

#[derive(Debug, Clone)]
enum EntryKind {
    Put(EncodedItem),
    Delete(Item),
}

impl<T: Table> BatchEntry<T> {
    fn of(write: Result<Write, Error>) -> Self {
        Self(write.and_then(plain).map(Entry::of::<T>), PhantomData)
    }
}

/// Refuses what is more than a write: a version has a condition, and a unique constraint other writes.
fn plain(write: Write) -> Result<Write, Error> {
    let reason = match &write.unique {
        Some(plan) => {
            format!("a batch cannot keep {}; write it by itself, or in a transaction", plan.names())
        }
        None if write.is_conditional() => {
            "its version is checked by a condition, and a batch has none; put it by itself or in a transaction"
                .to_owned()
        }
        None => return Ok(write),
    };
    Err(Error::refused(write.call, reason))
}

impl Entry {
    fn of<T: Table>(write: Write) -> Self {
        let item = write.identity::<T>().expect("a write has the key of its table");
        let (kind, length) = match write.kind {
            Kind::Put { item } => {
                let length = item.json_len();
                (EntryKind::Put(item), length)
            }
            Kind::Delete { key } => {
                let length = EncodedItem::from(&key).json_len();
                (EntryKind::Delete(key), length)
            }
            Kind::Update { .. } | Kind::Check { .. } => unreachable!("a batch has puts and deletes alone"),
        };
        Self { entity: write.call.entity, kind, item, length: AROUND + length }
    }

    /// What it is called in an error.
    pub(super) fn call<T: Table>(&self) -> Call {
        Call { operation: "batch_write", entity: self.entity, key: self.key_text::<T>() }
    }

    pub(super) fn key_text<T: Table>(&self) -> Option<String> {
        match &self.kind {
            EntryKind::Put(item) => describe_key::<T>(item),
            EntryKind::Delete(key) => describe_key::<T>(key),
        }
    }

    /// The request, whose item is not in it yet.
    pub(super) fn request(&self, items: &mut Vec<EncodedItem>) -> Result<WriteRequest, BuildError> {
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
        Put::new(self).into_entry()
    }
}

impl<T: Table, E: Entity + InTable<T>> BatchPut<T> for Put<E, Unbound, Unconditional> {
    fn into_entry(self) -> BatchEntry<T> {
        BatchEntry::of(self.into_write(T::NAME, SystemTime::now()))
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
        BatchEntry::of(self.into_write(T::NAME, SystemTime::now()))
    }
}

/// A key of any entity of the table.
impl<T: Table> BatchDelete<T> for AnyKey<T> {
    fn into_entry(self) -> BatchEntry<T> {
        let key_text = self.key.as_ref().ok().and_then(describe_key::<T>);
        let call = Call { operation: "delete", entity: self.entity, key: key_text };
        let key = self.key.map_err(|error| Error::key(call.clone(), error));
        let delete = key.and_then(|key| {
            match T::ENTITIES.iter().find(|entity| entity.type_name == self.type_name && !entity.unique.is_empty()) {
                Some(_) => {
                    let reason = "a batch cannot keep its unique constraints; delete it by itself, or in a transaction";
                    Err(Error::refused(call.clone(), reason))
                }
                None => Ok(Write::unconditional(call.clone(), T::NAME, Kind::Delete { key })),
            }
        });
        BatchEntry::of(delete)
    }
}

mod sealed {
    pub trait Sealed {}
    impl<E: crate::entity::Entity> Sealed for &E {}
    impl<E, C, G> Sealed for crate::op::put::Put<E, C, G> {}
}
