//! What the derives know of a table and its entities, as constants: read by `create`, by the proofs, and
//! by whoever wants to document or draw a table.

use crate::key::shard_hash;
use crate::key::stored::Form;
use crate::proof::{EntityKeys, Key, KeyType};

/// An entity: its name, its keys and its attributes.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct EntityModel {
    /// The name of the struct.
    pub name: &'static str,
    /// What the table's type attribute holds for items of this entity.
    pub type_name: &'static str,
    /// Its keys: the primary key first, then those in secondary indexes that it gives templates for.
    pub keys: &'static [Key],
    /// The attributes that serde stores.
    pub attributes: &'static [AttributeModel],
    /// Whether serde spreads a field over the item, so that its items can have other attributes too.
    pub flattens: bool,
    /// The attribute of the version, which writes check and advance.
    pub version: Option<&'static str>,
    /// The attribute of the time at which an item was first written.
    pub created_at: Option<&'static str>,
    /// The attribute of the time at which an item was last written.
    pub updated_at: Option<&'static str>,
    /// The attribute by which its items expire: seconds since 1970.
    pub ttl: Option<&'static str>,
    /// Of the type's name, so that the proofs of a large table compare numbers.
    pub(crate) type_hash: u64,
    /// Its unique constraints.
    pub unique: &'static [UniqueModel],
}

/// A unique constraint of an entity: no two of its items have the same values of these attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct UniqueModel {
    /// The names of the fields: `"tenant,slug"`.
    pub name: &'static str,
    /// The attributes that they are stored as.
    pub attributes: &'static [&'static str],
}

impl UniqueModel {
    #[doc(hidden)]
    pub const fn new(name: &'static str, attributes: &'static [&'static str]) -> Self {
        Self { name, attributes }
    }
}

/// One attribute of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct AttributeModel {
    /// The name of the struct's field.
    pub field: &'static str,
    /// The attribute's name in the table, as serde writes it.
    pub name: &'static str,
    /// Whether an item without it cannot be read.
    pub required: bool,
    /// What serde makes of it.
    pub(crate) form: Form,
    /// Whether `None` is stored as NULL instead of being left out.
    pub null: bool,
}

/// A secondary index of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct IndexModel {
    /// The index's name in DynamoDB.
    pub name: &'static str,
    /// What makes its keys.
    pub kind: IndexKind,
    /// The attribute that holds its partition key; several only in a natural index.
    pub partition_key: &'static [KeyAttribute],
    /// The attribute that holds its sort key, if it has one; several only in a natural index.
    pub sort_key: &'static [KeyAttribute],
    /// What it stores of each item.
    pub projection: IndexProjection,
}

/// What makes the keys of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum IndexKind {
    /// A global index with attributes of its own or of the table's key, which every entity fills by templates.
    Overloaded,
    /// A global index over attributes that entities store anyway: DynamoDB composes the key.
    Natural,
    /// An index within the table's own partitions.
    Local,
}

/// What an index stores of each item, besides the keys of the table and the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum IndexProjection {
    /// Everything.
    All,
    /// Nothing.
    Keys,
    /// These attributes.
    Include(&'static [&'static str]),
}

/// An attribute of a key, and its type in DynamoDB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeyAttribute {
    /// The attribute's name.
    pub name: &'static str,
    /// Its type, the same for all entities.
    pub key_type: KeyType,
}

impl KeyAttribute {
    #[doc(hidden)]
    pub const fn new(name: &'static str, key_type: KeyType) -> Self {
        Self { name, key_type }
    }
}

impl EntityModel {
    #[doc(hidden)]
    pub const fn new(
        name: &'static str,
        type_name: &'static str,
        keys: &'static [Key],
        attributes: &'static [AttributeModel],
    ) -> Self {
        let type_hash = shard_hash(type_name.as_bytes());
        let (version, created_at, updated_at, ttl) = (None, None, None, None);
        Self {
            name,
            type_name,
            keys,
            attributes,
            flattens: false,
            version,
            created_at,
            updated_at,
            ttl,
            type_hash,
            unique: &[],
        }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn managing(
        self,
        version: Option<&'static str>,
        created_at: Option<&'static str>,
        updated_at: Option<&'static str>,
        ttl: Option<&'static str>,
    ) -> Self {
        Self { version, created_at, updated_at, ttl, ..self }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn unique(self, unique: &'static [UniqueModel]) -> Self {
        Self { unique, ..self }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn flattening(self) -> Self {
        Self { flattens: true, ..self }
    }

    /// Stands in where the derive reported an error: it has no keys, so nothing is proved of it.
    #[doc(hidden)]
    pub const fn incomplete(name: &'static str) -> Self {
        Self::new(name, name, &[], &[])
    }

    pub(crate) const fn is_incomplete(&self) -> bool {
        self.keys.is_empty()
    }

    #[doc(hidden)]
    pub const fn entity_keys(&self) -> EntityKeys {
        self.entity_keys_of(self.keys)
    }

    #[doc(hidden)]
    pub const fn entity_keys_of(&self, keys: &'static [Key]) -> EntityKeys {
        EntityKeys { name: self.name, keys }
    }
}

impl AttributeModel {
    #[doc(hidden)]
    pub const fn new(field: &'static str, name: &'static str, required: bool, form: Form) -> Self {
        Self { field, name, required, form, null: false }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn null(self) -> Self {
        Self { null: true, ..self }
    }
}

impl IndexModel {
    #[doc(hidden)]
    pub const fn new(
        name: &'static str,
        kind: IndexKind,
        partition_key: &'static [KeyAttribute],
        sort_key: &'static [KeyAttribute],
        projection: IndexProjection,
    ) -> Self {
        Self { name, kind, partition_key, sort_key, projection }
    }

    /// The attributes of its key, those of the partition key first.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = &'static KeyAttribute> + use<> {
        self.partition_key.iter().chain(self.sort_key)
    }
}
