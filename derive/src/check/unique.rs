//! Rules of unique constraints.

use quote::ToTokens;
use syn::ext::IdentExt;

use crate::attr::field::Role;
use crate::diag::{Diag, Message};
use crate::model::entity::{Entity, Unique};

pub(super) fn check_unique(diag: &Diag, entity: &Entity<'_>) {
    for (at, unique) in entity.unique.iter().enumerate() {
        check_fields(diag, entity, unique);
        let same = |other: &&Unique| other.fields == unique.fields && !unique.fields.is_empty();
        if entity.unique[..at].iter().any(|other| same(&other)) {
            diag.error(&unique.path, Message::new("this `unique` is given twice").help("remove one of them"));
        }
        check_ttl(diag, entity, unique);
    }
}

fn check_fields(diag: &Diag, entity: &Entity<'_>, unique: &Unique) {
    for (at, field) in unique.fields.iter().enumerate() {
        let stored = &entity.fields[*field];
        let name = stored.ident.unraw();
        if unique.fields[..at].contains(field) {
            let message = Message::new(format_args!("`unique` names `{name}` twice"));
            diag.error(&unique.path, message.help("remove one of them"));
        }
        if let Some(by) = &stored.unstored_by {
            let text = format!("`{name}` is unique, but serde does not store it as an attribute of its own");
            let help = format!("remove `{}` from `{name}`", by.to_token_stream());
            diag.error(by, Message::new(text).help(help));
        }
    }
}

/// DynamoDB deletes expired items, and knows nothing of their markers.
fn check_ttl(diag: &Diag, entity: &Entity<'_>, unique: &Unique) {
    if let Some(field) = entity.field_of(Role::Ttl) {
        let text = format!(
            "`{}` cannot have both `unique` and a `ttl`, which is `{}`",
            entity.ident().unraw(),
            field.ident.unraw()
        );
        let message = Message::new(text).help("delete the items by a program, or check the values otherwise");
        let note = "DynamoDB would delete expired items and leave what says that their values are taken";
        diag.error(&unique.path, message.note(note));
    }
}
