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
    /// The whole condition.
    Operators(usize),
    Text,
    Substitutions(usize),
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
}

impl ValueRule {
    pub(crate) fn of(self, field: &impl fmt::Display) -> Problem {
        Problem::Value { field: field.to_string(), rule: self }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value { field, rule } => write!(f, "the condition on `{field}` {rule}"),
            Self::KeyOfQuery(field) => write!(
                f,
                "the filter is on `{field}`, which is part of the key that is queried: take a step of the query instead"
            ),
            Self::Operators(count) => write!(
                f,
                "the condition has {count} operators and functions, and DynamoDB takes {OPERATOR_LIMIT}"
            ),
            Self::Text => {
                write!(f, "the condition is longer than the {TEXT_LIMIT} bytes that DynamoDB takes")
            }
            Self::Substitutions(bytes) => write!(
                f,
                "the names and values of the condition have {bytes} bytes, and DynamoDB takes {SUBSTITUTION_LIMIT}"
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
            Self::Itself => "compares it with itself, which DynamoDB refuses",
        })
    }
}

impl std::error::Error for Problem {}
