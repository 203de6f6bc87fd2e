use monotable::key::{
    Canonical, CivilDate, CivilDateTime, Codec, Date, DateTimePart, Decode, Millis, Seconds,
};
use proptest::prelude::*;

use crate::civil::{EDGES, Numbers, date_text, numbers, text};
use crate::support::*;

/// All codecs of one date-time, against the text that its numbers give.
fn check_texts<T: DateTimePart + Ord>(value: &T, numbers: Numbers) {
    let zone = if T::UTC { "Z" } else { "" };
    assert_eq!(text_of::<Canonical, T>(value, '#').ok(), text(numbers, 9, zone));
    assert_eq!(text_of::<Millis, T>(value, '#').ok(), text(numbers, 3, zone));
    assert_eq!(text_of::<Seconds, T>(value, '#').ok(), text(numbers, 0, zone));
    assert_eq!(text_of::<Date, T>(value, '#').ok(), date_text(numbers));
}

fn check_date_times<T: DateTimePart + Ord>(a: &T, b: &T) {
    check_pair::<Canonical, T>(a, b, '#');
    check_pair::<Millis, T>(a, b, ':');
    check_pair::<Seconds, T>(a, b, '-');
    check_lossy::<Date, T>(a, b, '#');
}

fn check_date_time_edges<T: DateTimePart + Ord>(values: &[T]) {
    check_edges::<Canonical, T>(values, '#');
    check_edges::<Millis, T>(values, '#');
    check_edges::<Seconds, T>(values, '#');
}

/// Texts of the right shape, and of nearly the right shape.
fn shaped() -> impl Strategy<Value = String> {
    "[0-9]{3,5}-[0-3][0-9]-[0-4][0-9]([Tt ][0-3][0-9]:[0-6][0-9]:[0-6][0-9](\\.([0-9]{3}|[0-9]{9}|[0-9]{0,10}))?(Z|z|\\+00:00)?)?"
}

fn check_shaped<T: DateTimePart>(text: &str) {
    check_strict::<Canonical, T>(text, '#');
    check_strict::<Millis, T>(text, '#');
    check_strict::<Seconds, T>(text, '#');
}

macro_rules! library {
    ($module:ident, [$($date_time:ty),*], $date:ty) => {
        mod $module {
            use monotable::key::KeyPart;

            use super::*;

            proptest! {
                #![proptest_config(ProptestConfig::with_cases(5000))]

                #[test]
                fn pairs_hold(a in numbers(), b in numbers()) {
                    $({
                        let build = <$date_time as Build>::build;
                        if let (Some(x), Some(y)) = (build(a), build(b)) {
                            check_texts::<$date_time>(&x, a);
                            check_date_times::<$date_time>(&x, &y);
                        }
                    })*
                    if let (Some(x), Some(y)) = (<$date as Build>::build(a), <$date as Build>::build(b)) {
                        prop_assert_eq!(text_of::<Canonical, $date>(&x, '#').ok(), date_text(a));
                        check_pair::<Canonical, $date>(&x, &y, '#');
                    }
                }

                #[test]
                fn other_texts_are_refused(text in shaped()) {
                    $(check_shaped::<$date_time>(&text);)*
                    check_strict::<Canonical, $date>(&text, '#');
                }
            }

            #[test]
            fn edges_hold() {
                $({
                    let values: Vec<$date_time> = EDGES.into_iter().filter_map(Build::build).collect();
                    assert!(values.len() >= 14);
                    check_date_time_edges(&values);
                })*
                let dates: Vec<$date> = EDGES.into_iter().filter_map(Build::build).collect();
                check_edges::<Canonical, $date>(&dates, '#');
                assert!(<$date>::decode("2021-02-29", '#').is_err());
                assert!(<$date>::decode("2020-02-29", '#').is_ok());
                assert!(<$date>::decode("1900-02-29", '#').is_err());
            }
        }
    };
}

/// Makes a value with the library's own constructors.
trait Build: Sized {
    fn build(numbers: Numbers) -> Option<Self>;
}

library!(of_time, [time::PrimitiveDateTime, time::UtcDateTime, time::OffsetDateTime], time::Date);
library!(
    of_chrono,
    [chrono::NaiveDateTime, chrono::DateTime<chrono::Utc>, chrono::DateTime<chrono::FixedOffset>],
    chrono::NaiveDate
);
library!(of_jiff, [jiff::civil::DateTime, jiff::Timestamp], jiff::civil::Date);

mod time_build {
    use super::{Build, Numbers};
    use time::{Date, OffsetDateTime, PrimitiveDateTime, UtcDateTime, UtcOffset};

    impl Build for Date {
        fn build((year, month, day, ..): Numbers) -> Option<Self> {
            Date::from_calendar_date(year, month.try_into().ok()?, day).ok()
        }
    }

    impl Build for PrimitiveDateTime {
        fn build(numbers: Numbers) -> Option<Self> {
            let (.., hour, minute, second, nanosecond) = numbers;
            Date::build(numbers)?.with_hms_nano(hour, minute, second, nanosecond).ok()
        }
    }

    impl Build for UtcDateTime {
        fn build(numbers: Numbers) -> Option<Self> {
            Some(PrimitiveDateTime::build(numbers)?.as_utc())
        }
    }

    /// At an offset that depends on the value, so that equal instants are met at different offsets.
    impl Build for OffsetDateTime {
        fn build(numbers: Numbers) -> Option<Self> {
            let offset = UtcOffset::from_hms(numbers.2 as i8 % 24 - 12, 0, 0).ok()?;
            PrimitiveDateTime::build(numbers)?.assume_utc().checked_to_offset(offset)
        }
    }
}

mod chrono_build {
    use super::{Build, Numbers};
    use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, Utc};

    impl Build for NaiveDate {
        fn build((year, month, day, ..): Numbers) -> Option<Self> {
            NaiveDate::from_ymd_opt(year, month.into(), day.into())
        }
    }

    impl Build for NaiveDateTime {
        fn build(numbers: Numbers) -> Option<Self> {
            let (.., hour, minute, second, nanosecond) = numbers;
            NaiveDate::build(numbers)?.and_hms_nano_opt(hour.into(), minute.into(), second.into(), nanosecond)
        }
    }

    impl Build for DateTime<Utc> {
        fn build(numbers: Numbers) -> Option<Self> {
            Some(NaiveDateTime::build(numbers)?.and_utc())
        }
    }

    impl Build for DateTime<FixedOffset> {
        fn build(numbers: Numbers) -> Option<Self> {
            let offset = FixedOffset::east_opt((i32::from(numbers.2) % 24 - 12) * 3600 + 17)?;
            Some(DateTime::<Utc>::build(numbers)?.with_timezone(&offset))
        }
    }
}

mod jiff_build {
    use super::{Build, Numbers};
    use jiff::Timestamp;
    use jiff::civil::{Date, DateTime};

    impl Build for Date {
        fn build((year, month, day, ..): Numbers) -> Option<Self> {
            Date::new(year as i16, month as i8, day as i8).ok()
        }
    }

    impl Build for DateTime {
        fn build((year, month, day, hour, minute, second, nanosecond): Numbers) -> Option<Self> {
            let (month, day, hour, minute, second) =
                (month as i8, day as i8, hour as i8, minute as i8, second as i8);
            DateTime::new(year as i16, month, day, hour, minute, second, nanosecond as i32).ok()
        }
    }

    impl Build for Timestamp {
        fn build(numbers: Numbers) -> Option<Self> {
            jiff::tz::Offset::UTC.to_timestamp(DateTime::build(numbers)?).ok()
        }
    }
}

fn civil(numbers: Numbers) -> Option<CivilDateTime> {
    let (year, month, day, hour, minute, second, nanosecond) = numbers;
    CivilDateTime::new(CivilDate::new(year, month, day).ok()?, hour, minute, second, nanosecond).ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5000))]

    #[test]
    fn civil_pairs_hold(a in numbers(), b in numbers(), shaped in shaped()) {
        if let (Some(x), Some(y)) = (civil(a), civil(b)) {
            check_texts(&x, a);
            check_date_times(&x, &y);
            check_pair::<Canonical, CivilDate>(&x.date(), &y.date(), '#');
        }
        check_shaped::<CivilDateTime>(&shaped);
        check_strict::<Canonical, CivilDate>(&shaped, '#');
    }
}

#[test]
fn civil_edges_hold() {
    let values: Vec<_> = EDGES.into_iter().filter_map(civil).collect();
    check_date_time_edges(&values);
    for (year, month, day) in
        [(-1, 1, 1), (10_000, 1, 1), (2020, 0, 1), (2020, 13, 1), (2020, 1, 0), (2020, 1, 32)]
    {
        assert!(CivilDate::new(year, month, day).is_err());
    }
    for (hour, minute, second, nanosecond) in
        [(24, 0, 0, 0), (0, 60, 0, 0), (0, 0, 61, 0), (0, 0, 0, 1_000_000_000)]
    {
        assert!(CivilDateTime::new(values[0].date(), hour, minute, second, nanosecond).is_err());
    }
}

#[test]
fn a_codec_is_lossy_only_if_it_loses() {
    fn lossy<C: Codec<T>, T>() -> bool {
        C::LOSSY
    }
    assert!(lossy::<Date, CivilDateTime>());
    assert!(!lossy::<Seconds, CivilDateTime>() && !lossy::<Millis, CivilDateTime>());
    assert!(<Seconds as Decode<CivilDateTime>>::decode("2020-06-21T19:18:00Z", '#').is_err());
}

/// Leap seconds stand between second 59 and the next minute, as in `chrono`'s own order.
#[test]
fn leap_seconds_keep_their_order() {
    use chrono::{NaiveDate, NaiveDateTime, Timelike};
    let minute = NaiveDate::from_ymd_opt(2016, 12, 31).unwrap().and_hms_opt(23, 59, 0).unwrap();
    let second = minute.with_second(59).unwrap();
    let nanoseconds = [0, 999_999_999, 1_000_000_000, 1_000_000_001, 1_500_000_000, 1_999_999_999];
    let mut values: Vec<NaiveDateTime> = nanoseconds.map(|ns| second.with_nanosecond(ns).unwrap()).to_vec();
    values.push(NaiveDate::from_ymd_opt(2017, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap());
    check_date_time_edges(&values);
    check_date_time_edges(&values.iter().map(NaiveDateTime::and_utc).collect::<Vec<_>>());
    assert_eq!(text_of::<Seconds, NaiveDateTime>(&values[2], '#').unwrap(), "2016-12-31T23:59:60");
    let elsewhere = minute.with_nanosecond(1_000_000_000).unwrap();
    assert!(text_of::<Canonical, NaiveDateTime>(&elsewhere, '#').is_err());
}

/// Equal instants at different offsets are equal values and have one text.
#[test]
fn offsets_are_not_part_of_the_key() {
    let time = time::OffsetDateTime::UNIX_EPOCH;
    let there = time.to_offset(time::UtcOffset::from_hms(5, 30, 0).unwrap());
    check_date_times(&time, &there);
    let chrono = chrono::DateTime::UNIX_EPOCH.fixed_offset();
    let there = chrono.with_timezone(&chrono::FixedOffset::east_opt(-3600 * 8).unwrap());
    check_date_times(&chrono, &there);
    let extreme = time::PrimitiveDateTime::MIN.assume_offset(time::UtcOffset::from_hms(23, 0, 0).unwrap());
    assert!(text_of::<Canonical, time::OffsetDateTime>(&extreme, '#').is_err());
    for value in [chrono::DateTime::<chrono::Utc>::MIN_UTC, chrono::DateTime::<chrono::Utc>::MAX_UTC] {
        assert!(text_of::<Canonical, _>(&value, '#').is_err());
        assert!(text_of::<Date, _>(&value, '#').is_err());
    }
}
