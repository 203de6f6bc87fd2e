//! Projections of indexes: what an index includes has to be something that items have.

use super::natural::stores;
use super::{Message, same};
use crate::model::EntityModel;
use crate::table::Table;

/// How many attributes a message lists.
const LISTED: usize = 10;

/// Why index number `index` cannot include the attribute `name`: no entity stores it.
pub const fn included<T: Table>(table: &str, index: usize, name: &str) -> Option<Message> {
    if matches!(T::TYPE_ATTRIBUTE, Some(type_attribute) if same(type_attribute, name)) {
        return None;
    }
    let mut at = 0;
    while at < T::ENTITIES.len() {
        let entity = &T::ENTITIES[at];
        // What serde flattens into an item is not known.
        if entity.is_incomplete() || entity.flattens || stores::<T>(name, entity) {
            return None;
        }
        at += 1;
    }
    let message = Message::new()
        .push("index `")
        .push(T::INDEXES[index - 1].name)
        .push("` includes \"")
        .push(name)
        .push("\", which no entity of table `")
        .push(table)
        .push("` stores");
    let message = match meant(T::ENTITIES, name) {
        Some((entity, attribute)) => message
            .push("\nhelp: did you mean \"")
            .push(attribute)
            .push("\", which `")
            .push(entity)
            .push("` stores?"),
        None => message,
    };
    Some(list(T::ENTITIES, message))
}

/// The attribute of a field of this name, or of the same name in another case.
const fn meant(entities: &[EntityModel], name: &str) -> Option<(&'static str, &'static str)> {
    let mut at = 0;
    while at < entities.len() {
        let mut field = 0;
        while field < entities[at].attributes.len() {
            let attribute = &entities[at].attributes[field];
            if same(attribute.field, name) || is_same_word(attribute.name, name) {
                return Some((entities[at].name, attribute.name));
            }
            field += 1;
        }
        at += 1;
    }
    None
}

/// Equal but for case and `_`: `totalCents` and `total_cents`.
const fn is_same_word(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let (mut left, mut right) = (0, 0);
    loop {
        while left < a.len() && a[left] == b'_' {
            left += 1;
        }
        while right < b.len() && b[right] == b'_' {
            right += 1;
        }
        if left == a.len() || right == b.len() {
            return left == a.len() && right == b.len();
        }
        if !a[left].eq_ignore_ascii_case(&b[right]) {
            return false;
        }
        (left, right) = (left + 1, right + 1);
    }
}

const fn list(entities: &[EntityModel], message: Message) -> Message {
    let (mut message, mut count, mut at) = (message, 0, 0);
    while at < entities.len() {
        let mut field = 0;
        while field < entities[at].attributes.len() {
            if count == LISTED {
                return message.push(", …");
            }
            message = message.push(if count == 0 { "\nnote: stored attributes: `" } else { ", `" });
            message = message.push(entities[at].name).push(".");
            message = message.push(entities[at].attributes[field].name).push("`");
            (count, field) = (count + 1, field + 1);
        }
        at += 1;
    }
    message
}
