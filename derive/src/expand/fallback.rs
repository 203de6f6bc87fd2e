//! What stands in for an implementation when the derive reported an error: enough for the rest of the
//! crate to compile, so that one mistake is one error. It is never run.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::DeriveInput;
use syn::ext::IdentExt;

use super::allows_after_an_error as allows;
use super::entity::{IndexedKey, all_keys};
use super::parse::unreachable_parse;
use super::{fields, group, key, managed, natural, private, query, table};
use crate::attr::entity::EntityAttr;
use crate::attr::key_part::KeyAttr;
use crate::attr::projection::ProjectionAttr;
use crate::diag::Diag;
use crate::model::entity::{Entity, Template};
use crate::model::table::Table;
use crate::names::KEY;

pub(crate) fn entity(input: &DeriveInput, model: Option<&Entity<'_>>) -> TokenStream {
    if !input.generics.params.is_empty() {
        return TokenStream::new();
    }
    // Read once more, with its errors thrown away: they were reported.
    let again = Diag::new();
    let attr = EntityAttr::from_syn(&again, input);
    let has_sort = attr.sk.is_some();
    let krate = crate::model::krate(&again, attr.krate);
    again.finish();
    let table = attr.table.map_or_else(|| quote! { #krate::__private::NoTable }, |table| quote! { #table });
    let (ident, vis) = (&input.ident, &input.vis);
    let (name, key) = (ident.unraw().to_string(), format_ident!("{}Key", ident));
    let key_struct =
        model.map(key::key_struct).unwrap_or_else(|| quote! { #[allow(missing_docs)] #vis struct #key {} });
    let (queries, constants) = (model.map(queries), model.map(fields::of_an_error));
    let versioned = model.and_then(managed::versioned);
    let groups = model.map(group::expand);
    let (key_set, private) = (key::key_set(&krate, ident, &key), private(&krate));
    let parse = unreachable_parse(&krate, &key, vis, has_sort);
    let error = quote! { #krate::KeyError };
    let value = quote! { #krate::KeyValue };
    let allows = allows();
    quote! {
        #key_struct
        #queries
        #groups
        #allows
        const _: () = {
            impl #krate::Entity for #ident {
                type Table = #table;
                type Key = #key;
                const MODEL: #krate::EntityModel = #krate::EntityModel::incomplete(#name);
                const STORAGE: #krate::__private::Storage<Self> = #krate::__private::Storage::incomplete();
                fn key(&self) -> #key { ::core::unreachable!() }
            }
            impl ::core::clone::Clone for #key {
                fn clone(&self) -> Self { ::core::unreachable!() }
            }
            impl ::core::fmt::Debug for #key {
                fn fmt(&self, _: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result { ::core::unreachable!() }
            }
            impl #krate::EntityKey for #key {
                type Entity = #ident;
                fn partition_key(&self) -> ::core::result::Result<#value, #error> {
                    ::core::unreachable!()
                }
                fn sort_key(&self) -> ::core::result::Result<::core::option::Option<#value>, #error> {
                    ::core::unreachable!()
                }
                fn from_keys(
                    _: &::core::primitive::str,
                    _: ::core::option::Option<&::core::primitive::str>,
                ) -> ::core::result::Result<Self, #error> {
                    ::core::unreachable!()
                }
            }
            #private
            #key_set
            #parse
            #[allow(dead_code)]
            impl #ident { #constants }
            #versioned
        };
    }
}

/// The queries whose names do not get in each other's way, which may be what was reported.
fn queries(entity: &Entity<'_>) -> TokenStream {
    let mut taken: Vec<String> = Vec::new();
    let queries = all_keys(entity).filter(|key| {
        let name = key.key.query.function.to_string();
        let free = !taken.contains(&name) && has_distinct_names(entity, key);
        taken.push(name);
        free
    });
    let queries: Vec<_> = queries.collect();
    let natural = entity.natural.iter().enumerate().filter_map(|(at, join)| {
        let name = join.query.function.to_string();
        let free = !taken.contains(&name);
        taken.push(name);
        free.then(|| natural::call(entity, join, at, false))
    });
    let natural: Vec<_> = natural.collect();
    let structs = queries.iter().map(|key| query::steps_struct(entity, key.key));
    let functions = queries.iter().map(|key| query::query_of_an_error(entity, key));
    let allows = allows();
    quote! { #(#structs)* #allows const _: () = { #(#functions)* }; #(#natural)* }
}

fn has_distinct_names(entity: &Entity<'_>, key: &IndexedKey<'_>) -> bool {
    let parameters = key.key.partition.given().map(|field| entity.fields[field].ident.to_string());
    let steps = key.key.sort.iter().flat_map(Template::parts).flat_map(|field| {
        let name = entity.fields[field].ident.unraw().to_string();
        ["_from", "_until", "_in", ""].map(|suffix| format!("{name}{suffix}"))
    });
    [parameters.collect::<Vec<_>>(), steps.collect()].into_iter().all(|mut names| {
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        names.len() == count
    })
}

pub(crate) fn table(table: &Table<'_>) -> TokenStream {
    let (krate, this) = (&table.krate, &table.original.ident);
    let indexes: Vec<_> = {
        let first =
            |at: usize| !table.indexes[..at].iter().any(|other| other.ident == table.indexes[at].ident);
        table.indexes.iter().enumerate().filter(|(at, _)| first(*at)).map(|(_, index)| index).collect()
    };
    let markers = indexes.iter().map(|index| table::marker(table, index));
    let joins = indexes.iter().map(|index| table::join_macro(table, index));
    let implementations = indexes.iter().map(|index| table::index_impl(table, index, 1));
    let mut entities: Vec<_> = Vec::new();
    for variant in &table.variants {
        if !entities.contains(&variant.entity) {
            entities.push(variant.entity.clone());
        }
    }
    let implementation = table::implementation(table, &[]);
    let allows = allows();
    quote! {
        #(#markers)*
        #(#joins)*
        #allows
        const _: () = {
            #(#implementations)*
            #implementation
            #(impl #krate::InTable<#this> for #entities {})*
            impl #krate::FromItem for #this {
                type Table = Self;
                const LABEL: &'static str = "";
                fn from_reader(
                    _: &mut #krate::__private::ItemReader<'_, '_>,
                ) -> ::core::result::Result<Self, #krate::ItemError> {
                    ::core::unreachable!()
                }
            }
        };
    }
}

pub(crate) fn projection(input: &DeriveInput) -> TokenStream {
    if !input.generics.params.is_empty() {
        return TokenStream::new();
    }
    let again = Diag::new();
    let attr = ProjectionAttr::from_syn(&again, input);
    let krate = crate::model::krate(&again, attr.krate);
    again.finish();
    let (Some(entity), ident, indexes) = (attr.entity, &input.ident, attr.indexes) else {
        return TokenStream::new();
    };
    quote! {
        const _: () = {
            impl #krate::Projection for #ident {
                type Entity = #entity;
                type View<__T> = #krate::Projected<Self, __T>;
                const NAME: &'static ::core::primitive::str = "";
                const ATTRIBUTES: &'static [#krate::ProjectedAttribute] = &[];
                const READER: #krate::__private::ProjectionReader<Self> =
                    #krate::__private::ProjectionReader::incomplete();
            }
            #(impl #krate::__private::Holds<#ident, #indexes> for #krate::__private::SomeAttributes {})*
        };
    }
}

pub(crate) fn key_part(input: &DeriveInput) -> TokenStream {
    // An implementation would ask for traits that a union or a type with a float does not have.
    let has_float =
        |fields: &syn::Fields| fields.iter().any(|field| crate::types::float(&field.ty).is_some());
    let unlikely = match &input.data {
        syn::Data::Struct(data) => has_float(&data.fields),
        syn::Data::Enum(_) => false,
        syn::Data::Union(_) => true,
    };
    if unlikely || !input.generics.params.is_empty() {
        return TokenStream::new();
    }
    let again = Diag::new();
    let krate = crate::model::krate(&again, KeyAttr::from_syn(&again, &input.attrs, &KEY).krate);
    again.finish();
    let ident = &input.ident;
    quote! {
        const _: () = {
            impl #krate::KeyPart for #ident {
                const LANGUAGE: #krate::key::Language = #krate::key::Language::Verbatim;
                fn encode(&self, _: &mut #krate::KeyText) -> ::core::result::Result<(), #krate::PartRule> {
                    ::core::unreachable!()
                }
                fn decode(
                    _: &::core::primitive::str,
                    _: ::core::primitive::char,
                ) -> ::core::result::Result<Self, #krate::PartRule> {
                    ::core::unreachable!()
                }
            }
        };
    }
}
