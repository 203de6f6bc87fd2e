//! The types that a time can have: one law for all of them, and the same seconds from each.

use std::fmt::Debug;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, FixedOffset, Utc};
use jiff::Timestamp;
use monotable::{Entity, FromItem, KeyPart, Moment, Table};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use time::{OffsetDateTime, UtcDateTime};

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
struct Since(u64);

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
struct When(Timestamp);

/// What holds of every type: a time is the second that it is in, and a second is a time.
fn check<T: Moment + Clone + Debug>(since_1970: Duration) {
    let seconds = i64::try_from(since_1970.as_secs()).unwrap();
    let Some(moment) = T::at(UNIX_EPOCH + since_1970) else {
        panic!("{} has no {since_1970:?}", std::any::type_name::<T>());
    };
    assert_eq!(moment.to_epoch_seconds(), Some(seconds), "{moment:?}");
    let again = T::from_epoch_seconds(Some(seconds)).and_then(|moment| moment.to_epoch_seconds());
    assert_eq!(again, Some(seconds), "{moment:?}");
    assert_eq!(Some(moment).to_epoch_seconds(), Some(seconds));

    // Before 1970 a clock is wrong, and nothing that is there is `None`.
    assert!(T::at(UNIX_EPOCH - Duration::from_nanos(1)).is_none());
    assert!(Option::<T>::at(UNIX_EPOCH - Duration::from_nanos(1)).is_none());
    assert!(T::from_epoch_seconds(None).is_none());
    assert!(Option::<T>::from_epoch_seconds(None).is_some_and(|none| none.is_none()));
}

proptest! {
    /// To the year 2038, which an `i32` has too.
    #[test]
    fn a_time_is_the_second_that_it_is_in(seconds in 0..i32::MAX as u64, nanoseconds in 0..1_000_000_000_u32) {
        let time = Duration::new(seconds, nanoseconds);
        check::<u32>(time);
        check::<u64>(time);
        check::<u128>(time);
        check::<i32>(time);
        check::<i64>(time);
        check::<i128>(time);
        check::<DateTime<Utc>>(time);
        check::<DateTime<FixedOffset>>(time);
        check::<Timestamp>(time);
        check::<OffsetDateTime>(time);
        check::<UtcDateTime>(time);
        check::<Since>(time);
        check::<When>(time);
    }

    /// Seconds are rounded down before 1970 too, by each crate alike.
    #[test]
    fn before_1970_the_crates_agree(seconds in -9_000_000_000..9_000_000_000_i64, nanoseconds in 0..1_000_000_000_u32) {
        let offset = FixedOffset::east_opt(5400).unwrap();
        let chrono = DateTime::from_timestamp(seconds, nanoseconds).unwrap();
        let jiff = Timestamp::from_nanosecond(i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds)).unwrap();
        let time = OffsetDateTime::from_unix_timestamp_nanos(jiff.as_nanosecond()).unwrap();
        let all = [
            chrono.to_epoch_seconds(),
            chrono.with_timezone(&offset).to_epoch_seconds(),
            jiff.to_epoch_seconds(),
            time.to_epoch_seconds(),
            UtcDateTime::from(time).to_epoch_seconds(),
            When(jiff).to_epoch_seconds(),
        ];
        prop_assert_eq!(all, [Some(seconds); 6]);
    }
}

#[test]
fn a_type_without_such_a_time_says_so() {
    let far = UNIX_EPOCH + Duration::from_secs(1 << 40);
    assert_eq!((i32::at(far), u32::at(far), u64::at(far)), (None, None, Some(1 << 40)));
    assert!(
        Timestamp::at(far).is_none() && OffsetDateTime::at(far).is_none() && UtcDateTime::at(far).is_none()
    );
    assert!(DateTime::<Utc>::at(UNIX_EPOCH + Duration::from_secs(1 << 60)).is_none());
    assert_eq!((u32::from_epoch_seconds(Some(-1)), u64::from_epoch_seconds(Some(-1))), (None, None));
    assert_eq!((u64::MAX.to_epoch_seconds(), i128::MIN.to_epoch_seconds()), (None, None));
    assert!(Timestamp::from_epoch_seconds(Some(i64::MAX)).is_none());
    assert!(DateTime::<FixedOffset>::from_epoch_seconds(Some(i64::MAX)).is_none());
    assert!(OffsetDateTime::from_epoch_seconds(Some(i64::MAX)).is_none());
    assert!(UtcDateTime::from_epoch_seconds(Some(i64::MIN)).is_none());
    assert!(When::from_epoch_seconds(Some(i64::MAX)).is_none());
}

macro_rules! tables {
    ($($module:ident: $type:ty),* $(,)?) => {
        $(
            mod $module {
                use super::*;

                #[derive(Table, Debug, PartialEq)]
                #[table(name = "baskets")]
                enum Baskets {
                    Basket(Basket),
                }

                #[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
                #[entity(table = Baskets, pk = "BASKET#{id}", sk = "BASKET")]
                struct Basket {
                    id: u8,
                    #[entity(ttl)]
                    #[serde(default, with = "monotable::epoch_seconds")]
                    ends: Option<$type>,
                }

                pub(super) fn check(ends: SystemTime) {
                    let seconds = <$type>::at(ends).unwrap().to_epoch_seconds();
                    let basket = Basket { id: 1, ends: <$type>::from_epoch_seconds(seconds) };
                    let item = basket.put().explain().unwrap().into_inner().item.unwrap();
                    assert_eq!(item["ends"].as_n(), Ok(&seconds.unwrap().to_string()), stringify!($type));
                    assert_eq!(Baskets::from_item(item).unwrap(), Baskets::Basket(basket));
                    let never = Basket { id: 1, ends: None };
                    let item = never.put().explain().unwrap().into_inner().item.unwrap();
                    assert!(!item.contains_key("ends"), stringify!($type));
                    assert_eq!(Baskets::from_item(item).unwrap(), Baskets::Basket(never));
                }
            }
        )*

        #[test]
        fn every_type_is_stored_as_seconds() {
            let ends = UNIX_EPOCH + Duration::from_nanos(1_782_043_200_123_456_789);
            $($module::check(ends);)*
        }
    };
}
tables!(
    of_u32: u32,
    of_u64: u64,
    of_i64: i64,
    of_i128: i128,
    of_chrono_utc: DateTime<Utc>,
    of_chrono_offset: DateTime<FixedOffset>,
    of_jiff: Timestamp,
    of_time_offset: OffsetDateTime,
    of_time_utc: UtcDateTime,
    of_a_newtype: Since,
    of_a_newtype_of_jiff: When,
);
