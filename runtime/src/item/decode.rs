//! From items to entities, projections and keys: what is the table's own is taken out, and serde reads the rest.

use std::collections::hash_map;

use aws_sdk_dynamodb::types::AttributeValue;
use serde::de::{DeserializeSeed, Error as _, IntoDeserializer, MapAccess};

use super::{Item, ItemError};
use crate::entity::{Entity, EntityKey};
use crate::key::KeyValue;
use crate::model::{AttributeModel, IndexKind, IndexModel};
use crate::projection::Projection;
use crate::table::Table;

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
