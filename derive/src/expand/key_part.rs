//! The expansion of `#[derive(KeyPart)]`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Type;
use syn::ext::IdentExt;
use syn::spanned::Spanned as _;

use super::allows;
use crate::model::key_part::{KeyPart, Kind, Variant};

pub(crate) fn expand(part: &KeyPart<'_>) -> TokenStream {
    let implementation = match &part.kind {
        Kind::Newtype(inner) => newtype(part, inner),
        Kind::Variants(variants) => words(part, variants),
    };
    let allows = allows();
    quote! {
        #allows
        const _: () = {
            #implementation
        };
    }
}

/// A newtype is what it wraps, by another name: every codec of the one writes the other.
fn newtype(part: &KeyPart<'_>, inner: &Type) -> TokenStream {
    let (krate, ident) = (&part.krate, &part.original.ident);
    let result = quote! { ::core::result::Result };
    let assertion = quote_spanned! {inner.span()=>
        const _: () = #krate::__private::assert_key_part::<#inner>();
    };
    quote! {
        #assertion

        #[automatically_derived]
        impl #krate::KeyPart for #ident {
            const LANGUAGE: #krate::key::Language = <#inner as #krate::KeyPart>::LANGUAGE;
            const KEEPS_ORDER: bool = <#inner as #krate::KeyPart>::KEEPS_ORDER;
            const NATIVE: ::core::option::Option<#krate::KeyType> = <#inner as #krate::KeyPart>::NATIVE;

            fn native(&self) -> #result<#krate::KeyValue, #krate::PartRule> {
                <#inner as #krate::KeyPart>::native(&self.0)
            }

            fn from_native(__value: #krate::KeyValue) -> #result<Self, #krate::PartRule> {
                <#inner as #krate::KeyPart>::from_native(__value).map(#ident)
            }

            fn encode(&self, __out: &mut #krate::KeyText) -> #result<(), #krate::PartRule> {
                <#inner as #krate::KeyPart>::encode(&self.0, __out)
            }

            fn decode(__text: &::core::primitive::str, __delimiter: char) -> #result<Self, #krate::PartRule> {
                <#inner as #krate::KeyPart>::decode(__text, __delimiter).map(#ident)
            }
        }

        #[automatically_derived]
        impl #krate::key::Newtype for #ident
        where
            for<'__a> Self: #krate::KeyPart,
        {
            type Inner = #inner;

            fn inner(&self) -> &#inner {
                &self.0
            }

            fn from_inner(__inner: #inner) -> #result<Self, #krate::PartRule> {
                #result::Ok(#ident(__inner))
            }
        }
    }
}

/// Each variant is a word. They sort by their bytes, so an enum has no order in a key.
fn words(part: &KeyPart<'_>, variants: &[Variant<'_>]) -> TokenStream {
    let (krate, ident) = (&part.krate, &part.original.ident);
    let result = quote! { ::core::result::Result };
    let (names, texts): (Vec<_>, Vec<_>) =
        variants.iter().map(|variant| (variant.ident, &variant.text)).unzip();
    let as_in_keys = variants.iter().all(|variant| variant.as_stored);
    let expected = format!("the key text of a variant of `{}`", ident.unraw());
    quote! {
        #[automatically_derived]
        impl #krate::key::Stored for #ident {
            const TYPE: #krate::KeyType = #krate::KeyType::Text;
            const AS_IN_KEYS: ::core::primitive::bool = #as_in_keys;
        }

        #[automatically_derived]
        impl #krate::KeyPart for #ident {
            const LANGUAGE: #krate::key::Language = #krate::key::Language::Words(&[#(#texts),*]);

            fn encode(&self, __out: &mut #krate::KeyText) -> #result<(), #krate::PartRule> {
                __out.push_str(match self { #(#ident::#names => #texts),* });
                #result::Ok(())
            }

            fn decode(__text: &::core::primitive::str, _: char) -> #result<Self, #krate::PartRule> {
                match __text {
                    #(#texts => #result::Ok(#ident::#names),)*
                    _ => #result::Err(#krate::PartRule::NotOfThisForm { expected: #expected }),
                }
            }
        }
    }
}
