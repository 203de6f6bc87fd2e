//! Integers at the full width of their type, so that byte order is value order.

use std::num::{NonZeroU8, NonZeroU16, NonZeroU32, NonZeroU64, NonZeroU128};

use super::digits;
use super::{KeyPart, KeyText, KeyValue, Language, PartRule, PlainPart};
use crate::proof::KeyType;

/// Key parts that are unsigned integers: what `{field:06}` can pad.
///
/// ```
/// use monotable::key::UnsignedPart;
/// assert_eq!(7_u8.to_u128(), 7);
/// assert!(u8::from_u128(256).is_err());
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an unsigned integer",
    label = "only unsigned integers can be padded",
    note = "signed integers have a width of their own that keeps their order; leave the codec out"
)]
pub trait UnsignedPart: KeyPart {
    /// The greatest value of the type.
    const MAX: u128;

    /// Returns the value as the widest unsigned integer.
    fn to_u128(&self) -> u128;

    /// Returns the value that is `value`.
    ///
    /// # Errors
    ///
    /// [`PartRule::NotOfThisForm`], if the type has no such value.
    fn from_u128(value: u128) -> Result<Self, PartRule>;
}

/// The digits of DynamoDB's numbers.
const NUMBER_DIGITS: usize = 38;

/// An integer as a number of DynamoDB's.
fn number(text: &str) -> Result<KeyValue, PartRule> {
    match text.trim_start_matches('-').len() {
        ..=NUMBER_DIGITS => Ok(KeyValue::Number(text.to_owned())),
        _ => Err(PartRule::TooWide { digits: NUMBER_DIGITS }),
    }
}

/// Writes `value` in `width` digits, which must be enough.
#[inline]
pub(super) fn write_padded(value: u128, width: usize, out: &mut KeyText) {
    let mut buffer = [0; digits::MOST];
    let places = &mut buffer[..width];
    digits::fill(value, places);
    out.push_ascii(places);
}

macro_rules! unsigned {
    ($($type:ident, $expected:literal;)*) => {$(
        /// Decimal, zero-padded to the width of the greatest value. Byte order is value order.
        #[diagnostic::do_not_recommend]
        impl KeyPart for $type {
            const LANGUAGE: Language = Language::UpTo {
                width: digits::width(<Self as UnsignedPart>::MAX),
                max: <Self as UnsignedPart>::MAX,
            };
            const KEEPS_ORDER: bool = true;
            const NATIVE: Option<KeyType> = Some(KeyType::Number);

            fn native(&self) -> Result<KeyValue, PartRule> {
                number(&self.to_string())
            }

            fn from_native(value: KeyValue) -> Result<Self, PartRule> {
                match value {
                    KeyValue::Number(number) => Self::decode_plain(&number, '#'),
                    _ => Err(PartRule::NotOfThisForm { expected: "a number" }),
                }
            }

            #[inline]
            fn encode(&self, out: &mut KeyText) -> Result<(), PartRule> {
                write_padded(self.to_u128(), const { digits::width(<$type as UnsignedPart>::MAX) }, out);
                Ok(())
            }

            fn decode(text: &str, _delimiter: char) -> Result<Self, PartRule> {
                let width = const { digits::width(<$type as UnsignedPart>::MAX) };
                let value = (text.len() == width).then(|| digits::parse(text.as_bytes())).flatten();
                Self::from_u128(value.ok_or(PartRule::NotOfThisForm { expected: $expected })?)
            }
        }

        impl UnsignedPart for $type {
            const MAX: u128 = $type::MAX as u128;

            fn to_u128(&self) -> u128 {
                (*self).into()
            }

            fn from_u128(value: u128) -> Result<Self, PartRule> {
                value.try_into().map_err(|_| PartRule::NotOfThisForm { expected: $expected })
            }
        }
    )*};
}

macro_rules! non_zero {
    ($($type:ident, $primitive:ident, $expected:literal;)*) => {$(
        /// Like the primitive type, without zero.
        #[diagnostic::do_not_recommend]
        impl KeyPart for $type {
            const LANGUAGE: Language = <$primitive as KeyPart>::LANGUAGE;
            const KEEPS_ORDER: bool = true;
            const NATIVE: Option<KeyType> = Some(KeyType::Number);

            fn native(&self) -> Result<KeyValue, PartRule> {
                number(&self.to_string())
            }

            fn from_native(value: KeyValue) -> Result<Self, PartRule> {
                match value {
                    KeyValue::Number(number) => Self::decode_plain(&number, '#'),
                    _ => Err(PartRule::NotOfThisForm { expected: "a number" }),
                }
            }

            #[inline]
            fn encode(&self, out: &mut KeyText) -> Result<(), PartRule> {
                self.get().encode(out)
            }

            fn decode(text: &str, delimiter: char) -> Result<Self, PartRule> {
                Self::new($primitive::decode(text, delimiter)?)
                    .ok_or(PartRule::NotOfThisForm { expected: $expected })
            }
        }

        impl UnsignedPart for $type {
            const MAX: u128 = $primitive::MAX as u128;

            fn to_u128(&self) -> u128 {
                self.get().into()
            }

            fn from_u128(value: u128) -> Result<Self, PartRule> {
                Self::new($primitive::from_u128(value)?).ok_or(PartRule::NotOfThisForm { expected: $expected })
            }
        }
    )*};
}

macro_rules! signed {
    ($($type:ident, $width:literal, $expected:literal;)*) => {$(
        /// `0` and zero-padded digits, or `-` and the nines' complement of the magnitude, which falls
        /// as the value rises towards zero. Byte order is value order.
        #[diagnostic::do_not_recommend]
        impl KeyPart for $type {
            const LANGUAGE: Language = Language::Signed {
                width: $width,
                max_negative: $type::MIN.unsigned_abs() as u128,
                max_positive: $type::MAX as u128,
            };
            const KEEPS_ORDER: bool = true;
            const NATIVE: Option<KeyType> = Some(KeyType::Number);

            fn native(&self) -> Result<KeyValue, PartRule> {
                number(&self.to_string())
            }

            fn from_native(value: KeyValue) -> Result<Self, PartRule> {
                match value {
                    KeyValue::Number(number) => Self::decode_plain(&number, '#'),
                    _ => Err(PartRule::NotOfThisForm { expected: "a number" }),
                }
            }

            #[inline]
            fn encode(&self, out: &mut KeyText) -> Result<(), PartRule> {
                let mut buffer = [b'0'; 1 + $width];
                digits::fill(self.unsigned_abs().into(), &mut buffer[1..]);
                if *self < 0 {
                    buffer[0] = b'-';
                    complement(&mut buffer[1..]);
                }
                out.push_ascii(&buffer);
                Ok(())
            }

            fn decode(text: &str, _delimiter: char) -> Result<Self, PartRule> {
                signed_value(text, $width)
                    .and_then(|value| value.try_into().ok())
                    .ok_or(PartRule::NotOfThisForm { expected: $expected })
            }
        }
    )*};
}

/// Replaces each digit by what it lacks to nine.
fn complement(digits: &mut [u8]) {
    for digit in digits {
        *digit = b'9' - (*digit - b'0');
    }
}

fn signed_value(text: &str, width: usize) -> Option<i128> {
    let (sign, rest) = text.as_bytes().split_first()?;
    if rest.len() != width || !rest.iter().all(u8::is_ascii_digit) {
        return None;
    }
    if *sign == b'0' {
        return digits::parse(rest)?.try_into().ok();
    }
    let mut buffer = [0; digits::MOST];
    let magnitude = &mut buffer[..width];
    magnitude.copy_from_slice(rest);
    complement(magnitude);
    // Zero has one text, the one that begins with `0`.
    let magnitude = digits::parse(magnitude).filter(|magnitude| *magnitude > 0)?;
    (*sign == b'-').then(|| 0_i128.checked_sub_unsigned(magnitude)).flatten()
}

unsigned! {
    u8, "an unsigned integer of 3 digits, at most 255";
    u16, "an unsigned integer of 5 digits, at most 65535";
    u32, "an unsigned integer of 10 digits that a `u32` can hold";
    u64, "an unsigned integer of 20 digits that a `u64` can hold";
    u128, "an unsigned integer of 39 digits that a `u128` can hold";
}

non_zero! {
    NonZeroU8, u8, "a number above zero";
    NonZeroU16, u16, "a number above zero";
    NonZeroU32, u32, "a number above zero";
    NonZeroU64, u64, "a number above zero";
    NonZeroU128, u128, "a number above zero";
}

signed! {
    i8, 3, "a sign and 3 digits that an `i8` can hold";
    i16, 5, "a sign and 5 digits that an `i16` can hold";
    i32, 10, "a sign and 10 digits that an `i32` can hold";
    i64, 19, "a sign and 19 digits that an `i64` can hold";
    i128, 39, "a sign and 39 digits that an `i128` can hold";
}
