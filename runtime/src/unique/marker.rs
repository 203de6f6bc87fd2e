//! Markers: their keys, and what they say.
//!
//! The partition key is `UNIQUE#<type>#<constraint>#<values>`, the sort key `UNIQUE#<type>#<constraint>`. Within a
//! value, `%` and `#` are percent-encoded, so that no two lists of values give one key.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

use super::plan::Layout;
use crate::item::{Item, ItemReader};
use crate::key::KeyValue;
use crate::model::{EntityModel, UniqueModel};
use crate::table::Table;

/// Where a marker says whose it is: a map of the holder's key attributes.
pub(crate) const HOLDER: &str = "holder";
/// The type of a marker.
const TYPE: &str = "UNIQUE";
/// The most bytes of a partition key.
const LIMIT: usize = 2048;

/// Why there is no marker for a value.
pub(crate) enum Unfit {
    /// It is no text, number, binary or boolean.
    Form(&'static str),
    TooLong,
}

/// What a constraint is called: `unique(email)`.
pub(crate) fn name(constraint: &UniqueModel) -> String {
    format!("unique({})", constraint.name)
}

fn family(type_name: &str, constraint: &UniqueModel) -> String {
    format!("UNIQUE#{type_name}#{}", constraint.name)
}

/// The key of the marker for what these attributes hold; none if one of them is not there, or NULL.
pub(crate) fn key(
    layout: Layout,
    type_name: &str,
    constraint: &UniqueModel,
    attribute: impl Fn(&str) -> Option<AttributeValue>,
) -> Result<Option<Item>, Unfit> {
    let family = family(type_name, constraint);
    let mut partition = family.clone();
    for name in constraint.attributes {
        match attribute(name) {
            None | Some(AttributeValue::Null(_)) => return Ok(None),
            Some(value) => {
                partition.push('#');
                partition.push_str(&text(value).ok_or(Unfit::Form(name))?);
            }
        }
    }
    if partition.len() > LIMIT {
        return Err(Unfit::TooLong);
    }
    let mut key = HashMap::from([(layout.partition.to_owned(), AttributeValue::S(partition))]);
    key.extend(layout.sort.map(|sort| (sort.to_owned(), AttributeValue::S(family))));
    Ok(Some(key))
}

/// The whole marker.
pub(crate) fn item(layout: Layout, key: &Item, holder: &Item) -> Item {
    let mut item = key.clone();
    item.extend(layout.type_attribute.map(|name| (name.to_owned(), AttributeValue::S(TYPE.to_owned()))));
    item.insert(HOLDER.to_owned(), AttributeValue::M(holder.clone()));
    item
}

/// The holder's key, of a marker.
pub(crate) fn holder(mut marker: Item) -> Option<Item> {
    match marker.remove(HOLDER)? {
        AttributeValue::M(key) => Some(key),
        _ => None,
    }
}

fn text(value: AttributeValue) -> Option<String> {
    let text = match value {
        AttributeValue::Bool(value) => value.to_string(),
        AttributeValue::N(number) => plain(KeyValue::Number(number).identity().into_text()),
        value => KeyValue::of(value)?.identity().into_text(),
    };
    Some(text.replace('%', "%25").replace('#', "%23"))
}

/// A number as people write it: an integer without an exponent.
fn plain(number: String) -> String {
    let parts = number.split_once('e').map(|(digits, exponent)| (digits, exponent.parse::<usize>()));
    match parts {
        Some((digits, Ok(zeros))) if digits.len() + zeros <= 39 => format!("{digits}{}", "0".repeat(zeros)),
        _ => number,
    }
}

/// Whether this item of the table is a marker, and none of an entity: it has the key of one, which no entity can
/// have.
pub(crate) fn is_marker<T: Table>(item: &mut ItemReader<'_, '_>) -> bool {
    T::ENTITIES.iter().any(|entity| is_marker_of::<T>(entity, item))
}

fn is_marker_of<T: Table>(entity: &EntityModel, item: &mut ItemReader<'_, '_>) -> bool {
    entity.unique.iter().any(|constraint| {
        let family = family(entity.type_name, constraint);
        let partition = item.text(T::PARTITION_KEY);
        let value = partition.as_deref().and_then(|partition| partition.strip_prefix(family.as_str()));
        value.is_some_and(|value| value.starts_with('#'))
            && T::SORT_KEY.is_none_or(|sort| item.text(sort).as_deref() == Some(family.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_text() {
        let number = |number: &str| text(AttributeValue::N(number.to_owned())).unwrap();
        for same in
            [["7", "7.0", "0.7e1"], ["-100", "-1e2", "-100.000"], ["0", "-0", "0e9"], ["0.5", "5e-1", ".5"]]
        {
            assert!(same.map(number).iter().all(|text| *text == number(same[0])), "{same:?}");
        }
        assert_eq!(["7", "-100", "0", "0.5", "1e60"].map(number), ["7", "-100", "0", "5e-1", "1e60"]);
    }
}
