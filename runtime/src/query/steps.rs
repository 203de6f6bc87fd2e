//! The state of a typed query while its steps are taken. Generated query structs wrap [`Steps`].

use std::fmt;
use std::marker::PhantomData;
use std::ops::Bound;

use super::condition::{HalfTemplate, KeyCondition};
use super::request::Query;
use super::shards::Shards;
use super::states::At;
use crate::entity::Entity;
use crate::handle::Unbound;
use crate::key::bounds::{RangedPart, SortCondition};
use crate::key::builder::{KeyBuilder, KeyPlace, key_value};
use crate::key::parts::{Parts, Place};
use crate::key::range::{KeyRange, Span};
use crate::key::shard::ShardCodec;
use crate::key::template_part::TemplatePart;
use crate::key::{Codec, KeyError, KeyPart, KeyText, KeyValue, PartRule};
use crate::proof::Segment;

/// A query under construction, in state `S`. Which entity and index it is of, the struct around it knows.
pub struct Steps<S> {
    // A value that cannot be a key shows when the query is sent: steps read better without `?`.
    taken: Result<Taken, KeyError>,
    state: PhantomData<fn() -> S>,
}

#[derive(Debug)]
struct Taken {
    /// The one that is asked for, or all shards of it.
    partitions: Vec<KeyValue>,
    template: HalfTemplate,
    sort: Option<SortSteps>,
}

#[derive(Debug)]
struct SortSteps {
    place: &'static KeyPlace,
    text: KeyText,
    /// Segments of the template that `text` covers.
    covered: usize,
    /// Whether any step was taken, that is, whether the caller narrowed the sort key.
    narrowed: bool,
    end: End,
}

/// How the condition on the sort key ends.
#[derive(Debug)]
enum End {
    /// With equalities: the whole key, or all keys that begin so.
    Equality,
    /// All keys that begin with the text, however complete it is.
    Prefix,
    Condition(SortCondition),
}

impl Steps<At<0>> {
    /// A query of the partition of these values; `sort` is where the sort key is.
    pub fn new<L: Parts>(
        partition: &'static Place<L>,
        sort: Option<&'static KeyPlace>,
        values: L::Refs<'_>,
    ) -> Self {
        let partitions = partition.key(values).map(|key| vec![key]);
        Self::of_partitions(partition.untyped(), sort, partitions)
    }

    /// A query of one shard of a partition, or of all.
    pub fn sharded<P>(
        partition: &'static KeyPlace,
        sort: Option<&'static KeyPlace>,
        shards: Shards<P::Value>,
        write: impl Fn(&mut KeyBuilder<'_>, &Shards<P::Value>) -> Result<(), KeyError>,
    ) -> Self
    where
        P: TemplatePart<Codec: ShardCodec>,
    {
        let partitions = match shards {
            Shards::All => {
                let numbers = 0..P::Codec::SHARDS;
                numbers
                    .map(|number| key_value(partition, |key| write(key, &Shards::Number(number))))
                    .collect()
            }
            one => key_value(partition, |key| write(key, &one)).map(|key| vec![key]),
        };
        Self::of_partitions(partition, sort, partitions)
    }

    fn of_partitions(
        place: &'static KeyPlace,
        sort: Option<&'static KeyPlace>,
        partitions: Result<Vec<KeyValue>, KeyError>,
    ) -> Self {
        let (template, sort) = (HalfTemplate(&place.template), sort.map(SortSteps::new));
        let taken = partitions.map(|partitions| Taken { partitions, template, sort });
        Steps { taken, state: PhantomData }
    }
}

impl<S> Steps<S> {
    /// Equality on the next part.
    pub fn equal<P: TemplatePart, S2>(self, value: P::Value) -> Steps<S2> {
        self.step(|sort| sort.equal::<P>(&value))
    }

    /// A range on the next part.
    pub fn range<P: TemplatePart, L, S2>(self, range: impl KeyRange<P::Value, L>) -> Steps<S2> {
        self.step(|sort| sort.range::<P>(range.into_span()))
    }

    /// A range that begins with `value` on the next part.
    pub fn from<P: TemplatePart, S2>(self, value: P::Value) -> Steps<S2> {
        self.step(|sort| sort.range::<P>(Span::Between(Bound::Included(value), Bound::Unbounded)))
    }

    /// A range that ends with `value`, included, on the next part.
    pub fn until<P: TemplatePart, S2>(self, value: P::Value) -> Steps<S2> {
        self.step(|sort| sort.range::<P>(Span::Between(Bound::Unbounded, Bound::Included(value))))
    }

    fn step<S2>(mut self, step: impl FnOnce(&mut SortSteps) -> Result<(), KeyError>) -> Steps<S2> {
        if let Ok(Taken { sort: Some(sort), .. }) = &mut self.taken
            && let Err(error) = step(sort)
        {
            self.taken = Err(error);
        }
        Steps { taken: self.taken, state: PhantomData }
    }

    /// The query as a value.
    pub fn into_query<E: Entity, I>(self) -> Query<E, I, Unbound> {
        Query::new(self.taken.and_then(Taken::condition))
    }
}

impl<S> fmt::Debug for Steps<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.taken.fmt(f)
    }
}

impl Taken {
    fn condition(self) -> Result<KeyCondition, KeyError> {
        let narrowed = self.sort.as_ref().is_some_and(|sort| sort.narrowed);
        let sort_template = self.sort.as_ref().map(|sort| HalfTemplate(&sort.place.template));
        let templates = std::iter::once(self.template).chain(sort_template).collect();
        let sort = self.sort.map_or(Ok(None), SortSteps::condition)?;
        let partitions = self.partitions.into_iter().map(|key| vec![key]).collect();
        Ok(KeyCondition { partitions, fixed: Vec::new(), sort, narrowed, templates })
    }
}

impl SortSteps {
    fn new(place: &'static KeyPlace) -> Self {
        let text = place.empty_text();
        let mut steps = Self { place, text, covered: 0, narrowed: false, end: End::Equality };
        steps.cover_literals();
        steps
    }

    fn cover_literals(&mut self) {
        while let Some(Segment::Literal(text)) = self.place.template.segments().get(self.covered) {
            self.text.literal(text);
            self.covered += 1;
        }
    }

    fn equal<P: TemplatePart>(&mut self, value: &P::Value) -> Result<(), KeyError> {
        self.narrowed = true;
        if self.place.template.is_native() {
            self.end = End::Condition(SortCondition::Equal(self.native::<P>(value)?));
            return Ok(());
        }
        P::Codec::encode(value, &mut self.text).map_err(|rule| self.error(rule))?;
        self.covered += 1;
        self.cover_literals();
        Ok(())
    }

    fn range<P: TemplatePart>(&mut self, span: Span<P::Value>) -> Result<(), KeyError> {
        self.narrowed = true;
        self.end = match span {
            Span::Prefix(text) => {
                P::Codec::encode_prefix(&text, &mut self.text).map_err(|rule| self.error(rule))?;
                End::Prefix
            }
            Span::Between(lower, upper) if self.place.template.is_native() => {
                let native = |value: P::Value| self.native::<P>(&value);
                let (lower, upper) = (try_map(lower, native)?, try_map(upper, native)?);
                SortCondition::of_values(lower, upper).map_or(End::Equality, End::Condition)
            }
            Span::Between(lower, upper) => {
                let (lower, upper) = (self.encoded::<P>(lower)?, self.encoded::<P>(upper)?);
                let closing = self.place.template.segments().get(self.covered + 1).map(|next| match next {
                    Segment::Literal(text) => *text,
                    Segment::Part { .. } => "",
                });
                let part = RangedPart { prefix: self.text.as_str(), closing };
                part.condition(lower, upper).map_or(End::Prefix, End::Condition)
            }
        };
        Ok(())
    }

    /// The end of a range as the text of a key up to its part.
    fn encoded<P: TemplatePart>(&self, bound: Bound<P::Value>) -> Result<Bound<String>, KeyError> {
        let encode = |value: P::Value| {
            let mut key = self.place.empty_text();
            key.literal(self.text.as_str());
            P::Codec::encode(&value, &mut key).map_err(|rule| self.error(rule))?;
            self.place.check_length_of(key.as_str().len())?;
            Ok(key.finish())
        };
        try_map(bound, encode)
    }

    /// The value of a key that is one number, or binary.
    fn native<P: TemplatePart>(&self, value: &P::Value) -> Result<KeyValue, KeyError> {
        value.native().map_err(|rule| self.error(rule))
    }

    fn error(&self, rule: PartRule) -> KeyError {
        self.place.segment_error(self.covered, rule)
    }

    fn condition(self) -> Result<Option<SortCondition>, KeyError> {
        let complete = self.covered == self.place.template.segments().len();
        let condition = match self.end {
            End::Condition(condition) => condition,
            End::Equality if complete => SortCondition::Equal(self.text.finish().into()),
            End::Equality | End::Prefix if self.text.as_str().is_empty() => return Ok(None),
            End::Equality | End::Prefix => SortCondition::BeginsWith(self.text.finish().into()),
        };
        condition.checked(self.place).map(Some)
    }
}

pub(super) fn try_map<T, U, E>(bound: Bound<T>, map: impl FnOnce(T) -> Result<U, E>) -> Result<Bound<U>, E> {
    Ok(match bound {
        Bound::Included(value) => Bound::Included(map(value)?),
        Bound::Excluded(value) => Bound::Excluded(map(value)?),
        Bound::Unbounded => Bound::Unbounded,
    })
}
