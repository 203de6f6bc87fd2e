//! Times that the library sets, and seconds since 1970 as DynamoDB expires items by.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::key::Newtype;

/// Types that `created_at` and `updated_at` can have, and that [`epoch_seconds`](crate::epoch_seconds) stores:
/// instants of `chrono`, `jiff` and `time`, by the features of these names, integers that count seconds since
/// 1970, newtypes of these with `#[derive(KeyPart)]`, and `Option` of each.
///
/// ```
/// use monotable::Moment;
/// use std::time::{Duration, SystemTime};
///
/// let noon = SystemTime::UNIX_EPOCH + Duration::from_millis(43_200_999);
/// assert_eq!(u64::at(noon), Some(43_200));
/// assert_eq!(43_200_u64.to_epoch_seconds(), Some(43_200));
/// assert_eq!(None::<u64>.to_epoch_seconds(), None);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a time that the library can set",
    label = "not an instant",
    note = "an instant is `chrono::DateTime<Utc>`, `jiff::Timestamp` or `time::OffsetDateTime`, by the features of these names, or an integer that counts seconds since 1970"
)]
pub trait Moment: Sized {
    /// The value for this time; none if the type has no such value.
    fn at(time: SystemTime) -> Option<Self>;

    /// Whole seconds since 1970, rounded down; none for `None`.
    fn to_epoch_seconds(&self) -> Option<i64>;

    /// The value that these are the seconds of; none if the type has no such value.
    fn from_epoch_seconds(seconds: Option<i64>) -> Option<Self>;
}

macro_rules! seconds {
    ($($integer:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl Moment for $integer {
            fn at(time: SystemTime) -> Option<Self> {
                Self::try_from(since_1970(time)?.as_secs()).ok()
            }

            fn to_epoch_seconds(&self) -> Option<i64> {
                i64::try_from(*self).ok()
            }

            fn from_epoch_seconds(seconds: Option<i64>) -> Option<Self> {
                Self::try_from(seconds?).ok()
            }
        }
    )*};
}
seconds!(u32, u64, u128, i32, i64, i128);

#[diagnostic::do_not_recommend]
impl<T: Moment> Moment for Option<T> {
    fn at(time: SystemTime) -> Option<Self> {
        T::at(time).map(Some)
    }

    fn to_epoch_seconds(&self) -> Option<i64> {
        self.as_ref()?.to_epoch_seconds()
    }

    fn from_epoch_seconds(seconds: Option<i64>) -> Option<Self> {
        match seconds {
            None => Some(None),
            some => T::from_epoch_seconds(some).map(Some),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Newtype<Inner: Moment>> Moment for T {
    fn at(time: SystemTime) -> Option<Self> {
        Self::from_inner(T::Inner::at(time)?).ok()
    }

    fn to_epoch_seconds(&self) -> Option<i64> {
        self.inner().to_epoch_seconds()
    }

    fn from_epoch_seconds(seconds: Option<i64>) -> Option<Self> {
        Self::from_inner(T::Inner::from_epoch_seconds(seconds)?).ok()
    }
}

/// No instant is before 1970: a clock that says so is wrong.
fn since_1970(time: SystemTime) -> Option<Duration> {
    time.duration_since(UNIX_EPOCH).ok()
}

#[cfg(feature = "chrono")]
mod of_chrono {
    use std::time::SystemTime;

    use ::chrono::{DateTime, FixedOffset, Utc};

    use super::{Moment, since_1970};

    #[diagnostic::do_not_recommend]
    impl Moment for DateTime<Utc> {
        fn at(time: SystemTime) -> Option<Self> {
            let time = since_1970(time)?;
            Self::from_timestamp(i64::try_from(time.as_secs()).ok()?, time.subsec_nanos())
        }

        fn to_epoch_seconds(&self) -> Option<i64> {
            Some(self.timestamp())
        }

        fn from_epoch_seconds(seconds: Option<i64>) -> Option<Self> {
            Self::from_timestamp(seconds?, 0)
        }
    }

    #[diagnostic::do_not_recommend]
    impl Moment for DateTime<FixedOffset> {
        fn at(time: SystemTime) -> Option<Self> {
            DateTime::<Utc>::at(time).map(|time| time.fixed_offset())
        }

        fn to_epoch_seconds(&self) -> Option<i64> {
            Some(self.timestamp())
        }

        fn from_epoch_seconds(seconds: Option<i64>) -> Option<Self> {
            DateTime::<Utc>::from_epoch_seconds(seconds).map(|time| time.fixed_offset())
        }
    }
}

#[cfg(feature = "jiff")]
mod of_jiff {
    use std::time::SystemTime;

    use ::jiff::Timestamp;

    use super::{Moment, since_1970};

    #[diagnostic::do_not_recommend]
    impl Moment for Timestamp {
        fn at(time: SystemTime) -> Option<Self> {
            let time = since_1970(time)?;
            let nanoseconds = i32::try_from(time.subsec_nanos()).ok()?;
            Self::new(i64::try_from(time.as_secs()).ok()?, nanoseconds).ok()
        }

        fn to_epoch_seconds(&self) -> Option<i64> {
            // `as_second` rounds to zero: one second up, before 1970.
            Some(self.as_second() - i64::from(self.subsec_nanosecond() < 0))
        }

        fn from_epoch_seconds(seconds: Option<i64>) -> Option<Self> {
            Self::from_second(seconds?).ok()
        }
    }
}

#[cfg(feature = "time")]
mod of_time {
    use std::time::SystemTime;

    use ::time::{Duration, OffsetDateTime, UtcDateTime};

    use super::{Moment, since_1970};

    #[diagnostic::do_not_recommend]
    impl Moment for OffsetDateTime {
        fn at(time: SystemTime) -> Option<Self> {
            Self::UNIX_EPOCH.checked_add(Duration::try_from(since_1970(time)?).ok()?)
        }

        fn to_epoch_seconds(&self) -> Option<i64> {
            Some(self.unix_timestamp())
        }

        fn from_epoch_seconds(seconds: Option<i64>) -> Option<Self> {
            Self::from_unix_timestamp(seconds?).ok()
        }
    }

    #[diagnostic::do_not_recommend]
    impl Moment for UtcDateTime {
        fn at(time: SystemTime) -> Option<Self> {
            Self::UNIX_EPOCH.checked_add(Duration::try_from(since_1970(time)?).ok()?)
        }

        fn to_epoch_seconds(&self) -> Option<i64> {
            Some(self.unix_timestamp())
        }

        fn from_epoch_seconds(seconds: Option<i64>) -> Option<Self> {
            Self::from_unix_timestamp(seconds?).ok()
        }
    }
}

/// Types that serde stores as a number, so that their field can be the `ttl`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not stored as a number of seconds, so DynamoDB would not expire the item",
    label = "not a number of seconds since 1970",
    note = "write `#[serde(with = \"monotable::epoch_seconds\")]` on the field, and `default` beside it on an `Option`; or store an integer"
)]
pub trait TtlNumber {}

macro_rules! numbers {
    ($($integer:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl TtlNumber for $integer {}
    )*};
}
numbers!(u32, u64, u128, i32, i64, i128);

#[diagnostic::do_not_recommend]
impl<T: TtlNumber> TtlNumber for Option<T> {}
#[diagnostic::do_not_recommend]
impl<T: Newtype<Inner: TtlNumber>> TtlNumber for T {}

/// Asks for a number, so that rustc underlines the type.
#[doc(hidden)]
pub const fn assert_ttl<T: TtlNumber>() {}
