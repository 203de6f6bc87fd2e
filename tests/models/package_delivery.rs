//! The package delivery of AWS's MCP server: four tables, and eight indexes whose keys DynamoDB composes.
//!
//! What is declared otherwise than published: ProductsByCategory has the table's own sort key, a composed text,
//! as its second sort attribute. A natural index here is made of fields alone, so this one ends with the
//! category. (As published it holds profiles too: they have all of its attributes. So it does here.)

mod patterns;

use monotable::key::Stored;
use monotable::{Entity, Handle, KeyType, Table, prefix};
use monotable_tests::open;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::patterns::put_all;
use crate::published::{Published, json, key_of, stored};

#[derive(Table, Debug)]
#[table(name = "Recipients", pk = "recipient_id")]
enum Recipients {
    Recipient(Recipient),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Recipients, pk = "{recipient_id}")]
struct Recipient {
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
    courier_id: String,
    name: String,
}

#[derive(Table, Debug)]
#[table(name = "Warehouses", pk = "warehouse_id", sk = "sort_key")]
#[table(index(
    ProductsByCategory,
    pk = [city],
    sk = [category],
    projection = include(description, price, available),
))]
#[table(index(
    WarehousesByCity,
    pk = [city],
    sk = [category, rating: N],
    projection = include(name, processing_time),
))]
#[table(index(WarehousesByName, pk = [city], sk = [name], projection = keys))]
enum Warehouses {
    Product(Product),
    Rating(Rating),
    WarehouseProfile(WarehouseProfile),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Warehouses, pk = "{warehouse_id}", sk = "MENU#{category}#{product_id}", query = of_warehouse)]
#[entity(index(ProductsByCategory, query = in_category))]
struct Product {
    warehouse_id: String,
    category: String,
    product_id: String,
    city: String,
    description: String,
    price: f64,
    available: bool,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Warehouses, pk = "{warehouse_id}", sk = "REVIEW#{created_at}#{rating_id}", query = of_warehouse)]
struct Rating {
    warehouse_id: String,
    created_at: String,
    rating_id: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Warehouses, pk = "{warehouse_id}", sk = "PROFILE")]
#[entity(index(WarehousesByCity, query = in_city), index(WarehousesByName, query = by_name))]
struct WarehouseProfile {
    warehouse_id: String,
    name: String,
    city: String,
    category: String,
    rating: Stars,
    processing_time: u32,
}

/// Tenths of a star, stored as a decimal number.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Stars(u8);

impl Serialize for Stars {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 10.0)
    }
}

impl<'de> Deserialize<'de> for Stars {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self((f64::deserialize(deserializer)? * 10.0).round() as u8))
    }
}

impl Stored for Stars {
    const TYPE: KeyType = KeyType::Number;
    const SORTS_BY_VALUE: bool = true;
}

#[derive(Table, Debug)]
#[table(name = "Shipments", pk = "shipment_id")]
#[table(index(
    ShipmentsByRecipient,
    pk = [recipient_id],
    sk = [status, created_at],
    projection = include(warehouse_name, total_weight),
))]
#[table(index(
    ShipmentsByWarehouse,
    pk = [warehouse_id],
    sk = [status, created_at],
    projection = include(recipient_name, total_weight),
))]
#[table(index(
    ShipmentsByCourier,
    pk = [courier_id],
    sk = [status, created_at],
    projection = include(warehouse_name, total_weight),
))]
#[table(index(
    AvailableShipmentsByCity,
    pk = [available_city],
    sk = [created_at],
    projection = include(warehouse_name, origin_address, destination_address),
))]
#[table(index(
    CourierActiveDelivery,
    pk = [active_delivery],
    projection = include(warehouse_name, status, destination_address, origin_address),
))]
enum Shipments {
    Shipment(Shipment),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq, Default)]
#[entity(table = Shipments, pk = "{shipment_id}")]
#[entity(index(ShipmentsByRecipient, query = of_recipient), index(ShipmentsByWarehouse, query = of_warehouse))]
#[entity(index(ShipmentsByCourier, query = of_courier), index(AvailableShipmentsByCity, query = available_in))]
#[entity(index(CourierActiveDelivery, query = active_of))]
struct Shipment {
    shipment_id: String,
    recipient_id: Option<String>,
    warehouse_id: Option<String>,
    courier_id: Option<String>,
    status: Option<String>,
    created_at: Option<String>,
    available_city: Option<String>,
    active_delivery: Option<String>,
    warehouse_name: Option<String>,
    recipient_name: Option<String>,
    total_weight: Option<f64>,
    origin_address: Option<String>,
    destination_address: Option<String>,
}

/// The published sample of an entity, which has the published key.
#[track_caller]
fn sample<E: Entity + DeserializeOwned>(published: &Published, table: &str, name: &str) -> Option<E> {
    let file = json("package_delivery_app_usage_data.json")?;
    let entity: E = serde_json::from_value(file["entities"][name]["sample_data"].clone()).expect(name);
    let row = published.samples.iter().find(|row| row["entity"] == name).expect("a sample row");
    assert_eq!(key_of(&entity), (row["pk"].clone(), row["sk"].clone()), "{name}");
    published.mark(&[&format!("{name} (table {table})")]);
    Some(entity)
}

#[test]
fn keys_are_the_published_ones() {
    let Some(published) = Published::read("mcp_package_delivery") else { return };
    sample::<Recipient>(&published, "Recipients", "Recipient");
    sample::<Courier>(&published, "Couriers", "Courier");
    sample::<Rating>(&published, "Warehouses", "Rating");
    let product = sample::<Product>(&published, "Warehouses", "Product");
    let profile = sample::<WarehouseProfile>(&published, "Warehouses", "WarehouseProfile");
    let shipment = sample::<Shipment>(&published, "Shipments", "Shipment");
    let (Some(product), Some(profile), Some(shipment)) = (product, profile, shipment) else { return };

    published.mark(&["ProductsByCategory", "Product"]);
    let item = stored(&product);
    assert_eq!(item["city"].as_s().expect("text"), "Seattle");
    assert_eq!(item["category"].as_s().expect("text"), "Electronics");
    let values =
        [("city", "Seattle"), ("category", "Electronics"), ("rating", "4.6"), ("name", "Metro Warehouse")];
    published.indexed("WarehousesByCity", "WarehouseProfile", &values, &profile);
    published.indexed("WarehousesByName", "WarehouseProfile", &values, &profile);
    let values = [
        ("recipient_id", "rcpt_7891"),
        ("warehouse_id", "wh_7891"),
        ("courier_id", "cour_7891"),
        ("status", "DELIVERED"),
        ("created_at", "2026-02-19T14:00:00Z"),
        ("available_city", "Seattle"),
        ("active_delivery", "cour_7891"),
    ];
    for index in ["ShipmentsByRecipient", "ShipmentsByWarehouse", "ShipmentsByCourier"] {
        published.indexed(index, "Shipment", &values, &shipment);
    }
    // The sample is delivered: it is in neither of the sparse indexes.
    let item = stored(&shipment);
    assert!(!item.contains_key("available_city") && !item.contains_key("active_delivery"));
    let (city, courier) = (Some("Seattle".to_owned()), Some("cour_7891".to_owned()));
    let waiting = Shipment { available_city: city, active_delivery: courier, ..shipment };
    published.indexed("AvailableShipmentsByCity", "Shipment", &values, &waiting);
    published.indexed("CourierActiveDelivery", "Shipment", &values, &waiting);
    published.is_complete();
}

#[tokio::test]
async fn a_warehouse_has_products_and_ratings() {
    let table = open::<Warehouses>().await;
    let product = |category: &str, product_id: &str| Product {
        warehouse_id: "wh_7891".into(),
        category: category.into(),
        product_id: product_id.into(),
        city: "Seattle".into(),
        description: "Wireless Headphones".into(),
        price: 15.99,
        available: true,
    };
    let products = [product("Electronics", "prod_789"), product("Electronics2", "prod_1")];
    put_all(&table, &products).await;
    let rating = |created_at: &str| Rating {
        warehouse_id: "wh_7891".into(),
        created_at: created_at.into(),
        rating_id: "rat_789".into(),
    };
    put_all(&table, &[rating("2026-02-19T16:00:00Z")]).await;
    let of_category = Product::of_warehouse("wh_7891").category("Electronics");
    assert_eq!(*table.query(of_category).await.expect("a query"), products[..1]);
    let in_february = Rating::of_warehouse("wh_7891").created_at_in(prefix("2026-02"));
    assert_eq!(table.query(in_february).await.expect("a query").len(), 1);
}
