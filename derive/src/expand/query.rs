//! Queries: for each key a function on the entity and a struct whose methods are the steps.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::{Ident, Path};

use super::entity::IndexedKey;
use super::{escaped, key};
use crate::idents;
use crate::model::entity::{Entity, Field, Key, Segment, Template};
use crate::template::Codec;

/// The struct of a query's steps: visible beside the entity, because users see its type.
pub(crate) fn steps_struct(entity: &Entity<'_>, key: &Key, index: Option<&Path>) -> TokenStream {
    let (krate, ident, vis) = (&entity.krate, entity.ident(), &entity.original.vis);
    let (steps, index) = (&key.query.steps, index_type(entity, index));
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
        #vis struct #steps<S = #krate::__private::At<0>>(#krate::__private::Steps<#ident, #index, S>);
    }
}

fn index_type(entity: &Entity<'_>, index: Option<&Path>) -> TokenStream {
    let (krate, table) = (&entity.krate, &entity.table);
    index.map_or_else(|| quote! { #krate::Primary<#table> }, |index| quote! { #index })
}

fn sort_doc(key: &Key) -> String {
    key.sort.as_ref().map(|sort| format!("; the sort key is `\"{}\"`", sort.text)).unwrap_or_default()
}

/// The function, the steps, and the end of one query; `number` is the key's place in the entity's model.
pub(crate) fn query(entity: &Entity<'_>, key: &IndexedKey<'_>, number: usize) -> TokenStream {
    let (krate, ident, steps) = (&entity.krate, entity.ident(), &key.key.query.steps);
    let index = index_type(entity, key.index);
    let function = function(entity, key);
    let sort = key.key.sort.as_ref().map(|sort| all_steps(entity, key, sort));
    let typed = typed(entity, key.key, number);
    quote! {
        const _: () = {
            #function
            #sort

            #[automatically_derived]
            impl<S> #krate::KeyQuery for #steps<S> {
                type Entity = #ident;
                type Index = #index;

                fn into_query(self) -> #krate::Query<#ident, #index> {
                    self.0.into_query()
                }
            }
            #typed
        };
    }
}

/// After which steps the query selects the entity's items alone, as the keys of the whole table decide.
/// The `for<'__a>` puts the question off until a query is made.
fn typed(entity: &Entity<'_>, key: &Key, number: usize) -> TokenStream {
    let (krate, table, steps) = (&entity.krate, &entity.table, &key.query.steps);
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
    let parts = key.sort.as_ref().map_or(0, |sort| sort.parts().count());
    let (at, after) = (0..=parts, 0..parts);
    quote! {
        const __TYPED_FROM: usize = #krate::__private::typed_from::<#table>(#type_name, #number);
        #[diagnostic::on_unimplemented(
            message = #message,
            label = "not a query of one entity yet",
            note = #note,
            note = "or read whatever is there, as values of the table's enum: `.item_collection(..)`",
        )]
        pub trait SelectsOneEntity {}
        #[diagnostic::do_not_recommend]
        impl SelectsOneEntity for #krate::__private::Proved<true> {}
        #(
            #[automatically_derived]
            impl #krate::TypedQuery for #steps<#krate::__private::At<#at>>
            where
                for<'__a> #krate::__private::Proved<{ #at >= __TYPED_FROM }>: SelectsOneEntity,
            {
            }
        )*
        #(
            #[automatically_derived]
            impl #krate::TypedQuery for #steps<#krate::__private::RangeAfter<#after>>
            where
                for<'__a> #krate::__private::Proved<{ #after >= __TYPED_FROM }>: SelectsOneEntity,
            {
            }
        )*
    }
}

fn function(entity: &Entity<'_>, key: &IndexedKey<'_>) -> TokenStream {
    let (krate, ident, vis) = (&entity.krate, entity.ident(), &entity.original.vis);
    let (function, steps) = (&key.key.query.function, &key.key.query.steps);
    let doc = format!(
        "[`{}`]s with the partition key `\"{}\"`{}{}.",
        ident.unraw(),
        key.key.partition.text,
        key.index.map(|index| format!(" in index [`{}`]", idents::last(index))).unwrap_or_default(),
        sort_doc(key.key)
    );
    let parameters = key.key.partition.parts().map(|field| {
        let (name, ty) = (entity.fields[field].ident, entity.fields[field].part_type());
        quote! { #name: impl #krate::IntoValue<#ty> }
    });
    let write =
        key::write(entity, &key.key.partition, |field| quote! { &#krate::IntoValue::into_value(#field) });
    let partition = idents::place(&key.name(), "PARTITION");
    let sort = match &key.key.sort {
        Some(_) => {
            let sort = idents::place(&key.name(), "SORT");
            quote! { ::core::option::Option::Some(&#sort) }
        }
        None => quote! { ::core::option::Option::None },
    };
    quote! {
        impl #ident {
            #[doc = #doc]
            #vis fn #function(#(#parameters),*) -> #steps {
                #steps(#krate::__private::Steps::new(&#partition, #sort, |__key| { #write }))
            }
        }
    }
}

/// The steps along the sort key: a trait for each part says when it may be taken.
fn all_steps(entity: &Entity<'_>, key: &IndexedKey<'_>, sort: &Template) -> TokenStream {
    let steps = &key.key.query.steps;
    let parts: Vec<_> = parts(entity, sort);
    if parts.is_empty() {
        return TokenStream::new();
    }
    let traits = parts.iter().enumerate().map(|(at, _)| next_trait(entity, key.key, sort, &parts, at));
    let no_range = no_range_trait(entity, key.key, sort);
    let places = parts.iter().enumerate().map(|(at, part)| place_alias(entity, key, part, at));
    let methods = parts.iter().enumerate().map(|(at, part)| methods(entity, key, part, at));
    quote! {
        #(#traits)*
        #(#places)*
        #no_range
        impl<S> #steps<S> {
            #(#methods)*
        }
    }
}

/// A part of the sort key: the field and how it is written.
struct Part<'e> {
    field: &'e Field<'e>,
    codec: Codec,
}

fn parts<'e>(entity: &'e Entity<'e>, sort: &Template) -> Vec<Part<'e>> {
    let part = |segment: &Segment| match segment {
        Segment::Part { field, codec } => Some(Part { field: &entity.fields[*field], codec: *codec }),
        Segment::Literal(_) => None,
    };
    sort.segments.iter().filter_map(part).collect()
}

fn next_trait(entity: &Entity<'_>, key: &Key, sort: &Template, parts: &[Part<'_>], at: usize) -> TokenStream {
    let (krate, name) = (&entity.krate, parts[at].field.ident.unraw());
    let is_next = idents::is_next(parts[at].field.ident);
    let message = format!("`.{name}(..)` is not the next step of this query");
    let label = match at.checked_sub(1) {
        Some(before) => {
            format!("`.{}(..)` comes right before `.{name}(..)`", parts[before].field.ident.unraw())
        }
        None => format!("`{name}` is fixed already"),
    };
    let note = format!(
        "the sort key of `{}::{}(..)` is \"{}\": steps follow it from left to right, each once, without a gap",
        entity.ident().unraw(),
        key.query.function.unraw(),
        escaped(&sort.text)
    );
    quote! {
        #[diagnostic::on_unimplemented(message = #message, label = #label, note = #note)]
        pub trait #is_next {}
        #[diagnostic::do_not_recommend]
        impl #is_next for #krate::__private::At<#at> {}
        #[diagnostic::do_not_recommend]
        impl<const PARTS: usize> #is_next for #krate::__private::RangeAfter<PARTS> {}
    }
}

fn no_range_trait(entity: &Entity<'_>, key: &Key, sort: &Template) -> TokenStream {
    let krate = &entity.krate;
    let note = format!(
        "the sort key of `{}::{}(..)` is \"{}\"; give both ends of a range at once, as `.._in(a..=b)`",
        entity.ident().unraw(),
        key.query.function.unraw(),
        escaped(&sort.text)
    );
    quote! {
        #[diagnostic::on_unimplemented(
            message = "the sort-key condition is complete: a range is given, and only the last step can be one",
            label = "nothing can follow a range",
            note = #note,
        )]
        pub trait NoRangeYet {}
        #[diagnostic::do_not_recommend]
        impl<const PARTS: usize> NoRangeYet for #krate::__private::At<PARTS> {}
    }
}

/// What the codec and the place of a part admit, as a type: `PlacedAtPlace`.
fn place_alias(entity: &Entity<'_>, key: &IndexedKey<'_>, part: &Part<'_>, at: usize) -> TokenStream {
    let krate = &entity.krate;
    let part_type = idents::part(part.field.ident, part.codec);
    let (alias, sort) = (idents::place_of(part.field.ident), idents::place(&key.name(), "SORT"));
    quote! {
        pub type #alias = #krate::__private::RangePlace<
            { #krate::__private::range_of::<#part_type>(&#sort.template(), #at) },
            { #krate::__private::has_prefixes::<#part_type>(&#sort.template(), #at) },
        >;
    }
}

fn methods(entity: &Entity<'_>, key: &IndexedKey<'_>, part: &Part<'_>, at: usize) -> TokenStream {
    let (krate, vis, steps) = (&entity.krate, &entity.original.vis, &key.key.query.steps);
    let (name, ty) = (part.field.ident, part.field.part_type());
    let part = idents::part(name, part.codec);
    let (from, until, within) =
        (idents::step(name, "from"), idents::step(name, "until"), idents::step(name, "in"));
    let alias = idents::place_of(name);
    let is_next: Ident = idents::is_next(name);
    let bounds = quote! { where S: #is_next + NoRangeYet };
    let next = at + 1;
    let plain = name.unraw();
    let docs = [
        format!("`{plain}` equal to this."),
        format!("`{plain}` at or after this."),
        format!("`{plain}` at or before this, with whatever follows."),
        format!("`{plain}` in this range."),
    ];
    let [equal_doc, from_doc, until_doc, in_doc] = &docs;
    let after_range = quote! { #steps<#krate::__private::RangeAfter<#at>> };
    quote! {
        #[doc = #equal_doc]
        #vis fn #name(self, value: impl #krate::IntoValue<#ty>) -> #steps<#krate::__private::At<#next>> #bounds {
            #steps(self.0.equal::<#part, _>(value.into_value()))
        }

        #[doc = #from_doc]
        #vis fn #from(self, value: impl #krate::__private::IntoBound<#ty, #alias>) -> #after_range #bounds {
            #steps(self.0.from::<#part, _>(value.into_bound()))
        }

        #[doc = #until_doc]
        #vis fn #until(self, value: impl #krate::__private::IntoBound<#ty, #alias>) -> #after_range #bounds {
            #steps(self.0.until::<#part, _>(value.into_bound()))
        }

        #[doc = #in_doc]
        #vis fn #within(self, range: impl #krate::KeyRange<#ty, #alias>) -> #after_range #bounds {
            #steps(self.0.range::<#part, #alias, _>(range))
        }
    }
}
