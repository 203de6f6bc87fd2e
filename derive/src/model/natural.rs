//! A natural index of an entity: what the table says of the index meets the fields of the entity.
//!
//! The derive of the entity does not see the table. So the table's derive makes a macro of each index,
//! which hands the index's attributes and the entity's own text to one more macro of ours.

use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{DeriveInput, Ident, LitInt, LitStr, Token};

use super::entity::{Entity, NaturalJoin};
use crate::diag::{Diag, Message};

/// `Natural ["courier_id", "day"] ["eta"] 0 struct Delivery { .. }`
pub(crate) struct Join {
    kind: Ident,
    partition: Vec<LitStr>,
    sort: Vec<LitStr>,
    /// Which of the entity's natural indexes it is.
    number: usize,
    pub(crate) entity: DeriveInput,
}

impl Parse for Join {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let names = || {
            let content;
            syn::bracketed!(content in input);
            Punctuated::<LitStr, Token![,]>::parse_terminated(&content)
        };
        Ok(Self {
            kind: input.parse()?,
            partition: names()?.into_iter().collect(),
            sort: names()?.into_iter().collect(),
            number: input.parse::<LitInt>()?.base10_parse()?,
            entity: input.parse()?,
        })
    }
}

/// The key of an entity in a natural index: fields, by their place in [`Entity::fields`].
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
            "Natural" => None,
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
        let resolve = |attributes: &[LitStr]| {
            let fields: Vec<_> =
                attributes.iter().map(|attribute| field(diag, entity, join, &attribute.value())).collect();
            fields.into_iter().collect::<Option<Vec<_>>>()
        };
        let (partition, sort) = (resolve(&index.partition), resolve(&index.sort));
        let (partition, sort) = (partition?, sort?);
        // The table reports an attribute that its index has twice.
        let mut fields: Vec<_> = partition.iter().chain(&sort).collect();
        fields.sort_unstable();
        fields.dedup();
        (fields.len() == partition.len() + sort.len()).then_some(Self { join, partition, sort })
    }
}

/// The field that serde stores as `attribute`.
fn field(diag: &Diag, entity: &Entity<'_>, join: &NaturalJoin, attribute: &str) -> Option<usize> {
    let found = entity.fields.iter().position(|field| field.stored.as_deref() == Some(attribute));
    if found.is_none() {
        let text = format!(
            "`{}` stores no attribute \"{attribute}\", which is part of the key of index `{}`",
            entity.ident().unraw(),
            crate::idents::last(&join.index)
        );
        let stored: Vec<_> = entity.fields.iter().filter_map(|field| field.stored.as_deref()).collect();
        diag.error(&join.index, Message::new(text).suggest(attribute, "stored attributes", &stored));
    }
    found
}
