//! A collection: the entities of one partition, as the members of a struct.

use syn::{Data, DeriveInput, Fields, Ident, Path, Type};

use crate::attr::collection::CollectionAttr;
use crate::diag::{Diag, Message};

pub(crate) struct Collection<'a> {
    pub(crate) original: &'a DeriveInput,
    pub(crate) krate: Path,
    /// The entity whose partition it is.
    pub(crate) of: Path,
    pub(crate) index: Option<Path>,
    pub(crate) members: Vec<(&'a Ident, &'a Type)>,
}

impl<'a> Collection<'a> {
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
                "`Collection` needs a struct with named fields, and `{name}` is none"
            ));
            diag.error(
                name,
                message.help("give it a field for each entity: `customer: Customer, orders: Vec<Order>`"),
            );
            return None;
        };
        if !original.generics.params.is_empty() {
            let message = Message::new(format_args!("`{name}` is generic; a collection is of entities"));
            diag.error(&original.generics, message.help("derive on a concrete struct"));
            return None;
        }
        let attr = CollectionAttr::from_syn(diag, original);
        let members = fields.iter().filter_map(|field| Some((field.ident.as_ref()?, &field.ty))).collect();
        let krate = super::krate(diag, attr.krate);
        Some(Self { original, krate, of: attr.of?, index: attr.index, members })
    }
}
