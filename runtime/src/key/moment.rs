//! `{field:date}`, `{field:seconds}` and `{field:millis}`: date-times with less than all their digits.

use super::rfc3339::{self, Precision};
use super::{Codec, DateTimePart, Decode, KeyText, Language, PartRule};

/// Writes the date of a date-time as `YYYY-MM-DD`; in UTC, if it is an instant.
///
/// Order is kept, though not strictly: all of a day gives one text.
///
/// ```
/// use monotable::key::{CivilDate, CivilDateTime, Codec, Date, KeyText};
/// let noon = CivilDateTime::new(CivilDate::new(2020, 6, 21)?, 12, 0, 0, 0)?;
/// let mut key = KeyText::new('#', 16);
/// Date::encode(&noon, &mut key)?;
/// assert_eq!(key.finish(), "2020-06-21");
/// # Ok::<(), monotable::key::PartRule>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Date;

impl<T: DateTimePart> Codec<T> for Date {
    const LANGUAGE: Language = rfc3339::DATE_LANGUAGE;
    const LOSSY: bool = true;
    const KEEPS_ORDER: bool = T::KEEPS_ORDER;

    fn encode(value: &T, out: &mut KeyText) -> Result<(), PartRule> {
        rfc3339::write_date(value.to_civil()?.date(), out);
        Ok(())
    }
}

macro_rules! precision {
    ($($codec:ident, $precision:ident, $example:literal, $unit:literal;)*) => {$(
        #[doc = concat!("Writes date-times as `", $example, "Z`, or without `Z` if they are civil.")]
        ///
        #[doc = concat!("A value that is finer than whole ", $unit, " is refused, so that nothing is lost.")]
        ///
        /// ```
        #[doc = concat!("use monotable::key::{CivilDate, CivilDateTime, Codec, KeyText, ", stringify!($codec), "};")]
        /// let time = CivilDateTime::new(CivilDate::new(2020, 6, 21)?, 19, 18, 0, 0)?;
        /// let mut key = KeyText::new('#', 32);
        #[doc = concat!(stringify!($codec), "::encode(&time, &mut key)?;")]
        #[doc = concat!("assert_eq!(key.finish(), \"", $example, "\");")]
        /// # Ok::<(), monotable::key::PartRule>(())
        /// ```
        #[derive(Clone, Copy, Debug)]
        pub struct $codec;

        impl<T: DateTimePart> Codec<T> for $codec {
            const LANGUAGE: Language = Precision::$precision.language(T::UTC);
            const LOSSY: bool = false;
            const KEEPS_ORDER: bool = T::KEEPS_ORDER;

            fn encode(value: &T, out: &mut KeyText) -> Result<(), PartRule> {
                rfc3339::write(value, Precision::$precision, out)
            }
        }

        impl<T: DateTimePart> Decode<T> for $codec {
            fn decode(text: &str, _delimiter: char) -> Result<T, PartRule> {
                rfc3339::read(text, Precision::$precision)
            }
        }
    )*};
}

precision! {
    Seconds, Seconds, "2020-06-21T19:18:00", "seconds";
    Millis, Millis, "2020-06-21T19:18:00.000", "milliseconds";
}
