//! `#[table(..)]` on the enum of a table's entities.

use syn::{DeriveInput, Ident, LitStr};

use super::key::KeyAttr;
use super::{Slot, each, string, unknown};
use crate::diag::{Diag, Message};
use crate::names::{TABLE, TABLE_INDEX};

/// What `#[table(..)]` says.
#[derive(Default)]
pub(crate) struct TableAttr {
    /// `name = "shop"`
    pub(crate) name: Option<LitStr>,
    /// `pk = "PK"` or `pk = [PK: N]`
    pub(crate) pk: Option<KeyAttr>,
    /// `sk = "SK"` or `sk = [SK: N]`
    pub(crate) sk: Option<KeyAttr>,
    /// `type = "EntityType"`
    pub(crate) type_attribute: Option<LitStr>,
    /// `delimiter = "#"`
    pub(crate) delimiter: Option<LitStr>,
    /// `crate = "path::to::monotable"`
    pub(crate) krate: Option<LitStr>,
    /// `index(Gsi1, name = "gsi1", pk = "GSI1PK", sk = "GSI1SK")`
    pub(crate) indexes: Vec<TableIndexAttr>,
}

/// What `index(..)` says.
pub(crate) struct TableIndexAttr {
    pub(crate) ident: Ident,
    pub(crate) name: Option<LitStr>,
    pub(crate) pk: Option<KeyAttr>,
    pub(crate) sk: Option<KeyAttr>,
}

impl TableAttr {
    pub(crate) fn from_syn(diag: &Diag, input: &DeriveInput) -> Self {
        let (mut name, mut pk, mut sk) = (Slot::default(), Slot::default(), Slot::default());
        let (mut type_attribute, mut delimiter, mut krate) =
            (Slot::default(), Slot::default(), Slot::default());
        let mut indexes = Vec::new();
        each(diag, &input.attrs, "table", |meta| {
            match meta.path.get_ident().map(Ident::to_string).as_deref() {
                Some("name") => name.set(diag, &meta, string(diag, &meta, "name = \"shop\"")?),
                Some("pk") => pk.set(diag, &meta, KeyAttr::from_meta(diag, &meta, "pk = \"PK\"")?),
                Some("sk") => sk.set(diag, &meta, KeyAttr::from_meta(diag, &meta, "sk = \"SK\"")?),
                Some("type") => {
                    type_attribute.set(diag, &meta, string(diag, &meta, "type = \"entity_type\"")?)
                }
                Some("delimiter") => delimiter.set(diag, &meta, string(diag, &meta, "delimiter = \"#\"")?),
                Some("crate") => krate.set(diag, &meta, string(diag, &meta, "crate = \"monotable\"")?),
                Some("index") => indexes.extend(TableIndexAttr::from_meta(diag, &meta)?),
                _ => unknown(diag, &meta, &TABLE)?,
            }
            Ok(())
        });
        Self {
            name: name.get(),
            pk: pk.get(),
            sk: sk.get(),
            type_attribute: type_attribute.get(),
            delimiter: delimiter.get(),
            krate: krate.get(),
            indexes,
        }
    }
}

impl TableIndexAttr {
    fn from_meta(diag: &Diag, meta: &syn::meta::ParseNestedMeta<'_>) -> syn::Result<Option<Self>> {
        let form = "index(Gsi1, pk = \"GSI1PK\", sk = \"GSI1SK\")";
        if !meta.input.peek(syn::token::Paren) {
            let message = Message::new("`index` needs a name and its key attributes");
            diag.error(&meta.path, message.help(format_args!("write `{form}`")));
            super::skip_value(meta)?;
            return Ok(None);
        }
        let (mut ident, mut name, mut pk, mut sk) = (None, Slot::default(), Slot::default(), Slot::default());
        let mut first = true;
        meta.parse_nested_meta(|meta| {
            let is_first = std::mem::replace(&mut first, false);
            let has_value = meta.input.peek(syn::Token![=]) || meta.input.peek(syn::token::Paren);
            match meta.path.get_ident().map(Ident::to_string).as_deref() {
                Some(_) if is_first && !has_value => ident = meta.path.get_ident().cloned(),
                Some("name") => name.set(diag, &meta, string(diag, &meta, "name = \"gsi1\"")?),
                Some("pk") => pk.set(diag, &meta, KeyAttr::from_meta(diag, &meta, "pk = \"GSI1PK\"")?),
                Some("sk") => sk.set(diag, &meta, KeyAttr::from_meta(diag, &meta, "sk = \"GSI1SK\"")?),
                _ => unknown(diag, &meta, &TABLE_INDEX)?,
            }
            Ok(())
        })?;
        let Some(ident) = ident else {
            let message = Message::new("`index` must begin with the name that entities use for it");
            diag.error(&meta.path, message.help(format_args!("write `{form}`")));
            return Ok(None);
        };
        Ok(Some(Self { ident, name: name.get(), pk: pk.get(), sk: sk.get() }))
    }
}
