//! Collects every error of one derive, so that a user sees them all at once.

use std::cell::RefCell;
use std::fmt::Display;

use proc_macro2::TokenStream;
use quote::ToTokens;

/// The errors found so far. It must be read with [`Diag::finish`] before it is dropped.
pub(crate) struct Diag {
    errors: RefCell<Option<Vec<syn::Error>>>,
}

impl Diag {
    pub(crate) fn new() -> Self {
        Self { errors: RefCell::new(Some(Vec::new())) }
    }

    /// An error that underlines `culprit`.
    pub(crate) fn error(&self, culprit: impl ToTokens, message: impl Into<Message>) {
        self.push(syn::Error::new_spanned(culprit, message.into().0));
    }

    /// An error of syn's own.
    pub(crate) fn push(&self, error: syn::Error) {
        if let Some(errors) = self.errors.borrow_mut().as_mut() {
            errors.push(error);
        }
    }

    pub(crate) fn is_clean(&self) -> bool {
        self.errors.borrow().as_ref().is_some_and(Vec::is_empty)
    }

    /// All errors as `compile_error!`s; empty if there are none.
    pub(crate) fn finish(self) -> TokenStream {
        let errors = self.errors.borrow_mut().take().unwrap_or_default();
        errors.iter().map(syn::Error::to_compile_error).collect()
    }
}

impl Drop for Diag {
    fn drop(&mut self) {
        if !std::thread::panicking() && self.errors.borrow().is_some() {
            panic!("errors of a derive were collected and not reported");
        }
    }
}

/// What an error says: what is wrong and whose, then at most one edit that mends it, then the reason.
pub(crate) struct Message(String);

impl Message {
    pub(crate) fn new(text: impl Display) -> Self {
        Self(text.to_string())
    }

    /// The text with carets under `range` of it. rustc can underline only the whole literal.
    pub(crate) fn caret(self, text: &str, range: std::ops::Range<usize>, label: impl Display) -> Self {
        let before = text[..range.start].chars().count() + 1;
        let carets = text[range].chars().count().max(1);
        Self(format!("{}\n  \"{text}\"\n  {}{} {label}", self.0, " ".repeat(before), "^".repeat(carets)))
    }

    pub(crate) fn help(self, text: impl Display) -> Self {
        Self(format!("{}\nhelp: {text}", self.0))
    }

    pub(crate) fn note(self, text: impl Display) -> Self {
        Self(format!("{}\nnote: {text}", self.0))
    }

    /// `help: did you mean ..` if something is near, `note: ..` with what is allowed.
    pub(crate) fn suggest(self, name: &str, what: &str, allowed: &[&str]) -> Self {
        let message = match crate::suggest::nearest(name, allowed) {
            Some(near) => self.help(format_args!("did you mean `{near}`?")),
            None => self,
        };
        message.note(format_args!("{what}: {}", crate::suggest::list(allowed)))
    }
}

impl From<String> for Message {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Message {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caret(text: &str, part: &str) -> String {
        let start = text.find(part).unwrap();
        Message::new("wrong").caret(text, start..start + part.len(), "here").0
    }

    #[test]
    fn carets_stand_under_what_they_mean() {
        assert_eq!(caret("USER#{id}", "id"), "wrong\n  \"USER#{id}\"\n         ^^ here");
        assert_eq!(caret("{id}", "{id}"), "wrong\n  \"{id}\"\n   ^^^^ here");
    }

    #[test]
    fn carets_count_characters_and_not_bytes() {
        assert_eq!(caret("KÄUFER→{ño}", "ño"), "wrong\n  \"KÄUFER→{ño}\"\n           ^^ here");
    }

    #[test]
    fn an_empty_range_has_a_caret_too() {
        assert_eq!(Message::new("wrong").caret("ab", 1..1, "here").0, "wrong\n  \"ab\"\n    ^ here");
    }

    #[test]
    fn what_is_allowed_is_listed_with_what_is_near() {
        let message = Message::new("unknown").suggest("pkk", "allowed", &["pk", "table"]);
        assert_eq!(message.0, "unknown\nhelp: did you mean `pk`?\nnote: allowed: `pk`, `table`");
        let message = Message::new("unknown").suggest("colour", "allowed", &["pk"]);
        assert_eq!(message.0, "unknown\nnote: allowed: `pk`");
    }

    #[test]
    #[should_panic = "collected and not reported"]
    fn errors_cannot_be_forgotten() {
        Diag::new().push(syn::Error::new(proc_macro2::Span::call_site(), "lost"));
    }
}
