//! Models become tokens. Nothing here reports an error of the user's.
//!
//! Items that users name stand beside the struct, with its visibility. All else is inside `const _`.
//! Paths begin at the runtime crate or `::core`, so that names of the user's cannot get in the way.

pub(crate) mod collection;
pub(crate) mod entity;
pub(crate) mod fallback;
pub(crate) mod fields;
pub(crate) mod key;
pub(crate) mod key_part;
pub(crate) mod natural;
pub(crate) mod of_table;
pub(crate) mod parse;
pub(crate) mod projection;
pub(crate) mod query;
pub(crate) mod table;

use proc_macro2::TokenStream;
use quote::quote;

/// The lints that generated code must not trip in a user's crate.
fn allows() -> TokenStream {
    quote! {
        #[allow(
            clippy::all, clippy::pedantic, clippy::nursery,
            deprecated, non_upper_case_globals, single_use_lifetimes, unused_qualifications,
        )]
    }
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
