//! The expansion of `#[derive(Entity)]`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Ident;
use syn::ext::IdentExt;
use syn::spanned::Spanned as _;

use super::key::PrimaryValues;
use super::{allows, fields, group, index_keys, key, managed, natural, parse, private, query};
use crate::idents;
use crate::model::entity::{Entity, Field, Key};

pub(crate) fn expand(entity: &Entity<'_>) -> TokenStream {
    let key_struct = key::key_struct(entity);
    let step_structs = all_keys(entity).map(|key| query::steps_struct(entity, key.key));
    let places = all_keys(entity).map(|key| key::places(entity, &key));
    let assertions = assertions(entity);
    let (parts, key_traits) = (key::parts(entity, all_keys(entity)), key::key_traits(entity));
    let (entity_key, implementation) = (key::entity_key(entity), implementation(entity));
    let queries = all_keys(entity)
        .enumerate()
        .map(|(number, key)| query::query(entity, &key, &quote! { typed_from }, &quote! { #number }));
    let functions = all_keys(entity).map(|key| query::function(entity, &key, true));
    let index_parts =
        all_keys(entity).filter(|key| key.index.is_some()).map(|key| parse::index_parts(entity, &key));
    let singleton = singleton_warning(entity);
    let natural = entity.natural.iter().enumerate().map(|(at, join)| natural::call(entity, join, at, true));
    let (ident, constants, groups) = (entity.ident(), fields::of_entity(entity), group::expand(entity));
    let (versioned, ttl) = (managed::versioned(entity), managed::ttl_assertion(entity));
    let (allows, private) = (allows(), private(&entity.krate));
    quote! {
        #key_struct
        #(#step_structs)*
        #groups
        #allows
        const _: () = {
            #private
            #parts
            #(#places)*
            #assertions
            #key_traits
            #entity_key
            #implementation
            #[allow(dead_code)]
            impl #ident {
                #constants
                #(#functions)*
                #(#index_parts)*
            }
            #versioned
            #ttl
            #(#queries)*
        };
        #singleton
        #(#natural)*
    }
}

/// A key with its index; the primary key has none.
pub(crate) struct IndexedKey<'e> {
    pub(crate) key: &'e Key,
    pub(crate) index: Option<&'e syn::Path>,
}

pub(crate) fn all_keys<'e>(entity: &'e Entity<'_>) -> impl Iterator<Item = IndexedKey<'e>> {
    let indexes =
        entity.indexes.iter().map(|index| IndexedKey { key: &index.key, index: Some(&index.index) });
    std::iter::once(IndexedKey { key: &entity.key, index: None }).chain(indexes)
}

/// What only rustc can check: one small item for each, spanned where the mistake would be. A table or an
/// index that does not exist is one error as long as its path is never a generic argument.
fn assertions(entity: &Entity<'_>) -> TokenStream {
    let (krate, ident, table) = (&entity.krate, entity.ident(), &entity.table);
    let own_table = quote! { <#ident as #krate::Entity>::Table };
    let in_table = table.as_ref().map(|path| {
        let ident = Ident::new(&ident.to_string(), path.span());
        quote_spanned! {path.span()=> const _: () = <#ident as #krate::InTable<#own_table>>::HOLDS; }
    });
    let indexes = entity.indexes.iter().map(|index| {
        let path = &index.index;
        let local = index.local.then(|| {
            quote_spanned! {path.span()=> const _: () = <#path as __p::LocalIndex>::HOLDS; }
        });
        quote_spanned! {path.span()=>
            const _: () = <#path as __p::IndexOf<#own_table>>::HOLDS;
            #local
        }
    });
    quote! { #in_table #(#indexes)* }
}

fn implementation(entity: &Entity<'_>) -> TokenStream {
    let (krate, ident, table, key_ident) = (&entity.krate, entity.ident(), &entity.table, entity.key_ident());
    let model = model(entity);
    let members = key::key_parts(entity).into_iter().map(|(name, part)| {
        quote! { #name: __p::clone::<#part>(&self.#name) }
    });
    let (index_keys, key_attributes) = (index_keys::function(entity), key_attributes(entity));
    let storage = quote_spanned! {ident.span()=> <#ident as __p::Storable>::STORAGE };
    let managed = managed::constant(entity);
    let PrimaryValues { partition, sort } = PrimaryValues::of(entity, |place, half, values| {
        quote! { #place.key_in(&mut __buffers[#half], #values) }
    });
    quote! {
        #[automatically_derived]
        impl #krate::Entity for #ident {
            type Table = #table;
            type Key = #key_ident;
            const MODEL: #krate::EntityModel = {
                #[allow(unused_imports)]
                use __p::UnknownForm as _;
                #model
            };
            const STORAGE: __p::Storage<Self> = #storage;
            #managed

            fn key(&self) -> #key_ident {
                #key_ident { #(#members),* }
            }

            fn key_values(
                &self,
                __buffers: &mut [__p::String; 2],
            ) -> __p::Result<(#krate::KeyValue, __p::Option<#krate::KeyValue>), #krate::KeyError> {
                __p::Ok((#partition?, #sort))
            }

            #index_keys
            #key_attributes
        }
    }
}

/// What serde makes of the key, for an item that an update creates. None for a key without fields.
fn key_attributes(entity: &Entity<'_>) -> Option<TokenStream> {
    let ident = entity.ident();
    let fields: Vec<_> = entity.key.fields().into_iter().map(|field| &entity.fields[field]).collect();
    let (names, constants): (Vec<_>, Vec<_>) =
        fields.iter().map(|field| (field.ident, &field.constant)).unzip();
    (!fields.is_empty()).then(|| {
        quote! {
            fn key_attributes(__key: &Self::Key, __attributes: &mut __p::KeyAttributes) {
                #(__attributes.add(&#ident::#constants, &__key.#names);)*
            }
        }
    })
}

fn model(entity: &Entity<'_>) -> TokenStream {
    let krate = &entity.krate;
    let name = entity.ident().unraw().to_string();
    let type_name = entity.type_name.literal();
    let keys = all_keys(entity).map(|key| key_model(entity, &key));
    let attributes = entity.fields.iter().filter_map(|field| {
        let (name, stored, required) =
            (field.ident.unraw().to_string(), field.stored.as_ref()?, field.required);
        let (ty, form) = (field.ty, quote! { __p::Form::Custom });
        let form = match &field.serialize {
            Some(_) => form,
            None => quote! { __p::FormOf::<#ty>::FORM },
        };
        let null = field.null.as_ref().map(|_| quote! { .null() });
        Some(quote! { #krate::AttributeModel::new(#name, #stored, #required, #form) #null })
    });
    let is_flatten = |field: &Field<'_>| field.unstored_by.as_ref().is_some_and(|by| by.is_ident("flatten"));
    let flattening = entity.fields.iter().any(is_flatten).then(|| quote! { .flattening() });
    let (managing, unique) = (managed::model(entity), unique(entity));
    quote! {
        #krate::EntityModel::new(#name, #type_name, &[#(#keys),*], &[#(#attributes),*]) #flattening #managing #unique
    }
}

/// The unique constraints, by the names of the fields and of their attributes.
fn unique(entity: &Entity<'_>) -> Option<TokenStream> {
    let krate = &entity.krate;
    let constraints = entity.unique.iter().map(|unique| {
        let fields = || unique.fields.iter().map(|field| &entity.fields[*field]);
        let names: Vec<_> = fields().map(|field| field.ident.unraw().to_string()).collect();
        let (name, attributes) = (names.join(","), fields().filter_map(|field| field.stored.as_ref()));
        quote! { #krate::UniqueModel::new(#name, &[#(#attributes),*]) }
    });
    (!entity.unique.is_empty()).then(|| quote! { .unique(&[#(#constraints),*]) })
}

fn key_model(entity: &Entity<'_>, key: &IndexedKey<'_>) -> TokenStream {
    let krate = &entity.krate;
    let partition = idents::place(key.index, "PARTITION");
    let sort = match &key.key.sort {
        Some(_) => {
            let sort = idents::place(key.index, "SORT");
            quote! { __p::Some(#sort.template()) }
        }
        None => quote! { __p::None },
    };
    match key.index {
        Some(index) => quote! {
            __p::Key::index(<#index as #krate::Index>::NUMBER, #partition.template(), #sort)
        },
        None => quote! { __p::Key::primary(#partition.template(), #sort) },
    }
}

/// All items of such an entity share one partition, which is seldom meant. A use of something deprecated
/// is the one warning that a derive can give.
fn singleton_warning(entity: &Entity<'_>) -> TokenStream {
    if entity.singleton || entity.key.partition.parts().next().is_some() {
        return TokenStream::new();
    }
    let note = format!(
        "every `{}` shares one partition, \"{}\"; write `#[entity(singleton)]` if that is intended",
        entity.ident(),
        entity.key.partition.text
    );
    let name = quote_spanned! {entity.ident().span()=> constant_partition_key };
    quote! {
        const _: () = {
            #[allow(non_camel_case_types)]
            #[deprecated(note = #note)]
            struct #name;
            let _ = #name;
        };
    }
}
