//! Typed queries of natural indexes: a value for each attribute, and at most one range behind them.
//!
//! The attributes are the item's own, so values are compared as serde stores them.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Bound;

use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;

use super::request::{KeyCondition, Query};
use super::steps::At;
use crate::entity::Entity;
use crate::handle::Unbound;
use crate::index::Index;
use crate::key::attribute;
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
    fn store(value: Self::Value) -> Result<AttributeValue, serde_dynamo::Error>;
}

/// The attribute that serde makes of a value.
pub fn store<T: Serialize>(value: T) -> Result<AttributeValue, serde_dynamo::Error> {
    serde_dynamo::to_attribute_value(value)
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

/// A query of `E` by the natural index `I` under construction, in state `S`.
pub struct NaturalSteps<E, I, S> {
    taken: Result<Taken, KeyError>,
    marks: PhantomData<Marks<E, I, S>>,
}

type Marks<E, I, S> = fn() -> (E, I, S);

#[derive(Debug, Default)]
struct Taken {
    partition: Vec<KeyValue>,
    fixed: Vec<KeyValue>,
    sort: Option<SortCondition>,
}

impl<E: Entity, I: Index> NaturalSteps<E, I, At<0>> {
    /// A query of no partition yet.
    #[expect(clippy::new_without_default, reason = "only generated code calls it")]
    pub fn new() -> Self {
        Self { taken: Ok(Taken::default()), marks: PhantomData }
    }

    /// The value of the next attribute of the partition key.
    pub fn partition<P: NaturalPart>(self, value: P::Value) -> Self {
        self.step(|taken| {
            let attribute = next(I::PARTITION_KEY, &taken.partition);
            taken.partition.push(stored::<I, P>(attribute, value)?);
            check_length::<I>(I::PARTITION_KEY, PARTITION_KEY_LIMIT, &taken.partition)
        })
    }
}

impl<E: Entity, I: Index, S> NaturalSteps<E, I, S> {
    /// Equality on the next attribute of the sort key.
    pub fn equal<P: NaturalPart, S2>(self, value: P::Value) -> NaturalSteps<E, I, S2> {
        self.step(|taken| {
            let attribute = next(I::SORT_KEY, &taken.fixed);
            taken.fixed.push(stored::<I, P>(attribute, value)?);
            check_length::<I>(I::SORT_KEY, SORT_KEY_LIMIT, &taken.fixed)
        })
    }

    /// A range on the next attribute of the sort key.
    pub fn range<P: NaturalPart, L, S2>(self, range: impl KeyRange<P::Value, L>) -> NaturalSteps<E, I, S2> {
        self.span::<P, S2>(range.into_span())
    }

    /// A range that begins with `value` on the next attribute of the sort key.
    pub fn from<P: NaturalPart, S2>(self, value: P::Value) -> NaturalSteps<E, I, S2> {
        self.span::<P, S2>(Span::Between(Bound::Included(value), Bound::Unbounded))
    }

    /// A range that ends with `value`, included, on the next attribute of the sort key.
    pub fn until<P: NaturalPart, S2>(self, value: P::Value) -> NaturalSteps<E, I, S2> {
        self.span::<P, S2>(Span::Between(Bound::Unbounded, Bound::Included(value)))
    }

    fn span<P: NaturalPart, S2>(self, span: Span<P::Value>) -> NaturalSteps<E, I, S2> {
        self.step(|taken| {
            let attribute = next(I::SORT_KEY, &taken.fixed);
            taken.sort = match span {
                // An empty prefix is that of every text, and DynamoDB refuses it.
                Span::Prefix(text) if text.is_empty() => None,
                Span::Prefix(text) => Some(SortCondition::BeginsWith(text.into())),
                Span::Between(lower, upper) => {
                    let value = |bound: Bound<P::Value>| bound_of::<I, P>(attribute, bound);
                    SortCondition::of_values(value(lower)?, value(upper)?)
                }
            };
            let bounds = match &taken.sort {
                Some(SortCondition::Between(low, high)) => vec![low, high],
                Some(
                    SortCondition::Equal(value)
                    | SortCondition::BeginsWith(value)
                    | SortCondition::AtLeast(value)
                    | SortCondition::AtMost(value),
                ) => vec![value],
                None => Vec::new(),
            };
            for bound in bounds {
                let mut values = taken.fixed.clone();
                values.push(bound.clone());
                check_length::<I>(I::SORT_KEY, SORT_KEY_LIMIT, &values)?;
            }
            Ok(())
        })
    }

    fn step<S2>(self, step: impl FnOnce(&mut Taken) -> Result<(), KeyError>) -> NaturalSteps<E, I, S2> {
        let taken = self.taken.and_then(|mut taken| {
            step(&mut taken)?;
            Ok(taken)
        });
        NaturalSteps { taken, marks: PhantomData }
    }

    /// The query as a value.
    pub fn into_query(self) -> Query<E, I, Unbound> {
        Query::new(self.taken.map(|Taken { partition, fixed, sort }| {
            let narrowed = !fixed.is_empty() || sort.is_some();
            KeyCondition { partition, fixed, sort, narrowed }
        }))
    }
}

impl<E, I, S> fmt::Debug for NaturalSteps<E, I, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.taken.fmt(f)
    }
}

/// The attribute behind those that have values. Generated code takes a step for each, and no more.
fn next(attributes: &'static [KeyAttribute], values: &[KeyValue]) -> &'static KeyAttribute {
    &attributes[values.len()]
}

fn stored<I: Index, P: NaturalPart>(attribute: &KeyAttribute, value: P::Value) -> Result<KeyValue, KeyError> {
    let value = P::store(value)
        .map_err(|_| PartRule::Refused { reason: "has a value that serde cannot store" })
        .and_then(|value| {
            let value = KeyValue::of(value);
            value.ok_or(PartRule::NotOfThisForm { expected: "stored as text, as a number or as binary" })
        })
        .and_then(|value| attribute::check(attribute, value));
    value.map_err(|rule| attribute::error(name::<I>(), attribute, rule))
}

fn bound_of<I: Index, P: NaturalPart>(
    attribute: &KeyAttribute,
    bound: Bound<P::Value>,
) -> Result<Bound<KeyValue>, KeyError> {
    Ok(match bound {
        Bound::Included(value) => Bound::Included(stored::<I, P>(attribute, value)?),
        Bound::Excluded(value) => Bound::Excluded(stored::<I, P>(attribute, value)?),
        Bound::Unbounded => Bound::Unbounded,
    })
}

fn check_length<I: Index>(
    attributes: &[KeyAttribute],
    limit: usize,
    values: &[KeyValue],
) -> Result<(), KeyError> {
    attribute::check_length(name::<I>(), attributes, limit, values)
}

fn name<I: Index>() -> &'static str {
    I::NAME.unwrap_or_default()
}
