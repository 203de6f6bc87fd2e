//! Seconds of the year 2026 as the texts that the model stores.

use crate::shop::parts::Moment;

pub(super) const MINUTE: usize = 60;
pub(super) const HOUR: usize = 60 * MINUTE;
pub(super) const DAY: usize = 24 * HOUR;

const MONTHS: [usize; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// So many seconds after the beginning of 2026.
pub(super) fn moment(seconds: usize) -> Moment {
    let (mut day, mut month) = (seconds / DAY, 0);
    while day >= MONTHS[month] {
        day -= MONTHS[month];
        month += 1;
    }
    let (hour, minute, second) = (seconds % DAY / HOUR, seconds % HOUR / MINUTE, seconds % MINUTE);
    Moment(format!("2026-{:02}-{:02}T{hour:02}:{minute:02}:{second:02}", month + 1, day + 1))
}
