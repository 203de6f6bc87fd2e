//! AWS's published online shop: its data against our keys, its access patterns against our queries.
//!
//! The data is not part of this repository. It is read from `../shared`, beside the repository; where that
//! is missing the tests say so and pass.

mod data;
mod shop;

use monotable::{Handle, Table, prefix};

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

/// The rows of a file in a table of their own, written by the entities.
async fn loaded(file: &str) -> Option<Handle<Shop>> {
    let rows = published(file)?;
    let shop = Shop::embedded().await.unwrap();
    for row in &rows {
        insert(&shop, &take_apart(row).0).await;
    }
    Some(shop)
}

/// The primary keys of what a query returned, in its order.
fn keys<E: Clone + Into<Shop>>(items: &[E]) -> Vec<String> {
    items.iter().map(|item| key_of(&item.clone().into())).collect()
}

#[tokio::test]
async fn access_patterns_1_to_3_get_by_id() {
    let Some(shop) = loaded(VERSION_14).await else { return };
    let customer = shop.get(CustomerKey { customer: "12345".into() }).await.unwrap().into_inner().unwrap();
    assert_eq!((customer.name.as_str(), customer.email.as_str()), ("Samaneh", "samaneh@example.com"));
    let product = shop.get(ProductKey { product: "99887".into() }).await.unwrap().into_inner().unwrap();
    assert_eq!((product.detail["Name"].as_str(), product.price.as_str()), ("The Book", "40"));
    let warehouse = shop.get(WarehouseKey { warehouse: "12376".into() }).await.unwrap().into_inner().unwrap();
    assert_eq!(warehouse.address["City"], "Boras");
}

#[tokio::test]
async fn access_pattern_4_inventory_of_a_product() {
    let Some(shop) = loaded(VERSION_14).await else { return };
    let inventory = shop.query(WarehouseItem::by_product("99887")).await.unwrap();
    assert_eq!(keys(&inventory), ["p#99887 w#12345", "p#99887 w#12376"]);
}

#[tokio::test]
async fn access_pattern_5_whole_order() {
    let Some(shop) = loaded(VERSION_14).await else { return };
    let order = shop.item_collection(Order::by_order("12345")).await.unwrap();
    let expected = [
        "c#12345",
        "i#55443",
        "p#12345",
        "p#99887",
        "sh#88899",
        "sh#98765",
        "shp#12345",
        "shp#54321",
        "shp#55555",
    ];
    assert_eq!(keys(&order), expected.map(|key| format!("o#12345 {key}")));
    assert!(matches!(&order[..2], [Shop::Order(_), Shop::Invoice(_)]));
}

/// `p#`, `i#` and `sh#` select their entities alone: not `pmn#`, not `shp#`.
#[tokio::test]
async fn access_patterns_6_to_8_parts_of_an_order() {
    for file in [VERSION_14, FACETS] {
        let Some(shop) = loaded(file).await else { return };
        let products = shop.query(OrderItem::by_order("12345")).await.unwrap();
        assert_eq!(keys(&products), ["o#12345 p#12345", "o#12345 p#99887"]);
        let invoices = shop.query(Invoice::by_order("12345")).await.unwrap();
        assert_eq!(keys(&invoices), ["o#12345 i#55443"]);
        let shipments = shop.query(Shipment::by_order("12345")).await.unwrap();
        assert_eq!(keys(&shipments), ["o#12345 sh#88899", "o#12345 sh#98765"]);
    }
}

#[tokio::test]
async fn access_pattern_9_orders_of_a_product_in_a_date_range() {
    let Some(shop) = loaded(VERSION_14).await else { return };
    let june = OrderItem::by_product("99887").date_in("2020-06-01".."2020-07-01");
    assert_eq!(keys(&shop.query(june).await.unwrap()), ["o#12345 p#99887"]);
    let july = OrderItem::by_product("99887").date_in("2020-07-01".."2020-08-01");
    assert!(shop.query(july).await.unwrap().is_empty());
}

#[tokio::test]
async fn access_pattern_10_invoice_by_id() {
    let Some(shop) = loaded(VERSION_14).await else { return };
    let invoice = shop.query(Invoice::by_invoice("55443").invoice("55443")).await.unwrap();
    assert_eq!(keys(&invoice), ["o#12345 i#55443"]);
}

#[tokio::test]
async fn access_pattern_11_payments_of_an_invoice() {
    let Some(shop) = loaded(VERSION_14).await else { return };
    let invoice = shop.query(Invoice::by_invoice("55443").invoice("55443")).await.unwrap();
    let payments = &invoice[0].detail.as_ref().unwrap().payments;
    let payments: Vec<_> = payments.iter().map(|payment| (payment.r#type.as_str(), payment.amount)).collect();
    assert_eq!(payments, [("GiftCard", 100), ("MasterCard", 300)]);

    let Some(shop) = loaded(FACETS).await else { return };
    let payments = shop.query(Payment::by_invoice("55443")).await.unwrap();
    assert_eq!(keys(&payments), ["o#12345 pmn#33224", "o#12345 pmn#33442"]);
    let whole = shop.item_collection(Invoice::by_invoice("55443")).await.unwrap();
    assert_eq!(keys(&whole), ["o#12345 i#55443", "o#12345 pmn#33224", "o#12345 pmn#33442"]);
}

#[tokio::test]
async fn access_pattern_12_shipment_with_its_items() {
    let Some(shop) = loaded(VERSION_14).await else { return };
    let shipment = shop.item_collection(Shipment::by_shipment("98765")).await.unwrap();
    assert_eq!(keys(&shipment), ["o#12345 shp#55555", "o#12345 shp#12345", "o#12345 sh#98765"]);
    let items = shop.query(ShipmentItem::by_shipment("98765")).await.unwrap();
    assert_eq!(keys(&items), ["o#12345 shp#55555", "o#12345 shp#12345"]);
    let of_one_product = ShipmentItem::by_shipment("98765").product_in(prefix("99"));
    assert_eq!(keys(&shop.query(of_one_product).await.unwrap()), ["o#12345 shp#12345"]);
}

#[tokio::test]
async fn access_pattern_13_shipments_of_a_warehouse() {
    let Some(shop) = loaded(VERSION_14).await else { return };
    let shipments = shop.query(Shipment::by_warehouse("12376")).await.unwrap();
    assert_eq!(keys(&shipments), ["o#12345 sh#88899"]);
}

/// As published, the second query returns nothing: that row has no GSI2 keys.
#[tokio::test]
async fn access_pattern_14_inventory_of_a_warehouse() {
    let Some(shop) = loaded(VERSION_14).await else { return };
    let inventory = shop.query(WarehouseItem::by_warehouse("12345")).await.unwrap();
    assert_eq!(keys(&inventory), ["p#12345 w#12345", "p#99887 w#12345"]);
    let inventory = shop.query(WarehouseItem::by_warehouse("12376")).await.unwrap();
    assert_eq!(keys(&inventory), ["p#99887 w#12376"]);
}

/// Version 14 lists invoices and products of a customer together, by date alone.
#[tokio::test]
async fn access_patterns_15_and_16_activities_of_a_customer_in_a_date_range() {
    let Some(shop) = loaded(VERSION_14).await else { return };
    let activities = |from, until| shop.item_collection(Invoice::by_customer("12345").date_in(from..=until));
    let all = activities("2020-06-21T00:00:00", "2020-06-21T19:20:00").await.unwrap().into_inner();
    let (invoices, products): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|one| matches!(one, Shop::Invoice(_)));
    assert_eq!(keys(&invoices), ["o#12345 i#55443"]);
    assert_eq!(keys(&products), ["o#12345 p#12345", "o#12345 p#99887"]);
    let late = activities("2020-06-21T19:18:01", "2020-06-21T23:59:59").await.unwrap();
    assert_eq!(keys(&late), ["o#12345 p#99887"]);
}
