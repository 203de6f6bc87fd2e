//! Why a key could not be made: the rule, and where in which template.

use std::fmt;

use super::PartRule;

/// Why a key could not be made: nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeyError {
    /// The key attribute.
    pub attribute: &'static str,
    /// Its template, as it is written; empty if the problem is not that of a template.
    pub template: &'static str,
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
    /// serde stores a field under the name of the key, and with another value than the key has.
    StoredOtherwise,
    /// An attribute that is part of an index key cannot be in that index.
    Attribute {
        /// The index.
        index: &'static str,
        /// The rule.
        rule: PartRule,
    },
    /// The attributes of one half of an index key are longer together than DynamoDB allows.
    IndexTooLong {
        /// The index.
        index: &'static str,
        /// Their length in bytes.
        bytes: usize,
        /// The limit in bytes.
        limit: usize,
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
            KeyProblem::Part { field, rule } => write!(f, "`{field}` {rule} ({attribute} is \"{template}\")"),
            KeyProblem::StoredOtherwise => {
                write!(f, "serde stores `{attribute}` with another value than the key of that name has")
            }
            KeyProblem::Attribute { index, rule } => {
                write!(f, "`{attribute}` {rule} (it is part of the key of index `{index}`)")
            }
            KeyProblem::IndexTooLong { index, bytes, limit } => write!(
                f,
                "`{attribute}` and the attributes beside it in the key of index `{index}` are {bytes} bytes \
                 long, and DynamoDB allows {limit}"
            ),
            KeyProblem::TooLong { bytes, limit } => {
                write!(f, "{attribute} \"{template}\" is {bytes} bytes long, and DynamoDB allows {limit}")
            }
        }
    }
}

impl std::error::Error for KeyError {}
