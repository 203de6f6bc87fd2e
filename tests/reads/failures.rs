//! What DynamoDB refuses, leaves or cancels: retried where it passes, and an error with its cost where not.

use std::time::Duration;

use monotable::testing::{Calls, Fault};
use monotable::{Entity, Error, ErrorKind, Handle};
use monotable_tests::{engine, open, proxied, sizes};
use serde_json::json;

use crate::library::{Library, any_key, author, author_key, book, book_key, put, stored};

/// The engine with the keys `0..250` stored.
async fn full() -> Handle<Library> {
    let library = open::<Library>().await;
    for number in 0..250 {
        put(&library, &stored(number, 10)).await;
    }
    library
}

async fn batch(library: &Handle<Library>, keys: usize) -> Result<usize, Error> {
    let keys: Vec<_> = (0..keys).map(any_key).collect();
    let found = library.batch_get(keys).calls_at_once(1).await?;
    Ok(found.iter().flatten().count())
}

#[track_caller]
fn check(error: &Error, kind: ErrorKind, text: &str) {
    assert_eq!((error.kind(), error.to_string().as_str()), (kind, text));
}

#[tokio::test]
async fn keys_that_stay_unprocessed_are_an_error_and_never_missing() {
    let (library, proxy) = proxied(&full().await);
    proxy.inject(Calls::all(), Fault::unprocessed_where(|_, key| key["PK"]["S"] == "BOOK#3"));
    let error = batch(&library, 250).await.unwrap_err();
    let text = "cannot batch_get `Library`: DynamoDB left 18 of 250 keys unprocessed, after 10 tries in a row \
                without progress";
    check(&error, ErrorKind::Throttled, text);
    // One round of three calls made progress; ten did not. Every other key was read and paid once.
    assert_eq!(sizes(&proxy), [vec![100, 100, 50], vec![18; 10]].concat());
    assert_eq!((error.cost().calls, error.cost().attempts), (13, 13));
    assert_eq!((error.cost().read_units(), error.cost().evaluated), (engine().batch_read_units(116.0), 232));
    let longest = [50, 50, 100, 200, 400, 800, 1600, 3200, 5000, 5000].map(Duration::from_millis);
    assert!(proxy.clock().slept().iter().zip(longest).all(|(slept, longest)| *slept <= longest));
    assert_eq!(proxy.clock().slept().len(), longest.len());
}

#[tokio::test]
async fn keys_that_are_all_left_keep_their_consistency_in_every_round() {
    let (library, proxy) = proxied(&full().await);
    proxy.inject(Calls::all(), Fault::unprocessed(..));
    let error = library.batch_get([book_key(0), book_key(2)]).consistent().await.unwrap_err();
    let text = "cannot batch_get `Book`: DynamoDB left 2 of 2 keys unprocessed, after 10 tries in a row without \
                progress";
    check(&error, ErrorKind::Throttled, text);
    assert_eq!((error.cost().calls, error.cost().read_units()), (10, 0.0));
    for request in proxy.requests() {
        request.assert_has(json!({ "RequestItems": { library.name(): { "ConsistentRead": true } } }));
        assert_eq!(request.keys().len(), 2);
    }
}

/// As the first but one is answered, the client is throttled. What was read before is paid.
#[tokio::test]
async fn a_throttled_call_is_the_sdks_to_retry() {
    let (library, proxy) = proxied(&full().await);
    proxy.inject(Calls::all().nth(2), Fault::throttle());
    assert_eq!(batch(&library, 250).await.unwrap(), 250);
    assert_eq!(sizes(&proxy), [100, 100, 100, 50]);
}

#[tokio::test]
async fn a_call_that_stays_throttled_ends_the_batch_with_its_cost() {
    let (library, proxy) = proxied(&full().await);
    proxy.inject(Calls::all().after(1), Fault::throttle());
    let error = batch(&library, 250).await.unwrap_err();
    let text = "cannot batch_get `Library`: DynamoDB asks for less traffic: injected by monotable::testing";
    check(&error, ErrorKind::Throttled, text);
    // One that was answered, and one that the SDK tried three times. The third was never begun.
    assert_eq!(sizes(&proxy), [100, 100, 100, 100]);
    assert_eq!((error.cost().calls, error.cost().attempts), (2, 4));
    assert_eq!((error.cost().read_units(), error.cost().evaluated), (engine().batch_read_units(50.0), 100));
}

/// Those that are on their way when one is refused are still answered, and paid. None is begun after it.
#[tokio::test]
async fn calls_on_their_way_are_paid_when_another_fails() {
    let (behind, network) = proxied(&full().await);
    // A refusal takes its time, as every answer.
    network.inject(Calls::all(), Fault::latency_between(Duration::from_millis(1), Duration::from_millis(9)));
    let second = Calls::all().matching(|request| request.keys()[0]["SK"]["S"] == "BOOK#t100");
    network.inject(second, Fault::refuse("ValidationException"));
    let (library, proxy) = proxied(&behind);
    let keys: Vec<_> = (0..1200).map(any_key).collect();
    let error = library.batch_get(keys).await.unwrap_err();
    check(
        &error,
        ErrorKind::Service,
        "cannot batch_get `Library`: DynamoDB answers ValidationException: injected by monotable::testing",
    );
    let sent = proxy.sent();
    assert!((4..12).contains(&sent), "{sent} were sent");
    assert_eq!(proxy.most_under_way(), 4);
    assert_eq!(error.cost().calls as usize, sent);
    assert_eq!(error.cost().read_units(), engine().batch_read_units(50.0 * (sent - 1) as f64));
}

#[tokio::test]
async fn a_conflict_is_tried_again() {
    for conflicts in [1, 9] {
        let (library, proxy) = proxied(&full().await);
        proxy.inject(Calls::all().first(conflicts.into()), Fault::cancel(["None", "TransactionConflict"]));
        let read = library.transact_get((book_key(0), author_key(1))).await.unwrap();
        assert_eq!(*read, (Some(book(0, 10)), Some(author(1, 10))));
        assert_eq!((read.cost().calls, read.cost().attempts), (conflicts + 1, conflicts + 1));
        // What the cancelled tries consumed is not reported.
        assert_eq!((read.read_units(), proxy.clock().slept().len()), (4.0, conflicts as usize));
    }
}

#[tokio::test]
async fn a_conflict_that_stays_names_the_key() {
    let (library, proxy) = proxied(&full().await);
    proxy.inject(Calls::all(), Fault::cancel(["None", "TransactionConflict", "ThrottlingError"]));
    let keys = (author_key(1), book_key(4), book_key(6));
    let error = library.transact_get(keys).await.unwrap_err();
    let text = "cannot transact_get `Book` (PK = \"BOOK#4\", SK = \"BOOK#t4\"): another transaction is at work on \
                this item, after 10 tries in a row without progress";
    check(&error, ErrorKind::Conflict, text);
    assert_eq!(error.key_text(), Some(r#"PK = "BOOK#4", SK = "BOOK#t4""#));
    assert_eq!((error.cost().calls, error.cost().attempts, proxy.sent()), (10, 10, 10));
    assert_eq!(error.cost().read_units(), 0.0);
}

#[tokio::test]
async fn a_transaction_without_capacity_is_throttled() {
    let (library, proxy) = proxied(&full().await);
    proxy.inject(Calls::all(), Fault::cancel(["ProvisionedThroughputExceeded"]));
    let error = library.transact_get(author_key(1)).await.unwrap_err();
    let text = "cannot transact_get `Author` (PK = \"AUTHOR#n1\", SK = \"AUTHOR\"): DynamoDB asks for less traffic, \
                after 10 tries in a row without progress";
    check(&error, ErrorKind::Throttled, text);
}

/// What does not pass is not tried again, even beside a conflict.
#[tokio::test]
async fn another_reason_to_cancel_ends_it_at_once() {
    for (code, kind, reason) in [
        ("AccessDenied", ErrorKind::AccessDenied, "the credentials do not allow it"),
        (
            "ValidationError",
            ErrorKind::Service,
            "DynamoDB cancels the transaction because of it, by ValidationError",
        ),
    ] {
        let (library, proxy) = proxied(&full().await);
        proxy.inject(Calls::all(), Fault::cancel([code, "TransactionConflict"]));
        let error = library.transact_get((author_key(1), book_key(4))).await.unwrap_err();
        let text = format!("cannot transact_get `Author` (PK = \"AUTHOR#n1\", SK = \"AUTHOR\"): {reason}");
        check(&error, kind, &text);
        assert_eq!((proxy.sent(), error.cost().calls), (1, 1));
    }
    let (library, proxy) = proxied(&full().await);
    proxy.inject(Calls::all(), Fault::refuse("ResourceNotFoundException"));
    let error = library.transact_get((author_key(1), book_key(4))).await.unwrap_err();
    assert_eq!((error.kind(), error.entity(), error.key_text()), (ErrorKind::TableNotFound, "Library", None));
}

/// An author where a book should be: somebody wrote it by hand.
#[tokio::test]
async fn an_item_of_another_type_names_its_key() {
    let library = full().await;
    let key = book(8, 0).put().explain().unwrap().into_inner().item.unwrap();
    let mut item = author(1, 10).put().explain().unwrap().into_inner().item.unwrap();
    item.extend(key.into_iter().filter(|(name, _)| name == "PK" || name == "SK"));
    let put = library.sdk().put_item().table_name(library.name()).set_item(Some(item));
    put.send().await.unwrap();

    let text = |operation| {
        format!(
            "cannot {operation} `Book` (PK = \"BOOK#1\", SK = \"BOOK#t8\"): the stored item is of type `author`, \
             not `Book`"
        )
    };
    let typed = library.batch_get([book_key(6), book_key(8)]).await.unwrap_err();
    check(&typed, ErrorKind::WrongType, &text("batch_get"));
    // What it cost is known, since it was read.
    let units = engine().batch_read_units(1.0);
    assert_eq!((typed.cost().read_units(), typed.cost().evaluated, typed.cost().calls), (units, 2, 1));
    // The table's enum could read it; the key says what it has to be.
    let erased = library.batch_get([any_key(1), any_key(8)]).await.unwrap_err();
    check(&erased, ErrorKind::WrongType, &text("batch_get"));
    let transaction = library.transact_get((author_key(1), book_key(8))).await.unwrap_err();
    check(&transaction, ErrorKind::WrongType, &text("transact_get"));
    assert_eq!(transaction.cost().read_units(), 4.0);
    let single = library.get(book_key(8)).await.unwrap_err();
    check(&single, ErrorKind::WrongType, &text("get"));
    assert_eq!(single.cost().read_units(), 0.5);
}
