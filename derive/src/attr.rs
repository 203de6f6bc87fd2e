//! From attribute tokens to values: slots that are set once, and one error for each mistake.

pub(crate) mod collection;
pub(crate) mod entity;
pub(crate) mod field;
pub(crate) mod key;
pub(crate) mod key_part;
pub(crate) mod projection;
pub(crate) mod serde;
pub(crate) mod table;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::meta::ParseNestedMeta;
use syn::parse::Parse;
use syn::{Attribute, Expr, ExprLit, Lit, LitStr, Path, Token};

use crate::diag::{Diag, Message};
use crate::names::Names;
use crate::types::string_of;

/// A value that may be given once.
pub(crate) struct Slot<T> {
    value: Option<T>,
    given: bool,
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self { value: None, given: false }
    }
}

impl<T> Slot<T> {
    pub(crate) fn get(self) -> Option<T> {
        self.value
    }

    /// Whether there was anything, if only something wrong: then it is not missing too.
    pub(crate) fn is_given(&self) -> bool {
        self.given
    }

    /// Sets the value, or says that it was set before.
    fn set(&mut self, diag: &Diag, meta: &ParseNestedMeta<'_>, value: Option<T>)
    where
        T: ToTokens,
    {
        self.given = true;
        match (&self.value, value) {
            (_, None) => {}
            (Some(first), Some(_)) => {
                let (name, first) = (name_of(meta), first.to_token_stream().to_string());
                let message = Message::new(format_args!("duplicate `{name}`"));
                let message = match first == name {
                    true => message.help("remove one of them"),
                    false => message.note(format_args!("first given as {first}")),
                };
                diag.error(&meta.path, message);
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

/// Reads every `#[name(..)]` among `attributes`, giving each entry to `read`. False if one was not read to
/// its end.
fn each(
    diag: &Diag,
    attributes: &[Attribute],
    name: &str,
    mut read: impl FnMut(ParseNestedMeta<'_>) -> syn::Result<()>,
) -> bool {
    let mut complete = true;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident(name)) {
        // A syntax error ends this attribute; what was read of it before stands.
        if let Err(error) = attribute.parse_nested_meta(&mut read) {
            diag.push(error);
            complete = false;
        }
    }
    complete
}

/// Reports a name that this place does not admit, and passes over its value.
fn unknown(diag: &Diag, meta: &ParseNestedMeta<'_>, names: &Names) -> syn::Result<()> {
    let name = name_of(meta);
    let message = match names.elsewhere.iter().find(|(known, _)| *known == name) {
        Some((_, place)) => Message::new(format_args!("`{name}` belongs {place}")),
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

/// The literal that `index("..")` begins with instead of a name.
fn leading_literal(meta: &ParseNestedMeta<'_>) -> syn::Result<Option<Lit>> {
    let ahead = meta.input.fork();
    let content;
    syn::parenthesized!(content in ahead);
    Ok(if content.peek(Lit) { Some(content.parse()?) } else { None })
}

/// A word that stands alone: where it was given.
fn word(diag: &Diag, meta: &ParseNestedMeta<'_>) -> syn::Result<Option<Path>> {
    if meta.input.is_empty() || meta.input.peek(Token![,]) {
        return Ok(Some(meta.path.clone()));
    }
    let name = name_of(meta);
    let message = Message::new(format_args!("`{name}` has no value"));
    diag.error(&meta.path, message.help(format_args!("write `{name}` alone")));
    skip_value(meta)?;
    Ok(None)
}

/// The string of `name = "..."`; `form` shows how to write it.
fn string(diag: &Diag, meta: &ParseNestedMeta<'_>, form: &str) -> syn::Result<Option<LitStr>> {
    if !meta.input.peek(Token![=]) {
        let message = Message::new(format_args!("`{}` needs a value", name_of(meta)));
        diag.error(&meta.path, message.help(format_args!("write `{form}`")));
        skip_value(meta)?;
        return Ok(None);
    }
    let expression: Expr = meta.value()?.parse()?;
    let text = string_of(&expression).cloned();
    if text.is_none() {
        diag.error(expression, Message::new("expected a string").help(format_args!("write `{form}`")));
    }
    Ok(text)
}

/// The value of `name = value`, such as a path; `what` it is, and how to write it.
fn value<T: Parse>(
    diag: &Diag,
    meta: &ParseNestedMeta<'_>,
    what: &str,
    form: &str,
) -> syn::Result<Option<T>> {
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
            // Quotes around what would be right without them are the likely mistake.
            let form = match &expression {
                Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) if text.parse::<T>().is_ok() => {
                    format!("{} = {}", name_of(meta), text.value())
                }
                _ => form.to_owned(),
            };
            let message = Message::new(format_args!("expected {what}"));
            diag.error(expression, message.help(format_args!("write `{form}`")));
            Ok(None)
        }
    }
}
