//! Indexes over attributes of the table's own key: what an entity writes there, its primary key says already.

use super::{Message, TableFacts, is_one_of, same};
use crate::model::{EntityModel, IndexKind, IndexModel, KeyAttribute};
use crate::proof::{Key, Template};

/// One half of a table's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// The partition key.
    Partition,
    /// The sort key.
    Sort,
}

impl Half {
    const fn of(self, primary: &Key) -> Option<Template> {
        match self {
            Self::Partition => Some(primary.pk),
            Self::Sort => primary.sk,
        }
    }
}

/// An index that is made of the table's own key alone, so that every item is in it.
#[derive(Debug, Clone, Copy)]
pub struct ImpliedKey {
    /// The number of the index, from 1.
    pub index: usize,
    /// The half that is its partition key.
    pub partition: Half,
    /// The half that is its sort key.
    pub sort: Option<Half>,
}

impl ImpliedKey {
    /// The key of an entity that gives none itself. A half that the entity lacks has a message of its own.
    const fn of(&self, entity: &EntityModel) -> Option<Key> {
        let mut at = 0;
        while at < entity.keys.len() {
            if entity.keys[at].index == self.index {
                return None;
            }
            at += 1;
        }
        let [primary, ..] = entity.keys else { return None };
        let Some(pk) = self.partition.of(primary) else { return None };
        let sk = match self.sort {
            None => None,
            Some(half) => match half.of(primary) {
                Some(sk) => Some(sk),
                None => return None,
            },
        };
        Some(Key::index(self.index, pk, sk))
    }
}

/// How many keys [`with_implied`] gives.
pub const fn with_implied_count(entity: &EntityModel, implied: &[ImpliedKey]) -> usize {
    let (mut count, mut at) = (entity.keys.len(), 0);
    while at < implied.len() {
        count += implied[at].of(entity).is_some() as usize;
        at += 1;
    }
    count
}

/// The keys of the entity's model, and those in indexes that it cannot help being in.
pub const fn with_implied<const COUNT: usize>(entity: &EntityModel, implied: &[ImpliedKey]) -> [Key; COUNT] {
    let mut keys = match entity.keys {
        [primary, ..] => [*primary; COUNT],
        [] => [const { Key::primary(Template::text("", b'#', &[]), None) }; COUNT],
    };
    let (mut count, mut at) = (0, 0);
    while at < entity.keys.len() {
        keys[count] = entity.keys[at];
        (count, at) = (count + 1, at + 1);
    }
    at = 0;
    while at < implied.len() {
        if let Some(key) = implied[at].of(entity) {
            keys[count] = key;
            count += 1;
        }
        at += 1;
    }
    keys
}

/// A template for an attribute that holds a half of the primary key: it has to be the template of that half.
pub(super) const fn templates(table: &TableFacts, this: &EntityModel) -> Option<Message> {
    let mut at = 1;
    while at < this.keys.len() {
        let key = &this.keys[at];
        if key.index > table.indexes.len() {
            // An index of another table, which has its own message.
            return None;
        }
        let index = &table.indexes[key.index - 1];
        if matches!(index.kind, IndexKind::Overloaded) {
            if let Some(message) = half(table, this, index, index.partition_key, Some(&key.pk), "pk") {
                return Some(message);
            }
            let given = match &key.sk {
                Some(sk) => Some(sk),
                None => None,
            };
            if let Some(message) = half(table, this, index, index.sort_key, given, "sk") {
                return Some(message);
            }
        }
        at += 1;
    }
    None
}

const fn half(
    table: &TableFacts,
    this: &EntityModel,
    index: &IndexModel,
    attributes: &[KeyAttribute],
    given: Option<&Template>,
    name: &str,
) -> Option<Message> {
    let [attribute, ..] = attributes else { return None };
    let primary = &this.keys[0];
    let (half, written) = match &primary.sk {
        _ if is_one_of(attribute.name, table.partition_key) => ("partition key", &primary.pk),
        Some(sort) if is_one_of(attribute.name, table.sort_key) => ("sort key", sort),
        _ => return None,
    };
    let message = Message::new().push("`").push(this.name);
    let message = match given {
        Some(given) if same(given.source, written.source) => return None,
        Some(given) => message
            .push("` gives `")
            .push(attribute.name)
            .push("` the template \"")
            .push(given.source)
            .push("\" in index `")
            .push(index.name)
            .push("`, and \"")
            .push(written.source)
            .push("\" as its ")
            .push(half),
        None => message
            .push("` lacks the template of `")
            .push(attribute.name)
            .push("` in index `")
            .push(index.name)
            .push("`, which is its ")
            .push(half)
            .push(", \"")
            .push(written.source)
            .push("\""),
    };
    let message = message
        .push("\nhelp: write `")
        .push(name)
        .push(" = \"")
        .push(written.source)
        .push("\"` in `index(..)` on `")
        .push(this.name)
        .push("`");
    let message = match is_of_table(table, index) {
        true => message.push(", or no templates there at all"),
        false => message,
    };
    Some(message.push("\nnote: the index reads an attribute of the table's own key, which has one value"))
}

const fn is_of_table(table: &TableFacts, index: &IndexModel) -> bool {
    let sort = match index.sort_key {
        [sort, ..] => is_one_of(sort.name, table.partition_key) || is_one_of(sort.name, table.sort_key),
        [] => true,
    };
    let [partition, ..] = index.partition_key else { return false };
    sort && (is_one_of(partition.name, table.partition_key) || is_one_of(partition.name, table.sort_key))
}
