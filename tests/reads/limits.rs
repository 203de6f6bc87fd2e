//! Where DynamoDB's limits are, the engine's own among them.

use std::time::Duration;

use monotable::ErrorKind;
use monotable::testing::{Calls, Fault};
use monotable_tests::{Quirk, engine, open, proxied, sizes};

use crate::library::{Library, any_key, book, book_key, consistent_units};

/// 21 MB: the engine, as DynamoDB, answers 16 MB at most and leaves the other keys unprocessed.
#[tokio::test]
async fn more_than_an_answer_holds_takes_further_rounds() {
    let library = open::<Library>().await;
    let books: Vec<_> = (0..60).map(|number| book(2 * number, 350_000)).collect();
    for book in &books {
        library.put(book).await.unwrap();
    }
    let (library, proxy) = proxied(&library);
    let keys: Vec<_> = (0..60).map(|number| book_key(2 * number)).collect();
    let read = library.batch_get(keys).await.unwrap();
    assert!(read.iter().flatten().eq(&books));
    let units: f64 = books.iter().map(|book| consistent_units(Some(&book.clone().into()))).sum();
    assert_eq!(read.read_units(), engine().batch_read_units(0.5 * units));
    if engine().has(Quirk::BatchGetAbove16Mb) {
        return;
    }
    assert_eq!(read.cost().calls, 2);
    assert_eq!(sizes(&proxy), [60, 60 - 16 * 1024 * 1024 / 350_000]);
    // The round brought something: its wait is the shortest.
    assert!(matches!(proxy.clock().slept()[..], [slept] if slept <= Duration::from_millis(50)));
}

#[tokio::test]
async fn a_transaction_of_a_hundred_and_one_is_not_sent() {
    let library = open::<Library>().await;
    let (library, proxy) = proxied(&library);
    let keys = |count| (0..count).map(any_key).collect::<Vec<_>>();
    let error = library.transact_get(keys(101)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(
        error.to_string(),
        "cannot transact_get `Library`: it reads 101 different keys, and DynamoDB takes 100 in one transaction"
    );
    proxy.assert_sent([]);
    assert_eq!(error.cost(), &monotable::Cost::default());
    // A hundred different ones, however often.
    let read = library.transact_get([keys(100), keys(50)].concat()).await.unwrap();
    assert_eq!((read.len(), read.read_units(), read.cost().calls), (150, 200.0, 1));
}

#[tokio::test]
async fn no_keys_are_no_call() {
    let library = open::<Library>().await;
    let (library, proxy) = proxied(&library);
    let none = library.batch_get(Vec::<monotable::AnyKey<Library>>::new()).await.unwrap();
    assert_eq!((none.len(), none.cost()), (0, &monotable::Cost::default()));
    let none = library.transact_get(&[] as &[crate::library::BookKey]).await.unwrap();
    assert_eq!((none.len(), none.cost()), (0, &monotable::Cost::default()));
    proxy.assert_sent([]);
}

/// A round that brings one key of many is progress, however many such rounds it takes.
#[tokio::test]
async fn one_key_a_round_gets_there() {
    let library = open::<Library>().await;
    let (library, proxy) = proxied(&library);
    proxy.inject(Calls::all(), Fault::unprocessed(1..));
    let read = library.batch_get((0..60).map(any_key).collect::<Vec<_>>()).await.unwrap();
    assert_eq!((read.cost().calls, read.read_units(), read.len()), (60, engine().batch_read_units(30.0), 60));
    assert!(proxy.clock().slept().iter().all(|slept| *slept <= Duration::from_millis(50)));
    assert_eq!(proxy.clock().slept().len(), 59);
}
