//! Models become tokens. Nothing here reports an error of the user's.
//!
//! Items that users name stand beside the struct, with its visibility. All else is inside `const _`.
//! Paths begin at the runtime crate or `::core`, so that names of the user's cannot get in the way.

pub(crate) mod collection;
pub(crate) mod entity;
pub(crate) mod fallback;
pub(crate) mod fields;
pub(crate) mod group;
pub(crate) mod index_keys;
pub(crate) mod key;
pub(crate) mod key_part;
pub(crate) mod managed;
pub(crate) mod natural;
pub(crate) mod of_table;
pub(crate) mod parse;
pub(crate) mod projection;
pub(crate) mod query;
pub(crate) mod steps;
pub(crate) mod table;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;
use syn::Path;

/// The lints that generated code must not trip in a user's crate.
fn allows() -> TokenStream {
    quote! {
        #[allow(
            clippy::all, clippy::pedantic, clippy::nursery,
            deprecated, non_upper_case_globals, single_use_lifetimes, unused_qualifications,
        )]
    }
}

/// The runtime's private items by a short name, for a block of generated code: rustc reads each token of each
/// entity, and paths are most of them. The name stands for every `#krate::__private` in the block.
pub(crate) fn private(krate: &Path) -> TokenStream {
    quote! {
        #[allow(unused_imports)]
        use #krate::__private as __p;
    }
}

/// The tokens without `#[diagnostic::..]`: what rustc then says of a mistake is its own.
///
/// A module under `#![no_implicit_prelude]` does not have the name `diagnostic`, nor is there a path to it.
pub(crate) fn without_diagnostics(tokens: TokenStream) -> TokenStream {
    let mut kept = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) if is_diagnostic(&group) => {
                kept.pop();
            }
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), without_diagnostics(group.stream()));
                inner.set_span(group.span());
                kept.push(inner.into());
            }
            other => kept.push(other),
        }
    }
    kept.into_iter().collect()
}

/// What follows the `#` of such an attribute.
fn is_diagnostic(group: &Group) -> bool {
    let first = group.stream().into_iter().next();
    group.delimiter() == Delimiter::Bracket
        && matches!(first, Some(TokenTree::Ident(name)) if name == "diagnostic")
}

/// What stands in after an error is full of what is never reached.
fn allows_after_an_error() -> TokenStream {
    let allows = allows();
    quote! { #allows #[allow(unreachable_code, unused_variables)] }
}

/// A template as text inside a diagnostic attribute, where braces are placeholders.
fn escaped(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}
