//! Rules of the fields that the library sets or reads by itself, and of those that store NULL.

use quote::ToTokens;
use syn::ext::IdentExt;

use super::entity::key_fields;
use crate::attr::field::Role;
use crate::diag::{Diag, Message};
use crate::model::entity::{Entity, Field};

pub(super) fn check_managed(diag: &Diag, entity: &Entity<'_>) {
    for role in Role::ALL {
        check_role_once(diag, entity, role);
    }
    for (at, field) in entity.fields.iter().enumerate() {
        check_one_role(diag, field);
        if let [(role, path)] = &field.roles[..] {
            check_role(diag, entity, at, *role, path);
        }
        check_null(diag, entity, at);
    }
}

/// DynamoDB expires items by one attribute, and a write advances one version.
fn check_role_once(diag: &Diag, entity: &Entity<'_>, role: Role) {
    let mut fields = entity.fields.iter().filter(|field| field.has_role(role));
    let Some(first) = fields.next() else { return };
    for field in fields {
        let name = role.name();
        let text = format!("only one field can be `{name}`; `{}` already is", first.ident.unraw());
        let message = Message::new(text).help("remove one of them");
        diag.error(field.roles.iter().find(|(known, _)| *known == role).map(|(_, path)| path), message);
    }
}

fn check_one_role(diag: &Diag, field: &Field<'_>) {
    if let [(first, _), (second, path), ..] = &field.roles[..] {
        let name = field.ident.unraw();
        let text = format!("`{name}` cannot be both `{}` and `{}`", first.name(), second.name());
        diag.error(path, Message::new(text).help("give each a field of its own"));
    }
}

fn check_role(diag: &Diag, entity: &Entity<'_>, at: usize, role: Role, path: &syn::Path) {
    let (field, name) = (&entity.fields[at], entity.fields[at].ident.unraw());
    if let Some(by) = &field.unstored_by {
        let text = format!(
            "`{name}` is the `{}`, but serde does not store it as an attribute of its own",
            role.name()
        );
        diag.error(
            by,
            Message::new(text).help(format_args!("remove `{}` from `{name}`", by.to_token_stream())),
        );
    }
    if role.is_set_by_writes() && entity.key.fields().contains(&at) {
        let text = format!(
            "`{name}` is the `{}`, which writes set, so it cannot be part of the primary key",
            role.name()
        );
        let help = match role {
            Role::Version => "leave it out of the key",
            _ => "use it in an index: its keys follow what is written",
        };
        diag.error(path, Message::new(text).help(help));
    }
    if role == Role::Version && key_fields(entity).contains(&at) && !entity.key.fields().contains(&at) {
        let text = format!(
            "`{name}` is the `version`, which an update advances without knowing it, so it cannot be part of an index key"
        );
        diag.error(
            path,
            Message::new(text).help("a natural index can be made of it: DynamoDB composes its keys"),
        );
    }
    if role == Role::Version
        && let Some(function) = &field.serialize
    {
        let text = format!(
            "`{name}` is the `version`, which DynamoDB adds to, but `{}` stores it",
            function.to_token_stream().to_string().replace(' ', "")
        );
        diag.error(path, Message::new(text).help("store it as the number that it is"));
    }
}

/// NULL is a value of its own type, which no index key can be; and it is the stored form of `None` alone.
fn check_null(diag: &Diag, entity: &Entity<'_>, at: usize) {
    let field = &entity.fields[at];
    let Some(path) = &field.null else { return };
    let name = field.ident.unraw();
    if field.optional.is_none() {
        let ty = field.ty.to_token_stream().to_string().replace(' ', "");
        let message = Message::new(format_args!("`{name}` is never NULL: it is a `{ty}`, not an `Option`"));
        diag.error(path, message.help("remove `null`"));
    } else if key_fields(entity).contains(&at) {
        let text = format!("`{name}` is part of an index key, and DynamoDB refuses NULL there");
        let message =
            Message::new(text).help("remove `null`: without the attribute the item is not in the index");
        diag.error(path, message);
    }
}
