//! Each fault, as the SDK and the library take it.

use std::time::Duration;

use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::types::{AttributeValue, DeleteRequest, KeysAndAttributes, PutRequest, WriteRequest};
use monotable::testing::{Calls, Fault, Operation, Outcome, Proxy};
use monotable::{Entity, ErrorKind, Item, Table};

use crate::world::*;

/// What kind of failure it is, and how often the SDK tries.
#[tokio::test]
async fn each_fault_is_what_it_says() {
    use ErrorKind::*;
    let faults = [
        (Fault::throttle(), Throttled, 3),
        (Fault::internal_error(), Service, 3),
        (Fault::refuse("AccessDeniedException"), AccessDenied, 1),
        (Fault::refuse("ResourceNotFoundException"), TableNotFound, 1),
        (Fault::disconnect(), Unreachable, 3),
        (Fault::timeout(), Timeout, 3),
        (Fault::cut_body(), Service, 1),
        (Fault::respond(200, "<html>"), Service, 1),
        (Fault::respond(503, "<html>"), Service, 3),
        // It is no batch: the proxy says so.
        (Fault::unprocessed(..), Unreachable, 1),
    ];
    for (fault, kind, attempts) in faults {
        let world = world().await;
        world.shop.put(&order(1)).await.unwrap();
        world.proxy.inject(Calls::all(), fault.clone());
        let error = world.shop.get(key(1)).await.unwrap_err();
        assert_eq!((error.kind(), error.cost().attempts), (kind, attempts), "{fault:?}: {error}");
        // The put, and nothing of the reads but those whose answer is cut.
        let passed = usize::from(matches!(world.proxy.exchanges()[1].outcome, Outcome::Answered { .. }))
            * usize::from(format!("{fault:?}") == "CutBody");
        assert_eq!(world.behind.sent(), 1 + passed, "{fault:?}");
        world.proxy.clear();
        assert_eq!(*world.shop.get(key(1)).await.unwrap(), Some(order(1)), "{fault:?}");
    }
}

#[test]
#[should_panic(expected = "1000 is no status of HTTP")]
fn a_status_has_three_digits() {
    let _ = Fault::respond(1000, "");
}

/// The same write, refused before it has an effect and after.
#[tokio::test]
async fn after_its_effect_a_write_is_there_and_its_answer_is_not() {
    let faults = [Fault::internal_error(), Fault::disconnect(), Fault::timeout(), Fault::respond(500, "")];
    for fault in faults {
        let world = world().await;
        world.proxy.inject(Calls::of(Operation::PutItem).nth(1), fault.clone());
        world.shop.insert(&order(1)).await.unwrap();
        assert_eq!(world.passed(), [Operation::PutItem], "{fault:?}");

        world.proxy.inject(Calls::of(Operation::PutItem).nth(1), fault.clone().after_effect());
        let error = world.shop.insert(&order(2)).await.unwrap_err();
        // The SDK's second try finds what its first has written.
        assert_eq!((error.kind(), error.cost().attempts), (ErrorKind::AlreadyExists, 2), "{fault:?}");
        assert_eq!(world.passed(), [Operation::PutItem; 3], "{fault:?}");
        assert_eq!(*world.shop.get(key(2)).await.unwrap(), Some(order(2)));
    }
}

#[tokio::test]
async fn a_body_is_cut_after_its_effect() {
    let world = world().await;
    world.proxy.inject(Calls::all().first(1), Fault::cut_body());
    assert_eq!(world.shop.put(&order(1)).await.unwrap_err().kind(), ErrorKind::Service);
    assert_eq!(*world.shop.get(key(1)).await.unwrap(), Some(order(1)));
    let whole = world.behind.exchanges().remove(0).outcome;
    let Outcome::Answered { status: 200, body, .. } = whole else { panic!("{whole:?}") };
    assert!(body["ConsumedCapacity"].is_object(), "{body}");
    let cut = world.proxy.exchanges().remove(0).outcome;
    assert!(matches!(&cut, Outcome::Answered { status: 200, body, .. } if body.is_null()), "{cut:?}");
}

#[tokio::test]
async fn a_transaction_conflicts_as_one() {
    let world = world().await;
    world.shop.put(&order(2)).await.unwrap();
    world.proxy.inject(Calls::of(Operation::TransactGetItems).first(2), Fault::conflict());
    let read = world.shop.transact_get((key(1), key(2))).await.unwrap();
    assert_eq!((&*read, read.cost().attempts), (&(None, Some(order(2))), 3));

    world.proxy.inject(Calls::all(), Fault::conflict());
    world.shop.get(key(1)).await.unwrap_err();
    let Outcome::Answered { body, .. } = world.proxy.exchanges().pop().unwrap().outcome else {
        panic!("it was answered")
    };
    assert_eq!(body["__type"], "com.amazonaws.dynamodb.v20120810#TransactionConflictException");
    let error = world.shop.transact_get((key(1), key(2))).await.unwrap_err();
    let first = "PK = \"ORDER#1\", SK = \"ORDER\"";
    assert_eq!((error.kind(), error.key_text()), (ErrorKind::Conflict, Some(first)));

    world.proxy.clear();
    world.proxy.inject(Calls::all(), Fault::cancel(["None", "TransactionConflict"]));
    let error = world.shop.transact_get((key(1), key(2))).await.unwrap_err();
    let second = "PK = \"ORDER#2\", SK = \"ORDER\"";
    assert_eq!((error.kind(), error.key_text()), (ErrorKind::Conflict, Some(second)));
}

fn write(id: u32) -> WriteRequest {
    match id % 2 {
        0 => {
            let item = order(id).put().explain().unwrap().into_inner().item;
            WriteRequest::builder().put_request(PutRequest::builder().set_item(item).build().unwrap()).build()
        }
        _ => {
            let delete = DeleteRequest::builder().set_key(Some(raw_key(id))).build().unwrap();
            WriteRequest::builder().delete_request(delete).build()
        }
    }
}

fn raw_key(id: u32) -> Item {
    let text = |text: String| AttributeValue::S(text);
    [("PK".to_owned(), text(format!("ORDER#{id}"))), ("SK".to_owned(), text("ORDER".into()))].into()
}

#[tokio::test]
async fn parts_of_a_batch_are_left_and_the_others_done() {
    let world = world().await;
    for id in [1, 3, 5] {
        world.shop.put(&order(id)).await.unwrap();
    }
    let other = Proxy::new().attach(&world.shop.clone().named("shop-two"));
    other.create().await.unwrap();
    let batch = || {
        let batch = world.shop.sdk().batch_write_item();
        batch.request_items("shop", (1..=6).map(write).collect()).request_items("shop-two", vec![write(2)])
    };
    let nothing = std::collections::HashMap::new();

    world.proxy.inject(Calls::all().nth(1), Fault::unprocessed(1..3));
    let left = batch().send().await.unwrap().unprocessed_items.unwrap();
    assert_eq!(left, [("shop".to_owned(), vec![write(2), write(3)])].into());
    let stored = world.shop.batch_get((1..=6).map(key).collect::<Vec<_>>()).await.unwrap().into_inner();
    assert_eq!(stored, [None, None, Some(order(3)), Some(order(4)), None, Some(order(6))]);

    // The seventh part is of the other table.
    world.proxy.inject(Calls::all().nth(1), Fault::unprocessed(6..));
    let left = batch().send().await.unwrap().unprocessed_items.unwrap();
    assert_eq!(left, [("shop-two".to_owned(), vec![write(2)])].into());
    assert!(world.behind.requests().last().unwrap().tables() == ["shop"], "a table of no parts goes");

    let passed = world.behind.sent();
    world.proxy.inject(Calls::all().nth(1), Fault::unprocessed(..));
    let left = batch().send().await.unwrap().unprocessed_items.unwrap();
    assert_eq!((left["shop"].len(), left["shop-two"].len(), world.behind.sent()), (6, 1, passed));

    let deletes = Fault::unprocessed_where(|_, write| write.get("DeleteRequest").is_some());
    world.proxy.inject(Calls::all().nth(1), deletes);
    let left = batch().send().await.unwrap().unprocessed_items.unwrap();
    assert_eq!(left, [("shop".to_owned(), vec![write(1), write(3), write(5)])].into());
    assert_eq!(batch().send().await.unwrap().unprocessed_items.unwrap(), nothing);
}

/// What the engine leaves of itself, 16 MB of an answer, is left beside what the fault leaves; and how the keys are
/// read is kept.
#[tokio::test]
async fn what_the_engine_leaves_is_left_too() {
    let world = world().await;
    let ids = 0..60;
    for id in ids.clone() {
        world.shop.put(&Order { id, text: "x".repeat(350_000) }).await.unwrap();
    }
    world.proxy.inject(Calls::of(Operation::BatchGetItem), Fault::unprocessed(..5));
    let keys = KeysAndAttributes::builder().set_keys(Some(ids.map(raw_key).collect())).consistent_read(true);
    let read = world.shop.sdk().batch_get_item().request_items("shop", keys.build().unwrap());
    let read = read.send().await.unwrap();
    let found: Vec<_> = read.responses.unwrap()["shop"].iter().map(|item| item["PK"].clone()).collect();
    let left = read.unprocessed_keys.unwrap().remove("shop").unwrap();
    assert_eq!((left.consistent_read(), found.len()), (Some(true), 16 * 1024 * 1024 / 350_000));
    assert!((0..5).all(|id| left.keys.contains(&raw_key(id))));
    let mut all: Vec<_> = left.keys.iter().map(|key| key["PK"].clone()).chain(found).collect();
    all.sort_by_key(|key| key.as_s().unwrap()["ORDER#".len()..].parse::<u32>().unwrap());
    assert!(all.into_iter().eq((0..60).map(|id| raw_key(id)["PK"].clone())));
}

#[tokio::test]
async fn latency_takes_the_time_of_the_clock_and_adds_up() {
    let world = world().await;
    let seconds = Duration::from_secs;
    world.proxy.inject(Calls::all(), Fault::latency(seconds(3600)));
    world.proxy.inject(Calls::of(Operation::GetItem).nth(2), Fault::latency(seconds(60)).after_effect());
    for (attempt, passed) in [(1, 3600), (2, 3600 + 3660)] {
        world.shop.get(key(attempt)).await.unwrap();
        assert_eq!(world.proxy.clock().elapsed(), seconds(passed));
    }
    world.proxy.inject(Calls::all(), Fault::refuse("AccessDeniedException"));
    assert_eq!(world.shop.get(key(1)).await.unwrap_err().kind(), ErrorKind::AccessDenied);
    assert_eq!(world.proxy.clock().elapsed(), seconds(3600 * 3 + 60));
    let last = world.proxy.exchanges().pop().unwrap();
    assert_eq!(last.faults.len(), 2, "{:?}", last.faults);
    let Outcome::Answered { status: 400, at, .. } = last.outcome else { panic!("{:?}", last.outcome) };
    assert_eq!(at.duration_since(last.request.sent_at).unwrap(), seconds(3600));
}

/// A timeout of the client's own: the call is given up, before or after the engine has done it.
#[tokio::test]
async fn a_late_answer_is_a_timeout() {
    for (fault, stored) in [
        (Fault::latency(Duration::from_secs(5)), None),
        (Fault::latency(Duration::from_secs(5)).after_effect(), Some(order(1))),
    ] {
        let behind = Proxy::new();
        let shop = behind.attach(&Shop::embedded().await.unwrap());
        let timeouts = TimeoutConfig::builder().operation_attempt_timeout(Duration::from_secs(2));
        let config = shop.sdk().config().to_builder().timeout_config(timeouts.build()).build();
        let proxy = Proxy::new();
        let slow = Shop::open(proxy.client(&config));
        proxy.inject(Calls::of(Operation::PutItem), fault);
        let error = slow.put(&order(1)).await.unwrap_err();
        assert_eq!((error.kind(), error.cost().attempts), (ErrorKind::Timeout, 3));
        let [first, ..] = &proxy.exchanges()[..] else { panic!("nothing was sent") };
        assert!(matches!(first.outcome, Outcome::GivenUp), "{first:?}");
        assert_eq!(proxy.clock().slept()[0], Duration::from_secs(2));
        assert_eq!(*slow.get(key(1)).await.unwrap(), stored);
    }
}

/// With no engine, a client has nobody to talk to, and the error says why.
#[tokio::test]
async fn nothing_is_behind_a_table_that_is_opened_on_a_proxy() {
    let proxy = Proxy::new();
    let shop = proxy.open::<Shop>();
    assert_eq!(shop.get(key(1)).await.unwrap_err().kind(), ErrorKind::Unreachable);
    let Outcome::Unanswered { why, .. } = &proxy.exchanges()[0].outcome else { panic!("it was answered") };
    assert!(why.contains("there is no engine behind the proxy"), "{why}");
    proxy.inject(Calls::all(), Fault::respond(200, "{}"));
    assert_eq!(*shop.get(key(1)).await.unwrap(), None);
}

/// Clients share what they may spend on retries; those of proxies do not, or one test would change another.
#[tokio::test]
async fn retries_do_not_run_out_elsewhere() {
    let world = world().await;
    world.proxy.inject(Calls::all(), Fault::internal_error());
    let mut attempts = Vec::new();
    for id in 0..60 {
        attempts.push(world.shop.get(key(id)).await.unwrap_err().cost().attempts);
    }
    assert!(attempts.contains(&3) && attempts.contains(&1), "{attempts:?}");
    let other = crate::world::world().await;
    other.proxy.inject(Calls::all().first(2), Fault::internal_error());
    assert_eq!(other.shop.get(key(1)).await.unwrap().cost().attempts, 3);
}
