//! An index over the table's own key: its query, whose templates are those of the primary key.

use proc_macro2::TokenStream;
use quote::quote;

use super::entity::IndexedKey;
use super::{allows, allows_after_an_error, key, parse, private, query};
use crate::model::entity::{Entity, IndexKey};

pub(crate) fn expand(entity: &Entity<'_>, index: &IndexKey, sound: bool) -> TokenStream {
    let (krate, ident, path) = (&entity.krate, entity.ident(), &index.index);
    let this = || IndexedKey { key: &index.key, index: Some(path) };
    let steps = query::steps_struct(entity, &index.key);
    let (inside, allows) = match sound {
        true => {
            // The derive of the entity has such types too, where they cannot be seen from here.
            let parts = key::parts(entity, std::iter::once(this()));
            let (places, index_parts) = (key::places(entity, &this()), parse::index_parts(entity, &this()));
            let number = quote! { <#path as #krate::Index>::NUMBER };
            let query = query::query(entity, &this(), &quote! { typed_from_in }, &number);
            let (function, private) = (query::function(entity, &this(), true), private(krate));
            let inside = quote! {
                #private
                const _: () = <#path as #krate::__private::IndexOf<<#ident as #krate::Entity>::Table>>::HOLDS;
                #parts
                #places
                #query
                impl #ident { #function #index_parts }
            };
            (inside, allows())
        }
        false => (query::query_of_an_error(entity, &this()), allows_after_an_error()),
    };
    quote! {
        #steps
        #allows
        const _: () = { #inside };
    }
}
