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

use monotable::Item;
use monotable_tests::{Boto3, open};

use crate::data::{Row, published};
use crate::shop::*;

/// The one row of version 14 that breaks its own model: without GSI2 keys it is missing from the inventory
/// of its warehouse. An entity cannot forget them.
const FAULTY: (&str, &str) = ("p#99887", "w#12376");

const VERSION_14: &str = "AnOnlineShop_14.json";
/// The same shop one version earlier, with payments as items of their own.
const FACETS: &str = "AnOnlineShop_facets.json";

/// The rows of a file as they are meant, and how many of them are published otherwise.
fn meant(file: &str) -> Option<(Vec<(Row, Item)>, usize)> {
    let mut mended = 0;
    let rows = published(file)?.into_iter().map(|row| {
        let mut stored = row.item();
        // Version 14 gave up the type in front of these dates, to list all activities of a customer at once.
        let dropped = match row.text("EntityType") {
            "orderItem" if file == FACETS => "p#",
            "invoice" if file == FACETS => "i#",
            _ => "",
        };
        if file == VERSION_14 && row.key() == FAULTY {
            mended += 1;
            stored.extend(data::texts([("GSI2-PK", "w#12376"), ("GSI2-SK", "p#99887")]));
        }
        if !dropped.is_empty() {
            mended += 1;
            stored.extend(data::texts([("GSI2-SK", row.part("GSI2-SK", dropped))]));
        }
        // The ids that the row has in its keys alone.
        let (_, ids) = take_apart(&row);
        stored.extend(data::texts(ids.iter().map(|(name, id)| (*name, id.as_str()))));
        (row, stored)
    });
    Some((rows.collect(), mended))
}

#[test]
fn every_item_of_version_14_is_the_stored_one_byte_for_byte() {
    let Some((rows, faulty)) = meant(VERSION_14) else { return };
    for (row, stored) in &rows {
        assert_eq!(item_of(&take_apart(row).0), *stored, "{:?}", row.key());
    }
    assert_eq!((rows.len(), faulty), (19, 1));
}

#[test]
fn every_item_of_the_facets_is_the_stored_one_byte_for_byte() {
    let Some((rows, prefixed)) = meant(FACETS) else { return };
    for (row, stored) in &rows {
        assert_eq!(item_of(&take_apart(row).0), *stored, "{:?}", row.key());
    }
    assert_eq!((rows.len(), prefixed), (20, 3));
}

#[tokio::test]
async fn boto3_and_this_library_read_each_others_items() {
    let Some(boto3) = Boto3::of_environment() else { return };
    for file in [VERSION_14, FACETS] {
        let Some((rows, _)) = meant(file) else { return };
        let shop = open::<Shop>().await;
        for (row, stored) in &rows {
            exchange(&boto3, &shop, &take_apart(row).0, stored).await;
        }
    }
}
