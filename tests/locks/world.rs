//! A table whose entities have versions and times, on a clock of the test's.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_smithy_async::time::TimeSource;
use jiff::Timestamp;
use monotable::aws_sdk_dynamodb::Client;
use monotable::aws_sdk_dynamodb::types::AttributeValue;
use monotable::{Entity, EntityKey, Handle, Item, KeyPart, Table};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "shop", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"), index(ByCity, pk = [city], sk = [changed]))]
pub enum Shop {
    Account(Account),
    Order(Order),
    Note(Note),
    Event(Event),
}

/// A version and nothing else.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq, Default)]
#[entity(table = Shop, pk = "ACCOUNT#{account}", sk = "ACCOUNT")]
pub struct Account {
    pub account: u32,
    pub balance: i64,
    #[entity(version)]
    pub version: u64,
}

/// Everything at once, in index keys too.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{number:04}")]
#[entity(index(Gsi1, pk = "STATUS#{status}", sk = "{updated_at:seconds}#{number:04}", query = by_status))]
pub struct Order {
    pub customer: u32,
    pub number: u16,
    pub status: Status,
    #[entity(version)]
    #[serde(rename = "v")]
    pub rev: Revision,
    #[entity(created_at)]
    pub created_at: Timestamp,
    #[entity(updated_at)]
    #[serde(rename = "changedAt")]
    pub updated_at: Timestamp,
}

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    Open,
    Paid,
}

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Revision(pub u8);

/// Times without a version, stored in forms of the user's choice.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq, Default)]
#[entity(table = Shop, pk = "NOTE#{note}", sk = "NOTE")]
#[entity(index(ByCity, query = by_city))]
pub struct Note {
    pub note: u32,
    pub text: String,
    pub city: Option<String>,
    #[entity(created_at)]
    pub made: Option<u64>,
    #[entity(updated_at)]
    #[serde(default, with = "chrono::serde::ts_milliseconds_option")]
    pub changed_at: Option<chrono::DateTime<chrono::Utc>>,
    pub changed: Option<String>,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, pk = "EVENT#{event}", sk = "EVENT")]
pub struct Event {
    pub event: u32,
    #[entity(created_at)]
    #[serde(with = "time::serde::timestamp")]
    pub at: time::OffsetDateTime,
    #[entity(updated_at)]
    pub seen: chrono::DateTime<chrono::FixedOffset>,
}

/// Moved by hand.
#[derive(Debug, Clone)]
pub struct Clock(Arc<Mutex<SystemTime>>);

/// 2026-06-21, at noon and a bit.
pub const START: Duration = Duration::from_nanos(1_782_043_200_123_456_789);

impl Clock {
    pub fn pass(&self, time: Duration) {
        *self.0.lock().unwrap() += time;
    }

    pub fn timestamp(&self) -> Timestamp {
        self.now().try_into().unwrap()
    }

    pub fn seconds(&self) -> u64 {
        self.now().duration_since(UNIX_EPOCH).unwrap().as_secs()
    }
}

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        *self.0.lock().unwrap()
    }
}

/// The table on a new engine, and the clock of its client.
pub async fn shop<T: Table>() -> (Handle<T>, Clock) {
    let clock = Clock(Arc::new(Mutex::new(UNIX_EPOCH + START)));
    let handle = T::embedded().await.unwrap();
    let config = handle.sdk().config().to_builder().time_source(clock.clone()).build();
    (T::open(Client::from_conf(config)), clock)
}

/// What is stored under a key, attribute by attribute.
pub async fn stored<K: EntityKey>(client: &Client, key: &K) -> Option<Item> {
    let text = |value: monotable::KeyValue| AttributeValue::S(value.into_text());
    let (pk, sk) = (key.partition_key().unwrap(), key.sort_key().unwrap().unwrap());
    let get = client.get_item().table_name("shop").key("PK", text(pk)).key("SK", text(sk));
    get.consistent_read(true).send().await.unwrap().item
}

pub fn number(item: &Item, attribute: &str) -> u64 {
    item[attribute].as_n().unwrap().parse().unwrap()
}

pub fn text<'i>(item: &'i Item, attribute: &str) -> &'i str {
    item[attribute].as_s().unwrap()
}
