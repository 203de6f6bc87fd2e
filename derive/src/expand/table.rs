//! The expansion of `#[derive(Table)]`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned as _;
use syn::{Ident, Path, Type};

use super::allows;
use crate::model::Spanned;
use crate::model::table::{Half, Index, IndexKind, KeyAttribute, KeyType, Projection, Table};

pub(crate) fn expand(table: &Table<'_>) -> TokenStream {
    let markers = table.indexes.iter().map(|index| marker(table, index));
    let joins = table.indexes.iter().map(|index| join_macro(table, index));
    let indexes = table.indexes.iter().enumerate().map(|(at, index)| index_impl(table, index, at + 1));
    let variants = variant_impls(table);
    let entities: Vec<_> = table.variants.iter().map(|variant| &variant.entity).collect();
    let (implementation, from_item, checks) =
        (implementation(table, &entities), from_item(table), checks(table));
    let allows = allows();
    quote! {
        #(#markers)*
        #(#joins)*
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

pub(super) fn marker(table: &Table<'_>, index: &Index) -> TokenStream {
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

/// The macro by which entities learn what the index is made of; it has the name of the index, and is
/// only called where a join gives no templates.
pub(super) fn join_macro(table: &Table<'_>, index: &Index) -> TokenStream {
    let (krate, ident) = (&table.krate, &index.ident);
    let halves = table.halves_of(index);
    let kind = match index.kind {
        IndexKind::Unclear => format_ident!("Unclear"),
        _ if halves.is_some() => format_ident!("OfTable"),
        known => kind(known),
    };
    let hidden = format_ident!("__monotable_{}", ident.unraw());
    let names = |attributes: &[KeyAttribute]| {
        let names = attributes.iter().map(|attribute| attribute.name.literal());
        quote! { [#(#names),*] }
    };
    let roles = |halves: &[Half]| {
        let roles = halves.iter().map(|half| format!("{half:?}"));
        quote! { [#(#roles),*] }
    };
    let (partition, sort) = match &halves {
        Some(halves) => (roles(&halves[..1]), roles(&halves[1..])),
        None => (names(&index.pk), names(&index.sk)),
    };
    quote! {
        #[doc(hidden)]
        #[allow(unused_macros)]
        macro_rules! #hidden {
            ($($entity:tt)*) => {
                #krate::__private::natural_index! { #kind #partition #sort $($entity)* }
            };
        }
        #[doc(hidden)]
        #[allow(unused_imports)]
        pub(crate) use #hidden as #ident;
    }
}

fn kind(kind: IndexKind) -> Ident {
    match kind {
        IndexKind::Overloaded | IndexKind::Unclear => format_ident!("Overloaded"),
        IndexKind::Natural => format_ident!("Natural"),
        IndexKind::Local => format_ident!("Local"),
    }
}

/// The halves of an index key: a local index has the partition key of the table.
fn halves(table: &Table<'_>, index: &Index) -> (TokenStream, TokenStream) {
    let partition = match index.kind {
        IndexKind::Local => std::slice::from_ref(&table.pk),
        IndexKind::Overloaded | IndexKind::Natural | IndexKind::Unclear => &index.pk,
    };
    (key_attributes(&table.krate, partition), key_attributes(&table.krate, &index.sk))
}

/// What a local index can do, and what an index that stores everything can.
fn abilities(table: &Table<'_>, index: &Index) -> TokenStream {
    let (krate, ident) = (&table.krate, &index.ident);
    let local = matches!(index.kind, IndexKind::Local | IndexKind::Unclear).then(|| {
        quote! {
            #[automatically_derived]
            impl #krate::__private::LocalIndex for #ident {}
            #[automatically_derived]
            impl #krate::ReadsConsistently for #ident {}
        }
    });
    let stores = match &index.projection {
        Projection::All => {
            return quote! {
                #local
                #[automatically_derived]
                impl #krate::StoresWholeItems for #ident {}
                #[automatically_derived]
                impl #krate::__private::Stores for #ident {
                    type What = #krate::__private::WholeItems;
                }
            };
        }
        Projection::Keys => String::new(),
        Projection::Include(names) => {
            let names: Vec<_> = names.iter().map(|name| format!("`{}`", name.text)).collect();
            format!(" and {}", names.join(", "))
        }
    };
    let message = format!("index `{ident}` stores only its keys{stores}, not whole items");
    let label = format!("whole entities cannot be read from `{ident}`");
    quote! {
        #local
        #[automatically_derived]
        impl #krate::__private::Stores for #ident {
            type What = #krate::__private::SomeAttributes;
        }
        const _: () = {
            #[diagnostic::on_unimplemented(
                message = #message,
                label = #label,
                note = "read its keys with `query_keys` or a projection with `projection::<..>().query`; or query the table, or an index with `projection = all`",
            )]
            pub trait StoresAll {}
            #[diagnostic::do_not_recommend]
            impl StoresAll for #krate::__private::Proved<true> {}
            #[automatically_derived]
            impl #krate::StoresWholeItems for #ident
            where
                for<'__a> #krate::__private::Proved<false>: StoresAll,
            {
            }
        };
    }
}

fn projection(krate: &Path, projection: &Projection) -> TokenStream {
    match projection {
        Projection::All => quote! { #krate::IndexProjection::All },
        Projection::Keys => quote! { #krate::IndexProjection::Keys },
        Projection::Include(names) => {
            let names = names.iter().map(Spanned::literal);
            quote! { #krate::IndexProjection::Include(&[#(#names),*]) }
        }
    }
}

pub(super) fn index_impl(table: &Table<'_>, index: &Index, number: usize) -> TokenStream {
    let (krate, this, ident) = (&table.krate, &table.original.ident, &index.ident);
    let (name, (pk, sk), abilities) = (index.name.literal(), halves(table, index), abilities(table, index));
    quote! {
        #abilities

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
        let (ident, entity) = (variant.ident, &variant.entity);
        quote! {
            #[automatically_derived]
            impl #krate::InTable<#this> for #entity {}

            #[automatically_derived]
            impl ::core::convert::From<#entity> for #this {
                fn from(entity: #entity) -> Self {
                    #this::#ident(entity)
                }
            }
        }
    });
    // A table is seldom taken apart where it is declared: without this, rustc warns of fields never read.
    let idents = table.variants.iter().map(|variant| variant.ident);
    let declare = table.variants.iter().map(|variant| {
        let entity = &variant.entity;
        quote_spanned! {entity.span()=>
            let _: () =
                <<#entity as #krate::Entity>::Table as #krate::__private::SameTable<#this, #entity>>::HOLDS;
        }
    });
    quote! {
        #(#variants)*
        const _: () = { #(#declare)* };
        const _: fn(&#this) = |__item| match __item {
            #(#this::#idents(__entity) => { let _ = __entity; })*
        };
    }
}

pub(super) fn implementation(table: &Table<'_>, entities: &[&Type]) -> TokenStream {
    let (krate, this) = (&table.krate, &table.original.ident);
    let (name, pk) = (table.name.literal(), table.pk.name.literal());
    let sk = option(table.sk.as_ref().map(|sk| &sk.name));
    let pk_type = key_type(krate, table.pk.key_type);
    let sk_type = key_type(krate, table.sk.as_ref().map_or(KeyType::Text, |sk| sk.key_type));
    let (type_attribute, delimiter) = (option(table.type_attribute.as_ref()), table.delimiter);
    let indexes = table.indexes.iter().map(|index| {
        let (name, (pk, sk), kind) = (index.name.literal(), halves(table, index), kind(index.kind));
        let projection = projection(krate, &index.projection);
        quote! { #krate::IndexModel::new(#name, #krate::IndexKind::#kind, #pk, #sk, #projection) }
    });
    let models: Vec<_> = entities.iter().map(|entity| model(table, entity)).collect();
    let entities = &models;
    let entity_keys = models.iter().map(|model| entity_keys(table, model));
    let index_names = table.indexes.iter().map(|index| index.name.literal());
    let label = this.unraw().to_string();
    let places = models.len() * (table.indexes.len() + 1);
    quote! {
        #[automatically_derived]
        impl<__E> #krate::__private::SameTable<Self, __E> for #this {}

        #[automatically_derived]
        impl #krate::Table for #this {
            const NAME: &'static str = #name;
            const PARTITION_KEY: &'static str = #pk;
            const SORT_KEY: ::core::option::Option<&'static str> = #sk;
            const PARTITION_KEY_TYPE: #krate::KeyType = #pk_type;
            const SORT_KEY_TYPE: #krate::KeyType = #sk_type;
            const TYPE_ATTRIBUTE: ::core::option::Option<&'static str> = #type_attribute;
            const DELIMITER: char = #delimiter;
            const INDEXES: &'static [#krate::IndexModel] = &[#(#indexes),*];
            const ENTITIES: &'static [#krate::EntityModel] = &[#(#entities),*];
            const KEYS: #krate::__private::TableKeys = #krate::__private::TableKeys {
                name: #label,
                indexes: &[#(#index_names),*],
                entities: &[#(#entity_keys),*],
            };
            const GLANCES: &'static [#krate::__private::Glance] =
                &#krate::__private::glances::<#places>(&Self::KEYS);
        }
    }
}

/// The keys that the proofs are about. An index over the table's own key has an item of each entity, whether
/// the entity joins it or not.
fn entity_keys(table: &Table<'_>, model: &TokenStream) -> TokenStream {
    let krate = &table.krate;
    let implied: Vec<_> = table.indexes.iter().enumerate().filter_map(|(at, index)| {
        let halves = table.halves_of(index)?;
        let half = |half: &Half| {
            let half = format_ident!("{half:?}");
            quote! { #krate::__private::Half::#half }
        };
        let (number, partition) = (at + 1, half(&halves[0]));
        let sort = match halves.get(1).map(half) {
            Some(half) => quote! { ::core::option::Option::Some(#half) },
            None => quote! { ::core::option::Option::None },
        };
        Some(quote! { #krate::__private::ImpliedKey { index: #number, partition: #partition, sort: #sort } })
    }).collect();
    if implied.is_empty() {
        return quote! { #model.entity_keys() };
    }
    quote! {{
        const __IMPLIED: &[#krate::__private::ImpliedKey] = &[#(#implied),*];
        const __KEYS: &[#krate::__private::Key] = &#krate::__private::with_implied::<{
            #krate::__private::with_implied_count(&#model, __IMPLIED)
        }>(&#model, __IMPLIED);
        #model.entity_keys_of(__KEYS)
    }}
}

fn model(table: &Table<'_>, entity: &syn::Type) -> TokenStream {
    let krate = &table.krate;
    quote_spanned! {entity.span()=> <#entity as #krate::Entity>::MODEL }
}

/// One item of a heterogeneous query: its type attribute, or else its key, says which entity it is.
fn from_item(table: &Table<'_>) -> TokenStream {
    let (krate, this) = (&table.krate, &table.original.ident);
    let label = this.unraw().to_string();
    let arms = table.variants.iter().map(|variant| {
        let (ident, entity) = (variant.ident, &variant.entity);
        quote! {
            __found if __found == <#entity as #krate::Entity>::MODEL.type_name => {
                #krate::__private::decode::<#entity>(__item).map(#this::#ident)
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl #krate::FromItem for #this {
            type Table = #this;
            const LABEL: &'static str = #label;

            fn from_reader(
                __item: &mut #krate::__private::ItemReader<'_, '_>,
            ) -> ::core::result::Result<Self, #krate::ItemError> {
                match &*#krate::__private::item_type::<#this>(__item)? {
                    #(#arms)*
                    __found => ::core::result::Result::Err(#krate::__private::unknown_type::<#this>(
                        ::core::option::Option::Some(__found),
                    )),
                }
            }
        }
    }
}

/// One constant for each entity, so that `cargo check` evaluates it and the error points at the entity.
fn checks(table: &Table<'_>) -> TokenStream {
    let (krate, this) = (&table.krate, &table.original.ident);
    let checks = table.variants.iter().enumerate().map(|(at, variant)| {
        quote_spanned! {variant.entity.span()=>
            const _: () = if let ::core::option::Option::Some(__message) =
                #krate::__private::check_entity::<#this>(#at)
            {
                ::core::panic!("{}", __message.as_str())
            } else if let ::core::option::Option::Some(__report) =
                #krate::__private::prove_entity::<#this>(#at)
            {
                ::core::panic!("{}", __report.as_str())
            };
        }
    });
    let included = table.indexes.iter().enumerate().map(|(at, index)| included(table, index, at + 1));
    quote! {
        #(#checks)*
        #(#included)*
    }
}

/// What indexes include, so that the error points at the name.
fn included(table: &Table<'_>, index: &Index, number: usize) -> TokenStream {
    let (krate, this) = (&table.krate, &table.original.ident);
    let Projection::Include(names) = &index.projection else { return TokenStream::new() };
    let label = this.unraw().to_string();
    let names = names.iter().map(|name| {
        let text = name.literal();
        quote_spanned! {name.span=>
            const _: () = if let ::core::option::Option::Some(__message) =
                #krate::__private::check_included::<#this>(#label, #number, #text)
            {
                ::core::panic!("{}", __message.as_str())
            };
        }
    });
    quote! { #(#names)* }
}
