//! The types that a version can have, and what is no version, no time and no end of an item's time.

use std::time::{Duration, UNIX_EPOCH};

use aws_sdk_dynamodb::Client;
use aws_smithy_async::time::TimeSource;
use monotable::{Entity, ErrorKind, KeyPart, Table};
use monotable_tests::{open, unsent};
use serde::{Deserialize, Serialize, Serializer};

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Revision(i16);

macro_rules! versions {
    ($($module:ident: $type:ty = $zero:expr, $one:expr, $greatest:expr;)*) => {$(
        mod $module {
            use super::*;

            #[derive(Table, Debug)]
            #[table(name = "pages")]
            enum Pages {
                Page(Page),
            }

            #[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
            #[entity(table = Pages, pk = "PAGE#{id}", sk = "PAGE")]
            struct Page {
                id: u8,
                #[entity(version)]
                version: $type,
            }

            #[tokio::test]
            async fn is_counted_and_compared() {
                let pages = open::<Pages>().await;
                let (key, one): (_, $type) = (PageKey { id: 1 }, $one);
                let stored = pages.put(&Page { id: 1, version: $zero }).returning_new().await.unwrap();
                assert_eq!(stored.version, one);
                let error = pages.delete(key.clone()).at_version($zero).await.unwrap_err();
                assert_eq!(error.kind(), ErrorKind::VersionConflict);
                let error = pages.transact().check(Page::exists(key.clone()).at_version($zero)).await.unwrap_err();
                assert_eq!(error.kind(), ErrorKind::VersionConflict);
                pages.transact().check(Page::exists(key.clone()).at_version(one)).await.unwrap();
                pages.delete(key).at_version(one).await.unwrap();
            }

            #[tokio::test]
            async fn ends_at_the_greatest_value() {
                let (pages, proxy) = unsent::<Pages>();
                let error = pages.put(&Page { id: 1, version: $greatest }).await.unwrap_err();
                assert_eq!(error.kind(), ErrorKind::InvalidItem, "{error}");
                let text = "its version, the attribute `version`, has no next value of its type";
                assert!(error.to_string().ends_with(text), "{error}");
                assert_eq!(proxy.sent(), 0);
            }
        }
    )*};
}
versions! {
    of_u8: u8 = 0, 1, u8::MAX;
    of_u16: u16 = 0, 1, u16::MAX;
    of_u32: u32 = 0, 1, u32::MAX;
    of_u64: u64 = 0, 1, u64::MAX;
    of_u128: u128 = 0, 1, 10_u128.pow(38) - 1;
    of_usize: usize = 0, 1, usize::MAX;
    of_i8: i8 = 0, 1, i8::MAX;
    of_i32: i32 = 0, 1, i32::MAX;
    of_i64: i64 = 0, 1, i64::MAX;
    of_i128: i128 = 0, 1, 10_i128.pow(38) - 1;
    of_isize: isize = 0, 1, isize::MAX;
    of_a_newtype: Revision = Revision(0), Revision(1), Revision(i16::MAX);
}

#[derive(Table, Debug)]
#[table(name = "odd")]
enum Odd {
    Wide(Wide),
    Negative(Negative),
    Old(Old),
    Ending(Ending),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Odd, pk = "WIDE#{id}", sk = "WIDE")]
struct Wide {
    id: u128,
    signed: Option<i128>,
    #[entity(created_at)]
    made: u128,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Odd, pk = "NEGATIVE#{id}", sk = "NEGATIVE")]
struct Negative {
    id: u8,
    #[entity(version)]
    version: i64,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Odd, pk = "OLD#{id}", sk = "OLD")]
struct Old {
    id: u8,
    #[entity(updated_at)]
    changed: u32,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Odd, pk = "ENDING#{id}", sk = "ENDING")]
struct Ending {
    id: u8,
    #[entity(ttl)]
    #[serde(serialize_with = "as_it_is")]
    ends: String,
}

/// A number if it looks like one.
fn as_it_is<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    match text.parse::<f64>() {
        Ok(number) => serializer.serialize_f64(number),
        Err(_) => serializer.serialize_str(text),
    }
}

#[tokio::test]
async fn a_negative_version_is_none() {
    let (odd, proxy) = unsent::<Odd>();
    let error = odd.put(&Negative { id: 1, version: -1 }).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidItem);
    assert_eq!(
        error.to_string(),
        "cannot put `Negative` (PK = \"NEGATIVE#001\", SK = \"NEGATIVE\"): its version, the attribute `version`, is not \
         zero or a positive integer"
    );
    assert_eq!(proxy.sent(), 0);
}

#[derive(Debug)]
struct Far;

impl TimeSource for Far {
    fn now(&self) -> std::time::SystemTime {
        UNIX_EPOCH + Duration::from_secs(1 << 33)
    }
}

#[tokio::test]
async fn a_time_that_the_type_does_not_have_is_refused() {
    let odd = Odd::embedded().await.unwrap();
    let odd = Odd::open(Client::from_conf(odd.sdk().config().to_builder().time_source(Far).build()));
    let error = odd.put(&Old { id: 1, changed: 0 }).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidItem);
    let text = "the type of the attribute `changed` does not have the time that it is now";
    assert!(error.to_string().ends_with(text), "{error}");
    let error = odd.upsert(OldKey { id: 1 }).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidItem, "{error}");
}

#[tokio::test]
async fn an_end_that_dynamodb_would_ignore_is_refused() {
    let (odd, proxy) = unsent::<Odd>();
    for (ends, rule) in [
        ("soon", "is not stored as a number"),
        ("1.5", "is not a whole number"),
        ("1782043200000", "is finer than seconds, or after the year 5000"),
    ] {
        let error = odd.put(&Ending { id: 1, ends: ends.into() }).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidItem);
        let text =
            format!("its ttl, the attribute `ends`, {rule}, and DynamoDB expires items by whole seconds");
        assert!(error.to_string().contains(&text), "{error}");
    }
    assert_eq!(proxy.sent(), 0);
    for ends in ["1782043200", "-5", "0"] {
        assert!(Ending { id: 1, ends: ends.into() }.put().explain().is_ok(), "{ends}");
    }
}

/// DynamoDB's numbers have 38 digits.
#[tokio::test]
async fn integers_of_128_bits_are_stored_as_far_as_numbers_go() {
    let odd = open::<Odd>().await;
    let wide = Wide { id: 10_u128.pow(38) - 1, signed: Some(1 - 10_i128.pow(38)), made: 7 };
    odd.put(&wide).await.unwrap();
    assert_eq!(*odd.get(wide.key()).await.unwrap(), Some(wide.clone()));
    // What conditions and updates say of them is what a put stores.
    let update = odd.update(wide.key()).set(Wide::SIGNED, i128::from(i64::MIN) - 1);
    let updated = update.when(Wide::SIGNED.eq(wide.signed)).returning_new().await.unwrap();
    assert_eq!(updated.signed, Some(i128::from(i64::MIN) - 1));
    let error = odd.delete(wide.key()).when(Wide::SIGNED.gt(0)).await.unwrap_err();
    assert!(error.is_condition_failed(), "{error}");
    let error = odd.delete(wide.key()).when(Wide::SIGNED.gt(i128::MIN)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidCondition, "{error}");
    let made = odd.upsert(WideKey { id: 5 }).set(Wide::SIGNED, 1).returning_new().await.unwrap();
    assert!(made.made > 1_700_000_000, "{made:?}");
    let (odd, proxy) = unsent::<Odd>();
    let error = odd.put(&Wide { id: u128::MAX, signed: None, made: 0 }).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidItem);
    let text = "has a number of more than 38 digits, which DynamoDB does not store";
    assert!(error.to_string().ends_with(text), "{error}");
    assert_eq!(proxy.sent(), 0);
}
