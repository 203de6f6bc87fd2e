//! Entities: one kind of item each, with the keys that `#[derive(Entity)]` read from its attributes.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::key::builder::{KeyBuilder, KeyPlace};
use crate::key::{KeyError, KeyValue};
use crate::model::EntityModel;
use crate::op::put::Put;
use crate::table::Table;

/// One kind of item of a table.
///
/// `#[derive(Entity)]` implements this, and makes the key struct and the query functions beside it.
/// The provided methods are operations as values: they know no client. A method of your own with the
/// same name wins.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an entity",
    label = "not an entity",
    note = "add `#[derive(Entity)]` to `{Self}`"
)]
pub trait Entity: Serialize + DeserializeOwned + Send + Sync + Sized + 'static {
    /// The table that stores it.
    type Table: Table;
    /// Its primary key.
    type Key: EntityKey<Entity = Self>;
    /// Its names, keys and attributes.
    const MODEL: EntityModel;

    /// The primary key of this item.
    fn key(&self) -> Self::Key;

    /// Adds the keys of this item in secondary indexes.
    #[doc(hidden)]
    fn index_keys(&self, keys: &mut IndexKeys) -> Result<(), KeyError>;

    /// Writes this item, replacing what is there: one `PutItem`, as a value. See [`Put`].
    fn put(&self) -> Put<Self> {
        Put::new(self)
    }

    /// Writes this item if its key is free: one conditional `PutItem`, as a value. See [`Put`].
    fn insert(&self) -> Put<Self> {
        Put::new(self).if_absent()
    }
}

/// The primary key of an entity: a plain struct that the derive makes, such as `OrderKey`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the key of an entity",
    label = "expected a key struct such as `OrderKey {{ .. }}`"
)]
pub trait EntityKey: Clone + Debug + Send + Sync + 'static {
    /// The entity it is the key of.
    type Entity: Entity<Key = Self>;

    /// The partition key.
    ///
    /// # Errors
    ///
    /// If a value cannot stand in its place of the template, or the key is longer than 2048 bytes.
    fn partition_key(&self) -> Result<KeyValue, KeyError>;

    /// The sort key, if the table has one.
    ///
    /// # Errors
    ///
    /// If a value cannot stand in its place of the template, or the key is longer than 1024 bytes.
    fn sort_key(&self) -> Result<Option<KeyValue>, KeyError>;
}

/// The index keys of one item: attribute and value. A half with a part that is `None` is not there.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct IndexKeys(Vec<(&'static str, KeyValue)>);

impl IndexKeys {
    /// Adds one half.
    pub fn add(
        &mut self,
        place: KeyPlace,
        write: impl FnOnce(&mut KeyBuilder) -> Result<(), KeyError>,
    ) -> Result<(), KeyError> {
        self.0.push((place.attribute, key_value(place, write)?));
        Ok(())
    }

    pub(crate) fn into_iter(self) -> impl Iterator<Item = (&'static str, KeyValue)> {
        self.0.into_iter()
    }
}

/// The value of one key.
#[doc(hidden)]
pub fn key_value(
    place: KeyPlace,
    write: impl FnOnce(&mut KeyBuilder) -> Result<(), KeyError>,
) -> Result<KeyValue, KeyError> {
    let mut key = KeyBuilder::new(place);
    write(&mut key)?;
    key.finish()
}
