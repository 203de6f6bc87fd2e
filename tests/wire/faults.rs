//! Answers that are cut off, damaged, or no answers of DynamoDB: what comes of them is what comes of them without this
//! library in the SDK's way.

use std::collections::HashMap;
use std::error::Error as _;
use std::fmt::Debug;

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::get_item::GetItemError;
use aws_sdk_dynamodb::operation::query::QueryError;
use aws_sdk_dynamodb::types::AttributeValue;
use monotable::{Entity as _, FromItem, Item, Table};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::strict::mutate;
use super::tree::{json_of, loosely, text, tree};
use super::world::{Answer, Open, Script, Strict, StrictKey, World};

/// What became of a call: the items, or why not.
#[derive(Debug, PartialEq)]
enum Outcome {
    Items(Vec<World>),
    /// An item does not read.
    Unread(String),
    /// The SDK's error, in full.
    Failed(String),
}

fn read<O: FromItem + Into<World>>(items: Vec<Item>) -> Outcome {
    match items.into_iter().map(|item| O::from_item(item).map(Into::<World>::into)).collect() {
        Ok(items) => Outcome::Items(items),
        Err(error) => Outcome::Unread(error.to_string()),
    }
}

fn failed<E: Debug + std::error::Error + 'static>(error: &monotable::Error) -> Outcome {
    match error.source().and_then(|source| source.downcast_ref::<SdkError<E>>()) {
        Some(error) => Outcome::Failed(format!("{error:?}")),
        None => Outcome::Unread(error.to_string()),
    }
}

async fn query_by_sdk(script: &Script) -> Outcome {
    let query = script.client().query().table_name("world").key_condition_expression("PK = :0");
    match query.expression_attribute_values(":0", AttributeValue::S("OWNER#ada".into())).send().await {
        Ok(output) => read::<World>(output.items.unwrap_or_default()),
        Err(error) => Outcome::Failed(format!("{error:?}")),
    }
}

async fn query(script: &Script) -> Outcome {
    let world = World::open(script.client());
    match world.item_collection(Strict::by_owner("ada")).page().await {
        Ok(page) => Outcome::Items(page.into_inner().items),
        Err(error) => failed::<QueryError>(&error),
    }
}

async fn get_by_sdk(script: &Script) -> Outcome {
    let get = script.client().get_item().table_name("world").key("PK", AttributeValue::S("OWNER#ada".into()));
    match get.key("SK", AttributeValue::S("STRICT#00007".into())).send().await {
        Ok(output) => read::<Strict>(output.item.into_iter().collect()),
        Err(error) => Outcome::Failed(format!("{error:?}")),
    }
}

async fn get(script: &Script) -> Outcome {
    let world = World::open(script.client());
    match world.get(StrictKey { owner: "ada".into(), number: 7 }).await {
        Ok(item) => Outcome::Items(item.into_inner().into_iter().map(World::Strict).collect()),
        Err(error) => failed::<GetItemError>(&error),
    }
}

/// The same outcome after the same number of tries.
fn same(theirs: (Outcome, usize), ours: (Outcome, usize), answers: &[Answer]) {
    let texts: Vec<_> = answers.iter().map(|(_, body)| String::from_utf8_lossy(body)).collect();
    assert_eq!(ours.1, theirs.1, "attempts, of {texts:?}");
    match (&theirs.0, &ours.0) {
        // Ours says of which call it is.
        (Outcome::Unread(theirs), Outcome::Unread(ours)) => {
            // A map has no order, so of two attributes that do not read either may be the one that is named.
            let read = |text: &str| text.split(": its attribute").next().map(str::to_owned);
            let (ours, theirs) = (read(ours).unwrap(), read(theirs).unwrap());
            assert!(ours.ends_with(&theirs), "{ours} / {theirs}");
        }
        (theirs, ours) => assert_eq!(ours, theirs, "{texts:?}"),
    }
}

async fn check_query(answers: &[Answer]) {
    let (theirs, ours) = (Script::of(answers.to_vec()), Script::of(answers.to_vec()));
    same((query_by_sdk(&theirs).await, theirs.given()), (query(&ours).await, ours.given()), answers);
}

async fn check_get(answers: &[Answer]) {
    let (theirs, ours) = (Script::of(answers.to_vec()), Script::of(answers.to_vec()));
    same((get_by_sdk(&theirs).await, theirs.given()), (get(&ours).await, ours.given()), answers);
}

fn item(number: u32) -> Value {
    json!({
        "PK": {"S": "OWNER#ada"},
        "SK": {"S": format!("STRICT#{number:05}")},
        "_type": {"S": "Strict"},
        "owner": {"S": "ada"},
        "number": {"N": number.to_string()},
    })
}

fn page() -> Vec<u8> {
    let capacity = json!({"TableName": "world", "CapacityUnits": 0.5});
    json!({"Items": [item(7), item(8)], "Count": 2, "ScannedCount": 2, "ConsumedCapacity": capacity})
        .to_string()
        .into()
}

fn one() -> Vec<u8> {
    json!({"Item": item(7), "ConsumedCapacity": {"TableName": "world", "CapacityUnits": 0.5}})
        .to_string()
        .into()
}

fn error(code: &str) -> Vec<u8> {
    json!({"__type": format!("com.amazonaws.dynamodb.v20120810#{code}"), "message": "no"}).to_string().into()
}

#[tokio::test]
async fn bodies_cut_off_anywhere() {
    for body in [page(), one()] {
        for end in 0..=body.len() {
            check_query(&[(200, body[..end].to_vec())]).await;
            check_get(&[(200, body[..end].to_vec())]).await;
        }
    }
}

#[tokio::test]
async fn answers_that_are_not_dynamodbs() {
    for body in [
        "",
        " ",
        "{}",
        "null",
        "[]",
        "<html>",
        "\"Items\"",
        "{\"Items\":null}",
        "{\"Item\":null}",
        "{\"Items\":{}}",
        "{\"Items\":[null]}",
        "{\"Items\":[{}]}",
        "{\"Items\":[[]]}",
        "{\"Item\":{}}",
        "{\"Count\":\"x\"}",
        "{} {}",
        "{\"Items\":[],\"Items\":[]}",
        "{\"Item\":{\"a\":{\"S\":null}}}",
        "{\"Item\":{\"a\":{\"X\":[1]}}}",
        "{\"Item\":{\"a\":{\"S\":\"b\",\"S\":\"c\"}}}",
        "{\"Item\":{\"a\":{\"S\":\"b\"},\"a\":{\"S\":\"c\"}}}",
        "\u{feff}{}",
    ] {
        for status in [200, 201, 204, 301, 400, 403, 500, 503] {
            check_query(&[(status, body.into())]).await;
            check_get(&[(status, body.into())]).await;
        }
    }
    let twice = |name: &str, second: &str| format!(r#"{{"{name}":{},"{name}":{second}}}"#, json!([item(7)]));
    for body in [twice("Items", "[]"), twice("Items", &json!([item(8)]).to_string()), twice("Count", "3")] {
        check_query(&[(200, body.into())]).await;
    }
    for body in [b"\xff".to_vec(), b"{\"Items\":[{\"a\":{\"S\":\"\xff\"}}]}".to_vec(), vec![0; 9]] {
        check_query(&[(200, body.clone())]).await;
        check_get(&[(200, body)]).await;
    }
}

#[tokio::test]
async fn retries_in_the_middle() {
    let cut = |body: Vec<u8>| body[..body.len() / 2].to_vec();
    let refusals =
        ["ProvisionedThroughputExceededException", "InternalServerError", "ResourceNotFoundException", "Odd"];
    for (body, is_page) in [(page(), true), (one(), false)] {
        let mut scripts = vec![
            vec![(500, Vec::new()), (200, body.clone())],
            vec![(503, b"<html>".to_vec()), (500, Vec::new()), (200, body.clone())],
            vec![(200, cut(body.clone())), (200, body.clone())],
            vec![(500, body.clone()), (200, cut(body.clone())), (200, body.clone())],
            vec![(200, cut(body.clone())), (500, Vec::new()), (200, body.clone())],
        ];
        for code in refusals {
            scripts.push(vec![(400, error(code)), (200, body.clone())]);
            scripts.push(vec![(200, cut(body.clone())), (400, error(code)), (200, body.clone())]);
            scripts.push(vec![(400, error(code))]);
            scripts.push(vec![(200, error(code))]);
        }
        for script in scripts {
            if is_page { check_query(&script).await } else { check_get(&script).await }
        }
    }
}

/// Whatever the bytes are, the outcome is the SDK's.
#[test]
fn damaged_bodies() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut runner = TestRunner::new(Config { cases: 3000, failure_persistence: None, ..Config::default() });
    let changes = proptest::collection::vec((any::<usize>(), 0u8..4, any::<u8>()), 1..4);
    let law = |(is_page, changes): (bool, Vec<(usize, u8, u8)>)| {
        let body = if is_page { page() } else { one() };
        let answers = [(200, mutate(body, &changes))];
        runtime.block_on(async {
            if is_page { check_query(&answers).await } else { check_get(&answers).await }
        });
        Ok(())
    };
    runner.run(&(any::<bool>(), changes), law).unwrap();
}

/// To JSON, `"A\u0041=="` is `"AA=="`. The SDK decodes base64 without looking at escapes, which DynamoDB does not write.
async fn sdk_takes_escapes_for_base64(answers: &[Answer]) -> bool {
    let escapes = answers.iter().any(|(_, body)| body.contains(&b'\\'));
    let outcome = query_by_sdk(&Script::of(answers.to_vec())).await;
    escapes && matches!(outcome, Outcome::Failed(why) if why.contains("failed to decode base64"))
}

type Attributes = HashMap<String, serde_dynamo::AttributeValue>;

/// The same of items with attributes of any kind in any spelling, damaged or not. What reads them takes every attribute.
#[test]
fn damaged_items_of_any_kind() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut runner = TestRunner::new(Config { cases: 3000, failure_persistence: None, ..Config::default() });
    let attributes = proptest::collection::hash_map(text(), tree(), 0..4);
    let changes = proptest::collection::vec((any::<usize>(), 0u8..4, any::<u8>()), 0..3);
    let read = std::cell::Cell::new(0);
    let law = |(attributes, seed, changes): (Attributes, u64, Vec<(usize, u8, u8)>)| {
        let mut open = item(7);
        open["_type"] = json!({"S": Open::MODEL.type_name});
        for (name, value) in &attributes {
            if open.get(name).is_none() {
                open[name] = json_of(value);
            }
        }
        let page = json!({"Items": [item(6), open, item(8)], "Count": 3, "ScannedCount": 3});
        let answers = [(200, mutate(loosely(&page, seed).into_bytes(), &changes))];
        runtime.block_on(async {
            if !sdk_takes_escapes_for_base64(&answers).await {
                check_query(&answers).await;
                let outcome = query(&Script::of(answers.to_vec())).await;
                read.set(read.get() + usize::from(matches!(outcome, Outcome::Items(_))));
            }
        });
        Ok(())
    };
    runner.run(&(attributes, any::<u64>(), changes), law).unwrap();
    assert!((300..2700).contains(&read.get()), "{}", read.get());
}

/// What else is in the answer arrives: the request id is not ours to lose, nor the cost, nor where to go on.
#[tokio::test]
async fn the_rest_of_an_answer_is_the_sdks() {
    let mut body: Value = serde_json::from_slice(&page()).unwrap();
    body["LastEvaluatedKey"] = json!({"PK": {"S": "OWNER#ada"}, "SK": {"S": "STRICT#00008"}});
    body["\u{e9}\n new"] = json!([{"a": -1.5e3}, null, true]);
    let script = Script::of(vec![(200, body.to_string().into())]);
    let page = World::open(script.client()).item_collection(Strict::by_owner("ada")).page().await.unwrap();
    assert_eq!((page.items.len(), page.next.is_some(), page.read_units()), (2, true, 0.5));
    assert_eq!((page.cost().evaluated, page.cost().returned), (2, 2));
}
