//! The expansion of `#[derive(Table)]`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Path;
use syn::ext::IdentExt;
use syn::spanned::Spanned as _;

use super::allows;
use crate::model::Spanned;
use crate::model::table::{Index, KeyAttribute, KeyType, Table};

pub(crate) fn expand(table: &Table<'_>) -> TokenStream {
    let markers = table.indexes.iter().map(|index| marker(table, index));
    let indexes = table.indexes.iter().enumerate().map(|(at, index)| index_impl(table, index, at + 1));
    let variants = variant_impls(table);
    let (implementation, from_item, checks) = (implementation(table), from_item(table), checks(table));
    let allows = allows();
    quote! {
        #(#markers)*
        #allows
        const _: () = {
            #(#indexes)*
            #variants
            #implementation
            #from_item
            #checks
        };
    }
}

fn option(text: Option<&Spanned>) -> TokenStream {
    match text {
        Some(text) => {
            let text = text.literal();
            quote! { ::core::option::Option::Some(#text) }
        }
        None => quote! { ::core::option::Option::None },
    }
}

fn key_type(krate: &Path, key_type: KeyType) -> TokenStream {
    match key_type {
        KeyType::Text => quote! { #krate::KeyType::Text },
        KeyType::Number => quote! { #krate::KeyType::Number },
        KeyType::Binary => quote! { #krate::KeyType::Binary },
    }
}

fn key_attributes(krate: &Path, attributes: &[KeyAttribute]) -> TokenStream {
    let attributes = attributes.iter().map(|attribute| {
        let (name, key_type) = (attribute.name.literal(), key_type(krate, attribute.key_type));
        quote! { #krate::KeyAttribute::new(#name, #key_type) }
    });
    quote! { &[#(#attributes),*] }
}

fn marker(table: &Table<'_>, index: &Index) -> TokenStream {
    let (vis, ident) = (&table.original.vis, &index.ident);
    let keys: Vec<_> =
        index.pk.iter().chain(&index.sk).map(|attribute| format!("`{}`", attribute.name.text)).collect();
    let keys = keys.join(" and ");
    let doc = format!(
        "Index `{}` of table [`{}`]: its key is {keys}.",
        index.name.text,
        table.original.ident.unraw()
    );
    quote! {
        #[doc = #doc]
        #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
        #vis struct #ident;
    }
}

fn index_impl(table: &Table<'_>, index: &Index, number: usize) -> TokenStream {
    let (krate, this, ident) = (&table.krate, &table.original.ident, &index.ident);
    let (name, pk, sk) =
        (index.name.literal(), key_attributes(krate, &index.pk), key_attributes(krate, &index.sk));
    quote! {
        #[automatically_derived]
        impl #krate::__private::IndexOf<#this> for #ident {}

        #[automatically_derived]
        impl #krate::Index for #ident {
            type Table = #this;
            const NAME: ::core::option::Option<&'static str> = ::core::option::Option::Some(#name);
            const NUMBER: usize = #number;
            const PARTITION_KEY: &'static [#krate::KeyAttribute] = #pk;
            const SORT_KEY: &'static [#krate::KeyAttribute] = #sk;
        }
    }
}

/// Per variant: the entity is in the table, says so itself, and converts into the enum.
fn variant_impls(table: &Table<'_>) -> TokenStream {
    let (krate, this) = (&table.krate, &table.original.ident);
    let variants = table.variants.iter().map(|variant| {
        let (ident, entity) = (variant.ident, variant.entity);
        let declares = quote_spanned! {entity.span()=>
            const _: () = #krate::__private::assert_declares_table::<#entity, #this>();
        };
        quote! {
            #[automatically_derived]
            impl #krate::InTable<#this> for #entity {}
            #declares

            #[automatically_derived]
            impl ::core::convert::From<#entity> for #this {
                fn from(entity: #entity) -> Self {
                    #this::#ident(entity)
                }
            }
        }
    });
    quote! { #(#variants)* }
}

fn implementation(table: &Table<'_>) -> TokenStream {
    let (krate, this) = (&table.krate, &table.original.ident);
    let (name, pk) = (table.name.literal(), table.pk.name.literal());
    let sk = option(table.sk.as_ref().map(|sk| &sk.name));
    let pk_type = key_type(krate, table.pk.key_type);
    let sk_type = key_type(krate, table.sk.as_ref().map_or(KeyType::Text, |sk| sk.key_type));
    let (type_attribute, delimiter) = (table.type_attribute.literal(), table.delimiter);
    let indexes = table.indexes.iter().map(|index| {
        let (name, pk, sk) =
            (index.name.literal(), key_attributes(krate, &index.pk), key_attributes(krate, &index.sk));
        quote! { #krate::IndexModel::new(#name, #pk, #sk) }
    });
    let models: Vec<_> = table.variants.iter().map(|variant| model(table, variant.entity)).collect();
    let entities = &models;
    let entity_keys = models.iter().map(|model| quote! { #model.entity_keys() });
    let index_names = table.indexes.iter().map(|index| index.name.literal());
    let label = this.unraw().to_string();
    quote! {
        #[automatically_derived]
        impl #krate::Table for #this {
            const NAME: &'static str = #name;
            const PARTITION_KEY: &'static str = #pk;
            const SORT_KEY: ::core::option::Option<&'static str> = #sk;
            const PARTITION_KEY_TYPE: #krate::KeyType = #pk_type;
            const SORT_KEY_TYPE: #krate::KeyType = #sk_type;
            const TYPE_ATTRIBUTE: &'static str = #type_attribute;
            const DELIMITER: char = #delimiter;
            const INDEXES: &'static [#krate::IndexModel] = &[#(#indexes),*];
            const ENTITIES: &'static [#krate::EntityModel] = &[#(#entities),*];
            const KEYS: #krate::__private::TableKeys = #krate::__private::TableKeys {
                name: #label,
                indexes: &[#(#index_names),*],
                entities: &[#(#entity_keys),*],
            };
        }
    }
}

fn model(table: &Table<'_>, entity: &syn::Type) -> TokenStream {
    let krate = &table.krate;
    quote! { <#entity as #krate::Entity>::MODEL }
}

/// One item of a heterogeneous query: its type attribute says which entity it is.
fn from_item(table: &Table<'_>) -> TokenStream {
    let (krate, this) = (&table.krate, &table.original.ident);
    let label = this.unraw().to_string();
    let arms = table.variants.iter().map(|variant| {
        let (ident, entity) = (variant.ident, variant.entity);
        quote! {
            __found if __found == <#entity as #krate::Entity>::MODEL.type_name => {
                <#entity as #krate::FromItem>::from_item(item).map(#this::#ident)
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl #krate::FromItem for #this {
            type Table = #this;
            const LABEL: &'static str = #label;

            fn from_item(item: #krate::Item) -> ::core::result::Result<Self, #krate::ItemError> {
                match #krate::__private::item_type::<#this>(&item)? {
                    #(#arms)*
                    __found => ::core::result::Result::Err(#krate::__private::unknown_type::<#this>(__found)),
                }
            }
        }
    }
}

/// One constant for each entity, so that `cargo check` evaluates it and the error points at the entity.
fn checks(table: &Table<'_>) -> TokenStream {
    let (krate, this) = (&table.krate, &table.original.ident);
    let label = this.unraw().to_string();
    let checks = table.variants.iter().enumerate().map(|(at, variant)| {
        quote_spanned! {variant.entity.span()=>
            const _: () = if let ::core::option::Option::Some(__message) =
                #krate::__private::check_entity(&__TABLE, <#this as #krate::Table>::ENTITIES, #at)
            {
                ::core::panic!("{}", __message.as_str())
            } else {
                const __REPORT: #krate::proof::Report =
                    #krate::__private::prove_entity(&<#this as #krate::Table>::KEYS, #at);
                if !__REPORT.is_empty() {
                    ::core::panic!("{}", __REPORT.as_str())
                }
            };
        }
    });
    quote! {
        const __TABLE: #krate::__private::TableFacts = #krate::__private::TableFacts {
            name: #label,
            partition_key: <#krate::Primary<#this> as #krate::Index>::PARTITION_KEY,
            sort_key: <#krate::Primary<#this> as #krate::Index>::SORT_KEY,
            type_attribute: <#this as #krate::Table>::TYPE_ATTRIBUTE,
            indexes: <#this as #krate::Table>::INDEXES,
        };
        #(#checks)*
    }
}
