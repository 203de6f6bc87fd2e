//! A transaction that fails on its way: what passes is tried again, nothing takes effect twice.

use monotable::testing::{Calls, Fault, Proxy, Request};
use monotable::{Entity, Error, ErrorKind, Handle};
use monotable_tests::proxied;

use crate::shop::{Shop, order, order_key, product, shop_with, stored};

/// The first so many requests fail like this.
async fn failing(times: u64, fault: Fault) -> (Handle<Shop>, Proxy) {
    let (shop, proxy) = proxied(&shop_with(1).await);
    proxy.inject(Calls::all().first(times), fault);
    (shop, proxy)
}

fn token(request: &Request) -> &str {
    request.body["ClientRequestToken"].as_str().unwrap_or_default()
}

async fn write(shop: &Handle<Shop>) -> Result<(u32, f64), Error> {
    let done = shop.transact().put(product(0).put()).put(order(1).insert()).await?;
    Ok((done.cost().calls, done.write_units()))
}

fn one_token(proxy: &Proxy) {
    let sent = proxy.requests();
    assert!(!token(&sent[0]).is_empty());
    assert!(sent.iter().all(|request| token(request) == token(&sent[0])), "{sent:?}");
}

#[tokio::test]
async fn what_passes_is_tried_again_with_one_token() {
    for codes in [
        vec!["None", "TransactionConflict"],
        vec!["ThrottlingError", "TransactionConflict"],
        vec!["ProvisionedThroughputExceeded", "None"],
    ] {
        let (shop, proxy) = failing(9, Fault::cancel(codes)).await;
        // What the cancelled tries consumed is not reported.
        assert_eq!(write(&shop).await.unwrap(), (10, 5.0));
        assert_eq!((proxy.sent(), proxy.clock().slept().len()), (10, 9));
        one_token(&proxy);
    }
}

/// The SDK tries these again, three times for each try of ours.
#[tokio::test]
async fn one_in_progress_is_waited_for() {
    let (shop, proxy) = failing(4, Fault::refuse("TransactionInProgressException")).await;
    assert_eq!(write(&shop).await.unwrap(), (2, 5.0));
    assert_eq!(proxy.sent(), 5);
    one_token(&proxy);
}

#[tokio::test]
async fn two_transactions_have_two_tokens() {
    let (shop, proxy) = proxied(&shop_with(1).await);
    write(&shop).await.unwrap();
    shop.transact().delete(shop.delete(order_key(1))).await.unwrap();
    let [first, second] = &proxy.requests()[..] else { panic!("two requests") };
    assert_ne!(token(first), token(second));
    assert!((1..=36).contains(&token(first).len()));
}

#[tokio::test]
async fn a_conflict_that_stays_names_the_action() {
    let (shop, proxy) = failing(99, Fault::cancel(["None", "TransactionConflict"])).await;
    let error = write(&shop).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot insert `Order` (PK = \"CUSTOMER#ada\", SK = \"ORDER#000001\") in a transaction: another transaction \
         is at work on this item, after 10 tries in a row without progress; nothing was written"
    );
    assert_eq!((error.kind(), proxy.sent()), (ErrorKind::Conflict, 10));
    assert_eq!((error.cost().calls, error.cost().attempts), (10, 10));
    assert!(error.actions()[0].error().is_none());
    assert!(!error.is_condition_failed());
}

/// Beside what passes stands what does not: that is the error, and there is no further try.
#[tokio::test]
async fn what_does_not_pass_ends_it_at_once() {
    for (code, kind) in [
        ("ConditionalCheckFailed", ErrorKind::AlreadyExists),
        ("ValidationError", ErrorKind::Service),
        ("ItemCollectionSizeLimitExceeded", ErrorKind::Service),
        ("AccessDenied", ErrorKind::AccessDenied),
    ] {
        let (shop, proxy) = failing(99, Fault::cancel(["TransactionConflict", code])).await;
        let error = write(&shop).await.unwrap_err();
        assert_eq!((error.kind(), error.entity()), (kind, "Order"), "{code}");
        assert_eq!(proxy.sent(), 1);
        assert_eq!(error.actions()[0].error().unwrap().kind(), ErrorKind::Conflict);
    }
}

/// The write happened, the answer got lost: it is sent again, and happens once.
#[tokio::test]
async fn an_effect_is_not_doubled() {
    for fault in [Fault::internal_error().after_effect(), Fault::disconnect().after_effect()] {
        let (shop, proxy) = failing(2, fault).await;
        // By themselves, an insert would now find its own item and fail.
        let (calls, units) = write(&shop).await.unwrap();
        // It was looked at, not written: the engine reports read units.
        assert_eq!((calls, units, proxy.sent()), (1, 0.0, 3));
        one_token(&proxy);
        assert_eq!(stored(&shop).await.len(), 3);
    }
}

/// The program does not know whether it happened, and asks by the same token.
#[tokio::test]
async fn a_token_of_the_users_outlives_the_operation() {
    let (shop, proxy) = failing(3, Fault::disconnect().after_effect()).await;
    let transact = shop.transact().put(order(1).insert()).idempotency_token("order 1");
    let error = transact.clone().await.unwrap_err();
    assert_eq!((error.kind(), error.actions().len()), (ErrorKind::Unreachable, 0));
    assert_eq!(error.to_string(), "cannot transact `Order`: DynamoDB cannot be reached");
    let again = transact.await.unwrap();
    assert_eq!((again.write_units(), again.read_units()), (0.0, 2.0));
    one_token(&proxy);

    let other = shop.transact().put(order(2).insert()).idempotency_token("order 1").await.unwrap_err();
    assert_eq!(
        other.to_string(),
        "cannot transact `Order`: its idempotency token was used in the last 10 minutes for a transaction with other \
         actions; nothing was written"
    );
    assert_eq!(other.kind(), ErrorKind::IdempotencyMismatch);
}
