//! Whole calls: the SDK builds, signs, sends and reads, and a connector answers from memory. What is on the wire is
//! left out, because it costs every way the same.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Credentials, Region, StalledStreamProtectionConfig};
use aws_sdk_dynamodb::types::{AttributeValue, ReturnConsumedCapacity};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use monotable::{Handle, Item, Table as _};
use serde_json::json;

use super::answers::{body_of, item_of};
use super::measure::{Contender, compare};
use super::model::{Bench, Order, OrderKey, orders};

/// Answers every request of an operation with the same body.
#[derive(Debug, Clone)]
struct Memory {
    page: SdkBodies,
    item: SdkBodies,
}

/// Copying one shares the bytes.
#[derive(Debug)]
struct SdkBodies(SdkBody);

impl Clone for SdkBodies {
    fn clone(&self) -> Self {
        Self(self.0.try_clone().expect("it is in memory"))
    }
}

impl HttpClient for Memory {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Memory {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let body = match request.headers().get("x-amz-target").unwrap_or_default() {
            "DynamoDB_20120810.Query" => self.page.clone().0,
            "DynamoDB_20120810.GetItem" => self.item.clone().0,
            _ => SdkBody::from("{}"),
        };
        let mut response = HttpResponse::new(200.try_into().expect("a status"), body);
        response.headers_mut().insert("content-type", "application/x-amz-json-1.0");
        response
            .headers_mut()
            .insert("x-amzn-requestid", "A5FGSJ9ET4OKB8183S9M47RQQBVV4KQNSO5AEMVJF66Q9ASUAAJG");
        HttpConnectorFuture::ready(Ok(response))
    }
}

fn client(orders: &[Order]) -> Client {
    let one = json!({"Item": item_of(&orders[0]), "ConsumedCapacity": {"TableName": "bench", "CapacityUnits": 0.5}});
    let memory = Memory {
        page: SdkBodies(SdkBody::from(body_of(orders))),
        item: SdkBodies(SdkBody::from(one.to_string())),
    };
    let config = Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .credentials_provider(Credentials::new(
            "AKIDEXAMPLE",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            None,
            None,
            "bench",
        ))
        .retry_config(RetryConfig::disabled())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .region(Region::new("us-east-1"))
        .endpoint_url("http://bench.invalid")
        .http_client(memory);
    Client::from_conf(config.build())
}

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

async fn get(bench: &Handle<Bench>, order: &Order) -> Option<Order> {
    let Order { customer, placed_at, number, .. } = order.clone();
    bench.get(OrderKey { customer, placed_at, number }).await.expect("an item").into_inner()
}

pub fn run(wanted: impl Fn(&str) -> bool) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let orders = orders(3000);
    let client = client(&orders);
    let bench = Bench::open(client.clone());
    let query = || {
        runtime.block_on(async {
            bench.query(Order::by_customer("acme-017-000123")).await.expect("a page").into_inner()
        })
    };
    assert!(query() == orders && runtime.block_on(query_by_sdk(&client)) == orders);
    let first = &orders[0];
    assert!(runtime.block_on(get(&bench, first)) == runtime.block_on(get_by_sdk(&client)));
    if wanted("call Query") {
        compare(
            "call Query: the whole call for a page of 3000 small items",
            6,
            orders.len(),
            &[
                Contender::new("SDK, then serde_dynamo", || runtime.block_on(query_by_sdk(&client))),
                Contender::new("monotable", query),
            ],
        );
    }
    if wanted("call GetItem") {
        compare(
            "call GetItem: the whole call for one small item",
            200,
            1,
            &[
                Contender::new("SDK, then serde_dynamo", || runtime.block_on(get_by_sdk(&client))),
                Contender::new("monotable", || runtime.block_on(get(&bench, first))),
            ],
        );
    }
    if wanted("call PutItem") {
        compare(
            "call PutItem: the whole call for one small item",
            200,
            1,
            &[
                Contender::new("serde_dynamo, then the SDK", || runtime.block_on(put_by_sdk(&client, first))),
                Contender::new("monotable", || {
                    runtime.block_on(async { bench.put(first).await.expect("an answer") })
                }),
            ],
        );
    }
}
