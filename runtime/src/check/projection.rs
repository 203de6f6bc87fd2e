//! Projections: what they read is stored, by the entity and by the indexes that they are read from.

use super::{Message, is_one_of, same};
use crate::entity::Entity;
use crate::index::Index;
use crate::model::{AttributeModel, EntityModel, IndexModel, IndexProjection};
use crate::projection::Projection;
use crate::table::Table;

/// What is wrong with attribute number `at` of the projection, as its entity has it.
pub const fn stored_by_entity<P: Projection>(at: usize) -> Option<Message> {
    let (entity, read) = (&<P::Entity as Entity>::MODEL, P::ATTRIBUTES[at]);
    if entity.is_incomplete() {
        return None;
    }
    let Some(stored) = attribute(entity, read.name) else {
        let message = Message::new()
            .push("projection `")
            .push(P::NAME)
            .push("` reads the attribute \"")
            .push(read.name)
            .push("\", which `")
            .push(entity.name)
            .push("` does not store\nhelp: its attributes are ");
        return Some(names(message, entity.attributes));
    };
    if read.required && !stored.required {
        return Some(
            Message::new()
                .push("`")
                .push(P::NAME)
                .push(".")
                .push(read.field)
                .push("` is required, but `")
                .push(entity.name)
                .push("` may be stored without \"")
                .push(read.name)
                .push("\"\nhelp: make it an `Option`, or add `#[serde(default)]`"),
        );
    }
    None
}

/// Whether the index stores attribute number `at` of the projection, or what to say if not.
pub const fn stored_by_index<P: Projection, I: Index>(at: usize) -> Option<Message> {
    type TableOf<P> = <<P as Projection>::Entity as Entity>::Table;
    let name = P::ATTRIBUTES[at].name;
    if attribute(&<P::Entity as Entity>::MODEL, name).is_none() || I::NUMBER == 0 {
        // The entity has no such attribute, which has its own message; the table stores everything.
        return None;
    }
    if I::NUMBER > TableOf::<P>::INDEXES.len() {
        // An index of another table, which has its own message.
        return None;
    }
    let index = &TableOf::<P>::INDEXES[I::NUMBER - 1];
    if stores(index, name) || is_key::<TableOf<P>>(name) {
        return None;
    }
    let message = Message::new()
        .push("projection `")
        .push(P::NAME)
        .push("` reads the attribute \"")
        .push(name)
        .push("\", which index `")
        .push(index.name)
        .push("` does not store\nhelp: add it to the index on the table, `projection = include(");
    Some(included(message, index).push(name).push(")`, or leave the field out"))
}

const fn attribute(entity: &EntityModel, name: &str) -> Option<AttributeModel> {
    let mut at = 0;
    while at < entity.attributes.len() {
        if same(entity.attributes[at].name, name) {
            return Some(entity.attributes[at]);
        }
        at += 1;
    }
    None
}

const fn stores(index: &IndexModel, name: &str) -> bool {
    if is_one_of(name, index.partition_key) || is_one_of(name, index.sort_key) {
        return true;
    }
    match index.projection {
        IndexProjection::All => true,
        IndexProjection::Keys => false,
        IndexProjection::Include(names) => {
            let mut at = 0;
            while at < names.len() {
                if same(names[at], name) {
                    return true;
                }
                at += 1;
            }
            false
        }
    }
}

/// Every index stores the key of the table.
const fn is_key<T: Table>(name: &str) -> bool {
    same(name, T::PARTITION_KEY) || matches!(T::SORT_KEY, Some(sort_key) if same(name, sort_key))
}

/// What the index includes already, each with a comma behind it.
const fn included(mut message: Message, index: &IndexModel) -> Message {
    if let IndexProjection::Include(names) = index.projection {
        let mut at = 0;
        while at < names.len() {
            message = message.push(names[at]).push(", ");
            at += 1;
        }
    }
    message
}

/// At most ten of them, in their order.
const fn names(mut message: Message, attributes: &[AttributeModel]) -> Message {
    let mut at = 0;
    while at < attributes.len() && at < 10 {
        if at > 0 {
            message = message.push(", ");
        }
        message = message.push("\"").push(attributes[at].name).push("\"");
        at += 1;
    }
    if at < attributes.len() { message.push(", ..") } else { message }
}
