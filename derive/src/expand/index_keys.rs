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
    let krate = &entity.krate;
    let primary = entity.key.fields();
    let mut fields: Vec<usize> = entity.index_halves().flat_map(|half| half.template.fields()).collect();
    fields.sort_unstable();
    fields.dedup();
    let parts = fields.iter().map(|field| part(entity, *field, primary.contains(field)));
    let unused = fields.is_empty().then(|| quote! { let _ = __from; });
    let halves = entity.index_halves().map(|half| self::half(entity, half.index, half.name, half.template));
    Some(quote! {
        fn index_keys(
            __from: &#krate::__private::PartSource<'_, Self>,
            __keys: &mut #krate::__private::IndexKeys,
        ) -> ::core::result::Result<(), #krate::KeyError> {
            #unused
            #(#parts)*
            #(#halves)*
            ::core::result::Result::Ok(())
        }
    })
}

fn local(field: &Ident) -> Ident {
    format_ident!("__part_{}", field.unraw())
}

/// The statement that finds out what becomes of a field.
fn part(entity: &Entity<'_>, field: usize, is_primary: bool) -> TokenStream {
    let field = &entity.fields[field];
    let (name, local, stored) =
        (field.ident, local(field.ident), field.stored.as_deref().unwrap_or_default());
    if is_primary {
        return quote! { let #local = __from.key(|__item| &__item.#name, |__key| &__key.#name); };
    }
    let kind = format_ident!("{}", if field.optional.is_some() { "optional" } else { "required" });
    quote! { let #local = __from.#kind(#stored, |__item| &__item.#name); }
}

/// The statement that adds one half, if there is something to do.
fn half(entity: &Entity<'_>, index: &Path, half: &str, template: &Template) -> TokenStream {
    let place = idents::place(Some(index), half);
    let parts = template.fields().into_iter().map(|field| local(entity.fields[field].ident));
    let write = key::write(entity, template, |field| {
        let local = local(field);
        quote! { #local.value() }
    });
    quote! { __keys.half(&#place, &[#(#parts.state()),*], |__key| { #write })?; }
}
