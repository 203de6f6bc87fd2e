//! The expansion of `#[derive(Collection)]`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned as _;

use super::allows;
use crate::model::collection::Collection;

pub(crate) fn expand(collection: &Collection<'_>) -> TokenStream {
    let (krate, ident) = (&collection.krate, &collection.original.ident);
    let header = header(collection);
    let parts = collection.members.iter().map(|(_, ty)| {
        quote_spanned! {ty.span()=> #krate::__private::member::<#ty>() }
    });
    let types = collection.members.iter().map(|(_, ty)| quote! { #krate::__private::Part<#ty> });
    let models = (0..collection.members.len()).map(|at| {
        let at = syn::Index::from(at);
        quote! { __PARTS.#at.model() }
    });
    let members = collection.members.iter().enumerate().map(|(at, (name, _))| {
        let (at, text) = (syn::Index::from(at), name.unraw().to_string());
        quote! { #name: __PARTS.#at.take(__items, #text)? }
    });
    let checks = (0..collection.members.len()).map(|at| {
        let span = collection.members[at].1.span();
        quote_spanned! {span=>
            const _: () = {
                if let ::core::option::Option::Some(__message) = #krate::__private::check_member::<#ident>(#at) {
                    ::core::panic!("{}", __message.as_str());
                }
            };
        }
    });
    let allows = allows();
    quote! {
        #allows
        const _: () = {
            // Asks what the members are in one place: what is none is one error.
            const __PARTS: (#(#types,)*) = (#(#parts,)*);
            #[automatically_derived]
            impl #krate::Collection for #ident {
                #header
                const MEMBERS: &'static [#krate::EntityModel] = &[#(#models),*];

                fn assemble(
                    __items: &mut #krate::__private::Gathered,
                ) -> ::core::result::Result<Self, #krate::__private::Unfit> {
                    ::core::result::Result::Ok(Self { #(#members),* })
                }
            }
            #(#checks)*
        };
    }
}

fn header(collection: &Collection<'_>) -> TokenStream {
    let (krate, of) = (&collection.krate, &collection.of);
    let name = collection.original.ident.unraw().to_string();
    let index = match &collection.index {
        Some(index) => quote! { #index },
        None => quote! { #krate::Primary<<Self::Of as #krate::Entity>::Table> },
    };
    quote! {
        type Of = #of;
        type Index = #index;
        const NAME: &'static ::core::primitive::str = #name;
    }
}

/// What stands in after an error.
pub(crate) fn fallback(collection: &Collection<'_>) -> TokenStream {
    let (krate, ident, header) = (&collection.krate, &collection.original.ident, header(collection));
    quote! {
        const _: () = {
            impl #krate::Collection for #ident {
                #header
                const MEMBERS: &'static [#krate::EntityModel] = &[];
                fn assemble(
                    _: &mut #krate::__private::Gathered,
                ) -> ::core::result::Result<Self, #krate::__private::Unfit> {
                    ::core::unreachable!()
                }
            }
        };
    }
}
