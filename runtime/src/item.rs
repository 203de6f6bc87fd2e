//! Items: entities as DynamoDB stores them, and back. serde owns the attributes; this adds and removes
//! what is the table's own, the keys and the type.

use std::collections::{HashMap, hash_map};
use std::fmt;

use aws_sdk_dynamodb::types::AttributeValue;
use serde::de::{DeserializeSeed, Error as _, IntoDeserializer, MapAccess};

use crate::entity::{Entity, EntityKey, IndexKeys};
use crate::key::attribute::check_item;
use crate::key::{KeyError, KeyProblem, KeyValue};
use crate::model::{AttributeModel, EntityModel, IndexKind, IndexModel};
use crate::projection::Projection;
use crate::proof::{KeyType, Template};
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
        match type_as::<E>(&item)? {
            found if found == E::MODEL.type_name => decode(item),
            found => Err(ItemError::WrongType { expected: E::MODEL.type_name, found: found.to_owned() }),
        }
    }
}

/// The type of an item, whatever it is.
#[doc(hidden)]
pub fn item_type<T: Table>(item: &Item) -> Result<&str, ItemError> {
    match T::TYPE_ATTRIBUTE {
        Some(attribute) => stored_type(item, attribute),
        None => type_by_key::<T>(item),
    }
}

/// The type of an item that should be an `E`.
fn type_as<E: Entity>(item: &Item) -> Result<&str, ItemError> {
    // Most items are what is asked for: that entity's templates come first.
    match E::Table::TYPE_ATTRIBUTE {
        None if has_key_of::<E::Table>(&E::MODEL, item) => Ok(E::MODEL.type_name),
        _ => item_type::<E::Table>(item),
    }
}

fn stored_type<'i>(item: &'i Item, attribute: &'static str) -> Result<&'i str, ItemError> {
    match item.get(attribute) {
        Some(AttributeValue::S(name)) => Ok(name),
        _ => Err(ItemError::NoType { attribute }),
    }
}

/// The type of the entity that the item has a key of. No other entity has that key, which is proved.
fn type_by_key<T: Table>(item: &Item) -> Result<&'static str, ItemError> {
    let found = T::ENTITIES.iter().find(|entity| has_key_of::<T>(entity, item));
    found.map(|entity| entity.type_name).ok_or_else(|| unknown_type::<T>(None))
}

fn has_key_of<T: Table>(entity: &EntityModel, item: &Item) -> bool {
    let Some(key) = entity.keys.first() else { return false };
    let half = |attribute: &str, template: &Template| match (item.get(attribute), template.key_type) {
        (Some(AttributeValue::S(text)), KeyType::Text) => template.matches(text),
        (Some(AttributeValue::N(_)), KeyType::Number) | (Some(AttributeValue::B(_)), KeyType::Binary) => true,
        _ => false,
    };
    half(T::PARTITION_KEY, &key.pk)
        && match (T::SORT_KEY, &key.sk) {
            (Some(attribute), Some(template)) => half(attribute, template),
            (sort_key, template) => sort_key.is_none() && template.is_none(),
        }
}

/// The error for an item of none of the table's entities.
#[doc(hidden)]
pub fn unknown_type<T: Table>(found: Option<&str>) -> ItemError {
    let known = T::ENTITIES.iter().map(|entity| entity.type_name).collect();
    ItemError::UnknownType { known, found: found.map(str::to_owned) }
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
        /// The type that it has; none in an `untyped` table, where the key tells the type.
        found: Option<String>,
    },
    /// A collection has no member for it.
    NoMember {
        /// The collection.
        collection: &'static str,
        /// The type that it has.
        found: String,
    },
    /// Its key is none of the entity's.
    WrongKey {
        /// The entity.
        entity: &'static str,
        /// What is wrong with the key.
        error: KeyError,
    },
    /// An attribute that the entity needs is not there.
    MissingAttribute {
        /// The entity.
        entity: &'static str,
        /// The attribute.
        attribute: &'static str,
    },
    /// An attribute does not have the form that the entity's field needs.
    ///
    /// What serde says of it is left out: it quotes values.
    Decode {
        /// The entity.
        entity: &'static str,
        /// The attribute; none where serde refuses the item as a whole, as it may with `flatten`.
        attribute: Option<String>,
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
            Self::UnknownType { known, found: None } => {
                write!(
                    f,
                    "the stored item has the key of no entity of the table, which are `{}`",
                    known.join("`, `")
                )
            }
            Self::UnknownType { known, found: Some(found) } => {
                write!(
                    f,
                    "the stored item is of type `{found}`, and the table's are `{}`",
                    known.join("`, `")
                )
            }
            Self::NoMember { collection, found } => write!(
                f,
                "the partition has an item of type `{found}`, and `{collection}` has no member for it; add one, \
                 or leave it out with `.skip_unknown()`"
            ),
            Self::WrongKey { entity, error } => {
                write!(f, "the stored item has no key of `{entity}`: {error}")
            }
            Self::MissingAttribute { entity, attribute } => {
                write!(f, "the stored item lacks the attribute `{attribute}`, which `{entity}` needs")
            }
            Self::Decode { entity, attribute: None } => {
                write!(f, "the stored item does not read as `{entity}`")
            }
            Self::Decode { entity, attribute: Some(attribute) } => write!(
                f,
                "the stored item does not read as `{entity}`: its attribute `{attribute}` has another form"
            ),
        }
    }
}

impl std::error::Error for ItemError {}

/// Why an entity could not be made into an item.
#[derive(Debug, Clone)]
pub(crate) enum EncodeError {
    Key(KeyError),
    Serde {
        /// What is wrong, where serde's words are known to quote no value.
        reason: Option<&'static str>,
    },
}

/// What the format refuses by itself. Any other message is of the user's types, which may quote values.
const UNQUOTED: &[&str] = &[
    "Key must be a string",
    "Not a map-like object",
    "Not a set-like sequence",
    "String set element does not serialize to string",
    "Number set element does not serialize to number",
    "Binary set element does not serialize to binary",
];

impl From<serde_dynamo::Error> for EncodeError {
    fn from(error: serde_dynamo::Error) -> Self {
        let message = error.to_string();
        Self::Serde { reason: UNQUOTED.iter().copied().find(|known| *known == message) }
    }
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
    let mut item = (E::STORAGE.encode)(entity)?;
    // `None` is an attribute that is not there; NULL would count as a value, and break index keys. Only a
    // field that cannot be read from nothing keeps its NULL, such as `()`.
    item.retain(|name, value| !value.is_null() || is_required(E::MODEL.attributes, name));
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
    if let Some(attribute) = E::Table::TYPE_ATTRIBUTE {
        item.insert(attribute.to_owned(), AttributeValue::S(E::MODEL.type_name.to_owned()));
    }
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

/// The primary key of an item as DynamoDB compares it: partition and sort key, numbers by value.
pub(crate) type KeyIdentity = (KeyValue, Option<KeyValue>);

pub(crate) fn key_identity<T: Table>(item: &Item) -> Option<KeyIdentity> {
    let half = |attribute: &str| Some(KeyValue::of(item.get(attribute)?.clone())?.identity());
    Some((half(T::PARTITION_KEY)?, T::SORT_KEY.and_then(half)))
}

/// Reads an item that is an `E`.
#[doc(hidden)]
pub fn decode<E: Entity>(mut item: Item) -> Result<E, ItemError> {
    // The table's own attributes would trip `deny_unknown_fields` and land in flattened maps.
    let own = |name: &str| E::MODEL.attributes.iter().any(|attribute| attribute.name == name);
    // What a natural index is made of is the item's own.
    let indexes = E::Table::INDEXES.iter().filter(|index| index.kind != IndexKind::Natural);
    let indexes = indexes.flat_map(IndexModel::attributes);
    let keys = [E::Table::PARTITION_KEY].into_iter().chain(E::Table::SORT_KEY);
    for name in keys.chain(indexes.map(|attribute| attribute.name)).filter(|name| !own(name)) {
        item.remove(name);
    }
    E::Table::TYPE_ATTRIBUTE.and_then(|name| item.remove(name));
    let missing = missing_attribute(E::MODEL.attributes, &item);
    read(E::MODEL.name, item, missing, E::STORAGE.decode)
}

/// Reads the attributes of a projection.
pub(crate) fn decode_projection<P: Projection>(mut item: Item) -> Result<P, ItemError> {
    let model = <P::Entity as Entity>::MODEL;
    let type_attribute = <<P::Entity as Entity>::Table as Table>::TYPE_ATTRIBUTE;
    if let Some(AttributeValue::S(found)) = type_attribute.and_then(|name| item.get(name))
        && found != model.type_name
    {
        return Err(ItemError::WrongType { expected: model.type_name, found: found.clone() });
    }
    item.retain(|name, _| P::ATTRIBUTES.iter().any(|attribute| attribute.name == name));
    let missing =
        P::ATTRIBUTES.iter().find(|attribute| attribute.required && !item.contains_key(attribute.name));
    read(P::NAME, item, missing.map(|attribute| attribute.name), P::READER.decode)
}

/// Reads the primary key of an item.
pub(crate) fn decode_key<E: Entity>(item: Item) -> Result<E::Key, ItemError> {
    let entity = E::MODEL.name;
    let half = |attribute: &'static str| {
        let value = item.get(attribute).cloned().and_then(KeyValue::of);
        value.map(KeyValue::into_text).ok_or(ItemError::MissingAttribute { entity, attribute })
    };
    let (partition, sort) = (half(E::Table::PARTITION_KEY)?, E::Table::SORT_KEY.map(half).transpose()?);
    E::Key::from_keys(&partition, sort.as_deref()).map_err(|error| ItemError::WrongKey { entity, error })
}

fn read<O>(
    entity: &'static str,
    item: Item,
    missing: Option<&'static str>,
    decode: fn(Attributes<'_>) -> Result<O, serde_dynamo::Error>,
) -> Result<O, ItemError> {
    let mut reading = None;
    let attributes = Attributes { rest: item.into_iter(), value: None, reading: &mut reading };
    decode(attributes).map_err(|_| match (reading, missing) {
        (None, Some(attribute)) => ItemError::MissingAttribute { entity, attribute },
        (attribute, _) => ItemError::Decode { entity, attribute },
    })
}

/// Found before serde takes the item: its own "missing field" comes without context. It decides nothing,
/// because a field's type may hide that it is optional.
fn missing_attribute(attributes: &[AttributeModel], item: &Item) -> Option<&'static str> {
    let missing =
        attributes.iter().find(|attribute| attribute.required && !item.contains_key(attribute.name));
    missing.map(|attribute| attribute.name)
}

fn is_required(attributes: &[AttributeModel], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.required && attribute.name == name)
}

/// The attributes of an item for serde, which says what is wrong with one, but not with which.
#[derive(Debug)]
pub(crate) struct Attributes<'r> {
    rest: hash_map::IntoIter<String, AttributeValue>,
    value: Option<AttributeValue>,
    /// The attribute that serde has in hand.
    reading: &'r mut Option<String>,
}

impl<'de> MapAccess<'de> for Attributes<'_> {
    type Error = serde_dynamo::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Self::Error> {
        let Some((name, value)) = self.rest.next() else { return Ok(None) };
        self.value = Some(value);
        let name = self.reading.insert(name);
        seed.deserialize(name.as_str().into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Self::Error> {
        let value =
            self.value.take().ok_or_else(|| serde_dynamo::Error::custom("a value comes after its key"))?;
        let value = seed.deserialize(serde_dynamo::Deserializer::from_attribute_value(value.into()))?;
        *self.reading = None;
        Ok(value)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}
