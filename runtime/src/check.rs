//! Rules across the entities of a table, checked while the table's crate compiles. `#[derive(Table)]`
//! calls them from constants of its own, one for each entity, so that errors point at the entity.

pub(crate) mod collection;
mod expiry;
pub(crate) mod included;
pub(crate) mod natural;
pub(crate) mod of_table;
pub(crate) mod projection;
mod types;
mod unique;

use crate::index::{Index, Primary};
use crate::key::shard_hash;
use crate::model::{EntityModel, IndexModel, KeyAttribute};
use crate::proof::Report;
use crate::table::Table;

/// Text for a message that is put together at compile time.
#[derive(Debug)]
pub struct Message {
    bytes: [u8; 1024],
    length: usize,
}

impl Message {
    const fn new() -> Self {
        Self { bytes: [0; 1024], length: 0 }
    }

    /// Appends; what does not fit is left out.
    const fn push(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        let mut at = 0;
        while at < text.len() && self.length < self.bytes.len() {
            self.bytes[self.length] = text[at];
            self.length += 1;
            at += 1;
        }
        self
    }

    /// The text, for `panic!`.
    pub const fn as_str(&self) -> &str {
        match core::str::from_utf8(self.bytes.split_at(self.length).0) {
            Ok(text) => text,
            Err(_) => "the message is too long to print",
        }
    }
}

/// What the rules are checked against.
#[derive(Debug)]
struct TableFacts {
    /// The name of the enum.
    name: &'static str,
    /// The attribute of the partition key.
    partition_key: &'static [KeyAttribute],
    /// Empty: the table has no sort key.
    sort_key: &'static [KeyAttribute],
    /// Where the type of an item is stored; none if its key alone tells it.
    type_attribute: Option<&'static str>,
    /// The secondary indexes.
    indexes: &'static [IndexModel],
}

impl TableFacts {
    const fn of<T: Table>() -> Self {
        Self {
            name: T::LABEL,
            partition_key: <Primary<T> as Index>::PARTITION_KEY,
            sort_key: <Primary<T> as Index>::SORT_KEY,
            type_attribute: T::TYPE_ATTRIBUTE,
            indexes: T::INDEXES,
        }
    }
}

/// What is proved of the entity at `at` of the table, which is a report if it does not hold.
///
/// It reads the table's constants itself: as arguments they would become constants of each caller, and
/// rustc looks every constant through, down to the last template.
pub const fn prove<T: Table>(at: usize) -> Option<Report> {
    let (keys, glances) = (T::KEYS, T::GLANCES);
    crate::proof::prove_entity(&keys, glances, at)
}

/// What else is wrong with the entity at `at`, if anything.
pub const fn entity<T: Table>(at: usize) -> Option<Message> {
    let facts = TableFacts::of::<T>();
    broken_rule(&facts, T::ENTITIES, at)
}

const fn broken_rule(table: &TableFacts, entities: &[EntityModel], at: usize) -> Option<Message> {
    let this = &entities[at];
    if this.is_incomplete() {
        return None;
    }
    if let Some(message) = sort_key(table, this) {
        return Some(message);
    }
    if let Some(message) = natural::templates(table.indexes, this) {
        return Some(message);
    }
    if let Some(message) = of_table::templates(table, this) {
        return Some(message);
    }
    if let Some(message) = index_sort_keys(table, this) {
        return Some(message);
    }
    if let Some(message) = types::key_types(table, this) {
        return Some(message);
    }
    if let Some(message) = shadowed(table, this) {
        return Some(message);
    }
    if let Some(message) = natural::attribute_types(table.indexes, this) {
        return Some(message);
    }
    if let Some(message) = expiry::one_attribute(table, entities, at) {
        return Some(message);
    }
    if let Some(message) = unique::markers(table, entities, this) {
        return Some(message);
    }
    same_type(table, entities, at)
}

/// From how many sort-key parts on a query by this key of an entity selects its items alone: more than
/// there are, if none does. What cannot be told, because a proof fails, is left to that proof's message.
pub const fn typed_from<T: Table>(type_name: &str, key: usize) -> usize {
    match number_of::<T>(type_name) {
        Some(at) if key < T::ENTITIES[at].keys.len() => typed_from_key::<T>(at, key),
        _ => 0,
    }
}

/// The same of a key in an index, by the number of the index: it may be one that the entity's model does not
/// have, because it follows from the primary key.
pub const fn typed_from_in<T: Table>(type_name: &str, index: usize) -> usize {
    let Some(at) = number_of::<T>(type_name) else { return 0 };
    let (keys, mut key) = (T::KEYS.entities[at].keys, 0);
    while key < keys.len() {
        if keys[key].index == index {
            return typed_from_key::<T>(at, key);
        }
        key += 1;
    }
    0
}

/// Which entity of the table has the type.
const fn number_of<T: Table>(type_name: &str) -> Option<usize> {
    let (entities, hash, mut at) = (T::ENTITIES, shard_hash(type_name.as_bytes()), 0);
    while at < entities.len() {
        if entities[at].type_hash == hash && same(entities[at].type_name, type_name) {
            return Some(at);
        }
        at += 1;
    }
    None
}

const fn typed_from_key<T: Table>(entity: usize, key: usize) -> usize {
    let table = T::KEYS;
    match crate::proof::typed_from_at(&table, T::GLANCES, entity, key) {
        Some(parts) => parts,
        None if table.entities[entity].keys[key].is_unsound() => 0,
        None => usize::MAX,
    }
}

/// An item is in an index only with both halves of its key.
const fn index_sort_keys(table: &TableFacts, this: &EntityModel) -> Option<Message> {
    let mut at = 1;
    while at < this.keys.len() {
        let key = &this.keys[at];
        if key.index > table.indexes.len() {
            // An index of another table, which has its own message.
            return None;
        }
        let index = &table.indexes[key.index - 1];
        match (index.sort_key, key.sk) {
            ([attribute, ..], None) => {
                return Some(
                    Message::new()
                        .push("index `")
                        .push(index.name)
                        .push("` has the sort key `")
                        .push(attribute.name)
                        .push("`, but `")
                        .push(this.name)
                        .push("` gives it none, so no `")
                        .push(this.name)
                        .push("` would be in it\nhelp: add `sk = \"..\"` to `index(..)` on `")
                        .push(this.name)
                        .push("`"),
                );
            }
            ([], Some(template)) => {
                return Some(
                    Message::new()
                        .push("`")
                        .push(this.name)
                        .push("` declares the sort key \"")
                        .push(template.source())
                        .push("\" for index `")
                        .push(index.name)
                        .push("`, which has none\nhelp: remove it, or give the index one with `sk = \"..\"` on the table"),
                );
            }
            _ => at += 1,
        }
    }
    None
}

const fn sort_key(table: &TableFacts, this: &EntityModel) -> Option<Message> {
    match (table.sort_key, this.keys[0].sk) {
        ([attribute, ..], None) => Some(
            Message::new()
                .push("table `")
                .push(table.name)
                .push("` has the sort key `")
                .push(attribute.name)
                .push("`, but `")
                .push(this.name)
                .push("` declares no `sk`\nhelp: add `sk = \"..\"` to `#[entity(..)]` on `")
                .push(this.name)
                .push("`; a literal will do for an entity with one item in its partition"),
        ),
        ([], Some(template)) => Some(
            Message::new()
                .push("`")
                .push(this.name)
                .push("` declares the sort key \"")
                .push(template.source())
                .push("\", but table `")
                .push(table.name)
                .push("` has none\nhelp: remove `sk` from `")
                .push(this.name)
                .push("`, or give the table one with `#[table(sk = \"SK\")]`"),
        ),
        _ => None,
    }
}

/// A field stored under a name that the table needs for itself would be overwritten by the key.
const fn shadowed(table: &TableFacts, this: &EntityModel) -> Option<Message> {
    let mut at = 0;
    while at < this.attributes.len() {
        let attribute = this.attributes[at];
        if let Some(use_of) = own_attribute(table, attribute.name)
            && !types::is_its_own_key(table, this, &attribute)
        {
            return Some(
                Message::new()
                    .push("`")
                    .push(this.name)
                    .push(".")
                    .push(attribute.field)
                    .push("` is stored as \"")
                    .push(attribute.name)
                    .push("\", which table `")
                    .push(table.name)
                    .push("` uses for ")
                    .push(use_of)
                    .push("\nhelp: rename the field, or add `#[serde(rename = \"..\")]` to it"),
            );
        }
        at += 1;
    }
    None
}

const fn own_attribute(table: &TableFacts, name: &str) -> Option<&'static str> {
    if is_one_of(name, table.partition_key) || is_one_of(name, table.sort_key) {
        return Some("its key");
    }
    if matches!(table.type_attribute, Some(type_attribute) if same(name, type_attribute)) {
        return Some("the type of its items");
    }
    let mut at = 0;
    while at < table.indexes.len() {
        let index = &table.indexes[at];
        let own = !matches!(index.kind, crate::model::IndexKind::Natural);
        if own && (is_one_of(name, index.partition_key) || is_one_of(name, index.sort_key)) {
            return Some("the key of an index");
        }
        at += 1;
    }
    None
}

const fn is_one_of(name: &str, attributes: &[KeyAttribute]) -> bool {
    let mut at = 0;
    while at < attributes.len() {
        if same(name, attributes[at].name) {
            return true;
        }
        at += 1;
    }
    false
}

/// Items say by their type what they are. In an untyped table it is the name that errors call them by.
const fn same_type(table: &TableFacts, entities: &[EntityModel], at: usize) -> Option<Message> {
    let this = &entities[at];
    let mut earlier = 0;
    while earlier < at {
        let other = &entities[earlier];
        if other.type_hash == this.type_hash
            && !other.is_incomplete()
            && same(other.type_name, this.type_name)
        {
            return Some(
                Message::new()
                    .push("`")
                    .push(other.name)
                    .push("` and `")
                    .push(this.name)
                    .push(match table.type_attribute {
                        Some(_) => "` both store the type \"",
                        None => "` both have the type \"",
                    })
                    .push(this.type_name)
                    .push("\"\nhelp: give one of them another with `#[entity(type = \"..\")]`"),
            );
        }
        earlier += 1;
    }
    None
}

pub(crate) const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}
