//! Seconds of the year 2026 as the moments that the model stores.

use chrono::{NaiveDate, TimeDelta};

use crate::shop::parts::Moment;

pub(super) const MINUTE: usize = 60;
pub(super) const HOUR: usize = 60 * MINUTE;
pub(super) const DAY: usize = 24 * HOUR;

/// So many seconds after the beginning of 2026.
pub(super) fn moment(seconds: usize) -> Moment {
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default();
    first.and_time(Default::default()) + TimeDelta::seconds(seconds as i64)
}
