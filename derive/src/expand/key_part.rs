//! The expansion of `#[derive(KeyPart)]`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned as _;

use super::allows;
use crate::model::key_part::{KeyPart, Kind, Variant};

pub(crate) fn expand(part: &KeyPart<'_>) -> TokenStream {
    let (krate, ident) = (&part.krate, &part.original.ident);
    let (encode, markers) = match &part.kind {
        Kind::Newtype(inner) => (newtype(part, inner), markers(part, inner)),
        Kind::Variants(variants) => (texts(part, variants), TokenStream::new()),
    };
    let allows = allows();
    quote! {
        #allows
        const _: () = {
            #[automatically_derived]
            impl #krate::KeyPart for #ident {
                fn encode(&self, out: &mut #krate::KeyText) -> ::core::result::Result<(), #krate::PartRule> {
                    #encode
                }
            }
            #markers
        };
    }
}

fn newtype(part: &KeyPart<'_>, inner: &Type) -> TokenStream {
    let krate = &part.krate;
    quote_spanned! {inner.span()=> <#inner as #krate::KeyPart>::encode(&self.0, out) }
}

/// A newtype has the order of what it wraps. The `for<'__a>` puts the question off until it is asked.
fn markers(part: &KeyPart<'_>, inner: &Type) -> TokenStream {
    let (krate, ident) = (&part.krate, &part.original.ident);
    let markers = ["OrderedPart", "ClosedPart", "TextPart"].map(|name| syn::Ident::new(name, ident.span()));
    quote! {
        #(
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl #krate::#markers for #ident where for<'__a> #inner: #krate::#markers {}
        )*
    }
}

fn texts(part: &KeyPart<'_>, variants: &[Variant<'_>]) -> TokenStream {
    let (krate, ident) = (&part.krate, &part.original.ident);
    let arms = variants.iter().map(|variant| {
        let (variant, text) = (variant.ident, &variant.text);
        quote! { #ident::#variant => #text }
    });
    quote! {
        #krate::__private::encode_text(match self { #(#arms),* }, out)
    }
}
