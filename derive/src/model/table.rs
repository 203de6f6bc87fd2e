//! A table: its names, its indexes, and the entities that its enum lists.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Fields, Ident, LitStr, Path, Type};

use super::Spanned;
use crate::attr::key::KeyAttr;
use crate::attr::table::{ProjectionAttr, TableAttr, TableIndexAttr};
use crate::diag::{Diag, Message};

pub(crate) struct Table<'a> {
    pub(crate) original: &'a DeriveInput,
    pub(crate) krate: Path,
    /// Whether it stands where rustc resolves no `#[diagnostic::..]`.
    pub(crate) no_implicit_prelude: bool,
    pub(crate) name: Spanned,
    pub(crate) pk: KeyAttribute,
    pub(crate) sk: Option<KeyAttribute>,
    /// None: the keys tell the types.
    pub(crate) type_attribute: Option<Spanned>,
    pub(crate) delimiter: char,
    pub(crate) indexes: Vec<Index>,
    pub(crate) variants: Vec<Variant<'a>>,
}

pub(crate) struct Index {
    pub(crate) ident: Ident,
    pub(crate) name: Spanned,
    pub(crate) kind: IndexKind,
    /// Empty for a local index, which has the table's.
    pub(crate) pk: Vec<KeyAttribute>,
    pub(crate) sk: Vec<KeyAttribute>,
    pub(crate) projection: Projection,
}

/// What makes the keys of an index.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum IndexKind {
    /// Attributes of its own or of the table's key, filled by templates.
    Overloaded,
    /// Attributes that entities store anyway.
    Natural,
    /// The table's partition key, and an attribute of its own.
    Local,
    /// After an error: whatever the entities that name it take it for.
    Unclear,
}

/// One half of the table's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Half {
    Partition,
    Sort,
}

/// What an index stores of each item.
pub(crate) enum Projection {
    All,
    Keys,
    Include(Vec<Spanned>),
}

/// An attribute of a key, and its type in DynamoDB.
pub(crate) struct KeyAttribute {
    pub(crate) name: Spanned,
    pub(crate) key_type: KeyType,
}

/// The types that key attributes can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyType {
    Text,
    Number,
    Binary,
}

/// `Order(Order)`
pub(crate) struct Variant<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) entity: Type,
}

impl<'a> Table<'a> {
    /// Everything that can be made of the enum, none if it is no enum; what is wrong with the rest is in
    /// `diag`.
    pub(crate) fn from_syn(diag: &Diag, original: &'a DeriveInput) -> Option<Self> {
        let attr = TableAttr::from_syn(diag, original);
        let variants = variants(diag, original);
        let krate = super::krate(diag, attr.krate);
        let span = original.ident.span();
        if attr.lacks_name {
            let message = Message::new(format_args!("table `{}` has no name", original.ident));
            diag.error(
                &original.ident,
                message.help("add `#[table(name = \"shop\")]`, the table's name in DynamoDB"),
            );
        }
        // Without a word on keys they have their usual names; with `pk` alone there is no sort key.
        let sk = match (&attr.pk, &attr.sk) {
            (None, None) => Some(KeyAttribute::text("SK", span)),
            _ => attr.sk.and_then(|sk| one_attribute(diag, sk)),
        };
        let pk = match attr.pk {
            Some(pk) => one_attribute(diag, pk),
            None => Some(KeyAttribute::text("PK", span)),
        };
        let indexes = attr.indexes.into_iter().map(|index| Index::from_attr(diag, index)).collect();
        Some(Self {
            original,
            krate,
            no_implicit_prelude: attr.no_implicit_prelude,
            name: Spanned::or(attr.name.as_ref(), "", span),
            pk: pk.unwrap_or_else(|| KeyAttribute::text("PK", span)),
            sk,
            type_attribute: type_attribute(diag, original, attr.type_attribute.as_ref(), attr.untyped),
            delimiter: delimiter(diag, attr.delimiter.as_ref()),
            indexes,
            variants: variants?,
        })
    }
}

impl Table<'_> {
    /// The half of the table's key that the attribute holds.
    pub(crate) fn half_of(&self, attribute: &str) -> Option<Half> {
        let is_sort = self.sk.as_ref().is_some_and(|sk| sk.name.text == attribute);
        let partition = (self.pk.name.text == attribute).then_some(Half::Partition);
        partition.or(is_sort.then_some(Half::Sort))
    }

    /// The halves of the table's key that the key of an overloaded index is made of, if it has nothing else.
    pub(crate) fn halves_of(&self, index: &Index) -> Option<Vec<Half>> {
        let halves = index.pk.iter().chain(&index.sk).map(|attribute| self.half_of(&attribute.name.text));
        if index.kind == IndexKind::Overloaded { halves.collect() } else { None }
    }
}

impl Index {
    /// An index that is declared wrongly is there nevertheless: entities name it.
    fn from_attr(diag: &Diag, attr: TableIndexAttr) -> Self {
        let kind = if attr.unread { None } else { decide_kind(diag, &attr) };
        let TableIndexAttr { ident, name, pk, sk, projection, .. } = attr;
        let kind = kind.unwrap_or(IndexKind::Unclear);
        let name = Spanned::or(name.as_ref(), &ident.unraw().to_string(), ident.span());
        let half = |key: Option<KeyAttr>| key.map_or_else(Vec::new, |key| KeyAttribute::all(key).collect());
        let projection = match projection {
            None | Some(ProjectionAttr::All(_)) => Projection::All,
            Some(ProjectionAttr::Keys(_)) => Projection::Keys,
            Some(ProjectionAttr::Include(_, names)) => Projection::Include(names),
        };
        Self { name, kind, pk: half(pk), sk: half(sk), projection, ident }
    }
}

/// The kind of an index, if the halves of its key suit it.
fn decide_kind(diag: &Diag, attr: &TableIndexAttr) -> Option<IndexKind> {
    let (ident, sk) = (&attr.ident, attr.sk.as_ref());
    if attr.local {
        return decide_local(diag, ident, attr.pk.as_ref(), sk);
    }
    let Some(pk) = &attr.pk else {
        let message = Message::new(format_args!("index `{ident}` has no partition key"));
        diag.error(ident, message.help("add `pk = \"GSI1PK\"`, the attribute that holds it"));
        return None;
    };
    if !attr.templates && pk.bracketed && sk.is_none_or(|sk| sk.bracketed) {
        return Some(IndexKind::Natural);
    }
    for half in std::iter::once(pk).chain(sk) {
        if half.attributes.len() > 1 {
            let text = format!("index `{ident}` mixes attributes of entities with one that templates fill");
            let help = match attr.templates {
                true => "remove `templates`, or give each half one attribute",
                false => "write both halves in brackets, or give each one attribute",
            };
            diag.error(half, Message::new(text).help(help));
            return None;
        }
    }
    Some(IndexKind::Overloaded)
}

fn decide_local(diag: &Diag, ident: &Ident, pk: Option<&KeyAttr>, sk: Option<&KeyAttr>) -> Option<IndexKind> {
    if let Some(pk) = pk {
        let message = Message::new(format_args!("the local index `{ident}` has the table's partition key"));
        diag.error(pk, message.help("remove `pk`, or remove `local`"));
        return None;
    }
    match sk {
        None => {
            let message = Message::new(format_args!("the local index `{ident}` has no sort key"));
            diag.error(ident, message.help("add `sk = \"LSI1SK\"`, the attribute that holds it"));
            None
        }
        Some(sk) if sk.attributes.len() > 1 => {
            let message = Message::new(format_args!("the local index `{ident}` has several sort attributes"));
            diag.error(
                sk,
                message.help("only global indexes can have several: remove `local`, and add `pk`"),
            );
            None
        }
        Some(_) => Some(IndexKind::Local),
    }
}

impl KeyAttribute {
    fn text(name: &str, span: Span) -> Self {
        Self { name: Spanned { text: name.to_owned(), span }, key_type: KeyType::Text }
    }

    fn all(attr: KeyAttr) -> impl Iterator<Item = Self> {
        attr.attributes.into_iter().map(|(name, key_type)| Self { name, key_type })
    }
}

/// The table itself has one attribute for each half of its key.
fn one_attribute(diag: &Diag, attr: KeyAttr) -> Option<KeyAttribute> {
    if attr.attributes.len() > 1 {
        let message = Message::new("the table's own key has one partition and one sort attribute");
        diag.error(&attr, message.help("declare several attributes as the key of an index, `index(..)`"));
    }
    KeyAttribute::all(attr).next()
}

fn type_attribute(
    diag: &Diag,
    original: &DeriveInput,
    given: Option<&LitStr>,
    untyped: bool,
) -> Option<Spanned> {
    if let Some(given) = given.filter(|_| untyped) {
        let text =
            format!("table `{}` is `untyped`, and yet stores types in \"{}\"", original.ident, given.value());
        let message = Message::new(text).help("remove `type = \"..\"`, or `untyped`");
        diag.error(given, message.note("the items of an untyped table are told apart by their keys"));
    }
    (!untyped).then(|| Spanned::or(given, "_type", original.ident.span()))
}

fn delimiter(diag: &Diag, given: Option<&syn::LitStr>) -> char {
    let Some(given) = given else { return '#' };
    let text = given.value();
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(delimiter), None) if delimiter.is_ascii_punctuation() => delimiter,
        _ => {
            let message = Message::new(format_args!("\"{text}\" cannot be a delimiter"));
            diag.error(given, message.help("write one ASCII punctuation character, such as \"#\" or \"|\""));
            '#'
        }
    }
}

fn variants<'a>(diag: &Diag, original: &'a DeriveInput) -> Option<Vec<Variant<'a>>> {
    let name = &original.ident;
    let help = format!("write `enum {name} {{ Customer(Customer), Order(Order) }}`");
    let data = match &original.data {
        Data::Enum(data) => data,
        Data::Struct(data) => {
            let message =
                Message::new(format_args!("`Table` needs the enum of its entities; `{name}` is a struct"));
            diag.error(data.struct_token, message.help(help));
            return None;
        }
        Data::Union(data) => {
            let message =
                Message::new(format_args!("`Table` needs the enum of its entities; `{name}` is a union"));
            diag.error(data.union_token, message.help(help));
            return None;
        }
    };
    if !original.generics.params.is_empty() {
        let message =
            Message::new(format_args!("table `{name}` is generic; a table is one closed set of entities"));
        diag.error(&original.generics, message.help("derive on a concrete enum"));
        return None;
    }
    if data.variants.is_empty() {
        diag.error(name, Message::new(format_args!("table `{name}` stores no entity")).help(help));
        return None;
    }
    Some(data.variants.iter().flat_map(|variant| entities_of(diag, name, variant)).collect())
}

/// The entity of a variant; after an error, all that the variant may have meant.
fn entities_of<'a>(diag: &Diag, table: &Ident, variant: &'a syn::Variant) -> Vec<Variant<'a>> {
    let ident = &variant.ident;
    let message = Message::new(format_args!("a variant of table `{table}` holds one entity"));
    let message = message.help(format_args!("write `{ident}({ident})`"));
    match &variant.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {}
        Fields::Unit => {
            diag.error(ident, message);
            return vec![Variant { ident, entity: syn::parse_quote!(#ident) }];
        }
        fields => diag.error(fields, message),
    }
    variant.fields.iter().map(|field| Variant { ident, entity: field.ty.clone() }).collect()
}

impl Spanned {
    /// A literal at the place where the text was written.
    pub(crate) fn literal(&self) -> syn::LitStr {
        syn::LitStr::new(&self.text, self.span)
    }
}
