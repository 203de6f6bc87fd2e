//! `{field:plain}`: the text that other programs write, for tables that they wrote.

use std::num::{NonZeroU8, NonZeroU16, NonZeroU32, NonZeroU64, NonZeroU128};
use std::sync::Arc;

use super::digits;
use super::{Codec, Decode, KeyPart, KeyText, Language, PartRule};

/// Integers in decimal without padding, booleans as `false` and `true`, text and characters verbatim.
///
/// Unpadded integers do not sort by value: `10` is below `9`. So they serve for equality only.
///
/// ```
/// use monotable::key::{Codec, Decode, KeyText, Plain};
/// let mut key = KeyText::new('#', 8);
/// Plain::encode(&-5_i32, &mut key)?;
/// assert_eq!(key.finish(), "-5");
/// assert!(<Plain as Decode<i32>>::decode("-05", '#').is_err());
/// # Ok::<(), monotable::key::PartRule>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Plain;

/// Key parts that [`Plain`] can write.
///
/// ```
/// use monotable::key::{KeyText, PlainPart};
/// let mut key = KeyText::new('#', 8);
/// true.encode_plain(&mut key)?;
/// assert_eq!(key.finish(), "true");
/// # Ok::<(), monotable::key::PartRule>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no plain text",
    label = "`plain` writes integers, booleans and text"
)]
pub trait PlainPart: KeyPart {
    /// What the plain texts of this type look like, or more than that.
    const PLAIN_LANGUAGE: Language;

    /// Whether byte order of plain texts is value order; see [`KeyPart::KEEPS_ORDER`].
    const PLAIN_KEEPS_ORDER: bool = false;

    /// Appends the plain text of `self` to `out`.
    ///
    /// # Errors
    ///
    /// The rule that `self` breaks, if it has no plain text.
    fn encode_plain(&self, out: &mut KeyText) -> Result<(), PartRule>;

    /// Returns the value whose plain text is `text`.
    ///
    /// # Errors
    ///
    /// The rule that `text` breaks, if [`encode_plain`](Self::encode_plain) never writes it.
    fn decode_plain(text: &str, delimiter: char) -> Result<Self, PartRule>;
}

impl<T: PlainPart> Codec<T> for Plain {
    const LANGUAGE: Language = T::PLAIN_LANGUAGE;
    const LOSSY: bool = false;
    const KEEPS_ORDER: bool = T::PLAIN_KEEPS_ORDER;
    const HAS_PREFIXES: bool = T::PLAIN_LANGUAGE.is_text();

    fn encode(value: &T, out: &mut KeyText) -> Result<(), PartRule> {
        value.encode_plain(out)
    }
}

impl<T: PlainPart> Decode<T> for Plain {
    fn decode(text: &str, delimiter: char) -> Result<T, PartRule> {
        T::decode_plain(text, delimiter)
    }
}

/// Types whose default text is plain already.
macro_rules! same_as_default {
    ($($type:ty),*) => {$(
        impl PlainPart for $type {
            const PLAIN_LANGUAGE: Language = <$type as KeyPart>::LANGUAGE;
            const PLAIN_KEEPS_ORDER: bool = <$type as KeyPart>::KEEPS_ORDER;

            fn encode_plain(&self, out: &mut KeyText) -> Result<(), PartRule> {
                self.encode(out)
            }

            fn decode_plain(text: &str, delimiter: char) -> Result<Self, PartRule> {
                Self::decode(text, delimiter)
            }
        }
    )*};
}

macro_rules! integers {
    ($signed:literal: $($type:ident, $value:ident => $negative:expr, $magnitude:expr;)*) => {$(
        impl PlainPart for $type {
            const PLAIN_LANGUAGE: Language =
                Language::Decimal { digits: $type::MAX.ilog10() as usize + 1, signed: $signed };

            fn encode_plain(&self, out: &mut KeyText) -> Result<(), PartRule> {
                let $value = *self;
                if $negative {
                    out.push_str("-");
                }
                write_magnitude($magnitude.into(), out);
                Ok(())
            }

            fn decode_plain(text: &str, _delimiter: char) -> Result<Self, PartRule> {
                let number = if is_plain(text, $signed) { text.parse().ok() } else { None };
                number.ok_or(PartRule::NotOfThisForm { expected: "an integer without padding" })
            }
        }
    )*};
}

macro_rules! unsigned {
    ($($type:ident)*) => { integers! { false: $($type, value => false, value;)* } };
}

macro_rules! non_zero {
    ($($type:ident)*) => { integers! { false: $($type, value => false, value.get();)* } };
}

macro_rules! signed {
    ($($type:ident)*) => { integers! { true: $($type, value => value < 0, value.unsigned_abs();)* } };
}

/// Writes `value` without leading zeros.
fn write_magnitude(value: u128, out: &mut KeyText) {
    let mut buffer = [0; digits::MOST];
    let places = &mut buffer[..digits::width(value)];
    digits::fill(value, places);
    out.push_ascii(places);
}

/// Whether `text` has the one form of its number: no `+`, no leading zero, no `-0`. The standard
/// library's parser takes all of these.
fn is_plain(text: &str, signed: bool) -> bool {
    let magnitude = text.strip_prefix('-').filter(|_| signed);
    matches!((magnitude.unwrap_or(text).as_bytes(), magnitude), ([b'1'..=b'9', ..], _) | ([b'0'], None))
}

same_as_default!(String, Box<str>, Arc<str>, char);
unsigned! { u8 u16 u32 u64 u128 }
non_zero! { NonZeroU8 NonZeroU16 NonZeroU32 NonZeroU64 NonZeroU128 }
signed! { i8 i16 i32 i64 i128 }
