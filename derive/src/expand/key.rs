//! Keys: the key struct of an entity, and how a template becomes text.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned as _;
use syn::{Ident, Path};

use super::entity::IndexedKey;
use super::parse;
use crate::idents;
use crate::model::entity::{Entity, Key, Segment, Template};
use crate::template::Codec;

/// The plain struct that names an item: what `get` and its likes take.
pub(crate) fn key_struct(entity: &Entity<'_>) -> TokenStream {
    let (ident, vis) = (entity.key_ident(), &entity.original.vis);
    let templates = match &entity.key.sort {
        Some(sort) => format!("`\"{}\"`, `\"{}\"`", entity.key.partition.text, sort.text),
        None => format!("`\"{}\"`", entity.key.partition.text),
    };
    let doc = format!("The primary key of [`{}`]: {templates}.", entity.ident().unraw());
    let members: Vec<_> = entity
        .key
        .fields()
        .into_iter()
        .map(|field| {
            let (name, ty) = (entity.fields[field].ident, entity.fields[field].part_type());
            let doc = format!("The `{}` of the key.", name.unraw());
            quote! { #[doc = #doc] #vis #name: #ty }
        })
        .collect();
    let body = if members.is_empty() {
        quote! { ; }
    } else {
        quote! { { #(#members),* } }
    };
    quote! {
        #[doc = #doc]
        #vis struct #ident #body
    }
}

/// Where the halves of a key are stored, as constants.
pub(crate) fn places(entity: &Entity<'_>, key: &IndexedKey<'_>) -> TokenStream {
    let (krate, ident) = (&entity.krate, entity.ident());
    let owner = match key.index {
        Some(index) => quote! { <#index as #krate::Index> },
        None => quote! { <#krate::Primary<<#ident as #krate::Entity>::Table> as #krate::Index> },
    };
    let halves = halves(key.key).map(|(half, template)| {
        let (name, half) = (idents::place(key.index, half), format_ident!("{half}"));
        let (text, segments) = (&template.text, segments(entity, template));
        let parts = template.segments.iter().filter_map(|segment| match segment {
            Segment::Part { field, codec, .. } => {
                let part = idents::part(entity.fields[*field].ident, *codec);
                Some(quote! { #part })
            }
            Segment::Literal(_) => None,
        });
        let parts = list(parts);
        quote! { const #name: __p::Place<#parts> = __p::Place::new(#owner::#half, #text, &[#segments]); }
    });
    halves.collect()
}

/// The halves of a key by their names.
fn halves(key: &Key) -> impl Iterator<Item = (&'static str, &Template)> {
    std::iter::once(("PARTITION", &key.partition)).chain(key.sort.iter().map(|sort| ("SORT", sort)))
}

/// A list as types and values of the runtime have it: `(a, (b, ()))`.
pub(crate) fn list(items: impl DoubleEndedIterator<Item = TokenStream>) -> TokenStream {
    items.rev().fold(quote! { () }, |rest, item| quote! { (#item, #rest) })
}

fn segments(entity: &Entity<'_>, template: &Template) -> TokenStream {
    let segments = template.segments.iter().map(|segment| match segment {
        Segment::Literal(text) => quote! { __p::Literal(#text) },
        Segment::Part { field, codec, .. } => {
            let field = entity.fields[*field].ident;
            let (part, name) = (idents::part(field, *codec), field.unraw().to_string());
            quote! { __p::part::<#part>(#name) }
        }
    });
    quote! { #(#segments),* }
}

/// The parts of all templates as types: a type that cannot stand in a key is an error here, and only here.
pub(crate) fn parts<'e>(entity: &Entity<'_>, keys: impl Iterator<Item = IndexedKey<'e>>) -> TokenStream {
    let mut parts = Vec::new();
    for template in keys.flat_map(|key| std::iter::once(&key.key.partition).chain(&key.key.sort)) {
        for segment in &template.segments {
            if let Segment::Part { field, codec, .. } = segment
                && !parts.contains(&(*field, *codec))
            {
                parts.push((*field, *codec));
            }
        }
    }
    parts.into_iter().map(|(field, codec)| part(entity, field, codec)).collect()
}

fn part(entity: &Entity<'_>, field: usize, codec: Codec) -> TokenStream {
    let (krate, field) = (&entity.krate, &entity.fields[field]);
    let (part, ty) = (idents::part(field.ident, codec), field.part_type());
    let (kind, codec) = match codec {
        Codec::Canonical => (quote! { CanonicalPart }, None),
        codec => {
            let codec = at(ty.span(), self::codec(krate, codec));
            (quote! { TemplatePart }, Some(quote_spanned! {ty.span()=> type Codec = #codec; }))
        }
    };
    quote! {
        enum #part {}
        impl __p::#kind for #part {
            type Value = #ty;
            #codec
        }
    }
}

/// The tokens, moved to `span`: so a codec that is not for the type of its field is reported at that type.
fn at(span: Span, tokens: TokenStream) -> TokenStream {
    let moved = tokens.into_iter().map(|mut token| {
        token.set_span(token.span().located_at(span));
        token
    });
    moved.collect()
}

/// The type that writes a part.
fn codec(krate: &Path, codec: Codec) -> TokenStream {
    match codec {
        Codec::Canonical => quote! { #krate::key::Canonical },
        Codec::Pad(width) => quote! { #krate::key::Pad<#width> },
        Codec::Plain => quote! { #krate::key::Plain },
        Codec::Lower => quote! { #krate::key::Lower },
        Codec::Upper => quote! { #krate::key::Upper },
        Codec::Date => quote! { #krate::key::Date },
        Codec::Seconds => quote! { #krate::key::Seconds },
        Codec::Millis => quote! { #krate::key::Millis },
        Codec::Escape => quote! { #krate::key::Escape },
        Codec::Shard(count) => quote! { #krate::key::Shard<#count> },
    }
}

/// The values of a template, as a list; `value` gives the reference to a field's value.
pub(crate) fn values(
    entity: &Entity<'_>,
    template: &Template,
    value: impl Fn(&Ident) -> TokenStream,
) -> TokenStream {
    let fields: Vec<_> = template.parts().collect();
    list(fields.into_iter().map(|field| value(entity.fields[field].ident)))
}

/// The halves of the primary key, made of fields of what has them by their names.
pub(crate) struct PrimaryValues {
    pub(crate) partition: TokenStream,
    /// An `Option`, in a function that returns the error.
    pub(crate) sort: TokenStream,
}

impl PrimaryValues {
    /// As `key` makes each of the place, the number of the half and the values of its template.
    pub(crate) fn of(entity: &Entity<'_>, key: impl Fn(&Ident, usize, TokenStream) -> TokenStream) -> Self {
        let of_half = |half: &str, number: usize, template: &Template| {
            let values = values(entity, template, |field| quote! { &self.#field });
            key(&idents::place(None, half), number, values)
        };
        let sort = match &entity.key.sort {
            Some(sort) => {
                let key = of_half("SORT", 1, sort);
                quote! { __p::Some(#key?) }
            }
            None => quote! { __p::None },
        };
        Self { partition: of_half("PARTITION", 0, &entity.key.partition), sort }
    }
}

pub(crate) fn entity_key(entity: &Entity<'_>) -> TokenStream {
    let (krate, ident, key) = (&entity.krate, entity.ident(), entity.key_ident());
    let PrimaryValues { partition, sort } =
        PrimaryValues::of(entity, |place, _, values| quote! { #place.key(#values) });
    let (value, error) = (quote! { #krate::KeyValue }, quote! { #krate::KeyError });
    let (from_keys, inherent) = (parse::from_keys(entity), parse::parse(entity));
    let key_set = key_set(krate, ident, &key);
    quote! {
        #inherent

        #[automatically_derived]
        impl #krate::EntityKey for #key {
            type Entity = #ident;

            fn partition_key(&self) -> __p::Result<#value, #error> {
                #partition
            }

            fn sort_key(&self) -> __p::Result<__p::Option<#value>, #error> {
                __p::Ok(#sort)
            }

            #from_keys
        }

        #key_set
    }
}

/// One key as a set of keys. It is written for each key, because a blanket implementation would compete with
/// those of collections, and rustc would not say which key of a collection is of another table.
pub(crate) fn key_set(krate: &Path, entity: &Ident, key: &Ident) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl<__T: #krate::Table> #krate::KeySet<__T> for #key
        where
            #entity: #krate::InTable<__T>,
        {
            type Found = __p::Option<#entity>;
            type Shape = __p::OneKey<#entity>;

            fn add_to(self, __keys: &mut __p::Keys<__T>) -> Self::Shape {
                __p::add_key(self, __keys)
            }
        }
    }
}

/// What a derive would write for the key struct, in terms of its parts: a field that cannot stand in a key
/// is reported once, and not again for each of these traits.
pub(crate) fn key_traits(entity: &Entity<'_>) -> TokenStream {
    let (key, name) = (entity.key_ident(), entity.key_ident().to_string());
    let (fields, parts): (Vec<&Ident>, Vec<Ident>) = key_parts(entity).into_iter().unzip();
    let names = fields.iter().map(|field| field.unraw().to_string());
    quote! {
        #[automatically_derived]
        impl ::core::clone::Clone for #key {
            fn clone(&self) -> Self {
                #key { #(#fields: __p::clone::<#parts>(&self.#fields)),* }
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Debug for #key {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(#name)#(.field(#names, __p::debug::<#parts>(&self.#fields)))*.finish()
            }
        }

        #[automatically_derived]
        impl ::core::cmp::PartialEq for #key {
            fn eq(&self, other: &Self) -> ::core::primitive::bool {
                true #(&& __p::equal::<#parts>(&self.#fields, &other.#fields))*
            }
        }

        #[automatically_derived]
        impl ::core::cmp::Eq for #key {}

        #[automatically_derived]
        impl ::core::hash::Hash for #key {
            fn hash<__H: ::core::hash::Hasher>(&self, state: &mut __H) {
                #(__p::hash::<#parts, __H>(&self.#fields, state);)*
            }
        }
    }
}

/// The members of the key struct, each with a part that has its type.
pub(crate) fn key_parts<'e>(entity: &'e Entity<'_>) -> Vec<(&'e Ident, Ident)> {
    let mut parts: Vec<(usize, Codec)> = Vec::new();
    for template in std::iter::once(&entity.key.partition).chain(&entity.key.sort) {
        for segment in &template.segments {
            if let Segment::Part { field, codec, .. } = segment
                && !parts.iter().any(|(known, _)| known == field)
            {
                parts.push((*field, *codec));
            }
        }
    }
    let ident = |field: usize| entity.fields[field].ident;
    parts.into_iter().map(|(field, codec)| (ident(field), idents::part(ident(field), codec))).collect()
}
