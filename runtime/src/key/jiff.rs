//! The types of `jiff`. `Zoned` is left out: its order and equality ignore the time zone, and a key
//! could not give the zone back; use its `Timestamp`.

use ::jiff::Timestamp;
use ::jiff::civil::{Date, DateTime, Time};
use ::jiff::tz::Offset;

use super::rfc3339::{date_key_part, date_time_key_part};
use super::{CivilDate, CivilDateTime, DatePart, DateTimePart, PartRule};

date_key_part!(Date);
date_time_key_part!(DateTime, Timestamp);

impl DatePart for Date {
    fn to_civil_date(&self) -> Result<CivilDate, PartRule> {
        CivilDate::new(self.year().into(), self.month() as u8, self.day() as u8)
    }

    fn from_civil_date(date: CivilDate) -> Result<Self, PartRule> {
        Self::new(date.year() as i16, date.month() as i8, date.day() as i8)
            .map_err(|_| PartRule::NotOfThisForm { expected: "a date of the calendar" })
    }
}

impl DateTimePart for DateTime {
    const UTC: bool = false;

    fn to_civil(&self) -> Result<CivilDateTime, PartRule> {
        CivilDateTime::new(
            self.date().to_civil_date()?,
            self.hour() as u8,
            self.minute() as u8,
            self.second() as u8,
            self.subsec_nanosecond() as u32,
        )
    }

    fn from_civil(date_time: CivilDateTime) -> Result<Self, PartRule> {
        let date = Date::from_civil_date(date_time.date())?;
        let (hour, minute, second) = (date_time.hour(), date_time.minute(), date_time.second());
        // `jiff` has no leap seconds, so that the second 60 is refused here.
        Time::new(hour as i8, minute as i8, second as i8, date_time.nanosecond() as i32)
            .map(|time| date.to_datetime(time))
            .map_err(|_| PartRule::NotOfThisForm { expected: "a time of day without a leap second" })
    }
}

impl DateTimePart for Timestamp {
    const UTC: bool = true;

    fn to_civil(&self) -> Result<CivilDateTime, PartRule> {
        Offset::UTC.to_datetime(*self).to_civil()
    }

    fn from_civil(date_time: CivilDateTime) -> Result<Self, PartRule> {
        // Timestamps end a day before the year 9999 does, to leave room for every offset.
        Offset::UTC
            .to_timestamp(DateTime::from_civil(date_time)?)
            .map_err(|_| PartRule::NotOfThisForm { expected: "an instant that a timestamp can hold" })
    }
}
