//! Expiry: DynamoDB deletes the items of a table by one attribute, of whichever entity they are.

use super::{Message, TableFacts, same};
use crate::model::EntityModel;

/// An entity whose items expire by another attribute than those of the table, or would expire unasked.
pub(super) const fn one_attribute(
    table: &TableFacts,
    entities: &[EntityModel],
    at: usize,
) -> Option<Message> {
    let (this, mut number) = (&entities[at], 0);
    while number < entities.len() {
        let other = &entities[number];
        if let Some(expires_by) = other.ttl {
            match this.ttl {
                Some(own) if number < at && !same(own, expires_by) => {
                    return Some(another(table, this, own, other, expires_by));
                }
                Some(_) => {}
                None => {
                    if let Some(field) = field_stored_as(this, expires_by) {
                        return Some(unasked(table, this, field, other, expires_by));
                    }
                }
            }
        }
        number += 1;
    }
    None
}

const fn field_stored_as(this: &EntityModel, name: &str) -> Option<&'static str> {
    let mut at = 0;
    while at < this.attributes.len() {
        if same(this.attributes[at].name, name) {
            return Some(this.attributes[at].field);
        }
        at += 1;
    }
    None
}

const fn another(
    table: &TableFacts,
    this: &EntityModel,
    own: &'static str,
    other: &EntityModel,
    expires_by: &'static str,
) -> Message {
    Message::new()
        .push("the ttl of `")
        .push(this.name)
        .push("` is stored as \"")
        .push(own)
        .push("\", but that of `")
        .push(other.name)
        .push("` as \"")
        .push(expires_by)
        .push("\"\nhelp: store both under one name, with `#[serde(rename = \"")
        .push(expires_by)
        .push("\")]`\nnote: DynamoDB expires the items of `")
        .push(table.name)
        .push("` by one attribute")
}

const fn unasked(
    table: &TableFacts,
    this: &EntityModel,
    field: &'static str,
    other: &EntityModel,
    expires_by: &'static str,
) -> Message {
    Message::new()
        .push("`")
        .push(this.name)
        .push(".")
        .push(field)
        .push("` is stored as \"")
        .push(expires_by)
        .push("\", by which the items of `")
        .push(table.name)
        .push("` expire, because it is the ttl of `")
        .push(other.name)
        .push("`\nhelp: add `#[entity(ttl)]` to it, or store it under another name with")
        .push(" `#[serde(rename = \"..\")]`")
}
