//! The types of key attributes: what the table declares, and what the templates of an entity give.

use super::{Message, TableFacts, same};
use crate::key::stored::Form;
use crate::model::{AttributeModel, EntityModel, KeyAttribute};
use crate::proof::{Key, KeyType, Segment, Template};

/// A key that does not have the type of its attribute.
pub(super) const fn key_types(table: &TableFacts, this: &EntityModel) -> Option<Message> {
    let mut at = 0;
    while at < this.keys.len() {
        let key = &this.keys[at];
        let (partition, sort) = attributes(table, key);
        if let ([attribute, ..], template) = (partition, &key.pk)
            && !has_type(attribute, template)
        {
            return Some(wrong_type(table, this, attribute, template));
        }
        if let ([attribute, ..], Some(template)) = (sort, &key.sk)
            && !has_type(attribute, template)
        {
            return Some(wrong_type(table, this, attribute, template));
        }
        at += 1;
    }
    None
}

/// The attributes of the table's key, or of the key in an index.
const fn attributes(table: &TableFacts, key: &Key) -> (&'static [KeyAttribute], &'static [KeyAttribute]) {
    match key.index {
        0 => (table.partition_key, table.sort_key),
        // An index of another table, which has its own message.
        number if number > table.indexes.len() => (&[], &[]),
        number => {
            let index = &table.indexes[number - 1];
            (index.partition_key, index.sort_key)
        }
    }
}

const fn has_type(attribute: &KeyAttribute, template: &Template) -> bool {
    attribute.key_type as u8 == template.key_type as u8
}

const fn wrong_type(
    table: &TableFacts,
    this: &EntityModel,
    attribute: &KeyAttribute,
    template: &Template,
) -> Message {
    let (a_field, wanted) = match attribute.key_type {
        KeyType::Number => ("a field of an integer type", "an integer"),
        KeyType::Binary => ("a field of the type `Vec<u8>`", "binary"),
        KeyType::Text => ("a template", "text"),
    };
    let message = Message::new()
        .push("`")
        .push(attribute.name)
        .push("` of table `")
        .push(table.name)
        .push("` is ")
        .push(noun(attribute.key_type))
        .push(", but ");
    let message = match template.segments {
        [Segment::Part { field, .. }] => message
            .push("`")
            .push(this.name)
            .push(".")
            .push(field)
            .push("`, written as \"")
            .push(template.source)
            .push("\", is not ")
            .push(wanted),
        _ => message
            .push("`")
            .push(this.name)
            .push("` has the template \"")
            .push(template.source)
            .push("\" for it, which is text"),
    };
    message
        .push("\nhelp: write the name of ")
        .push(a_field)
        .push(" alone, such as \"{n}\", or declare the attribute as text, `\"")
        .push(attribute.name)
        .push("\"`")
}

/// What errors call a type.
pub(super) const fn noun(key_type: KeyType) -> &'static str {
    match key_type {
        KeyType::Text => "text (`S`)",
        KeyType::Number => "a number (`N`)",
        KeyType::Binary => "binary (`B`)",
    }
}

/// Whether `attribute` may be stored under the name of a key: the key is that field alone, and serde
/// stores what the key holds. What a function of the user's stores shows when the item is made.
pub(super) const fn is_its_own_key(
    table: &TableFacts,
    this: &EntityModel,
    attribute: &AttributeModel,
) -> bool {
    let mut at = 0;
    while at < this.keys.len() {
        let key = &this.keys[at];
        let (partition, sort) = attributes(table, key);
        if is_key_of(partition, &key.pk, attribute)
            || matches!(&key.sk, Some(template) if is_key_of(sort, template, attribute))
        {
            return true;
        }
        at += 1;
    }
    false
}

const fn is_key_of(key: &[KeyAttribute], template: &Template, attribute: &AttributeModel) -> bool {
    match key {
        [key, ..] if same(key.name, attribute.name) && is_alone(template.source, attribute.field) => {
            match attribute.form {
                Form::Custom => true,
                Form::Known { key_type, as_in_keys, .. } => {
                    as_in_keys && key_type as u8 == key.key_type as u8
                }
                Form::Unknown => false,
            }
        }
        _ => false,
    }
}

/// Whether the template is `{field}`.
const fn is_alone(template: &str, field: &str) -> bool {
    let (template, field) = (template.as_bytes(), field.as_bytes());
    let [b'{', inside @ .., b'}'] = template else { return false };
    if inside.len() != field.len() {
        return false;
    }
    let mut at = 0;
    while at < field.len() {
        if inside[at] != field[at] {
            return false;
        }
        at += 1;
    }
    true
}
