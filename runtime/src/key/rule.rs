//! What the value of a key can violate.

use std::fmt;

use crate::template::Template;

/// The longest partition key, in bytes
/// ([DynamoDB's limits](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html)).
pub(crate) const PARTITION_KEY_LIMIT: usize = 2048;
/// The longest sort key, in bytes (the same page).
pub(crate) const SORT_KEY_LIMIT: usize = 1024;

/// The rule of the key encoding that the value of one part breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PartRule {
    /// The text is empty: two keys could not be told apart, and DynamoDB refuses empty keys.
    Empty,
    /// The text contains the table's delimiter: it could be read as two parts.
    ContainsDelimiter(char),
    /// The text has a character above U+FFFFF, which range ends are made of.
    AboveLimit,
}

impl fmt::Display for PartRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("is empty, and a key part must not be"),
            Self::ContainsDelimiter(delimiter) => {
                write!(f, "contains `{delimiter}`, which separates the parts of this table's keys")
            }
            Self::AboveLimit => f.write_str("has a character above U+FFFFF, which no key part can hold"),
        }
    }
}

/// Why a key could not be made: nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeyError {
    /// The key attribute.
    pub attribute: &'static str,
    /// Its template.
    pub template: Template,
    /// What is wrong with it.
    pub problem: KeyProblem,
}

/// What is wrong with a key.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyProblem {
    /// The value of a field breaks a rule.
    Part {
        /// The field.
        field: &'static str,
        /// The rule.
        rule: PartRule,
    },
    /// The key as a whole is longer than DynamoDB allows.
    TooLong {
        /// Its length in bytes.
        bytes: usize,
        /// The limit in bytes.
        limit: usize,
    },
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { attribute, template, problem } = self;
        match problem {
            KeyProblem::Part { field, rule } => write!(f, "`{field}` {rule} ({attribute} is {template})"),
            KeyProblem::TooLong { bytes, limit } => {
                write!(f, "{attribute} {template} is {bytes} bytes long, and DynamoDB allows {limit}")
            }
        }
    }
}

impl std::error::Error for KeyError {}
