//! The state of a typed query while its steps are taken. Generated query structs wrap [`Steps`].

use std::marker::PhantomData;
use std::ops::Bound;

use super::request::{KeyCondition, Query};
use crate::entity::Entity;
use crate::handle::Unbound;
use crate::index::Index;
use crate::key::builder::{KeyBuilder, KeyPlace};
use crate::key::part::{KeyPart, encode_prefix};
use crate::key::range::{KeyRange, RangedPart, SortCondition, Span};
use crate::key::rule::KeyError;
use crate::table::Table;
use crate::template::Segment;

/// So many parts of the sort key are fixed by equality.
#[derive(Debug)]
pub struct At<const PARTS: usize>;

/// The last step was a range: nothing can follow.
#[derive(Debug)]
pub struct RangeGiven;

/// A query of `E` by index `I` under construction, in state `S`.
#[derive(Debug)]
pub struct Steps<E, I, S> {
    // A value that cannot be a key shows when the query is sent: steps read better without `?`.
    taken: Result<Taken, KeyError>,
    state: PhantomData<fn() -> (E, I, S)>,
}

#[derive(Debug)]
struct Taken {
    partition: String,
    sort: Option<SortSteps>,
}

#[derive(Debug)]
struct SortSteps {
    place: KeyPlace,
    text: KeyBuilder,
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
    Range(SortCondition),
}

impl<E: Entity, I: Index> Steps<E, I, At<0>> {
    /// A query of one partition. `partition` appends the partition key, `sort` is where the sort key is.
    pub fn new(
        partition: KeyPlace,
        sort: Option<KeyPlace>,
        write: impl FnOnce(&mut KeyBuilder) -> Result<(), KeyError>,
    ) -> Self {
        let delimiter = <E::Table as Table>::DELIMITER;
        let mut key = KeyBuilder::new(partition, delimiter);
        let taken = write(&mut key).and_then(|()| key.finish()).map(|partition| Taken {
            partition,
            sort: sort.map(|place| SortSteps::new(place, delimiter)),
        });
        Steps { taken, state: PhantomData }
    }
}

impl<E: Entity, I: Index, S> Steps<E, I, S> {
    /// Equality on the next part.
    pub fn equal<P: KeyPart, S2>(self, value: P) -> Steps<E, I, S2> {
        self.step(|sort| sort.equal(&value))
    }

    /// A range on the next part.
    pub fn range<P: KeyPart, L>(self, range: impl KeyRange<P, L>) -> Steps<E, I, RangeGiven> {
        self.step(|sort| sort.range(range.into_span()))
    }

    /// A range that begins with `value` on the next part.
    pub fn from<P: KeyPart>(self, value: P) -> Steps<E, I, RangeGiven> {
        self.step(|sort| sort.range(Span::Between(Bound::Included(value), Bound::Unbounded)))
    }

    /// A range that ends with `value`, included, on the next part.
    pub fn until<P: KeyPart>(self, value: P) -> Steps<E, I, RangeGiven> {
        self.step(|sort| sort.range(Span::Between(Bound::Unbounded, Bound::Included(value))))
    }

    fn step<S2>(self, step: impl FnOnce(&mut SortSteps) -> Result<(), KeyError>) -> Steps<E, I, S2> {
        let taken = self.taken.and_then(|mut taken| {
            taken.sort.as_mut().map_or(Ok(()), step)?;
            Ok(taken)
        });
        Steps { taken, state: PhantomData }
    }

    /// The query as a value.
    pub fn into_query(self) -> Query<E, I, Unbound> {
        Query::new(self.taken.and_then(Taken::condition))
    }
}

impl Taken {
    fn condition(self) -> Result<KeyCondition, KeyError> {
        let narrowed = self.sort.as_ref().is_some_and(|sort| sort.narrowed);
        let sort = self.sort.map_or(Ok(None), SortSteps::condition)?;
        Ok(KeyCondition { partition: self.partition, sort, narrowed })
    }
}

impl SortSteps {
    fn new(place: KeyPlace, delimiter: char) -> Self {
        let text = KeyBuilder::new(place, delimiter);
        let mut steps = Self { place, text, covered: 0, narrowed: false, end: End::Equality };
        steps.cover_literals();
        steps
    }

    fn cover_literals(&mut self) {
        while let Some(Segment::Literal(text)) = self.place.template.segments.get(self.covered) {
            self.text.literal(text);
            self.covered += 1;
        }
    }

    /// The field of the next part. The step traits admit no step without one.
    fn next_field(&self) -> &'static str {
        match self.place.template.segments.get(self.covered) {
            Some(Segment::Part(field)) => field,
            _ => unreachable!("a query step stands for a part of the sort key"),
        }
    }

    fn equal<P: KeyPart>(&mut self, value: &P) -> Result<(), KeyError> {
        self.narrowed = true;
        self.text.part(self.next_field(), value)?;
        self.covered += 1;
        self.cover_literals();
        Ok(())
    }

    fn range<P: KeyPart>(&mut self, span: Span<P>) -> Result<(), KeyError> {
        self.narrowed = true;
        let field = self.next_field();
        self.end = match span {
            Span::Prefix(text) => {
                self.text.write(field, |key| encode_prefix(&text, key))?;
                End::Prefix
            }
            Span::Between(lower, upper) => {
                let (lower, upper) = (self.encoded(field, lower)?, self.encoded(field, upper)?);
                let closing = self.place.template.segments.get(self.covered + 1).map(|next| match next {
                    Segment::Literal(text) => *text,
                    Segment::Part(_) => "",
                });
                let part = RangedPart { prefix: self.text.as_str(), closing };
                part.condition(lower, upper).map_or(End::Prefix, End::Range)
            }
        };
        Ok(())
    }

    fn encoded<P: KeyPart>(&self, field: &'static str, bound: Bound<P>) -> Result<Bound<String>, KeyError> {
        let encode = |value: P| {
            let mut key = KeyBuilder::new(self.place, self.text.delimiter());
            key.part(field, &value)?;
            Ok(key.into_text())
        };
        Ok(match bound {
            Bound::Included(value) => Bound::Included(encode(value)?),
            Bound::Excluded(value) => Bound::Excluded(encode(value)?),
            Bound::Unbounded => Bound::Unbounded,
        })
    }

    fn condition(self) -> Result<Option<SortCondition>, KeyError> {
        let complete = self.covered == self.place.template.segments.len();
        let condition = match self.end {
            End::Range(condition) => condition,
            End::Equality if complete => SortCondition::Equal(self.text.into_text()),
            End::Equality | End::Prefix if self.text.as_str().is_empty() => return Ok(None),
            End::Equality | End::Prefix => SortCondition::BeginsWith(self.text.into_text()),
        };
        condition.checked(&self.place).map(Some)
    }
}
