//! Entities: one kind of item each, with the keys that `#[derive(Entity)]` read from its attributes.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::handle::Unbound;
use crate::index_keys::{IndexKeys, PartSource};
use crate::item::Read;
use crate::item::attributes::ItemDeserializer;
use crate::key::{KeyError, KeyValue};
use crate::managed::Managed;
use crate::model::EntityModel;
use crate::op::check::Check;
use crate::op::delete::Delete;
use crate::op::exists::Exists;
use crate::op::guard::Conditional;
use crate::op::put::Put;
use crate::op::update::{KeyAttributes, Update, Upsert};
use crate::table::Table;
use crate::wire::{self, ItemWriter};

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
pub trait Entity: Send + Sync + Sized + 'static {
    /// The table that stores it.
    type Table: Table;
    /// Its primary key.
    type Key: EntityKey<Entity = Self>;
    /// Its names, keys and attributes.
    const MODEL: EntityModel;

    /// How serde writes and reads it.
    #[doc(hidden)]
    const STORAGE: Storage<Self>;

    /// What writes set by themselves.
    #[doc(hidden)]
    const MANAGED: Managed = Managed::NONE;

    /// The primary key of this item.
    fn key(&self) -> Self::Key;

    /// The values of its primary key, without the key. The derive makes them of the fields themselves, and copies none;
    /// in the buffers of earlier ones, which may be empty.
    #[doc(hidden)]
    fn key_values(&self, _buffers: &mut [String; 2]) -> Result<(KeyValue, Option<KeyValue>), KeyError> {
        let key = self.key();
        Ok((key.partition_key()?, key.sort_key()?))
    }

    /// Adds the keys in secondary indexes that templates make.
    #[doc(hidden)]
    fn index_keys(_: &PartSource<'_, Self>, _: &mut IndexKeys) {}

    /// Adds the attributes that serde makes of the key.
    #[doc(hidden)]
    fn key_attributes(_: &Self::Key, _: &mut KeyAttributes) {}

    /// Writes this item, replacing what is there: one `PutItem`, as a value. See [`Put`].
    fn put(&self) -> Put<Self> {
        Put::new(self)
    }

    /// Writes this item if its key is free: one conditional `PutItem`, as a value. See [`Put`].
    fn insert(&self) -> Put<Self, Unbound, Conditional> {
        Put::new(self).if_absent()
    }

    /// Writes this item if its key is taken: one conditional `PutItem`, as a value. See [`Put`].
    fn replace(&self) -> Put<Self, Unbound, Conditional> {
        Put::new(self).if_present()
    }

    /// Changes attributes of the item with this key, which has to be there: one `UpdateItem`, as a value. See
    /// [`Update`].
    fn update(key: Self::Key) -> Update<Self> {
        Update::existing(key)
    }

    /// Changes attributes of the item with this key, which comes into being if it is not there: one
    /// `UpdateItem`, as a value. See [`Upsert`].
    fn upsert(key: Self::Key) -> Upsert<Self> {
        Update::creating(key)
    }

    /// Deletes the item with this key: one `DeleteItem`, as a value. See [`Delete`].
    fn delete(key: Self::Key) -> Delete<Self> {
        Delete::new(key)
    }

    /// Says whether there is an item with this key: one `GetItem`, as a value. See [`Exists`].
    fn exists(key: Self::Key) -> Exists<Self> {
        Exists::new(key)
    }

    /// In a transaction, that there is no item with this key. See [`Check`].
    fn absent(key: Self::Key) -> Check<Self> {
        Check::absent(key)
    }
}

/// Both directions between an entity and the attributes of its item.
///
/// They are functions behind a constant, not supertraits of [`Entity`], because a missing serde derive is
/// then one error where the derive asks for it, not one at every mention of the entity.
#[doc(hidden)]
#[derive(Debug)]
pub struct Storage<E> {
    pub(crate) encode: fn(&E, ItemWriter<'_>) -> wire::Result<()>,
    pub(crate) read: Read<E>,
}

impl<E> Storage<E> {
    /// Stands in where the derive reported an error.
    pub const fn incomplete() -> Self {
        Self { encode: |_, _| unreachable!(), read: |_| unreachable!() }
    }
}

/// What serde can write and read.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "entity `{Self}` cannot be stored, because serde cannot write and read it",
    label = "add `#[derive(Serialize, Deserialize)]`",
    note = "serde owns the attributes of an item: `Entity` needs both of its derives"
)]
pub trait Storable: Sized {
    const STORAGE: Storage<Self>;
}

#[diagnostic::do_not_recommend]
impl<E: Serialize + DeserializeOwned> Storable for E {
    const STORAGE: Storage<Self> = Storage {
        encode: |entity, writer| entity.serialize(writer),
        read: |attributes| E::deserialize(ItemDeserializer(attributes)),
    };
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

    /// The key whose texts these are: what `OrderKey::parse` does, for generic code.
    ///
    /// Exactly what [`partition_key`](Self::partition_key) and [`sort_key`](Self::sort_key) return is
    /// accepted, and gives the key they were called on.
    ///
    /// ```
    /// # use monotable::{Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table, Debug)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// #[derive(Entity, Serialize, Deserialize, Debug)]
    /// #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{number:06}")]
    /// struct Order { customer_id: String, number: u32 }
    ///
    /// fn key_of<E: Entity>(pk: &str, sk: Option<&str>) -> Result<E::Key, monotable::KeyError> {
    ///     use monotable::EntityKey;
    ///     E::Key::from_keys(pk, sk)
    /// }
    ///
    /// let key = key_of::<Order>("CUSTOMER#ada", Some("ORDER#000007"))?;
    /// assert_eq!(key, OrderKey { customer_id: "ada".into(), number: 7 });
    /// assert_eq!(key, OrderKey::parse("CUSTOMER#ada", "ORDER#000007")?);
    ///
    /// let error = OrderKey::parse("CUSTOMER#ada", "ORDER#7").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     r#"SK is not a key of "ORDER#{number:06}""#,
    /// );
    /// # Ok::<(), monotable::KeyError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If they are not the texts of such a key; the error names the template, and the field and rule where
    /// it is one part that is wrong, and never holds the texts.
    fn from_keys(partition: &str, sort: Option<&str>) -> Result<Self, KeyError>;
}
