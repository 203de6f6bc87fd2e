//! What the attributes mean, before any token is written: one model for each derive.

pub(crate) mod collection;
pub(crate) mod entity;
pub(crate) mod field;
pub(crate) mod group;
pub(crate) mod key_part;
pub(crate) mod natural;
pub(crate) mod projection;
pub(crate) mod table;

use proc_macro2::Span;
use syn::{LitStr, Path};

use crate::diag::{Diag, Message};

/// The path to the runtime crate: `::monotable`, or what `crate = ".."` says.
pub(crate) fn krate(diag: &Diag, given: Option<LitStr>) -> Path {
    let default = || syn::parse_quote!(::monotable);
    let Some(given) = given else { return default() };
    given.parse().unwrap_or_else(|_| {
        diag.error(&given, Message::new("expected a path in a string").help("write `crate = \"monotable\"`"));
        default()
    })
}

/// A text with the place it was written at, or where it would be.
pub(crate) struct Spanned {
    pub(crate) text: String,
    pub(crate) span: Span,
}

impl Spanned {
    pub(crate) fn or(given: Option<&LitStr>, default: &str, span: Span) -> Self {
        match given {
            Some(literal) => Self { text: literal.value(), span: literal.span() },
            None => Self { text: default.to_owned(), span },
        }
    }
}
