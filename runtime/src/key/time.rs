//! The types of `time`.

use ::time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcDateTime};

use super::rfc3339::{date_key_part, date_time_key_part};
use super::{CivilDate, CivilDateTime, DatePart, DateTimePart, PartRule};

date_key_part!(Date);
date_time_key_part!(PrimitiveDateTime, UtcDateTime, OffsetDateTime);

impl DatePart for Date {
    fn to_civil_date(&self) -> Result<CivilDate, PartRule> {
        CivilDate::new(self.year(), self.month().into(), self.day())
    }

    fn from_civil_date(date: CivilDate) -> Result<Self, PartRule> {
        let month = Month::try_from(date.month()).ok();
        month
            .and_then(|month| Self::from_calendar_date(date.year().into(), month, date.day()).ok())
            .ok_or(PartRule::NotOfThisForm { expected: "a date of the calendar" })
    }
}

impl DateTimePart for PrimitiveDateTime {
    const UTC: bool = false;

    fn to_civil(&self) -> Result<CivilDateTime, PartRule> {
        let (hour, minute, second, nanosecond) = self.as_hms_nano();
        CivilDateTime::new(self.date().to_civil_date()?, hour, minute, second, nanosecond)
    }

    fn from_civil(date_time: CivilDateTime) -> Result<Self, PartRule> {
        let date = Date::from_civil_date(date_time.date())?;
        let (hour, minute, second) = (date_time.hour(), date_time.minute(), date_time.second());
        let time = Time::from_hms_nano(hour, minute, second, date_time.nanosecond()).ok();
        // `time` has no leap seconds, so that the second 60 is refused here.
        let time = time.ok_or(PartRule::NotOfThisForm { expected: "a time of day without a leap second" })?;
        Ok(Self::new(date, time))
    }
}

impl DateTimePart for UtcDateTime {
    const UTC: bool = true;

    fn to_civil(&self) -> Result<CivilDateTime, PartRule> {
        PrimitiveDateTime::new(self.date(), self.time()).to_civil()
    }

    fn from_civil(date_time: CivilDateTime) -> Result<Self, PartRule> {
        Ok(PrimitiveDateTime::from_civil(date_time)?.as_utc())
    }
}

/// The offset is not kept: values are equal when their instants are, and an instant has one text.
/// Decoding gives UTC.
impl DateTimePart for OffsetDateTime {
    const UTC: bool = true;

    fn to_civil(&self) -> Result<CivilDateTime, PartRule> {
        let range = PartRule::OutOfRange { range: "the years 0000 to 9999" };
        self.checked_to_utc().ok_or(range)?.to_civil()
    }

    fn from_civil(date_time: CivilDateTime) -> Result<Self, PartRule> {
        Ok(PrimitiveDateTime::from_civil(date_time)?.assume_utc())
    }
}
