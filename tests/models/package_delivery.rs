//! The package delivery of AWS's MCP server: the keys of its four tables.
//!
//! What is declared otherwise than published: an attribute that is a whole key is stored as itself under
//! another name, here with serde's `rename`. Its eight indexes compose their keys from several attributes
//! in DynamoDB; until such indexes can be declared, they are left out here.

use monotable::{Entity, Table, prefix};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::published::{Published, json, key_of};

#[derive(Table, Debug)]
#[table(name = "Recipients", pk = "recipient_id")]
enum Recipients {
    Recipient(Recipient),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Recipients, pk = "{recipient_id}")]
struct Recipient {
    #[serde(rename = "id", alias = "recipient_id")]
    recipient_id: String,
    name: String,
}

#[derive(Table, Debug)]
#[table(name = "Couriers", pk = "courier_id")]
enum Couriers {
    Courier(Courier),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Couriers, pk = "{courier_id}")]
struct Courier {
    #[serde(rename = "id", alias = "courier_id")]
    courier_id: String,
    name: String,
}

#[derive(Table, Debug)]
#[table(name = "Warehouses", pk = "warehouse_id", sk = "sort_key")]
enum Warehouses {
    Product(Product),
    Rating(Rating),
    WarehouseProfile(WarehouseProfile),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Warehouses, pk = "{warehouse_id}", sk = "MENU#{category}#{product_id}", query = of_warehouse)]
struct Product {
    #[serde(rename = "warehouse", alias = "warehouse_id")]
    warehouse_id: String,
    category: String,
    product_id: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Warehouses, pk = "{warehouse_id}", sk = "REVIEW#{created_at}#{rating_id}", query = of_warehouse)]
struct Rating {
    #[serde(rename = "warehouse", alias = "warehouse_id")]
    warehouse_id: String,
    created_at: String,
    rating_id: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Warehouses, pk = "{warehouse_id}", sk = "PROFILE")]
struct WarehouseProfile {
    #[serde(rename = "warehouse", alias = "warehouse_id")]
    warehouse_id: String,
    name: String,
}

#[derive(Table, Debug)]
#[table(name = "Shipments", pk = "shipment_id")]
enum Shipments {
    Shipment(Shipment),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shipments, pk = "{shipment_id}")]
struct Shipment {
    #[serde(rename = "id", alias = "shipment_id")]
    shipment_id: String,
    status: Option<String>,
}

/// The published sample of an entity has the published key.
fn has_published_key<E: Entity + DeserializeOwned>(published: &Published, table: &str, name: &str) {
    let Some(file) = json("package_delivery_app_usage_data.json") else { return };
    let entity: E = serde_json::from_value(file["entities"][name]["sample_data"].clone()).expect(name);
    let row = published.samples.iter().find(|row| row["entity"] == name).expect("a sample row");
    assert_eq!(key_of(&entity), (row["pk"].clone(), row["sk"].clone()), "{name}");
    published.mark(&[&format!("{name} (table {table})")]);
}

#[test]
fn keys_of_the_tables_are_the_published_ones() {
    let Some(published) = Published::read("mcp_package_delivery") else { return };
    has_published_key::<Recipient>(&published, "Recipients", "Recipient");
    has_published_key::<Courier>(&published, "Couriers", "Courier");
    has_published_key::<Product>(&published, "Warehouses", "Product");
    has_published_key::<Rating>(&published, "Warehouses", "Rating");
    has_published_key::<WarehouseProfile>(&published, "Warehouses", "WarehouseProfile");
    has_published_key::<Shipment>(&published, "Shipments", "Shipment");
    let natural = "ProductsByCategory Product, WarehousesByCity WarehouseProfile, WarehousesByName WarehouseProfile, \
                   ShipmentsByRecipient Shipment, ShipmentsByWarehouse Shipment, ShipmentsByCourier Shipment, \
                   AvailableShipmentsByCity Shipment, CourierActiveDelivery Shipment";
    for index in natural.split(", ") {
        published.mark(&index.split(' ').collect::<Vec<_>>());
    }
    published.is_complete();
}

#[tokio::test]
async fn a_warehouse_has_products_and_ratings() {
    let table = Warehouses::embedded().await.expect("an engine");
    let product = |category: &str, product_id: &str| Product {
        warehouse_id: "wh_7891".into(),
        category: category.into(),
        product_id: product_id.into(),
    };
    let products = [product("Electronics", "prod_789"), product("Electronics2", "prod_1")];
    for product in &products {
        table.put(product).await.expect("a put");
    }
    let rating = |created_at: &str| Rating {
        warehouse_id: "wh_7891".into(),
        created_at: created_at.into(),
        rating_id: "rat_789".into(),
    };
    table.put(&rating("2026-02-19T16:00:00Z")).await.expect("a put");
    let of_category = Product::of_warehouse("wh_7891").category("Electronics");
    assert_eq!(*table.query(of_category).await.expect("a query"), products[..1]);
    let in_february = Rating::of_warehouse("wh_7891").created_at_in(prefix("2026-02"));
    assert_eq!(table.query(in_february).await.expect("a query").len(), 1);
}
