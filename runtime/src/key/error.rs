//! Why a key could not be made or taken apart: the rule, and where in which template.

use std::fmt;

use super::PartRule;

/// Why a key could not be made, in which case nothing was sent, or why a stored one is not such a key.
///
/// It never holds the key itself, since keys carry personal data into logs.
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

/// What is wrong with a key, or with the text of one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyProblem {
    /// The value of a field, or the text of its part, breaks a rule.
    Part {
        /// The field.
        field: &'static str,
        /// The rule.
        rule: PartRule,
    },
    /// serde stores a field under the name of the key, and with another value than the key has.
    StoredOtherwise,
    /// An update sets some parts of an index key, one of them a time that every write sets, and not the others.
    PartKept,
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
    /// The text does not come apart along the template.
    NotOfTemplate,
    /// The text gives a field another value than the rest of the key does.
    Disagrees {
        /// The field.
        field: &'static str,
    },
    /// There is no text, although the table has this sort key.
    NoSortKey,
    /// The text of a sort key was given, although the table has none.
    SortKeyGiven,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { attribute, template, problem } = self;
        match problem {
            KeyProblem::Part { field, rule } => write!(f, "`{field}` {rule} ({attribute} is \"{template}\")"),
            KeyProblem::StoredOtherwise => {
                write!(f, "serde stores `{attribute}` with another value than the key of that name has")
            }
            KeyProblem::PartKept => write!(
                f,
                "the time that every write sets is part of {attribute} \"{template}\", whose other parts are not known \
                 here: set them too, or change the item by `read_modify_write`"
            ),
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
            KeyProblem::NotOfTemplate => write!(f, "{attribute} is not a key of \"{template}\""),
            KeyProblem::Disagrees { field } => {
                write!(f, "`{field}` is another one in the rest of the key ({attribute} is \"{template}\")")
            }
            KeyProblem::NoSortKey => write!(f, "{attribute} is missing, which is \"{template}\""),
            KeyProblem::SortKeyGiven => {
                write!(f, "a sort key stands beside {attribute} \"{template}\", which is the whole key")
            }
        }
    }
}

impl std::error::Error for KeyError {}
