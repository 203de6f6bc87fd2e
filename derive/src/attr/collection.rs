//! `#[collection(..)]` on a struct.

use syn::{DeriveInput, Ident, LitStr, Path};

use super::{Slot, each, string, unknown, value};
use crate::diag::{Diag, Message};
use crate::names::COLLECTION;

/// What `#[collection(..)]` says of a struct.
pub(crate) struct CollectionAttr {
    /// `of = Customer`; none: that was an error.
    pub(crate) of: Option<Path>,
    /// `index = Gsi1`
    pub(crate) index: Option<Path>,
    /// `crate = "path::to::monotable"`
    pub(crate) krate: Option<LitStr>,
}

impl CollectionAttr {
    pub(crate) fn from_syn(diag: &Diag, input: &DeriveInput) -> Self {
        let (mut of, mut index, mut krate) = (Slot::default(), Slot::default(), Slot::default());
        let complete = each(diag, &input.attrs, "collection", |meta| {
            match meta.path.get_ident().map(Ident::to_string).as_deref() {
                Some("of") => {
                    of.set(diag, &meta, value(diag, &meta, "the path of an entity", "of = Customer")?)
                }
                Some("index") => {
                    index.set(diag, &meta, value(diag, &meta, "the path of an index", "index = Gsi1")?);
                }
                Some("crate") => krate.set(diag, &meta, string(diag, &meta, "crate = \"monotable\"")?),
                _ => unknown(diag, &meta, &COLLECTION)?,
            }
            Ok(())
        });
        if complete && !of.is_given() {
            let message = Message::new(format_args!("`{}` does not say whose partition it is", input.ident));
            diag.error(
                &input.ident,
                message.help(
                    "add `#[collection(of = Customer)]`, naming the entity whose partition key is queried",
                ),
            );
        }
        Self { of: of.get(), index: index.get(), krate: krate.get() }
    }
}
