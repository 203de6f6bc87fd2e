//! Items in the answers of writes: what they return, and what stood in their way. Whatever the bytes are, they are what
//! the SDK makes of them.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{Put, ReturnValue, TransactWriteItem};
use monotable::{Entity, ErrorKind, FromItem, Item, Table};
use monotable_tests::open;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::reads::by_sdk;
use super::strict::mutate;
use super::world::{Answer, Script, Strict, StrictKey, Watch, World};

/// What became of a write.
#[derive(Debug, PartialEq)]
enum Outcome {
    Returned(Option<Strict>),
    /// Its condition did not hold of this.
    Refused(Option<Strict>),
    /// The transaction was cancelled: what each action met, where its condition did not hold.
    Cancelled(Vec<Option<Strict>>),
    Unread,
    /// The SDK's error, in full.
    Failed(String),
}

fn strict() -> Strict {
    Strict { owner: "ada".into(), number: 7 }
}

fn other() -> Strict {
    Strict { number: 8, ..strict() }
}

fn read(item: Option<Item>, outcome: impl FnOnce(Option<Strict>) -> Outcome) -> Outcome {
    item.map(Strict::from_item).transpose().map_or(Outcome::Unread, outcome)
}

fn sdk_item() -> Item {
    strict().put().explain().unwrap().into_inner().item.unwrap()
}

async fn put_by_sdk(script: &Script) -> Outcome {
    let put = script.client().put_item().table_name("world").set_item(Some(sdk_item()));
    let put = put.condition_expression("attribute_exists(PK)").return_values(ReturnValue::AllOld);
    match put.send().await {
        Ok(output) => read(output.attributes, Outcome::Returned),
        Err(error) => match error.as_service_error() {
            Some(PutItemError::ConditionalCheckFailedException(refusal)) => {
                read(refusal.item.clone(), Outcome::Refused)
            }
            _ => Outcome::Failed(format!("{error:?}")),
        },
    }
}

async fn put(script: &Script) -> Outcome {
    let world = World::open(script.client());
    let condition = Strict::OWNER.eq("ada");
    match world.put(&strict()).when(condition).returning_old().await {
        Ok(old) => Outcome::Returned(old.into_inner()),
        Err(error) if error.kind() == ErrorKind::ConditionFailed => {
            error.current().map_or(Outcome::Unread, Outcome::Refused)
        }
        Err(error) => failed::<PutItemError>(&error),
    }
}

fn failed<E: std::fmt::Debug + std::error::Error + 'static>(error: &monotable::Error) -> Outcome {
    let source = std::error::Error::source(error).and_then(|source| source.downcast_ref::<SdkError<E>>());
    source.map_or(Outcome::Unread, |error| Outcome::Failed(format!("{error:?}")))
}

async fn transact_by_sdk(script: &Script) -> Outcome {
    let put = || {
        let put = Put::builder().table_name("world").set_item(Some(sdk_item())).build().unwrap();
        TransactWriteItem::builder().put(put).build()
    };
    let transact = script.client().transact_write_items().client_request_token("token");
    let error = match transact.transact_items(put()).transact_items(put()).send().await {
        Ok(_) => return Outcome::Returned(None),
        Err(error) => error,
    };
    let Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) = error.as_service_error()
    else {
        return Outcome::Failed(format!("{error:?}"));
    };
    let reasons = cancelled.cancellation_reasons().iter();
    let met = reasons.map(|reason| reason.item.clone().map(Strict::from_item).transpose());
    met.collect::<Result<_, _>>().map_or(Outcome::Unread, Outcome::Cancelled)
}

async fn transact(script: &Script) -> Outcome {
    let world = World::open(script.client());
    let transact = world.transact().put(strict().insert()).put(other().insert()).idempotency_token("token");
    match transact.await {
        Ok(_) => Outcome::Returned(None),
        Err(error) if !error.actions().is_empty() => {
            let met = error.actions().iter().map(|action| action.current());
            met.collect::<Result<_, _>>().map_or(Outcome::Unread, Outcome::Cancelled)
        }
        Err(error) => failed::<TransactWriteItemsError>(&error),
    }
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

fn refusal(code: &str, more: Value) -> Vec<u8> {
    let mut body = json!({"__type": format!("com.amazonaws.dynamodb.v20120810#{code}"), "message": "no"});
    body.as_object_mut().unwrap().append(&mut more.as_object().unwrap().clone());
    body.to_string().into()
}

/// Answers to one write: it returns the item, returns nothing, is refused with and without an item, fails.
fn answers() -> Vec<Answer> {
    let refused = "ConditionalCheckFailedException";
    vec![
        (200, json!({"Attributes": item(7), "ConsumedCapacity": {"TableName": "world"}}).to_string().into()),
        (200, b"{}".to_vec()),
        (400, refusal(refused, json!({"Item": item(7)}))),
        (400, refusal(refused, json!({}))),
        (400, refusal("ValidationException", json!({"Item": item(7)}))),
        (400, refusal("ResourceNotFoundException", json!({}))),
    ]
}

fn cancelled() -> Vec<Answer> {
    let reason = |code: &str, more: Value| {
        let mut reason = json!({"Code": code, "Message": "no"});
        reason.as_object_mut().unwrap().append(&mut more.as_object().unwrap().clone());
        reason
    };
    let none = || json!({"Code": "None"});
    let failed = "ConditionalCheckFailed";
    let reasons = [
        json!([reason(failed, json!({"Item": item(7)})), none()]),
        json!([none(), reason(failed, json!({"Item": item(8)}))]),
        json!([reason(failed, json!({})), reason(failed, json!({"Item": item(8)}))]),
        json!([reason("ValidationError", json!({})), none()]),
    ];
    let cancelled =
        |reasons| (400, refusal("TransactionCanceledException", json!({"CancellationReasons": reasons})));
    reasons.map(cancelled).into_iter().chain([(200, b"{}".to_vec())]).collect()
}

async fn check_put(answers: &[Answer]) {
    let (theirs, ours) = (Script::of(answers.to_vec()), Script::of(answers.to_vec()));
    let text = || String::from_utf8_lossy(&answers[0].1).into_owned();
    assert_eq!(put(&ours).await, put_by_sdk(&theirs).await, "{}", text());
    assert_eq!(ours.given(), theirs.given(), "{}", text());
}

async fn check_transact(answers: &[Answer]) {
    let (theirs, ours) = (Script::of(answers.to_vec()), Script::of(answers.to_vec()));
    let (theirs, ours) = (transact_by_sdk(&theirs).await, transact(&ours).await);
    let text = String::from_utf8_lossy(&answers[0].1);
    match (&theirs, &ours) {
        // One that names no action as why is the SDK's error and nothing else.
        (Outcome::Cancelled(_), Outcome::Failed(_)) => {
            assert!(!text.contains("ConditionalCheckFailed\""), "{text}")
        }
        _ => assert_eq!(ours, theirs, "{text}"),
    }
}

#[tokio::test]
async fn what_a_write_returns_or_meets_is_read() {
    let runs = [
        Outcome::Returned(Some(strict())),
        Outcome::Returned(None),
        Outcome::Refused(Some(strict())),
        Outcome::Refused(None),
    ];
    for (answer, expected) in answers().into_iter().zip(runs) {
        assert_eq!(put(&Script::of(vec![answer])).await, expected);
    }
    for answer in answers() {
        check_put(&[answer]).await;
    }
    let both = vec![None, Some(other())];
    assert_eq!(transact(&Script::of(cancelled()[1..2].to_vec())).await, Outcome::Cancelled(both));
    for answer in cancelled() {
        check_transact(&[answer]).await;
    }
}

#[tokio::test]
async fn answers_to_writes_that_are_cut_off_anywhere() {
    for (status, body) in answers() {
        for end in 0..body.len() {
            check_put(&[(status, body[..end].to_vec()), (status, body.clone())]).await;
        }
    }
    for (status, body) in cancelled() {
        for end in 0..body.len() {
            check_transact(&[(status, body[..end].to_vec())]).await;
        }
    }
}

#[test]
fn damaged_answers_to_writes() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut runner = TestRunner::new(Config { cases: 2000, failure_persistence: None, ..Config::default() });
    let changes = proptest::collection::vec((any::<usize>(), 0u8..4, any::<u8>()), 1..4);
    let law = |(at, changes): (usize, Vec<(usize, u8, u8)>)| {
        let (status, body) = answers().swap_remove(at % answers().len());
        runtime.block_on(check_put(&[(status, mutate(body, &changes))]));
        Ok(())
    };
    runner.run(&(any::<usize>(), changes), law).unwrap();
}

/// Without this, the SDK could read everything, and no other test would notice.
#[tokio::test]
async fn the_sdk_makes_no_map_of_what_writes_return() {
    let (world, watch) = Watch::on(&open::<World>().await);
    let key = || StrictKey { owner: "ada".into(), number: 7 };
    world.put(&strict()).await.unwrap();
    watch.take();
    assert_eq!(world.put(&strict()).returning_old().await.unwrap().into_inner(), Some(strict()));
    let refused = world.insert(&strict()).await.unwrap_err();
    assert_eq!(refused.current().unwrap(), Some(strict()));
    let refused = world.transact().put(strict().insert()).put(other().put()).await.unwrap_err();
    assert_eq!(refused.actions()[0].current().unwrap(), Some(strict()));
    let deleted = world.delete(key()).returning_old().await.unwrap().into_inner();
    assert_eq!(deleted, Some(strict()));
    // The SDK reads the reasons of a cancelled transaction for their codes, and their items with them.
    assert_eq!(watch.take(), [by_sdk(), by_sdk(), true, by_sdk()]);
}

#[tokio::test]
async fn what_stands_in_the_way_is_as_it_is_stored() {
    let script = |item: Value| {
        Script::of(vec![(400, refusal("ConditionalCheckFailedException", json!({"Item": item})))])
    };
    let mut stored = item(7);
    stored["owner"] = json!({"S": "a\u{10ffff}\"\\"});
    let world = World::open(script(stored).client());
    let error = world.insert(&strict()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AlreadyExists);
    let current: Strict = error.current().unwrap().unwrap();
    assert_eq!(current, Strict { owner: "a\u{10ffff}\"\\".into(), number: 7 });
    let shown = format!("{error:?} {error} {:?}", std::error::Error::source(&error));
    assert!(!shown.contains('\u{10ffff}'), "{shown}");
}
