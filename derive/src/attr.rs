//! From attribute tokens to values: slots that are set once, and one error for each mistake.

pub(crate) mod entity;
pub(crate) mod key;
pub(crate) mod key_part;
pub(crate) mod serde;
pub(crate) mod table;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::meta::ParseNestedMeta;
use syn::parse::Parse;
use syn::{Attribute, Expr, ExprLit, Lit, LitStr, Token};

use crate::diag::{Diag, Message};
use crate::names::Names;

/// A value that may be given once.
pub(crate) struct Slot<T> {
    value: Option<T>,
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self { value: None }
    }
}

impl<T> Slot<T> {
    pub(crate) fn get(self) -> Option<T> {
        self.value
    }

    /// Sets the value, or says that it was set before.
    fn set(&mut self, diag: &Diag, meta: &ParseNestedMeta<'_>, value: Option<T>)
    where
        T: ToTokens,
    {
        match (&self.value, value) {
            (_, None) => {}
            (Some(first), Some(_)) => {
                let message = Message::new(format_args!("duplicate `{}`", name_of(meta)));
                diag.error(
                    &meta.path,
                    message.note(format_args!("first given as {}", first.to_token_stream())),
                );
            }
            (None, value) => self.value = value,
        }
    }
}

/// The name that a nested attribute begins with; a path of several parts as it was written.
fn name_of(meta: &ParseNestedMeta<'_>) -> String {
    match meta.path.get_ident() {
        Some(ident) => ident.to_string(),
        None => meta.path.to_token_stream().to_string().replace(' ', ""),
    }
}

/// Reads every `#[name(..)]` among `attributes`, giving each entry to `read`.
fn each(
    diag: &Diag,
    attributes: &[Attribute],
    name: &str,
    mut read: impl FnMut(ParseNestedMeta<'_>) -> syn::Result<()>,
) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident(name)) {
        // A syntax error ends this attribute; what was read of it before stands.
        if let Err(error) = attribute.parse_nested_meta(&mut read) {
            diag.push(error);
        }
    }
}

/// Reports a name that this place does not admit, and passes over its value.
fn unknown(diag: &Diag, meta: &ParseNestedMeta<'_>, names: &Names) -> syn::Result<()> {
    let name = name_of(meta);
    let message = match names.elsewhere.iter().find(|(known, _)| *known == name) {
        Some((_, place)) => Message::new(format_args!("`{name}` belongs {place}")),
        None if names.names.is_empty() => Message::new(format_args!("unknown attribute `{name}`"))
            .note(format_args!("`{}` has no attributes on {}", names.attribute, names.place)),
        None => Message::new(format_args!("unknown attribute `{name}`")).suggest(
            &name,
            &format!("allowed on {}", names.place),
            names.names,
        ),
    };
    diag.error(&meta.path, message);
    skip_value(meta)
}

/// Passes over `= ..` or `(..)`, so that the rest of the list is still read.
fn skip_value(meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    if meta.input.peek(Token![=]) {
        meta.value()?.parse::<Expr>()?;
    } else if meta.input.peek(syn::token::Paren) {
        let content;
        syn::parenthesized!(content in meta.input);
        content.parse::<TokenStream>()?;
    }
    Ok(())
}

/// The string of `name = "..."`; `form` shows how to write it.
fn string(diag: &Diag, meta: &ParseNestedMeta<'_>, form: &str) -> syn::Result<Option<LitStr>> {
    if !meta.input.peek(Token![=]) {
        let message = Message::new(format_args!("`{}` needs a value", name_of(meta)));
        diag.error(&meta.path, message.help(format_args!("write `{form}`")));
        skip_value(meta)?;
        return Ok(None);
    }
    match meta.value()?.parse()? {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Ok(Some(text)),
        other => {
            diag.error(other, Message::new("expected a string").help(format_args!("write `{form}`")));
            Ok(None)
        }
    }
}

/// The value of `name = value`, such as a path.
fn value<T: Parse>(diag: &Diag, meta: &ParseNestedMeta<'_>, form: &str) -> syn::Result<Option<T>> {
    if !meta.input.peek(Token![=]) {
        let message = Message::new(format_args!("`{}` needs a value", name_of(meta)));
        diag.error(&meta.path, message.help(format_args!("write `{form}`")));
        skip_value(meta)?;
        return Ok(None);
    }
    let expression: Expr = meta.value()?.parse()?;
    match syn::parse2(expression.to_token_stream()) {
        Ok(value) => Ok(Some(value)),
        Err(_) => {
            let message = Message::new(format_args!("`{}` cannot be given so", name_of(meta)));
            diag.error(expression, message.help(format_args!("write `{form}`")));
            Ok(None)
        }
    }
}
