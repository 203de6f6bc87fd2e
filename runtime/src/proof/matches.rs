//! Whether a text is one of a language, at run time: exactly what the proofs take the language to be.

use std::str::Chars;

use super::bytes::Bytes;
use super::language::Language;
use crate::key::digits;
use crate::key::escape::skip_code;
use crate::key::verbatim::verbatim_len;

impl Language {
    /// Whether `text` is one of this language, in a table with this `delimiter`.
    ///
    /// ```
    /// use monotable::key::{KeyPart, Language};
    /// assert!(u8::LANGUAGE.matches("007", '#') && !u8::LANGUAGE.matches("7", '#'));
    /// assert!(!Language::Verbatim.matches("C#", '#'));
    /// ```
    #[must_use]
    pub fn matches(self, text: &str, delimiter: char) -> bool {
        self.has(text, delimiter)
    }

    /// As [`matches`](Self::matches), of a language where it is: they are large.
    pub(super) fn has(&self, text: &str, delimiter: char) -> bool {
        let bytes = text.as_bytes();
        match *self {
            Self::Verbatim => !bytes.is_empty() && verbatim_len(bytes, delimiter as u8) == bytes.len(),
            Self::Text { bytes: set, min } => bytes.len() >= min && all(bytes, set),
            Self::Fixed(places) => {
                places.len() == bytes.len() && places.iter().zip(bytes).all(|(set, byte)| set.has(*byte))
            }
            Self::UpTo { width, max } => bytes.len() == width && is_at_most(digits::parse(bytes), max),
            Self::Words(words) => words.contains(&text),
            Self::Decimal { digits, signed } => is_decimal(text, digits, signed),
            Self::Signed { width, max_negative, max_positive } => match bytes.split_first() {
                Some((_, rest)) if rest.len() != width => false,
                Some((b'0', rest)) => is_at_most(digits::parse(rest), max_positive),
                Some((b'-', rest)) => {
                    let magnitude = complement(rest);
                    magnitude != Some(0) && is_at_most(magnitude, max_negative)
                }
                _ => false,
            },
            Self::Escaped => is_escaped(text.chars(), delimiter),
        }
    }

    /// The length of all its texts, if they have one.
    pub(super) const fn width(self) -> Option<usize> {
        match self {
            Self::Fixed(places) => Some(places.len()),
            Self::UpTo { width, .. } => Some(width),
            Self::Signed { width, .. } => Some(1 + width),
            _ => None,
        }
    }
}

fn all(bytes: &[u8], set: Bytes) -> bool {
    bytes.iter().all(|byte| set.has(*byte))
}

fn is_at_most(number: Option<u128>, greatest: u128) -> bool {
    number.is_some_and(|number| number <= greatest)
}

/// The number of whose digits `text` has the complements to nine.
fn complement(text: &[u8]) -> Option<u128> {
    text.iter().try_fold(0_u128, |value, digit| {
        let digit = digit.is_ascii_digit().then(|| b'9' - digit)?;
        value.checked_mul(10)?.checked_add(digit.into())
    })
}

fn is_decimal(text: &str, digits: usize, signed: bool) -> bool {
    let magnitude = text.strip_prefix('-').filter(|_| signed);
    match magnitude.unwrap_or(text).as_bytes() {
        [b'0'] => magnitude.is_none(),
        [b'1'..=b'9', rest @ ..] => rest.len() < digits && rest.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

fn is_escaped(mut text: Chars<'_>, delimiter: char) -> bool {
    while let Some(known) = skip_code(&mut text, delimiter) {
        if !known {
            return false;
        }
    }
    true
}
