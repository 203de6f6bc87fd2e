//! Bounds on sort keys: what is asked of one part becomes a condition on the whole key text.
//!
//! `BETWEEN` includes both its ends, and one sort key takes one condition, so every range has to be
//! said as one pair of inclusive bounds that stays inside the prefix.

use std::ops::Bound;

use super::builder::KeyPlace;
use super::{KeyError, KeyValue};

/// Sorts after every continuation of a prefix: no part has a character this high.
const CEILING: char = char::MAX;

/// A condition on a sort key, as DynamoDB can be asked for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SortCondition {
    Equal(KeyValue),
    BeginsWith(KeyValue),
    AtLeast(KeyValue),
    AtMost(KeyValue),
    Between(KeyValue, KeyValue),
}

impl SortCondition {
    /// The condition for an attribute that is one value; none if every value will do.
    pub(crate) fn of_values(lower: Bound<KeyValue>, upper: Bound<KeyValue>) -> Option<Self> {
        let lowest = match lower {
            Bound::Included(value) => Some(value),
            Bound::Excluded(value) => Some(value.next()),
            Bound::Unbounded => None,
        };
        let highest = match upper {
            Bound::Included(value) => Some(value),
            Bound::Excluded(value) => match value.previous() {
                Some(last) => Some(last),
                None => return Some(Self::Between(value.next(), value)),
            },
            Bound::Unbounded => None,
        };
        match (lowest, highest) {
            (None, None) => None,
            (Some(lowest), None) => Some(Self::AtLeast(lowest)),
            (None, Some(highest)) => Some(Self::AtMost(highest)),
            (Some(lowest), Some(highest)) => Some(Self::Between(lowest, highest)),
        }
    }

    /// Keeps to the length of a sort key, which DynamoDB asks for on reads too: refuses a longer key, and
    /// moves the end of a range to the next key that can be.
    pub(crate) fn checked(self, place: &KeyPlace) -> Result<Self, KeyError> {
        Ok(match self {
            Self::Equal(value) => Self::Equal(place.check_length(value)?),
            Self::BeginsWith(value) => Self::BeginsWith(place.check_length(value)?),
            Self::AtLeast(low) => Self::AtLeast(first_from(low, place.limit)),
            Self::AtMost(high) => Self::AtMost(last_until(high, place.limit)),
            Self::Between(low, high) => {
                Self::Between(first_from(low, place.limit), last_until(high, place.limit))
            }
        })
    }

    /// The values that it compares with.
    pub(crate) fn values(&self) -> impl Iterator<Item = &KeyValue> {
        let (first, second) = match self {
            Self::Between(low, high) => (low, Some(high)),
            Self::Equal(value) | Self::BeginsWith(value) | Self::AtLeast(value) | Self::AtMost(value) => {
                (value, None)
            }
        };
        std::iter::once(first).chain(second)
    }

    /// Nothing can fulfil it. DynamoDB refuses such a condition, so nothing is sent.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Between(low, high) if low.is_above(high))
    }
}

/// The first text of at most `limit` bytes at or after `text`.
fn first_from(value: KeyValue, limit: usize) -> KeyValue {
    match value {
        KeyValue::Text(text) => KeyValue::Text(first_text_from(text, limit)),
        KeyValue::Binary(bytes) => KeyValue::Binary(first_bytes_from(bytes, limit)),
        number => number,
    }
}

fn first_text_from(text: String, limit: usize) -> String {
    if text.len() <= limit {
        return text;
    }
    // With what does not fit cut off, it sorts before `text`: the next one differs earlier.
    let mut first = truncated(&text, limit).to_owned();
    while let Some(last) = first.pop() {
        let next = (last..=CEILING).nth(1).filter(|next| first.len() + next.len_utf8() <= limit);
        if let Some(next) = next {
            first.push(next);
            return first;
        }
    }
    CEILING.into()
}

/// The last text of at most `limit` bytes at or before `text`.
fn last_until(value: KeyValue, limit: usize) -> KeyValue {
    match value {
        KeyValue::Text(text) => KeyValue::Text(last_text_until(text, limit)),
        KeyValue::Binary(mut bytes) => {
            bytes.truncate(limit);
            KeyValue::Binary(bytes)
        }
        number => number,
    }
}

/// The first bytes, at most `limit` of them, at or after `bytes`.
fn first_bytes_from(mut bytes: Vec<u8>, limit: usize) -> Vec<u8> {
    if bytes.len() <= limit {
        return bytes;
    }
    bytes.truncate(limit);
    while let Some(last) = bytes.pop() {
        if let Some(next) = last.checked_add(1) {
            bytes.push(next);
            return bytes;
        }
    }
    // Nothing of that length is above: the greatest of all, which is below `bytes`, would be selected.
    vec![u8::MAX; limit + 1]
}

fn last_text_until(text: String, limit: usize) -> String {
    if text.len() <= limit {
        return text;
    }
    let mut last = truncated(&text, limit).to_owned();
    // The character that did not fit sorts after all that are shorter.
    match limit - last.len() {
        0 => {}
        1 => last.push('\u{7F}'),
        2 => last.push('\u{7FF}'),
        _ => last.push('\u{FFFF}'),
    }
    last
}

/// As much of `text` as fits, in whole characters.
fn truncated(text: &str, limit: usize) -> &str {
    &text[..text.floor_char_boundary(limit)]
}

/// The part a range is on, as seen from its place in the template.
pub(crate) struct RangedPart<'a> {
    /// Key text before the part.
    pub(crate) prefix: &'a str,
    /// The literal after it; none if the part ends the template.
    pub(crate) closing: Option<&'a str>,
}

impl RangedPart<'_> {
    /// The condition for the keys between `lower` and `upper`, which are key texts up to the part, with it;
    /// none if every key will do.
    pub(crate) fn condition(&self, lower: Bound<String>, upper: Bound<String>) -> Option<SortCondition> {
        let included =
            |text: Option<String>| text.map_or(Bound::Unbounded, |text| Bound::Included(text.into()));
        SortCondition::of_values(included(self.lowest(lower)), included(self.highest(upper)))
    }

    fn lowest(&self, bound: Bound<String>) -> Option<String> {
        match bound {
            Bound::Included(text) => Some(text),
            Bound::Excluded(text) => Some(match self.closing {
                Some(_) => self.last_with(text),
                // The smallest text above all keys of the part is the key itself and one more byte.
                None => text + "\0",
            }),
            // An empty bound is not a key; with no prefix there is none to keep to.
            Bound::Unbounded => (!self.prefix.is_empty()).then(|| self.prefix.to_owned()),
        }
    }

    fn highest(&self, bound: Bound<String>) -> Option<String> {
        match bound {
            Bound::Included(text) => Some(self.last_with(text)),
            Bound::Excluded(text) => Some(last_before(text)),
            Bound::Unbounded => (!self.prefix.is_empty()).then(|| format!("{}{CEILING}", self.prefix)),
        }
    }

    /// At or above every key that begins with `text`, and below every key whose part is greater.
    fn last_with(&self, mut text: String) -> String {
        if let Some(closing) = self.closing {
            text.push_str(closing);
            text.push(CEILING);
        }
        text
    }
}

/// At or above every key that sorts before `bound`, and below it. Keys have no [`CEILING`] in them.
pub(super) fn last_before(mut bound: String) -> String {
    match bound.pop() {
        None | Some('\0') => {}
        Some('\u{E000}') => bound.extend(['\u{D7FF}', CEILING]),
        Some(last) => bound.extend(char::from_u32(last as u32 - 1).into_iter().chain([CEILING])),
    }
    bound
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: Bound<String> = Bound::Unbounded;

    fn keys(prefix: &str, closing: Option<&str>) -> Vec<String> {
        let texts =
            ["a", "a\0", "a ", "ab", "b", "b!", "b\u{10FFF}", "ba", "c", "\u{D7FF}", "\u{E000}", "\u{FFFFF}"];
        let mut keys = Vec::new();
        for text in texts {
            match closing {
                None => keys.push(format!("{prefix}{text}")),
                Some(closing) => keys.extend(["x", "y"].map(|next| format!("{prefix}{text}{closing}{next}"))),
            }
        }
        keys
    }

    fn selects(condition: &Option<SortCondition>, key: &str) -> bool {
        let text = |value: &KeyValue| match value {
            KeyValue::Text(text) => text.clone(),
            other => panic!("{other} is not text"),
        };
        match condition {
            None => true,
            Some(SortCondition::Equal(value)) => key == text(value),
            Some(SortCondition::BeginsWith(value)) => key.starts_with(&text(value)),
            Some(SortCondition::AtLeast(value)) => *key >= *text(value),
            Some(SortCondition::AtMost(value)) => *key <= *text(value),
            Some(SortCondition::Between(low, high)) => *text(low) <= *key && *key <= *text(high),
        }
    }

    /// Bounds on whole keys select what bounds on the last part select, for every pair of bounds.
    #[test]
    fn the_last_part_is_bounded_as_text_is() {
        let texts = ["a", "a\0", "ab", "b", "ba", "\u{E000}", "zz"];
        let bounds = |text: &str| [Bound::Included(text.to_owned()), Bound::Excluded(text.to_owned()), OPEN];
        for prefix in ["", "ORDER#"] {
            let part = RangedPart { prefix, closing: None };
            let whole = |bound: &Bound<String>| bound.as_ref().map(|text| format!("{prefix}{text}"));
            for (low, high) in texts.iter().flat_map(|low| texts.iter().map(move |high| (low, high))) {
                for (lower, upper) in
                    bounds(low).into_iter().flat_map(|l| bounds(high).map(|u| (l.clone(), u)))
                {
                    let condition = part.condition(whole(&lower), whole(&upper));
                    for key in keys(prefix, None) {
                        let text = key.strip_prefix(prefix).unwrap().to_owned();
                        let above = match &lower {
                            Bound::Included(low) => text >= *low,
                            Bound::Excluded(low) => text > *low,
                            Bound::Unbounded => true,
                        };
                        let below = match &upper {
                            Bound::Included(high) => text <= *high,
                            Bound::Excluded(high) => text < *high,
                            Bound::Unbounded => true,
                        };
                        assert_eq!(
                            selects(&condition, &key),
                            above && below,
                            "{key:?} in {lower:?}, {upper:?}"
                        );
                    }
                }
            }
        }
    }

    /// A part of fixed width that others follow: equal values are inside, whatever follows them.
    #[test]
    fn what_follows_a_part_is_inside_its_bounds() {
        let part = RangedPart { prefix: "N#", closing: Some("#") };
        let bound = |n: u32, wrap: fn(String) -> Bound<String>| wrap(format!("N#{n:03}"));
        for (low, high) in (0..6).flat_map(|low| (0..6).map(move |high| (low, high))) {
            let key = |n: u32| format!("N#{n:03}#\u{FFFFF}");
            let condition = part.condition(bound(low, Bound::Included), bound(high, Bound::Included));
            let open = part.condition(bound(low, Bound::Excluded), bound(high, Bound::Excluded));
            for n in 0..6 {
                assert_eq!(selects(&condition, &key(n)), low <= n && n <= high);
                assert_eq!(selects(&open, &key(n)), low < n && n < high);
            }
        }
    }

    #[test]
    fn open_ends_stay_inside_the_prefix() {
        let part = RangedPart { prefix: "ORDER#", closing: None };
        let all = part.condition(OPEN, OPEN);
        assert!(selects(&all, "ORDER#zz") && !selects(&all, "ORDER$") && !selects(&all, "ORDE"));
    }

    #[test]
    fn reversed_bounds_select_nothing() {
        let part = RangedPart { prefix: "", closing: None };
        let reversed = part.condition(Bound::Included("b".into()), Bound::Included("a".into()));
        assert!(reversed.is_some_and(|condition| condition.is_empty()));
    }
}
