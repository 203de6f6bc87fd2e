//! What is remembered of calls.

use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};

use monotable::Table;
use monotable::testing::{Calls, Fault, Operation, Outcome, Proxy};
use serde_json::json;

use crate::world::*;

#[tokio::test]
async fn requests_come_in_order_with_their_bodies() {
    let world = world().await;
    world.shop.put(&order(1)).await.unwrap();
    world.proxy.clock().advance(std::time::Duration::from_secs(5));
    world.shop.get(key(1)).consistent().await.unwrap();
    world.proxy.assert_sent([Operation::PutItem, Operation::GetItem]);
    let requests = world.proxy.requests();
    requests[0].assert_has(json!({ "TableName": "shop", "Item": { "text": { "S": "order 1" } } }));
    requests[1].assert_has(json!({ "ConsistentRead": true }));
    let between = requests[1].sent_at.duration_since(requests[0].sent_at).unwrap();
    assert_eq!(between.as_secs(), 5);
    let Outcome::Answered { status, body, at, .. } = &world.proxy.exchanges()[1].outcome else {
        panic!("it was answered")
    };
    assert_eq!((status, at), (&200, &requests[1].sent_at));
    assert_eq!(body["Item"]["text"], json!({ "S": "order 1" }));
    // What went through is what was sent.
    let bodies = |proxy: &Proxy| proxy.requests().into_iter().map(|request| request.body).collect::<Vec<_>>();
    assert_eq!(bodies(&world.proxy), bodies(&world.behind));

    world.proxy.forget();
    world.shop.get(key(2)).await.unwrap();
    world.proxy.assert_sent([Operation::GetItem]);
    assert_eq!((world.proxy.sent(), world.proxy.under_way(), world.proxy.most_under_way()), (3, 0, 1));
}

/// Tables and keys, wherever an operation has them.
#[tokio::test]
async fn tables_and_keys_are_found() {
    let proxy = Proxy::new();
    let shop = proxy.open::<Shop>();
    proxy.inject(Calls::all(), Fault::respond(200, "{}"));
    let _ = shop.get(key(1)).await;
    let _ = shop.delete(key(2)).await;
    let _ = shop.put(&order(3)).await;
    let _ = shop.batch_get((key(4), key(5))).await;
    let _ = shop.transact_get((key(6), key(7))).await;
    let _ = shop.sdk().list_tables().send().await;
    let found: Vec<_> = proxy.requests().iter().map(describe).collect();
    assert_eq!(
        found,
        [
            "GetItem [\"shop\"] ORDER#1",
            "DeleteItem [\"shop\"] ORDER#2",
            "PutItem [\"shop\"] ",
            "BatchGetItem [\"shop\"] ORDER#4 ORDER#5",
            "TransactGetItems [\"shop\"] ORDER#6 ORDER#7",
            "ListTables [] ",
        ]
    );
}

fn describe(request: &monotable::testing::Request) -> String {
    let keys: Vec<_> = request.keys().iter().map(|key| key["PK"]["S"].as_str().unwrap().to_owned()).collect();
    format!("{} {:?} {}", request.operation, request.tables(), keys.join(" "))
}

#[tokio::test]
async fn who_does_not_wait_has_given_up() {
    let world = world().await;
    let _hold = world.proxy.hold(Calls::all());
    {
        let mut read = pin!(world.shop.get(key(1)).into_future());
        while world.proxy.under_way() == 0 {
            assert!(read.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        }
        assert!(matches!(world.proxy.exchanges()[0].outcome, Outcome::UnderWay));
    }
    assert!(matches!(world.proxy.exchanges()[0].outcome, Outcome::GivenUp));
    assert_eq!((world.proxy.under_way(), world.behind.sent()), (0, 0));
}

#[tokio::test]
async fn what_is_not_recorded_is_counted() {
    let proxy = Proxy::new().without_records();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let watcher = seen.clone();
    proxy.watch(move |exchange| watcher.lock().unwrap().push(exchange.outcome.clone()));
    let shop = proxy.attach(&Shop::embedded().await.unwrap());
    proxy.inject(Calls::all().nth(2), Fault::refuse("AccessDeniedException"));
    shop.put(&order(1)).await.unwrap();
    assert!(shop.put(&order(1)).await.is_err());
    assert_eq!((proxy.sent(), proxy.exchanges().len()), (2, 0));
    // Who watches is told all the same.
    let seen = seen.lock().unwrap();
    let [Outcome::Answered { status: 200, body, .. }, Outcome::Answered { status: 400, .. }] = &seen[..]
    else {
        panic!("{seen:?}")
    };
    assert_eq!(body["ConsumedCapacity"]["TableName"], "shop");
}

/// What a helper for assertions says when it fails.
#[tokio::test]
async fn assertions_say_what_was_sent() {
    let world = world().await;
    let says = |assertion: &dyn Fn()| {
        let panic = std::panic::catch_unwind(AssertUnwindSafe(assertion)).unwrap_err();
        *panic.downcast::<String>().unwrap()
    };
    assert_eq!(
        says(&|| world.proxy.assert_sent([Operation::Query])),
        "expected [Query], and this was sent: nothing"
    );
    world.shop.delete(key(1)).await.unwrap();
    let body = world.proxy.requests()[0].body.to_string();
    assert_eq!(
        says(&|| world.proxy.assert_sent([])),
        format!("expected [], and this was sent: \n  1. DeleteItem {body}")
    );
    assert_eq!(
        says(&|| world.proxy.requests()[0].assert_has(json!({ "Key": { "PK": { "S": "ORDER#2" } } }))),
        format!(
            "the body of DeleteItem has not what is expected at .Key.PK.S:\n  expected: \"ORDER#2\"\n  found: \
             \"ORDER#1\"\n  body: {body}"
        )
    );
    assert!(says(&|| world.proxy.requests()[0].assert_has(json!({ "Limit": 1 }))).contains("found: null"));
}
