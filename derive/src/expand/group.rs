//! The structs of fields that an update sets together, and what keeps them from being set one by one.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;

use super::{allows, escaped};
use crate::idents;
use crate::model::entity::{Entity, Field};
use crate::model::group::Group;

pub(crate) fn expand(entity: &Entity<'_>) -> TokenStream {
    entity.groups().iter().map(|group| self::group(entity, group)).collect()
}

fn group(entity: &Entity<'_>, group: &Group<'_>) -> TokenStream {
    let (krate, ident, vis) = (&entity.krate, entity.ident(), &entity.original.vis);
    let name = entity.group_ident(group);
    let fields: Vec<&Field<'_>> = group.fields.iter().map(|field| &entity.fields[*field]).collect();
    let (names, types): (Vec<_>, Vec<_>) = fields.iter().map(|field| (field.ident, field.ty)).unzip();
    let constants = fields.iter().map(|field| &field.constant);
    let (listed, keys) = (listed(&fields), keys(group));
    let doc = format!("{listed} of [`{}`], which an update sets together: {keys}.", ident.unraw());
    let docs = names.iter().map(|name| format!("The `{}` of the item.", name.unraw()));
    let message = format!("{listed} of `{}` cannot be set one by one: {keys}", ident.unraw());
    let label = format!("needs {listed}");
    let members: Vec<_> = names.iter().map(ToString::to_string).collect();
    let note = format!("write `.set_together({} {{ {} }})`", name, members.join(", "));
    let (message, note) = (escaped(&message), escaped(&note));
    let allows = allows();
    let at_hand = format_ident!("HasAllPartsAtHand");
    quote! {
        #[doc = #doc]
        #[allow(dead_code, missing_debug_implementations)]
        #vis struct #name { #(#[doc = #docs] #vis #names: #types),* }

        #allows
        const _: () = {
            #[diagnostic::on_unimplemented(message = #message, label = #label, note = #note)]
            pub trait #at_hand {}

            impl<__E: #at_hand> #krate::__private::SetOneByOne<__E> for #name {}

            #[automatically_derived]
            impl #krate::FieldGroup<#ident> for #name {
                fn set(self, __together: &mut #krate::Together<'_, #ident>) {
                    #(__together.set(#ident::#constants, self.#names);)*
                }
            }
        };
    }
}

/// `` `tenant` and `status` ``
fn listed(fields: &[&Field<'_>]) -> String {
    let names: Vec<_> = fields.iter().map(|field| format!("`{}`", field.ident.unraw())).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

/// What they are composed into.
fn keys(group: &Group<'_>) -> String {
    let key = |half: &crate::model::entity::IndexHalf<'_>| {
        format!("\"{}\" of `{}`", half.template.text, idents::last(half.index))
    };
    let keys: Vec<_> = group.halves.iter().map(key).collect();
    match keys.as_slice() {
        [key] => format!("together they are the key {key}"),
        keys => format!("they are in the keys {}", keys.join(", ")),
    }
}
