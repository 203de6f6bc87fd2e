//! Items: entities as DynamoDB stores them, and back. serde owns the attributes; this adds and removes
//! what is the table's own, the keys and the type.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use aws_sdk_dynamodb::types::AttributeValue;

use crate::entity::{Entity, EntityKey, IndexKeys};
use crate::key::attribute::check_item;
use crate::key::{KeyError, KeyProblem, KeyValue};
use crate::model::{AttributeModel, IndexKind, IndexModel};
use crate::table::Table;

/// An item as the SDK has it: attribute values by attribute name.
pub type Item = HashMap<String, AttributeValue>;

/// What an item of a table can be read as: one of its entities, or the table's enum.
///
/// `#[derive(Table)]` implements it for the enum; for entities it is there.
pub trait FromItem: Sized {
    /// The table.
    type Table: Table;
    /// What errors call it.
    const LABEL: &'static str;

    /// Reads an item.
    ///
    /// # Errors
    ///
    /// If the item is of another type, or an attribute is missing or of another form.
    fn from_item(item: Item) -> Result<Self, ItemError>;
}

impl<E: Entity> FromItem for E {
    type Table = E::Table;
    const LABEL: &'static str = E::MODEL.name;

    fn from_item(item: Item) -> Result<Self, ItemError> {
        match item_type::<E::Table>(&item)? {
            found if found == E::MODEL.type_name => decode(item),
            found => Err(ItemError::WrongType { expected: E::MODEL.type_name, found: found.to_owned() }),
        }
    }
}

/// The type that an item says it has.
#[doc(hidden)]
pub fn item_type<T: Table>(item: &Item) -> Result<&str, ItemError> {
    match item.get(T::TYPE_ATTRIBUTE) {
        Some(AttributeValue::S(name)) => Ok(name),
        _ => Err(ItemError::NoType { attribute: T::TYPE_ATTRIBUTE }),
    }
}

/// The error for an item of none of the table's entities.
#[doc(hidden)]
pub fn unknown_type<T: Table>(found: &str) -> ItemError {
    let known = T::ENTITIES.iter().map(|entity| entity.type_name).collect();
    ItemError::UnknownType { known, found: found.to_owned() }
}

/// Why an item could not be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum ItemError {
    /// It has no type attribute.
    NoType {
        /// The table's type attribute.
        attribute: &'static str,
    },
    /// It is of another entity.
    WrongType {
        /// The type that was asked for.
        expected: &'static str,
        /// The type that it has.
        found: String,
    },
    /// It is of no entity of the table.
    UnknownType {
        /// The types of the table.
        known: Vec<&'static str>,
        /// The type that it has.
        found: String,
    },
    /// An attribute that the entity needs is not there.
    MissingAttribute {
        /// The entity.
        entity: &'static str,
        /// The attribute.
        attribute: &'static str,
    },
    /// An attribute does not have the form that the entity's field needs.
    Decode {
        /// The entity.
        entity: &'static str,
        /// What serde says.
        source: serde_dynamo::Error,
    },
}

impl fmt::Display for ItemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoType { attribute } => {
                write!(f, "the stored item has no type: no text attribute `{attribute}`")
            }
            Self::WrongType { expected, found } => {
                write!(f, "the stored item is of type `{found}`, not `{expected}`")
            }
            Self::UnknownType { known, found } => {
                write!(
                    f,
                    "the stored item is of type `{found}`, and the table's are `{}`",
                    known.join("`, `")
                )
            }
            Self::MissingAttribute { entity, attribute } => {
                write!(f, "the stored item lacks the attribute `{attribute}`, which `{entity}` needs")
            }
            Self::Decode { entity, .. } => write!(f, "the stored item does not read as `{entity}`"),
        }
    }
}

impl std::error::Error for ItemError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Decode { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Why an entity could not be made into an item.
#[derive(Debug, Clone)]
pub(crate) enum EncodeError {
    Key(KeyError),
    Serde(Arc<serde_dynamo::Error>),
}

impl From<KeyError> for EncodeError {
    fn from(error: KeyError) -> Self {
        Self::Key(error)
    }
}

/// The whole item: serde's attributes, the keys, the type.
pub(crate) fn to_item<E: Entity>(entity: &E) -> Result<Item, EncodeError> {
    let mut keys = key_values(&entity.key())?;
    let mut index_keys = IndexKeys::default();
    entity.index_keys(&mut index_keys)?;
    keys.extend(index_keys.into_iter());
    let mut item: Item =
        serde_dynamo::to_item(entity).map_err(|error| EncodeError::Serde(Arc::new(error)))?;
    // `None` is an attribute that is not there; NULL would count as a value, and break index keys.
    item.retain(|_, value| !matches!(value, AttributeValue::Null(_)));
    for (attribute, value) in keys {
        let value = AttributeValue::from(value);
        // A field may be stored under the name of its key, as long as it is the key.
        if item.get(attribute).is_some_and(|stored| *stored != value) {
            let problem = KeyProblem::StoredOtherwise;
            return Err(KeyError { attribute, template: "", problem }.into());
        }
        item.insert(attribute.to_owned(), value);
    }
    check_item(E::Table::INDEXES, &item)?;
    item.insert(E::Table::TYPE_ATTRIBUTE.to_owned(), AttributeValue::S(E::MODEL.type_name.to_owned()));
    Ok(item)
}

/// The primary key as attributes.
pub(crate) fn key_item<K: EntityKey>(key: &K) -> Result<Item, KeyError> {
    let values = key_values(key)?.into_iter();
    Ok(values.map(|(attribute, value)| (attribute.to_owned(), value.into())).collect())
}

fn key_values<K: EntityKey>(key: &K) -> Result<Vec<(&'static str, KeyValue)>, KeyError> {
    type TableOf<K> = <<K as EntityKey>::Entity as Entity>::Table;
    let mut values = vec![(TableOf::<K>::PARTITION_KEY, key.partition_key()?)];
    values.extend(TableOf::<K>::SORT_KEY.zip(key.sort_key()?));
    Ok(values)
}

/// The primary key of an item, for messages: `PK = "CUSTOMER#1", SK = "PROFILE"`.
pub(crate) fn describe_key<T: Table>(item: &Item) -> Option<String> {
    let half = |attribute: &str| {
        let value = KeyValue::of(item.get(attribute)?.clone())?;
        Some(format!("{attribute} = {value}"))
    };
    let partition = half(T::PARTITION_KEY)?;
    Some(match T::SORT_KEY.and_then(half) {
        Some(sort) => format!("{partition}, {sort}"),
        None => partition,
    })
}

fn decode<E: Entity>(mut item: Item) -> Result<E, ItemError> {
    // The table's own attributes would trip `deny_unknown_fields` and land in flattened maps.
    let own = |name: &str| E::MODEL.attributes.iter().any(|attribute| attribute.name == name);
    // What a natural index is made of is the item's own.
    let indexes = E::Table::INDEXES.iter().filter(|index| index.kind != IndexKind::Natural);
    let indexes = indexes.flat_map(IndexModel::attributes);
    let keys = [E::Table::PARTITION_KEY].into_iter().chain(E::Table::SORT_KEY);
    for name in keys.chain(indexes.map(|attribute| attribute.name)).filter(|name| !own(name)) {
        item.remove(name);
    }
    item.remove(E::Table::TYPE_ATTRIBUTE);
    let missing = missing_attribute(E::MODEL.attributes, &item);
    serde_dynamo::from_item(item).map_err(|source| match missing {
        Some(attribute) => ItemError::MissingAttribute { entity: E::MODEL.name, attribute },
        None => ItemError::Decode { entity: E::MODEL.name, source },
    })
}

/// Found before serde takes the item: its own "missing field" comes without context. It decides nothing,
/// because a field's type may hide that it is optional.
fn missing_attribute(attributes: &[AttributeModel], item: &Item) -> Option<&'static str> {
    let missing =
        attributes.iter().find(|attribute| attribute.required && !item.contains_key(attribute.name));
    missing.map(|attribute| attribute.name)
}
