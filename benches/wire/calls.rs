//! Whole calls: the SDK builds, signs, sends and reads, from memory and over loopback.

use std::sync::Arc;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnConsumedCapacity};
use monotable::{Handle, Item, Table as _};
use serde::Serialize;
use serde_json::json;
use tokio::runtime::Runtime;

use super::answers::{body_of, item_of};
use super::clients::{Answers, in_memory, over_loopback};
use super::measure::{Contender, compare};
use super::model::{Bench, Document, DocumentKey, Order, OrderKey, documents, orders};
use super::others::Others;

const KEY: (&str, &str) = ("CUSTOMER#acme-017-000123", "ORDER#2026-05-01T12:00:56Z#000000");

async fn query_by_sdk(client: &Client) -> Vec<Order> {
    let query =
        client.query().table_name("bench").key_condition_expression("#0 = :0 AND begins_with(#1, :1)");
    let query = query.expression_attribute_names("#0", "PK").expression_attribute_names("#1", "SK");
    let query = query
        .expression_attribute_values(":0", AttributeValue::S(KEY.0.into()))
        .expression_attribute_values(":1", AttributeValue::S("ORDER#".into()))
        .return_consumed_capacity(ReturnConsumedCapacity::Indexes);
    let output = query.send().await.expect("a page");
    serde_dynamo::from_items(output.items.unwrap_or_default()).expect("orders")
}

async fn get_by_sdk(client: &Client) -> Option<Order> {
    let get = client.get_item().table_name("bench").return_consumed_capacity(ReturnConsumedCapacity::Indexes);
    let get = get.key("PK", AttributeValue::S(KEY.0.into())).key("SK", AttributeValue::S(KEY.1.into()));
    let item = get.send().await.expect("an item").item?;
    Some(serde_dynamo::from_item(item).expect("an order"))
}

async fn put_by_sdk(client: &Client, order: &Order) {
    let mut item: Item = serde_dynamo::to_item(order).expect("an item");
    let (pk, sk) = order.keys_by_hand();
    item.insert("PK".to_owned(), AttributeValue::S(pk));
    item.insert("SK".to_owned(), AttributeValue::S(sk));
    item.insert("_type".to_owned(), AttributeValue::S("Order".to_owned()));
    let put = client.put_item().table_name("bench").set_item(Some(item));
    put.return_consumed_capacity(ReturnConsumedCapacity::Indexes).send().await.expect("an answer");
}

/// An item of 4.7 KB, but for what is small of it.
async fn update_by_sdk(client: &Client, document: &Document) {
    fn value(value: impl Serialize) -> AttributeValue {
        serde_dynamo::to_attribute_value(value).expect("a value")
    }
    let update =
        client.update_item().table_name("bench").return_consumed_capacity(ReturnConsumedCapacity::Indexes);
    let update = update
        .key("PK", AttributeValue::S(format!("FOLDER#{}", document.folder)))
        .key("SK", AttributeValue::S(format!("DOCUMENT#{}", document.id)))
        .update_expression("SET #0 = :0, #1 = :1, #2 = :2, #3 = :3")
        .condition_expression("attribute_exists(#4)");
    let names = ["body", "lines", "labels", "history", "PK"].iter().enumerate();
    let update =
        names.fold(update, |update, (at, name)| update.expression_attribute_names(format!("#{at}"), *name));
    let update = update
        .expression_attribute_values(":0", value(&document.body))
        .expression_attribute_values(":1", value(&document.lines))
        .expression_attribute_values(":2", value(&document.labels))
        .expression_attribute_values(":3", value(&document.history));
    update.send().await.expect("an answer");
}

async fn update(bench: &Handle<Bench>, document: &Document) {
    let key = DocumentKey { folder: document.folder.clone(), id: document.id.clone() };
    let update = bench.update(key).set(Document::BODY, document.body.clone());
    let update = update.set(Document::LINES, document.lines.clone());
    let update = update.set(Document::LABELS, document.labels.clone());
    update.set(Document::HISTORY, document.history.clone()).await.expect("an answer");
}

async fn query(bench: &Handle<Bench>) -> Vec<Order> {
    bench.query(Order::by_customer("acme-017-000123")).await.expect("a page").into_inner()
}

async fn get(bench: &Handle<Bench>, order: &Order) -> Option<Order> {
    let Order { customer, placed_at, number, .. } = order.clone();
    bench.get(OrderKey { customer, placed_at, number }).await.expect("an item").into_inner()
}

pub fn run(wanted: impl Fn(&str) -> bool, runtime: &Runtime, others: &Others) {
    let orders = orders(3000);
    let item = json!({"Item": item_of(&orders[0]), "ConsumedCapacity": {"TableName": "bench", "CapacityUnits": 0.5}});
    let answers = Arc::new(Answers { page: body_of(&orders), item: item.to_string().into() });
    for (way, client) in
        [("from memory", in_memory(&answers)), ("over loopback HTTP", over_loopback(answers.clone()))]
    {
        let calls = Calls { way, bench: Bench::open(client.clone()), client, runtime, orders: &orders };
        if wanted(&format!("call Query {way}")) {
            calls.query(others);
        }
        if wanted(&format!("call GetItem {way}")) {
            calls.get();
        }
        if wanted(&format!("call PutItem {way}")) {
            calls.put();
        }
        if wanted(&format!("call UpdateItem {way}")) {
            calls.update();
        }
    }
}

struct Calls<'a> {
    way: &'static str,
    client: Client,
    bench: Handle<Bench>,
    runtime: &'a Runtime,
    orders: &'a [Order],
}

impl Calls<'_> {
    fn query(&self, others: &Others) {
        let Self { way, client, bench, runtime, orders } = self;
        let by_sdk = || runtime.block_on(query_by_sdk(client));
        let monotable = || runtime.block_on(query(bench));
        assert!(by_sdk() == *orders && monotable() == *orders);
        let mut contenders = vec![Contender::new("SDK, then serde_dynamo", by_sdk)];
        for other in others.orders {
            assert!((other.call)(runtime, client) == *orders, "{}", other.name);
            contenders.push(Contender::new(other.name, || (other.call)(runtime, client)));
        }
        contenders.push(Contender::new("monotable", monotable));
        let title = format!("call Query {way}: the whole call for a page of 3000 small items");
        compare(&title, 6, orders.len(), &contenders);
    }

    fn get(&self) {
        let Self { way, client, bench, runtime, orders } = self;
        let by_sdk = || runtime.block_on(get_by_sdk(client));
        let monotable = || runtime.block_on(get(bench, &orders[0]));
        assert!(by_sdk().as_ref() == orders.first() && monotable().as_ref() == orders.first());
        let contenders =
            [Contender::new("SDK, then serde_dynamo", by_sdk), Contender::new("monotable", monotable)];
        compare(&format!("call GetItem {way}: the whole call for one small item"), 400, 1, &contenders);
    }

    fn update(&self) {
        let Self { way, client, bench, runtime, .. } = self;
        let document = &documents(1)[0];
        let contenders = [
            Contender::new("serde_dynamo, then the SDK", || {
                runtime.block_on(update_by_sdk(client, document))
            }),
            Contender::new("monotable", || runtime.block_on(update(bench, document))),
        ];
        compare(&format!("call UpdateItem {way}: the whole call for 4.7 KB of values"), 200, 1, &contenders);
    }

    fn put(&self) {
        let Self { way, client, bench, runtime, orders } = self;
        let by_sdk = || runtime.block_on(put_by_sdk(client, &orders[0]));
        let monotable =
            || runtime.block_on(async { bench.put(&orders[0]).await.expect("an answer").into_inner() });
        let contenders =
            [Contender::new("serde_dynamo, then the SDK", by_sdk), Contender::new("monotable", monotable)];
        compare(&format!("call PutItem {way}: the whole call for one small item"), 400, 1, &contenders);
    }
}
