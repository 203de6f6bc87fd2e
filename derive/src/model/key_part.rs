//! A key part: a newtype, or an enum whose variants are texts.

use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Fields, Ident, Path, Type};

use crate::attr::key_part::{KeyAttr, variant_rename};
use crate::attr::serde::{SerdeContainer, SerdeField};
use crate::case::{CASES, Case};
use crate::check::entity::check_not_a_float;
use crate::diag::{Diag, Message};
use crate::names::{KEY, KEY_NEWTYPE};

pub(crate) struct KeyPart<'a> {
    pub(crate) original: &'a DeriveInput,
    pub(crate) krate: Path,
    pub(crate) kind: Kind<'a>,
}

pub(crate) enum Kind<'a> {
    /// The text of what it wraps.
    Newtype(&'a Type),
    /// One text for each variant.
    Variants(Vec<Variant<'a>>),
}

pub(crate) struct Variant<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) text: String,
    /// serde stores the same text.
    pub(crate) as_stored: bool,
}

impl<'a> KeyPart<'a> {
    pub(crate) fn from_syn(diag: &Diag, original: &'a DeriveInput) -> Option<Self> {
        let name = &original.ident;
        if !original.generics.params.is_empty() {
            let message = Message::new(format_args!("`{name}` is generic; a key part has one text form"));
            diag.error(&original.generics, message.help("derive on a concrete type"));
            return None;
        }
        let needs = |what: &str| {
            Message::new(format_args!(
                "`KeyPart` needs a newtype or an enum of unit variants; `{name}` is {what}"
            ))
        };
        let (attr, kind) = match &original.data {
            Data::Struct(data) => {
                let attr = KeyAttr::from_syn(diag, &original.attrs, &KEY_NEWTYPE);
                match &data.fields {
                    Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                        let inner = &fields.unnamed[0].ty;
                        check_not_a_float(diag, inner);
                        (attr, Kind::Newtype(inner))
                    }
                    fields => {
                        let help =
                            format!("write `struct {name}(String);`, or name the fields in the key template");
                        match fields {
                            Fields::Unit => diag.error(data.struct_token, needs("a unit struct").help(help)),
                            Fields::Named(_) => {
                                diag.error(name, needs("a struct with named fields").help(help))
                            }
                            Fields::Unnamed(_) => {
                                diag.error(fields, needs("a struct of several fields").help(help))
                            }
                        }
                        return None;
                    }
                }
            }
            Data::Enum(data) => {
                let attr = KeyAttr::from_syn(diag, &original.attrs, &KEY);
                let variants = variants(diag, original, data, &attr)?;
                (attr, Kind::Variants(variants))
            }
            Data::Union(data) => {
                diag.error(data.union_token, needs("a union").help("wrap what it holds in a newtype"));
                return None;
            }
        };
        Some(Self { original, krate: super::krate(diag, attr.krate), kind })
    }
}

fn variants<'a>(
    diag: &Diag,
    original: &DeriveInput,
    data: &'a syn::DataEnum,
    attr: &KeyAttr,
) -> Option<Vec<Variant<'a>>> {
    let name = &original.ident;
    if data.variants.is_empty() {
        diag.error(
            name,
            Message::new(format_args!("`{name}` has no variants, so no key can be made of it"))
                .help("add its variants"),
        );
        return None;
    }
    let case = case(diag, original, attr);
    let mut variants: Vec<Variant<'a>> = Vec::new();
    let mut sound = true;
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            let text = format!(
                "`{name}::{}` holds data, and a key part is one text for each variant",
                variant.ident
            );
            let message = Message::new(text).help("use a unit variant, and a field of its own for the data");
            diag.error(&variant.fields, message);
            sound = false;
            continue;
        }
        let (text, culprit, renamed) = variant_text(diag, variant, case);
        let as_stored = attr.rename_all.is_none() && !renamed;
        if let Some(rule) = broken_rule(&text) {
            let message =
                Message::new(format_args!("the key text \"{text}\" of `{name}::{}` {rule}", variant.ident));
            diag.error(&culprit, message.help("give it another with `#[key(rename = \"..\")]`"));
            sound = false;
        }
        if let Some(other) = variants.iter().find(|other| other.text == text) {
            let both = format!("`{}` and `{}` both have the key text \"{text}\"", other.ident, variant.ident);
            diag.error(&culprit, Message::new(both).help("give one of them `#[key(rename = \"..\")]`"));
            sound = false;
        }
        variants.push(Variant { ident: &variant.ident, text, as_stored });
    }
    sound.then_some(variants)
}

/// Our own case where given, else serde's: the attribute and the key then hold the same text.
fn case(diag: &Diag, original: &DeriveInput, attr: &KeyAttr) -> Option<Case> {
    let Some(given) = &attr.rename_all else {
        return SerdeContainer::rename_all(diag, &original.attrs, &original.ident);
    };
    let case = Case::from_serde(&given.value());
    if case.is_none() {
        let message = Message::new(format_args!("unknown case \"{}\"", given.value()));
        diag.error(given, message.suggest(&given.value(), "cases", CASES));
    }
    case
}

/// The text, what says so, and whether it is ours rather than serde's.
fn variant_text(
    diag: &Diag,
    variant: &syn::Variant,
    case: Option<Case>,
) -> (String, proc_macro2::TokenStream, bool) {
    let ident = &variant.ident;
    if let Some(rename) = variant_rename(diag, &variant.attrs) {
        return (rename.value(), rename.to_token_stream(), true);
    }
    let name = ident.unraw().to_string();
    let text = SerdeField::from_syn(diag, &variant.attrs, ident).rename;
    let text = text.unwrap_or_else(|| case.map_or(name.clone(), |case| case.variant(&name)));
    (text, ident.to_token_stream(), false)
}

fn broken_rule(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        return Some("is empty, and a key part must not be");
    }
    text.bytes()
        .any(|byte| byte >= 0xF4)
        .then_some("has a character above U+FFFFF, which no key part can hold")
}
