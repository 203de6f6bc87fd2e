//! Natural indexes: the query by the attributes of an entity. The keys are DynamoDB's to compose.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;

use super::query;
use super::steps::{SortSteps, Step};
use super::{allows, allows_after_an_error, private};
use crate::idents;
use crate::model::entity::{Entity, NaturalJoin};
use crate::model::natural::NaturalKey;

/// The call of the macro that the table's derive makes of the index. It stands also where the derive
/// reported an error, for the sake of who uses the query.
pub(crate) fn call(entity: &Entity<'_>, join: &NaturalJoin, number: usize, sound: bool) -> TokenStream {
    let (index, original) = (&join.index, entity.original);
    let word = format_ident!("{}", if sound { "Sound" } else { "Unsound" });
    quote! { #index! { #number #word #original } }
}

pub(crate) fn expand(entity: &Entity<'_>, key: &NaturalKey<'_>, sound: bool) -> TokenStream {
    let (krate, index) = (&entity.krate, &key.join.index);
    let (ident, vis, steps) = (entity.ident(), &entity.original.vis, &key.join.query.steps);
    let (partition, sort) = (names(entity, &key.partition), names(entity, &key.sort));
    let by = match sort.is_empty() {
        true => partition.clone(),
        false => format!("{partition}, then {sort}"),
    };
    let doc = {
        let function = key.join.query.function.unraw();
        format!("A query of [`{}`] by {by}; see [`{0}::{function}`].", ident.unraw())
    };
    let (function, private) = (function(entity, key, &by, sound), private(krate));
    let steps_of_sort = sort_steps(entity, key, sort, sound);
    let (before, after, allows) = match sound {
        true => {
            let attributes = key.partition.iter().chain(&key.sort).map(|field| attribute(entity, *field));
            let before = quote! {
                const _: () = <#index as #krate::__private::IndexOf<<#ident as #krate::Entity>::Table>>::HOLDS;
                #(#attributes)*
            };
            (before, ends(entity, key), allows())
        }
        false => (TokenStream::new(), query::ends_of_an_error(entity, steps), allows_after_an_error()),
    };
    quote! {
        #[doc = #doc]
        #[derive(::core::fmt::Debug)]
        #[must_use = "a query does nothing until it is passed to a table's handle"]
        #vis struct #steps<S = #krate::__private::At0>(#krate::__private::NaturalSteps<S>);

        #allows
        const _: () = {
            #private
            #before
            impl #ident { #function }
            #steps_of_sort
            #after
        };
    }
}

fn function(entity: &Entity<'_>, key: &NaturalKey<'_>, by: &str, sound: bool) -> TokenStream {
    let (krate, index) = (&entity.krate, &key.join.index);
    let (ident, vis) = (entity.ident(), &entity.original.vis);
    let (steps, function) = (&key.join.query.steps, &key.join.query.function);
    let doc = format!("[`{}`]s in index [`{}`], by {by}.", ident.unraw(), idents::last(index));
    let parameters = key.partition.iter().map(|field| {
        let (name, ty) = (entity.fields[*field].ident, entity.fields[*field].part_type());
        quote! { #name: impl #krate::IntoValue<#ty> }
    });
    let values = key.partition.iter().map(|field| {
        let name = entity.fields[*field].ident;
        let attribute = idents::attribute(name);
        quote! { .partition::<#attribute>(#krate::IntoValue::into_value(#name)) }
    });
    let body = query::body(
        sound,
        quote! {
            #steps(#krate::__private::NaturalSteps::new(<#index as #krate::Index>::NAME, <#index as #krate::Index>::PARTITION_KEY, <#index as #krate::Index>::SORT_KEY)#(#values)*)
        },
    );
    quote! {
        #[doc = #doc]
        #vis fn #function(#(#parameters),*) -> #steps {
            #body
        }
    }
}

/// What makes a query of the steps.
fn ends(entity: &Entity<'_>, key: &NaturalKey<'_>) -> TokenStream {
    let (krate, ident) = (&entity.krate, entity.ident());
    let (steps, index, typed) = (&key.join.query.steps, &key.join.index, typed(entity, key));
    quote! {
        #[automatically_derived]
        impl<S> #krate::KeyQuery for #steps<S> {
            type Entity = #ident;
            type Index = #index;

            fn into_query(self) -> #krate::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
        #typed
    }
}

/// `` `courier_id` and `day` ``
fn names(entity: &Entity<'_>, fields: &[usize]) -> String {
    let names = fields.iter().map(|field| format!("`{}`", entity.fields[*field].ident.unraw()));
    names.collect::<Vec<_>>().join(" and ")
}

/// A field as an attribute: its value is what serde stores, the user's own functions included.
fn attribute(entity: &Entity<'_>, field: usize) -> TokenStream {
    let (krate, field) = (&entity.krate, &entity.fields[field]);
    let (attribute, value, ty) = (idents::attribute(field.ident), field.part_type(), field.ty);
    let present = match field.optional {
        Some(_) => quote! { ::core::option::Option::Some(__value) },
        None => quote! { __value },
    };
    let (form, store) = match &field.serialize {
        None => (
            quote! {{
                #[allow(unused_imports)]
                use #krate::__private::UnknownForm as _;
                #krate::__private::FormOf::<#value>::FORM
            }},
            quote! { #krate::__private::store(#present) },
        ),
        Some(function) => (
            quote! { #krate::__private::Form::Custom },
            quote! {
                struct __Stored(#ty);
                impl #krate::__private::serde::Serialize for __Stored {
                    fn serialize<__S: #krate::__private::serde::Serializer>(
                        &self,
                        __serializer: __S,
                    ) -> ::core::result::Result<__S::Ok, __S::Error> {
                        #function(&self.0, __serializer)
                    }
                }
                #krate::__private::store(__Stored(#present))
            },
        ),
    };
    quote! {
        enum #attribute {}
        impl #krate::__private::NaturalPart for #attribute {
            type Value = #value;
            const FORM: #krate::__private::Form = #form;

            fn store(
                __value: #value,
            ) -> ::core::result::Result<#krate::__private::AttributeValue, #krate::__private::StoreError> {
                #store
            }
        }
    }
}

fn sort_steps(entity: &Entity<'_>, key: &NaturalKey<'_>, sort: String, sound: bool) -> TokenStream {
    let krate = &entity.krate;
    let steps = key.sort.iter().map(|field| {
        let field = &entity.fields[*field];
        let part = idents::attribute(field.ident);
        let admits = match sound {
            true => quote! {
                { #krate::__private::natural_range_of::<#part>() },
                { #krate::__private::natural_has_prefixes::<#part>() }
            },
            false => quote! { 0, true },
        };
        Step { field, part, admits }
    });
    SortSteps { entity, query: &key.join.query, sort, steps: steps.collect(), sound }.expand()
}

/// Whether only this entity's items can be in the index, as the attributes of all entities decide.
fn typed(entity: &Entity<'_>, key: &NaturalKey<'_>) -> TokenStream {
    let (krate, ident, index) = (&entity.krate, entity.ident(), &key.join.index);
    let (name, type_name, steps) =
        (entity.ident().unraw(), entity.type_name.literal(), &key.join.query.steps);
    let message = format!(
        "this query of `{name}::{}(..)` can select items of other entities too",
        key.join.query.function.unraw()
    );
    let note = format!(
        "another entity stores all attributes of the key of `{}`, and so its items are in it",
        idents::last(index)
    );
    quote! {
        const __TYPED: ::core::primitive::bool =
            #krate::__private::selects_one_entity::<<#ident as #krate::Entity>::Table>(#type_name, <#index as #krate::Index>::NUMBER);
        #[diagnostic::on_unimplemented(
            message = #message,
            label = "not a query of one entity",
            note = #note,
            note = "read whatever is there, as values of the table's enum: `.item_collection(..)`",
        )]
        pub trait SelectsOneEntity {}
        #[diagnostic::do_not_recommend]
        impl SelectsOneEntity for #krate::__private::Proved<true> {}
        #[automatically_derived]
        impl<S> #krate::TypedQuery for #steps<S>
        where
            for<'__a> #krate::__private::Proved<__TYPED>: SelectsOneEntity,
        {
            type Entity = #ident;
            type Index = #index;

            fn into_typed_query(self) -> #krate::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
    }
}
