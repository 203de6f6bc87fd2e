//! Numbers: what fits which type, and that no digit is lost without a word.

use monotable::__wire as wire;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_dynamo::AttributeValue;

use super::any::Anything;
use super::tree::number;

/// Whether the numbers in a value are still the same as the 64 bits that serde keeps of one without a type.
pub fn is_kept_by_serde(value: &AttributeValue) -> bool {
    match value {
        AttributeValue::N(number) => is_kept(number),
        AttributeValue::Ns(numbers) => numbers.iter().all(|number| is_kept(number)),
        AttributeValue::L(list) => list.iter().all(is_kept_by_serde),
        AttributeValue::M(map) => map.values().all(is_kept_by_serde),
        _ => true,
    }
}

/// By the text that Rust writes for the double: the shortest that is read as the same one.
fn is_kept(number: &str) -> bool {
    number.parse::<i64>().is_ok()
        || number.parse::<u64>().is_ok()
        || number.parse::<f64>().is_ok_and(|double| plain(&double.to_string()) == plain(number))
}

/// Without zeros that mean nothing.
fn plain(number: &str) -> String {
    let number =
        if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number };
    number.to_owned()
}

fn n(number: &str) -> Vec<u8> {
    format!(r#"{{"N":"{number}"}}"#).into_bytes()
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Flat<T> {
    #[serde(flatten)]
    inner: V<T>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct V<T> {
    v: T,
}

const LARGEST: i128 = 99_999_999_999_999_999_999_999_999_999_999_999_999;

#[test]
fn all_38_digits() {
    for number in [0, 1, -1, LARGEST, -LARGEST, i128::from(u64::MAX) + 1] {
        let written = wire::write(&number).unwrap();
        assert_eq!(written, n(&number.to_string()));
        assert_eq!(wire::read::<i128>(&written), Ok(number));
    }
    assert_eq!(wire::read::<u128>(&n(&LARGEST.to_string())), Ok(LARGEST as u128));
    // DynamoDB has no more.
    assert!(wire::write(&(LARGEST + 1)).is_ok(), "one digit and zeros");
    assert!(wire::write(&(LARGEST + 2)).is_err());
    assert!(wire::write(&u128::MAX).is_err());
}

#[test]
fn behind_a_flatten_no_digit_is_lost() {
    let item = |number: &str| format!(r#"{{"M":{{"v":{{"N":"{number}"}}}}}}"#).into_bytes();
    assert_eq!(wire::read(&item("-5")), Ok(Flat { inner: V { v: -5i8 } }));
    assert_eq!(wire::read(&item("18446744073709551615")), Ok(Flat { inner: V { v: u64::MAX } }));
    assert_eq!(wire::read(&item("0.1")), Ok(Flat { inner: V { v: 0.1 } }));
    assert_eq!(wire::read(&item("123456789.87654321")), Ok(Flat { inner: V { v: 123_456_789.876_543_21 } }));
    for lossy in ["12345678901234567890123", "0.12345678901234567890123", "-9007199254740993.5"] {
        assert!(wire::read::<Flat<f64>>(&item(lossy)).is_err(), "{lossy}");
        // Where the type is known, it is the type's word how much of it is kept.
        assert!(wire::read::<V<f64>>(&item(lossy)).is_ok());
    }
    assert_eq!(wire::read(&item(&LARGEST.to_string())), Ok(V { v: LARGEST }));
}

#[test]
fn what_is_no_number_is_refused() {
    for text in
        ["", "-", "+1", "1.", ".5", "1e", "1e+", "0x1", "1_0", " 1", "1 ", "NaN", "inf", "-infinity", "١"]
    {
        assert!(wire::read::<f64>(&n(text)).is_err(), "{text:?}");
        assert!(wire::read::<i64>(&n(text)).is_err(), "{text:?}");
        assert!(wire::read::<u64>(&n(text)).is_err(), "{text:?}");
        assert!(wire::read::<i128>(&n(text)).is_err(), "{text:?}");
        assert!(wire::read::<Anything>(&n(text)).is_err(), "{text:?}");
    }
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(wire::write(&value).is_err());
    }
    assert!(wire::read::<f64>(&n("1e999")).is_err());
    assert!(wire::read::<f32>(&n("1e100")).is_err());
    assert_eq!(wire::read::<f64>(&n("1E+2")), Ok(100.0));
}

proptest! {
    #[test]
    fn an_integer_fits_or_is_refused(number in number()) {
        macro_rules! fits {
            ($($type:ty)*) => {$(
                prop_assert_eq!(wire::read::<$type>(&n(&number)).ok(), number.parse::<$type>().ok());
            )*};
        }
        fits!(i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f64);
    }

    #[test]
    fn near_the_ends_of_types(off in -3i128..4, shift in 0u32..65, negative: bool) {
        let number = ((1i128 << shift) + off) * if negative { -1 } else { 1 };
        let bytes = n(&number.to_string());
        macro_rules! fits {
            ($($type:ty)*) => {$(
                prop_assert_eq!(wire::read::<$type>(&bytes).ok(), <$type>::try_from(number).ok());
            )*};
        }
        fits!(i8 i16 i32 i64 u8 u16 u32 u64);
    }
}
