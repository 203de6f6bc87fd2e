//! What stops an expression before it is sent.

use std::fmt;

/// The most bytes that DynamoDB reads of one expression.
pub(crate) const TEXT_LIMIT: usize = 4096;
/// The most operators and functions of one expression.
pub(crate) const OPERATOR_LIMIT: usize = 300;
/// The most operands of `IN`.
pub(crate) const IN_LIMIT: usize = 100;
/// The most bytes of the names and values of one request.
pub(crate) const SUBSTITUTION_LIMIT: usize = 2 * 1024 * 1024;

/// The rule that an expression breaks. It names fields, and holds no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Problem {
    /// A value that is compared with a field.
    Value {
        field: String,
        rule: ValueRule,
    },
    /// A field that is part of the key that is queried.
    KeyOfQuery(String),
    /// The whole expression.
    Operators(usize),
    Text,
    Substitutions(usize),
    /// Two places that an update changes are one, or one is inside of the other.
    Overlap(String, String),
    /// An update changes nothing.
    Nothing,
    /// An item could come into being without this attribute, and could not be read.
    Incomplete(&'static str),
}

/// What is wrong with the value beside a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ValueRule {
    NotANumber,
    TooManyDigits,
    Magnitude,
    TooDeep,
    EmptySet,
    TwiceInSet,
    Unstorable,
    NoValues,
    TooManyValues(usize),
    Reversed,
    NoPrefix,
    NotOneElement,
    EmptyKey,
    Itself,
    AddsNoNumber,
    NoSet,
    SetInside,
}

impl ValueRule {
    pub(crate) fn of(self, field: &impl fmt::Display) -> Problem {
        Problem::Value { field: field.to_string(), rule: self }
    }
}

impl Problem {
    /// As the problem of an update.
    pub(crate) fn of_update(&self) -> impl fmt::Display + '_ {
        Worded { problem: self, what: "update", of: "of" }
    }
}

/// As the problem of a condition, which most are.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Worded { problem: self, what: "condition", of: "on" }.fmt(f)
    }
}

/// A problem, and the expression that has it.
struct Worded<'p> {
    problem: &'p Problem,
    what: &'static str,
    of: &'static str,
}

impl fmt::Display for Worded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { problem, what, of } = self;
        match problem {
            Problem::Value { field, rule } => write!(f, "the {what} {of} `{field}` {rule}"),
            Problem::KeyOfQuery(field) => write!(
                f,
                "the filter is on `{field}`, which is part of the key that is queried: take a step of the query instead"
            ),
            Problem::Operators(count) => write!(
                f,
                "the {what} has {count} operators and functions, and DynamoDB takes {OPERATOR_LIMIT}"
            ),
            Problem::Text => {
                write!(f, "the {what} is longer than the {TEXT_LIMIT} bytes that DynamoDB takes")
            }
            Problem::Substitutions(bytes) => write!(
                f,
                "the names and values of the {what} have {bytes} bytes, and DynamoDB takes {SUBSTITUTION_LIMIT}"
            ),
            Problem::Overlap(one, other) if one == other => write!(f, "the update changes `{one}` twice"),
            Problem::Overlap(one, other) => {
                write!(f, "the update changes `{one}` and `{other}`, and one is inside of the other")
            }
            Problem::Nothing => {
                f.write_str("the update changes nothing; `exists` says whether there is such an item")
            }
            Problem::Incomplete(field) => write!(
                f,
                "it may create the item, and an item without `{field}` could not be read: set it too, or `update` what is there"
            ),
        }
    }
}

impl fmt::Display for ValueRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotANumber => {
                "has a number that is infinite or not a number, which DynamoDB does not store"
            }
            Self::TooManyDigits => "has a number of more than 38 digits, which DynamoDB does not store",
            Self::Magnitude => {
                "has a number beyond the magnitudes that DynamoDB stores, which are 1E-130 to 9.99E+125"
            }
            Self::TooDeep => "is nested deeper than the 32 levels that DynamoDB stores",
            Self::TwiceInSet => "has a set with an element twice, which DynamoDB does not store",
            Self::EmptySet => "has an empty set, which DynamoDB does not store",
            Self::Unstorable => "has a value that serde cannot store",
            Self::NoValues => "lists no values, so no item is asked for",
            Self::TooManyValues(count) => {
                return write!(f, "lists {count} values, and DynamoDB takes {IN_LIMIT}");
            }
            Self::Reversed => "has its bounds reversed: the lower one is above the upper one",
            Self::NoPrefix => "asks for a prefix, and serde stores neither text nor bytes there",
            Self::NotOneElement => "asks for an element, and serde stores neither a list nor a set there",
            Self::EmptyKey => "names a map's entry by an empty key, which DynamoDB does not take",
            Self::AddsNoNumber => "adds what serde does not store as a number",
            Self::NoSet => "is of elements, and serde stores no set there",
            Self::SetInside => {
                "is of a set inside of another attribute, which DynamoDB changes as a whole only"
            }
            Self::Itself => "compares it with itself, which DynamoDB refuses",
        })
    }
}

impl std::error::Error for Problem {}
