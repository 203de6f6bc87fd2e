//! DynamoDB's JSON over bytes: a reader and a writer behind serde, with nothing in between.
//!
//! An attribute value is `{"S":"text"}`, an item an object of them. The reader takes exactly what the SDK would
//! take in the forms that DynamoDB sends, and refuses the rest; the SDK then has the last word. What a type reads
//! and writes is what serde's attributes on it say.

mod attribute;
mod de;
mod key;
mod number;
mod pull;
mod seen;
mod ser;
mod skip;
mod text;

use std::fmt;

use serde::de::{Expected, Unexpected};

pub(crate) use self::attribute::{put_attribute_value, put_attributes};
pub(crate) use self::de::{Value, visit_text};
pub(crate) use self::key::Key;
pub(crate) use self::pull::{Pull, Tag};
pub(crate) use self::seen::Seen;
pub(crate) use self::ser::{Gate, ItemWriter, Names, Out, Place, Places, ValueWriter, name_of, put_name};
pub(crate) use self::text::{is_plain, put_text, put_text_value};

/// Nesting of lists and maps. DynamoDB stores 32 levels.
const MAX_DEPTH: u32 = 64;

pub(crate) type Result<T> = std::result::Result<T, Error>;

/// Why bytes do not make a value, or a value no bytes. One pointer wide: it is in every result on the way.
#[derive(Debug)]
pub(crate) struct Error(Box<Problem>);

/// What serde says may quote values, so it is dropped where it arises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Problem {
    /// Not the JSON of attribute values.
    Malformed {
        /// The byte where it was noticed.
        at: usize,
        what: &'static str,
    },
    /// DynamoDB's form has no place for it, in words that quote nothing.
    Unfit(&'static str),
    /// The user's type, or serde for it, refuses.
    Type,
    /// The user's type needs a field of this name.
    Missing(&'static str),
    /// The user's type refers to what is written in another way than it reads: texts with escapes, and bytes. What can
    /// own it is this type.
    NotBorrowed(&'static str),
}

impl Error {
    #[cold]
    pub(crate) fn malformed(at: usize, what: &'static str) -> Self {
        Self(Box::new(Problem::Malformed { at, what }))
    }

    #[cold]
    pub(crate) fn unfit(what: &'static str) -> Self {
        Self(Box::new(Problem::Unfit(what)))
    }

    pub(crate) fn problem(&self) -> Problem {
        *self.0
    }
}

impl serde::de::Error for Error {
    #[cold]
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(Box::new(Problem::Type))
    }

    #[cold]
    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        // What is refused elsewhere is refused for what it is: these take the same values if they are borrowed.
        Self(Box::new(match found {
            Unexpected::Str(_) if is_reference(expected) => Problem::NotBorrowed("Cow<'_, str>"),
            Unexpected::Bytes(_) if is_reference(expected) => Problem::NotBorrowed("Cow<'_, [u8]>"),
            _ => Problem::Type,
        }))
    }

    #[cold]
    fn missing_field(field: &'static str) -> Self {
        Self(Box::new(Problem::Missing(field)))
    }
}

/// Whether it is one of serde's own visitors for references, which all say so.
fn is_reference(expected: &dyn Expected) -> bool {
    let mut begin = Begin(b"a borrowed ");
    // It stops at the first byte that is another.
    let _ = fmt::write(&mut begin, format_args!("{expected}"));
    begin.0.is_empty()
}

/// What of a beginning was not written yet.
struct Begin(&'static [u8]);

impl fmt::Write for Begin {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let (begin, rest) = self.0.split_at(self.0.len().min(text.len()));
        if !text.as_bytes().starts_with(begin) {
            return Err(fmt::Error);
        }
        self.0 = rest;
        Ok(())
    }
}

impl serde::ser::Error for Error {
    #[cold]
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(Box::new(Problem::Type))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self.0 {
            Problem::Malformed { at, what } => write!(f, "{what} at byte {at}"),
            Problem::Unfit(what) => f.write_str(what),
            Problem::Type => f.write_str("the type refuses it"),
            Problem::Missing(field) => write!(f, "the type needs `{field}`"),
            Problem::NotBorrowed(instead) => write!(f, "the type has to own it: `{instead}`"),
        }
    }
}

impl std::error::Error for Error {}
