//! The types of `chrono`.

use ::chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};

use super::rfc3339::{date_key_part, date_time_key_part};
use super::{CivilDate, CivilDateTime, DatePart, DateTimePart, PartRule};

const NANOSECONDS: u32 = 1_000_000_000;

date_key_part!(NaiveDate);
date_time_key_part!(NaiveDateTime, DateTime<Utc>, DateTime<FixedOffset>);

impl DatePart for NaiveDate {
    fn to_civil_date(&self) -> Result<CivilDate, PartRule> {
        CivilDate::new(self.year(), self.month() as u8, self.day() as u8)
    }

    fn from_civil_date(date: CivilDate) -> Result<Self, PartRule> {
        Self::from_ymd_opt(date.year().into(), date.month().into(), date.day().into())
            .ok_or(PartRule::NotOfThisForm { expected: "a date of the calendar" })
    }
}

/// A leap second, which `chrono` holds as second 59 with a nanosecond above 999,999,999, is written as
/// second 60. That keeps the order. `chrono` can put such a nanosecond into any other second too; those
/// are refused, because the next second has their text.
impl DateTimePart for NaiveDateTime {
    const UTC: bool = false;

    fn to_civil(&self) -> Result<CivilDateTime, PartRule> {
        let leap = self.nanosecond() / NANOSECONDS;
        if leap > 0 && self.second() != 59 {
            return Err(PartRule::OutOfRange { range: "the seconds in which a leap second can fall" });
        }
        CivilDateTime::new(
            self.date().to_civil_date()?,
            self.hour() as u8,
            self.minute() as u8,
            (self.second() + leap) as u8,
            self.nanosecond() % NANOSECONDS,
        )
    }

    fn from_civil(date_time: CivilDateTime) -> Result<Self, PartRule> {
        let date = NaiveDate::from_civil_date(date_time.date())?;
        let second = date_time.second().min(59);
        let leap = u32::from(date_time.second() - second) * NANOSECONDS;
        NaiveTime::from_hms_nano_opt(
            date_time.hour().into(),
            date_time.minute().into(),
            second.into(),
            date_time.nanosecond() + leap,
        )
        .map(|time| date.and_time(time))
        .ok_or(PartRule::NotOfThisForm { expected: "a time of day" })
    }
}

impl DateTimePart for DateTime<Utc> {
    const UTC: bool = true;

    fn to_civil(&self) -> Result<CivilDateTime, PartRule> {
        self.naive_utc().to_civil()
    }

    fn from_civil(date_time: CivilDateTime) -> Result<Self, PartRule> {
        Ok(NaiveDateTime::from_civil(date_time)?.and_utc())
    }
}

/// The offset is not kept: values are equal when their instants are, and an instant has one text.
/// Decoding gives UTC.
impl DateTimePart for DateTime<FixedOffset> {
    const UTC: bool = true;

    fn to_civil(&self) -> Result<CivilDateTime, PartRule> {
        self.naive_utc().to_civil()
    }

    fn from_civil(date_time: CivilDateTime) -> Result<Self, PartRule> {
        Ok(NaiveDateTime::from_civil(date_time)?.and_utc().fixed_offset())
    }
}
