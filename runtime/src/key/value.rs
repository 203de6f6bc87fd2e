//! The value of one key attribute, and its neighbours in DynamoDB's order.

use std::fmt;

use aws_sdk_dynamodb::types::AttributeValue;

use super::bounds::last_before;
use super::builder::SORT_KEY_LIMIT;
use crate::proof::KeyType;

/// The value of one key attribute.
///
/// Composed keys are text. A field that is a key by itself can be a number or binary, where the table
/// declares the attribute so: `#[table(sk = [SK: N])]`.
///
/// ```
/// use monotable::KeyValue;
/// use monotable::aws_sdk_dynamodb::types::AttributeValue;
///
/// let value = KeyValue::Number("7".into());
/// assert_eq!(value.to_string(), "7");
/// assert_eq!(AttributeValue::from(value), AttributeValue::N("7".into()));
/// assert_eq!(KeyValue::from("ORDER#7").to_string(), "\"ORDER#7\"");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum KeyValue {
    /// `S`
    Text(String),
    /// `N`, in decimal.
    Number(String),
    /// `B`
    Binary(Vec<u8>),
}

impl KeyValue {
    /// The text that `OrderKey::parse` takes for it: text as it is, numbers in decimal, bytes in lower-case
    /// hexadecimal.
    ///
    /// ```
    /// use monotable::KeyValue;
    /// assert_eq!(KeyValue::from("ORDER#7").into_text(), "ORDER#7");
    /// assert_eq!(KeyValue::Number("7".into()).into_text(), "7");
    /// assert_eq!(KeyValue::Binary(vec![7, 255]).into_text(), "07ff");
    /// ```
    #[must_use]
    pub fn into_text(self) -> String {
        match self {
            Self::Text(text) | Self::Number(text) => text,
            Self::Binary(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }

    /// The value of an attribute, if its type is one that keys have.
    pub(crate) fn of(value: AttributeValue) -> Option<Self> {
        match value {
            AttributeValue::S(text) => Some(Self::Text(text)),
            AttributeValue::N(number) => Some(Self::Number(number)),
            AttributeValue::B(bytes) => Some(Self::Binary(bytes.into_inner())),
            _ => None,
        }
    }

    /// Its buffer, for another key.
    pub(crate) fn into_buffer(self) -> String {
        match self {
            Self::Text(text) | Self::Number(text) => text,
            Self::Binary(_) => String::new(),
        }
    }

    pub(crate) fn key_type(&self) -> KeyType {
        match self {
            Self::Text(_) => KeyType::Text,
            Self::Number(_) => KeyType::Number,
            Self::Binary(_) => KeyType::Binary,
        }
    }

    /// The length that DynamoDB limits. Numbers are never too long.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Number(_) => 0,
            Self::Binary(bytes) => bytes.len(),
        }
    }

    /// Whether it sorts after `other`, which is of the same type. Ranges on numbers are of integers.
    pub(crate) fn is_above(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(this), Self::Text(other)) => this > other,
            (Self::Binary(this), Self::Binary(other)) => this > other,
            _ => matches!((self.integer(), other.integer()), (Some(this), Some(other)) if this > other),
        }
    }

    /// At or below every value above it.
    pub(crate) fn next(&self) -> Self {
        match self {
            Self::Text(text) => Self::Text(format!("{text}\0")),
            Self::Binary(bytes) => Self::Binary([bytes, &[0][..]].concat()),
            Self::Number(number) => Self::Number(match self.integer() {
                Some(integer) => (integer + 1).to_string(),
                None => number.clone(),
            }),
        }
    }

    /// At or above every value below it; none if there is no such value.
    pub(crate) fn previous(&self) -> Option<Self> {
        match self {
            Self::Text(text) => {
                Some(last_before(text.clone())).filter(|text| !text.is_empty()).map(Self::Text)
            }
            Self::Number(_) => Some(Self::Number((self.integer()? - 1).to_string())),
            Self::Binary(bytes) => bytes_before(bytes).map(Self::Binary),
        }
    }

    /// The same for all that DynamoDB takes for the same key: `10`, `10.0` and `1e1` are one number.
    pub(crate) fn identity(self) -> Self {
        match self {
            Self::Number(number) => Self::Number(by_value(&number).unwrap_or(number)),
            other => other,
        }
    }

    /// DynamoDB's numbers have 38 digits, so all integers among them are here.
    fn integer(&self) -> Option<i128> {
        match self {
            Self::Number(number) => number.parse().ok(),
            _ => None,
        }
    }
}

/// The significant digits of a decimal number and the power of ten behind them, if it is one.
fn by_value(number: &str) -> Option<String> {
    let (sign, number) = match number.strip_prefix('-') {
        Some(number) => ("-", number),
        None => ("", number.strip_prefix('+').unwrap_or(number)),
    };
    let (mantissa, exponent) = match number.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i16>().ok()?.into()),
        None => (number, 0_i64),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [whole, fraction].concat();
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let significant = digits.trim_end_matches('0');
    let behind = i64::try_from(digits.len() - significant.len()).ok()?;
    let power = exponent + behind - i64::try_from(fraction.len()).ok()?;
    match significant.trim_start_matches('0') {
        "" => Some("0".to_owned()),
        significant => Some(format!("{sign}{significant}e{power}")),
    }
}

/// The last key below `bytes`: keys have at most as many bytes as the longest sort key.
fn bytes_before(bytes: &[u8]) -> Option<Vec<u8>> {
    let (last, rest) = bytes.split_last()?;
    let mut before = rest.to_vec();
    if let Some(less) = last.checked_sub(1) {
        before.push(less);
        before.resize(before.len().max(SORT_KEY_LIMIT), u8::MAX);
    }
    (!before.is_empty()).then_some(before)
}

impl From<KeyValue> for AttributeValue {
    fn from(value: KeyValue) -> Self {
        match value {
            KeyValue::Text(text) => Self::S(text),
            KeyValue::Number(number) => Self::N(number),
            KeyValue::Binary(bytes) => Self::B(bytes.into()),
        }
    }
}

impl From<&str> for KeyValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for KeyValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// As errors show keys: text in quotes, bytes in hexadecimal.
impl fmt::Display for KeyValue {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(out, "{text:?}"),
            Self::Number(number) => out.write_str(number),
            Self::Binary(bytes) => {
                out.write_str("0x")?;
                bytes.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binary(bytes: &[u8]) -> KeyValue {
        KeyValue::Binary(bytes.to_vec())
    }

    /// Between a value and its neighbours there is nothing.
    #[test]
    fn neighbours_of_bytes() {
        let keys: [&[u8]; 8] = [&[0], &[0, 0], &[0, 1], &[1], &[1, 0], &[1, 0xFF], &[2], &[0xFF, 0xFF]];
        for bound in keys.map(binary) {
            for key in keys.map(binary) {
                assert_eq!(key.is_above(&bound), !bound.next().is_above(&key), "{key} above {bound}");
                let is_below = bound.previous().is_some_and(|last| !key.is_above(&last));
                assert_eq!(bound.is_above(&key), is_below, "{key} below {bound}");
            }
        }
    }

    /// Against decimals made of a value in units of 0.001, spelled in every way.
    #[test]
    fn numbers_are_the_same_by_value() {
        let spellings = |thousandths: i32| {
            let (sign, size) = (if thousandths < 0 { "-" } else { "" }, thousandths.abs());
            let (whole, rest) = (size / 1000, size % 1000);
            let mut spellings = vec![
                format!("{sign}{whole}.{rest:03}"),
                format!("{sign}00{whole}.{rest:03}000"),
                format!("{sign}{size}e-3"),
                format!("{sign}{size}0E-4"),
                format!("{sign}.{size:09}e+6"),
            ];
            spellings.extend((rest == 0).then(|| format!("{sign}{whole}")));
            spellings.extend((rest == 0).then(|| format!("{sign}{whole}.")));
            spellings
        };
        let identity = |text: String| KeyValue::Number(text).identity();
        let mut seen = std::collections::HashMap::new();
        for thousandths in (-2100..=2100).chain([10_000, 100_000, 123_000, 1_230_000, -100_000]) {
            for spelling in spellings(thousandths) {
                let value = *seen.entry(identity(spelling.clone())).or_insert(thousandths);
                assert_eq!(value, thousandths, "{spelling}");
            }
        }
        assert_eq!(seen.len(), 4201 + 5);
        let raw = |text: &str| assert_eq!(identity(text.to_owned()), KeyValue::Number(text.to_owned()));
        ["", "-", "x", "1e", "1e99999", "1.2.3"].into_iter().for_each(raw);
    }

    #[test]
    fn numbers_are_compared_by_value() {
        let number = |text: &str| KeyValue::Number(text.to_owned());
        assert!(number("10").is_above(&number("9")) && number("9").is_above(&number("-10")));
        assert_eq!(number("0").previous(), Some(number("-1")));
        assert_eq!(number(&"9".repeat(38)).next(), number(&format!("1{}", "0".repeat(38))));
    }
}
