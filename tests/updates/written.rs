//! How updates are written: each clause in DynamoDB's words.

use aws_sdk_dynamodb::types::AttributeValue;
use monotable::{Entity, Update, op};

use crate::world::{
    Line, Parcel, ParcelCampaignDue, ParcelKey, ParcelTenantStatus, Place, Status, Van, VanKey,
};

fn key() -> ParcelKey {
    ParcelKey { route_no: 7, id: 1 }
}

/// The update expression, with the names and values in their places.
fn expression<P>(update: &Update<Parcel, monotable::Unbound, P>) -> String {
    spelled(update.explain().unwrap().into_inner())
}

fn spelled(input: aws_sdk_dynamodb::operation::update_item::UpdateItemInput) -> String {
    let mut text = input.update_expression.unwrap_or_default();
    let names = input.expression_attribute_names.into_iter().flatten();
    let values = input.expression_attribute_values.into_iter().flatten();
    let values = values.map(|(placeholder, value)| (placeholder, shown(&value)));
    let mut known: Vec<_> = names.chain(values).collect();
    // The longer first, because `#1` begins `#10`.
    known.sort_by_key(|(placeholder, _)| std::cmp::Reverse(placeholder.len()));
    for (placeholder, what) in known {
        text = text.replace(&placeholder, &what);
    }
    text
}

fn shown(value: &AttributeValue) -> String {
    match value {
        AttributeValue::S(text) => format!("'{text}'"),
        AttributeValue::N(number) => number.clone(),
        AttributeValue::L(list) => format!("[{}]", list.iter().map(shown).collect::<Vec<_>>().join(", ")),
        AttributeValue::Ss(texts) => format!("<{}>", texts.join(", ")),
        AttributeValue::Null(_) => "NULL".to_owned(),
        AttributeValue::M(_) => "{..}".to_owned(),
        other => format!("{other:?}"),
    }
}

#[track_caller]
fn check(update: Update<Parcel>, expected: &str) {
    assert_eq!(expression(&update), expected);
}

fn parcel() -> Update<Parcel> {
    Parcel::update(key())
}

#[test]
fn each_clause() {
    check(parcel().set(Parcel::NOTE, "x"), "SET note = 'x'");
    check(parcel().set(Parcel::NOTE, None), "REMOVE note");
    check(parcel().set(Parcel::LABEL, ""), "REMOVE label");
    check(parcel().remove(Parcel::NOTE), "REMOVE note");
    check(parcel().set_if_absent(Parcel::NOTE, "x"), "SET note = if_not_exists(note, 'x')");
    check(parcel().set_from(Parcel::COUNT, Parcel::COUNT), "SET count = count");
    check(parcel().add(Parcel::COUNT, 2), "ADD count 2");
    check(parcel().sub(Parcel::COUNT, 2), "ADD count -2");
    check(parcel().sub(Parcel::WARMTH, -2), "ADD warmth 2");
    check(parcel().append(Parcel::WORDS, ["x"]), "SET words = list_append(if_not_exists(words, []), ['x'])");
    check(parcel().prepend(Parcel::WORDS, ["x"]), "SET words = list_append(['x'], if_not_exists(words, []))");
    let tag = || ["x".to_owned()];
    check(parcel().insert_into_set(Parcel::TAGS, tag()), "ADD tags <x>");
    check(parcel().remove_from_set(Parcel::TAGS, ["x"]), "DELETE tags <x>");
    check(parcel().set(Parcel::PRICE, 5), "SET price = '5'");
}

#[test]
fn places_inside() {
    check(parcel().set(Parcel::HOME.at(Place::CITY), "x"), "SET home.town = 'x'");
    // As serde stores `None` inside of a struct, or leaves it out.
    check(parcel().set(Parcel::HOME.at(Place::FLOOR), None), "SET home.floor = NULL");
    check(parcel().set(Parcel::HOME.at(Place::ZIP), None), "REMOVE home.zip");
    check(parcel().remove(Parcel::HOME.at(Place::FLOOR)), "REMOVE home.floor");
    check(parcel().set(Parcel::LINES.index(2).at(Line::SKU), "x"), "SET lines[2].sku = 'x'");
    check(parcel().remove(Parcel::LINES.index(2)), "REMOVE lines[2]");
    check(parcel().set(Parcel::RATES.key("EUR"), 5), "SET rates.EUR = 5");
    check(parcel().remove(Parcel::RATES.key("EUR")), "REMOVE rates.EUR");
    check(
        parcel().add(Parcel::HOME.at(Place::VISITS), 1),
        "SET home.visits = if_not_exists(home.visits, 0) + 1",
    );
    check(parcel().sub(Parcel::RATES.key("EUR"), 1), "SET rates.EUR = if_not_exists(rates.EUR, 0) + -1");
}

#[test]
fn sections_stand_once() {
    let update = parcel()
        .add(Parcel::COUNT, 1)
        .set(Parcel::NOTE, "x")
        .remove(Parcel::WARMTH)
        .remove_from_set(Parcel::TAGS, ["x"])
        .set(Parcel::LABEL, "x")
        .remove(Parcel::RATES.key("EUR"));
    check(update, "SET note = 'x', label = 'x' REMOVE warmth, rates.EUR ADD count 1 DELETE tags <x>");
}

#[test]
fn index_keys_follow() {
    check(parcel().set(Parcel::PLACED, 5), "SET placed = 5, GSI1SK = '0000000005#001'");
    let both = ParcelTenantStatus { tenant: "a".into(), status: Status::Sent };
    check(parcel().set_together(both), "SET tenant = 'a', status = 'Sent', GSI1PK = 'TENANT#a#STATUS#Sent'");
    // Each half by itself: `campaign` is in two of them.
    let due = || ParcelCampaignDue { campaign: Some("Ab".into()), due: Some(-1) };
    check(
        parcel().set_together(due()),
        "SET campaign = 'Ab', due = -1, GSI2PK = 'CAMPAIGN#ab', LSI1SK = 'DUE#-99998#AB'",
    );
    check(
        parcel().set_together(ParcelCampaignDue { due: None, ..due() }),
        "SET campaign = 'Ab', GSI2PK = 'CAMPAIGN#ab' REMOVE due, LSI1SK",
    );
    check(parcel().remove(Parcel::CAMPAIGN), "REMOVE campaign, GSI2PK, LSI1SK");
    check(parcel().remove(Parcel::DUE), "REMOVE due, LSI1SK");
}

#[test]
fn a_field_that_is_the_key_is_written_once() {
    check(parcel().set(Parcel::STATE, "x"), "SET state = 'x'");
    check(parcel().set(Parcel::STATE, None), "REMOVE state");
    check(parcel().set(Parcel::CODE, 5), "SET code = 5");
    check(parcel().remove(Parcel::CODE), "REMOVE code");
    check(parcel().set(Parcel::SIZE, -5), "SET size = -5");
    check(parcel().add(Parcel::SIZE, 5).sub(Parcel::CODE, 5), "ADD size 5, code -5");
}

#[test]
fn natural_indexes_need_nothing() {
    check(parcel().set(Parcel::COURIER, "x").add(Parcel::ETA, 5), "SET courier = 'x' ADD eta 5");
    check(parcel().set(Parcel::COURIER, None), "REMOVE courier");
}

#[test]
fn an_upsert_writes_what_the_key_says() {
    let van = Van::upsert(VanKey { PK: "v1".into() });
    // The key attribute itself is there anyway.
    assert_eq!(spelled(van.explain().unwrap().into_inner()), "SET _type = 'Van'");
    let van = van.set(Van::STATE, "x");
    assert_eq!(
        spelled(van.explain().unwrap().into_inner()),
        "SET state = 'x', _type = 'Van', GSI3SK = 'x#v1'"
    );
    let van = van.set(Van::SEATS, 4).when(Van::SEATS.not_exists());
    assert_eq!(van.explain().unwrap().condition_expression(), Some("attribute_not_exists(#1)"));
}

#[test]
fn an_update_implies_the_item() {
    let update = parcel().set(Parcel::NOTE, "x").explain().unwrap();
    assert_eq!(update.condition_expression(), Some("attribute_exists(#1)"));
    assert_eq!(update.expression_attribute_names().unwrap()["#1"], "PK");
    let update = parcel().set(Parcel::NOTE, "x").when(Parcel::NOTE.ne("x")).explain().unwrap();
    assert_eq!(update.condition_expression(), Some("attribute_exists(#1) AND #0 <> :0"));
}

#[test]
fn operations_are_values() {
    let by_function = op::update(key()).set(Parcel::NOTE, "x").explain().unwrap();
    assert_eq!(by_function, parcel().set(Parcel::NOTE, "x").explain().unwrap());
    let van = || VanKey { PK: "v1".into() };
    assert_eq!(op::upsert(van()).explain().unwrap(), Van::upsert(van()).explain().unwrap());
    let update = parcel().set(Parcel::NOTE, "x");
    assert_eq!(update.clone().explain().unwrap(), update.explain().unwrap());
}
