//! What is refused before anything is sent, with the action that it is about.

use monotable::testing::Fault;
use monotable::{Entity, ErrorKind, Handle, Table};
use monotable_tests::{answering, named, open};
use serde::{Deserialize, Serialize};

use crate::shop::{Order, Shop, order, order_key, product, product_key, shop_with};

#[derive(Table)]
#[table(name = "files")]
enum Files {
    File(File),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Files, pk = "FILE#{number}", sk = "FILE")]
struct File {
    number: u32,
    text: String,
}

/// Where whatever is sent is answered as nothing that is refused here.
async fn shop() -> Handle<Shop> {
    answering(Fault::disconnect()).0
}

#[tokio::test]
async fn more_than_a_hundred_actions() {
    let full = |actions, shop: &Handle<Shop>| {
        (0..actions).fold(shop.transact(), |transact, number| transact.put(order(number).put()))
    };
    let error = full(101, &shop().await).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot transact `Order`: it has 101 actions, and DynamoDB takes 100 in one transaction"
    );
    assert_eq!((error.kind(), error.cost().attempts), (ErrorKind::InvalidRequest, 0));
    full(100, &shop_with(1).await).await.unwrap();
}

#[tokio::test]
async fn two_actions_on_one_item() {
    let shop = shop().await;
    let transact =
        shop.transact().put(product(1).put()).put(order(1).insert()).delete(Order::delete(order_key(1)));
    let error = transact.await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot delete `Order` (PK = \"CUSTOMER#ada\", SK = \"ORDER#000001\"): the same transaction has `insert` of \
         `Order` with this key, and DynamoDB takes one action for each item; put what both do into one"
    );
    assert_eq!(error.kind(), ErrorKind::DuplicateKey);
    let checked = shop.transact().check(shop.exists(product_key())).put(product(1).put()).await.unwrap_err();
    assert_eq!((checked.kind(), checked.operation()), (ErrorKind::DuplicateKey, "put"));
}

/// The same key in another table is another item.
#[tokio::test]
async fn one_key_in_two_tables() {
    let shop = shop_with(1).await;
    let archive = named::<_, Shop>(&shop, "archive");
    archive.create().await.unwrap();
    shop.transact().put(order(1).insert()).put(archive.insert(&order(1))).await.unwrap();
    assert_eq!(archive.get(order_key(1)).await.unwrap().into_inner(), Some(order(1)));
}

#[tokio::test]
async fn more_than_four_megabytes() {
    let files = open::<Files>().await;
    let all = |files: &Handle<Files>, bytes: usize| {
        (0..10).fold(files.transact(), |transact, number| {
            transact.put(File { number, text: "x".repeat(bytes) }.put())
        })
    };
    all(&files, 409_000).await.unwrap();
    let (files, _) = answering::<Files>(Fault::disconnect());
    let eleven = all(&files, 409_000).put(File { number: 10, text: "x".repeat(409_000) }.put());
    let error = eleven.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let text = error.to_string();
    let (begins, ends) = (
        "cannot transact `File`: its items have 4499",
        "bytes together, and DynamoDB takes 4194304 (4 MB) in one transaction",
    );
    assert!(text.starts_with(begins) && text.ends_with(ends), "{text}");
}

#[tokio::test]
async fn a_token_of_another_length() {
    for token in ["", &"x".repeat(37)] {
        let shop = shop().await;
        let error = shop.transact().put(product(1).put()).idempotency_token(token).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "cannot transact `Product`: its idempotency token has to have 1 to 36 characters"
        );
    }
    shop_with(1).await.transact().put(product(1).put()).idempotency_token("x".repeat(36)).await.unwrap();
}

#[tokio::test]
async fn what_an_action_refuses() {
    let shop = shop().await;
    let bad = Order { sku: String::new(), ..order(1) };
    let transact = shop.transact().put(product(1).put()).put(bad.insert());
    assert_eq!(transact.explain().unwrap_err().to_string(), transact.clone().await.unwrap_err().to_string());
    let error = transact.await.unwrap_err();
    assert_eq!((error.kind(), error.operation(), error.entity()), (ErrorKind::InvalidKey, "insert", "Order"));
}
