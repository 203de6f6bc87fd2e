//! `#[key(..)]` on newtypes, enums and their variants.

use syn::{Attribute, Ident, LitStr};

use super::{Slot, each, string, unknown};
use crate::diag::Diag;
use crate::names::{KEY_VARIANT, Names};

/// What `#[key(..)]` says of a type.
#[derive(Default)]
pub(crate) struct KeyAttr {
    /// `rename_all = "kebab-case"`
    pub(crate) rename_all: Option<LitStr>,
    /// `crate = "path::to::monotable"`
    pub(crate) krate: Option<LitStr>,
}

impl KeyAttr {
    pub(crate) fn from_syn(diag: &Diag, attributes: &[Attribute], names: &Names) -> Self {
        let (mut rename_all, mut krate) = (Slot::default(), Slot::default());
        let _ = each(diag, attributes, "key", |meta| {
            match meta.path.get_ident().map(Ident::to_string).as_deref() {
                Some("rename_all") if names.names.contains(&"rename_all") => {
                    rename_all.set(diag, &meta, string(diag, &meta, "rename_all = \"kebab-case\"")?);
                }
                Some("crate") => krate.set(diag, &meta, string(diag, &meta, "crate = \"monotable\"")?),
                _ => unknown(diag, &meta, names)?,
            }
            Ok(())
        });
        Self { rename_all: rename_all.get(), krate: krate.get() }
    }
}

/// `#[key(rename = "..")]` on a variant.
pub(crate) fn variant_rename(diag: &Diag, attributes: &[Attribute]) -> Option<LitStr> {
    let mut rename = Slot::default();
    let _ = each(diag, attributes, "key", |meta| {
        match meta.path.get_ident().map(Ident::to_string).as_deref() {
            Some("rename") => rename.set(diag, &meta, string(diag, &meta, "rename = \"OPEN\"")?),
            _ => unknown(diag, &meta, &KEY_VARIANT)?,
        }
        Ok(())
    });
    rename.get()
}
