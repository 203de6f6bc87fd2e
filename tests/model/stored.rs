//! What the engine stores, and what it should store, by the rules of `docs/key-format.md` alone.

use std::collections::BTreeMap;

use monotable::aws_sdk_dynamodb::types::AttributeValue;
use monotable::{Handle, Item};

use crate::house::House;
use crate::row::Row;
use crate::world::World;

/// Items in the order of their keys.
type Items = BTreeMap<(String, String), Item>;

/// Everything in the table or in one of its indexes, read without the library.
pub async fn scan(house: &Handle<House>, index: Option<&str>) -> Items {
    let mut pages = house
        .sdk()
        .scan()
        .table_name(house.name())
        .set_index_name(index.map(str::to_owned))
        .into_paginator()
        .send();
    let mut items = Items::new();
    while let Some(page) = pages.next().await {
        for item in page.unwrap().items.unwrap_or_default() {
            let twice = items.insert(key(&item), item);
            assert_eq!(twice, None);
        }
    }
    items
}

fn key(item: &Item) -> (String, String) {
    let text = |name: &str| item[name].as_s().unwrap().clone();
    (text("PK"), text("SK"))
}

/// The whole table, markers among it.
pub fn table(world: &World) -> Items {
    let rows = world.rows().map(item);
    let markers = world.rows().flat_map(|row| markers(row).into_iter().map(|text| marker(&text, row)));
    rows.chain(markers).map(|item| (key(&item), item)).collect()
}

/// The items that have all attributes of the index's key.
pub fn index(world: &World, name: &str) -> Items {
    let attributes: &[_] = match name {
        "Gsi1" => &["GSI1PK", "GSI1SK"],
        "Sparse" => &["GSI2PK"],
        "ByPlace" => &["site", "place", "rank", "zone"],
        "ByDue" => &["LSI1SK"],
        other => unreachable!("there is no index {other}"),
    };
    let items = world.rows().map(item).map(|item| (key(&item), item));
    items.filter(|(_, item)| attributes.iter().all(|name| item.contains_key(*name))).collect()
}

fn s(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}

fn n(number: impl ToString) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

fn item(row: &Row) -> Item {
    let keys = if row.number.is_none() { member_keys(row) } else { note_keys(row) };
    let keys = keys.into_iter().filter_map(|(name, text)| Some((name, s(text?))));
    let optional = [
        ("team", row.team.clone().map(s)),
        ("rank", row.rank.map(n)),
        ("place", row.place.clone().map(s)),
        ("zone", row.zone.clone().map(s)),
        ("flag", row.flag.map(n)),
        ("due", row.due.map(n)),
        ("number", row.number.map(n)),
        ("nick", row.nick.map(n)),
        ("email", row.number.is_none().then(|| s(&row.email))),
        ("version", row.number.is_none().then(|| n(row.version))),
    ];
    let optional = optional.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let there = [
        ("_type", s(if row.number.is_none() { "Member" } else { "Note" })),
        ("id", n(row.id)),
        ("site", s(&row.site)),
        ("count", n(row.count)),
    ];
    keys.chain(optional).chain(there).map(|(name, value)| (name.to_owned(), value)).collect()
}

type Keys = Vec<(&'static str, Option<String>)>;

fn member_keys(row: &Row) -> Keys {
    vec![
        ("PK", Some(format!("MEMBER#{:03}", row.id))),
        ("SK", Some("MEMBER".to_owned())),
        ("GSI1PK", row.team.as_ref().map(|team| format!("TEAM#{team}#SITE#{}", row.site))),
        ("GSI1SK", row.rank.map(|rank| format!("{rank:03}#{:03}", row.id))),
        ("GSI2PK", row.flag.map(|flag| format!("FLAG#{flag:03}"))),
        ("LSI1SK", row.due.map(|due| format!("DUE#{due:05}"))),
    ]
}

fn note_keys(row: &Row) -> Keys {
    let number = row.number.unwrap_or_default();
    let sparse = row.flag.zip(row.rank);
    vec![
        ("PK", Some(format!("MEMBER#{:03}", row.id))),
        ("SK", Some(format!("NOTE#{number:03}"))),
        ("GSI1PK", Some(format!("SITE#{}", row.site))),
        ("GSI1SK", row.team.clone()),
        ("GSI2PK", sparse.map(|(flag, rank)| format!("NOTE#{flag:03}#{rank:03}"))),
        ("LSI1SK", row.due.map(|due| format!("NOTE#{due:05}#{number:03}"))),
    ]
}

/// The partition keys of a row's markers.
pub fn markers(row: &Row) -> Vec<String> {
    if row.number.is_some() {
        return Vec::new();
    }
    let text = |text: &str| text.replace('%', "%25").replace('#', "%23");
    let email = format!("UNIQUE#Member#email#{}", text(&row.email));
    let nick = row.team.as_ref().zip(row.nick);
    let nick = nick.map(|(team, nick)| format!("UNIQUE#Member#team,nick#{}#{nick}", text(team)));
    std::iter::once(email).chain(nick).collect()
}

fn marker(text: &str, row: &Row) -> Item {
    let constraint = text.splitn(4, '#').take(3).collect::<Vec<_>>().join("#");
    let holder = item(row).into_iter().filter(|(name, _)| ["PK", "SK"].contains(&name.as_str()));
    let attributes = [
        ("PK", s(text)),
        ("SK", s(constraint)),
        ("_type", s("UNIQUE")),
        ("holder", AttributeValue::M(holder.collect())),
    ];
    attributes.map(|(name, value)| (name.to_owned(), value)).into()
}
