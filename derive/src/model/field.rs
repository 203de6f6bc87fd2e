//! The fields of a struct as serde stores them, and the constants that name them.

use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::{Data, DeriveInput, ExprPath, Fields, Ident, Path, Token, Type, Visibility};

use crate::attr::field::{FieldAttr, FieldsAttr, Role};
use crate::attr::serde::{Asker, SerdeContainer, SerdeField};
use crate::diag::{Diag, Message};
use crate::idents;
use crate::names::{ENTITY_FIELD, FIELDS_FIELD};
use crate::types::option_of;

/// A field of the struct, and the attribute that serde makes of it.
pub(crate) struct Field<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) vis: &'a Visibility,
    pub(crate) ty: &'a Type,
    /// The constant that names it.
    pub(crate) constant: Ident,
    /// The `T` of `Option<T>`.
    pub(crate) optional: Option<&'a Type>,
    /// The attribute's name; none for what is flattened or skipped.
    pub(crate) stored: Option<String>,
    /// Whether an item without the attribute cannot be read.
    pub(crate) required: bool,
    /// The function of the user's that serde stores the field with.
    pub(crate) serialize: Option<ExprPath>,
    /// The function of the user's that leaves the field out of the item.
    pub(crate) left_out_if: Option<ExprPath>,
    /// serde's attribute that keeps the field from being read back, or spreads it over the item.
    pub(crate) unstored_by: Option<Path>,
    /// What it is to the library, and where that was said; several are an error.
    pub(crate) roles: Vec<(Role, Path)>,
    /// Where it was said that `None` is stored as NULL.
    pub(crate) null: Option<Path>,
}

/// A struct inside of entities: `#[derive(Fields)]`.
pub(crate) struct Struct<'a> {
    pub(crate) original: &'a DeriveInput,
    pub(crate) krate: Path,
    pub(crate) fields: Vec<Field<'a>>,
}

impl<'a> Struct<'a> {
    pub(crate) fn from_syn(diag: &Diag, original: &'a DeriveInput) -> Option<Self> {
        let attr = FieldsAttr::from_syn(diag, &original.attrs);
        let krate = super::krate(diag, attr.krate);
        let named = named(diag, original, Asker::Fields)?;
        Some(Self { original, krate, fields: fields(diag, original, named, Asker::Fields) })
    }
}

type NamedFields = Punctuated<syn::Field, Token![,]>;

/// The named fields of a struct: both derives need these.
pub(crate) fn named<'a>(diag: &Diag, original: &'a DeriveInput, asker: Asker) -> Option<&'a NamedFields> {
    let name = &original.ident;
    let needs = |what: &str| {
        Message::new(format_args!("`{}` needs a struct with named fields; {what}", asker.name()))
    };
    match &original.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => return Some(&fields.named),
            Fields::Unnamed(fields) => {
                let message = needs(&format!("`{name}` is a tuple struct"));
                let why = match asker {
                    Asker::Entity => "key templates refer to them by name",
                    Asker::Fields => "the constants are named for them",
                };
                diag.error(fields, message.help(format_args!("name the fields; {why}")));
            }
            Fields::Unit => {
                let message = needs(&format!("`{name}` is a unit struct"));
                diag.error(data.struct_token, message.help(format_args!("write `struct {name} {{ .. }}`")));
            }
        },
        Data::Enum(data) => {
            let message = needs(&format!("`{name}` is an enum"));
            let help = match asker {
                Asker::Entity => "store the enum in a field, or derive on one struct per variant",
                Asker::Fields => "compare it as a whole, or derive on a struct that a variant holds",
            };
            diag.error(data.enum_token, message.help(help));
        }
        Data::Union(data) => diag.error(data.union_token, needs(&format!("`{name}` is a union"))),
    }
    None
}

pub(crate) fn fields<'a>(
    diag: &Diag,
    original: &'a DeriveInput,
    named: &'a NamedFields,
    asker: Asker,
) -> Vec<Field<'a>> {
    let container = SerdeContainer::from_syn(diag, &original.attrs, &original.ident, asker);
    named.iter().filter_map(|field| Field::from_syn(diag, field, &container, asker)).collect()
}

impl<'a> Field<'a> {
    fn from_syn(
        diag: &Diag,
        field: &'a syn::Field,
        container: &SerdeContainer,
        asker: Asker,
    ) -> Option<Self> {
        let names = match asker {
            Asker::Entity => &ENTITY_FIELD,
            Asker::Fields => &FIELDS_FIELD,
        };
        let attr = FieldAttr::from_syn(diag, &field.attrs, names);
        let ident = field.ident.as_ref()?;
        let serde = SerdeField::from_syn(diag, &field.attrs, ident);
        let name = ident.unraw().to_string();
        let stored = serde
            .rename
            .unwrap_or_else(|| container.rename_all.map_or(name.clone(), |case| case.field(&name)));
        let optional = option_of(&field.ty);
        let read = serde.skipped.is_none();
        let written = serde.flatten.is_none() && (read || serde.written);
        let unstored_by = serde.flatten.or(serde.skipped);
        Some(Self {
            ident,
            vis: &field.vis,
            ty: &field.ty,
            constant: attr.constant.unwrap_or_else(|| idents::constant(ident)),
            optional,
            stored: written.then_some(stored),
            // A function of the user's is not called for what is missing: then serde needs a default, of an `Option` too.
            required: read && !serde.default && !container.default && (serde.custom || optional.is_none()),
            serialize: serde.serialize,
            left_out_if: serde.left_out_if,
            unstored_by,
            roles: attr.roles,
            null: attr.null,
        })
    }

    /// Whether it is the library that sets it.
    pub(crate) fn is_set_by_writes(&self) -> bool {
        self.roles.iter().any(|(role, _)| role.is_set_by_writes())
    }

    pub(crate) fn has_role(&self, role: Role) -> bool {
        self.roles.iter().any(|(known, _)| *known == role)
    }

    /// The type of the part, without its `Option`.
    pub(crate) fn part_type(&self) -> &'a Type {
        self.optional.unwrap_or(self.ty)
    }
}
