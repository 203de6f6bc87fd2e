//! What stands in for an implementation when the derive reported an error: enough for the rest of the
//! crate to compile, so that one mistake is one error. It is never run.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::{DeriveInput, Path};

use super::allows;
use super::key::key_struct;
use crate::attr::entity::EntityAttr;
use crate::diag::Diag;
use crate::model::entity::Entity;

pub(crate) fn entity(input: &DeriveInput, model: Option<&Entity<'_>>) -> TokenStream {
    // Read once more, with its errors thrown away: they were reported.
    let again = Diag::new();
    let table = EntityAttr::from_syn(&again, input).table;
    again.finish();
    let Some(table) = table.filter(|_| input.generics.params.is_empty()) else { return TokenStream::new() };
    let krate: Path = model.map_or_else(|| syn::parse_quote!(::monotable), |model| model.krate.clone());
    let (ident, vis) = (&input.ident, &input.vis);
    let (name, key) = (ident.unraw().to_string(), format_ident!("{}Key", ident));
    let key_struct =
        model.map(key_struct).unwrap_or_else(|| quote! { #[allow(missing_docs)] #vis struct #key {} });
    let error = quote! { #krate::KeyError };
    let allows = allows();
    quote! {
        #key_struct
        #allows
        const _: () = {
            impl #krate::__private::DeclaresTable<#table> for #ident {}
            impl #krate::Entity for #ident {
                type Table = #table;
                type Key = #key;
                const MODEL: #krate::EntityModel = #krate::EntityModel::incomplete(#name);
                fn key(&self) -> #key { ::core::unreachable!() }
                fn index_keys(
                    &self,
                    _: &mut #krate::__private::IndexKeys,
                ) -> ::core::result::Result<(), #error> {
                    ::core::unreachable!()
                }
            }
            impl ::core::clone::Clone for #key {
                fn clone(&self) -> Self { ::core::unreachable!() }
            }
            impl ::core::fmt::Debug for #key {
                fn fmt(&self, _: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result { ::core::unreachable!() }
            }
            impl #krate::EntityKey for #key {
                type Entity = #ident;
                fn partition_key(&self) -> ::core::result::Result<#krate::KeyValue, #error> {
                    ::core::unreachable!()
                }
                fn sort_key(
                    &self,
                ) -> ::core::result::Result<::core::option::Option<#krate::KeyValue>, #error> {
                    ::core::unreachable!()
                }
            }
        };
    }
}

pub(crate) fn key_part(input: &DeriveInput) -> TokenStream {
    if !input.generics.params.is_empty() {
        return TokenStream::new();
    }
    let ident = &input.ident;
    quote! {
        const _: () = {
            impl ::monotable::KeyPart for #ident {
                const LANGUAGE: ::monotable::key::Language = ::monotable::key::Language::Verbatim;
                fn encode(&self, _: &mut ::monotable::KeyText) -> ::core::result::Result<(), ::monotable::PartRule> {
                    ::core::unreachable!()
                }
                fn decode(_: &::core::primitive::str, _: char) -> ::core::result::Result<Self, ::monotable::PartRule> {
                    ::core::unreachable!()
                }
            }
        };
    }
}
