//! The activities of a customer as version 13 of the shop has them: their dates stand behind the type, so that
//! invoices alone, or products alone, are a range. Version 14 gave that up, and filters.

use monotable::{Entity, Table};
use monotable_tests::open;
use serde::{Deserialize, Serialize};

use crate::patterns::{Patterns, put_all, ran};
use crate::shop::Shop;

#[derive(Table, Debug)]
#[table(name = "OnlineShop", pk = "PK", sk = "SK", type = "EntityType")]
#[table(index(Gsi2, name = "GSI2", pk = "GSI2-PK", sk = "GSI2-SK"))]
enum Activities {
    Billed(Billed),
    Ordered(Ordered),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Activities, type = "invoice", pk = "o#{order}", sk = "i#{invoice}")]
#[entity(index(Gsi2, pk = "c#{customer}", sk = "i#{date}"))]
#[serde(rename_all = "PascalCase")]
struct Billed {
    order: String,
    invoice: String,
    customer: String,
    date: String,
    amount: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Activities, type = "orderItem", pk = "o#{order}", sk = "p#{product}")]
#[entity(index(Gsi2, pk = "c#{customer}", sk = "p#{date}"))]
#[serde(rename_all = "PascalCase")]
struct Ordered {
    order: String,
    product: String,
    customer: String,
    date: String,
    price: String,
    quantity: String,
}

fn billed(row: &Shop) -> Option<Billed> {
    let Shop::Invoice(invoice) = row.clone() else { return None };
    let crate::shop::Invoice { order, invoice, customer, date, amount, .. } = invoice;
    Some(Billed { order, invoice, customer, date, amount })
}

fn ordered(row: &Shop) -> Option<Ordered> {
    let Shop::OrderItem(item) = row.clone() else { return None };
    let crate::shop::OrderItem { order, product, customer, date, price, quantity } = item;
    Some(Ordered { order, product, customer, date, price, quantity })
}

pub async fn of_a_customer(rows: &[Shop], patterns: &mut Patterns) {
    let table = open::<Activities>().await;
    let invoices: Vec<_> = rows.iter().filter_map(billed).collect();
    let products: Vec<_> = rows.iter().filter_map(ordered).collect();
    put_all(&table, &invoices).await;
    put_all(&table, &products).await;
    // Of another customer, and of another day.
    let (invoice, product) = (&invoices[0], &products[0]);
    let other = |invoice: &str, customer: &str, date: &str| Billed {
        invoice: invoice.into(),
        customer: customer.into(),
        date: date.into(),
        ..Billed::clone(&invoices[0])
    };
    put_all(&table, &[other("1", "123456", &invoice.date), other("2", "12345", "2020-06-22T00:00:00")]).await;
    put_all(&table, &[Ordered { order: "2".into(), date: "2020-06-20T23:59:59".into(), ..product.clone() }])
        .await;

    let day = || "2020-06-21".."2020-06-22";
    let found = ran!(
        15,
        "Invoices of a customer in a date range",
        table.query(Billed::by_customer("12345").date_in(day()))
    );
    patterns.found(found.remark(BESIDE), &invoices);
    let found = ran!(
        16,
        "Products ordered by a customer in a date range",
        table.query(Ordered::by_customer("12345").date_in(day()))
    );
    patterns.found(found.remark(BESIDE), &products);
}

const BESIDE: &str = "with the keys of version 13; version 14 filters";
