//! What is refused before anything is sent: with the entity, the key, the field and the rule, and without values.

use std::collections::BTreeMap;

use monotable::{Entity, Error, ErrorKind, Table, Update};
use monotable_tests::unsent;
use serde::{Deserialize, Serialize};

use crate::world::{Depot, Line, Parcel, ParcelKey, ParcelTenantStatus, Place, Status, Van, VanKey};

fn parcel() -> Update<Parcel> {
    Parcel::update(ParcelKey { route_no: 7, id: 1 })
}

#[track_caller]
fn invalid<E: Entity, P>(update: Update<E, monotable::Unbound, P>, message: &str) {
    let error = update.explain().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidUpdate);
    let text = error.to_string();
    let (_, reason) = text.split_once("): ").unwrap();
    assert_eq!(reason, message);
}

#[tokio::test]
async fn nothing_is_sent() {
    let (depot, sent) = unsent::<Depot>();
    let error: Error = depot.update(ParcelKey { route_no: 7, id: 1 }).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot update `Parcel` (PK = \"ROUTE#00007\", SK = \"PARCEL#001\"): the update changes nothing; `exists` \
         says whether there is such an item"
    );
    assert_eq!((error.kind(), error.operation()), (ErrorKind::InvalidUpdate, "update"));
    let error = depot.upsert(ParcelKey { route_no: 7, id: 1 }).returning_new().await.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::InvalidUpdate, "upsert"));
    assert_eq!(sent.requests().len(), 0);
}

#[test]
fn what_changes_nothing() {
    let nothing = "the update changes nothing; `exists` says whether there is such an item";
    invalid(parcel(), nothing);
    invalid(parcel().set_if_absent(Parcel::NOTE, None), nothing);
    invalid(parcel().when(Parcel::COUNT.ge(1)), nothing);
}

#[test]
fn one_place_twice() {
    invalid(parcel().set(Parcel::NOTE, "x").remove(Parcel::NOTE), "the update changes `note` twice");
    invalid(parcel().add(Parcel::COUNT, 1).add(Parcel::COUNT, 1), "the update changes `count` twice");
    let home = Place { city: "x".into(), floor: None, zip: None, visits: 0 };
    invalid(
        parcel().set(Parcel::HOME.at(Place::CITY), "x").set(Parcel::HOME, home),
        "the update changes `home.town` and `home`, and one is inside of the other",
    );
    invalid(
        parcel().remove(Parcel::LINES.index(1)).set(Parcel::LINES.index(1).at(Line::COUNT), 1),
        "the update changes `lines[1]` and `lines[1].count`, and one is inside of the other",
    );
    // Keys of maps are data.
    invalid(
        parcel().set(Parcel::RATES.key("EUR"), 1).remove(Parcel::RATES.key("EUR")),
        "the update changes `rates[..]` twice",
    );
    let both = || ParcelTenantStatus { tenant: "a".into(), status: Status::Open };
    invalid(parcel().set_together(both()).set_together(both()), "the update changes `tenant` twice");
    // These are two places.
    let apart = parcel().set(Parcel::RATES.key("EUR"), 1).remove(Parcel::RATES.key("USD"));
    apart.remove(Parcel::LINES.index(1)).remove(Parcel::LINES.index(0)).explain().unwrap();
}

#[derive(Table, Debug)]
#[table(name = "numbers")]
enum Numbers {
    Number(Number),
}

#[derive(Entity, Serialize, Deserialize, Debug)]
#[entity(table = Numbers, pk = "NUMBER#{id}", sk = "NUMBER")]
struct Number {
    id: u8,
    ratio: f64,
    maybe: Option<f64>,
    large: u64,
    list: Vec<f64>,
    map: BTreeMap<String, f32>,
    #[serde(default, with = "serde_dynamo::string_set")]
    texts: Vec<String>,
    #[serde(default, with = "as_a_list")]
    listed: Vec<String>,
    inside: Inside,
}

#[derive(monotable::Fields, Serialize, Deserialize, Debug)]
struct Inside {
    #[serde(default, with = "serde_dynamo::string_set")]
    texts: Vec<String>,
}

mod as_a_list {
    pub(super) use serde::{Deserialize, Serialize};

    pub(super) fn serialize<S: serde::Serializer>(texts: &Vec<String>, to: S) -> Result<S::Ok, S::Error> {
        texts.serialize(to)
    }

    pub(super) fn deserialize<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
        Vec::deserialize(from)
    }
}

fn number() -> Update<Number> {
    Number::update(NumberKey { id: 1 })
}

#[test]
fn numbers_that_dynamodb_has_not() {
    let infinite = |field: &str| {
        format!(
            "the update of `{field}` has a number that is infinite or not a number, which DynamoDB does not store"
        )
    };
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        invalid(number().set(Number::RATIO, value), &infinite("ratio"));
        invalid(number().set(Number::MAYBE, value), &infinite("maybe"));
        invalid(number().set_if_absent(Number::RATIO, value), &infinite("ratio"));
        invalid(number().add(Number::RATIO, value), &infinite("ratio"));
        invalid(number().sub(Number::MAYBE, value), &infinite("maybe"));
        invalid(number().append(Number::LIST, [1.0, value]), &infinite("list[1]"));
        invalid(number().set(Number::LIST, vec![value]), &infinite("list[0]"));
    }
    invalid(number().set(Number::MAP.key("x"), f32::NAN), &infinite("map[..]"));
    let range = "the update of `ratio` has a number beyond the magnitudes that DynamoDB stores, which are 1E-130 to 9.99E+125";
    for value in [1e126, -1e126, f64::MAX, 9e-131, f64::MIN_POSITIVE] {
        invalid(number().set(Number::RATIO, value), range);
    }
    for value in [9.9e125, 1e-130, -1e-130, 0.0, -0.0, 0.1] {
        number().set(Number::RATIO, value).explain().unwrap();
    }
}

#[test]
fn sets() {
    let none: [String; 0] = [];
    let empty = "the update of `texts` has an empty set, which DynamoDB does not store";
    invalid(number().insert_into_set(Number::TEXTS, none.clone()), empty);
    invalid(number().remove_from_set(Number::TEXTS, none), empty);
    invalid(
        number().insert_into_set(Number::LISTED, ["x"]),
        "the update of `listed` is of elements, and serde stores no set there",
    );
    invalid(
        number().insert_into_set(Number::INSIDE.at(Inside::TEXTS), ["x"]),
        "the update of `inside.texts` is of a set inside of another attribute, which DynamoDB changes as a whole only",
    );
    invalid(
        number().set(Number::INSIDE, Inside { texts: vec![] }),
        "the update of `inside[..]` has an empty set, which DynamoDB does not store",
    );
    // An attribute without elements is one that is not there.
    let update = number().set(Number::TEXTS, vec![]).explain().unwrap();
    assert_eq!(update.update_expression(), Some("REMOVE #0"));
}

#[test]
fn too_much() {
    let clauses = |count: usize| {
        (0..count).fold(parcel(), |update, key| update.set_if_absent(Parcel::RATES.key(key.to_string()), 1))
    };
    clauses(100).explain().unwrap();
    invalid(clauses(150), "the update is longer than the 4096 bytes that DynamoDB takes");
    invalid(clauses(301), "the update has 301 operators and functions, and DynamoDB takes 300");
    let long = "x".repeat(2 * 1024 * 1024);
    invalid(
        parcel().set(Parcel::NOTE, long),
        "the names and values of the update have 2097164 bytes, and DynamoDB takes 2097152",
    );
    invalid(
        parcel().set(Parcel::RATES.key(""), 1),
        "the update of `rates[..]` names a map's entry by an empty key, which DynamoDB does not take",
    );
}

#[test]
fn keys_that_cannot_be() {
    let state = "`state` is empty (state is \"{state}\")";
    let error = parcel().set(Parcel::STATE, "").explain().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidKey, "{error} {state}");
    assert!(error.to_string().contains("`state`"), "{error}");
    let error = parcel().set(Parcel::COURIER, "").explain().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidKey);
    assert!(error.to_string().contains("index `ByCourier`"), "{error}");
    let error = Van::update(VanKey { PK: String::new() }).set(Van::SEATS, 1).explain().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidKey);
    // The first mistake is the one that is reported.
    let error = number().set(Number::RATIO, f64::NAN).add(Number::MAYBE, f64::NAN).explain().unwrap_err();
    assert!(error.to_string().contains("`ratio`"), "{error}");
}

#[test]
fn an_item_that_could_not_be_read() {
    let upsert = Number::upsert(NumberKey { id: 1 });
    invalid(
        upsert.clone(),
        "it may create the item, and an item without `ratio` could not be read: set it too, or `update` what is there",
    );
    let upsert = upsert.add(Number::RATIO, 1.0).set_if_absent(Number::LARGE, 1).append(Number::LIST, [1.0]);
    invalid(
        upsert.clone().set(Number::MAP.key("x"), 1.0).set(Number::INSIDE, Inside { texts: vec!["x".into()] }),
        "it may create the item, and an item without `map` could not be read: set it too, or `update` what is there",
    );
    let upsert = upsert.set(Number::MAP, BTreeMap::new());
    upsert.set(Number::INSIDE, Inside { texts: vec!["x".into()] }).explain().unwrap();
}
