//! Tables of other kinds, and items that are of no entity.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use expect_test::expect;
use monotable::{Cursor, Entity, Error, ErrorKind, Handle, Index, Scan, Table};
use monotable_tests::open;
use serde::{Deserialize, Serialize};

use crate::world::*;

/// Reads one item at a time, each run going on where the one before it stopped.
async fn one_by_one<O: std::fmt::Debug + Send + 'static, I: Index>(scan: impl Fn() -> Scan<O, I>) -> Vec<O> {
    let (mut found, mut cursor) = (Vec::new(), None::<Cursor>);
    loop {
        let mut items = scan().segments(3).unpaced().after(cursor).stream();
        found.extend(items.next().await.transpose().unwrap());
        cursor = items.cursor();
        if cursor.is_none() {
            return found;
        }
    }
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "readings", pk = [PK: N], sk = [SK: B], untyped)]
enum Readings {
    Reading(Reading),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Readings, pk = "{device}", sk = "{at}")]
struct Reading {
    device: i32,
    at: Vec<u8>,
}

#[tokio::test]
async fn keys_of_numbers_and_bytes_are_positions_too() {
    let readings = open::<Readings>().await;
    let mut expected = Vec::new();
    for device in [-5, 0, 7, 1_000_000] {
        for at in [vec![0], vec![0, 255], vec![128]] {
            let reading = Reading { device, at };
            readings.put(&reading).await.unwrap();
            expected.push(reading);
        }
    }
    let mut found = one_by_one(|| readings.maintenance("a test").scan().entity::<Reading>()).await;
    found.sort_by_key(|reading| (reading.device, reading.at.clone()));
    assert_eq!(found, expected);
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "notes", pk = "id", untyped)]
enum Notes {
    Note(Note),
    Tag(Tag),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Notes, pk = "NOTE#{note}")]
struct Note {
    note: u8,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Notes, pk = "TAG#{tag}")]
struct Tag {
    tag: u8,
}

fn s(text: &str) -> AttributeValue {
    AttributeValue::S(text.into())
}

async fn put_raw<T: Table>(table: &Handle<T>, item: &[(&str, AttributeValue)]) {
    let item: HashMap<_, _> = item.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    table.sdk().put_item().table_name(table.name()).set_item(Some(item)).send().await.unwrap();
}

async fn error<O: std::fmt::Debug + Send + 'static, I: Index>(scan: Scan<O, I>) -> Error {
    let mut items = scan.segments(1).stream();
    loop {
        if let Err(error) = items.next().await.expect("one of them fails") {
            assert!(items.next().await.is_none());
            return error;
        }
    }
}

#[tokio::test]
async fn an_untyped_table_tells_its_items_by_their_keys() {
    let notes = open::<Notes>().await;
    for number in 0..20 {
        notes.put(&Note { note: number }).await.unwrap();
        notes.put(&Tag { tag: number }).await.unwrap();
    }
    let scan = || notes.maintenance("a test").scan();
    let all = one_by_one(scan).await;
    assert_eq!(all.len(), 40);
    let mut tags = one_by_one(|| scan().entity::<Tag>()).await;
    tags.sort_by_key(|tag| tag.tag);
    assert_eq!(tags, (0..20).map(|tag| Tag { tag }).collect::<Vec<_>>());

    put_raw(&notes, &[("id", s("PLAN#1"))]).await;
    let errors = [error(scan()).await, error(scan().entity::<Tag>()).await].map(|error| error.to_string());
    expect![[r#"
        cannot scan `Notes` (id = "PLAN#1") for maintenance (a test): the stored item has the key of no entity of the table, which are `Note`, `Tag`
        cannot scan `Tag` (id = "PLAN#1") for maintenance (a test): the stored item has the key of no entity of the table, which are `Note`, `Tag`"#]].assert_eq(&errors.join("\n"));
    let undecoded = [error(scan().undecoded()).await, error(scan().entity::<Tag>().undecoded()).await];
    assert_eq!(undecoded.map(|error| error.to_string()), errors);
    assert_eq!(one_by_one(|| scan().skip_unknown()).await.len(), 40);
    assert_eq!(one_by_one(|| scan().skip_unknown().undecoded()).await.len(), 40);
    assert_eq!(one_by_one(|| scan().skip_unknown().entity::<Tag>()).await.len(), 20);
    assert_eq!(one_by_one(|| scan().skip_unknown().entity::<Tag>().undecoded()).await.len(), 20);
    assert_eq!(one_by_one(|| scan().raw()).await.len(), 41);
}

#[tokio::test]
async fn items_of_no_entity_are_errors_unless_they_are_left_out() {
    let shop = open::<Shop>().await;
    for customer in 0..5 {
        shop.put(&Customer { customer }).await.unwrap();
    }
    let scan = || shop.maintenance("backfill of totals").scan();
    put_raw(&shop, &[("PK", s("PLAN#1")), ("SK", s("PLAN")), ("_type", s("Plan")), ("text", s("hunter2"))])
        .await;
    let unknown = [error(scan()).await, error(scan().entity::<Order>()).await];
    assert!(unknown.iter().all(|error| error.kind() == ErrorKind::WrongType));
    assert!(unknown.iter().all(|error| error.key_text() == Some(r#"PK = "PLAN#1", SK = "PLAN""#)));
    let undecoded = [error(scan().undecoded()).await, error(scan().entity::<Order>().undecoded()).await];
    assert_eq!(undecoded.map(|error| error.to_string()), unknown.each_ref().map(|error| error.to_string()));
    // What it cost until then, the page of the item included.
    assert!(unknown.iter().all(|error| error.cost().evaluated == 6 && error.cost().calls == 1));

    put_raw(&shop, &[("PK", s("PLAN#1")), ("SK", s("PLAN")), ("text", s("hunter2"))]).await;
    let untyped = error(scan().entity::<Order>()).await;
    let order =
        [("PK", s("CUSTOMER#001")), ("SK", s("ORDER#001")), ("_type", s("Order")), ("text", s("hunter2"))];
    put_raw(&shop, &order).await;
    let broken = error(scan().skip_unknown()).await;
    assert_eq!(broken.kind(), ErrorKind::MissingAttribute);
    let errors = unknown.iter().chain([&untyped, &broken]).map(|error| format!("{error:?}"));
    let errors = errors.collect::<Vec<_>>().join("\n");
    assert!(!errors.contains("hunter2"));
    expect![[r#"
        cannot scan `Shop` (PK = "PLAN#1", SK = "PLAN") for maintenance (backfill of totals): the stored item is of type `Plan`, and the table's are `Customer`, `Order`
        cannot scan `Order` (PK = "PLAN#1", SK = "PLAN") for maintenance (backfill of totals): the stored item is of type `Plan`, and the table's are `Customer`, `Order`
        cannot scan `Order` (PK = "PLAN#1", SK = "PLAN") for maintenance (backfill of totals): the stored item has no type: no text attribute `_type`
        cannot scan `Shop` (PK = "CUSTOMER#001", SK = "ORDER#001") for maintenance (backfill of totals): the stored item lacks the attribute `customer`, which `Order` needs"#]].assert_eq(&errors);

    // What is left out is read all the same.
    let mut customers = scan().skip_unknown().entity::<Customer>().stream();
    let mut count = 0;
    while let Some(customer) = customers.next().await {
        customer.unwrap();
        count += 1;
    }
    let progress = customers.progress();
    assert_eq!((count, progress.items, progress.evaluated), (5, 5, 7));
    assert_eq!(one_by_one(|| scan().raw()).await.len(), 7);
}

/// The cursor behind an error stands before the item, and the other segments.
#[tokio::test]
async fn what_failed_is_read_again_and_nothing_else() {
    let shop = open::<Shop>().await;
    for customer in 0..30 {
        shop.put(&Customer { customer }).await.unwrap();
    }
    put_raw(&shop, &[("PK", s("CUSTOMER#007")), ("SK", s("PROFILE")), ("_type", s("Customer"))]).await;
    let scan = || shop.maintenance("a test").scan().page_size(3).unpaced();
    let mut items = scan().stream();
    let mut found = Vec::new();
    let error = loop {
        match items.next().await.expect("one of them fails") {
            Ok(item) => found.push(format!("{item:?}")),
            Err(error) => break error,
        }
    };
    assert_eq!(error.key_text(), Some(r#"PK = "CUSTOMER#007", SK = "PROFILE""#));
    assert_eq!(error.cost(), items.cost());
    shop.put(&Customer { customer: 7 }).await.unwrap();
    let mut rest = scan().after(items.cursor()).stream();
    while let Some(item) = rest.next().await {
        found.push(format!("{:?}", item.unwrap()));
    }
    found.sort();
    let mut expected: Vec<_> =
        (0..30).map(|customer| format!("{:?}", Shop::Customer(Customer { customer }))).collect();
    expected.sort();
    assert_eq!(found, expected);
}
