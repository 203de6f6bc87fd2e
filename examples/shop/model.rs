//! The table and its ten entities, declared once: from these templates come the stored keys, the keys in
//! both indexes and the typed queries.
//!
//! The model is the one that AWS publishes as "An online shop", version 14 with its facets. Its keys are
//! kept as they are. Two flaws of the source are not:
//!
//! * Version 14 stores order items and invoices of a customer under bare dates and tells them apart with a
//!   filter. Here `p#` and `i#` precede the dates, as in version 13, so that each is a range of its own.
//! * One warehouse item of the source has no keys in GSI2, so the inventory of its warehouse lacks it. Here
//!   an index key is part of the declaration, and no item can be without.

use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

use super::parts::{
    Address, Cents, CustomerId, Detail, InvoiceId, Moment, OrderId, PaymentId, PaymentType, ProductId,
    ShipmentId, ShipmentItemId, ShipmentType, WarehouseId,
};

/// The table. serde's attributes are for the data file: a line there has its type as an item has it.
#[derive(Table, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[table(name = "OnlineShop", type = "EntityType")]
#[table(index(Gsi1, name = "GSI1", pk = "GSI1-PK", sk = "GSI1-SK"))]
#[table(index(Gsi2, name = "GSI2", pk = "GSI2-PK", sk = "GSI2-SK"))]
#[serde(tag = "EntityType", rename_all = "camelCase")]
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
    pub customer: CustomerId,
    pub email: String,
    pub name: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, type = "product", pk = "p#{product}", sk = "p#{product}")]
#[serde(rename_all = "PascalCase")]
pub struct Product {
    pub product: ProductId,
    pub detail: Detail,
    pub price: Cents,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, type = "warehouse", pk = "w#{warehouse}", sk = "w#{warehouse}")]
#[serde(rename_all = "PascalCase")]
pub struct Warehouse {
    pub warehouse: WarehouseId,
    pub address: Address,
}

/// How much of a product lies in a warehouse: by product in the table, by warehouse in GSI2.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, type = "warehouseItem", pk = "p#{product}", sk = "w#{warehouse}")]
#[entity(index(Gsi2, pk = "w#{warehouse}", sk = "p#{product}"))]
#[serde(rename_all = "PascalCase")]
pub struct WarehouseItem {
    pub product: ProductId,
    pub warehouse: WarehouseId,
    pub quantity: u32,
}

/// The head of an order. Everything else that belongs to it has the same partition key.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, type = "order", pk = "o#{order}", sk = "c#{customer}")]
#[serde(rename_all = "PascalCase")]
pub struct Order {
    pub order: OrderId,
    pub customer: CustomerId,
    pub date: Moment,
}

/// One product of an order, at the price of that day.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, type = "orderItem", pk = "o#{order}", sk = "p#{product}")]
#[entity(index(Gsi1, pk = "p#{product}", sk = "{date:seconds}"))]
#[entity(index(Gsi2, pk = "c#{customer}", sk = "p#{date:seconds}"))]
#[serde(rename_all = "PascalCase")]
pub struct OrderItem {
    pub order: OrderId,
    pub product: ProductId,
    pub customer: CustomerId,
    pub date: Moment,
    pub price: Cents,
    pub quantity: u32,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, type = "invoice", pk = "o#{order}", sk = "i#{invoice}")]
#[entity(index(Gsi1, pk = "i#{invoice}", sk = "i#{invoice}"))]
#[entity(index(Gsi2, pk = "c#{customer}", sk = "i#{date:seconds}"))]
#[serde(rename_all = "PascalCase")]
pub struct Invoice {
    pub order: OrderId,
    pub invoice: InvoiceId,
    pub customer: CustomerId,
    pub amount: Cents,
    pub date: Moment,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, type = "payment", pk = "o#{order}", sk = "pmn#{payment}")]
#[entity(index(Gsi1, pk = "i#{invoice}", sk = "pmn#{payment}"))]
#[serde(rename_all = "PascalCase")]
pub struct Payment {
    pub order: OrderId,
    pub payment: PaymentId,
    pub invoice: InvoiceId,
    #[serde(rename = "Type")]
    pub kind: PaymentType,
    pub amount: Cents,
    pub date: Moment,
}

/// What leaves one warehouse for an order.
#[expect(clippy::duplicated_attributes, reason = "one sort key in both indexes, as published")]
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, type = "shipment", pk = "o#{order}", sk = "sh#{shipment}")]
#[entity(index(Gsi1, pk = "sh#{shipment}", sk = "sh#{shipment}"))]
#[entity(index(Gsi2, pk = "w#{warehouse}", sk = "sh#{shipment}"))]
#[serde(rename_all = "PascalCase")]
pub struct Shipment {
    pub order: OrderId,
    pub shipment: ShipmentId,
    pub warehouse: WarehouseId,
    pub address: Address,
    #[serde(rename = "Type")]
    pub kind: ShipmentType,
    pub date: Moment,
}

/// One product in a shipment.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, type = "shipmentItem", pk = "o#{order}", sk = "shp#{shipment_item}")]
#[entity(index(Gsi1, pk = "sh#{shipment}", sk = "p#{product}"))]
#[serde(rename_all = "PascalCase")]
pub struct ShipmentItem {
    pub order: OrderId,
    pub shipment_item: ShipmentItemId,
    pub shipment: ShipmentId,
    pub product: ProductId,
    pub quantity: u32,
}
