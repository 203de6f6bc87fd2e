//! `{field:06}`: unsigned integers at a width that the template chooses.

use super::digits;
use super::integer::write_padded;
use super::{Codec, Decode, KeyText, Language, PartRule, UnsignedPart};

/// Zero-pads unsigned integers to `WIDTH` digits, `{field:06}` for a `WIDTH` of 6.
///
/// A value with more digits is an error, never a text that sorts wrongly. A `WIDTH` of zero or above 39
/// does not compile.
///
/// ```
/// use monotable::key::{Codec, KeyText, Pad, PartRule};
/// let mut key = KeyText::new('#', 8);
/// Pad::<6>::encode(&42_u64, &mut key)?;
/// assert_eq!(key.as_str(), "000042");
/// assert_eq!(Pad::<6>::encode(&1_000_000_u64, &mut key), Err(PartRule::TooWide { digits: 6 }));
/// # Ok::<(), PartRule>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Pad<const WIDTH: usize>;

impl<const WIDTH: usize> Pad<WIDTH> {
    const GREATEST: u128 = {
        assert!(WIDTH > 0, "a number cannot be padded to no digits");
        assert!(WIDTH <= digits::MOST, "no number has more than 39 digits");
        digits::greatest(WIDTH)
    };
}

impl<T: UnsignedPart, const WIDTH: usize> Codec<T> for Pad<WIDTH> {
    const LANGUAGE: Language =
        Language::UpTo { width: WIDTH, max: if T::MAX < Self::GREATEST { T::MAX } else { Self::GREATEST } };
    const LOSSY: bool = false;
    const KEEPS_ORDER: bool = T::KEEPS_ORDER;

    fn encode(value: &T, out: &mut KeyText) -> Result<(), PartRule> {
        let value = value.to_u128();
        if value > Self::GREATEST {
            return Err(PartRule::TooWide { digits: WIDTH });
        }
        write_padded(value, WIDTH, out);
        Ok(())
    }
}

impl<T: UnsignedPart, const WIDTH: usize> Decode<T> for Pad<WIDTH> {
    fn decode(text: &str, _delimiter: char) -> Result<T, PartRule> {
        let value = (text.len() == WIDTH).then(|| digits::parse(text.as_bytes())).flatten();
        T::from_u128(
            value.ok_or(PartRule::NotOfThisForm {
                expected: "a number at the width of its place in the key",
            })?,
        )
    }
}
