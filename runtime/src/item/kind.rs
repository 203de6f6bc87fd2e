//! Which entity an item is of: its type attribute says so, or else its key.

use std::borrow::Cow;

use super::{ItemError, ItemReader};
use crate::entity::Entity;
use crate::key::KeyValue;
use crate::model::EntityModel;
use crate::proof::{KeyType, Template};
use crate::table::Table;

/// The type of an item, whatever it is.
#[doc(hidden)]
pub fn item_type<'de, T: Table>(item: &mut ItemReader<'_, 'de>) -> Result<Cow<'de, str>, ItemError> {
    match T::TYPE_ATTRIBUTE {
        Some(attribute) => item.text(attribute).ok_or(ItemError::NoType { attribute }),
        None => type_by_key::<T>(item).map(Cow::Borrowed),
    }
}

/// Why an item is no `E`, if that is why it does not read as one.
pub(super) fn check_type<E: Entity>(item: &mut ItemReader<'_, '_>) -> Result<(), ItemError> {
    // Most items are what is asked for: that entity's templates come first.
    if E::Table::TYPE_ATTRIBUTE.is_none() && has_key_of::<E::Table>(&E::MODEL, item) {
        return Ok(());
    }
    let found = item_type::<E::Table>(item)?;
    match found == E::MODEL.type_name {
        true => Ok(()),
        false => Err(ItemError::WrongType { expected: E::MODEL.type_name, found: found.into_owned() }),
    }
}

/// The type of the entity that the item has a key of. No other entity has that key, which is proved.
fn type_by_key<T: Table>(item: &mut ItemReader<'_, '_>) -> Result<&'static str, ItemError> {
    let found = T::ENTITIES.iter().find(|entity| has_key_of::<T>(entity, item));
    found.map(|entity| entity.type_name).ok_or_else(|| unknown_type::<T>(None))
}

fn has_key_of<T: Table>(entity: &EntityModel, item: &mut ItemReader<'_, '_>) -> bool {
    let Some(key) = entity.keys.first() else { return false };
    let mut half = |attribute: &str, template: &Template| match (item.key_value(attribute), template.key_type)
    {
        (Some(KeyValue::Text(text)), KeyType::Text) => template.matches(&text),
        (Some(KeyValue::Number(_)), KeyType::Number) | (Some(KeyValue::Binary(_)), KeyType::Binary) => true,
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
