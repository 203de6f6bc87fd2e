//! An index that an entity joins without templates: what the table says of the index meets the entity. The
//! index is natural, made of the entity's fields, or it is made of the table's own key.
//!
//! The derive of the entity does not see the table. So the table's derive makes a macro of each index,
//! which hands the index's attributes and the entity's own text to one more macro of ours.

use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{DeriveInput, Ident, LitInt, LitStr, Token};

use super::entity::{Entity, Field, IndexKey, Key, NaturalJoin};
use crate::diag::{Diag, Message};
use crate::suggest::nearest;

/// `Natural ["courier_id", "day"] ["eta"] 0 Sound struct Delivery { .. }`
pub(crate) struct Join {
    kind: Ident,
    partition: Vec<LitStr>,
    sort: Vec<LitStr>,
    /// Which of the entity's natural indexes it is.
    number: usize,
    /// Whether neither the entity's derive reported an error, nor the table's of this index.
    pub(crate) sound: bool,
    pub(crate) entity: DeriveInput,
}

impl Parse for Join {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let names = || {
            let content;
            syn::bracketed!(content in input);
            Punctuated::<LitStr, Token![,]>::parse_terminated(&content)
        };
        let kind: Ident = input.parse()?;
        Ok(Self {
            partition: names()?.into_iter().collect(),
            sort: names()?.into_iter().collect(),
            number: input.parse::<LitInt>()?.base10_parse()?,
            sound: input.parse::<Ident>()? == "Sound" && kind != "Unclear",
            entity: input.parse()?,
            kind,
        })
    }
}

impl Join {
    /// The key in an index over the table's own key: the templates of the primary key. None for another index,
    /// or if the entity lacks a half, which the table reports.
    pub(crate) fn key_of_table(&self, entity: &Entity<'_>) -> Option<IndexKey> {
        if self.kind != "OfTable" {
            return None;
        }
        let half = |name: &LitStr| match name.value() == "Partition" {
            true => Some(entity.key.partition.clone()),
            false => entity.key.sort.clone(),
        };
        let NaturalJoin { index, query } = entity.natural.get(self.number)?;
        let sort = match self.sort.first() {
            Some(name) => Some(half(name)?),
            None => None,
        };
        let key = Key { partition: half(self.partition.first()?)?, sort, query: query.clone() };
        Some(IndexKey { index: index.clone(), key, local: false })
    }
}

/// The key of an entity in a natural index: fields, by their place in [`Entity::fields`]. After an error,
/// the fields that are probably meant.
pub(crate) struct NaturalKey<'e> {
    pub(crate) join: &'e NaturalJoin,
    pub(crate) partition: Vec<usize>,
    pub(crate) sort: Vec<usize>,
}

impl<'e> NaturalKey<'e> {
    pub(crate) fn resolve(diag: &Diag, entity: &'e Entity<'_>, index: &Join) -> Option<Self> {
        let join = entity.natural.get(index.number)?;
        let name = crate::idents::last(&join.index);
        let needs = match index.kind.to_string().as_str() {
            "Natural" | "Unclear" => None,
            // The entity lacks the half.
            "OfTable" => return None,
            "Local" => Some(("a sort key for the local index", "sk = \"{date}\"")),
            _ => Some(("the templates of its key in index", "pk = \"STATUS#{status}\"")),
        };
        if let Some((what, form)) = needs {
            let message = Message::new(format_args!("`{}` lacks {what} `{name}`", entity.ident()));
            diag.error(
                &join.index,
                message.help(format_args!("add `{form}`, with a field of the entity")).note(
                    "only an index of attributes in brackets, `pk = [a, b]`, finds its fields by itself",
                ),
            );
            return None;
        }
        let mut fields = Vec::new();
        let mut resolve = |attributes: &[LitStr]| {
            let begin = fields.len();
            for attribute in attributes {
                let field = field(diag, entity, join, &attribute.value());
                // The table reports an attribute that its index has twice.
                fields.extend(field.filter(|field| !fields.contains(field)));
            }
            fields[begin..].to_vec()
        };
        let (partition, sort) = (resolve(&index.partition), resolve(&index.sort));
        Some(Self { join, partition, sort })
    }
}

/// The field that serde stores as `attribute`, or the one that is probably meant, so that what uses the query
/// need not fail too.
fn field(diag: &Diag, entity: &Entity<'_>, join: &NaturalJoin, attribute: &str) -> Option<usize> {
    let found = entity.fields.iter().position(|field| field.stored.as_deref() == Some(attribute));
    found.or_else(|| {
        let text = format!(
            "`{}` stores no attribute \"{attribute}\", which is part of the key of index `{}`",
            entity.ident().unraw(),
            crate::idents::last(&join.index)
        );
        let stored: Vec<_> = entity.fields.iter().filter_map(|field| field.stored.as_deref()).collect();
        diag.error(&join.index, Message::new(text).suggest(attribute, "stored attributes", &stored));
        let near = nearest(attribute, &stored);
        let meant = |field: &Field<'_>| {
            field.ident.unraw() == attribute || near.is_some() && field.stored.as_deref() == near
        };
        entity.fields.iter().position(meant)
    })
}
