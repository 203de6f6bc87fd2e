//! What the entities of the shop are made of: typed ids, moments, and plain values.

use std::fmt;

use chrono::NaiveDateTime;
use monotable::KeyPart;
use serde::{Deserialize, Serialize};

/// A customer's number. As a type of its own it cannot be confused with a product's.
#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CustomerId(pub String);

/// A product's number.
#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProductId(pub String);

/// A warehouse's number.
#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WarehouseId(pub String);

/// An order's number.
#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrderId(pub String);

/// An invoice's number.
#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InvoiceId(pub String);

/// A payment's number.
#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PaymentId(pub String);

/// A shipment's number.
#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ShipmentId(pub String);

/// The number of one product in one shipment.
#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ShipmentItemId(pub String);

/// A date and time without a zone. A key holds it as the published model does, `2026-06-21T19:18:00`, by the
/// codec `{date:seconds}`.
pub type Moment = NaiveDateTime;

/// An amount of money in cents: sums of integers are exact.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cents(pub u64);

/// `59.90`
impl fmt::Display for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}.{:02}", self.0 / 100, self.0 % 100))
    }
}

/// Where a warehouse is, or a shipment goes.
#[derive(Serialize, Deserialize, Debug, Clone, PartialEq, Eq)]
#[serde(rename_all = "PascalCase")]
pub struct Address {
    pub country: String,
    pub county: String,
    pub city: String,
    pub street: String,
    pub number: String,
    pub zip_code: String,
}

/// What a product is, for people.
#[derive(Serialize, Deserialize, Debug, Clone, PartialEq, Eq)]
#[serde(rename_all = "PascalCase")]
pub struct Detail {
    pub name: String,
    pub description: String,
}

/// How something was paid.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentType {
    GiftCard,
    MasterCard,
    Visa,
}

/// How fast a shipment travels.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShipmentType {
    Express,
    Standard,
}
