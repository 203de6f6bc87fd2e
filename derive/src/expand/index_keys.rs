//! The function that writes the keys of an entity in secondary indexes, of a whole item and under an update.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::{Ident, Path};

use super::key;
use crate::idents;
use crate::model::entity::{Entity, Template};

/// None for an entity that has no key in an index.
pub(crate) fn function(entity: &Entity<'_>) -> Option<TokenStream> {
    if entity.indexes.is_empty() {
        return None;
    }
    let primary = entity.key.fields();
    let mut fields: Vec<usize> = entity.index_halves().flat_map(|half| half.template.fields()).collect();
    fields.sort_unstable();
    fields.dedup();
    let locals = fields.iter().map(|field| local(entity.fields[*field].ident));
    let of_item = fields.iter().map(|field| of_item(entity, *field, primary.contains(field)));
    let of_update = fields.iter().map(|field| of_update(entity, *field, primary.contains(field)));
    let parts = (!fields.is_empty()).then(|| {
        quote! {
            let (#(#locals,)*) = match __from.origin() {
                __p::Ok(__item) => (#(#of_item,)*),
                __p::Err(__key) => (#(#of_update,)*),
            };
        }
    });
    let unused = fields.is_empty().then(|| quote! { let _ = __from; });
    let halves = entity.index_halves().map(|half| self::half(entity, half.index, half.name, half.template));
    Some(quote! {
        #[allow(unused_variables)]
        fn index_keys(__from: &__p::PartSource<'_, Self>, __keys: &mut __p::IndexKeys) {
            #unused
            #parts
            #(#halves)*
        }
    })
}

fn local(field: &Ident) -> Ident {
    format_ident!("__part_{}", field.unraw())
}

/// What a whole item says of a field.
fn of_item(entity: &Entity<'_>, field: usize, is_primary: bool) -> TokenStream {
    let field = &entity.fields[field];
    let name = field.ident;
    match field.optional {
        _ if is_primary => quote! { __p::PartOf::Key(&__item.#name) },
        Some(_) => quote! { __p::PartOf::optional(&__item.#name) },
        None => quote! { __p::PartOf::Set(&__item.#name) },
    }
}

/// What becomes of a field under an update.
fn of_update(entity: &Entity<'_>, field: usize, is_primary: bool) -> TokenStream {
    let field = &entity.fields[field];
    let (name, stored) = (field.ident, field.stored.as_deref().unwrap_or_default());
    match field.optional {
        _ if is_primary => quote! { __p::PartOf::Key(&__key.#name) },
        Some(_) => quote! { __from.touched_optional(#stored) },
        None => quote! { __from.touched(#stored) },
    }
}

/// The statement that adds one half, if there is something to do.
fn half(entity: &Entity<'_>, index: &Path, half: &str, template: &Template) -> TokenStream {
    let place = idents::place(Some(index), half);
    let parts = key::values(entity, template, |field| {
        let local = local(field);
        quote! { &#local }
    });
    quote! { __keys.half(&#place, #parts); }
}
