//! `#[entity(..)]` and `#[fields(..)]` on a field, and `#[fields(..)]` on a struct.

use syn::{Attribute, Ident, LitStr, Path};

use super::{Slot, each, string, unknown, value, word};
use crate::diag::Diag;
use crate::names::{FIELDS, Names};

/// What our attribute says of a field.
pub(crate) struct FieldAttr {
    /// `const = STATUS`
    pub(crate) constant: Option<Ident>,
    /// `version`, `created_at`, `updated_at`, `ttl`: each where it was given.
    pub(crate) roles: Vec<(Role, Path)>,
    /// `null`
    pub(crate) null: Option<Path>,
}

/// What a field is to the library, besides an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Version,
    CreatedAt,
    UpdatedAt,
    Ttl,
}

impl Role {
    pub(crate) const ALL: [Self; 4] = [Self::Version, Self::CreatedAt, Self::UpdatedAt, Self::Ttl];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Version => "version",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
            Self::Ttl => "ttl",
        }
    }

    /// Whether writing sets it, whatever the struct has.
    pub(crate) fn is_set_by_writes(self) -> bool {
        self != Self::Ttl
    }
}

impl FieldAttr {
    pub(crate) fn from_syn(diag: &Diag, attributes: &[Attribute], names: &Names) -> Self {
        let (mut constant, mut null) = (Slot::default(), Slot::default());
        let mut roles = Role::ALL.map(|role| (role, Slot::default()));
        let _ = each(diag, attributes, names.attribute, |meta| {
            let name = meta.path.get_ident().map(Ident::to_string).unwrap_or_default();
            let role = roles.iter_mut().find(|(role, _)| role.name() == name);
            match (name.as_str(), role) {
                (known, _) if !names.names.contains(&known) => unknown(diag, &meta, names)?,
                ("const", _) => constant.set(diag, &meta, value(diag, &meta, "a name", "const = STATUS")?),
                (_, Some((_, slot))) => slot.set(diag, &meta, word(diag, &meta)?),
                _ => null.set(diag, &meta, word(diag, &meta)?),
            }
            Ok(())
        });
        let roles = roles.into_iter().filter_map(|(role, slot)| Some((role, slot.get()?))).collect();
        Self { constant: constant.get(), roles, null: null.get() }
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
