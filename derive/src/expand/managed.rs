//! What the library sets by itself: the version and the times of an entity. Entities without them get nothing.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;

use crate::attr::field::Role;
use crate::model::entity::{Entity, Segment};
use crate::template::Codec;

/// The attributes of the model that are the library's to set or to read.
pub(crate) fn model(entity: &Entity<'_>) -> Option<TokenStream> {
    let none = quote! { ::core::option::Option::None };
    let stored = Role::ALL.map(|role| {
        let stored = entity.field_of(role).and_then(|field| field.stored.as_ref());
        stored.map_or(none.clone(), |stored| quote! { ::core::option::Option::Some(#stored) })
    });
    Role::ALL.iter().any(|role| entity.field_of(*role).is_some()).then(|| quote! { .managing(#(#stored),*) })
}

/// `const MANAGED`: how a write sets them.
pub(crate) fn constant(entity: &Entity<'_>) -> Option<TokenStream> {
    let krate = &entity.krate;
    let version = entity.field_of(Role::Version).and_then(|field| {
        let stored = field.stored.as_ref()?;
        Some(quote! { .version::<Self>(#stored) })
    });
    let time = |role| {
        let field = entity.field_of(role)?;
        let (stored, constant, ident) = (field.stored.as_ref()?, &field.constant, entity.ident());
        let unit = coarsest(entity, role).map(|nanoseconds| {
            quote! { .in_units_of(#krate::__private::Duration::from_nanos(#nanoseconds)) }
        });
        let ty = field.ty;
        let in_keys = is_in_keys(entity, role).then(|| quote_spanned! {ty.span()=> .in_keys::<#ty>() });
        // At the type, where rustc says that the library has no such time.
        Some(quote_spanned! {field.ty.span()=>
            #krate::__private::Stamp::new(#stored, |__now| #krate::__private::stamp(<#ident>::#constant, __now)) #unit #in_keys
        })
    };
    let created_at = time(Role::CreatedAt).map(|stamp| quote! { .created_at(#stamp) });
    let updated_at = time(Role::UpdatedAt).map(|stamp| quote! { .updated_at(#stamp) });
    if version.is_none() && created_at.is_none() && updated_at.is_none() {
        return None;
    }
    let in_index_keys = [Role::CreatedAt, Role::UpdatedAt].into_iter().any(|role| is_in_keys(entity, role));
    let in_index_keys = in_index_keys.then(|| quote! { .in_index_keys() });
    Some(quote! {
        const MANAGED: #krate::__private::Managed =
            #krate::__private::Managed::NONE #version #created_at #updated_at #in_index_keys;
    })
}

fn is_in_keys(entity: &Entity<'_>, role: Role) -> bool {
    entity.indexes.iter().flat_map(|index| index.key.fields()).any(|at| entity.fields[at].has_role(role))
}

/// The coarsest unit, in nanoseconds, that the time is held in, so that the keys agree with what is stored: templates
/// refuse what is finer, and functions of the user's may store whole seconds.
fn coarsest(entity: &Entity<'_>, role: Role) -> Option<u64> {
    let custom = entity.field_of(role).is_some_and(|field| field.serialize.is_some());
    let custom = (custom && is_in_keys(entity, role)).then_some(1_000_000_000);
    let keys = entity.indexes.iter().map(|index| &index.key);
    let templates = keys.flat_map(|key| std::iter::once(&key.partition).chain(&key.sort));
    let units = templates.flat_map(|template| &template.segments).filter_map(|segment| match segment {
        Segment::Part { field, codec, .. } if entity.fields[*field].has_role(role) => match codec {
            Codec::Seconds => Some(1_000_000_000),
            Codec::Millis => Some(1_000_000),
            _ => None,
        },
        _ => None,
    });
    units.chain(custom).max()
}

/// What entities with a version have besides.
pub(crate) fn versioned(entity: &Entity<'_>) -> Option<TokenStream> {
    let (krate, ident) = (&entity.krate, entity.ident());
    let ty = entity.field_of(Role::Version)?.ty;
    Some(quote_spanned! {ty.span()=>
        #[automatically_derived]
        impl #krate::Versioned for #ident {
            type Version = #ty;
        }
    })
}

/// That DynamoDB can expire items by the field. What a function of the user's stores shows when an item is made.
pub(crate) fn ttl_assertion(entity: &Entity<'_>) -> Option<TokenStream> {
    let krate = &entity.krate;
    let field = entity.field_of(Role::Ttl).filter(|field| field.serialize.is_none())?;
    let ty = field.ty;
    Some(quote_spanned! {ty.span()=> const _: () = #krate::__private::assert_ttl::<#ty>(); })
}
