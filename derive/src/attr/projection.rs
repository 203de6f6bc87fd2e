//! `#[projection(..)]` on a struct.

use syn::{DeriveInput, Ident, LitStr, Path};

use super::{Slot, each, string, unknown, value};
use crate::diag::{Diag, Message};
use crate::names::PROJECTION;

/// What `#[projection(..)]` says of a struct.
pub(crate) struct ProjectionAttr {
    /// `entity = Order`; none: that was an error.
    pub(crate) entity: Option<Path>,
    /// `index(ByStatus, ByCourier)`
    pub(crate) indexes: Vec<Path>,
    /// `crate = "path::to::monotable"`
    pub(crate) krate: Option<LitStr>,
}

impl ProjectionAttr {
    pub(crate) fn from_syn(diag: &Diag, input: &DeriveInput) -> Self {
        let (mut entity, mut krate, mut indexes) = (Slot::default(), Slot::default(), Vec::new());
        let complete = each(diag, &input.attrs, "projection", |meta| {
            match meta.path.get_ident().map(Ident::to_string).as_deref() {
                Some("entity") => {
                    entity.set(diag, &meta, value(diag, &meta, "the path of an entity", "entity = Order")?);
                }
                Some("index") => indexes.extend(index_paths(diag, &meta)?),
                Some("crate") => krate.set(diag, &meta, string(diag, &meta, "crate = \"monotable\"")?),
                _ => unknown(diag, &meta, &PROJECTION)?,
            }
            Ok(())
        });
        if complete && !entity.is_given() {
            let message = Message::new(format_args!(
                "`{}` does not say which entity it is a projection of",
                input.ident
            ));
            diag.error(&input.ident, message.help("add `#[projection(entity = Order)]`, naming the entity"));
        }
        Self { entity: entity.get(), indexes, krate: krate.get() }
    }
}

/// The paths of `index(A, B)`.
fn index_paths(diag: &Diag, meta: &syn::meta::ParseNestedMeta<'_>) -> syn::Result<Vec<Path>> {
    if !meta.input.peek(syn::token::Paren) {
        let message = Message::new("`index` needs the indexes that the projection is read from");
        diag.error(&meta.path, message.help("write `index(ByStatus)`"));
        super::skip_value(meta)?;
        return Ok(Vec::new());
    }
    let content;
    syn::parenthesized!(content in meta.input);
    let paths = content.parse_terminated(Path::parse_mod_style, syn::Token![,])?;
    Ok(paths.into_iter().collect())
}
