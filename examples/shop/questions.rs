//! What the patterns are asked for: ids that are there, and have much to show.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::{Days, Months, NaiveDate, NaiveTime};

use super::model::Shop;
use super::parts::{CustomerId, InvoiceId, Moment, OrderId, ProductId, ShipmentId, WarehouseId};

/// The values that the sixteen patterns take.
#[derive(Debug, Clone)]
pub struct Questions {
    pub customer: CustomerId,
    pub product: ProductId,
    pub warehouse: WarehouseId,
    pub order: OrderId,
    pub invoice: InvoiceId,
    pub shipment: ShipmentId,
    pub month: RangeInclusive<Moment>,
    pub quarter: RangeInclusive<Moment>,
}

impl Questions {
    /// The customer with most orders, the product most often ordered, and so on; the order is that of the
    /// invoice. None if the data has no such thing at all.
    pub fn about(data: &[Shop]) -> Option<Self> {
        let invoice = most_frequent(data, |item| match item {
            Shop::Payment(payment) => Some(&payment.invoice),
            _ => None,
        })?;
        Some(Self {
            customer: most_frequent(data, |item| match item {
                Shop::Order(order) => Some(&order.customer),
                _ => None,
            })?,
            product: most_frequent(data, |item| match item {
                Shop::OrderItem(line) => Some(&line.product),
                _ => None,
            })?,
            warehouse: most_frequent(data, |item| match item {
                Shop::Shipment(shipment) => Some(&shipment.warehouse),
                _ => None,
            })?,
            order: data.iter().find_map(|item| match item {
                Shop::Invoice(found) if found.invoice == invoice => Some(found.order.clone()),
                _ => None,
            })?,
            invoice,
            shipment: most_frequent(data, |item| match item {
                Shop::ShipmentItem(line) => Some(&line.shipment),
                _ => None,
            })?,
            month: months(2026, 5, 1)?,
            quarter: months(2026, 4, 3)?,
        })
    }
}

/// So many whole months, to the last second of the last of them.
fn months(year: i32, month: u32, count: u32) -> Option<RangeInclusive<Moment>> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    let last = first.checked_add_months(Months::new(count))?.checked_sub_days(Days::new(1))?;
    Some(first.and_time(NaiveTime::MIN)..=last.and_hms_opt(23, 59, 59)?)
}

/// Of several that are equally frequent, the smallest.
fn most_frequent<K: Ord + Clone>(data: &[Shop], key: impl Fn(&Shop) -> Option<&K>) -> Option<K> {
    let mut counts: BTreeMap<&K, usize> = BTreeMap::new();
    for key in data.iter().filter_map(key) {
        *counts.entry(key).or_default() += 1;
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(key, _)| key.clone())
}
