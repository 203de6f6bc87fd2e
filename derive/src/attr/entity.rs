//! `#[entity(..)]` on a struct.

use syn::{DeriveInput, Ident, LitStr, Path};

use super::{Slot, each, string, unknown, value, word};
use crate::diag::{Diag, Message};
use crate::names::{ENTITY, ENTITY_INDEX, NO_IMPLICIT_PRELUDE};

const PK_FORM: &str = "pk = \"USER#{id}\"";
const SK_FORM: &str = "sk = \"PROFILE\"";

/// What `#[entity(..)]` says of a struct.
#[derive(Default)]
pub(crate) struct EntityAttr {
    /// Neither `table` nor anything that could have been it.
    pub(crate) lacks_table: bool,
    /// Neither `pk` nor anything that could have been it.
    pub(crate) lacks_pk: bool,
    /// `table = Shop`
    pub(crate) table: Option<Path>,
    /// `pk = "CUSTOMER#{customer_id}"`
    pub(crate) pk: Option<LitStr>,
    /// `sk = "PROFILE"`
    pub(crate) sk: Option<LitStr>,
    /// `query = by_customer`
    pub(crate) query: Option<Ident>,
    /// `type = "customer"`
    pub(crate) type_name: Option<LitStr>,
    /// `crate = "path::to::monotable"`
    pub(crate) krate: Option<LitStr>,
    /// `singleton`
    pub(crate) singleton: bool,
    /// `no_implicit_prelude`
    pub(crate) no_implicit_prelude: bool,
    /// `index(Gsi1, pk = "..", sk = "..", query = ..)`
    pub(crate) indexes: Vec<IndexAttr>,
    /// `unique(tenant, slug)`
    pub(crate) unique: Vec<UniqueAttr>,
}

/// What `unique(..)` says.
pub(crate) struct UniqueAttr {
    pub(crate) path: Path,
    pub(crate) fields: Vec<Ident>,
}

/// What `index(..)` says.
pub(crate) struct IndexAttr {
    pub(crate) index: Path,
    pub(crate) pk: Option<LitStr>,
    pub(crate) sk: Option<LitStr>,
    pub(crate) query: Option<Ident>,
}

impl EntityAttr {
    pub(crate) fn from_syn(diag: &Diag, input: &DeriveInput) -> Self {
        let (mut table, mut pk, mut sk, mut query) =
            (Slot::default(), Slot::default(), Slot::default(), Slot::default());
        let (mut type_name, mut krate, mut singleton) = (Slot::default(), Slot::default(), Slot::default());
        let (mut no_implicit_prelude, mut indexes, mut unique) = (Slot::default(), Vec::new(), Vec::new());
        let complete = each(diag, &input.attrs, "entity", |meta| {
            match meta.path.get_ident().map(Ident::to_string).as_deref() {
                Some("table") => {
                    table.set(diag, &meta, value(diag, &meta, "the path of an enum", "table = Shop")?)
                }
                Some("pk") => pk.set(diag, &meta, string(diag, &meta, PK_FORM)?),
                Some("sk") => sk.set(diag, &meta, string(diag, &meta, SK_FORM)?),
                Some("query") => query.set(diag, &meta, value(diag, &meta, "a name", "query = by_customer")?),
                Some("type") => type_name.set(diag, &meta, string(diag, &meta, "type = \"customer\"")?),
                Some("crate") => krate.set(diag, &meta, string(diag, &meta, "crate = \"monotable\"")?),
                Some("singleton") => singleton.set(diag, &meta, word(diag, &meta)?),
                Some(NO_IMPLICIT_PRELUDE) => no_implicit_prelude.set(diag, &meta, word(diag, &meta)?),
                Some("index") => indexes.extend(IndexAttr::from_meta(diag, &meta)?),
                Some("unique") => unique.extend(UniqueAttr::from_meta(diag, &meta)?),
                _ => unknown(diag, &meta, &ENTITY)?,
            }
            Ok(())
        });
        Self {
            lacks_table: complete && !table.is_given(),
            lacks_pk: complete && !pk.is_given(),
            table: table.get(),
            pk: pk.get(),
            sk: sk.get(),
            query: query.get(),
            type_name: type_name.get(),
            krate: krate.get(),
            singleton: singleton.get().is_some(),
            no_implicit_prelude: no_implicit_prelude.get().is_some(),
            indexes,
            unique,
        }
    }
}

impl UniqueAttr {
    fn from_meta(diag: &Diag, meta: &syn::meta::ParseNestedMeta<'_>) -> syn::Result<Option<Self>> {
        let mut fields = Vec::new();
        let mut sound = meta.input.peek(syn::token::Paren);
        if sound {
            meta.parse_nested_meta(|meta| {
                match meta.path.get_ident() {
                    Some(field) if meta.input.is_empty() || meta.input.peek(syn::Token![,]) => {
                        fields.push(field.clone());
                    }
                    _ => {
                        sound = false;
                        super::skip_value(&meta)?;
                    }
                }
                Ok(())
            })?;
        } else {
            super::skip_value(meta)?;
        }
        if sound && !fields.is_empty() {
            return Ok(Some(Self { path: meta.path.clone(), fields }));
        }
        let message = Message::new("`unique` needs the fields whose values are unique together");
        diag.error(&meta.path, message.help("write `unique(email)`"));
        Ok(None)
    }
}

impl IndexAttr {
    fn from_meta(diag: &Diag, meta: &syn::meta::ParseNestedMeta<'_>) -> syn::Result<Option<Self>> {
        let form = "index(Gsi1, pk = \"STATUS#{status}\", sk = \"{placed_at}\")";
        if !meta.input.peek(syn::token::Paren) {
            let message = Message::new("`index` needs the index and its keys");
            diag.error(&meta.path, message.help(format_args!("write `{form}`")));
            super::skip_value(meta)?;
            return Ok(None);
        }
        if let Some(literal) = super::leading_literal(meta)? {
            let message = Message::new("expected the name of an index");
            diag.error(literal, message.help(format_args!("write `{form}`")));
            super::skip_value(meta)?;
            return Ok(None);
        }
        let (mut index, mut pk, mut sk, mut query) =
            (None, Slot::default(), Slot::default(), Slot::default());
        let mut first = true;
        meta.parse_nested_meta(|meta| {
            let is_first = std::mem::replace(&mut first, false);
            let has_value = meta.input.peek(syn::Token![=]) || meta.input.peek(syn::token::Paren);
            match meta.path.get_ident().map(Ident::to_string).as_deref() {
                _ if is_first && !has_value => index = Some(meta.path.clone()),
                Some("pk") => pk.set(diag, &meta, string(diag, &meta, PK_FORM)?),
                Some("sk") => sk.set(diag, &meta, string(diag, &meta, SK_FORM)?),
                Some("query") => query.set(diag, &meta, value(diag, &meta, "a name", "query = by_status")?),
                _ => unknown(diag, &meta, &ENTITY_INDEX)?,
            }
            Ok(())
        })?;
        let Some(index) = index else {
            let message = Message::new("`index` must begin with the index it joins");
            diag.error(
                &meta.path,
                message.help(format_args!("write `{form}`, where `Gsi1` is declared on the table")),
            );
            return Ok(None);
        };
        if pk.is_given() && pk.value.is_none() {
            return Ok(None);
        }
        Ok(Some(Self { index, pk: pk.get(), sk: sk.get(), query: query.get() }))
    }
}
