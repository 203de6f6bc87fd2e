//! Natural indexes: their attributes belong to the whole table, because DynamoDB puts every item into the
//! index that has them, and refuses every item that has one of another type.

use super::types::noun;
use super::{Message, is_one_of, same};
use crate::key::stored::Form;
use crate::model::{AttributeModel, EntityModel, IndexKind, IndexModel, KeyAttribute};
use crate::proof::Key;
use crate::table::Table;

/// A field whose attribute does not have the type that an index declares.
pub(super) const fn attribute_types(indexes: &[IndexModel], this: &EntityModel) -> Option<Message> {
    let mut at = 0;
    while at < indexes.len() {
        let index = &indexes[at];
        if matches!(index.kind, IndexKind::Natural) {
            if let Some(message) = half(index, index.partition_key, this) {
                return Some(message);
            }
            if let Some(message) = half(index, index.sort_key, this) {
                return Some(message);
            }
        }
        at += 1;
    }
    None
}

const fn half(index: &IndexModel, key: &[KeyAttribute], this: &EntityModel) -> Option<Message> {
    let mut at = 0;
    while at < key.len() {
        let mut field = 0;
        while field < this.attributes.len() {
            let attribute = &this.attributes[field];
            if same(attribute.name, key[at].name) && !suits(attribute.form, &key[at]) {
                return Some(wrong_type(index, &key[at], this, attribute));
            }
            if same(attribute.name, key[at].name) && attribute.null {
                return Some(null(index, this, attribute));
            }
            field += 1;
        }
        at += 1;
    }
    None
}

const fn null(index: &IndexModel, this: &EntityModel, attribute: &AttributeModel) -> Message {
    Message::new()
        .push("`")
        .push(this.name)
        .push(".")
        .push(attribute.field)
        .push("` is part of the key of index `")
        .push(index.name)
        .push("`, and DynamoDB refuses NULL there\nhelp: remove `null`: without the attribute the item is not in the")
        .push(" index")
}

const fn suits(form: Form, key: &KeyAttribute) -> bool {
    match form {
        Form::Known { key_type, .. } => key_type as u8 == key.key_type as u8,
        // What comes out of the user's function is checked when the item is made.
        Form::Custom => true,
        Form::Unknown => false,
    }
}

const fn wrong_type(
    index: &IndexModel,
    key: &KeyAttribute,
    this: &EntityModel,
    attribute: &AttributeModel,
) -> Message {
    let message = Message::new()
        .push("index `")
        .push(index.name)
        .push("` has the attribute \"")
        .push(key.name)
        .push("\" as ")
        .push(noun(key.key_type))
        .push(", but `")
        .push(this.name)
        .push(".")
        .push(attribute.field);
    match attribute.form {
        Form::Known { key_type, .. } => message
            .push("` is stored as ")
            .push(noun(key_type))
            .push("\nhelp: change the type of one of them, or store the field under another name")
            .push(" with `#[serde(rename = \"..\")]`")
            .push("\nnote: DynamoDB refuses every item that has the attribute with another type"),
        _ => message
            .push("` is of a type that is not known to be stored so")
            .push("\nhelp: add `#[derive(KeyPart)]` to newtypes and enums of unit variants, or store the")
            .push(" field under another name with `#[serde(rename = \"..\")]`")
            .push("\nnote: DynamoDB refuses every item that has the attribute with another type"),
    }
}

/// Whether only items of this entity can be in the index: every other one lacks an attribute of its key.
pub const fn selects_one_entity<T: Table>(type_name: &str, index: usize) -> bool {
    if index > T::INDEXES.len() {
        // An index of another table, which has its own message.
        return true;
    }
    let mut at = 0;
    while at < T::ENTITIES.len() {
        let other = &T::ENTITIES[at];
        if !same(other.type_name, type_name) && stores_key_of::<T>(index, other) {
            return false;
        }
        at += 1;
    }
    true
}

/// Whether items of the entity have all attributes of the key of index number `index`, from 1.
pub(super) const fn stores_key_of<T: Table>(index: usize, entity: &EntityModel) -> bool {
    let index = &T::INDEXES[index - 1];
    stores_all::<T>(index.partition_key, entity) && stores_all::<T>(index.sort_key, entity)
}

const fn stores_all<T: Table>(key: &[KeyAttribute], entity: &EntityModel) -> bool {
    let mut at = 0;
    while at < key.len() {
        if !stores::<T>(key[at].name, entity) {
            return false;
        }
        at += 1;
    }
    true
}

/// Whether an item of the entity can have the attribute: as a field, or as a key.
pub(super) const fn stores<T: Table>(name: &str, entity: &EntityModel) -> bool {
    let mut at = 0;
    while at < entity.attributes.len() {
        if same(entity.attributes[at].name, name) {
            return true;
        }
        at += 1;
    }
    let is_of_table =
        same(name, T::PARTITION_KEY) || matches!(T::SORT_KEY, Some(sort_key) if same(name, sort_key));
    is_of_table || is_of_index(name, T::INDEXES, entity.keys)
}

const fn is_of_index(name: &str, indexes: &[IndexModel], keys: &[Key]) -> bool {
    let mut at = 0;
    while at < keys.len() {
        if let Some(number) = keys[at].index.checked_sub(1)
            && number < indexes.len()
            && (is_one_of(name, indexes[number].partition_key) || is_one_of(name, indexes[number].sort_key))
        {
            return true;
        }
        at += 1;
    }
    false
}

/// Templates for an index that takes none, or for the partition key of a local index.
pub(super) const fn templates(indexes: &[IndexModel], this: &EntityModel) -> Option<Message> {
    let mut at = 1;
    while at < this.keys.len() {
        let key = &this.keys[at];
        if key.index > indexes.len() {
            // An index of another table, which has its own message.
            return None;
        }
        let index = &indexes[key.index - 1];
        match index.kind {
            IndexKind::Natural => {
                return Some(
                    begin(this)
                        .push("` gives templates for index `")
                        .push(index.name)
                        .push("`, whose key is made of attributes as they are stored\nhelp: remove `pk` and `sk`;")
                        .push(" the fields are found by the names that serde stores them under"),
                );
            }
            IndexKind::Local if !same(key.pk.source, this.keys[0].pk.source) => {
                return Some(
                    begin(this)
                        .push("` gives a partition key for the local index `")
                        .push(index.name)
                        .push("`, which has that of the table\nhelp: remove `pk` from `index(..)` on `")
                        .push(this.name)
                        .push("`"),
                );
            }
            _ => at += 1,
        }
    }
    None
}

const fn begin(this: &EntityModel) -> Message {
    Message::new().push("`").push(this.name)
}
