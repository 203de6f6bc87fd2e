//! The key attributes of a table or an index: `"PK"`, `[PK: N]`, `[courier_id, day]`.

use proc_macro2::{Delimiter, Group, TokenStream};
use quote::{ToTokens, TokenStreamExt as _};
use syn::ext::IdentExt;
use syn::meta::ParseNestedMeta;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Ident, LitStr, Token};

use super::string;
use crate::diag::{Diag, Message};
use crate::model::Spanned;
use crate::model::table::KeyType;

const TYPES: &[&str] = &["S", "N", "B"];

/// One half of a key, as the table says where it is stored.
pub(crate) struct KeyAttr {
    pub(crate) attributes: Vec<(Spanned, KeyType)>,
    /// Whether the attributes are given as a list.
    pub(crate) bracketed: bool,
    tokens: TokenStream,
}

/// `eta: N`
struct Attribute {
    name: Spanned,
    key_type: Option<Ident>,
}

impl Parse for Attribute {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = if input.peek(LitStr) {
            let literal: LitStr = input.parse()?;
            Spanned { text: literal.value(), span: literal.span() }
        } else {
            let ident = input.call(Ident::parse_any)?;
            Spanned { text: ident.unraw().to_string(), span: ident.span() }
        };
        let key_type = match input.parse::<Option<Token![:]>>()? {
            Some(_) => Some(input.call(Ident::parse_any)?),
            None => None,
        };
        Ok(Self { name, key_type })
    }
}

impl KeyAttr {
    pub(super) fn from_meta(
        diag: &Diag,
        meta: &ParseNestedMeta<'_>,
        form: &str,
    ) -> syn::Result<Option<Self>> {
        let is_list = {
            let ahead = meta.input.fork();
            ahead.parse::<Token![=]>().is_ok() && ahead.peek(syn::token::Bracket)
        };
        if !is_list {
            let name = string(diag, meta, form)?;
            return Ok(name.map(|name| Self {
                attributes: vec![(Spanned::or(Some(&name), "", name.span()), KeyType::Text)],
                bracketed: false,
                tokens: name.to_token_stream(),
            }));
        }
        let value = meta.value()?;
        let content;
        let bracket = syn::bracketed!(content in value);
        let inside: TokenStream = content.fork().parse()?;
        let mut tokens = Group::new(Delimiter::Bracket, inside);
        tokens.set_span(bracket.span.join());
        let list = Punctuated::<Attribute, Token![,]>::parse_terminated(&content)?;
        if list.is_empty() {
            let message = Message::new("a key has at least one attribute");
            diag.error(&tokens, message.help("write `[order_no: N]`, with the attribute's name and type"));
            return Ok(None);
        }
        let attributes =
            list.into_iter().map(|attribute| (attribute.name, key_type(diag, attribute.key_type.as_ref())));
        Ok(Some(Self { attributes: attributes.collect(), bracketed: true, tokens: tokens.to_token_stream() }))
    }
}

impl ToTokens for KeyAttr {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append_all(self.tokens.clone());
    }
}

fn key_type(diag: &Diag, given: Option<&Ident>) -> KeyType {
    let Some(given) = given else { return KeyType::Text };
    match given.to_string().as_str() {
        "S" => KeyType::Text,
        "N" => KeyType::Number,
        "B" => KeyType::Binary,
        other => {
            let message = Message::new(format_args!("unknown key type `{other}`"));
            diag.error(
                given,
                message.suggest(other, "types", TYPES).note("`S` is text, `N` a number, `B` binary"),
            );
            KeyType::Text
        }
    }
}
