//! Numbers: decimal text in JSON strings, of up to 38 digits.

use serde::de::Visitor;

use super::{Error, Result};

/// As DynamoDB writes them, or other engines do: no sign but a minus, no point without digits on both sides.
pub(super) fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (number, exponent) = match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, Some(exponent)),
        None => (text, None),
    };
    let exponent = exponent.map(|exponent| exponent.strip_prefix(['-', '+']).unwrap_or(exponent));
    let (integer, fraction) = match number.split_once('.') {
        Some((integer, fraction)) => (integer, Some(fraction)),
        None => (number, None),
    };
    digits(integer) && fraction.is_none_or(digits) && exponent.is_none_or(digits)
}

/// An integer. So many digits cannot overflow, and need no checks.
#[inline]
pub(super) fn unsigned(text: &str) -> Option<u64> {
    match text.as_bytes() {
        digits @ [_, ..] if digits.len() <= 19 => plain(digits),
        _ => parsed(text),
    }
}

#[inline]
pub(super) fn signed(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes() {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.is_empty() || digits.len() > 18 {
        return parsed(text);
    }
    let number = plain(digits)?.cast_signed();
    Some(if negative { -number } else { number })
}

#[inline]
fn plain(digits: &[u8]) -> Option<u64> {
    digits.iter().try_fold(0u64, |number, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit < 10).then(|| number.wrapping_mul(10).wrapping_add(u64::from(digit)))
    })
}

#[cold]
pub(super) fn parsed<T: std::str::FromStr>(text: &str) -> Option<T> {
    if is_number(text) { text.parse().ok() } else { None }
}

pub(super) fn double(text: &str) -> Option<f64> {
    if !is_number(text) {
        return None;
    }
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

pub(super) fn single(text: &str) -> Option<f32> {
    if !is_number(text) {
        return None;
    }
    text.parse().ok().filter(|number: &f32| number.is_finite())
}

#[cold]
pub(super) fn unfit() -> Error {
    Error::unfit("the number does not fit")
}

/// A number for a visitor that asks for no type. serde keeps 64 bits of it: what has no place there is refused.
pub(super) fn visit<'de, V: Visitor<'de>>(text: &str, visitor: V) -> Result<V::Value> {
    if let Some(number) = signed(text) {
        visitor.visit_i64(number)
    } else if let Some(number) = unsigned(text) {
        visitor.visit_u64(number)
    } else {
        visitor.visit_f64(double(text).filter(|&number| is_exactly(text, number)).ok_or_else(unfit)?)
    }
}

/// Whether the number that `text` says is the one that `number` is written as.
fn is_exactly(text: &str, number: f64) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    // Of 15 digits each has its own double.
    digits <= 15 || decimal(text) == decimal(&format!("{number:e}"))
}

/// Digits without zeros at either end, and the power of ten of the last one; the sign is not looked at.
fn decimal(text: &str) -> Option<(String, i64)> {
    let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (integer, fraction) = number.split_once('.').unwrap_or((number, ""));
    let exponent = exponent.parse::<i64>().ok()?.checked_sub(i64::try_from(fraction.len()).ok()?)?;
    let digits = format!("{}{fraction}", integer.trim_start_matches('-'));
    let significant = digits.trim_end_matches('0');
    let zeros = i64::try_from(digits.len() - significant.len()).ok()?;
    let significant = significant.trim_start_matches('0');
    Some((significant.to_owned(), if significant.is_empty() { 0 } else { exponent.checked_add(zeros)? }))
}
