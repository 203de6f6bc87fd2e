//! Queries: for each key a function on the entity and a struct whose methods are the steps.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::{Ident, Path};

use super::entity::IndexedKey;
use super::steps::{SortSteps, Step};
use super::{escaped, key, private};
use crate::idents;
use crate::model::entity::{Entity, Key, Segment, Template};

/// The struct of a query's steps: visible beside the entity, because users see its type.
pub(crate) fn steps_struct(entity: &Entity<'_>, key: &Key) -> TokenStream {
    let (krate, ident, vis) = (&entity.krate, entity.ident(), &entity.original.vis);
    let steps = &key.query.steps;
    let doc = format!(
        "A query of [`{}`] by `\"{}\"`{}; see [`{0}::{}`].",
        ident.unraw(),
        key.partition.text,
        sort_doc(key),
        key.query.function.unraw()
    );
    quote! {
        #[doc = #doc]
        #[derive(::core::fmt::Debug)]
        #[must_use = "a query does nothing until it is passed to a table's handle"]
        #vis struct #steps<S = #krate::__private::At0>(#krate::__private::Steps<S>);
    }
}

fn index_type(entity: &Entity<'_>, index: Option<&Path>) -> TokenStream {
    let (krate, ident) = (&entity.krate, entity.ident());
    index.map_or_else(
        || quote! { #krate::Primary<<#ident as #krate::Entity>::Table> },
        |index| quote! { #index },
    )
}

fn sort_doc(key: &Key) -> String {
    key.sort.as_ref().map(|sort| format!("; the sort key is `\"{}\"`", sort.text)).unwrap_or_default()
}

/// The steps and the end of one query; `number` is the key's place in the entity's model, or
/// the index, as `typed_from` takes it.
pub(crate) fn query(
    entity: &Entity<'_>,
    key: &IndexedKey<'_>,
    typed_from: &TokenStream,
    number: &TokenStream,
) -> TokenStream {
    let (krate, ident, steps) = (&entity.krate, entity.ident(), &key.key.query.steps);
    let index = index_type(entity, key.index);
    let sort = key.key.sort.as_ref().map(|sort| all_steps(entity, key, sort, true));
    let typed = typed(entity, key, typed_from, number);
    quote! {
        const _: () = {
            #sort

            #[automatically_derived]
            impl<S> #krate::KeyQuery for #steps<S> {
                type Entity = #ident;
                type Index = #index;

                fn into_query(self) -> #krate::Query<Self::Entity, Self::Index> {
                    self.0.into_query()
                }
            }
            #typed
        };
    }
}

/// The same names and types after an error of the entity, so that whoever uses the query is not in error too.
pub(crate) fn query_of_an_error(entity: &Entity<'_>, key: &IndexedKey<'_>) -> TokenStream {
    let (function, private) = (function(entity, key, false), private(&entity.krate));
    let sort = key.key.sort.as_ref().map(|sort| all_steps(entity, key, sort, false));
    let (ident, ends) = (entity.ident(), ends_of_an_error(entity, &key.key.query.steps));
    quote! {
        const _: () = {
            #private
            impl #ident { #function }
            #sort
            #ends
        };
    }
}

/// A query of the table's own key, which can be all that a query can.
pub(super) fn ends_of_an_error(entity: &Entity<'_>, steps: &Ident) -> TokenStream {
    let (krate, ident) = (&entity.krate, entity.ident());
    let index = quote! { #krate::Primary<<#ident as #krate::Entity>::Table> };
    let result = quote! { #krate::Query<Self::Entity, Self::Index> };
    quote! {
        impl<S> #krate::KeyQuery for #steps<S> {
            type Entity = #ident;
            type Index = #index;
            fn into_query(self) -> #result { ::core::unreachable!() }
        }
        impl<S> #krate::TypedQuery for #steps<S> {
            type Entity = #ident;
            type Index = #index;
            fn into_typed_query(self) -> #result { ::core::unreachable!() }
        }
    }
}

/// After which steps the query selects the entity's items alone, as the keys of the whole table decide.
fn typed(
    entity: &Entity<'_>,
    key: &IndexedKey<'_>,
    typed_from: &TokenStream,
    number: &TokenStream,
) -> TokenStream {
    let key = key.key;
    let selects_one_entity = idents::selects_one_entity(&key.query);
    let (krate, ident, steps) = (&entity.krate, entity.ident(), &key.query.steps);
    let (name, type_name) = (entity.ident().unraw(), entity.type_name.literal());
    let message = format!(
        "this query of `{name}::{}(..)` can select items of other entities too",
        key.query.function.unraw()
    );
    let note = match &key.sort {
        Some(sort) => format!(
            "the sort key is \"{}\": take the step that tells `{name}` from the others",
            escaped(&sort.text)
        ),
        None => {
            format!("another entity's partition key can be the same as \"{}\"", escaped(&key.partition.text))
        }
    };
    quote! {
        #[diagnostic::on_unimplemented(
            message = #message,
            label = "not a query of one entity yet",
            note = #note,
            note = "or read whatever is there, as values of the table's enum: `.item_collection(..)`",
        )]
        pub trait #selects_one_entity {}
        #[diagnostic::do_not_recommend]
        impl<S> #selects_one_entity for S
        where
            S: __p::Reaches<{
                __p::#typed_from::<<#ident as #krate::Entity>::Table>(#type_name, #number)
            }>,
        {
        }
        #[automatically_derived]
        impl<S: #selects_one_entity> #krate::TypedQuery for #steps<S> {
            type Entity = <Self as #krate::KeyQuery>::Entity;
            type Index = <Self as #krate::KeyQuery>::Index;

            fn into_typed_query(self) -> #krate::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
    }
}

/// The function that begins a query, as it stands in an `impl`.
pub(super) fn function(entity: &Entity<'_>, key: &IndexedKey<'_>, sound: bool) -> TokenStream {
    let (krate, ident, vis) = (&entity.krate, entity.ident(), &entity.original.vis);
    let (function, steps) = (&key.key.query.function, &key.key.query.steps);
    let doc = format!(
        "[`{}`]s with the partition key `\"{}\"`{}{}.",
        ident.unraw(),
        key.key.partition.text,
        key.index.map(|index| format!(" in index [`{}`]", idents::last(index))).unwrap_or_default(),
        sort_doc(key.key)
    );
    let partition = &key.key.partition;
    let parameters = partition.given().map(|field| {
        let (name, ty) = (entity.fields[field].ident, entity.fields[field].part_type());
        quote! { #name: impl #krate::IntoValue<#ty> }
    });
    let sort = match &key.key.sort {
        Some(_) => {
            let sort = idents::place(key.index, "SORT");
            quote! { __p::Some(#sort.untyped()) }
        }
        None => quote! { __p::None },
    };
    let place = idents::place(key.index, "PARTITION");
    // A field with a computed form beside it is written more than once.
    let is_shared =
        |name: &Ident| partition.parts().filter(|part| entity.fields[*part].ident == name).count() > 1;
    let shared = partition.given().map(|field| &entity.fields[field]).filter(|field| is_shared(field.ident));
    let shared = shared.map(|field| {
        let (name, ty) = (field.ident, field.part_type());
        quote! { let #name: #ty = #krate::IntoValue::into_value(#name); }
    });
    let (result, expression) = match partition.shard() {
        None => {
            let values = key::values(entity, partition, |field| match is_shared(field) {
                true => quote! { &#field },
                false => quote! { &#krate::IntoValue::into_value(#field) },
            });
            let new = quote! { __p::Steps::new(&#place, #sort, #values) };
            (quote! { #steps }, quote! { #(#shared)* #steps(#new) })
        }
        Some((field, codec)) => {
            let ty = entity.fields[field].part_type();
            let shard = idents::part(entity.fields[field].ident, codec);
            (
                quote! { #krate::Sharded<#steps, #ty> },
                sharded(entity, key, &shard, &quote! { #place.untyped(), #sort }),
            )
        }
    };
    let body = body(sound, expression);
    quote! {
        #[doc = #doc]
        #vis fn #function(#(#parameters),*) -> #result {
            #body
        }
    }
}

/// The query of a partition that is spread over shards, but for which of them are read.
fn sharded(entity: &Entity<'_>, key: &IndexedKey<'_>, shard: &Ident, places: &TokenStream) -> TokenStream {
    let (krate, steps, partition) = (&entity.krate, &key.key.query.steps, &key.key.partition);
    let given = partition.given().map(|field| {
        let name = entity.fields[field].ident;
        quote! { let #name = #krate::IntoValue::into_value(#name); }
    });
    let write = partition.segments.iter().filter_map(|segment| match segment {
        Segment::Part { field, codec, .. } => Some((entity.fields[*field].ident, *codec)),
        Segment::Literal(_) => None,
    });
    let write = write.map(|(field, codec)| match idents::part(field, codec) {
        part if part == *shard => quote! { __key.shard::<#part>(__shard)?; },
        part => quote! { __key.part::<#part>(&#field)?; },
    });
    quote! {
        #(#given)*
        #krate::Sharded::new(move |__shards| {
            #steps(__p::Steps::sharded::<#shard>(#places, __shards, |__key, __shard| {
                #(#write)*
                __p::Ok(())
            }))
        })
    }
}

/// What a function does, or nothing after an error.
pub(super) fn body(sound: bool, body: TokenStream) -> TokenStream {
    if sound {
        body
    } else {
        quote! { ::core::unreachable!() }
    }
}

/// The steps along the sort key.
fn all_steps(entity: &Entity<'_>, key: &IndexedKey<'_>, sort: &Template, sound: bool) -> TokenStream {
    let place = idents::place(key.index, "SORT");
    let mut parts = Vec::new();
    for segment in &sort.segments {
        if let Segment::Part { field, codec, .. } = segment {
            let (field, at) = (&entity.fields[*field], parts.len());
            let part = idents::part(field.ident, *codec);
            let admits = if !sound {
                quote! { 0, true }
            } else {
                quote! {
                    { __p::range_of::<#part, _>(&#place, #at) },
                    { __p::has_prefixes::<#part, _>(&#place, #at) }
                }
            };
            parts.push(Step { field, part, admits });
        }
    }
    let sort = format!("\"{}\"", escaped(&sort.text));
    SortSteps { entity, query: &key.key.query, sort, steps: parts, sound }.expand()
}
