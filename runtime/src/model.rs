//! What the derives know of a table and its entities, as constants: read by `create`, by the checks
//! across entities, and by whoever wants to document or draw a table.

use crate::template::Template;

/// An entity: its name, its keys and its attributes.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct EntityModel {
    /// The name of the struct.
    pub name: &'static str,
    /// What the table's type attribute holds for items of this entity.
    pub type_name: &'static str,
    /// The primary key.
    pub key: KeyModel,
    /// The keys in secondary indexes.
    pub indexes: &'static [IndexKeyModel],
    /// The attributes that serde stores.
    pub attributes: &'static [AttributeModel],
    /// The derive reported errors: checks across entities would only repeat them.
    #[doc(hidden)]
    pub incomplete: bool,
}

/// The two halves of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeyModel {
    /// The partition key.
    pub partition: Template,
    /// The sort key, where the table or index has one.
    pub sort: Option<Template>,
}

/// The key of an entity in one secondary index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct IndexKeyModel {
    /// The index's name in DynamoDB.
    pub index: &'static str,
    /// Its key.
    pub key: KeyModel,
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
}

/// A secondary index of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct IndexModel {
    /// The index's name in DynamoDB.
    pub name: &'static str,
    /// The attribute that holds its partition key.
    pub partition_key: &'static str,
    /// The attribute that holds its sort key, if it has one.
    pub sort_key: Option<&'static str>,
}

impl EntityModel {
    #[doc(hidden)]
    pub const fn new(
        name: &'static str,
        type_name: &'static str,
        key: KeyModel,
        indexes: &'static [IndexKeyModel],
        attributes: &'static [AttributeModel],
    ) -> Self {
        Self { name, type_name, key, indexes, attributes, incomplete: false }
    }

    /// Stands in where the derive reported an error.
    #[doc(hidden)]
    pub const fn incomplete(name: &'static str) -> Self {
        let key = KeyModel::new(Template::new("", &[]), None);
        Self { name, type_name: name, key, indexes: &[], attributes: &[], incomplete: true }
    }
}

impl KeyModel {
    #[doc(hidden)]
    pub const fn new(partition: Template, sort: Option<Template>) -> Self {
        Self { partition, sort }
    }
}

impl IndexKeyModel {
    #[doc(hidden)]
    pub const fn new(index: Option<&'static str>, key: KeyModel) -> Self {
        let Some(index) = index else { panic!("only the table's own key has no name") };
        Self { index, key }
    }
}

impl AttributeModel {
    #[doc(hidden)]
    pub const fn new(field: &'static str, name: &'static str, required: bool) -> Self {
        Self { field, name, required }
    }
}

impl IndexModel {
    #[doc(hidden)]
    pub const fn new(name: &'static str, partition_key: &'static str, sort_key: Option<&'static str>) -> Self {
        Self { name, partition_key, sort_key }
    }
}
