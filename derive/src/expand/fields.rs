//! The constants that name fields, of entities and of structs inside of them.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{ExprPath, Ident, Path};

use super::allows;
use crate::idents;
use crate::model::entity::{Entity, IndexHalf, Key, Segment};
use crate::model::field::{Field, Struct};
use crate::template::Codec;

/// The expansion of `#[derive(Fields)]`.
pub(crate) fn expand(model: &Struct<'_>) -> TokenStream {
    let (krate, ident) = (&model.krate, &model.original.ident);
    let (generics, arguments, bounds) = model.original.generics.split_for_impl();
    let constants = constants(krate, ident, &model.fields, |_| Place::Inside);
    let allows = allows();
    quote! {
        #allows
        const _: () = {
            #[automatically_derived]
            #[allow(dead_code)]
            impl #generics #ident #arguments #bounds { #constants }
        };
    }
}

/// The constants of an entity, an associated one for each stored field, as they stand in an `impl`.
pub(crate) fn of_entity(entity: &Entity<'_>) -> TokenStream {
    of_entity_with(entity, sole_part)
}

/// Where the derive reported an error, and there are no places of keys.
pub(crate) fn of_an_error(entity: &Entity<'_>) -> TokenStream {
    of_entity_with(entity, |_, _| None)
}

fn of_entity_with(
    entity: &Entity<'_>,
    sole_part: fn(&Entity<'_>, usize) -> Option<TokenStream>,
) -> TokenStream {
    let primary = entity.key.fields();
    let indexes: Vec<_> = entity.indexes.iter().map(|index| &index.key).flat_map(Key::fields).collect();
    let krate = &entity.krate;
    let groups = entity.groups();
    let group = |field: usize| groups.iter().find(|group| group.fields.contains(&field));
    constants(krate, entity.ident(), &entity.fields, |field| match group(field) {
        _ if primary.contains(&field) => Place::Key(quote! { #krate::KeyField }),
        _ if entity.fields[field].is_set_by_writes() => Place::Key(quote! { #krate::SetByWrites }),
        Some(group) => {
            let group = entity.group_ident(group);
            Place::Key(quote! { #krate::Grouped<#group> })
        }
        _ if indexes.contains(&field) => {
            Place::Key(sole_part(entity, field).unwrap_or_else(|| quote! { #krate::IndexPart }))
        }
        _ => Place::Item,
    })
}

/// The role of a field that is all there is of each half that it is in. Only the table knows which attribute such a
/// half is.
fn sole_part(entity: &Entity<'_>, field: usize) -> Option<TokenStream> {
    let krate = &entity.krate;
    let halves: Vec<_> =
        entity.index_halves().filter(|half| half.template.fields().contains(&field)).collect();
    let is_sole = |half: &IndexHalf<'_>| {
        matches!(half.template.segments[..], [Segment::Part { codec: Codec::Canonical, .. }])
    };
    if !halves.iter().all(is_sole) {
        return None;
    }
    let stored = entity.fields[field].stored.as_ref()?;
    let places = halves.iter().map(|half| idents::place(Some(half.index), half.name));
    Some(quote! {
        #krate::SoleIndexPart<{ #krate::__private::stored_as_key(#stored, &[#(#places.untyped()),*]) }>
    })
}

/// What a field is part of.
enum Place {
    /// Some key, in this role.
    Key(TokenStream),
    /// The item alone.
    Item,
    /// A struct inside of an item.
    Inside,
}

fn constants(
    krate: &Path,
    ident: &Ident,
    fields: &[Field<'_>],
    place: impl Fn(usize) -> Place,
) -> TokenStream {
    let mut taken = Vec::new();
    let constants = fields.iter().enumerate().filter_map(|(at, field)| {
        // A name that is there already was reported.
        if field.stored.is_none() || taken.contains(&&field.constant) {
            return None;
        }
        taken.push(&field.constant);
        Some(constant(krate, ident, field, place(at)))
    });
    constants.collect()
}

fn constant(krate: &Path, this: &Ident, field: &Field<'_>, place: Place) -> TokenStream {
    let (vis, name, ty, stored) = (field.vis, &field.constant, field.ty, &field.stored);
    // The library leaves `None` out of the item, and serde by itself stores it inside of structs.
    let is_inside = matches!(place, Place::Inside);
    let role = match place {
        Place::Key(role) => Some(role),
        Place::Item | Place::Inside => None,
    };
    let role = match &field.serialize {
        Some(_) => {
            let role = role.unwrap_or_else(|| quote! { #krate::Plain });
            Some(quote! { #krate::Custom<#role> })
        }
        None => role,
    };
    let role = role.map(|role| quote! { , #role });
    let kind = Ident::new(if field.required { "required" } else { "optional" }, name.span());
    let left_out =
        field.left_out_if.as_ref().filter(|path| is_inside || !leaves_out_none(path)).map(|path| {
            quote! { .left_out_if(|__value: &#ty| #path(__value)) }
        });
    let keeping_null = field.null.as_ref().map(|_| quote! { .keeping_null() });
    let stored_by = field.serialize.as_ref().map(|path| stored_by(krate, field, path));
    let doc = format!("The field `{}` of [`{this}`], for conditions and updates.", field.ident.unraw());
    // At the field, where rustc says what else has this name.
    quote_spanned! {name.span()=>
        #[doc = #doc]
        #vis const #name: #krate::Field<Self, #ty #role> = #krate::Field::#kind(#stored) #keeping_null #left_out #stored_by;
    }
}

/// What `None` does by itself.
fn leaves_out_none(path: &ExprPath) -> bool {
    let segments: Vec<_> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    matches!(segments.as_slice(), [.., option, is_none] if option == "Option" && is_none == "is_none")
}

/// The user's function, as serde calls it.
fn stored_by(krate: &Path, field: &Field<'_>, function: &ExprPath) -> TokenStream {
    let ty = field.ty;
    quote! {
        .stored_by(|__value: &#ty| {
            struct __Stored<'__value>(&'__value #ty);
            impl #krate::__private::serde::Serialize for __Stored<'_> {
                fn serialize<__S: #krate::__private::serde::Serializer>(
                    &self,
                    __serializer: __S,
                ) -> ::core::result::Result<__S::Ok, __S::Error> {
                    #function(self.0, __serializer)
                }
            }
            #krate::__private::store_value(__Stored(__value))
        })
    }
}
