//! What the range steps of a query take: Rust's ranges, and prefixes of text.
//!
//! Whether a range on a part means what it says is decided while the user's crate compiles, from the
//! part's codec and its place in the template. [`RangePlace`] carries the answer into the step's type.

use std::ops::{Bound, Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};

use super::template_part::{LOSSY, RANGES, RUNS_ON, UNORDERED};
use crate::value::IntoValue;

/// What `placed_at_in(..)` and its likes take: Rust's ranges, or [`prefix`].
///
/// | range | items |
/// |---|---|
/// | `a..=b` | from `a` to `b`, both included, with whatever parts follow |
/// | `a..b` | from `a` to before `b` |
/// | `a..`, `..b`, `..=b` | open at one end; stays inside the entity's prefix |
/// | `(Bound::Excluded(a), ..)` as a pair of [`Bound`]s | after `a` |
/// | `prefix("Am")` | text that begins with `Am` |
///
/// A range whose ends are reversed is empty, and nothing is sent.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a range of `{T}`",
    label = "expected a range such as `a..=b`, or `prefix(\"..\")` for text"
)]
pub trait KeyRange<T, P> {
    #[doc(hidden)]
    fn into_span(self) -> Span<T>;
}

/// What a [`KeyRange`] selects.
#[doc(hidden)]
#[derive(Debug)]
pub enum Span<T> {
    Between(Bound<T>, Bound<T>),
    Prefix(String),
}

/// The place of a part in a template: whether it has ranges there, or why not, and whether
/// it has prefixes.
#[doc(hidden)]
#[derive(Debug)]
pub struct RangePlace<const RANGE: u8, const PREFIX: bool>;

/// Parts on which a range means what it says at the place `P`.
#[doc(hidden)]
pub trait RangeAt<P> {}
#[diagnostic::do_not_recommend]
impl<T, const PREFIX: bool> RangeAt<RangePlace<RANGES, PREFIX>> for T {}
impl<T, const PREFIX: bool> RangeAt<RangePlace<UNORDERED, PREFIX>> for T where
    RangePlace<UNORDERED, PREFIX>: HasOrder<T>
{
}
impl<T, const PREFIX: bool> RangeAt<RangePlace<RUNS_ON, PREFIX>> for T where
    RangePlace<RUNS_ON, PREFIX>: StaysOrdered<T>
{
}
impl<T, const PREFIX: bool> RangeAt<RangePlace<LOSSY, PREFIX>> for T where
    RangePlace<LOSSY, PREFIX>: IsWhole<T>
{
}

// These traits have no implementations: each is asked for where its message is the answer. They are asked
// of the place, because rustc shows the message of the bound on the step if what is asked for is about the
// same type.

/// For parts whose texts do not sort as their values do.
#[diagnostic::on_unimplemented(
    message = "`{T}` does not sort by value in this key, so it has no range here",
    label = "no range on `{T}`",
    note = "enums sort by the spelling of their variants, and `plain` numbers by their digits: use equality"
)]
pub trait HasOrder<T> {}

/// For parts that other parts follow and whose text can contain bytes below the delimiter.
#[diagnostic::on_unimplemented(
    message = "`{T}` is text that other parts follow, so bytes below the delimiter would break the order of a range",
    label = "no range here: equality and `prefix(..)` only",
    note = "put the part last in the sort key, or write it as `{{field:escape}}`, to get ranges on it"
)]
pub trait StaysOrdered<T> {}

/// For parts whose text holds less than the value.
#[diagnostic::on_unimplemented(
    message = "the key holds only part of this `{T}`, so a range on it would not be exact",
    label = "no range on a part that `lower`, `upper`, `date` or `shard` writes",
    note = "several values can have one text there: which of them lie in the range could not be told",
    note = "put the field in full into the sort key to get ranges on it"
)]
pub trait IsWhole<T> {}

/// For parts that are not text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no prefix in this key",
    label = "`prefix(..)` is for text that is last in its key or closed by a delimiter",
    note = "use equality, or a range such as `a..=b`"
)]
pub trait HasPrefixes {}

/// What `placed_at_from(..)` and `placed_at_until(..)` take: a value of the part.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "expected a value of `{T}`, found `{Self}`",
    label = "`{T}` is wanted here"
)]
pub trait IntoBound<T, P> {
    fn into_bound(self) -> T;
}
impl<T: RangeAt<P>, P, V: IntoValue<T>> IntoBound<T, P> for V {
    fn into_bound(self) -> T {
        self.into_value()
    }
}

macro_rules! ranges {
    ($($range:ty, $self:ident => $lower:expr, $upper:expr;)*) => {$(
        impl<T: RangeAt<P>, P, V: IntoValue<T>> KeyRange<T, P> for $range {
            fn into_span($self) -> Span<T> {
                Span::Between($lower, $upper)
            }
        }
    )*};
}
ranges! {
    Range<V>, self => Bound::Included(self.start.into_value()), Bound::Excluded(self.end.into_value());
    RangeFrom<V>, self => Bound::Included(self.start.into_value()), Bound::Unbounded;
    RangeTo<V>, self => Bound::Unbounded, Bound::Excluded(self.end.into_value());
    RangeToInclusive<V>, self => Bound::Unbounded, Bound::Included(self.end.into_value());
    (Bound<V>, Bound<V>), self => self.0.map(IntoValue::into_value), self.1.map(IntoValue::into_value);
}

impl<T: RangeAt<P>, P, V: IntoValue<T>> KeyRange<T, P> for RangeInclusive<V> {
    fn into_span(self) -> Span<T> {
        let (start, end) = self.into_inner();
        Span::Between(Bound::Included(start.into_value()), Bound::Included(end.into_value()))
    }
}

impl<T, P> KeyRange<T, P> for RangeFull {
    fn into_span(self) -> Span<T> {
        Span::Between(Bound::Unbounded, Bound::Unbounded)
    }
}

/// Text that begins with a prefix; see [`prefix`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prefix(String);

/// The texts that begin with `text`, for the `_in` step of a text part: `.city_in(prefix("Am"))`.
///
/// Unlike a prefix of the whole key, it never reaches into the next part, and an empty one selects all.
pub fn prefix(text: impl Into<String>) -> Prefix {
    Prefix(text.into())
}

impl<T, const RANGE: u8> KeyRange<T, RangePlace<RANGE, true>> for Prefix {
    fn into_span(self) -> Span<T> {
        Span::Prefix(self.0)
    }
}

impl<T: HasPrefixes, const RANGE: u8> KeyRange<T, RangePlace<RANGE, false>> for Prefix {
    fn into_span(self) -> Span<T> {
        Span::Prefix(self.0)
    }
}
