//! Takes a key text apart along its template, at run time.
//!
//! A plain template needs one pass: each part has a fixed width, or ends where the byte stands that closes
//! it. Any other one is searched for the split whose parts are all of their languages. There is one at
//! most, which is what [`Template::is_ambiguous`] refutes; and for the same reason no two ways through the
//! search lead to the same place, so that it never does the same work twice.

use super::language::{Language, Segment};
use super::template::Template;
use crate::key::verbatim::verbatim_len;

impl Template {
    /// Whether `key` is a key of this template: whether some values of its parts are written as `key`.
    ///
    /// This is about each part by itself. A field that stands in a key twice may differ there.
    ///
    /// ```
    /// use monotable::proof::{Language, Segment, Template};
    /// const ORDER: &[Segment] = &[Segment::Literal("ORDER#"), Segment::part("id", Language::Verbatim)];
    /// let order = Template::text("ORDER#{id}", b'#', ORDER);
    /// assert!(order.matches("ORDER#1"));
    /// assert!(!order.matches("ORDER#") && !order.matches("ORDER#1#2"));
    /// ```
    #[must_use]
    pub fn matches(&self, key: &str) -> bool {
        let delimiter = self.delimiter();
        if self.is_plain() {
            return self.split_plain(key, |_, language, text| language.has(text, delimiter));
        }
        self.search(self.segments, 0, key, &mut [])
    }

    /// Writes the texts of the parts of `key` into `parts`, and says whether that is possible. The texts
    /// may still not be of their parts' languages.
    pub(crate) fn split<'t>(&self, key: &'t str, parts: &mut [&'t str]) -> bool {
        if !self.is_plain() {
            return self.search(self.segments, 0, key, parts);
        }
        self.split_plain(key, |part, _, text| match parts.get_mut(part) {
            Some(place) => {
                *place = text;
                true
            }
            None => false,
        })
    }

    /// Gives each part to `take` by its number, until that says no.
    #[inline]
    fn split_plain<'t>(&self, key: &'t str, mut take: impl FnMut(usize, &Language, &'t str) -> bool) -> bool {
        let (mut rest, mut part) = (key, 0);
        for (at, segment) in self.segments.iter().enumerate() {
            match segment {
                Segment::Literal(text) => match strip(rest, text) {
                    Some(tail) => rest = tail,
                    None => return false,
                },
                Segment::Part { language, .. } => {
                    let end = match (language.width(), self.segments.get(at + 1)) {
                        (Some(width), _) => Some(width),
                        (None, Some(Segment::Literal(next))) => position(rest, next.as_bytes()[0]),
                        (None, _) => Some(rest.len()),
                    };
                    let Some((text, tail)) = end.and_then(|end| rest.split_at_checked(end)) else {
                        return false;
                    };
                    if !take(part, language, text) {
                        return false;
                    }
                    (rest, part) = (tail, part + 1);
                }
            }
        }
        rest.is_empty()
    }

    /// Finds the texts of `segments`, which are all of `rest`; the first part among them is number `part`.
    fn search<'t>(
        &self,
        mut segments: &[Segment],
        mut part: usize,
        mut rest: &'t str,
        parts: &mut [&'t str],
    ) -> bool {
        loop {
            let (language, following) = match segments {
                [] => return rest.is_empty(),
                [Segment::Literal(text), following @ ..] => {
                    let Some(tail) = strip(rest, text) else { return false };
                    (segments, rest) = (following, tail);
                    continue;
                }
                [Segment::Part { language, .. }, following @ ..] => (language, following),
            };
            let end = match (language.width(), following) {
                (Some(width), _) => width,
                (None, []) => rest.len(),
                (None, _) => return self.search_end(language, following, part, rest, parts),
            };
            let Some((text, tail)) = rest.split_at_checked(end) else { return false };
            if !language.has(text, self.delimiter()) {
                return false;
            }
            put(text, part, parts);
            (segments, rest, part) = (following, tail, part + 1);
        }
    }

    /// As [`search`](Self::search), where a part of `language` is in front that can end in several places.
    fn search_end<'t>(
        &self,
        language: &Language,
        following: &[Segment],
        part: usize,
        rest: &'t str,
        parts: &mut [&'t str],
    ) -> bool {
        let closing = match following {
            [Segment::Literal(next), ..] => next.as_bytes().first(),
            _ => None,
        };
        // The literal that ends a part is more often its last occurrence than its first.
        for end in (0..=self.longest(language, rest)).rev() {
            // Cheaper than the language, and seldom true.
            if closing.is_some() && closing != rest.as_bytes().get(end) {
                continue;
            }
            let Some((text, tail)) = rest.split_at_checked(end) else { continue };
            let fits = match language {
                // What is not longer than the longest has no other byte.
                Language::Verbatim => end > 0,
                language => language.has(text, self.delimiter()),
            };
            if fits && self.search(following, part + 1, tail, parts) {
                put(text, part, parts);
                return true;
            }
        }
        false
    }

    /// No text of `language` that `rest` begins with is longer.
    fn longest(&self, language: &Language, rest: &str) -> usize {
        match language {
            Language::Verbatim => verbatim_len(rest.as_bytes(), self.delimiter),
            _ => {
                let bytes = language.bytes(self.delimiter);
                rest.bytes().position(|byte| !bytes.has(byte)).unwrap_or(rest.len())
            }
        }
    }
}

/// Text number `part`, if texts are asked for.
fn put<'t>(text: &'t str, part: usize, parts: &mut [&'t str]) {
    if let Some(place) = parts.get_mut(part) {
        *place = text;
    }
}

/// What follows `literal` in `text`. Most literals are a delimiter, for which `strip_prefix` is slow.
#[inline]
fn strip<'t>(text: &'t str, literal: &str) -> Option<&'t str> {
    match (literal.as_bytes(), text.as_bytes()) {
        ([only], [first, ..]) if only == first => text.get(1..),
        ([_], _) => None,
        _ => text.strip_prefix(literal),
    }
}

fn position(text: &str, byte: u8) -> Option<usize> {
    text.as_bytes().iter().position(|other| *other == byte)
}
