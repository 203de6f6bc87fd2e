//! Calls that are throttled, against what DynamoDB would say of it: attempts and its reasons are counted.

use monotable::ErrorKind;
use monotable::testing::{Calls, Fault};
use monotable_tests::proxied;
use serde_json::json;

use crate::model::{Order, OrderKey, order, shop};

const HOT: &str = "TableReadKeyRangeThroughputExceeded";
const FULL: &str = "IndexWriteAccountLimitExceeded";

/// The other exception for it, which differs in the case of the reasons' name too.
fn throttling(reason: &str) -> Fault {
    let resource = "arn:aws:dynamodb:eu-north-1:123456789012:table/shop";
    let body = json!({
        "__type": "com.amazonaws.dynamodb.v20120810#ThrottlingException",
        "message": "the test says so",
        "throttlingReasons": [{ "reason": reason, "resource": resource }],
    });
    Fault::respond(400, body.to_string())
}

fn key(number: u32) -> OrderKey {
    OrderKey { customer: "ada".into(), number }
}

#[tokio::test]
async fn a_throttled_call_that_succeeds_at_last_says_so() {
    let (shop, proxy) = proxied(&shop().await);
    proxy.inject(Calls::all().nth(1), throttling(HOT));
    proxy.inject(Calls::all().nth(2), Fault::throttle_because([HOT, FULL]));
    let got = shop.get(key(1)).await.unwrap();
    let cost = got.cost();
    assert_eq!((cost.calls, cost.attempts, cost.throttled, cost.read_units()), (1, 3, 2, 0.5));
    let snapshot = shop.ledger().snapshot();
    let get = snapshot.pattern("get", "Order").unwrap();
    assert_eq!((get.calls, get.errors, get.retries, get.throttled), (1, 0, 2, 2));
    let reasons: Vec<_> = get.throttling_reasons.iter().map(|(reason, count)| (&**reason, *count)).collect();
    assert_eq!(reasons, [(FULL, 1), (HOT, 2)]);
    let text = snapshot.to_string();
    assert!(text.contains(&format!("throttled 2 times: {HOT}, at get Order")), "{text}");
}

#[tokio::test]
async fn a_call_that_stays_throttled_has_its_attempts_in_its_error() {
    let (shop, proxy) = proxied(&shop().await);
    proxy.inject(Calls::all(), throttling(HOT));
    let error = shop.query(Order::by_customer("ada")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Throttled);
    assert_eq!((error.cost().attempts, error.cost().throttled), (3, 3));
    let snapshot = shop.ledger().snapshot();
    let query = snapshot.pattern("query", "Order").unwrap();
    assert_eq!((query.calls, query.errors, query.throttled), (1, 1, 3));
    assert_eq!(query.throttling_reasons[HOT], 3);
}

#[tokio::test]
async fn another_failure_is_an_error_and_no_throttling() {
    let (shop, proxy) = proxied(&shop().await);
    proxy.inject(Calls::all(), Fault::internal_error());
    let error = shop.put(&order("ada", 1)).await.unwrap_err();
    assert_eq!((error.kind(), error.cost().throttled), (ErrorKind::Service, 0));
    let snapshot = shop.ledger().snapshot();
    let put = snapshot.pattern("put", "Order").unwrap();
    assert_eq!((put.errors, put.throttled, put.throttling_reasons.len()), (1, 0, 0));
}
