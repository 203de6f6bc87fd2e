//! serde's attributes, as far as they decide what is stored under which name.
//!
//! serde reports its own mistakes; what it accepts and we cannot follow is reported here.

use quote::ToTokens;
use syn::meta::ParseNestedMeta;
use syn::{Attribute, Expr, ExprPath, Ident, LitStr, Path, Token};

use crate::case::Case;
use crate::diag::{Diag, Message};
use crate::types::string_of;

/// What serde does with a struct as a whole.
#[derive(Default)]
pub(crate) struct SerdeContainer {
    pub(crate) rename_all: Option<Case>,
    /// Missing fields come from `Default`.
    pub(crate) default: bool,
}

/// What serde does with one field or variant.
#[derive(Default)]
pub(crate) struct SerdeField {
    pub(crate) rename: Option<String>,
    pub(crate) default: bool,
    pub(crate) skipped: Option<Path>,
    /// Skipped in reading alone: the attribute is there all the same.
    pub(crate) written: bool,
    pub(crate) flatten: Option<Path>,
    /// A function of the user's reads it. It is not called for what is missing.
    pub(crate) custom: bool,
    /// The function of the user's that stores the field.
    pub(crate) serialize: Option<ExprPath>,
    /// The function of the user's that leaves the field out.
    pub(crate) left_out_if: Option<ExprPath>,
}

/// Container attributes under which a struct is not stored as its fields.
const REPLACED: &[&str] = &["from", "try_from", "into", "remote", "transparent", "tag"];

/// Which derive asks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asker {
    Entity,
    Fields,
}

impl Asker {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Entity => "Entity",
            Self::Fields => "Fields",
        }
    }

    /// Whether fields under this attribute are not stored as fields. A tag only stands beside them.
    fn loses_fields_by(self, attribute: &str) -> bool {
        REPLACED.contains(&attribute) && !(self == Self::Fields && attribute == "tag")
    }

    fn replaces_fields(self, attribute: &str, name: &Ident) -> Message {
        let message = Message::new(format_args!(
            "`#[serde({attribute})]` stores `{name}` as something else than its fields"
        ));
        let message = match attribute {
            "tag" => message.help("remove it: the table's type attribute tells entities apart"),
            _ => message.help(format_args!("derive `{}` on the struct that is stored", self.name())),
        };
        message.note(match self {
            Self::Entity => "keys and queries are made of the fields",
            Self::Fields => "conditions are made of the fields",
        })
    }
}

impl SerdeContainer {
    pub(crate) fn from_syn(diag: &Diag, attributes: &[Attribute], name: &Ident, asker: Asker) -> Self {
        let mut container = Self::default();
        let mut replaced = false;
        each(attributes, |meta| {
            let word = word(&meta);
            match word.as_str() {
                "rename_all" => {
                    let text = one_name(diag, &meta, &format!("the fields of `{name}` are"))?;
                    container.rename_all = text.and_then(|text| Case::from_serde(&text));
                }
                "default" => {
                    container.default = true;
                    super::skip_value(&meta)?;
                }
                other if asker.loses_fields_by(other) => {
                    // `from` and `into` go together: one of them says it all.
                    if !std::mem::replace(&mut replaced, true) {
                        diag.error(&meta.path, asker.replaces_fields(other, name));
                    }
                    super::skip_value(&meta)?;
                }
                _ => super::skip_value(&meta)?,
            }
            Ok(())
        });
        container
    }

    /// The case that the variants of an enum are renamed to.
    pub(crate) fn rename_all(diag: &Diag, attributes: &[Attribute], name: &Ident) -> Option<Case> {
        let mut case = None;
        each(attributes, |meta| {
            match word(&meta).as_str() {
                "rename_all" => {
                    let text = one_name(diag, &meta, &format!("the variants of `{name}` are"))?;
                    case = text.and_then(|text| Case::from_serde(&text));
                }
                _ => super::skip_value(&meta)?,
            }
            Ok(())
        });
        case
    }
}

impl SerdeField {
    pub(crate) fn from_syn(diag: &Diag, attributes: &[Attribute], name: &Ident) -> Self {
        let mut field = Self::default();
        each(attributes, |meta| {
            match word(&meta).as_str() {
                "rename" => field.rename = one_name(diag, &meta, &format!("`{name}` is"))?,
                "skip" | "skip_serializing" => field.skipped = Some(meta.path.clone()),
                "skip_deserializing" => {
                    field.skipped = Some(meta.path.clone());
                    field.written = true;
                }
                "flatten" => field.flatten = Some(meta.path.clone()),
                "default" => {
                    field.default = true;
                    super::skip_value(&meta)?;
                }
                "deserialize_with" => {
                    field.custom = true;
                    super::skip_value(&meta)?;
                }
                "with" => {
                    field.custom = true;
                    field.serialize = function(&meta, "::serialize")?;
                }
                "skip_serializing_if" => field.left_out_if = function(&meta, "")?,
                "serialize_with" => field.serialize = function(&meta, "")?,
                _ => super::skip_value(&meta)?,
            }
            Ok(())
        });
        field
    }
}

/// serde's syntax errors are serde's to report.
fn each(attributes: &[Attribute], mut read: impl FnMut(ParseNestedMeta<'_>) -> syn::Result<()>) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        let _ = attribute.parse_nested_meta(&mut read);
    }
}

fn word(meta: &ParseNestedMeta<'_>) -> String {
    meta.path.to_token_stream().to_string()
}

/// The function that `with = "module"` or `serialize_with = "path"` names.
fn function(meta: &ParseNestedMeta<'_>, member: &str) -> syn::Result<Option<ExprPath>> {
    let path: LitStr = meta.value()?.parse()?;
    let function = LitStr::new(&format!("{}{member}", path.value()), path.span());
    Ok(function.parse().ok())
}

/// The name of `rename = ".."`, or of `rename(serialize = "..", deserialize = "..")` if both agree.
/// `whose` begins the message.
fn one_name(diag: &Diag, meta: &ParseNestedMeta<'_>, whose: &str) -> syn::Result<Option<String>> {
    if meta.input.peek(Token![=]) {
        return Ok(literal(meta.value()?.parse()?));
    }
    let (mut written, mut read) = (None, None);
    meta.parse_nested_meta(|inner| {
        let name = literal(inner.value()?.parse()?);
        match inner.path.is_ident("serialize") {
            true => written = name,
            false => read = name,
        }
        Ok(())
    })?;
    if written != read {
        let name =
            |name: Option<String>| name.map_or("named as in Rust".to_owned(), |name| format!("\"{name}\""));
        let (written, read) = (name(written), name(read));
        let message = Message::new(format_args!("{whose} {written} when written and {read} when read"));
        diag.error(
            &meta.path,
            message.help("give both directions one name").note("an attribute has one name"),
        );
        return Ok(None);
    }
    Ok(written)
}

fn literal(expression: Expr) -> Option<String> {
    string_of(&expression).map(syn::LitStr::value)
}
