//! Keys taken apart: from the texts of a stored key to a key struct, or to the fields of an index key.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};
use syn::ext::IdentExt;
use syn::{Ident, Path, Visibility};

use super::entity::IndexedKey;
use super::key::list;
use crate::idents;
use crate::model::entity::{Entity, Key, Segment, Template};
use crate::template::Codec;

/// `EntityKey::from_keys`
pub(crate) fn from_keys(entity: &Entity<'_>) -> TokenStream {
    let (krate, key_ident) = (&entity.krate, entity.key_ident());
    let apart = apart(entity, &IndexedKey { key: &entity.key, index: None }, Lossy::Needed);
    let fields = entity.key.fields().into_iter().map(|field| {
        let (name, value) = (entity.fields[field].ident, value_ident(entity, field));
        quote! { #name: #value }
    });
    quote! {
        fn from_keys(
            __partition: &::core::primitive::str,
            __sort: __p::Option<&::core::primitive::str>,
        ) -> __p::Result<Self, #krate::KeyError> {
            #apart
            __p::Ok(#key_ident { #(#fields),* })
        }
    }
}

/// `OrderKey::parse`
pub(crate) fn parse(entity: &Entity<'_>) -> TokenStream {
    let (krate, key_ident, vis) = (&entity.krate, entity.key_ident(), &entity.original.vis);
    let (templates, argument) = match &entity.key.sort {
        Some(sort) => (
            format!("`\"{}\"` and `\"{}\"`", entity.key.partition.text, sort.text),
            quote! { __p::Some(sort_key) },
        ),
        None => (format!("`\"{}\"`", entity.key.partition.text), quote! { __p::None }),
    };
    let doc = format!("Takes a stored key of {templates} apart.");
    let signature = parse_signature(krate, vis, entity.key.sort.is_some());
    quote! {
        impl #key_ident {
            #[doc = #doc]
            ///
            /// # Errors
            ///
            /// If it is not such a key: what is accepted is exactly what the key is written as.
            #[allow(dead_code)]
            #signature {
                <#key_ident as #krate::EntityKey>::from_keys(partition_key, #argument)
            }
        }
    }
}

/// `OrderKey::parse` where the derive reported an error: it is called, but never run.
pub(crate) fn unreachable_parse(krate: &Path, key: &Ident, vis: &Visibility, has_sort: bool) -> TokenStream {
    let signature = parse_signature(krate, vis, has_sort);
    quote! {
        impl #key {
            #[allow(unused_variables, dead_code)]
            #signature {
                ::core::unreachable!()
            }
        }
    }
}

fn parse_signature(krate: &Path, vis: &Visibility, has_sort: bool) -> TokenStream {
    let sort = has_sort.then(|| quote! { sort_key: &::core::primitive::str });
    quote! {
        #vis fn parse(
            partition_key: &::core::primitive::str,
            #sort
        ) -> ::core::result::Result<Self, #krate::KeyError>
    }
}

/// `Order::by_status_parts`, for an index key, as it stands in an `impl`.
pub(crate) fn index_parts(entity: &Entity<'_>, key: &IndexedKey<'_>) -> TokenStream {
    let (krate, vis) = (&entity.krate, &entity.original.vis);
    let name = format_ident!("{}_parts", key.key.query.function.unraw());
    let apart = apart(entity, key, Lossy::AsText);
    let fields = key.key.fields();
    let types = fields.iter().map(|field| match source(&occurrences(key.key), *field).is_lossy() {
        true => quote! { __p::String },
        false => {
            let ty = entity.fields[*field].part_type();
            quote! { #ty }
        }
    });
    let values = fields.iter().map(|field| value_ident(entity, *field));
    let doc = format!(
        "Takes a stored key of index [`{}`] apart: {}.",
        key.index.map(idents::last).unwrap_or_default(),
        described(entity, key.key)
    );
    let (partition, sort) = match &key.key.sort {
        Some(_) => (
            quote! { partition_key: &::core::primitive::str, sort_key: &::core::primitive::str },
            quote! { __p::Some(sort_key) },
        ),
        None => (quote! { partition_key: &::core::primitive::str }, quote! { __p::None }),
    };
    quote! {
        #[doc = #doc]
        ///
        /// # Errors
        ///
        /// If it is not such a key.
        #[allow(dead_code)]
        #vis fn #name(#partition) -> __p::Result<(#(#types,)*), #krate::KeyError> {
            let (__partition, __sort) = (partition_key, #sort);
            #apart
            __p::Ok((#(#values,)*))
        }
    }
}

/// The fields by their names: `status`, the text of `email`.
fn described(entity: &Entity<'_>, key: &Key) -> String {
    let fields = key.fields().into_iter().map(|field| {
        let name = entity.fields[field].ident.unraw();
        match source(&occurrences(key), field).is_lossy() {
            true => format!("the text of `{name}`"),
            false => format!("`{name}`"),
        }
    });
    let fields: Vec<_> = fields.collect();
    if fields.is_empty() { "it has no fields".to_owned() } else { fields.join(", ") }
}

/// What is made of a field that a key holds in lossy parts only.
#[derive(Clone, Copy)]
enum Lossy {
    /// The value is needed, and the proofs refuse the key if the part cannot give it.
    Needed,
    /// The text of the part.
    AsText,
}

/// One place in a key where a field stands.
#[derive(Clone, Copy)]
struct Occurrence {
    field: usize,
    codec: Codec,
    half: Half,
    /// The number of the part in its half.
    number: usize,
    /// Whether it is all of its half, which the table may have as a number or as bytes.
    alone: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Partition,
    Sort,
}

impl Half {
    fn name(self) -> &'static str {
        match self {
            Self::Partition => "PARTITION",
            Self::Sort => "SORT",
        }
    }
}

impl Occurrence {
    fn text(&self) -> Ident {
        text_ident(self.half, self.number)
    }

    /// Whether both surely have one text. A part that is all of its half may be a native number: 7 for "07".
    fn is_written_as(&self, other: &Self) -> bool {
        self.codec == other.codec && (self.is_lossy() || !(self.alone || other.alone))
    }

    fn is_lossy(&self) -> bool {
        self.codec.is_lossy()
    }
}

fn text_ident(half: Half, number: usize) -> Ident {
    format_ident!("__{}_{number}", half.name().to_lowercase())
}

fn value_ident(entity: &Entity<'_>, field: usize) -> Ident {
    format_ident!("__value_of_{}", entity.fields[field].ident.unraw())
}

fn occurrences(key: &Key) -> Vec<Occurrence> {
    let halves = std::iter::once((Half::Partition, &key.partition));
    let halves = halves.chain(key.sort.iter().map(|sort| (Half::Sort, sort)));
    halves.flat_map(|(half, template)| of_half(half, template)).collect()
}

fn of_half(half: Half, template: &Template) -> impl Iterator<Item = Occurrence> {
    let parts = template.segments.iter().filter_map(|segment| match segment {
        Segment::Part { field, codec, .. } => Some((*field, *codec)),
        Segment::Literal(_) => None,
    });
    let alone = template.segments.len() == 1;
    parts.enumerate().map(move |(number, (field, codec))| Occurrence { field, codec, half, number, alone })
}

/// The part that the value of `field` is taken from: one that surely keeps all of it, if there is one, or
/// one in another case, which keeps all of an identifier.
fn source(occurrences: &[Occurrence], field: usize) -> Occurrence {
    let rank = |part: &&Occurrence| match part.codec {
        Codec::Lower | Codec::Upper => 1,
        _ if part.is_lossy() => 2,
        _ => 0,
    };
    let source = occurrences.iter().filter(|part| part.field == field).min_by_key(rank);
    *source.expect("the field is one of the key's")
}

/// The statements from `__partition` and `__sort` to one local value for each field.
fn apart(entity: &Entity<'_>, key: &IndexedKey<'_>, lossy: Lossy) -> TokenStream {
    let occurrences = occurrences(key.key);
    let is_canonical = |part: &Occurrence| part.codec == Codec::Canonical;
    let is_simple = occurrences.len() == key.key.fields().len() && occurrences.iter().all(is_canonical);
    match is_simple {
        true => whole(entity, key, &occurrences),
        false => piecemeal(entity, key, &occurrences, lossy),
    }
}

/// Each part gives its field's value, so all are read at once.
fn whole(entity: &Entity<'_>, key: &IndexedKey<'_>, occurrences: &[Occurrence]) -> TokenStream {
    let values = |half: Half| {
        let fields = occurrences.iter().filter(|part| part.half == half).map(|part| part.field);
        let fields: Vec<_> = fields.collect();
        list(fields.into_iter().map(|field| value_ident(entity, field).into_token_stream()))
    };
    let place = |half: Half| idents::place(key.index, half.name());
    let (partition, partition_values) = (place(Half::Partition), values(Half::Partition));
    if key.key.sort.is_none() {
        return quote! { let #partition_values = __p::read_alone(&#partition, __partition, __sort)?; };
    }
    let (sort, sort_values) = (place(Half::Sort), values(Half::Sort));
    quote! { let (#partition_values, #sort_values) = __p::read(&#partition, &#sort, __partition, __sort)?; }
}

/// A field stands in the key more than once, or a part holds less than its field.
fn piecemeal(
    entity: &Entity<'_>,
    key: &IndexedKey<'_>,
    occurrences: &[Occurrence],
    lossy: Lossy,
) -> TokenStream {
    let place = |half: Half| {
        let place = idents::place(key.index, half.name());
        quote! { #place.untyped() }
    };
    let split = |half: Half, text: TokenStream| {
        let parts: Vec<_> =
            occurrences.iter().filter(|part| part.half == half).map(Occurrence::text).collect();
        let place = place(half);
        quote! { let [#(#parts),*] = #place.split(#text)?; }
    };
    let (partition, sort_place) = (place(Half::Partition), place(Half::Sort));
    let sort = match &key.key.sort {
        Some(_) => split(Half::Sort, quote! { __p::sort_key_of(#sort_place, __sort)? }),
        None => quote! { __p::no_sort_key(#partition, __sort)?; },
    };
    let partition = split(Half::Partition, quote! { __partition });
    let fields = key.key.fields().into_iter().map(|field| {
        let source = source(occurrences, field);
        let part = |of: &Occurrence| idents::part(entity.fields[field].ident, of.codec);
        let (value, from, source_part, source_place, source_number) =
            (value_ident(entity, field), source.text(), part(&source), place(source.half), source.number);
        let read = match (lossy, source.is_lossy()) {
            (Lossy::AsText, true) => quote! { __p::text_of::<#source_part> },
            _ => quote! { __p::Whole::<#source_part>::decode },
        };
        let others = occurrences
            .iter()
            .filter(|other| other.field == field)
            .filter(|other| (other.half, other.number) != (source.half, source.number));
        let checks = others.map(|other| {
            let (part, place, number, text) = (part(other), place(other.half), other.number, other.text());
            match (lossy, source.is_lossy()) {
                _ if other.is_written_as(&source) => {
                    quote! { __p::agree(#place, #number, #from, #text)?; }
                }
                // Two lossy forms of one field say nothing of each other.
                (Lossy::AsText, true) => quote! { __p::text_of::<#part>(#place, #number, #text)?; },
                _ => quote! { __p::verify::<#part>(#place, #number, &#value, #text)?; },
            }
        });
        quote! {
            let #value = #read(#source_place, #source_number, #from)?;
            #(#checks)*
        }
    });
    quote! {
        #[allow(unused_imports)]
        use __p::InPart as _;
        #partition
        #sort
        #(#fields)*
    }
}
