//! One key template, and what can be asked about it.

use super::bytes::Bytes;
use super::heads::Heads;
use super::language::Segment;
use super::product::Question;
use super::sweep::{ask, is_too_long};

/// The type of a key attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyType {
    /// `S`
    Text,
    /// `N`
    Number,
    /// `B`
    Binary,
}

/// A key template: the text of the keys of one half of a key.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    pub(crate) source: &'static str,
    pub(crate) key_type: KeyType,
    pub(crate) segments: &'static [Segment],
    pub(crate) delimiter: u8,
    pub(crate) heads: Heads,
    /// Comes apart from left to right by fixed widths and delimiters alone: no product is needed.
    plain: bool,
}

impl Template {
    /// The template that the user wrote as `source`, in a table with this `delimiter`.
    #[must_use]
    pub const fn text(source: &'static str, delimiter: u8, segments: &'static [Segment]) -> Self {
        Self {
            source,
            key_type: KeyType::Text,
            segments,
            delimiter,
            heads: Heads::of(segments, segments.len(), delimiter),
            plain: is_plain(segments, delimiter),
        }
    }

    /// A field that is a key by itself, as a number or as binary. `segments` is its one part.
    ///
    /// # Panics
    ///
    /// If `segments` is anything else, or `key_type` is text.
    #[must_use]
    pub const fn native(source: &'static str, key_type: KeyType, segments: &'static [Segment]) -> Self {
        assert!(!matches!(key_type, KeyType::Text), "a text key has a delimiter");
        assert!(matches!(segments, [Segment::Part { .. }]), "a native key is one field");
        Self { source, key_type, segments, delimiter: 0, heads: Heads::UNKNOWN, plain: true }
    }

    /// The template as it was written.
    #[must_use]
    pub const fn source(&self) -> &'static str {
        self.source
    }

    /// Its literal texts and parts, from left to right.
    #[must_use]
    pub const fn segments(&self) -> &'static [Segment] {
        self.segments
    }

    /// What separates the parts.
    #[must_use]
    pub const fn delimiter(&self) -> char {
        self.delimiter as char
    }

    /// How many parts there are.
    #[must_use]
    pub const fn parts(&self) -> usize {
        let (mut parts, mut at) = (0, 0);
        while at < self.segments.len() {
            parts += self.is_part(at) as usize;
            at += 1;
        }
        parts
    }

    pub(crate) const fn is_part(&self, segment: usize) -> bool {
        matches!(self.segments[segment], Segment::Part { .. })
    }

    pub(super) const fn is_plain(&self) -> bool {
        self.plain
    }

    pub(crate) const fn is_native(&self) -> bool {
        !matches!(self.key_type, KeyType::Text)
    }

    /// The two key attributes have one type. A table gives an attribute one type for all entities.
    #[must_use]
    pub const fn has_type_of(&self, other: &Self) -> bool {
        self.key_type as u8 == other.key_type as u8
    }

    /// How many segments a query by the first `parts` parts binds: those and the literal that closes them.
    #[must_use]
    pub const fn prefix(&self, parts: usize) -> usize {
        let (mut left, mut at) = (parts, 0);
        while at < self.segments.len() {
            if self.is_part(at) {
                if left == 0 {
                    break;
                }
                left -= 1;
            }
            at += 1;
        }
        at
    }

    /// The number of the segment that is part number `part`.
    pub(crate) const fn segment(&self, part: usize) -> usize {
        self.prefix(part)
    }

    /// Whether both templates can give one key. Any two native keys of one type can.
    #[must_use]
    pub const fn meets(&self, other: &Self) -> bool {
        if self.is_native() || other.is_native() {
            return self.has_type_of(other);
        }
        !self.heads.apart(&other.heads) && ask(Question::Meet, self, other)
    }

    /// Whether a query by the first `parts` parts of this template, less than all, can select a key of
    /// `other` within one partition.
    #[must_use]
    pub const fn begins(&self, parts: usize, other: &Self) -> bool {
        if self.is_native() || other.is_native() {
            return self.has_type_of(other);
        }
        let segments = self.prefix(parts);
        let heads = Heads::of(self.segments, segments, self.delimiter);
        !heads.apart(&other.heads) && ask(Question::Begins { segments }, self, other)
    }

    /// Whether two inputs can give one key.
    #[must_use]
    pub const fn is_ambiguous(&self) -> bool {
        !self.plain && ask(Question::Twice, self, self)
    }

    /// Whether a query by the first `parts` parts, less than all, can select other values of them:
    /// `ORDER#1` selects `ORDER#10`.
    #[must_use]
    pub const fn prefix_is_ambiguous(&self, parts: usize) -> bool {
        let segments = self.prefix(parts);
        // A plain prefix is closed: in front of a part stands a fixed width or the literal that ends one.
        let closed = parts == 0 || self.plain && segments < self.segments.len();
        !closed && ask(Question::TwicePrefix { segments }, self, self)
    }

    /// Whether keys can sort differently from the encodings of part number `part`, all parts before it
    /// being equal.
    #[must_use]
    pub const fn misorders(&self, part: usize) -> bool {
        let segment = self.segment(part);
        let Segment::Part { language, .. } = self.segments[segment] else { return false };
        if self.is_native() || segment + 1 == self.segments.len() || language.is_fixed() {
            return false;
        }
        if let Segment::Literal(next) = self.segments[segment + 1]
            && let Some(&first) = next.as_bytes().first()
        {
            let least = language.bytes(self.delimiter).min();
            // Text can always go on with its least byte where a lesser text is closed.
            if first < least || first > least && language.is_text() {
                return first > least;
            }
        }
        ask(Question::Misorder { segment }, self, self)
    }

    /// Whether a range can be asked for on part number `part` when all parts before it are given: the
    /// order of the keys is the order of the part's values, and a bound that ends behind the part (which
    /// is where `from` and an inclusive `until` end) cuts between values.
    ///
    /// A range on a part stays inside the prefix of the parts before it, so it is typed only where that
    /// prefix is: where [`typed_from`](super::typed_from()) is at most `part`. On a lossy part it is a
    /// range of what the part keeps.
    #[must_use]
    pub const fn allows_range(&self, part: usize) -> bool {
        let Segment::Part { language, .. } = self.segments[self.segment(part)] else { return false };
        if self.is_native() {
            return true;
        }
        let last = part + 1 == self.parts();
        language.keeps_order() && !self.misorders(part) && (last || !self.prefix_is_ambiguous(part + 1))
    }

    /// Whether keys that begin with part of a value of part number `part` have a value that does, all
    /// parts before it being given. Conservative: it asks for the last place, or for a literal that the
    /// part's text cannot continue into.
    #[must_use]
    pub const fn allows_prefix(&self, part: usize) -> bool {
        let segment = self.segment(part);
        !self.is_native()
            && (segment + 1 == self.segments.len() || is_closed(self.segments, segment, self.delimiter))
    }

    /// Why this template cannot be compiled, if so, and the field it is about.
    pub(crate) const fn problem(&self) -> Option<(&'static str, &'static str)> {
        if self.is_native() {
            return None;
        }
        if !self.delimiter.is_ascii_punctuation() {
            return Some(("", "the delimiter has to be one ASCII punctuation character"));
        }
        let mut at = 0;
        while at < self.segments.len() {
            match self.segments[at] {
                Segment::Literal(text) if !Bytes::of(text.as_bytes()).minus(Bytes::TEXT).is_empty() => {
                    return Some((
                        "",
                        "a literal has a character above U+FFFFF, where the ends of queries are",
                    ));
                }
                Segment::Literal(_) => {}
                Segment::Part { field, language, .. } => {
                    if let Some(text) = language.problem(self.delimiter) {
                        return Some((field, text));
                    }
                }
            }
            at += 1;
        }
        if is_too_long(self) {
            return Some(("", "its literals and words are too long to be proved"));
        }
        None
    }
}

/// Every part has a fixed width, or is closed by a literal whose first byte it cannot contain; the last
/// segment needs no end.
const fn is_plain(segments: &[Segment], delimiter: u8) -> bool {
    let mut at = 0;
    while at + 1 < segments.len() {
        if let Segment::Part { language, .. } = segments[at]
            && !language.is_fixed()
            && !is_closed(segments, at, delimiter)
        {
            return false;
        }
        at += 1;
    }
    true
}

const fn is_closed(segments: &[Segment], part: usize, delimiter: u8) -> bool {
    let (Segment::Part { language, .. }, Segment::Literal(next)) = (segments[part], segments[part + 1])
    else {
        return false;
    };
    match next.as_bytes().first() {
        Some(&first) => !language.bytes(delimiter).has(first),
        None => false,
    }
}
