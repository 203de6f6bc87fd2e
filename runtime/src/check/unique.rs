//! Markers of unique constraints are items of the table too: no entity can have their keys.

use super::{Message, TableFacts};
use crate::model::{EntityModel, UniqueModel};
use crate::proof::{KeyType, Segment, Template};

/// Whether the markers of `this` can be told from the items of all `entities`, by what their keys begin with.
pub(super) const fn markers(
    table: &TableFacts,
    entities: &[EntityModel],
    this: &EntityModel,
) -> Option<Message> {
    let mut at = 0;
    while at < this.unique.len() {
        let constraint = &this.unique[at];
        if !is_text(table) {
            return Some(
                of(constraint, this)
                    .push(" needs keys of text, and those of table `")
                    .push(table.name)
                    .push("` are not\nnote: what says that a value is taken is an item of the table"),
            );
        }
        let mut other = 0;
        while other < entities.len() {
            if may_meet(&entities[other], this.type_name, constraint) {
                return Some(
                    of(constraint, this)
                        .push(" is kept under keys that `")
                        .push(entities[other].name)
                        .push("` can have too: they begin with \"UNIQUE#")
                        .push(this.type_name)
                        .push("#\"\nhelp: begin a key of `")
                        .push(entities[other].name)
                        .push("` with another literal, such as \"ITEM#\""),
                );
            }
            other += 1;
        }
        at += 1;
    }
    None
}

const fn of(constraint: &UniqueModel, this: &EntityModel) -> Message {
    Message::new().push("`unique(").push(constraint.name).push(")` of `").push(this.name).push("`")
}

const fn is_text(table: &TableFacts) -> bool {
    let sort = table.sort_key.is_empty() || matches!(table.sort_key[0].key_type, KeyType::Text);
    sort && matches!(table.partition_key[0].key_type, KeyType::Text)
}

/// Only literals at the beginning are looked at, so it may say so of keys that never meet.
const fn may_meet(entity: &EntityModel, type_name: &str, constraint: &UniqueModel) -> bool {
    if entity.is_incomplete() {
        return false;
    }
    let key = &entity.keys[0];
    let partition = [b"UNIQUE#", type_name.as_bytes(), b"#", constraint.name.as_bytes(), b"#"];
    let sort = [b"UNIQUE#", type_name.as_bytes(), b"#", constraint.name.as_bytes(), b""];
    let sorts = match &key.sk {
        Some(template) => begins_alike(template, &sort),
        None => true,
    };
    sorts && begins_alike(&key.pk, &partition)
}

/// Whether the literal that a template begins with, and this text, agree as far as both go.
const fn begins_alike(template: &Template, text: &[&[u8]; 5]) -> bool {
    let literal = match template.segments() {
        [Segment::Literal(literal), ..] => literal.as_bytes(),
        _ => return true,
    };
    let (mut at, mut piece, mut within) = (0, 0, 0);
    while at < literal.len() && piece < text.len() {
        if within == text[piece].len() {
            piece += 1;
            within = 0;
        } else if literal[at] != text[piece][within] {
            return false;
        } else {
            at += 1;
            within += 1;
        }
    }
    true
}
