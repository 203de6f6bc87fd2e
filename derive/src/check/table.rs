//! Rules across the names of one table.

use quote::ToTokens;

use crate::diag::{Diag, Message};
use crate::model::Spanned;
use crate::model::table::{IndexKind, KeyAttribute, KeyType, Table};

/// The names that DynamoDB admits for tables and indexes
/// (<https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html>).
const NAME_LENGTHS: std::ops::RangeInclusive<usize> = 3..=255;

/// Reports what the parts of `table` do to each other.
pub(crate) fn check(diag: &Diag, table: &Table<'_>) {
    if !table.name.text.is_empty() {
        check_name(diag, "table", &table.name);
    }
    for index in &table.indexes {
        check_name(diag, "index", &index.name);
    }
    check_index_names(diag, table);
    check_attributes_differ(diag, table);
    check_natural(diag, table);
    check_attributes_once(diag, table);
    check_local(diag, table);
    check_entity_once(diag, table);
}

/// DynamoDB refuses other names, but only when the table is created.
fn check_name(diag: &Diag, what: &str, name: &Spanned) {
    let text = &name.text;
    let refused = text.chars().find(|c| !c.is_ascii_alphanumeric() && !"_.-".contains(*c));
    let rule = match refused {
        Some(refused) => format!("contains `{refused}`; DynamoDB admits letters, digits, `_`, `.` and `-`"),
        None if !NAME_LENGTHS.contains(&text.len()) => "must have 3 to 255 characters".to_owned(),
        None => return,
    };
    diag.error(name.literal(), Message::new(format_args!("the {what} name \"{text}\" {rule}")));
}

fn check_index_names(diag: &Diag, table: &Table<'_>) {
    for (at, index) in table.indexes.iter().enumerate() {
        let earlier = &table.indexes[..at];
        if earlier.iter().any(|other| other.ident == index.ident) {
            let text =
                format!("index `{}` is declared twice on table `{}`", index.ident, table.original.ident);
            diag.error(&index.ident, Message::new(text).help("give one of them another name"));
        } else if let Some(other) = earlier.iter().find(|other| other.name.text == index.name.text) {
            let text = format!(
                "indexes `{}` and `{}` have one name, \"{}\"",
                other.ident, index.ident, index.name.text
            );
            diag.error(index.name.literal(), Message::new(text).help("give one of them another `name`"));
        }
    }
}

/// A use of an attribute.
struct Use<'a> {
    name: &'a Spanned,
    what: String,
    /// As part of a key.
    key_type: Option<KeyType>,
    of: Of,
}

/// Whose key an attribute is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Table,
    /// Of an index that can have the table's attributes too: it has the templates of these then.
    Overloaded,
    /// The attribute is the entities' own, so that several keys can be made of it.
    Natural,
    Local,
}

impl Of {
    fn shares_with(self, other: Self) -> bool {
        match (self, other) {
            (Self::Natural, _) | (_, Self::Natural) => true,
            (one, other) => one == Self::Table && other == Self::Overloaded,
        }
    }
}

/// Each key has an attribute of its own, or one key would overwrite another. What natural indexes and the
/// table's own key are made of can serve several of them, as one type.
fn check_attributes_differ(diag: &Diag, table: &Table<'_>) {
    let uses = uses(table);
    for (at, this) in uses.iter().enumerate() {
        let Some(other) = uses[..at].iter().find(|earlier| earlier.name.text == this.name.text) else {
            continue;
        };
        let name = &this.name.text;
        let keys = this.key_type.is_some() && other.key_type.is_some();
        let shared = keys && other.of.shares_with(this.of);
        if !shared {
            let text = format!("\"{name}\" would hold both {} and {}", other.what, this.what);
            let message = Message::new(text).help("give each an attribute of its own");
            diag.error(this.name.literal(), message);
        } else if this.key_type != other.key_type {
            let text = format!("\"{name}\" has two types: one in {}, another in {}", other.what, this.what);
            let message = Message::new(text).help("give it one type");
            diag.error(this.name.literal(), message.note("a key attribute has one type for all entities"));
        }
    }
}

fn uses<'a>(table: &'a Table<'_>) -> Vec<Use<'a>> {
    let key = |attribute: &'a KeyAttribute, what: String, of: Of| Use {
        name: &attribute.name,
        what,
        key_type: Some(attribute.key_type),
        of,
    };
    let mut uses = vec![key(&table.pk, "the partition key".to_owned(), Of::Table)];
    uses.extend(table.sk.iter().map(|sk| key(sk, "the sort key".to_owned(), Of::Table)));
    let what = "the type of the items".to_owned();
    let typed = |name| Use { name, what: what.clone(), key_type: None, of: Of::Table };
    uses.extend(table.type_attribute.iter().map(typed));
    for index in &table.indexes {
        let what = |half: &str| format!("the {half} key of `{}`", index.ident);
        let of = match index.kind {
            IndexKind::Overloaded => Of::Overloaded,
            IndexKind::Natural | IndexKind::Unclear => Of::Natural,
            IndexKind::Local => Of::Local,
        };
        uses.extend(index.pk.iter().map(|pk| key(pk, what("partition"), of)));
        uses.extend(index.sk.iter().map(|sk| key(sk, what("sort"), of)));
    }
    uses
}

/// DynamoDB composes a key of at most four attributes for each half, each of them once
/// (<https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.DesignPattern.MultiAttributeKeys.html>).
fn check_natural(diag: &Diag, table: &Table<'_>) {
    for index in table.indexes.iter().filter(|index| index.kind == IndexKind::Natural) {
        for (half, attributes) in [("partition", &index.pk), ("sort", &index.sk)] {
            if let Some(fifth) = attributes.get(4) {
                let text = format!(
                    "the {half} key of `{}` has {} attributes, and DynamoDB admits four",
                    index.ident,
                    attributes.len()
                );
                diag.error(fifth.name.literal(), Message::new(text));
            }
        }
    }
}

/// An index has an attribute once. Where it is an overloaded index's own, it would hold two keys, which is
/// said already.
fn check_attributes_once(diag: &Diag, table: &Table<'_>) {
    for index in &table.indexes {
        let all: Vec<_> = index.pk.iter().chain(&index.sk).collect();
        for (at, attribute) in all.iter().enumerate() {
            let name = &attribute.name.text;
            let is_own = index.kind != IndexKind::Natural && table.half_of(name).is_none();
            if !is_own && all[..at].iter().any(|earlier| earlier.name.text == *name) {
                let text = format!("the key of `{}` has \"{name}\" twice", index.ident);
                diag.error(attribute.name.literal(), Message::new(text).help("name it once"));
            }
        }
    }
}

/// A local index orders the partitions of the table in another way.
fn check_local(diag: &Diag, table: &Table<'_>) {
    let local = table.indexes.iter().filter(|index| index.kind == IndexKind::Local);
    for (at, index) in local.enumerate() {
        if table.sk.is_none() {
            let text = format!(
                "table `{}` has no sort key, so it cannot have the local index `{}`",
                table.original.ident, index.ident
            );
            diag.error(&index.ident, Message::new(text).help("give the table one with `sk = \"SK\"`"));
        } else if at == 5 {
            let text = format!("`{}` is the sixth local index, and DynamoDB admits five", index.ident);
            diag.error(&index.ident, Message::new(text).help("make it global: remove `local`, and add `pk`"));
        }
    }
}

fn check_entity_once(diag: &Diag, table: &Table<'_>) {
    for (at, variant) in table.variants.iter().enumerate() {
        if table.variants[..at].iter().any(|other| other.entity == variant.entity) {
            let entity = variant.entity.to_token_stream();
            let text = format!("table `{}` lists the entity `{entity}` twice", table.original.ident);
            diag.error(&variant.entity, Message::new(text).help("remove one of the variants"));
        }
    }
}
