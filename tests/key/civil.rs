//! Strategies for dates and times as numbers, and what their text must be.

use proptest::prelude::*;
use proptest::sample::select;

/// Year, month, day, hour, minute, second, nanosecond. The day exists in every month unless the month
/// is given with it, and the year may be out of range.
pub type Numbers = (i32, u8, u8, u8, u8, u8, u32);

pub const EDGES: [Numbers; 18] = [
    (-1, 12, 31, 23, 59, 59, 999_999_999),
    (0, 1, 1, 0, 0, 0, 0),
    (0, 2, 29, 0, 0, 0, 1),
    (1, 1, 1, 0, 0, 0, 0),
    (999, 12, 31, 23, 59, 59, 999_999_999),
    (1000, 1, 1, 0, 0, 0, 0),
    (1969, 12, 31, 23, 59, 59, 999_999_999),
    (1970, 1, 1, 0, 0, 0, 0),
    (2000, 2, 29, 12, 30, 30, 500_000_000),
    (2016, 12, 31, 23, 59, 59, 999_999_999),
    (2017, 1, 1, 0, 0, 0, 0),
    (2020, 6, 21, 19, 18, 0, 0),
    (2020, 6, 21, 19, 18, 0, 1),
    (2020, 6, 21, 19, 18, 0, 1_000_000),
    (9999, 12, 30, 22, 0, 0, 999_999_999),
    (9999, 12, 31, 23, 59, 59, 999_999_999),
    (9998, 12, 31, 23, 59, 59, 0),
    (10_000, 1, 1, 0, 0, 0, 0),
];

pub fn numbers() -> impl Strategy<Value = Numbers> {
    let year =
        prop_oneof![select(vec![-1, 0, 1, 9, 10, 999, 1000, 1969, 1970, 2020, 9998, 9999]), -20..10_000];
    let nanosecond = prop_oneof![
        select(vec![0, 1, 999, 1_000_000, 500_000_000, 999_000_000, 999_999_999]),
        0_u32..1_000_000_000,
        (0_u32..1000).prop_map(|millis| millis * 1_000_000),
    ];
    let free = (year, 1_u8..=12, 1_u8..=28, 0_u8..24, 0_u8..60, 0_u8..60, nanosecond);
    prop_oneof![1 => select(&EDGES[..]), 4 => free]
}

pub fn date_text((year, month, day, ..): Numbers) -> Option<String> {
    (0..=9999).contains(&year).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// The text with as many digits of the second as `fraction` says, unless that loses some.
pub fn text(numbers: Numbers, fraction: usize, zone: &str) -> Option<String> {
    let (.., hour, minute, second, nanosecond) = numbers;
    let digits = format!("{nanosecond:09}");
    let (kept, lost) = digits.split_at(fraction);
    let point = if fraction > 0 { "." } else { "" };
    let lossless = lost.bytes().all(|digit| digit == b'0');
    let date = date_text(numbers).filter(|_| lossless)?;
    Some(format!("{date}T{hour:02}:{minute:02}:{second:02}{point}{kept}{zone}"))
}
