//! An entity: its fields as serde stores them, and its keys as templates over these fields.

use quote::format_ident;
use syn::ext::IdentExt;
use syn::{DeriveInput, Ident, LitStr, Path};

use super::Spanned;
use super::field;
pub(crate) use super::field::Field;
use crate::attr::entity::{EntityAttr, IndexAttr, UniqueAttr};
use crate::attr::field::Role;
use crate::attr::serde::Asker;
use crate::diag::{Diag, Message};
use crate::idents::{self, QueryIdents};
use crate::suggest::nearest;
use crate::template::{self, CODECS, Codec, ProblemKind};

/// An entity, as far as it could be made out: after an error, its parts are what the user may have meant.
pub(crate) struct Entity<'a> {
    pub(crate) original: &'a DeriveInput,
    pub(crate) krate: Path,
    /// None: that was an error.
    pub(crate) table: Option<Path>,
    pub(crate) type_name: Spanned,
    pub(crate) singleton: bool,
    /// Whether it stands where rustc resolves no `#[diagnostic::..]`.
    pub(crate) no_implicit_prelude: bool,
    pub(crate) fields: Vec<Field<'a>>,
    pub(crate) key: Key,
    pub(crate) indexes: Vec<IndexKey>,
    pub(crate) natural: Vec<NaturalJoin>,
    pub(crate) unique: Vec<Unique>,
}

/// Fields whose values no two items have in common.
pub(crate) struct Unique {
    /// Where it is said.
    pub(crate) path: Path,
    pub(crate) fields: Vec<usize>,
}

/// A key: its two halves, and the query by it.
pub(crate) struct Key {
    pub(crate) partition: Template,
    pub(crate) sort: Option<Template>,
    pub(crate) query: QueryIdents,
}

/// The key in one secondary index.
pub(crate) struct IndexKey {
    pub(crate) index: Path,
    pub(crate) key: Key,
    /// The partition key is the table's.
    pub(crate) local: bool,
}

/// An index that is joined without templates: it is made of the entity's attributes, or of the table's key.
/// Which these are only the table knows.
pub(crate) struct NaturalJoin {
    pub(crate) index: Path,
    pub(crate) query: QueryIdents,
}

/// One half of a key in a secondary index.
pub(crate) struct IndexHalf<'e> {
    pub(crate) index: &'e Path,
    /// `PARTITION` or `SORT`.
    pub(crate) name: &'static str,
    pub(crate) template: &'e Template,
}

/// A template whose parts are fields of the entity.
#[derive(Clone)]
pub(crate) struct Template {
    pub(crate) literal: LitStr,
    pub(crate) text: String,
    pub(crate) segments: Vec<Segment>,
}

#[derive(Clone)]
pub(crate) enum Segment {
    Literal(String),
    /// A field, by its place in [`Entity::fields`], how it is written, and where the template names it.
    Part {
        field: usize,
        codec: Codec,
        range: std::ops::Range<usize>,
    },
}

impl Template {
    /// Stands in for a template that was not given: the field it would likely be made of.
    fn missing(original: &DeriveInput, field: Option<usize>) -> Self {
        let segments = field
            .map(|field| Segment::Part { field, codec: Codec::Canonical, range: 0..0 })
            .into_iter()
            .collect();
        Self { literal: LitStr::new("", original.ident.span()), text: String::new(), segments }
    }

    /// The fields it is made of, each once.
    pub(crate) fn fields(&self) -> Vec<usize> {
        let mut fields = Vec::new();
        for field in self.parts() {
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        fields
    }

    /// The fields of its parts, from left to right.
    pub(crate) fn parts(&self) -> impl Iterator<Item = usize> + '_ {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Part { field, .. } => Some(*field),
            Segment::Literal(_) => None,
        })
    }
}

impl Template {
    /// The part that spreads the key over shards, where it is all that the key has of its field: who asks for
    /// the key need not know the field. Of several, no one is it.
    pub(crate) fn shard(&self) -> Option<(usize, Codec)> {
        let parts = || {
            self.segments.iter().filter_map(|segment| match segment {
                Segment::Part { field, codec, .. } => Some((*field, *codec)),
                Segment::Literal(_) => None,
            })
        };
        let mut shards = parts().filter(|(_, codec)| matches!(codec, Codec::Shard(_)));
        let shard = shards.next()?;
        let alone = parts().filter(|(field, _)| *field == shard.0).count() == 1;
        (alone && shards.next().is_none()).then_some(shard)
    }

    /// The fields that a query of the key is given: all but that of the shard.
    pub(crate) fn given(&self) -> impl Iterator<Item = usize> + '_ {
        let shard = self.shard().map(|(field, _)| field);
        self.fields().into_iter().filter(move |field| Some(*field) != shard)
    }
}

impl Key {
    /// The fields of both halves, each once, in the order they are named.
    pub(crate) fn fields(&self) -> Vec<usize> {
        let mut fields = Vec::new();
        for field in self.partition.parts().chain(self.sort.iter().flat_map(Template::parts)) {
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        fields
    }
}

impl<'a> Entity<'a> {
    /// Everything that can be made of the struct, none if it has no named fields; what is wrong with the
    /// rest is in `diag`.
    pub(crate) fn from_syn(diag: &Diag, original: &'a DeriveInput) -> Option<Self> {
        let attr = EntityAttr::from_syn(diag, original);
        let fields = field::named(diag, original, Asker::Entity)?;
        if !original.generics.params.is_empty() {
            let message =
                Message::new(format_args!("`{}` is generic; an entity is one stored shape", original.ident));
            diag.error(&original.generics, message.help("derive on a concrete struct"));
            return None;
        }
        let fields = field::fields(diag, original, fields, Asker::Entity);
        check_required(diag, original, &fields, &attr);
        let krate = super::krate(diag, attr.krate);
        let key = primary_key(diag, original, &fields, attr.pk, attr.sk, attr.query);
        let (mut indexes, mut natural) = (Vec::new(), Vec::new());
        for index in attr.indexes {
            match (&index.pk, &index.sk) {
                (None, None) => natural.push(NaturalJoin::new(original, index)),
                (None, Some(_)) => indexes.extend(local_key(diag, original, &fields, &key, index)),
                (Some(_), _) => indexes.extend(index_key(diag, original, &fields, index)),
            }
        }
        let unique = attr.unique.into_iter().map(|attr| Unique::new(diag, original, &fields, attr)).collect();
        let type_name =
            Spanned::or(attr.type_name.as_ref(), &original.ident.unraw().to_string(), original.ident.span());
        let (table, singleton, no_implicit_prelude) = (attr.table, attr.singleton, attr.no_implicit_prelude);
        Some(Self {
            original,
            krate,
            table,
            type_name,
            singleton,
            no_implicit_prelude,
            fields,
            key,
            indexes,
            natural,
            unique,
        })
    }

    pub(crate) fn ident(&self) -> &Ident {
        &self.original.ident
    }

    /// The field with this role.
    pub(crate) fn field_of(&self, role: Role) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| field.has_role(role))
    }
}

/// Every entity says which table stores it, and under which partition key.
fn check_required(diag: &Diag, original: &DeriveInput, fields: &[Field<'_>], attr: &EntityAttr) {
    let name = &original.ident;
    // A real field where one fits.
    let id = likely_id(fields).map_or("id".to_owned(), |field| fields[field].ident.unraw().to_string());
    let pk_form = format!("pk = \"{}#{{{id}}}\"", name.unraw().to_string().to_uppercase());
    if !original.attrs.iter().any(|attribute| attribute.path().is_ident("entity")) {
        let message = Message::new(format_args!("`{name}` has neither table nor key"));
        diag.error(
            name,
            message.help(format_args!("add `#[entity(table = Shop, {pk_form})]`, naming the table's enum")),
        );
        return;
    }
    if attr.lacks_table {
        let message = Message::new(format_args!("`{name}` does not say which table stores it"));
        diag.error(name, message.help("add `#[entity(table = Shop)]`, naming the table's enum"));
    }
    if attr.lacks_pk {
        let message = Message::new(format_args!("`{name}` has no partition key"));
        diag.error(name, message.help(format_args!("add `#[entity({pk_form})]`")));
    }
}

/// The first field that looks like an identifier, or the first of all.
fn likely_id(fields: &[Field<'_>]) -> Option<usize> {
    let looks_so = |field: &Field<'_>| field.ident.unraw().to_string().ends_with("id");
    fields.iter().position(looks_so).or((!fields.is_empty()).then_some(0))
}

fn primary_key(
    diag: &Diag,
    original: &DeriveInput,
    fields: &[Field<'_>],
    pk: Option<LitStr>,
    sk: Option<LitStr>,
    query: Option<Ident>,
) -> Key {
    let partition = match pk {
        Some(literal) => read_template(diag, original, fields, literal),
        None => Template::missing(original, likely_id(fields)),
    };
    let sort = sk.map(|literal| read_template(diag, original, fields, literal));
    let query = QueryIdents::new(original, query, &partition, fields, "primary");
    Key { partition, sort, query }
}

fn index_key(diag: &Diag, original: &DeriveInput, fields: &[Field<'_>], attr: IndexAttr) -> Option<IndexKey> {
    let IndexAttr { index, pk, sk, query } = attr;
    let pk = pk?;
    let partition = read_template(diag, original, fields, pk);
    let sort = sk.map(|literal| read_template(diag, original, fields, literal));
    let index_name = idents::last(&index);
    let query = QueryIdents::new(original, query, &partition, fields, &index_name);
    Some(IndexKey { index, key: Key { partition, sort, query }, local: false })
}

/// The key in a local index: the partition key is that of the table.
fn local_key(
    diag: &Diag,
    original: &DeriveInput,
    fields: &[Field<'_>],
    primary: &Key,
    attr: IndexAttr,
) -> Option<IndexKey> {
    let IndexAttr { index, sk, query, .. } = attr;
    let sort = read_template(diag, original, fields, sk?);
    let partition = primary.partition.clone();
    let query = QueryIdents::of_index(original, query, &index);
    Some(IndexKey { index, key: Key { partition, sort: Some(sort), query }, local: true })
}

impl Unique {
    fn new(diag: &Diag, original: &DeriveInput, fields: &[Field<'_>], attr: UniqueAttr) -> Self {
        let names: Vec<_> = fields.iter().map(|field| field.ident.unraw().to_string()).collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        let known = |ident: &Ident| {
            let name = ident.unraw().to_string();
            let place = names.iter().position(|known| **known == name);
            if place.is_none() {
                let text = format!("`unique` names a field `{}` does not have", original.ident);
                diag.error(ident, Message::new(text).suggest(&name, "fields", &names));
            }
            place
        };
        let fields = attr.fields.iter().filter_map(known).collect();
        Self { path: attr.path, fields }
    }
}

impl NaturalJoin {
    fn new(original: &DeriveInput, attr: IndexAttr) -> Self {
        let query = QueryIdents::of_index(original, attr.query, &attr.index);
        Self { index: attr.index, query }
    }
}

fn read_template(diag: &Diag, original: &DeriveInput, fields: &[Field<'_>], literal: LitStr) -> Template {
    let text = literal.value();
    if text.is_empty() {
        let message = Message::new("a key template must not be empty, because DynamoDB refuses empty keys");
        diag.error(
            &literal,
            message.help("write a literal, such as \"PROFILE\", or a field, such as \"{id}\""),
        );
    }
    let (parsed, problems) = template::parse(&text);
    for problem in problems {
        diag.error(&literal, problem_message(&text, &problem));
    }
    let mut segments = Vec::new();
    for segment in parsed {
        match segment {
            template::Segment::Literal(text) => segments.push(Segment::Literal(text)),
            template::Segment::Part { field, codec, range } => {
                let known = fields.iter().position(|known| known.ident.unraw() == field);
                let known = known.or_else(|| unknown_field(diag, original, fields, &literal, &field, &range));
                segments.extend(known.map(|field| Segment::Part { field, codec, range }));
            }
        }
    }
    Template { literal, text, segments }
}

/// The field that is probably meant, so that what uses the key elsewhere need not fail too.
fn unknown_field(
    diag: &Diag,
    original: &DeriveInput,
    fields: &[Field<'_>],
    literal: &LitStr,
    field: &str,
    braces: &std::ops::Range<usize>,
) -> Option<usize> {
    let names: Vec<_> = fields.iter().map(|field| field.ident.unraw().to_string()).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let text = format!("key template names a field `{}` does not have", original.ident);
    let range = braces.start + 1..braces.end - 1;
    let message = Message::new(text).caret(&literal.value(), range, format_args!("no field `{field}`"));
    diag.error(literal, message.suggest(field, "fields", &names));
    let near = nearest(field, &names)?;
    names.iter().position(|name| *name == near)
}

fn problem_message(text: &str, problem: &template::Problem) -> Message {
    let range = problem.range.clone();
    match problem.kind {
        ProblemKind::Unclosed => Message::new("unclosed `{` in key template")
            .caret(text, range, "no `}` follows")
            .help("close the part, or write `{{` for a literal brace"),
        ProblemKind::Unopened => Message::new("unopened `}` in key template")
            .caret(text, range, "no `{` before it")
            .help("write `}}` for a literal brace"),
        ProblemKind::NoField => Message::new("key template has a part without a field")
            .caret(text, range, "which field?")
            .help("write `{id}`, with a field of the entity"),
        ProblemKind::NotAName => Message::new("key template has a part that is not a field's name")
            .caret(text, range, "not a name")
            .help("write the name of a field, such as `{id}`, or with a codec, `{id:lower}`"),
        ProblemKind::UnknownCodec => {
            let name = text[range.clone()].to_owned();
            Message::new("key template has a part with an unknown codec")
                .caret(text, range, format_args!("no codec `{name}`"))
                .suggest(&name, "codecs", CODECS)
        }
        ProblemKind::PadWidth => Message::new("key template has a part padded to an impossible width")
            .caret(text, range, "a width of 1 to 39 digits, after a zero")
            .help("write `{n:06}` for six digits"),
        ProblemKind::ShardCount => Message::new("key template has a part without a number of shards")
            .caret(text, range, "how many shards?")
            .help("write `{id:shard(16)}`"),
    }
}

impl Entity<'_> {
    /// What follows the entity's name in the names made from it.
    pub(crate) fn key_ident(&self) -> Ident {
        format_ident!("{}Key", self.ident())
    }

    /// The halves that templates make. The partition key of a local index is the table's, which is there anyway.
    pub(crate) fn index_halves(&self) -> impl Iterator<Item = IndexHalf<'_>> {
        self.indexes.iter().flat_map(|IndexKey { index, key, local }| {
            let half = |name, template| IndexHalf { index, name, template };
            let partition = (!local).then(|| half("PARTITION", &key.partition));
            partition.into_iter().chain(key.sort.as_ref().map(|sort| half("SORT", sort)))
        })
    }
}
