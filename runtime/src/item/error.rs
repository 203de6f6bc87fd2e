//! Why an item cannot be read, and why an entity cannot be made into one. Nothing here holds what is stored.

use std::fmt;

use super::size::ITEM_LIMIT;
use crate::expr::problem::ValueRule;
use crate::key::KeyError;
use crate::wire::{self, Problem};

/// Why an item could not be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum ItemError {
    /// It has no type attribute.
    NoType {
        /// The table's type attribute.
        attribute: &'static str,
    },
    /// It is of another entity.
    WrongType {
        /// The type that was asked for.
        expected: &'static str,
        /// The type that it has.
        found: String,
    },
    /// It is of no entity of the table.
    UnknownType {
        /// The types of the table.
        known: Vec<&'static str>,
        /// The type that it has; none in an `untyped` table, where the key tells the type.
        found: Option<String>,
    },
    /// A collection has no member for it.
    NoMember {
        /// The collection.
        collection: &'static str,
        /// The type that it has.
        found: String,
    },
    /// Its key is none of the entity's.
    WrongKey {
        /// The entity.
        entity: &'static str,
        /// What is wrong with the key.
        error: KeyError,
    },
    /// An attribute that the entity needs is not there.
    MissingAttribute {
        /// The entity, or the type that the item was [decoded](crate::Undecoded::decode) as.
        entity: &'static str,
        /// The attribute.
        attribute: &'static str,
    },
    /// An attribute does not have the form that the entity's field needs.
    ///
    /// What serde says of it is left out: it quotes values.
    Decode {
        /// The entity, or the type that the item was [decoded](crate::Undecoded::decode) as.
        entity: &'static str,
        /// The attribute; none where serde refuses the item as a whole, as it may with `flatten`.
        attribute: Option<String>,
    },
    /// The type that the item was [decoded](crate::Undecoded::decode) as has a reference to what is not in the answer as
    /// it reads: a text that JSON writes with escapes, or bytes, which it writes as base64.
    NotBorrowed {
        /// The type.
        entity: &'static str,
        /// The attribute; none where serde refuses the item as a whole, as it may with `flatten`.
        attribute: Option<String>,
        /// What to write instead of the reference: it borrows what it can, and owns the rest.
        instead: &'static str,
    },
}

impl fmt::Display for ItemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoType { attribute } => {
                write!(f, "the stored item has no type: no text attribute `{attribute}`")
            }
            Self::WrongType { expected, found } => {
                write!(f, "the stored item is of type `{found}`, not `{expected}`")
            }
            Self::UnknownType { known, found: None } => {
                write!(
                    f,
                    "the stored item has the key of no entity of the table, which are `{}`",
                    known.join("`, `")
                )
            }
            Self::UnknownType { known, found: Some(found) } => {
                write!(
                    f,
                    "the stored item is of type `{found}`, and the table's are `{}`",
                    known.join("`, `")
                )
            }
            Self::NoMember { collection, found } => write!(
                f,
                "the partition has an item of type `{found}`, and `{collection}` has no member for it; add one, \
                 or leave it out with `.skip_unknown()`"
            ),
            Self::WrongKey { entity, error } => {
                write!(f, "the stored item has no key of `{entity}`: {error}")
            }
            Self::MissingAttribute { entity, attribute } => {
                write!(f, "the stored item lacks the attribute `{attribute}`, which `{entity}` needs")
            }
            Self::Decode { entity, attribute: None } => {
                write!(f, "the stored item does not read as `{entity}`")
            }
            Self::Decode { entity, attribute: Some(attribute) } => write!(
                f,
                "the stored item does not read as `{entity}`: its attribute `{attribute}` has another form"
            ),
            Self::NotBorrowed { entity, attribute, instead } => {
                write!(f, "the stored item does not read as `{entity}`: ")?;
                match attribute {
                    Some(attribute) => write!(f, "its attribute `{attribute}`")?,
                    None => f.write_str("one of its attributes")?,
                }
                write!(
                    f,
                    " is written in another way than it reads, with escapes or in base64, so that no reference can be \
                     to it; write `{instead}` with `#[serde(borrow)]`"
                )
            }
        }
    }
}

impl std::error::Error for ItemError {}

/// Why an entity could not be made into an item.
#[derive(Debug, Clone)]
pub(crate) enum EncodeError {
    Key(KeyError),
    Serde {
        /// What is wrong, where serde's words are known to quote no value.
        reason: Option<&'static str>,
    },
    /// The version is no number that a write can add one to.
    NoVersion {
        attribute: &'static str,
    },
    VersionsUsedUp {
        attribute: &'static str,
    },
    /// The clock shows a time that the field's type does not have.
    NoSuchTime {
        attribute: &'static str,
    },
    /// Whether an upsert sets it only DynamoDB finds out, and index keys are made of it.
    CreatedInKeys {
        attribute: &'static str,
    },
    /// What is stored does not read as the entity, so its keys cannot be made anew.
    NotReadBack,
    /// DynamoDB would refuse the value of an attribute.
    Value {
        place: String,
        rule: ValueRule,
    },
    /// An empty set is left out, and this attribute cannot be missing.
    EmptySet {
        field: String,
    },
    /// DynamoDB would not expire the item.
    Ttl {
        attribute: &'static str,
        rule: TtlRule,
    },
    /// The whole item.
    TooLarge {
        bytes: usize,
    },
}

/// What is wrong with the time at which an item expires.
#[derive(Debug, Clone, Copy)]
pub(crate) enum TtlRule {
    NotANumber,
    NotWhole,
    TooFine,
}

/// What is wrong with the item: of keys and of serde there are messages elsewhere.
impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(error) => error.fmt(f),
            Self::Serde { reason } => {
                let reason = reason.unwrap_or("its message is left out, because it may quote the item");
                write!(f, "serde cannot store it as attributes: {reason}")
            }
            Self::NoVersion { attribute } => {
                write!(f, "its version, the attribute `{attribute}`, is not zero or a positive integer")
            }
            Self::VersionsUsedUp { attribute } => {
                write!(f, "its version, the attribute `{attribute}`, has no next value of its type")
            }
            Self::NoSuchTime { attribute } => {
                write!(f, "the type of the attribute `{attribute}` does not have the time that it is now")
            }
            Self::CreatedInKeys { attribute } => write!(
                f,
                "an index key is made of the attribute `{attribute}`, the time at which the item was made, and only \
                 DynamoDB finds out whether the item is there; insert it, and update it if it is there already"
            ),
            Self::NotReadBack => {
                f.write_str("what is stored does not read back, so that its index keys cannot be made of it")
            }
            Self::Value { place, rule } => write!(f, "{place} {rule}"),
            Self::EmptySet { field } => write!(
                f,
                "{field} is an empty set, which DynamoDB does not store, and an item without it cannot be read; add \
                 `#[serde(default)]` to the field, and the set is left out"
            ),
            Self::Ttl { attribute, rule } => {
                let rule = match rule {
                    TtlRule::NotANumber => "is not stored as a number",
                    TtlRule::NotWhole => "is not a whole number",
                    TtlRule::TooFine => "is finer than seconds, or after the year 5000",
                };
                write!(
                    f,
                    "its ttl, the attribute `{attribute}`, {rule}, and DynamoDB expires items by whole seconds since \
                     1970; `#[serde(with = \"monotable::epoch_seconds\")]` stores these"
                )
            }
            Self::TooLarge { bytes } => {
                write!(f, "it has {bytes} bytes, and DynamoDB stores items of up to {ITEM_LIMIT}")
            }
        }
    }
}

/// What the format refuses by itself is said; what the user's types say may quote values.
impl From<wire::Error> for EncodeError {
    fn from(error: wire::Error) -> Self {
        let reason = match error.problem() {
            Problem::Unfit(what) | Problem::Malformed { what, .. } => Some(what),
            Problem::Type | Problem::Missing(_) | Problem::NotBorrowed(_) => None,
        };
        Self::Serde { reason }
    }
}

impl From<KeyError> for EncodeError {
    fn from(error: KeyError) -> Self {
        Self::Key(error)
    }
}
