//! Indexes over attributes that entities store anyway: DynamoDB composes the key.

use std::ops::{Bound, RangeBounds};

use chrono::NaiveDate;
use monotable::aws_sdk_dynamodb::types::AttributeValue;
use monotable::{Entity, ErrorKind, Handle, KeyPart, Table, prefix};
use monotable_tests::open;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "dispatch")]
#[table(index(ByCourier, pk = [courier_id, day], sk = [zone, eta: N]))]
#[table(index(ByPlace, name = "by-place", pk = [place], sk = ["eta": N]))]
enum Dispatch {
    Delivery(Delivery),
    Courier(Courier),
}

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
struct CourierId(String);

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    Door,
    Locker,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Dispatch, pk = "DELIVERY#{number}", sk = "DELIVERY")]
#[entity(index(ByCourier), index(ByPlace, query = at_place))]
struct Delivery {
    number: u32,
    #[serde(rename = "courier_id")]
    courier: CourierId,
    day: NaiveDate,
    zone: Option<String>,
    eta: i32,
    #[serde(rename = "place", with = "shouting")]
    drop_off: Place,
}

/// Stores attributes of the index too, with the same types, but not all of them.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Dispatch, pk = "COURIER#{courier_id}", sk = "PROFILE")]
struct Courier {
    courier_id: String,
    zone: String,
}

/// What is stored is not what the type's own `Serialize` writes.
mod shouting {
    use serde::{Deserialize, Deserializer, Serializer, de};

    use super::Place;

    pub(super) fn serialize<S: Serializer>(place: &Place, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(match place {
            Place::Door => "DOOR!",
            Place::Locker => "LOCKER!",
        })
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Place, D::Error> {
        match String::deserialize(from)?.as_str() {
            "DOOR!" => Ok(Place::Door),
            "LOCKER!" => Ok(Place::Locker),
            other => Err(de::Error::custom(other)),
        }
    }
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, day).unwrap()
}

fn delivery(number: u32, courier: &str, day: NaiveDate, zone: Option<&str>, eta: i32) -> Delivery {
    let drop_off = if number.is_multiple_of(2) { Place::Door } else { Place::Locker };
    Delivery { number, courier: CourierId(courier.into()), day, zone: zone.map(str::to_owned), eta, drop_off }
}

const ZONES: [&str; 6] = ["a", "a b", "ab", "a#b", "b", "\u{FFFFF}"];
const ETAS: [i32; 6] = [-100, -9, 0, 3, 20, i32::MAX];

/// Some of everything, and no order among it.
fn deliveries() -> Vec<Delivery> {
    let mut all = Vec::new();
    for courier in ["ada", "ad"] {
        for day in [day(1), day(2)] {
            for zone in ZONES.map(Some).into_iter().chain([None]) {
                all.extend(ETAS.map(|eta| (courier, day, zone, eta)));
            }
        }
    }
    let numbered = all.into_iter().zip(0_u32..);
    let deliveries =
        numbered.map(|((courier, day, zone, eta), n)| delivery(n * 37 % 168, courier, day, zone, eta));
    deliveries.collect()
}

async fn filled() -> Handle<Dispatch> {
    let dispatch = open::<Dispatch>().await;
    for delivery in deliveries() {
        dispatch.insert(&delivery).await.unwrap();
    }
    dispatch.insert(&Courier { courier_id: "ada".into(), zone: "a".into() }).await.unwrap();
    dispatch
}

/// What a filter finds, in the order of the index.
fn expected(filter: impl Fn(&Delivery) -> bool) -> Vec<Delivery> {
    let mut found: Vec<_> = deliveries().into_iter().filter(|delivery| delivery.zone.is_some()).collect();
    found.retain(|delivery| filter(delivery));
    found.sort_by(|a, b| (&a.zone, a.eta).cmp(&(&b.zone, b.eta)));
    found
}

#[test]
fn the_request_has_a_condition_for_each_attribute() {
    let query = Delivery::by_courier(CourierId("ada".into()), day(1)).zone("a").eta_from(3);
    let dispatch = Dispatch::open(client());
    let input = dispatch.query(query).explain().unwrap();
    assert_eq!(input.index_name(), Some("ByCourier"));
    assert_eq!(input.key_condition_expression(), Some("#0 = :0 AND #1 = :1 AND #2 = :2 AND #3 >= :3"));
    let names = input.expression_attribute_names().unwrap();
    assert_eq!(
        [&names["#0"], &names["#1"], &names["#2"], &names["#3"]],
        ["courier_id", "day", "zone", "eta"]
    );
    let values = input.expression_attribute_values().unwrap();
    assert_eq!(values[":1"], AttributeValue::S("2026-06-01".into()));
    assert_eq!(values[":3"], AttributeValue::N("3".into()));
}

fn client() -> monotable::aws_sdk_dynamodb::Client {
    let config = monotable::aws_sdk_dynamodb::Config::builder()
        .behavior_version(monotable::aws_sdk_dynamodb::config::BehaviorVersion::latest())
        .build();
    monotable::aws_sdk_dynamodb::Client::from_conf(config)
}

/// Nothing but the fields is stored for the index, and a field that is none is not there.
#[test]
fn nothing_extra_is_stored() {
    let item = delivery(7, "ada", day(1), None, 3).put().explain().unwrap().into_inner().item.unwrap();
    let mut names: Vec<_> = item.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["PK", "SK", "_type", "courier_id", "day", "eta", "number", "place"]);
    assert_eq!(item["place"], AttributeValue::S("LOCKER!".into()));
}

#[tokio::test]
async fn queries_take_attributes_from_left_to_right() {
    let dispatch = filled().await;
    let of = |delivery: &Delivery| delivery.courier.0 == "ada" && delivery.day == day(2);
    let query = || Delivery::by_courier(CourierId("ada".into()), day(2));
    assert_eq!(*dispatch.query(query()).await.unwrap(), expected(of));
    let of_zone = |delivery: &Delivery| of(delivery) && delivery.zone.as_deref() == Some("a");
    assert_eq!(*dispatch.query(query().zone("a")).await.unwrap(), expected(of_zone));
    let one = |delivery: &Delivery| of_zone(delivery) && delivery.eta == 20;
    assert_eq!(*dispatch.query(query().zone("a").eta(20)).await.unwrap(), expected(one));
    let begins = |delivery: &Delivery| of(delivery) && delivery.zone.as_ref().unwrap().starts_with('a');
    assert_eq!(*dispatch.query(query().zone_in(prefix("a"))).await.unwrap(), expected(begins));
    assert_eq!(*dispatch.query(query().zone_in(prefix(""))).await.unwrap(), expected(of));
}

/// Values are compared as the field's own functions store them.
#[tokio::test]
async fn values_are_what_serde_stores() {
    let dispatch = filled().await;
    let found = dispatch.query(Delivery::at_place(Place::Locker).eta_until(-9)).await.unwrap().into_inner();
    let mut wanted = deliveries();
    wanted.retain(|delivery| delivery.drop_off == Place::Locker && delivery.eta <= -9);
    let numbers = |deliveries: Vec<Delivery>| {
        let mut numbers: Vec<_> = deliveries.into_iter().map(|delivery| delivery.number).collect();
        numbers.sort_unstable();
        numbers
    };
    assert_eq!(numbers(found), numbers(wanted));
}

#[tokio::test]
async fn what_cannot_be_a_key_is_refused_before_it_is_sent() {
    let dispatch = open::<Dispatch>().await;
    let error = dispatch.put(&Courier { courier_id: "ada".into(), zone: String::new() }).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidKey);
    assert_eq!(
        error.to_string(),
        "cannot put `Courier`: `zone` is empty, and a key part must not be (it is part of the key of index \
         `ByCourier`)"
    );
    let long = delivery(1, &"x".repeat(2040), day(1), None, 0);
    let error = dispatch.put(&long).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot put `Delivery`: `courier_id` and the attributes beside it in the key of index `ByCourier` are \
         2050 bytes long, and DynamoDB allows 2048"
    );
    let query = Delivery::by_courier(CourierId(String::new()), day(1));
    let error = dispatch.query(query).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidKey);
}

fn bounds<T: Clone + std::fmt::Debug + 'static>(values: &'static [T]) -> impl Strategy<Value = Bound<T>> {
    let value = (0..values.len()).prop_map(|at| values[at].clone());
    prop_oneof![
        value.clone().prop_map(Bound::Included),
        value.prop_map(Bound::Excluded),
        Just(Bound::Unbounded),
    ]
}

fn owned((low, high): (Bound<&str>, Bound<&str>)) -> (Bound<String>, Bound<String>) {
    (low.map(str::to_owned), high.map(str::to_owned))
}

#[test]
fn ranges_are_those_of_the_values() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let dispatch = runtime.block_on(filled());
    let of = |delivery: &Delivery| delivery.courier.0 == "ad" && delivery.day == day(1);
    let query = || Delivery::by_courier(CourierId("ad".into()), day(1));
    static SOME: [&str; 7] = ["a", "a ", "a b", "aa", "b", "b\0", "\u{FFFFE}"];
    proptest!(|(low in bounds(&SOME), high in bounds(&SOME))| {
        let range = owned((low, high));
        let found = runtime.block_on(async { dispatch.query(query().zone_in(range.clone())).await });
        let wanted = expected(|delivery| of(delivery) && range.contains(delivery.zone.as_ref().unwrap()));
        prop_assert_eq!(found.unwrap().into_inner(), wanted);
    });
    static TIMES: [i32; 9] = [i32::MIN, -101, -100, -9, 0, 2, 3, 20, i32::MAX];
    proptest!(|(zone in 0..ZONES.len(), low in bounds(&TIMES), high in bounds(&TIMES))| {
        let zone = ZONES[zone];
        let query = query().zone(zone).eta_in((low, high));
        let found = runtime.block_on(async { dispatch.query(query).await });
        let wanted = expected(|delivery| {
            of(delivery) && delivery.zone.as_deref() == Some(zone) && (low, high).contains(&delivery.eta)
        });
        prop_assert_eq!(found.unwrap().into_inner(), wanted);
    });
}
