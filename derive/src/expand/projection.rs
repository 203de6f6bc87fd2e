//! The expansion of `#[derive(Projection)]`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned as _;
use syn::{Ident, Path};

use super::allows;
use crate::model::projection::Projection;

pub(crate) fn expand(projection: &Projection<'_>) -> TokenStream {
    let (krate, ident, entity) = (&projection.krate, &projection.original.ident, &projection.entity);
    let attributes = projection.attributes.iter().map(|field| {
        let (name, stored, required) = (field.ident.unraw().to_string(), &field.stored, field.required);
        quote! { #krate::ProjectedAttribute::new(#name, #stored, #required) }
    });
    let storage = quote_spanned! {ident.span()=> <#ident as #krate::__private::Readable>::READER };
    let stored = projection.attributes.iter().enumerate().map(|(at, field)| {
        check(field.ident, &quote! { #krate::__private::stored_by_entity::<#ident>(#at) })
    });
    let indexes = projection.indexes.iter().map(|index| stored_by_index(projection, index));
    let allows = allows();
    quote! {
        #allows
        const _: () = {
            #[automatically_derived]
            impl #krate::Projection for #ident {
                type Entity = #entity;
                type View<__T> = #krate::Projected<Self, __T>;
                const NAME: &'static ::core::primitive::str = ::core::stringify!(#ident);
                const ATTRIBUTES: &'static [#krate::ProjectedAttribute] = &[#(#attributes),*];
                const READER: #krate::__private::ProjectionReader<Self> = #storage;
            }
            #(#stored)*
            #(#indexes)*
        };
    }
}

fn stored_by_index(projection: &Projection<'_>, index: &Path) -> TokenStream {
    let (krate, ident) = (&projection.krate, &projection.original.ident);
    let checks = projection.attributes.iter().enumerate().map(|(at, field)| {
        check(field.ident, &quote! { #krate::__private::stored_by_index::<#ident, #index>(#at) })
    });
    let table = quote! { <<#ident as #krate::Projection>::Entity as #krate::Entity>::Table };
    let belongs = quote_spanned! {index.span()=>
        const _: () = <#index as #krate::__private::IndexOf<#table>>::HOLDS;
    };
    quote! {
        #belongs
        #[automatically_derived]
        impl #krate::__private::Holds<#ident, #index> for #krate::__private::SomeAttributes {}
        #(#checks)*
    }
}

/// A constant that does not compile if `message` finds something wrong, at the field.
fn check(field: &Ident, message: &TokenStream) -> TokenStream {
    quote_spanned! {field.span()=>
        const _: () = {
            if let ::core::option::Option::Some(__message) = #message {
                ::core::panic!("{}", __message.as_str());
            }
        };
    }
}
