//! A projection: some attributes of an entity, under the names that serde reads them by.

use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Fields, Ident, Path};

use crate::attr::projection::ProjectionAttr;
use crate::attr::serde::{Asker, SerdeContainer, SerdeField};
use crate::diag::{Diag, Message};
use crate::types::option_of;

pub(crate) struct Projection<'a> {
    pub(crate) original: &'a DeriveInput,
    pub(crate) krate: Path,
    pub(crate) entity: Path,
    pub(crate) indexes: Vec<Path>,
    pub(crate) attributes: Vec<ProjectedField<'a>>,
}

/// A field, and the attribute it is read from.
pub(crate) struct ProjectedField<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) stored: String,
    /// Whether an item without the attribute cannot be read.
    pub(crate) required: bool,
}

impl<'a> Projection<'a> {
    pub(crate) fn from_syn(diag: &Diag, original: &'a DeriveInput) -> Option<Self> {
        let name = &original.ident;
        let fields = match &original.data {
            Data::Struct(data) => match &data.fields {
                Fields::Named(fields) => Some(&fields.named),
                Fields::Unnamed(_) | Fields::Unit => None,
            },
            Data::Enum(_) | Data::Union(_) => None,
        };
        let Some(fields) = fields else {
            let message = Message::new(format_args!(
                "`Projection` needs a struct with named fields, and `{name}` is none"
            ));
            diag.error(
                name,
                message.help("name the fields as the entity does: they say which attributes are read"),
            );
            return None;
        };
        if !original.generics.params.is_empty() {
            let message = Message::new(format_args!("`{name}` is generic; a projection reads one shape"));
            diag.error(&original.generics, message.help("derive on a concrete struct"));
            return None;
        }
        let attr = ProjectionAttr::from_syn(diag, original);
        let container = SerdeContainer::from_syn(diag, &original.attrs, name, Asker::Entity);
        let attributes = fields.iter().filter_map(|field| ProjectedField::from_syn(diag, field, &container));
        let attributes = attributes.collect();
        let krate = super::krate(diag, attr.krate);
        Some(Self { original, krate, entity: attr.entity?, indexes: attr.indexes, attributes })
    }
}

impl<'a> ProjectedField<'a> {
    fn from_syn(diag: &Diag, field: &'a syn::Field, container: &SerdeContainer) -> Option<Self> {
        let ident = field.ident.as_ref()?;
        let serde = SerdeField::from_syn(diag, &field.attrs, ident);
        if let Some(flatten) = serde.flatten {
            let message = Message::new(format_args!(
                "`{ident}` is flattened, so which attributes it reads is not known"
            ));
            diag.error(flatten, message.help("name the attributes as fields of the projection"));
            return None;
        }
        if serde.skipped.is_some() {
            return None;
        }
        let name = ident.unraw().to_string();
        let optional = option_of(&field.ty).is_some();
        let stored = serde
            .rename
            .unwrap_or_else(|| container.rename_all.map_or(name.clone(), |case| case.field(&name)));
        Some(Self {
            ident,
            stored,
            required: !serde.default && !container.default && (serde.custom || !optional),
        })
    }
}
