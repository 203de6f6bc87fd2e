//! The ten entities of the shop, with the published templates, and each row as one of them.

// Two indexes may have one template; clippy takes the second `sk = ".."` for a mistake.
#![allow(clippy::duplicated_attributes)]

use std::collections::BTreeMap;

use monotable::{Entity, Handle, Item, Table};
use monotable_tests::Boto3;
use serde::{Deserialize, Serialize};

use crate::data::Row;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "OnlineShop", pk = "PK", sk = "SK", type = "EntityType")]
#[table(index(Gsi1, name = "GSI1", pk = "GSI1-PK", sk = "GSI1-SK"))]
#[table(index(Gsi2, name = "GSI2", pk = "GSI2-PK", sk = "GSI2-SK"))]
pub enum Shop {
    Customer(Customer),
    Product(Product),
    Warehouse(Warehouse),
    WarehouseItem(WarehouseItem),
    Order(Order),
    OrderItem(OrderItem),
    Invoice(Invoice),
    Payment(Payment),
    Shipment(Shipment),
    ShipmentItem(ShipmentItem),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, type = "customer", pk = "c#{customer}", sk = "c#{customer}")]
#[serde(rename_all = "PascalCase")]
pub struct Customer {
    pub customer: String,
    pub email: String,
    pub name: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, type = "product", pk = "p#{product}", sk = "p#{product}")]
#[serde(rename_all = "PascalCase")]
pub struct Product {
    pub product: String,
    pub detail: BTreeMap<String, String>,
    pub price: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, type = "warehouse", pk = "w#{warehouse}", sk = "w#{warehouse}")]
#[serde(rename_all = "PascalCase")]
pub struct Warehouse {
    pub warehouse: String,
    pub address: BTreeMap<String, String>,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, type = "warehouseItem", pk = "p#{product}", sk = "w#{warehouse}")]
#[entity(index(Gsi2, pk = "w#{warehouse}", sk = "p#{product}"))]
#[serde(rename_all = "PascalCase")]
pub struct WarehouseItem {
    pub product: String,
    pub warehouse: String,
    pub quantity: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, type = "order", pk = "o#{order}", sk = "c#{customer}")]
#[serde(rename_all = "PascalCase")]
pub struct Order {
    pub order: String,
    pub customer: String,
    pub date: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, type = "orderItem", pk = "o#{order}", sk = "p#{product}")]
#[entity(index(Gsi1, pk = "p#{product}", sk = "{date}"))]
#[entity(index(Gsi2, pk = "c#{customer}", sk = "{date}"))]
#[serde(rename_all = "PascalCase")]
pub struct OrderItem {
    pub order: String,
    pub product: String,
    pub customer: String,
    pub date: String,
    pub price: String,
    pub quantity: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, type = "invoice", pk = "o#{order}", sk = "i#{invoice}")]
#[entity(index(Gsi1, pk = "i#{invoice}", sk = "i#{invoice}"))]
#[entity(index(Gsi2, pk = "c#{customer}", sk = "{date}"))]
#[serde(rename_all = "PascalCase")]
pub struct Invoice {
    pub order: String,
    pub invoice: String,
    pub customer: String,
    pub date: String,
    pub amount: String,
    pub detail: Option<InvoiceDetail>,
}

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
#[serde(rename_all = "PascalCase")]
pub struct InvoiceDetail {
    pub payments: Vec<InvoicePayment>,
}

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
#[serde(rename_all = "PascalCase")]
pub struct InvoicePayment {
    pub r#type: String,
    pub amount: u32,
    pub data: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, type = "payment", pk = "o#{order}", sk = "pmn#{payment}")]
#[entity(index(Gsi1, pk = "i#{invoice}", sk = "pmn#{payment}"))]
#[serde(rename_all = "PascalCase")]
pub struct Payment {
    pub order: String,
    pub payment: String,
    pub invoice: String,
    pub r#type: String,
    pub amount: String,
    pub date: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, type = "shipment", pk = "o#{order}", sk = "sh#{shipment}")]
#[entity(index(Gsi1, pk = "sh#{shipment}", sk = "sh#{shipment}"))]
#[entity(index(Gsi2, pk = "w#{warehouse}", sk = "sh#{shipment}"))]
#[serde(rename_all = "PascalCase")]
pub struct Shipment {
    pub order: String,
    pub shipment: String,
    pub warehouse: String,
    pub address: BTreeMap<String, String>,
    pub r#type: String,
    pub date: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, type = "shipmentItem", pk = "o#{order}", sk = "shp#{shipment_item}")]
#[entity(index(Gsi1, pk = "sh#{shipment}", sk = "p#{product}"))]
#[serde(rename_all = "PascalCase")]
pub struct ShipmentItem {
    pub order: String,
    pub shipment_item: String,
    pub shipment: String,
    pub product: String,
    pub quantity: String,
}

/// The entity of a row, and the attributes of it that the row has in its keys alone.
pub fn take_apart(row: &Row) -> (Shop, Vec<(&'static str, String)>) {
    let order = ("Order", "PK", "o#");
    match row.text("EntityType") {
        "customer" => row.entity::<Customer>(&[("Customer", "PK", "c#")]),
        "product" => row.entity::<Product>(&[("Product", "PK", "p#")]),
        "warehouse" => row.entity::<Warehouse>(&[("Warehouse", "PK", "w#")]),
        "warehouseItem" => row.entity::<WarehouseItem>(&[("Product", "PK", "p#"), ("Warehouse", "SK", "w#")]),
        "order" => row.entity::<Order>(&[order, ("Customer", "SK", "c#")]),
        "orderItem" => {
            let ids =
                [order, ("Product", "SK", "p#"), ("Customer", "GSI2-PK", "c#"), ("Date", "GSI1-SK", "")];
            row.entity::<OrderItem>(&ids)
        }
        "invoice" => {
            // The facets have `i#` in front of the date.
            let prefix = if row.text("GSI2-SK").starts_with("i#") { "i#" } else { "" };
            let date = ("Date", "GSI2-SK", prefix);
            row.entity::<Invoice>(&[order, ("Invoice", "SK", "i#"), ("Customer", "GSI2-PK", "c#"), date])
        }
        "payment" => row.entity::<Payment>(&[order, ("Payment", "SK", "pmn#"), ("Invoice", "GSI1-PK", "i#")]),
        "shipment" => {
            row.entity::<Shipment>(&[order, ("Shipment", "SK", "sh#"), ("Warehouse", "GSI2-PK", "w#")])
        }
        "shipmentItem" => {
            let (shipment, product) = (("Shipment", "GSI1-PK", "sh#"), ("Product", "GSI1-SK", "p#"));
            row.entity::<ShipmentItem>(&[order, ("ShipmentItem", "SK", "shp#"), shipment, product])
        }
        other => panic!("a row of the entity {other:?}, which the model does not have"),
    }
}

macro_rules! each {
    ($shop:expr, $entity:ident => $do:expr) => {
        match $shop {
            Shop::Customer($entity) => $do,
            Shop::Product($entity) => $do,
            Shop::Warehouse($entity) => $do,
            Shop::WarehouseItem($entity) => $do,
            Shop::Order($entity) => $do,
            Shop::OrderItem($entity) => $do,
            Shop::Invoice($entity) => $do,
            Shop::Payment($entity) => $do,
            Shop::Shipment($entity) => $do,
            Shop::ShipmentItem($entity) => $do,
        }
    };
}

impl crate::prices::Stored for Shop {
    fn item(&self) -> Item {
        item_of(self)
    }
}

/// What a put would write.
pub fn item_of(item: &Shop) -> Item {
    let request = each!(item, entity => entity.put().explain());
    request.unwrap().into_inner().item.unwrap()
}

/// `PK SK`
pub fn key_of(item: &Shop) -> String {
    let item = item_of(item);
    format!("{} {}", item["PK"].as_s().unwrap(), item["SK"].as_s().unwrap())
}

pub async fn insert(shop: &Handle<Shop>, item: &Shop) {
    each!(item, entity => shop.insert(entity).await.map(|_| ())).unwrap();
}

pub async fn exchange(boto3: &Boto3, shop: &Handle<Shop>, item: &Shop, published: &Item) {
    each!(item, entity => boto3.exchange(shop, entity, published).await);
}
