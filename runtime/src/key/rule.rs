//! The rules that a value or a text can break.

use std::fmt;

/// Why a value has no text in a key, or why a text is not one that a part writes.
///
/// It prints as what follows the field's name, in lower case and without a full stop. Neither the value
/// nor the text is ever printed, since keys carry personal data into logs.
///
/// ```
/// use monotable::key::{KeyPart, KeyText, PartRule};
/// let mut text = KeyText::new('#', 16);
/// let broken = String::new().encode(&mut text).unwrap_err();
/// assert_eq!(broken, PartRule::Empty);
/// assert_eq!(format!("`name` {broken}"), "`name` is empty, and a key part must not be");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PartRule {
    /// Empty text has no place between two delimiters.
    Empty,
    /// The text contains the table's delimiter, which is given.
    ContainsDelimiter(char),
    /// The text contains a character above U+FFFFF.
    AboveLimit,
    /// The number has more digits than its codec writes.
    TooWide {
        /// The number of digits that the codec writes.
        digits: usize,
    },
    /// The date-time has a fraction that its codec does not write.
    NotSoFine {
        /// The finest unit that the codec writes, in the plural.
        unit: &'static str,
    },
    /// The value has no text in this encoding, although its type has such values.
    OutOfRange {
        /// What the encoding covers.
        range: &'static str,
    },
    /// `escape` does not work with this delimiter.
    CannotEscape(char),
    /// The text is not one that encoding writes.
    NotOfThisForm {
        /// What encoding writes, as a noun with its article.
        expected: &'static str,
    },
    /// A rule of a type that is defined elsewhere.
    Refused {
        /// The rule, as what follows the field's name: "is not a known country".
        reason: &'static str,
    },
}

impl fmt::Display for PartRule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => out.write_str("is empty, and a key part must not be"),
            Self::ContainsDelimiter(delimiter) => {
                write!(out, "contains `{delimiter}`, which separates the parts of this table's keys")
            }
            Self::AboveLimit => out.write_str(
                "contains a character above U+FFFFF, which keys leave free for the ends of ranges",
            ),
            Self::TooWide { digits } => {
                write!(out, "has more than the {digits} digits of its place in the key")
            }
            Self::NotSoFine { unit } => {
                write!(out, "is finer than whole {unit}, which its place in the key holds")
            }
            Self::OutOfRange { range } => write!(out, "is outside {range}"),
            Self::CannotEscape(delimiter) => {
                write!(
                    out,
                    "cannot be escaped, because the delimiter `{delimiter}` is not punctuation below `0`"
                )
            }
            Self::NotOfThisForm { expected } => write!(out, "is not {expected}"),
            Self::Refused { reason } => out.write_str(reason),
        }
    }
}

impl std::error::Error for PartRule {}
