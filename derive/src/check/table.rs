//! Rules across the names of one table.

use quote::ToTokens;

use crate::diag::{Diag, Message};
use crate::model::Spanned;
use crate::model::table::Table;

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
            diag.error(&index.ident, Message::new(text));
        } else if let Some(other) = earlier.iter().find(|other| other.name.text == index.name.text) {
            let text = format!(
                "indexes `{}` and `{}` have one name, \"{}\"",
                other.ident, index.ident, index.name.text
            );
            diag.error(index.name.literal(), Message::new(text));
        }
    }
}

/// Each key has an attribute of its own, or one key would overwrite another.
fn check_attributes_differ(diag: &Diag, table: &Table<'_>) {
    let mut uses: Vec<(&Spanned, String)> = vec![(&table.pk.name, "the partition key".to_owned())];
    uses.extend(table.sk.iter().map(|sk| (&sk.name, "the sort key".to_owned())));
    uses.push((&table.type_attribute, "the type of the items".to_owned()));
    for index in &table.indexes {
        let of = |half: &str| format!("the {half} key of `{}`", index.ident);
        uses.extend(index.pk.iter().map(|pk| (&pk.name, of("partition"))));
        uses.extend(index.sk.iter().map(|sk| (&sk.name, of("sort"))));
    }
    for (at, (name, what)) in uses.iter().enumerate() {
        if let Some((_, other)) = uses[..at].iter().find(|(earlier, _)| earlier.text == name.text) {
            let text = format!("\"{}\" would hold both {other} and {what}", name.text);
            diag.error(name.literal(), Message::new(text).help("give each an attribute of its own"));
        }
    }
}

fn check_entity_once(diag: &Diag, table: &Table<'_>) {
    for (at, variant) in table.variants.iter().enumerate() {
        if table.variants[..at].iter().any(|other| other.entity == variant.entity) {
            let entity = variant.entity.to_token_stream();
            let text = format!("table `{}` lists the entity `{entity}` twice", table.original.ident);
            diag.error(variant.entity, Message::new(text));
        }
    }
}
