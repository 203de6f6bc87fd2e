//! OneTable: padding, numbers, dates, keys with a part missing, and the markers of unique attributes.

use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::file::Vector;
use crate::made::{item, keys};
use crate::rows::{Row, later, refused, reproduced};

pub const ROWS: &[Row] = &[
    refused(
        "ot-17-pad-negative",
        "a signed integer cannot be padded: refused/padded_signed_number.rs; by itself it sorts by value",
        signed_numbers_sort_by_value,
    ),
    reproduced("ot-21-case", |vector| vector.is_item(&account(vector))),
    reproduced("ot-23-find-progressive", |vector| {
        let (a, b, n): (String, String, u32) = (vector.text("a"), vector.text("b"), vector.input("n"));
        vector.has_condition(Account::by_a_and_b(a, b).n(n));
    }),
    later(
        "ot-25-update-one-of-two-TRAP",
        "an update of one part of a composed key has to set the others with it; shown are the keys of the whole item",
        both_parts_are_in_the_key,
    ),
    reproduced("ot-27-create-missing-gsi-attr", |vector| vector.is_item(&pair(vector, None))),
    reproduced("ot-29-date-epoch", |vector| {
        let when = vector.expected()["when"].as_i64().expect("milliseconds");
        vector.is_item(&Event { id: vector.text("id"), when: EpochMillis(when) });
    }),
    later(
        "ot-31-unique-scoped",
        "markers of unique fields; shown is the marker as an entity of its own",
        a_marker_as_an_entity,
    ),
    reproduced("ot-35-number-id", |vector| vector.is_item(&Card { id: vector.input("id") })),
];

#[derive(Table)]
#[table(name = "MyTable", pk = "pk", sk = "sk", index(Gs1, name = "gs1", pk = "gs1pk", sk = "gs1sk"))]
enum Items {
    Account(Account),
    Signed(Signed),
    Pair(Pair),
    Event(Event),
    Marker(Marker),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Items, type = "Item", pk = "acct#{a}#{b}", sk = "n#{n:06}#{s}")]
struct Account {
    a: String,
    b: String,
    n: u32,
    s: String,
}

fn account(vector: &Vector) -> Account {
    Account { a: vector.text("a"), b: vector.text("b"), n: vector.input("n"), s: vector.text("s") }
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Items, pk = "signed#{a}#{b}", sk = "n#{n}#{s}")]
struct Signed {
    a: String,
    b: String,
    n: i32,
    s: String,
}

fn signed_numbers_sort_by_value(vector: &Vector) {
    assert_eq!(vector.expected()["sk"], "n#0000-5#q");
    let sort_key = |n| {
        let made = keys(&Signed { a: vector.text("a"), b: vector.text("b"), n, s: vector.text("s") });
        made["sk"].as_str().expect("text").to_owned()
    };
    let n: i32 = vector.input("n");
    assert_eq!(sort_key(n), "n#-9999999994#q");
    assert!([n - 1, n, n + 1, 0, 1].map(sort_key).is_sorted());
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Items, type = "M", pk = "M#{id}", sk = "#")]
#[entity(index(Gs1, pk = "#First#{first:plain}#Second#{second:plain}", sk = "M#"))]
struct Pair {
    id: String,
    first: Option<u32>,
    second: Option<u32>,
}

fn pair(vector: &Vector, second: Option<u32>) -> Pair {
    Pair { id: vector.text("id"), first: vector.input("first"), second }
}

/// The library sets `first` and `gs1sk`, and leaves `gs1pk` as it was.
fn both_parts_are_in_the_key(vector: &Vector) {
    assert!(!vector.expected()["names"].to_string().contains("gs1pk"));
    let made = keys(&pair(vector, Some(7)));
    assert_eq!(
        (&made["pk"], &made["sk"]),
        (&vector.expected()["Key"]["pk"], &vector.expected()["Key"]["sk"])
    );
    assert_eq!((&made["gs1pk"], &made["gs1sk"]), (&json!("#First#5#Second#7"), &json!("M#")));
}

/// Milliseconds since 1970, in the attribute and in the key.
#[derive(monotable::KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
struct EpochMillis(i64);

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Items, type = "U", pk = "us#{id}", sk = "us#")]
#[entity(index(Gs1, pk = "d#{when:plain}", sk = "x"))]
struct Event {
    id: String,
    when: EpochMillis,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Items, type = "Unique", pk = "_unique#{tenant}#User#email#{email}", sk = "_unique#")]
struct Marker {
    tenant: String,
    email: String,
}

fn a_marker_as_an_entity(vector: &Vector) {
    let made = item(&Marker { tenant: vector.text("tenant"), email: vector.text("email") });
    let expected = vector.expected();
    assert_eq!((&made["pk"], &made["sk"]), (&expected["guard.pk"], &expected["guard.sk"]));
}

#[derive(Table)]
#[table(name = "MyTable", pk = "pk", sk = "sk", delimiter = ":")]
enum Cards {
    Card(Card),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Cards, pk = "card:{id:plain}", sk = "card:")]
struct Card {
    id: u64,
}
