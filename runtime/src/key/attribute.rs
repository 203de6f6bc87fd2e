//! Attributes that are part of a natural index key: DynamoDB composes the key from what is stored.

use super::builder::{PARTITION_KEY_LIMIT, SORT_KEY_LIMIT};
use super::verbatim::FIRST_UNUSED_BYTE;
use super::{KeyError, KeyProblem, KeyValue, PartRule};
use crate::item::HasAttributes;
use crate::model::{IndexKind, IndexModel, KeyAttribute};
use crate::proof::KeyType;

/// Refuses an item that DynamoDB would refuse because of its attributes in natural indexes.
///
/// It concerns items of all entities: whoever stores the attribute is in the index.
pub(crate) fn check_item(indexes: &'static [IndexModel], item: &impl HasAttributes) -> Result<(), KeyError> {
    for index in indexes.iter().filter(|index| index.kind == IndexKind::Natural) {
        check_half(index, index.partition_key, PARTITION_KEY_LIMIT, item)?;
        check_half(index, index.sort_key, SORT_KEY_LIMIT, item)?;
    }
    Ok(())
}

fn check_half(
    index: &IndexModel,
    attributes: &'static [KeyAttribute],
    limit: usize,
    item: &impl HasAttributes,
) -> Result<(), KeyError> {
    let mut values = Vec::new();
    for attribute in attributes {
        let Some(value) = item.value(attribute.name) else { continue };
        let value = KeyValue::of(value.into_owned()).ok_or(wrong_type(attribute));
        let value = value.and_then(|value| check(attribute, value));
        values.push(value.map_err(|rule| error(index.name, attribute, rule))?);
    }
    check_length(index.name, attributes, limit, &values)
}

/// The value of an attribute, if it can be part of a key.
pub(crate) fn check(attribute: &KeyAttribute, value: KeyValue) -> Result<KeyValue, PartRule> {
    if value.key_type() != attribute.key_type {
        return Err(wrong_type(attribute));
    }
    match &value {
        KeyValue::Text(text) if text.bytes().any(|byte| byte >= FIRST_UNUSED_BYTE) => {
            Err(PartRule::AboveLimit)
        }
        KeyValue::Text(_) | KeyValue::Binary(_) if value.len() == 0 => Err(PartRule::Empty),
        _ => Ok(value),
    }
}

/// Whether the limit of one half holds for each attribute or for all is not documented: the safer is taken.
pub(crate) fn check_length(
    index: &'static str,
    attributes: &[KeyAttribute],
    limit: usize,
    values: &[KeyValue],
) -> Result<(), KeyError> {
    let bytes = values.iter().map(KeyValue::len).sum();
    match attributes {
        [attribute, ..] if bytes > limit => {
            let problem = KeyProblem::IndexTooLong { index, bytes, limit };
            Err(KeyError { attribute: attribute.name, template: "", problem })
        }
        _ => Ok(()),
    }
}

pub(crate) fn error(index: &'static str, attribute: &KeyAttribute, rule: PartRule) -> KeyError {
    KeyError { attribute: attribute.name, template: "", problem: KeyProblem::Attribute { index, rule } }
}

fn wrong_type(attribute: &KeyAttribute) -> PartRule {
    PartRule::NotOfThisForm {
        expected: match attribute.key_type {
            KeyType::Text => "stored as text",
            KeyType::Number => "stored as a number",
            KeyType::Binary => "stored as binary",
        },
    }
}
