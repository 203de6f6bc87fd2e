//! Queries: for each key a function on the entity and a struct whose methods are the steps.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::{Ident, Path};

use super::entity::IndexedKey;
use super::{escaped, key};
use crate::idents;
use crate::model::entity::{Entity, Field, Key, Template};

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

/// The function, the steps, and the end of one query.
pub(crate) fn query(entity: &Entity<'_>, key: &IndexedKey<'_>) -> TokenStream {
    let (krate, ident, steps) = (&entity.krate, entity.ident(), &key.key.query.steps);
    let index = index_type(entity, key.index);
    let function = function(entity, key);
    let sort = key.key.sort.as_ref().map(|sort| all_steps(entity, key.key, sort));
    quote! {
        const _: () = {
            #function
            #sort

            #[automatically_derived]
            impl<S> #krate::IntoQuery for #steps<S> {
                type Entity = #ident;
                type Index = #index;

                fn into_query(self) -> #krate::Query<#ident, #index> {
                    self.0.into_query()
                }
            }
        };
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
    let write = key::write(entity, &key.key.partition, |field| quote! { &#krate::IntoValue::into_value(#field) });
    let partition = idents::place(&key.name(), "PARTITION");
    let sort = match &key.key.sort {
        Some(_) => {
            let sort = idents::place(&key.name(), "SORT");
            quote! { ::core::option::Option::Some(#sort) }
        }
        None => quote! { ::core::option::Option::None },
    };
    quote! {
        impl #ident {
            #[doc = #doc]
            #vis fn #function(#(#parameters),*) -> #steps {
                #steps(#krate::__private::Steps::new(#partition, #sort, |__key| { #write }))
            }
        }
    }
}

/// The steps along the sort key: a trait for each part says when it may be taken.
fn all_steps(entity: &Entity<'_>, key: &Key, sort: &Template) -> TokenStream {
    let parts: Vec<_> = sort.parts().map(|field| &entity.fields[field]).collect();
    if parts.is_empty() {
        return TokenStream::new();
    }
    let steps = &key.query.steps;
    let traits = parts.iter().enumerate().map(|(at, _)| next_trait(entity, key, sort, &parts, at));
    let no_range = no_range_trait(entity, key, sort);
    let last_segment = sort.segments.len() - 1;
    let methods = parts.iter().enumerate().map(|(at, part)| {
        let ends = at + 1 == parts.len() && matches!(sort.segments[last_segment], crate::model::entity::Segment::Part { .. });
        methods(entity, key, part, at, ends)
    });
    quote! {
        #(#traits)*
        #no_range
        impl<S> #steps<S> {
            #(#methods)*
        }
    }
}

fn next_trait(entity: &Entity<'_>, key: &Key, sort: &Template, parts: &[&Field<'_>], at: usize) -> TokenStream {
    let (krate, name) = (&entity.krate, parts[at].ident.unraw());
    let is_next = idents::is_next(parts[at].ident);
    let message = format!("`.{name}(..)` is not the next step of this query");
    let label = match at.checked_sub(1) {
        Some(before) => format!("`.{}(..)` comes right before `.{name}(..)`", parts[before].ident.unraw()),
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
        impl #is_next for #krate::__private::RangeGiven {}
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

fn methods(entity: &Entity<'_>, key: &Key, part: &Field<'_>, at: usize, ends: bool) -> TokenStream {
    let (krate, vis, steps) = (&entity.krate, &entity.original.vis, &key.query.steps);
    let (name, ty) = (part.ident, part.part_type());
    let (from, until, within) = (idents::step(name, "from"), idents::step(name, "until"), idents::step(name, "in"));
    let place = if ends { quote! { #krate::__private::Last } } else { quote! { #krate::__private::Followed } };
    let bounds = {
        let is_next: Ident = idents::is_next(name);
        quote! { where S: #is_next + NoRangeYet }
    };
    let next = at + 1;
    let plain = name.unraw();
    let docs = [
        format!("`{plain}` equal to this."),
        format!("`{plain}` at or after this."),
        format!("`{plain}` at or before this, with whatever follows."),
        format!("`{plain}` in this range."),
    ];
    let [equal_doc, from_doc, until_doc, in_doc] = &docs;
    let after_range = quote! { #steps<#krate::__private::RangeGiven> };
    quote! {
        #[doc = #equal_doc]
        #vis fn #name(self, value: impl #krate::IntoValue<#ty>) -> #steps<#krate::__private::At<#next>> #bounds {
            #steps(self.0.equal::<#ty, _>(value.into_value()))
        }

        #[doc = #from_doc]
        #vis fn #from(self, value: impl #krate::__private::IntoBound<#ty, #place>) -> #after_range #bounds {
            #steps(self.0.from::<#ty>(value.into_bound()))
        }

        #[doc = #until_doc]
        #vis fn #until(self, value: impl #krate::__private::IntoBound<#ty, #place>) -> #after_range #bounds {
            #steps(self.0.until::<#ty>(value.into_bound()))
        }

        #[doc = #in_doc]
        #vis fn #within(self, range: impl #krate::KeyRange<#ty, #place>) -> #after_range #bounds {
            #steps(self.0.range::<#ty, #place>(range))
        }
    }
}
