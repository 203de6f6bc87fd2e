//! AWS's published online shop: its data against our keys, its access patterns against our queries.
//!
//! The data is not part of this repository. It is read from `../shared`, beside the repository; where that
//! is missing the tests say so and pass.

mod data;
mod documented;
#[path = "../models/patterns.rs"]
#[expect(dead_code, reason = "other models need it")]
mod patterns;
#[path = "../models/prices.rs"]
#[expect(dead_code, unused_imports, unused_macros, reason = "other models need it")]
mod prices;
#[path = "../models/published.rs"]
#[expect(dead_code, reason = "other models need it")]
mod published;
mod shop;
mod version_13;

use crate::data::{Row, published};
use crate::shop::*;

/// The one row of version 14 that breaks its own model: without GSI2 keys it is missing from the inventory
/// of its warehouse. An entity cannot forget them.
const FAULTY: (&str, &str) = ("p#99887", "w#12376");

const VERSION_14: &str = "AnOnlineShop_14.json";
/// The same shop one version earlier, with payments as items of their own.
const FACETS: &str = "AnOnlineShop_facets.json";

#[test]
fn every_item_of_version_14_is_the_stored_one_byte_for_byte() {
    let Some(rows) = published(VERSION_14) else { return };
    let mut faulty = 0;
    for row in &rows {
        let mut stored = row.item();
        if row.key() == FAULTY {
            faulty += 1;
            stored.extend(data::texts([("GSI2-PK", "w#12376"), ("GSI2-SK", "p#99887")]));
        }
        assert_item(row, stored);
    }
    assert_eq!((rows.len(), faulty), (19, 1));
}

#[test]
fn every_item_of_the_facets_is_the_stored_one_byte_for_byte() {
    let Some(rows) = published(FACETS) else { return };
    let mut prefixed = 0;
    for row in &rows {
        let mut stored = row.item();
        // Version 14 gave up the type in front of these dates, to list all activities of a customer at once.
        let dropped = match row.text("EntityType") {
            "orderItem" => "p#",
            "invoice" => "i#",
            _ => "",
        };
        if !dropped.is_empty() {
            prefixed += 1;
            stored.extend(data::texts([("GSI2-SK", row.part("GSI2-SK", dropped))]));
        }
        assert_item(row, stored);
    }
    assert_eq!((rows.len(), prefixed), (20, 3));
}

/// What the entity stores is the row, and the ids that the row has in its keys alone.
#[track_caller]
fn assert_item(row: &Row, mut stored: monotable::Item) {
    let (entity, ids) = take_apart(row);
    stored.extend(data::texts(ids.iter().map(|(name, id)| (*name, id.as_str()))));
    assert_eq!(item_of(&entity), stored, "{:?}", row.key());
}
