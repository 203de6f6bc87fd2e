//! The one way in which dates and date-times are written and read: RFC 3339 of a fixed length.

use super::{Bytes, CivilDate, CivilDateTime, DatePart, DateTimePart, KeyText, Language, PartRule, digits};

/// How many digits of a second are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Precision {
    Seconds,
    Millis,
    Nanos,
}

/// Every text is a prefix of this one, and has its punctuation.
const PATTERN: [u8; 30] = *b"0000-00-00T00:00:00.000000000Z";
const DATE: usize = 10;
const NO_SUCH_DATE: PartRule = PartRule::NotOfThisForm { expected: "a date" };
const NO_SUCH_DATE_TIME: PartRule =
    PartRule::NotOfThisForm { expected: "a date-time at the precision of its place in the key" };

impl Precision {
    /// The length of the text without `Z`.
    const fn len(self) -> usize {
        match self {
            Self::Seconds => 19,
            Self::Millis => 23,
            Self::Nanos => 29,
        }
    }

    /// The nanoseconds of the finest unit, and its name.
    const fn unit(self) -> (u32, &'static str) {
        match self {
            Self::Seconds => (1_000_000_000, "seconds"),
            Self::Millis => (1_000_000, "milliseconds"),
            Self::Nanos => (1, "nanoseconds"),
        }
    }

    pub(super) const fn language(self, utc: bool) -> Language {
        const SECONDS: [Bytes; 20] = classes();
        const MILLIS: [Bytes; 24] = classes();
        const NANOS: [Bytes; 30] = classes();
        let with_zone: &[Bytes] = match self {
            Self::Seconds => &SECONDS,
            Self::Millis => &MILLIS,
            Self::Nanos => &NANOS,
        };
        Language::Fixed(if utc { with_zone } else { with_zone.split_at(self.len()).0 })
    }
}

pub(super) const DATE_LANGUAGE: Language = {
    const NANOS: [Bytes; 30] = classes();
    Language::Fixed(NANOS.split_at(DATE).0)
};

/// The bytes of each place in a text of `N` bytes that ends in `Z`. First digits are exact, so that a
/// month is `0` or `1` and another; the second's is up to `6` for leap seconds.
const fn classes<const N: usize>() -> [Bytes; N] {
    let mut classes = [Bytes::DIGITS; N];
    let mut at = 0;
    while at < N - 1 {
        let first = match at {
            5 => b'1',
            8 => b'3',
            11 => b'2',
            14 => b'5',
            17 => b'6',
            _ => b'9',
        };
        let is_digit = PATTERN[at] == b'0';
        classes[at] = if is_digit { Bytes::range(b'0', first) } else { Bytes::of(&[PATTERN[at]]) };
        at += 1;
    }
    classes[N - 1] = Bytes::of(b"Z");
    classes
}

pub(super) fn write_date(date: CivilDate, out: &mut KeyText) {
    let mut text = PATTERN;
    fill_date(date, &mut text);
    out.push_ascii(&text[..DATE]);
}

pub(super) fn write<T: DateTimePart>(
    value: &T,
    precision: Precision,
    out: &mut KeyText,
) -> Result<(), PartRule> {
    let value = value.to_civil()?;
    let (nanoseconds, unit) = precision.unit();
    if !value.nanosecond().is_multiple_of(nanoseconds) {
        return Err(PartRule::NotSoFine { unit });
    }
    let mut text = PATTERN;
    fill_date(value.date(), &mut text);
    for (at, number) in [(11, value.hour()), (14, value.minute()), (17, value.second())] {
        digits::fill(number.into(), &mut text[at..at + 2]);
    }
    digits::fill(value.nanosecond().into(), &mut text[20..29]);
    let mut length = precision.len();
    if T::UTC {
        text[length] = b'Z';
        length += 1;
    }
    out.push_ascii(&text[..length]);
    Ok(())
}

fn fill_date(date: CivilDate, text: &mut [u8; 30]) {
    digits::fill(date.year().into(), &mut text[..4]);
    digits::fill(date.month().into(), &mut text[5..7]);
    digits::fill(date.day().into(), &mut text[8..10]);
}

pub(super) fn read_date<T: DatePart>(text: &str) -> Result<T, PartRule> {
    let text = text.as_bytes();
    let date = (text.len() == DATE).then(|| parse_date(text)).flatten();
    // The library's own refusal of, say, 30 February says the same.
    T::from_civil_date(date.ok_or(NO_SUCH_DATE)?)
}

pub(super) fn read<T: DateTimePart>(text: &str, precision: Precision) -> Result<T, PartRule> {
    T::from_civil(parse(text.as_bytes(), precision, T::UTC).ok_or(NO_SUCH_DATE_TIME)?)
}

fn parse(text: &[u8], precision: Precision, utc: bool) -> Option<CivilDateTime> {
    let text = if utc { text.strip_suffix(b"Z")? } else { text };
    if text.len() != precision.len() {
        return None;
    }
    let punctuation = [10, 13, 16, 19].into_iter().filter(|at| *at < text.len());
    if !punctuation.into_iter().all(|at| text[at] == PATTERN[at]) {
        return None;
    }
    let fraction = text.get(20..).unwrap_or(b"0");
    let (unit, _) = precision.unit();
    CivilDateTime::new(
        parse_date(&text[..DATE])?,
        number(&text[11..13])? as u8,
        number(&text[14..16])? as u8,
        number(&text[17..19])? as u8,
        number(fraction)?.checked_mul(unit)?,
    )
    .ok()
}

fn parse_date(text: &[u8]) -> Option<CivilDate> {
    if text[4] != b'-' || text[7] != b'-' {
        return None;
    }
    let year = number(&text[..4])?;
    CivilDate::new(year as i32, number(&text[5..7])? as u8, number(&text[8..10])? as u8).ok()
}

fn number(text: &[u8]) -> Option<u32> {
    digits::parse(text)?.try_into().ok()
}

/// Implements [`KeyPart`](super::KeyPart) for date-times by their [`DateTimePart`].
macro_rules! date_time_key_part {
    ($($type:ty),* $(,)?) => {$(
        /// RFC 3339 to the nanosecond. Byte order is value order; years outside 0000 to 9999 are refused.
        impl $crate::key::KeyPart for $type {
            const LANGUAGE: $crate::key::Language =
                $crate::key::rfc3339::Precision::Nanos.language(<$type as $crate::key::DateTimePart>::UTC);
            const KEEPS_ORDER: bool = true;

            fn encode(&self, out: &mut $crate::key::KeyText) -> Result<(), $crate::key::PartRule> {
                $crate::key::rfc3339::write(self, $crate::key::rfc3339::Precision::Nanos, out)
            }

            fn decode(text: &str, _delimiter: char) -> Result<Self, $crate::key::PartRule> {
                $crate::key::rfc3339::read(text, $crate::key::rfc3339::Precision::Nanos)
            }
        }
    )*};
}

/// Implements [`KeyPart`](super::KeyPart) for dates by their [`DatePart`].
macro_rules! date_key_part {
    ($($type:ty),* $(,)?) => {$(
        /// `YYYY-MM-DD`. Byte order is value order; years outside 0000 to 9999 are refused.
        impl $crate::key::KeyPart for $type {
            const LANGUAGE: $crate::key::Language = $crate::key::rfc3339::DATE_LANGUAGE;
            const KEEPS_ORDER: bool = true;

            fn encode(&self, out: &mut $crate::key::KeyText) -> Result<(), $crate::key::PartRule> {
                $crate::key::rfc3339::write_date($crate::key::DatePart::to_civil_date(self)?, out);
                Ok(())
            }

            fn decode(text: &str, _delimiter: char) -> Result<Self, $crate::key::PartRule> {
                $crate::key::rfc3339::read_date(text)
            }
        }
    )*};
}

pub(super) use {date_key_part, date_time_key_part};
