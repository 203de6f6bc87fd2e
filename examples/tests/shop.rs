//! The shop example: its data is what the generator makes, and its patterns return what a filter over all
//! of that data does.

use monotable::Table;
use monotable_examples::data::generator;
use monotable_examples::shop::load;
use monotable_examples::shop::model::Shop;
use monotable_examples::shop::parts::OrderId;
use monotable_examples::shop::patterns::{self, Outcome};
use monotable_examples::shop::questions::Questions;

async fn outcomes(data: &[Shop], ask: &Questions) -> Vec<Outcome> {
    let shop = Shop::embedded().await.unwrap();
    load::fill(&shop, data).await.unwrap();
    patterns::run(&shop, ask).await.unwrap()
}

#[test]
fn the_data_file_is_what_the_generator_makes() {
    let file = std::fs::read_to_string(generator::PATH).unwrap();
    assert!(file == generator::file().unwrap(), "run `cargo run --example generate-shop-data`");
    assert!(load::data().unwrap() == generator::items());
}

#[tokio::test]
async fn every_pattern_returns_what_a_filter_over_the_data_does() {
    let data = load::data().unwrap();
    let ask = Questions::about(&data).unwrap();
    let outcomes = outcomes(&data, &ask).await;
    assert_eq!(outcomes.len(), 16);
    for Outcome { number, name, items, .. } in &outcomes {
        let expected: Vec<_> = data.iter().filter(|item| answers(*number, item, &ask)).cloned().collect();
        assert!(!expected.is_empty(), "pattern {number} has nothing to show");
        assert_eq!(sorted(items), sorted(&expected), "pattern {number}: {name}");
    }
}

/// What is read is paid for, so nothing may be read that is not returned.
#[tokio::test]
async fn no_pattern_reads_what_it_does_not_return() {
    let data = load::data().unwrap();
    let outcomes = outcomes(&data, &Questions::about(&data).unwrap()).await;
    for Outcome { number, call, items, cost, .. } in &outcomes {
        assert_eq!(cost.calls, 1, "pattern {number}");
        if call.operation == "Query" {
            assert_eq!(cost.evaluated, items.len() as u64, "pattern {number}");
        }
    }
}

/// The calls of the published model, pattern by pattern.
#[tokio::test]
async fn the_calls_are_those_of_the_model() {
    let data = load::data().unwrap();
    let ask = Questions::about(&data).unwrap();
    let Questions { customer, product, warehouse, order, invoice, shipment, .. } = ask.clone();
    let (c, p, w) = (customer.0, product.0, warehouse.0);
    let (o, i, sh) = (order.0, invoice.0, shipment.0);
    let expected = [
        format!(r#"GetItem table PK = "c#{c}" AND SK = "c#{c}""#),
        format!(r#"GetItem table PK = "p#{p}" AND SK = "p#{p}""#),
        format!(r#"GetItem table PK = "w#{w}" AND SK = "w#{w}""#),
        format!(r#"Query table PK = "p#{p}" AND begins_with(SK, "w#")"#),
        format!(r#"Query table PK = "o#{o}""#),
        format!(r#"Query table PK = "o#{o}" AND begins_with(SK, "p#")"#),
        format!(r#"Query table PK = "o#{o}" AND begins_with(SK, "i#")"#),
        format!(r#"Query table PK = "o#{o}" AND begins_with(SK, "sh#")"#),
        format!(
            r#"Query GSI1 GSI1-PK = "p#{p}" AND GSI1-SK BETWEEN "2026-05-01T00:00:00" AND "2026-05-31T23:59:59""#
        ),
        format!(r#"Query GSI1 GSI1-PK = "i#{i}" AND begins_with(GSI1-SK, "i#")"#),
        format!(r#"Query GSI1 GSI1-PK = "i#{i}" AND begins_with(GSI1-SK, "pmn#")"#),
        format!(r#"Query GSI1 GSI1-PK = "sh#{sh}""#),
        format!(r#"Query GSI2 GSI2-PK = "w#{w}" AND begins_with(GSI2-SK, "sh#")"#),
        format!(r#"Query GSI2 GSI2-PK = "w#{w}" AND begins_with(GSI2-SK, "p#")"#),
        format!(
            r#"Query GSI2 GSI2-PK = "c#{c}" AND GSI2-SK BETWEEN "i#2026-04-01T00:00:00" AND "i#2026-06-30T23:59:59""#
        ),
        format!(
            r#"Query GSI2 GSI2-PK = "c#{c}" AND GSI2-SK BETWEEN "p#2026-04-01T00:00:00" AND "p#2026-06-30T23:59:59""#
        ),
    ];
    let outcomes = outcomes(&data, &ask).await;
    let calls = outcomes
        .iter()
        .map(|Outcome { call, .. }| format!("{} {} {}", call.operation, call.source, call.condition));
    assert_eq!(calls.collect::<Vec<_>>(), expected);
}

/// The patterns once more, in words of Rust alone.
fn answers(number: usize, item: &Shop, ask: &Questions) -> bool {
    match (number, item) {
        (1, Shop::Customer(it)) => it.customer == ask.customer,
        (2, Shop::Product(it)) => it.product == ask.product,
        (3, Shop::Warehouse(it)) => it.warehouse == ask.warehouse,
        (4, Shop::WarehouseItem(it)) => it.product == ask.product,
        (5, any) => order_of_part(any) == Some(&ask.order),
        (6, Shop::OrderItem(it)) => it.order == ask.order,
        (7, Shop::Invoice(it)) => it.order == ask.order,
        (8, Shop::Shipment(it)) => it.order == ask.order,
        (9, Shop::OrderItem(it)) => it.product == ask.product && ask.month.contains(&it.date),
        (10, Shop::Invoice(it)) => it.invoice == ask.invoice,
        (11, Shop::Payment(it)) => it.invoice == ask.invoice,
        (12, Shop::Shipment(it)) => it.shipment == ask.shipment,
        (12, Shop::ShipmentItem(it)) => it.shipment == ask.shipment,
        (13, Shop::Shipment(it)) => it.warehouse == ask.warehouse,
        (14, Shop::WarehouseItem(it)) => it.warehouse == ask.warehouse,
        (15, Shop::Invoice(it)) => it.customer == ask.customer && ask.quarter.contains(&it.date),
        (16, Shop::OrderItem(it)) => it.customer == ask.customer && ask.quarter.contains(&it.date),
        _ => false,
    }
}

/// The order whose partition an item is in.
fn order_of_part(item: &Shop) -> Option<&OrderId> {
    match item {
        Shop::Order(part) => Some(&part.order),
        Shop::OrderItem(part) => Some(&part.order),
        Shop::Invoice(part) => Some(&part.order),
        Shop::Payment(part) => Some(&part.order),
        Shop::Shipment(part) => Some(&part.order),
        Shop::ShipmentItem(part) => Some(&part.order),
        Shop::Customer(_) | Shop::Product(_) | Shop::Warehouse(_) | Shop::WarehouseItem(_) => None,
    }
}

fn sorted(items: &[Shop]) -> Vec<String> {
    let mut texts: Vec<_> = items.iter().map(|item| format!("{item:?}")).collect();
    texts.sort_unstable();
    texts
}
