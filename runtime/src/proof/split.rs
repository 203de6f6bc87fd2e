//! Takes a key text apart along its template, at run time.
//!
//! A plain template needs one pass: each part has a fixed width, or ends where the byte stands that closes
//! it. Any other one is searched for the split whose parts are all of their languages. There is one at
//! most, which is what [`Template::is_ambiguous`] refutes; and for the same reason no two ways through the
//! search lead to the same place, so that it never does the same work twice.

use super::language::{Language, Segment};
use super::matches::is_verbatim;
use super::template::Template;

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
            return self.split_plain(key, |_, language, text| language.matches(text, delimiter));
        }
        self.search(0, 0, key, &mut [])
    }

    /// Writes the texts of the parts of `key` into `parts`, and says whether that is possible. The texts
    /// may still not be of their parts' languages.
    pub(crate) fn split<'t>(&self, key: &'t str, parts: &mut [&'t str]) -> bool {
        if !self.is_plain() {
            return self.search(0, 0, key, parts);
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
    fn split_plain<'t>(&self, key: &'t str, mut take: impl FnMut(usize, Language, &'t str) -> bool) -> bool {
        let (mut rest, mut part) = (key, 0);
        for (at, segment) in self.segments.iter().enumerate() {
            match segment {
                Segment::Literal(text) => match rest.strip_prefix(text) {
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
                    if !take(part, *language, text) {
                        return false;
                    }
                    (rest, part) = (tail, part + 1);
                }
            }
        }
        rest.is_empty()
    }

    /// Finds the texts of the segments from number `at` on, which are all of `rest`; the first part among
    /// them is number `part`.
    fn search<'t>(&self, at: usize, part: usize, rest: &'t str, parts: &mut [&'t str]) -> bool {
        let language = match self.segments.get(at) {
            None => return rest.is_empty(),
            Some(Segment::Literal(text)) => {
                return rest.strip_prefix(text).is_some_and(|rest| self.search(at + 1, part, rest, parts));
            }
            Some(Segment::Part { language, .. }) => *language,
        };
        let next = self.segments.get(at + 1);
        let ends = match (language.width(), next) {
            (Some(width), _) => width..=width,
            (None, None) => rest.len()..=rest.len(),
            (None, Some(_)) => 0..=self.longest(language, rest),
        };
        // The literal that ends a part is more often its last occurrence than its first.
        for end in ends.rev() {
            let Some((text, tail)) = rest.split_at_checked(end) else { continue };
            // Cheaper than the language, and seldom true.
            let goes_on = !matches!(next, Some(Segment::Literal(next)) if !tail.starts_with(next));
            if goes_on
                && language.matches(text, self.delimiter())
                && self.search(at + 1, part + 1, tail, parts)
            {
                if let Some(place) = parts.get_mut(part) {
                    *place = text;
                }
                return true;
            }
        }
        false
    }

    /// No text of `language` that `rest` begins with is longer.
    fn longest(&self, language: Language, rest: &str) -> usize {
        let end = match language {
            Language::Verbatim => rest.bytes().position(|byte| !is_verbatim(byte, self.delimiter)),
            _ => {
                let bytes = language.bytes(self.delimiter);
                rest.bytes().position(|byte| !bytes.has(byte))
            }
        };
        end.unwrap_or(rest.len())
    }
}

fn position(text: &str, byte: u8) -> Option<usize> {
    text.as_bytes().iter().position(|other| *other == byte)
}
