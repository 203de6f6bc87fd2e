//! `#[table(..)]` on the enum of a table's entities.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{DeriveInput, Expr, ExprLit, ExprPath, Ident, Lit, LitStr, Token};

use super::key::KeyAttr;
use super::{Slot, each, string, unknown, word};
use crate::diag::{Diag, Message};
use crate::model::Spanned;
use crate::names::{NO_IMPLICIT_PRELUDE, TABLE, TABLE_INDEX};

/// What `#[table(..)]` says.
#[derive(Default)]
pub(crate) struct TableAttr {
    /// Neither `name` nor anything that could have been it.
    pub(crate) lacks_name: bool,
    /// `name = "shop"`
    pub(crate) name: Option<LitStr>,
    /// `pk = "PK"` or `pk = [PK: N]`
    pub(crate) pk: Option<KeyAttr>,
    /// `sk = "SK"` or `sk = [SK: N]`
    pub(crate) sk: Option<KeyAttr>,
    /// `type = "EntityType"`
    pub(crate) type_attribute: Option<LitStr>,
    /// `untyped`
    pub(crate) untyped: bool,
    /// `no_implicit_prelude`
    pub(crate) no_implicit_prelude: bool,
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
    /// A half is there, but it could not be read: that was an error.
    pub(crate) unread: bool,
    /// `local`
    pub(crate) local: bool,
    /// `templates`: attributes in brackets are the index's own nevertheless.
    pub(crate) templates: bool,
    /// `projection = keys`
    pub(crate) projection: Option<ProjectionAttr>,
}

/// What `projection = ..` says.
pub(crate) enum ProjectionAttr {
    All(Ident),
    Keys(Ident),
    /// `include(name, total)`
    Include(Ident, Vec<Spanned>),
}

impl TableAttr {
    pub(crate) fn from_syn(diag: &Diag, input: &DeriveInput) -> Self {
        let (mut name, mut pk, mut sk) = (Slot::default(), Slot::default(), Slot::default());
        let (mut type_attribute, mut delimiter, mut krate) =
            (Slot::default(), Slot::default(), Slot::default());
        let (mut untyped, mut no_implicit_prelude, mut indexes) =
            (Slot::default(), Slot::default(), Vec::new());
        let complete = each(diag, &input.attrs, "table", |meta| {
            match meta.path.get_ident().map(Ident::to_string).as_deref() {
                Some("name") => name.set(diag, &meta, string(diag, &meta, "name = \"shop\"")?),
                Some("pk") => pk.set(diag, &meta, KeyAttr::from_meta(diag, &meta, "pk = \"PK\"")?),
                Some("sk") => sk.set(diag, &meta, KeyAttr::from_meta(diag, &meta, "sk = \"SK\"")?),
                Some("type") => {
                    type_attribute.set(diag, &meta, string(diag, &meta, "type = \"entity_type\"")?)
                }
                Some("untyped") => untyped.set(diag, &meta, word(diag, &meta)?),
                Some(NO_IMPLICIT_PRELUDE) => no_implicit_prelude.set(diag, &meta, word(diag, &meta)?),
                Some("delimiter") => delimiter.set(diag, &meta, string(diag, &meta, "delimiter = \"#\"")?),
                Some("crate") => krate.set(diag, &meta, string(diag, &meta, "crate = \"monotable\"")?),
                Some("index") => indexes.extend(TableIndexAttr::from_meta(diag, &meta)?),
                _ => unknown(diag, &meta, &TABLE)?,
            }
            Ok(())
        });
        Self {
            lacks_name: complete && !name.is_given(),
            name: name.get(),
            pk: pk.get(),
            sk: sk.get(),
            type_attribute: type_attribute.get(),
            untyped: untyped.get().is_some(),
            no_implicit_prelude: no_implicit_prelude.get().is_some(),
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
        if let Some(literal) = super::leading_literal(meta)? {
            let message = Message::new("expected the name of an index");
            diag.error(literal, message.help(format_args!("write `{form}`")));
            super::skip_value(meta)?;
            return Ok(None);
        }
        let (mut ident, mut name, mut pk, mut sk) = (None, Slot::default(), Slot::default(), Slot::default());
        let (mut local, mut templates, mut projection) = (false, false, Slot::default());
        let mut first = true;
        meta.parse_nested_meta(|meta| {
            let is_first = std::mem::replace(&mut first, false);
            let has_value = meta.input.peek(syn::Token![=]) || meta.input.peek(syn::token::Paren);
            match meta.path.get_ident().map(Ident::to_string).as_deref() {
                Some(_) if is_first && !has_value => ident = meta.path.get_ident().cloned(),
                Some("name") => name.set(diag, &meta, string(diag, &meta, "name = \"gsi1\"")?),
                Some("pk") => pk.set(diag, &meta, KeyAttr::from_meta(diag, &meta, "pk = \"GSI1PK\"")?),
                Some("sk") => sk.set(diag, &meta, KeyAttr::from_meta(diag, &meta, "sk = \"GSI1SK\"")?),
                Some("local") => {
                    local = true;
                    let _ = word(diag, &meta)?;
                }
                Some("templates") => templates = word(diag, &meta)?.is_some(),
                Some("projection") => {
                    projection.set(diag, &meta, ProjectionAttr::from_meta(diag, &meta)?);
                }
                _ => unknown(diag, &meta, &TABLE_INDEX)?,
            }
            Ok(())
        })?;
        let Some(ident) = ident else {
            let message = Message::new("`index` must begin with the name that entities use for it");
            diag.error(&meta.path, message.help(format_args!("write `{form}`")));
            return Ok(None);
        };
        let unread = pk.is_given() && pk.value.is_none() || sk.is_given() && sk.value.is_none();
        let (name, pk, sk) = (name.get(), pk.get(), sk.get());
        Ok(Some(Self { ident, name, pk, sk, unread, local, templates, projection: projection.get() }))
    }
}

impl ProjectionAttr {
    fn from_meta(diag: &Diag, meta: &syn::meta::ParseNestedMeta<'_>) -> syn::Result<Option<Self>> {
        let form = "projection = all, keys or include(name, total)";
        let needs = |text: &str| Message::new(text).help(format_args!("write `{form}`"));
        if !meta.input.peek(Token![=]) {
            diag.error(&meta.path, needs("`projection` needs a value"));
            super::skip_value(meta)?;
            return Ok(None);
        }
        let value: Expr = meta.value()?.parse()?;
        let word = |path: &ExprPath| path.path.get_ident().cloned();
        let read = match &value {
            Expr::Path(path) => word(path).and_then(|word| match word.to_string().as_str() {
                "all" => Some(Self::All(word)),
                "keys" => Some(Self::Keys(word)),
                _ => None,
            }),
            Expr::Call(call) => match &*call.func {
                Expr::Path(path) if path.path.is_ident("include") => {
                    let names: Option<Vec<_>> = call.args.iter().map(attribute_name).collect();
                    word(path).zip(names).map(|(word, names)| Self::Include(word, names))
                }
                _ => None,
            },
            _ => None,
        };
        if read.is_none() {
            diag.error(&value, needs("an index stores `all` of an item, its `keys`, or some attributes"));
        }
        Ok(read)
    }
}

/// `total` or `"total"`
fn attribute_name(name: &Expr) -> Option<Spanned> {
    match name {
        Expr::Path(path) => {
            let ident = path.path.get_ident()?;
            Some(Spanned { text: ident.unraw().to_string(), span: ident.span() })
        }
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(Spanned::or(Some(text), "", text.span())),
        _ => None,
    }
}

impl ToTokens for ProjectionAttr {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::All(word) | Self::Keys(word) | Self::Include(word, _) => word.to_tokens(tokens),
        }
    }
}
