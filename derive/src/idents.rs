//! Every name that the derives make up, and its case.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::Span;
use quote::format_ident;
use syn::ext::IdentExt;
use syn::spanned::Spanned as _;
use syn::{DeriveInput, Ident, Path};

use crate::model::entity::Template;
use crate::model::field::Field;
use crate::template::Codec;

/// The names of one query: `Order::by_status`, `OrderByStatus`.
#[derive(Clone)]
pub(crate) struct QueryIdents {
    /// The function that begins it.
    pub(crate) function: Ident,
    /// The struct of its steps.
    pub(crate) steps: Ident,
    /// Whether the user chose the name.
    pub(crate) chosen: bool,
}

impl QueryIdents {
    /// `by_` and the fields of the partition key, unless a name is given. A partition key without
    /// fields takes the index's name.
    pub(crate) fn new(
        original: &DeriveInput,
        given: Option<Ident>,
        partition: &Template,
        fields: &[Field<'_>],
        index: &str,
    ) -> Self {
        let parts: Vec<_> = partition.given().map(|field| fields[field].ident.unraw().to_string()).collect();
        let by = if parts.is_empty() { index.to_snake_case() } else { parts.join("_and_") };
        Self::named(original, given, &by, partition.literal.span())
    }

    /// `by_` and the name of the index, unless a name is given: `ByCourier` gives `by_courier`.
    pub(crate) fn of_index(original: &DeriveInput, given: Option<Ident>, index: &Path) -> Self {
        let name = last(index).to_snake_case();
        Self::named(original, given, name.strip_prefix("by_").unwrap_or(&name), index.span())
    }

    fn named(original: &DeriveInput, given: Option<Ident>, by: &str, span: Span) -> Self {
        let chosen = given.is_some();
        let function = given.unwrap_or_else(|| Ident::new(&format!("by_{by}"), span));
        let words = function.unraw().to_string().to_upper_camel_case();
        let steps = format_ident!("{}{}", original.ident.unraw(), words, span = function.span());
        Self { function, steps, chosen }
    }
}

/// The last name of a path.
pub(crate) fn last(path: &Path) -> String {
    path.segments.last().map(|segment| segment.ident.unraw().to_string()).unwrap_or_default()
}

/// `PLACED_AT`: the constant that names a field.
pub(crate) fn constant(field: &Ident) -> Ident {
    let name = field.unraw().to_string();
    let shouted = name.to_shouty_snake_case();
    // Of `_1` no name would be left.
    let named = syn::parse_str::<Ident>(&shouted).is_ok();
    Ident::new(&if named { shouted } else { name.to_uppercase() }, field.span())
}

/// `PlacedAtIsNext`: the trait that says when a step may be taken.
pub(crate) fn is_next(field: &Ident) -> Ident {
    format_ident!("{}IsNext", field.unraw().to_string().to_upper_camel_case())
}

/// The most parts of a sort key that queries have states for.
pub(crate) const MOST_STEPS: usize = 16;

/// `At1`: the state of a query that has so many parts of its sort key.
pub(crate) fn at(parts: usize) -> Ident {
    format_ident!("At{}", parts.min(MOST_STEPS))
}

/// `RangeAfter1`: the state of a query that has a range behind so many parts.
pub(crate) fn range_after(parts: usize) -> Ident {
    format_ident!("RangeAfter{}", parts.min(MOST_STEPS))
}

/// `OrderByStatusSelectsOneEntity`: the trait of the states in which a query is typed. The name is that query's
/// own, or rustc would go on about the traits of other queries.
pub(crate) fn selects_one_entity(query: &QueryIdents) -> Ident {
    format_ident!("{}SelectsOneEntity", query.steps.unraw())
}

/// `PlacedAtPlace`: what its place in the key admits of a part.
pub(crate) fn place_of(field: &Ident) -> Ident {
    format_ident!("{}Place", field.unraw().to_string().to_upper_camel_case())
}

/// `EmailLowerPart`: the field and its codec as a type.
pub(crate) fn part(field: &Ident, codec: Codec) -> Ident {
    let codec = match codec {
        Codec::Canonical => String::new(),
        Codec::Pad(width) => format!("Pad{width}"),
        Codec::Shard(count) => format!("Shard{count}"),
        other => format!("{other:?}"),
    };
    format_ident!("{}{codec}Part", field.unraw().to_string().to_upper_camel_case())
}

/// `EtaAttribute`: the field as an attribute of a natural index.
pub(crate) fn attribute(field: &Ident) -> Ident {
    format_ident!("{}Attribute", field.unraw().to_string().to_upper_camel_case())
}

/// `placed_at_from` and its likes.
pub(crate) fn step(field: &Ident, suffix: &str) -> Ident {
    format_ident!("{}_{suffix}", field.unraw(), span = field.span())
}

/// `__PARTITION`, or `__Gsi1_PARTITION`: the constant that holds where half a key is stored.
pub(crate) fn place(index: Option<&Path>, half: &str) -> Ident {
    match index {
        Some(index) => format_ident!("__{}_{half}", last(index)),
        None => format_ident!("__{half}"),
    }
}
