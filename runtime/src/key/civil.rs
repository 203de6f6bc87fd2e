//! Dates and times taken apart: what the date libraries have in common.

use super::rfc3339::{date_key_part, date_time_key_part};
use super::{KeyPart, PartRule};

/// A calendar date of the years 0000 to 9999, which are those that four digits can sort.
///
/// The date libraries' own types are written by way of it. It is a key part too, for programs that use
/// none of them.
///
/// ```
/// use monotable::key::CivilDate;
/// let date = CivilDate::new(2020, 6, 21)?;
/// assert_eq!((date.year(), date.month(), date.day()), (2020, 6, 21));
/// assert!(CivilDate::new(10_000, 1, 1).is_err());
/// # Ok::<(), monotable::key::PartRule>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDate {
    year: u16,
    month: u8,
    day: u8,
}

impl CivilDate {
    /// Returns the date. Whether the month has such a day is left to the date library.
    ///
    /// # Errors
    ///
    /// [`PartRule::OutOfRange`], if the year is outside 0000 to 9999, the month outside 1 to 12 or the
    /// day outside 1 to 31.
    pub const fn new(year: i32, month: u8, day: u8) -> Result<Self, PartRule> {
        if year < 0 || year > 9999 {
            return Err(PartRule::OutOfRange { range: "the years 0000 to 9999" });
        }
        if month < 1 || month > 12 || day < 1 || day > 31 {
            return Err(PartRule::OutOfRange { range: "the calendar" });
        }
        Ok(Self { year: year as u16, month, day })
    }

    /// Returns the year.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// Returns the month, from 1.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// Returns the day of the month, from 1.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }
}

/// A date and a time of day, to the nanosecond. The second 60 is a leap second.
///
/// ```
/// use monotable::key::{CivilDate, CivilDateTime};
/// let noon = CivilDateTime::new(CivilDate::new(2020, 6, 21)?, 12, 0, 0, 0)?;
/// assert_eq!((noon.hour(), noon.date().day()), (12, 21));
/// assert!(CivilDateTime::new(noon.date(), 24, 0, 0, 0).is_err());
/// # Ok::<(), monotable::key::PartRule>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDateTime {
    date: CivilDate,
    hour: u8,
    minute: u8,
    second: u8,
    nanosecond: u32,
}

impl CivilDateTime {
    /// Returns the date-time.
    ///
    /// # Errors
    ///
    /// [`PartRule::OutOfRange`], if the hour is above 23, the minute above 59, the second above 60 or the
    /// nanosecond above 999,999,999.
    pub const fn new(
        date: CivilDate,
        hour: u8,
        minute: u8,
        second: u8,
        nanosecond: u32,
    ) -> Result<Self, PartRule> {
        if hour > 23 || minute > 59 || second > 60 || nanosecond > 999_999_999 {
            return Err(PartRule::OutOfRange { range: "the clock" });
        }
        Ok(Self { date, hour, minute, second, nanosecond })
    }

    /// Returns the date.
    #[must_use]
    pub const fn date(self) -> CivilDate {
        self.date
    }

    /// Returns the hour, from 0.
    #[must_use]
    pub const fn hour(self) -> u8 {
        self.hour
    }

    /// Returns the minute, from 0.
    #[must_use]
    pub const fn minute(self) -> u8 {
        self.minute
    }

    /// Returns the second, from 0 to 60.
    #[must_use]
    pub const fn second(self) -> u8 {
        self.second
    }

    /// Returns the nanosecond of the second.
    #[must_use]
    pub const fn nanosecond(self) -> u32 {
        self.nanosecond
    }
}

date_key_part!(CivilDate);
date_time_key_part!(CivilDateTime);

/// Key parts that are dates.
///
/// ```
/// use monotable::key::{CivilDate, DatePart};
/// let date = CivilDate::new(2020, 6, 21)?;
/// assert_eq!(date.to_civil_date(), Ok(date));
/// # Ok::<(), monotable::key::PartRule>(())
/// ```
#[diagnostic::on_unimplemented(message = "`{Self}` is not a date", label = "a date is needed here")]
pub trait DatePart: KeyPart {
    /// Returns the date, taken apart.
    ///
    /// # Errors
    ///
    /// [`PartRule::OutOfRange`], if the year is outside 0000 to 9999.
    fn to_civil_date(&self) -> Result<CivilDate, PartRule>;

    /// Returns the value that is `date`.
    ///
    /// # Errors
    ///
    /// [`PartRule::NotOfThisForm`], if there is no such date.
    fn from_civil_date(date: CivilDate) -> Result<Self, PartRule>;
}

/// Key parts that are date-times: what `date`, `seconds` and `millis` can write.
///
/// ```
/// use monotable::key::{CivilDate, CivilDateTime, DateTimePart};
/// let noon = CivilDateTime::new(CivilDate::new(2020, 6, 21)?, 12, 0, 0, 0)?;
/// assert_eq!(noon.to_civil(), Ok(noon));
/// # Ok::<(), monotable::key::PartRule>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a date-time",
    label = "`date`, `seconds` and `millis` write date-times only",
    note = "the types of `time`, `chrono` and `jiff` need the feature of that name"
)]
pub trait DateTimePart: KeyPart {
    /// Whether the type is an instant, written in UTC with a `Z`, or civil and written without.
    const UTC: bool;

    /// Returns the date-time, taken apart; in UTC, if it is an instant.
    ///
    /// # Errors
    ///
    /// [`PartRule::OutOfRange`], if the year is outside 0000 to 9999.
    fn to_civil(&self) -> Result<CivilDateTime, PartRule>;

    /// Returns the value that is `date_time`.
    ///
    /// # Errors
    ///
    /// [`PartRule::NotOfThisForm`], if there is no such date-time.
    fn from_civil(date_time: CivilDateTime) -> Result<Self, PartRule>;
}

impl DatePart for CivilDate {
    fn to_civil_date(&self) -> Result<CivilDate, PartRule> {
        Ok(*self)
    }

    fn from_civil_date(date: CivilDate) -> Result<Self, PartRule> {
        Ok(date)
    }
}

impl DateTimePart for CivilDateTime {
    const UTC: bool = false;

    fn to_civil(&self) -> Result<CivilDateTime, PartRule> {
        Ok(*self)
    }

    fn from_civil(date_time: CivilDateTime) -> Result<Self, PartRule> {
        Ok(date_time)
    }
}
