//! Collections: every member can be in the partition that is read, and is one member.

use super::natural::stores_key_of;
use super::{Message, same};
use crate::collection::Collection;
use crate::entity::Entity;
use crate::index::Index;
use crate::model::{EntityModel, IndexKind};
use crate::proof::Key;
use crate::table::Table;

/// What is wrong with member number `at` of the collection.
pub const fn member<C: Collection>(at: usize) -> Option<Message> {
    let (of, member) = (&<C::Of as Entity>::MODEL, &C::MEMBERS[at]);
    if of.is_incomplete() || member.is_incomplete() {
        return None;
    }
    let mut earlier = 0;
    while earlier < at {
        if same(C::MEMBERS[earlier].type_name, member.type_name) {
            return Some(
                Message::new()
                    .push("`")
                    .push(C::NAME)
                    .push("` has two members for `")
                    .push(member.name)
                    .push("`\nhelp: make one of them of both: `Vec<")
                    .push(member.name)
                    .push(">`"),
            );
        }
        earlier += 1;
    }
    let number = <C::Index as Index>::NUMBER;
    if is_natural::<C>(number) {
        return if stores_key_of::<<C::Of as Entity>::Table>(number, member) {
            None
        } else {
            Some(not_there::<C>(of, member))
        };
    }
    match (key_of(of, number), key_of(member, number)) {
        (Some(of_key), Some(member_key)) => {
            // An unsound key has its own message.
            if of_key.is_unsound() || member_key.is_unsound() || of_key.pk.meets(&member_key.pk) {
                None
            } else {
                Some(apart::<C>((of, of_key), (member, member_key)))
            }
        }
        // Said once, not of every member.
        (None, _) if at > 0 => None,
        (None, _) => Some(
            Message::new()
                .push("`")
                .push(C::NAME)
                .push("` is a partition of `")
                .push(of.name)
                .push("`, which is not in the index that it is read from")
                .push("\nhelp: name an entity that is in the index, `#[collection(of = ..)]`"),
        ),
        (_, None) => Some(not_there::<C>(of, member)),
    }
}

const fn is_natural<C: Collection>(number: usize) -> bool {
    let indexes = <<C::Of as Entity>::Table as Table>::INDEXES;
    number > 0 && number <= indexes.len() && matches!(indexes[number - 1].kind, IndexKind::Natural)
}

const fn key_of(entity: &EntityModel, number: usize) -> Option<&'static Key> {
    let mut at = 0;
    while at < entity.keys.len() {
        if entity.keys[at].index == number {
            return Some(&entity.keys[at]);
        }
        at += 1;
    }
    None
}

const fn begin<C: Collection>(of: &EntityModel, member: &EntityModel) -> Message {
    Message::new()
        .push("`")
        .push(member.name)
        .push("` is never in a partition of `")
        .push(of.name)
        .push("`, so it cannot be a member of `")
        .push(C::NAME)
}

const fn apart<C: Collection>(of: (&EntityModel, &Key), member: (&EntityModel, &Key)) -> Message {
    begin::<C>(of.0, member.0)
        .push("`: their partition keys are \"")
        .push(member.1.pk.source())
        .push("\" and \"")
        .push(of.1.pk.source())
        .push("\"\nhelp: remove it, or give both one partition key")
}

const fn not_there<C: Collection>(of: &EntityModel, member: &EntityModel) -> Message {
    begin::<C>(of, member)
        .push("`: it is not in the index that is read\nhelp: remove it, or let `")
        .push(member.name)
        .push("` join the index")
}
