//! ElectroDB's directory of malls: composite keys, templates, and queries by the beginning of a sort key.

use monotable::{Entity, Table, prefix};
use monotable_tests::open;
use serde::{Deserialize, Serialize};

use crate::file::Vector;
use crate::lower_case::LowerCase;
use crate::made::{condition, run};
use crate::parts::Word;
use crate::rows::{Row, refused, reproduced, right};

pub const ROWS: &[Row] = &[
    reproduced("edb-01-composite-labels-default-name", names_of_attributes_are_labels),
    reproduced("edb-03-query-partial-sk", the_next_label_closes_a_prefix),
    reproduced("edb-05-query-begins", a_prefix_of_a_part),
    right(
        "edb-07-query-between",
        "`B` is in `A..=B`, with whatever unit; on a type that can hold bytes below `#` the range is refused: \
         refused/range_on_text_that_parts_follow.rs",
        an_inclusive_range_includes_its_end,
    ),
    reproduced("edb-09-template", templates_without_a_prefix),
    reproduced("edb-11-template-trailing-text", text_behind_the_last_part),
    refused(
        "edb-63-match-falls-back-to-scan",
        "a query begins with a whole partition key, and there is no scan: refused/scan.rs",
        |_| {},
    ),
    reproduced("edb-61-query-no-sk", a_partition_of_one_entity),
];

#[derive(Table)]
#[table(name = "mallstoredirectory", pk = "pk", sk = "sk")]
enum Directory {
    Store(Store),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Directory, pk = "$mallstoredirectory#storeid_{store_id}")]
#[entity(sk = "$mallstores_1#mallid_{mall_id}#buildingid_{building_id}#unitid_{unit_id}")]
struct Store {
    store_id: LowerCase,
    mall_id: LowerCase,
    building_id: LowerCase,
    unit_id: LowerCase,
}

fn names_of_attributes_are_labels(vector: &Vector) {
    let part = |name| LowerCase::of(vector.text(name));
    vector.has_keys(&Store {
        store_id: part("storeId"),
        mall_id: part("mallId"),
        building_id: part("buildingId"),
        unit_id: part("unitId"),
    });
}

#[derive(Table)]
#[table(name = "malldirectory", pk = "pk", sk = "sk")]
enum Labelled {
    Shop(Shop),
}

/// With labels of their own, and building numbers that are words.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Labelled, pk = "$malldirectory#sid_{store_id}", query = at)]
#[entity(sk = "$stores_1#mid_{mall_id}#bid_{building_id}#uid_{unit_id}")]
struct Shop {
    store_id: LowerCase,
    mall_id: LowerCase,
    building_id: Word,
    unit_id: LowerCase,
}

fn the_next_label_closes_a_prefix(vector: &Vector) {
    let part = |name| LowerCase::of(vector.text(name));
    vector.has_condition(Shop::at(part("storeId")).mall_id(part("mallId")));
}

fn a_prefix_of_a_part(vector: &Vector) {
    let part = |name| LowerCase::of(vector.text(name));
    let beginning = vector.text("begins.buildingId").to_lowercase();
    vector.has_condition(Shop::at(part("storeId")).mall_id(part("mallId")).building_id_in(prefix(beginning)));
}

fn an_inclusive_range_includes_its_end(vector: &Vector) {
    let part = |name| LowerCase::of(vector.text(name));
    let (from, to) = (Word::of(vector.text("from.buildingId")), Word::of(vector.text("to.buildingId")));
    let query =
        || Shop::at(part("storeId")).mall_id(part("mallId")).building_id_in(from.clone()..=to.clone());

    let made = condition(query());
    let values = &vector.expected()["ExpressionAttributeValues"];
    assert_eq!(made.partition, values[":pk"]);
    let Some((operator, bounds)) = made.sort else { panic!("a sort condition") };
    assert_eq!((operator.as_str(), &bounds[0]), ("BETWEEN", &values[":sk1"]));
    assert_eq!(bounds[1], format!("{}#uid_\u{10FFFF}", values[":sk2"].as_str().expect("text")));

    run(async {
        let table = open::<Labelled>().await;
        let mut shops = Vec::new();
        for building in ["a", "a1", "b", "b1", "c"] {
            let (building_id, unit_id) = (Word::of(building), LowerCase::of("u1"));
            let shop = Shop { store_id: part("storeId"), mall_id: part("mallId"), building_id, unit_id };
            table.put(&shop).await.expect("a put");
            shops.push(shop);
        }
        let found = table.query(query()).await.expect("a query");
        assert_eq!(*found, shops[..3], "`a`, `a1` and `b`, but not `b1`");
    });
}

#[derive(Table)]
#[table(name = "templates", pk = "pk", sk = "sk")]
enum Templates {
    Plain(Plain),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Templates, pk = "sid_{store_id}", sk = "mid_{mall_id}#bid_{building_id}#uid_{unit_id}")]
struct Plain {
    store_id: LowerCase,
    mall_id: LowerCase,
    building_id: LowerCase,
    unit_id: LowerCase,
}

fn templates_without_a_prefix(vector: &Vector) {
    let part = |name| LowerCase::of(vector.text(name));
    vector.has_keys(&Plain {
        store_id: part("storeId"),
        mall_id: part("mallId"),
        building_id: part("buildingId"),
        unit_id: part("unitId"),
    });
}

#[derive(Table)]
#[table(name = "test", pk = "pk", sk = "sk")]
enum Trailing {
    Record(Record),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Trailing, pk = "myprefix1_{attr1}#mypostfix1", sk = "myprefix2_{attr2}#mypostfix2")]
struct Record {
    attr1: LowerCase,
    attr2: LowerCase,
}

fn text_behind_the_last_part(vector: &Vector) {
    let part = |name| LowerCase::of(vector.text(name));
    vector.has_keys(&Record { attr1: part("attr1"), attr2: part("attr2") });
}

#[derive(Table)]
#[table(name = "app", pk = "pk", sk = "sk")]
enum App {
    User(User),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = App, pk = "$app#x_{x}", sk = "$user_1#id_{id}")]
struct User {
    x: LowerCase,
    id: LowerCase,
}

fn a_partition_of_one_entity(vector: &Vector) {
    vector.has_condition(User::by_x(LowerCase::of(vector.text("x"))));
}
