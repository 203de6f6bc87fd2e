//! `#[entity(..)]` and `#[fields(..)]` on a field, and `#[fields(..)]` on a struct.

use syn::{Attribute, Ident, LitStr};

use super::{Slot, each, string, unknown, value};
use crate::diag::Diag;
use crate::names::{FIELDS, Names};

/// What our attribute says of a field.
pub(crate) struct FieldAttr {
    /// `const = STATUS`
    pub(crate) constant: Option<Ident>,
}

impl FieldAttr {
    pub(crate) fn from_syn(diag: &Diag, attributes: &[Attribute], names: &Names) -> Self {
        let mut constant = Slot::default();
        let _ = each(diag, attributes, names.attribute, |meta| {
            match meta.path.is_ident("const") {
                true => constant.set(diag, &meta, value(diag, &meta, "a name", "const = STATUS")?),
                false => unknown(diag, &meta, names)?,
            }
            Ok(())
        });
        Self { constant: constant.get() }
    }
}

/// What `#[fields(..)]` says of a struct.
pub(crate) struct FieldsAttr {
    /// `crate = "path::to::monotable"`
    pub(crate) krate: Option<LitStr>,
}

impl FieldsAttr {
    pub(crate) fn from_syn(diag: &Diag, attributes: &[Attribute]) -> Self {
        let mut krate = Slot::default();
        let _ = each(diag, attributes, FIELDS.attribute, |meta| {
            match meta.path.is_ident("crate") {
                true => krate.set(diag, &meta, string(diag, &meta, "crate = \"monotable\"")?),
                false => unknown(diag, &meta, &FIELDS)?,
            }
            Ok(())
        });
        Self { krate: krate.get() }
    }
}
