//! A transaction that fails on its way: what passes is tried again, nothing takes effect twice.

use monotable::{Entity, Error, ErrorKind, Handle};

use crate::faults::{Fault, Faults, faulty};
use crate::shop::{Shop, order, order_key, product, shop_with, stored};

/// The first so many requests fail like this.
async fn failing(times: usize, fault: Fault) -> (Handle<Shop>, Faults) {
    let mut sent = 0;
    faulty(&shop_with(1).await, move |_| {
        sent += 1;
        if sent > times { Fault::None } else { fault.clone() }
    })
}

async fn write(shop: &Handle<Shop>) -> Result<(u32, f64), Error> {
    let done = shop.transact().put(product(0).put()).put(order(1).insert()).await?;
    Ok((done.cost().calls, done.write_units()))
}

fn one_token(faults: &Faults) {
    let sent = faults.sent();
    assert!(!sent[0].token().is_empty());
    assert!(sent.iter().all(|request| request.token() == sent[0].token()), "{sent:?}");
}

#[tokio::test]
async fn what_passes_is_tried_again_with_one_token() {
    for codes in [
        vec!["None", "TransactionConflict"],
        vec!["ThrottlingError", "TransactionConflict"],
        vec!["ProvisionedThroughputExceeded", "None"],
    ] {
        let (shop, faults) = failing(9, Fault::Cancelled(codes)).await;
        // What the cancelled tries consumed is not reported.
        assert_eq!(write(&shop).await.unwrap(), (10, 5.0));
        assert_eq!((faults.sent().len(), faults.slept().len()), (10, 9));
        one_token(&faults);
    }
}

/// The SDK tries these again, three times for each try of ours.
#[tokio::test]
async fn one_in_progress_is_waited_for() {
    let (shop, faults) = failing(4, Fault::Refused("TransactionInProgressException")).await;
    assert_eq!(write(&shop).await.unwrap(), (2, 5.0));
    assert_eq!(faults.sent().len(), 5);
    one_token(&faults);
}

#[tokio::test]
async fn two_transactions_have_two_tokens() {
    let (shop, faults) = failing(0, Fault::None).await;
    write(&shop).await.unwrap();
    shop.transact().delete(shop.delete(order_key(1))).await.unwrap();
    let [first, second] = &faults.sent()[..] else { panic!("two requests") };
    assert_ne!(first.token(), second.token());
    assert!((1..=36).contains(&first.token().len()));
}

#[tokio::test]
async fn a_conflict_that_stays_names_the_action() {
    let (shop, faults) = failing(99, Fault::Cancelled(vec!["None", "TransactionConflict"])).await;
    let error = write(&shop).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot insert `Order` (PK = \"CUSTOMER#ada\", SK = \"ORDER#000001\") in a transaction: another transaction \
         is at work on this item, after 10 tries in a row without progress; nothing was written"
    );
    assert_eq!((error.kind(), faults.sent().len()), (ErrorKind::Conflict, 10));
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
        let (shop, faults) = failing(99, Fault::Cancelled(vec!["TransactionConflict", code])).await;
        let error = write(&shop).await.unwrap_err();
        assert_eq!((error.kind(), error.entity()), (kind, "Order"), "{code}");
        assert_eq!(faults.sent().len(), 1);
        assert_eq!(error.actions()[0].error().unwrap().kind(), ErrorKind::Conflict);
    }
}

/// The write happened, the answer got lost: it is sent again, and happens once.
#[tokio::test]
async fn an_effect_is_not_doubled() {
    for fault in [Fault::After("InternalServerError"), Fault::Broken] {
        let (shop, faults) = failing(2, fault).await;
        // By themselves, an insert would now find its own item and fail.
        let (calls, units) = write(&shop).await.unwrap();
        // It was looked at, not written: the engine reports read units.
        assert_eq!((calls, units, faults.sent().len()), (1, 0.0, 3));
        one_token(&faults);
        assert_eq!(stored(&shop).await.len(), 3);
    }
}

/// The program does not know whether it happened, and asks by the same token.
#[tokio::test]
async fn a_token_of_the_users_outlives_the_operation() {
    let (shop, faults) = failing(3, Fault::Broken).await;
    let transact = shop.transact().put(order(1).insert()).idempotency_token("order 1");
    let error = transact.clone().await.unwrap_err();
    assert_eq!((error.kind(), error.actions().len()), (ErrorKind::Unreachable, 0));
    assert_eq!(error.to_string(), "cannot transact `Order`: DynamoDB cannot be reached");
    let again = transact.await.unwrap();
    assert_eq!((again.write_units(), again.read_units()), (0.0, 2.0));
    one_token(&faults);

    let other = shop.transact().put(order(2).insert()).idempotency_token("order 1").await.unwrap_err();
    assert_eq!(
        other.to_string(),
        "cannot transact `Order`: its idempotency token was used in the last 10 minutes for a transaction with other \
         actions; nothing was written"
    );
    assert_eq!(other.kind(), ErrorKind::IdempotencyMismatch);
}
