//! Rules across the constants of one struct.

use syn::ext::IdentExt;

use crate::attr::serde::Asker;
use crate::diag::{Diag, Message};
use crate::model::field::Field;

/// Two constants under one name: rustc would say so of code that nobody wrote.
pub(crate) fn check_constants(diag: &Diag, fields: &[Field<'_>], asker: Asker) {
    let fields: Vec<_> = fields.iter().filter(|field| field.stored.is_some()).collect();
    for (at, field) in fields.iter().enumerate() {
        let Some(other) = fields[..at].iter().find(|other| other.constant == field.constant) else {
            continue;
        };
        let both = format!(
            "the constants of the fields `{}` and `{}` are both called `{}`",
            other.ident.unraw(),
            field.ident.unraw(),
            field.constant
        );
        let attribute = asker.name().to_lowercase();
        let help = format!("name one of them: `#[{attribute}(const = OTHER_NAME)]` on the field");
        diag.error(&field.constant, Message::new(both).help(help));
    }
}
