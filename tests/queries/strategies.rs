//! What is drawn: texts and numbers that miss each other by one step, and the steps of queries.

use std::fmt::Debug;
use std::ops::{Bound, RangeBounds as _};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed, TestRunner};

/// Below the delimiter and above, at the edges of each length in UTF-8, and at the highest that is allowed.
const CHARACTERS: [char; 18] = [
    '\0',
    ' ',
    '!',
    '"',
    '$',
    '0',
    'A',
    'a',
    'b',
    '~',
    '\u{7F}',
    'é',
    '\u{7FF}',
    '\u{800}',
    '\u{D7FF}',
    '\u{E000}',
    '\u{10000}',
    '\u{FFFFF}',
];

/// Drawn often, so that bounds are met exactly and missed by one step.
const WORDS: [&str; 16] = [
    "a",
    "a\0",
    "a ",
    "a!",
    "a$",
    "aa",
    "ab",
    "a\u{FFFFF}",
    "b",
    "b\0",
    "ba",
    "é",
    "\u{D7FF}",
    "\u{D7FF}b",
    "\u{E000}",
    "\u{FFFFF}",
];

/// With the delimiter in them: where it is escaped, and where nothing is put together.
const DELIMITED: [&str; 6] = ["#", "a#", "a#a", "a#b", "##", "a\"#"];

pub fn text() -> impl Strategy<Value = String> {
    let character = prop_oneof![select(&['a', 'b', ' '][..]), select(&CHARACTERS[..])];
    prop_oneof![
        5 => select(&WORDS[..]).prop_map(str::to_owned),
        1 => vec(character, 1..4).prop_map(String::from_iter)
    ]
}

pub fn delimited() -> impl Strategy<Value = String> {
    prop_oneof![2 => text(), 1 => select(&DELIMITED[..]).prop_map(str::to_owned)]
}

/// Few values, so that bounds are met exactly, and those at both ends.
pub fn byte() -> impl Strategy<Value = u8> {
    prop_oneof![8 => 8u8..13, 1 => Just(0), 1 => Just(u8::MAX)]
}

pub fn hour() -> impl Strategy<Value = u16> {
    prop_oneof![8 => 98u16..103, 1 => Just(0), 1 => Just(u16::MAX)]
}

/// As text, these do not sort as they do as numbers.
pub fn signed() -> impl Strategy<Value = i32> {
    prop_oneof![8 => select(&[-100, -11, -10, -9, -1, 0, 1, 9, 10, 11, 100][..]), 1 => Just(i32::MIN), 1 => Just(i32::MAX)]
}

pub fn bytes() -> impl Strategy<Value = Vec<u8>> {
    select(vec![vec![0], vec![0, 0], vec![1], vec![1, 255], vec![127], vec![128], vec![255, 0]])
}

/// A value of a part that can be ranged over.
pub trait Value: Ord + Clone + Debug {
    fn begins_with(&self, prefix: &str) -> bool {
        unreachable!("{self:?} is no text, and {prefix:?} no prefix of it")
    }
}

impl Value for u8 {}
impl Value for u16 {}
impl Value for i32 {}
impl Value for String {
    fn begins_with(&self, prefix: &str) -> bool {
        self.starts_with(prefix)
    }
}

/// What a step can be given.
#[derive(Debug, Clone)]
pub enum Step<T> {
    /// The query ends before it.
    Untaken,
    Equal(T),
    From(T),
    Until(T),
    In(Ends<T>),
    Prefix(String),
}

/// Rust's ranges.
#[derive(Debug, Clone)]
pub enum Ends<T> {
    Range(T, T),
    Inclusive(T, T),
    From(T),
    To(T),
    ToInclusive(T),
    Full,
    Bounds(Bound<T>, Bound<T>),
}

fn bound<T: Value>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Bound<T>> {
    (value, 0..3).prop_map(|(value, kind)| match kind {
        0 => Bound::Included(value),
        1 => Bound::Excluded(value),
        _ => Bound::Unbounded,
    })
}

fn ends<T: Value, S: Strategy<Value = T>>(value: fn() -> S) -> impl Strategy<Value = Ends<T>> {
    (value(), value(), bound(value()), bound(value()), 0..12).prop_map(|(a, b, low, high, kind)| match kind {
        0 => Ends::Range(a, b),
        1 => Ends::Inclusive(a, b),
        2 => Ends::From(a),
        3 => Ends::To(a),
        4 => Ends::ToInclusive(a),
        5 => Ends::Full,
        _ => Ends::Bounds(low, high),
    })
}

/// A step on a part that has ranges.
pub fn step<T: Value, S: Strategy<Value = T>>(value: fn() -> S) -> impl Strategy<Value = Step<T>> {
    (value(), ends(value), 0..9).prop_map(|(value, ends, kind)| match kind {
        0 => Step::Equal(value),
        1 => Step::From(value),
        2 => Step::Until(value),
        3 => Step::Untaken,
        _ => Step::In(ends),
    })
}

/// A step on text that has ranges.
pub fn text_step<S: Strategy<Value = String> + 'static>(value: fn() -> S) -> BoxedStrategy<Step<String>> {
    prop_oneof![4 => step(value), 1 => prefixed(value)].boxed()
}

/// A step on text that has none.
pub fn equal_or_prefix() -> impl Strategy<Value = Step<String>> {
    prop_oneof![3 => text().prop_map(Step::Equal), 3 => prefixed(text), 1 => Just(Step::Untaken)]
}

fn prefixed<S: Strategy<Value = String>>(value: fn() -> S) -> impl Strategy<Value = Step<String>> {
    prop_oneof![4 => value(), 1 => Just(String::new())].prop_map(Step::Prefix)
}

impl<T: Value> Step<T> {
    pub fn selects(&self, value: &T) -> bool {
        match self {
            Self::Untaken | Self::In(Ends::Full) => true,
            Self::Equal(only) => value == only,
            Self::From(first) => value >= first,
            Self::Until(last) => value <= last,
            Self::Prefix(prefix) => value.begins_with(prefix),
            Self::In(Ends::Range(first, end)) => (first..end).contains(&value),
            Self::In(Ends::Inclusive(first, last)) => (first..=last).contains(&value),
            Self::In(Ends::From(first)) => (first..).contains(&value),
            Self::In(Ends::To(end)) => (..end).contains(&value),
            Self::In(Ends::ToInclusive(last)) => (..=last).contains(&value),
            Self::In(Ends::Bounds(low, high)) => (low.as_ref(), high.as_ref()).contains(value),
        }
    }

    /// The end is before the beginning.
    pub fn is_reversed(&self) -> bool {
        match self {
            Self::In(Ends::Range(first, end)) => first >= end,
            Self::In(Ends::Inclusive(first, last)) => first > last,
            Self::In(Ends::Bounds(
                Bound::Included(first) | Bound::Excluded(first),
                Bound::Included(last) | Bound::Excluded(last),
            )) => first > last,
            _ => false,
        }
    }
}

/// Takes a step on the part `$name`, and asks `$table`.
macro_rules! take {
    ($table:expr, $query:expr, $step:expr, $name:ident, $from:ident, $until:ident, $in:ident) => {
        match $step {
            Step::Untaken => $table.query($query),
            Step::Equal(value) => $table.query($query.$name(value)),
            Step::From(first) => $table.query($query.$from(first)),
            Step::Until(last) => $table.query($query.$until(last)),
            Step::In(Ends::Range(first, end)) => $table.query($query.$in(first..end)),
            Step::In(Ends::Inclusive(first, last)) => $table.query($query.$in(first..=last)),
            Step::In(Ends::From(first)) => $table.query($query.$in(first..)),
            Step::In(Ends::To(end)) => $table.query($query.$in(..end)),
            Step::In(Ends::ToInclusive(last)) => $table.query($query.$in(..=last)),
            Step::In(Ends::Full) => $table.query($query.$in(..)),
            Step::In(Ends::Bounds(low, high)) => $table.query($query.$in((low, high))),
            Step::Prefix(_) => unreachable!("a prefix where there is none"),
        }
    };
}

macro_rules! take_text {
    ($table:expr, $query:expr, $step:expr, $name:ident, $from:ident, $until:ident, $in:ident) => {
        match $step {
            Step::Prefix(text) => $table.query($query.$in(monotable::prefix(text))),
            other => take!($table, $query, other, $name, $from, $until, $in),
        }
    };
}

macro_rules! take_equal_or_prefix {
    ($table:expr, $query:expr, $step:expr, $name:ident, $in:ident) => {
        match $step {
            Step::Untaken => $table.query($query),
            Step::Equal(value) => $table.query($query.$name(value)),
            Step::Prefix(text) => $table.query($query.$in(monotable::prefix(text))),
            _ => unreachable!("a range where there is none"),
        }
    };
}

pub(crate) use {take, take_equal_or_prefix, take_text};

/// The same cases in every run; a failure shrinks, and names its case.
pub fn cases(cases: u32) -> TestRunner {
    let (rng_seed, failure_persistence) = (RngSeed::Fixed(20261120), None);
    TestRunner::new(Config {
        cases,
        rng_seed,
        failure_persistence,
        max_shrink_iters: 500,
        ..Config::default()
    })
}
