//! What would be sent, against requests made with the SDK by hand.

use std::collections::HashMap;

use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemInput;
use aws_sdk_dynamodb::operation::transact_get_items::TransactGetItemsInput;
use aws_sdk_dynamodb::types::{
    AttributeValue, Get, KeysAndAttributes, ReturnConsumedCapacity, TransactGetItem,
};
use monotable::{BatchGet, ErrorKind, Item, TransactGet};
use monotable_tests::open;

use crate::library::{Library, any_key, author_key, book_key};

fn key(pk: &str, sk: &str) -> Item {
    let text = |text: &str| AttributeValue::S(text.to_owned());
    HashMap::from([("PK".to_owned(), text(pk)), ("SK".to_owned(), text(sk))])
}

#[test]
fn a_batch_is_a_value() {
    let keys = (author_key(1), book_key(0), author_key(1));
    let by_hand = |consistent| {
        let keys = KeysAndAttributes::builder()
            .keys(key("AUTHOR#n1", "AUTHOR"))
            .keys(key("BOOK#0", "BOOK#t0"))
            .set_consistent_read(consistent);
        BatchGetItemInput::builder()
            .request_items("library", keys.build().unwrap())
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .build()
            .unwrap()
    };
    let batch = BatchGet::<Library, _>::of(keys);
    assert_eq!(batch.explain().unwrap(), [by_hand(None)]);
    assert_eq!(batch.clone().consistent().explain().unwrap(), [by_hand(Some(true))]);
    assert_eq!(batch.refuse_duplicates().explain().unwrap_err().kind(), ErrorKind::DuplicateKey);

    let keys: Vec<_> = (0..250).map(any_key).collect();
    let sizes = |batch: &BatchGet<Library, _>| -> Vec<_> {
        let calls = batch.explain().unwrap().into_iter();
        calls.map(|call| call.request_items().unwrap()["library"].keys.len()).collect()
    };
    assert_eq!(sizes(&BatchGet::of(&keys)), [100, 100, 50]);
    assert_eq!(sizes(&BatchGet::of(&keys[..100])), [100]);
    assert_eq!(sizes(&BatchGet::of(&keys[..0])), [0; 0]);
}

#[test]
fn a_transaction_is_a_value() {
    let get = |pk, sk| {
        let get = Get::builder().table_name("library").set_key(Some(key(pk, sk))).build().unwrap();
        TransactGetItem::builder().get(get).build()
    };
    let by_hand = TransactGetItemsInput::builder()
        .transact_items(get("AUTHOR#n1", "AUTHOR"))
        .transact_items(get("BOOK#0", "BOOK#t0"))
        .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
        .build()
        .unwrap();
    let read = TransactGet::<Library, _>::of((author_key(1), [author_key(1), author_key(1)], book_key(0)));
    assert_eq!(read.explain().unwrap(), by_hand);
    let many = TransactGet::<Library, _>::of((0..101).map(any_key).collect::<Vec<_>>());
    assert_eq!(many.explain().unwrap_err().kind(), ErrorKind::InvalidRequest);
}

/// A bound operation is for the table that the handle names.
#[tokio::test]
async fn the_handle_says_which_table() {
    let library = open::<Library>().await.named("library-staging");
    let calls = library.batch_get(book_key(0)).explain().unwrap();
    assert!(calls[0].request_items().unwrap().contains_key("library-staging"));
    let call = library.transact_get(book_key(0)).explain().unwrap();
    assert_eq!(call.transact_items()[0].get().unwrap().table_name(), "library-staging");
}

#[test]
fn an_operation_shows_its_keys() {
    let text = format!("{:?}", BatchGet::<Library, _>::of((author_key(1), book_key(0))));
    assert!(
        text.contains(r#"[Author (PK = "AUTHOR#n1", SK = "AUTHOR"), Book (PK = "BOOK#0", SK = "BOOK#t0")]"#),
        "{text}"
    );
}
