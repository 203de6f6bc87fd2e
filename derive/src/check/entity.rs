//! Rules across the fields and keys of one entity.

use std::collections::HashMap;

use quote::ToTokens;
use syn::ext::IdentExt;

use super::field::check_constants;
use super::managed::check_managed;
use super::unique::check_unique;
use crate::attr::serde::Asker;
use crate::diag::{Diag, Message};
use crate::idents;
use crate::model::entity::{Entity, Field, Key, Segment, Template};
use crate::template::Codec;
use crate::types::float;

/// Reports what the parts of `entity` do to each other.
pub(crate) fn check(diag: &Diag, entity: &Entity<'_>) {
    check_primary_key_is_always_there(diag, entity);
    check_key_fields_are_stored(diag, entity);
    check_no_floats(diag, entity);
    check_stored_names(diag, entity);
    check_constants(diag, &entity.fields, Asker::Entity);
    check_managed(diag, entity);
    check_unique(diag, entity);
    check_index_once(diag, entity);
    check_query_names(diag, entity);
    for (key, _) in keys(entity) {
        check_part_once(diag, entity, &key.partition, &allows_beside);
        check_steps(diag, entity, key);
    }
}

/// The steps of a query along the sort key.
pub(crate) fn check_steps(diag: &Diag, entity: &Entity<'_>, key: &Key) {
    if let Some(sort) = &key.sort {
        check_part_once(diag, entity, sort, &|_, _| false);
        check_count_of_steps(diag, entity, sort);
    }
    check_step_names(diag, entity, key);
}

fn keys<'e>(entity: &'e Entity<'_>) -> impl Iterator<Item = (&'e Key, Option<&'e syn::Path>)> {
    let indexes = entity.indexes.iter().map(|index| (&index.key, Some(&index.index)));
    std::iter::once((&entity.key, None)).chain(indexes)
}

/// Each step is a state of the query, and the library has so many.
fn check_count_of_steps(diag: &Diag, entity: &Entity<'_>, sort: &Template) {
    let count = sort.parts().count();
    if count > idents::MOST_STEPS {
        let text = format!("a sort key of `{}` has {count} parts", entity.ident());
        let note = format!("queries take the parts of a sort key one by one, {} at most", idents::MOST_STEPS);
        let help = "hold some of them in one field, of a type that writes them all";
        diag.error(&sort.literal, Message::new(text).help(help).note(note));
    }
}

/// The fields of all keys, each once.
pub(super) fn key_fields(entity: &Entity<'_>) -> Vec<usize> {
    let mut fields: Vec<usize> = keys(entity).flat_map(|(key, _)| key.fields()).collect();
    fields.sort_unstable();
    fields.dedup();
    fields
}

/// DynamoDB stores no item without its whole primary key.
fn check_primary_key_is_always_there(diag: &Diag, entity: &Entity<'_>) {
    for field in entity.key.fields() {
        let field = &entity.fields[field];
        if field.optional.is_some() {
            let text = format!("`{}` is optional, but every item needs its primary key", field.ident.unraw());
            let help = "make it required, or use it in an index: items without it are left out";
            diag.error(field.ty, Message::new(text).help(help));
        }
    }
}

/// rustc says so of every type that is no key part. Of floats it would say at once that they have no `Eq`
/// and no `Hash`, which is beside the point.
fn check_no_floats(diag: &Diag, entity: &Entity<'_>) {
    for field in key_fields(entity) {
        check_not_a_float(diag, entity.fields[field].part_type());
    }
}

pub(crate) fn check_not_a_float(diag: &Diag, ty: &syn::Type) {
    if let Some(float) = float(ty) {
        let message = Message::new(format_args!("`{float}` cannot be used in a key template"));
        let message = message.help("store an integer of the smallest unit, such as cents");
        diag.error(ty, message.note("floats have no agreed text form, and no order that text keeps"));
    }
}

/// A key is made of the item's fields, so a field that is not stored could not be read back.
fn check_key_fields_are_stored(diag: &Diag, entity: &Entity<'_>) {
    for field in key_fields(entity) {
        let field = &entity.fields[field];
        if let Some(by) = &field.unstored_by {
            let name = field.ident.unraw();
            let text =
                format!("`{name}` is part of a key, but serde does not store it as an attribute of its own");
            let help = format!("remove `{}` from `{name}`", by.to_token_stream());
            diag.error(
                by,
                Message::new(text).help(help).note("what is read back has to give the same key again"),
            );
        }
    }
}

/// Two fields under one name: the later would overwrite the earlier.
fn check_stored_names(diag: &Diag, entity: &Entity<'_>) {
    let mut first: HashMap<&str, &Field<'_>> = HashMap::new();
    for field in &entity.fields {
        let Some(stored) = &field.stored else { continue };
        if let Some(other) = first.get(stored.as_str()) {
            let both = format!(
                "`{}` and `{}` are both stored as \"{stored}\"",
                other.ident.unraw(),
                field.ident.unraw()
            );
            diag.error(field.ident, Message::new(both).help("rename one of them"));
        }
        first.entry(stored).or_insert(field);
    }
}

/// An entity has one key in each index.
fn check_index_once(diag: &Diag, entity: &Entity<'_>) {
    let keys = entity.indexes.iter().map(|index| (&index.index, Some(&index.key.partition.text)));
    let natural = entity.natural.iter().map(|join| (&join.index, None));
    let all: Vec<_> = keys.chain(natural).collect();
    for (at, (index, _)) in all.iter().enumerate() {
        if let Some((_, first)) = all[..at].iter().find(|(other, _)| other == index) {
            let text = format!("index `{}` is declared twice on `{}`", idents::last(index), entity.ident());
            let message = Message::new(text);
            let message = match first {
                Some(pk) => message.note(format_args!("first with pk \"{pk}\"")),
                None => message,
            };
            diag.error(index, message);
        }
    }
}

/// Each query is a function of the entity.
fn check_query_names(diag: &Diag, entity: &Entity<'_>) {
    let natural = entity.natural.iter().map(|join| (&join.query, Some(&join.index)));
    let queries: Vec<_> = keys(entity).map(|(key, index)| (&key.query, index)).chain(natural).collect();
    for (at, (query, index)) in queries.iter().enumerate() {
        let name = &query.function;
        let Some((_, other)) = queries[..at].iter().find(|(other, _)| other.function == *name) else {
            continue;
        };
        let of = |index: &Option<&syn::Path>| match index {
            Some(path) => format!("index `{}`", idents::last(path)),
            None => "the primary key".to_owned(),
        };
        let text = format!("the queries of {} and {} are both called `{name}`", of(other), of(index));
        let message = Message::new(text).help("name one of them, for example `query = by_status`");
        match index {
            _ if query.chosen => diag.error(name, message),
            Some(path) => diag.error(path, message),
            None => diag.error(entity.ident(), message),
        }
    }
}

/// A form that is computed of a field adds nothing to the field, but where tables of others have it, it is
/// part of their keys. The value gives all of its forms, so that the key still decodes in one way.
fn allows_beside(codec: Codec, other: Codec) -> bool {
    codec != other && (codec.is_lossy() || other.is_lossy())
}

/// A template names a field once. A step of a query is named for its field, so along a sort key that holds for
/// its computed forms too.
fn check_part_once(
    diag: &Diag,
    entity: &Entity<'_>,
    template: &Template,
    allows: &dyn Fn(Codec, Codec) -> bool,
) {
    let mut seen: Vec<(usize, Codec)> = Vec::new();
    for segment in &template.segments {
        let Segment::Part { field, codec, range } = segment else { continue };
        if seen.iter().any(|(known, other)| known == field && !allows(*codec, *other)) {
            let name = entity.fields[*field].ident.unraw();
            let message = Message::new(format_args!("`{{{name}}}` stands twice in one template"))
                .caret(&template.text, range.clone(), "named before")
                .help("name it once: it adds nothing the second time");
            let is_computed =
                seen.iter().any(|(known, other)| known == field && allows_beside(*codec, *other));
            let message = match is_computed {
                true => {
                    message.note("a step of a query has the name of its field; a partition key may have both")
                }
                false => message,
            };
            diag.error(&template.literal, message);
        }
        seen.push((*field, *codec));
    }
}

/// `placed_at_from` as a field would be two steps of one name.
fn check_step_names(diag: &Diag, entity: &Entity<'_>, key: &Key) {
    let Some(sort) = &key.sort else { return };
    let names: Vec<_> = sort.parts().map(|field| entity.fields[field].ident.unraw().to_string()).collect();
    for name in &names {
        for suffix in ["from", "until", "in"] {
            let step = format!("{name}_{suffix}");
            if names.contains(&step) {
                let text =
                    format!("the range `{step}` of `{name}` and the field `{step}` are one step of a query");
                diag.error(&sort.literal, Message::new(text).help("rename one of the fields"));
            }
        }
    }
}
