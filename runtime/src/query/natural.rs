//! Typed queries of natural indexes: a value for each attribute, and at most one range behind them.
//!
//! The attributes are the item's own, so values are compared as serde stores them.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Bound;

use aws_sdk_dynamodb::types::AttributeValue;

use super::condition::KeyCondition;
use super::request::Query;
use super::states::At;
use super::steps::try_map;
use crate::entity::Entity;
use crate::expr::store::StoreError;
use crate::handle::Unbound;
use crate::key::attribute::{self, check_length};
use crate::key::bounds::SortCondition;
use crate::key::builder::{PARTITION_KEY_LIMIT, SORT_KEY_LIMIT};
use crate::key::range::{KeyRange, Span};
use crate::key::stored::Form;
use crate::key::template_part::{RANGES, UNORDERED};
use crate::key::{KeyError, KeyValue, PartRule};
use crate::model::KeyAttribute;

/// A field that is part of the key of a natural index, as a type.
pub trait NaturalPart {
    /// The field's type, without its `Option`.
    type Value;
    /// What serde makes of it.
    const FORM: Form;

    /// The attribute that serde makes of a value.
    fn store(value: Self::Value) -> Result<AttributeValue, StoreError>;
}

/// Whether a range on the part means what it says.
pub const fn natural_range_of<P: NaturalPart>() -> u8 {
    match P::FORM {
        Form::Known { sorts_by_value: true, .. } => RANGES,
        _ => UNORDERED,
    }
}

/// Whether the part has prefixes.
pub const fn natural_has_prefixes<P: NaturalPart>() -> bool {
    matches!(P::FORM, Form::Known { has_prefixes: true, .. })
}

/// A query of a natural index under construction, in state `S`. Which entity it is of, the struct around it
/// knows.
pub struct NaturalSteps<S> {
    taken: Result<Taken, KeyError>,
    state: PhantomData<fn() -> S>,
}

#[derive(Debug)]
struct Taken {
    /// The index that is queried, and the attributes of its key.
    index: &'static str,
    partition_key: &'static [KeyAttribute],
    sort_key: &'static [KeyAttribute],
    partition: Vec<KeyValue>,
    fixed: Vec<KeyValue>,
    sort: Option<SortCondition>,
}

impl NaturalSteps<At<0>> {
    /// A query of no partition yet.
    pub fn new(
        index: Option<&'static str>,
        partition_key: &'static [KeyAttribute],
        sort_key: &'static [KeyAttribute],
    ) -> Self {
        let index = index.unwrap_or_default();
        let (partition, fixed, sort) = (Vec::new(), Vec::new(), None);
        let taken = Taken { index, partition_key, sort_key, partition, fixed, sort };
        Self { taken: Ok(taken), state: PhantomData }
    }

    /// The value of the next attribute of the partition key.
    pub fn partition<P: NaturalPart>(self, value: P::Value) -> Self {
        self.step(|taken| {
            let attribute = &taken.partition_key[taken.partition.len()];
            let value = stored::<P>(taken.index, attribute, value)?;
            taken.partition.push(value);
            check_length(taken.index, taken.partition_key, PARTITION_KEY_LIMIT, &taken.partition)
        })
    }
}

impl<S> NaturalSteps<S> {
    /// Equality on the next attribute of the sort key.
    pub fn equal<P: NaturalPart, S2>(self, value: P::Value) -> NaturalSteps<S2> {
        self.step(|taken| {
            let value = stored::<P>(taken.index, taken.next_sort(), value)?;
            taken.fixed.push(value);
            check_length(taken.index, taken.sort_key, SORT_KEY_LIMIT, &taken.fixed)
        })
    }

    /// A range on the next attribute of the sort key.
    pub fn range<P: NaturalPart, L, S2>(self, range: impl KeyRange<P::Value, L>) -> NaturalSteps<S2> {
        self.span::<P, S2>(range.into_span())
    }

    /// A range that begins with `value` on the next attribute of the sort key.
    pub fn from<P: NaturalPart, S2>(self, value: P::Value) -> NaturalSteps<S2> {
        self.span::<P, S2>(Span::Between(Bound::Included(value), Bound::Unbounded))
    }

    /// A range that ends with `value`, included, on the next attribute of the sort key.
    pub fn until<P: NaturalPart, S2>(self, value: P::Value) -> NaturalSteps<S2> {
        self.span::<P, S2>(Span::Between(Bound::Unbounded, Bound::Included(value)))
    }

    fn span<P: NaturalPart, S2>(self, span: Span<P::Value>) -> NaturalSteps<S2> {
        self.step(|taken| {
            let (index, attribute) = (taken.index, taken.next_sort());
            taken.sort = match span {
                // An empty prefix is that of every text, and DynamoDB refuses it.
                Span::Prefix(text) if text.is_empty() => None,
                Span::Prefix(text) => Some(SortCondition::BeginsWith(text.into())),
                Span::Between(lower, upper) => {
                    let value = |value| stored::<P>(index, attribute, value);
                    SortCondition::of_values(try_map(lower, value)?, try_map(upper, value)?)
                }
            };
            for bound in taken.sort.iter().flat_map(SortCondition::values) {
                let mut values = taken.fixed.clone();
                values.push(bound.clone());
                check_length(index, taken.sort_key, SORT_KEY_LIMIT, &values)?;
            }
            Ok(())
        })
    }

    fn step<S2>(self, step: impl FnOnce(&mut Taken) -> Result<(), KeyError>) -> NaturalSteps<S2> {
        let taken = self.taken.and_then(|mut taken| {
            step(&mut taken)?;
            Ok(taken)
        });
        NaturalSteps { taken, state: PhantomData }
    }

    /// The query as a value.
    pub fn into_query<E: Entity, I>(self) -> Query<E, I, Unbound> {
        Query::new(self.taken.map(|Taken { partition, fixed, sort, .. }| {
            let narrowed = !fixed.is_empty() || sort.is_some();
            KeyCondition { partitions: vec![partition], fixed, sort, narrowed, templates: Vec::new() }
        }))
    }
}

impl<S> fmt::Debug for NaturalSteps<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.taken.fmt(f)
    }
}

impl Taken {
    /// The attribute behind those that have values. Generated code takes a step for each, and no more.
    fn next_sort(&self) -> &'static KeyAttribute {
        &self.sort_key[self.fixed.len()]
    }
}

fn stored<P: NaturalPart>(
    index: &'static str,
    attribute: &KeyAttribute,
    value: P::Value,
) -> Result<KeyValue, KeyError> {
    let value = P::store(value)
        .map_err(|_| PartRule::Refused { reason: "has a value that serde cannot store" })
        .and_then(|value| {
            let value = KeyValue::of(value);
            value.ok_or(PartRule::NotOfThisForm { expected: "stored as text, as a number or as binary" })
        })
        .and_then(|value| attribute::check(attribute, value));
    value.map_err(|rule| attribute::error(index, attribute, rule))
}
