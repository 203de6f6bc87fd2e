//! Keys: the key struct of an entity, and how a template becomes text.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;
use syn::ext::IdentExt;

use super::entity::IndexedKey;
use crate::idents;
use crate::model::entity::{Entity, Segment, Template};

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
    let body = if members.is_empty() { quote! { ; } } else { quote! { { #(#members),* } } };
    quote! {
        #[doc = #doc]
        #[derive(
            ::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq, ::core::cmp::Eq, ::core::hash::Hash,
        )]
        #vis struct #ident #body
    }
}

/// Where the halves of a key are stored, as constants.
pub(crate) fn places(entity: &Entity<'_>, key: &IndexedKey<'_>) -> TokenStream {
    let (krate, table) = (&entity.krate, &entity.table);
    let owner = match key.index {
        Some(index) => quote! { <#index as #krate::Index> },
        None => quote! { <#table as #krate::Table> },
    };
    let partition = idents::place(&key.name(), "PARTITION");
    let template = template(entity, &key.key.partition);
    let sort = key.key.sort.as_ref().map(|sort| {
        let (name, template) = (idents::place(&key.name(), "SORT"), self::template(entity, sort));
        quote! {
            const #name: #krate::__private::KeyPlace =
                #krate::__private::KeyPlace::sort(#owner::SORT_KEY, #template);
        }
    });
    quote! {
        const #partition: #krate::__private::KeyPlace =
            #krate::__private::KeyPlace::partition(#owner::PARTITION_KEY, #template);
        #sort
    }
}

fn template(entity: &Entity<'_>, template: &Template) -> TokenStream {
    let (krate, text) = (&entity.krate, &template.text);
    let segments = template.segments.iter().map(|segment| match segment {
        Segment::Literal(text) => quote! { #krate::Segment::Literal(#text) },
        Segment::Part { field, .. } => {
            let name = entity.fields[*field].ident.unraw().to_string();
            quote! { #krate::Segment::Part(#name) }
        }
    });
    quote! { #krate::Template::new(#text, &[#(#segments),*]) }
}

/// The statements that append a template to `__key`; `value` gives the reference to a field's value.
pub(crate) fn write(
    entity: &Entity<'_>,
    template: &Template,
    value: impl Fn(&Ident) -> TokenStream,
) -> TokenStream {
    let statements = template.segments.iter().map(|segment| match segment {
        Segment::Literal(text) => quote! { __key.literal(#text); },
        Segment::Part { field, .. } => {
            let ident = entity.fields[*field].ident;
            let (name, value) = (ident.unraw().to_string(), value(ident));
            quote! { __key.part(#name, #value)?; }
        }
    });
    quote! { #(#statements)* ::core::result::Result::Ok(()) }
}

pub(crate) fn entity_key(entity: &Entity<'_>) -> TokenStream {
    let (krate, ident, key, table) = (&entity.krate, entity.ident(), entity.key_ident(), &entity.table);
    let of_self = |field: &Ident| quote! { &self.#field };
    let partition = write(entity, &entity.key.partition, of_self);
    let place = idents::place("primary", "PARTITION");
    let sort = match &entity.key.sort {
        Some(sort) => {
            let (write, place) = (write(entity, sort, of_self), idents::place("primary", "SORT"));
            quote! {
                #krate::__private::key_text::<#table>(#place, |__key| { #write }).map(::core::option::Option::Some)
            }
        }
        None => quote! { ::core::result::Result::Ok(::core::option::Option::None) },
    };
    let (string, error) = (quote! { #krate::__private::String }, quote! { #krate::KeyError });
    quote! {
        #[automatically_derived]
        impl #krate::EntityKey for #key {
            type Entity = #ident;

            fn partition_key(&self) -> ::core::result::Result<#string, #error> {
                #krate::__private::key_text::<#table>(#place, |__key| { #partition })
            }

            fn sort_key(&self) -> ::core::result::Result<::core::option::Option<#string>, #error> {
                #sort
            }
        }
    }
}

/// The statement that adds one half of an index key, if all its parts are there.
pub(crate) fn index_half(entity: &Entity<'_>, index: &str, half: &str, template: &Template) -> TokenStream {
    let table = &entity.table;
    let place = idents::place(index, half);
    let local = |field: &Ident| format_ident!("__{}", field.unraw());
    let is_optional = |field: &Ident| entity.fields.iter().any(|f| f.ident == field && f.optional.is_some());
    let write = write(entity, template, |field| match is_optional(field) {
        true => {
            let local = local(field);
            quote! { #local }
        }
        false => quote! { &self.#field },
    });
    let mut statement = quote! { __keys.add::<#table>(#place, |__key| { #write })?; };
    for field in template.parts().collect::<Vec<_>>().into_iter().rev() {
        let field = &entity.fields[field];
        if field.optional.is_some() {
            let (name, local) = (field.ident, local(field.ident));
            statement = quote! { if let ::core::option::Option::Some(#local) = &self.#name { #statement } };
        }
    }
    statement
}
