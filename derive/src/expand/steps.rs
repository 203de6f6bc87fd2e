//! The steps of a query along its sort key, and what rustc says where one cannot be taken.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;
use syn::ext::IdentExt;

use super::query::body;
use crate::idents::{self, QueryIdents};
use crate::model::entity::{Entity, Field};

/// The steps of a query along its sort key: a trait for each says when it may be taken.
pub(super) struct SortSteps<'e> {
    pub(super) entity: &'e Entity<'e>,
    pub(super) query: &'e QueryIdents,
    /// The sort key as diagnostics quote it.
    pub(super) sort: String,
    pub(super) steps: Vec<Step<'e>>,
    /// Whether the derive reported no error of the entity.
    pub(super) sound: bool,
}

/// One part of the sort key.
pub(super) struct Step<'e> {
    pub(super) field: &'e Field<'e>,
    /// The part as a type.
    pub(super) part: Ident,
    /// Whether it has ranges, and whether it has prefixes, as constants.
    pub(super) admits: TokenStream,
}

impl SortSteps<'_> {
    pub(super) fn expand(&self) -> TokenStream {
        if self.steps.is_empty() {
            return TokenStream::new();
        }
        let steps = &self.query.steps;
        let traits = (0..self.steps.len()).map(|at| self.next_trait(at));
        let no_range = self.no_range_trait();
        let places = self.steps.iter().map(|step| {
            let (alias, admits) = (idents::place_of(step.field.ident), &step.admits);
            quote! { pub type #alias = __p::RangePlace<#admits>; }
        });
        let methods = self.steps.iter().enumerate().map(|(at, step)| self.methods(step, at));
        quote! {
            #(#traits)*
            #(#places)*
            #no_range
            impl<S> #steps<S> {
                #(#methods)*
            }
        }
    }

    /// `Order::by_status(..)`
    fn function(&self) -> String {
        format!("{}::{}(..)", self.entity.ident().unraw(), self.query.function.unraw())
    }

    fn next_trait(&self, at: usize) -> TokenStream {
        let name = self.steps[at].field.ident.unraw();
        let is_next = idents::is_next(self.steps[at].field.ident);
        let message = format!("`.{name}(..)` is not the next step of this query");
        let label = match at.checked_sub(1) {
            Some(before) => {
                format!("`.{}(..)` comes right before `.{name}(..)`", self.steps[before].field.ident.unraw())
            }
            None => format!("`{name}` is fixed already"),
        };
        let note = format!(
            "the sort key of `{}` is {}: steps follow it from left to right, each once, without a gap",
            self.function(),
            self.sort
        );
        let state = idents::at(at);
        quote! {
            #[diagnostic::on_unimplemented(message = #message, label = #label, note = #note)]
            pub trait #is_next {}
            #[diagnostic::do_not_recommend]
            impl #is_next for __p::#state {}
            #[diagnostic::do_not_recommend]
            impl<const PARTS: usize> #is_next for __p::RangeAfter<PARTS> {}
        }
    }

    fn no_range_trait(&self) -> TokenStream {
        let note = format!(
            "the sort key of `{}` is {}; give both ends of a range at once, as `.._in(a..=b)`",
            self.function(),
            self.sort
        );
        quote! {
            #[diagnostic::on_unimplemented(
                message = "the sort-key condition is complete: a range is given, and only the last step can be one",
                label = "nothing can follow a range",
                note = #note,
            )]
            pub trait NoRangeYet {}
            #[diagnostic::do_not_recommend]
            impl<const PARTS: usize> NoRangeYet for __p::At<PARTS> {}
        }
    }

    fn methods(&self, step: &Step<'_>, at: usize) -> TokenStream {
        let (krate, vis, steps) = (&self.entity.krate, &self.entity.original.vis, &self.query.steps);
        let (name, ty, part) = (step.field.ident, step.field.part_type(), &step.part);
        let (from, until, within) =
            (idents::step(name, "from"), idents::step(name, "until"), idents::step(name, "in"));
        let alias = idents::place_of(name);
        let is_next: Ident = idents::is_next(name);
        let bounds = quote! { where S: #is_next + NoRangeYet };
        let (next, after_range) = (idents::at(at + 1), idents::range_after(at));
        let plain = name.unraw();
        let docs = [
            format!("`{plain}` equal to this."),
            format!("`{plain}` at or after this."),
            format!("`{plain}` at or before this, with whatever follows."),
            format!("`{plain}` in this range."),
        ];
        let [equal_doc, from_doc, until_doc, in_doc] = &docs;
        let body = |call: TokenStream| body(self.sound, call);
        let equal_body = body(quote! { #steps(self.0.equal::<#part, _>(value.into_value())) });
        let from_body = body(quote! { #steps(self.0.from::<#part, _>(value.into_bound())) });
        let until_body = body(quote! { #steps(self.0.until::<#part, _>(value.into_bound())) });
        let within_body = body(quote! { #steps(self.0.range::<#part, #alias, _>(range)) });
        let after_range = quote! { #steps<__p::#after_range> };
        quote! {
            #[doc = #equal_doc]
            #vis fn #name(self, value: impl #krate::IntoValue<#ty>) -> #steps<__p::#next> #bounds {
                #equal_body
            }

            #[doc = #from_doc]
            #vis fn #from(self, value: impl __p::IntoBound<#ty, #alias>) -> #after_range #bounds {
                #from_body
            }

            #[doc = #until_doc]
            #vis fn #until(self, value: impl __p::IntoBound<#ty, #alias>) -> #after_range #bounds {
                #until_body
            }

            #[doc = #in_doc]
            #vis fn #within(self, range: impl #krate::KeyRange<#ty, #alias>) -> #after_range #bounds {
                #within_body
            }
        }
    }
}
