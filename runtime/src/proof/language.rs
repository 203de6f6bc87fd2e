//! What the encodings of one key part look like, and the pieces a key template is made of.

use super::bytes::Bytes;
use crate::key::can_escape;

/// The set of texts that the encodings of one key part can be.
///
/// The proofs are exact for these sets, so a codec has to produce exactly one of them, or a part of one.
#[derive(Clone, Copy, Debug)]
pub enum Language {
    /// Text that is not empty, without the table's delimiter and without U+100000 and above.
    Verbatim,
    /// Text over `bytes` without the table's delimiter, at least `min` bytes long. `bytes` has all of
    /// [`Bytes::BEYOND_ASCII`] or none.
    Text {
        /// The bytes that can occur, unless one is the delimiter.
        bytes: Bytes,
        /// The least length.
        min: usize,
    },
    /// One set per place: UUID, ULID, RFC 3339.
    Fixed(&'static [Bytes]),
    /// `width` decimal digits, zero-padded, of a value that is at most `max`: unsigned integers, shards.
    UpTo {
        /// The number of digits.
        width: usize,
        /// The greatest value.
        max: u128,
    },
    /// A finite set, listed in the order of the values: the variants of an enum, `bool`.
    Words(&'static [&'static str]),
    /// Plain decimal without leading zeros, 1 to `digits` digits; `signed` admits `-` (not `-0`).
    Decimal {
        /// The greatest number of digits.
        digits: usize,
        /// Whether a `-` can come first.
        signed: bool,
    },
    /// `0` and `width` zero-padded digits of a value that is at most `max_positive`; or `-` and the
    /// nines' complement, in `width` digits, of a magnitude that is 1 to `max_negative`.
    Signed {
        /// The number of digits.
        width: usize,
        /// The greatest magnitude of a negative value.
        max_negative: u128,
        /// The greatest value.
        max_positive: u128,
    },
    /// Any text, by [`escape`](crate::key::escape()); it can be empty.
    Escaped,
}

impl Language {
    /// Every byte that can occur, or more.
    pub(crate) const fn bytes(self, delimiter: u8) -> Bytes {
        match self {
            Self::Verbatim => Bytes::verbatim(delimiter),
            Self::Text { bytes, .. } => bytes.without(delimiter),
            Self::UpTo { .. } => Bytes::DIGITS,
            Self::Decimal { signed: false, .. } => Bytes::DIGITS,
            Self::Decimal { .. } | Self::Signed { .. } => Bytes::DIGITS.with(b'-'),
            Self::Escaped => Bytes::range(delimiter.saturating_add(1), 0xF3),
            Self::Fixed(places) => union(places),
            Self::Words(words) => letters(words),
        }
    }

    /// All encodings have one length, so that the part needs no end.
    pub(crate) const fn is_fixed(self) -> bool {
        matches!(self, Self::Fixed(_) | Self::UpTo { .. } | Self::Signed { .. })
    }

    /// Every encoding can go on with any of its bytes, and a prefix of a value is a prefix of its encoding.
    pub(crate) const fn is_text(self) -> bool {
        matches!(self, Self::Verbatim | Self::Text { .. })
    }

    /// The order of the encodings' bytes is the order of the values.
    pub(crate) const fn keeps_order(self) -> bool {
        match self {
            Self::Decimal { .. } => false,
            Self::Words(words) => is_ascending(words),
            _ => true,
        }
    }

    /// Why no template can be made with this language, if so.
    pub(crate) const fn problem(self, delimiter: u8) -> Option<&'static str> {
        match self {
            Self::Verbatim => None,
            Self::Text { bytes, .. } => {
                let beyond = bytes.minus(Bytes::range(0, 0x7F));
                let whole =
                    beyond.is_empty() || beyond.minus(Bytes::BEYOND_ASCII).is_empty() && holds(beyond);
                complain(
                    bytes.without(delimiter).is_empty() || !whole,
                    "its text has a byte set that cuts through UTF-8 characters",
                )
            }
            Self::Fixed(places) => complain(has_empty(places), "one of its places admits no byte"),
            Self::UpTo { width, max } => complain(!fits(max, width), "its greatest value needs more digits"),
            Self::Words([]) => Some("its set of words is empty"),
            Self::Words(words) => {
                complain(has_twins(words), "two of its values are written as the same word")
            }
            Self::Decimal { digits, .. } => complain(digits == 0, "it has no digits"),
            Self::Signed { width, max_negative, max_positive } => {
                let wide = fits(max_negative, width) && fits(max_positive, width);
                complain(!wide, "its greatest value needs more digits")
            }
            Self::Escaped => complain(
                !can_escape(delimiter as char),
                "an order-preserving escape needs a delimiter from `!` to `/`: behind a greater one, \
                 digits and letters would have to be escaped",
            ),
        }
    }
}

const fn complain(wrong: bool, text: &'static str) -> Option<&'static str> {
    if wrong { Some(text) } else { None }
}

const fn holds(beyond: Bytes) -> bool {
    Bytes::BEYOND_ASCII.minus(beyond).is_empty()
}

const fn fits(value: u128, width: usize) -> bool {
    width > 0 && (width > 38 || value / 10u128.pow(width as u32 - 1) < 10)
}

const fn union(places: &[Bytes]) -> Bytes {
    let (mut all, mut at) = (Bytes::NONE, 0);
    while at < places.len() {
        all = all.or(places[at]);
        at += 1;
    }
    all
}

const fn letters(words: &[&str]) -> Bytes {
    let (mut all, mut at) = (Bytes::NONE, 0);
    while at < words.len() {
        all = all.or(Bytes::of(words[at].as_bytes()));
        at += 1;
    }
    all
}

const fn has_empty(places: &[Bytes]) -> bool {
    let mut at = 0;
    while at < places.len() {
        if places[at].is_empty() {
            return true;
        }
        at += 1;
    }
    false
}

const fn is_ascending(words: &[&str]) -> bool {
    let mut at = 1;
    while at < words.len() {
        if compare(words[at - 1], words[at]) >= 0 {
            return false;
        }
        at += 1;
    }
    true
}

const fn has_twins(words: &[&str]) -> bool {
    // Sorted words, the usual case, need no comparison of all pairs.
    if is_ascending(words) {
        return false;
    }
    let mut at = 1;
    while at < words.len() {
        let mut before = 0;
        while before < at {
            if compare(words[before], words[at]) == 0 {
                return true;
            }
            before += 1;
        }
        at += 1;
    }
    false
}

/// Below zero, zero or above zero, as `left` is less than, equal to or greater than `right`.
pub(crate) const fn compare(left: &str, right: &str) -> i32 {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let mut at = 0;
    while at < left.len() && at < right.len() {
        if left[at] != right[at] {
            return left[at] as i32 - right[at] as i32;
        }
        at += 1;
    }
    left.len() as i32 - right.len() as i32
}

/// A piece of a key template.
#[derive(Clone, Copy, Debug)]
pub enum Segment {
    /// Text that stands in every key.
    Literal(&'static str),
    /// The encoding of a field.
    Part {
        /// The field's name.
        field: &'static str,
        /// What the encodings look like. Unused for a native number or binary key.
        language: Language,
        /// Whether different values can have one encoding (`lower`, `upper`, `date`, `shard`).
        lossy: bool,
    },
}

impl Segment {
    /// A part that keeps all of its field.
    #[must_use]
    pub const fn part(field: &'static str, language: Language) -> Self {
        Self::Part { field, language, lossy: false }
    }

    /// A part that keeps less than its field. It identifies an item only beside the field in full.
    #[must_use]
    pub const fn lossy(field: &'static str, language: Language) -> Self {
        Self::Part { field, language, lossy: true }
    }
}
