//! Each way in which an engine may be wrong, shown by the SDK alone: this library is not asked.

use aws_sdk_dynamodb::types::{
    AttributeValue, Get, KeysAndAttributes, ReturnConsumedCapacity, TransactGetItem,
};
use monotable::{Handle, Item};
use monotable_tests::Quirk;

use crate::Probes;

/// Whether the engine is wrong in this way.
pub async fn shows(table: &Handle<Probes>, quirk: Quirk) -> bool {
    match quirk {
        Quirk::ReadUnitsAbove4Kb => read_units_above_4_kb(table).await,
        Quirk::BatchGetReportsNoUnits => batch_get_reports_no_units(table).await,
        Quirk::BatchGetAbove16Mb => batch_get_above_16_mb(table).await,
        Quirk::TransactGetReportsIndexes => transact_get_reports_indexes(table).await,
        Quirk::StatementUnitsPerItem => statement_units_per_item(table).await,
    }
}

fn key(number: usize) -> Item {
    let texts = [("PK", "PROBE#a".to_owned()), ("SK", number.to_string())];
    texts.into_iter().map(|(name, text)| (name.to_owned(), AttributeValue::S(text))).collect()
}

async fn put(table: &Handle<Probes>, number: usize, bytes: usize) {
    let put = table.sdk().put_item().table_name(table.name()).set_item(Some(key(number)));
    put.item("text", AttributeValue::S("x".repeat(bytes))).send().await.unwrap();
}

/// 9 KB are three units, consistently.
async fn read_units_above_4_kb(table: &Handle<Probes>) -> bool {
    put(table, 1, 9000).await;
    let get = table.sdk().get_item().table_name(table.name()).set_key(Some(key(1))).consistent_read(true);
    let read = get.return_consumed_capacity(ReturnConsumedCapacity::Total).send().await.unwrap();
    read.consumed_capacity().unwrap().capacity_units() != Some(3.0)
}

async fn batch_get_reports_no_units(table: &Handle<Probes>) -> bool {
    put(table, 1, 1).await;
    let keys = KeysAndAttributes::builder().keys(key(1)).build().unwrap();
    let get = table.sdk().batch_get_item().request_items(table.name(), keys);
    let read = get.return_consumed_capacity(ReturnConsumedCapacity::Indexes).send().await.unwrap();
    read.consumed_capacity().is_empty()
}

/// 21 MB: DynamoDB answers 16 at most, and leaves the other keys unprocessed.
async fn batch_get_above_16_mb(table: &Handle<Probes>) -> bool {
    let mut keys = KeysAndAttributes::builder();
    for number in 0..60 {
        put(table, number, 350_000).await;
        keys = keys.keys(key(number));
    }
    let get = table.sdk().batch_get_item().request_items(table.name(), keys.build().unwrap());
    get.send().await.unwrap().unprocessed_keys.is_none_or(|keys| keys.is_empty())
}

async fn transact_get_reports_indexes(table: &Handle<Probes>) -> bool {
    put(table, 1, 1).await;
    let get = Get::builder().table_name(table.name()).set_key(Some(key(1))).build().unwrap();
    let get = table.sdk().transact_get_items().transact_items(TransactGetItem::builder().get(get).build());
    let read = get.return_consumed_capacity(ReturnConsumedCapacity::Indexes).send().await.unwrap();
    read.consumed_capacity()[0].global_secondary_indexes().is_some_and(|indexes| !indexes.is_empty())
}

/// Two small items of one partition, not consistently, are half a unit.
async fn statement_units_per_item(table: &Handle<Probes>) -> bool {
    put(table, 1, 1).await;
    put(table, 2, 1).await;
    let statement = format!("SELECT * FROM \"{}\" WHERE PK = 'PROBE#a'", table.name());
    let select = table.sdk().execute_statement().statement(statement);
    let read = select.return_consumed_capacity(ReturnConsumedCapacity::Total).send().await.unwrap();
    assert_eq!(read.items().len(), 2);
    read.consumed_capacity().unwrap().capacity_units() != Some(0.5)
}
