//! Batches: what is sent, in which calls, and what of it is stored.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use monotable::testing::Proxy;
use monotable::{AnyKey, BatchWrite, Entity, ErrorKind, Handle, Table};
use monotable_tests::{networked, open, proxied};
use serde::{Deserialize, Serialize};

use crate::shop::{
    Order, Shop, customer, customer_key, order, order_key, product, product_key, shop_with, stored,
};

fn orders(numbers: std::ops::RangeInclusive<u32>) -> Vec<Order> {
    numbers.map(order).collect()
}

async fn shop() -> (Handle<Shop>, Proxy) {
    networked(&open::<Shop>().await)
}

fn sizes(proxy: &Proxy) -> Vec<usize> {
    let sizes = proxy.requests().iter().map(|request| request.parts().len()).collect::<Vec<_>>();
    // What is not a batch has none.
    sizes.into_iter().filter(|size| *size > 0).collect()
}

#[tokio::test]
async fn any_number_of_any_entities_in_calls_of_twenty_five() {
    let (shop, proxy) = shop().await;
    shop.put(&order(61)).await.unwrap();
    let keys: Vec<AnyKey<Shop>> = vec![customer_key().into(), order_key(63).into()];
    let batch = shop
        .batch_write()
        .put(&product(3))
        .put(customer(true).put())
        .put_all(&orders(1..=50))
        .put_all((51..=60).map(|number| order(number).put()))
        .delete(order_key(61))
        .delete(Order::delete(order_key(62)))
        .delete_all(keys);
    let explained: Vec<_> = batch.explain().unwrap();
    let written = batch.calls_at_once(1).await.unwrap();
    // The customer is put first and deleted last, so it is only deleted.
    assert_eq!(sizes(&proxy), [25, 25, 15]);
    let explained = explained.iter().map(|input| input.request_items().unwrap()[shop.name()].len());
    assert_eq!(explained.collect::<Vec<_>>(), [25, 25, 15]);
    // An order is in an index too. A delete of what is there costs as its put did; of what is not there, one unit.
    assert_eq!(written.write_units(), 1.0 + 60.0 * 2.0 + 2.0 + 3.0);
    assert_eq!((written.cost().calls, written.cost().attempts), (3, 3));
    let mut expected: Vec<_> = orders(1..=60).into_iter().map(Shop::Order).collect();
    expected.push(Shop::Product(product(3)));
    expected.sort_by_key(|item| format!("{item:?}"));
    assert_eq!(stored(&shop).await, expected);
}

#[tokio::test]
async fn no_writes_are_not_sent() {
    let (shop, proxy) = shop().await;
    assert_eq!(shop.batch_write().await.unwrap().cost().calls, 0);
    proxy.assert_sent([]);
    assert!(BatchWrite::<Shop>::new().explain().unwrap().is_empty());
}

#[tokio::test]
async fn the_last_write_of_a_key_wins() {
    let (shop, proxy) = shop().await;
    let other = |number| Order { sku: "desk".into(), ..order(number) };
    let batch = shop
        .batch_write()
        .put(&order(1))
        .delete(order_key(2))
        .put(&order(3))
        .put(&other(1))
        .put(&order(2))
        .delete(order_key(3));
    batch.clone().await.unwrap();
    assert_eq!(sizes(&proxy), [3]);
    assert_eq!(stored(&shop).await, [Shop::Order(other(1)), Shop::Order(order(2))]);

    let unwritten = batch.refuse_duplicates().await.unwrap_err();
    assert_eq!(
        unwritten.to_string(),
        "cannot batch_write `Order` (PK = \"CUSTOMER#ada\", SK = \"ORDER#000001\"): it is written twice, which \
         `refuse_duplicates` refuses"
    );
    assert_eq!((unwritten.error().kind(), unwritten.len()), (ErrorKind::DuplicateKey, 6));
    assert_eq!(sizes(&proxy), [3]);
}

/// What cannot be sent is named, and the others are still there.
#[tokio::test]
async fn what_one_write_refuses_stops_all() {
    let (shop, proxy) = shop().await;
    let bad = Order { sku: String::new(), ..order(2) };
    let batch = shop.batch_write().put(&order(1)).put(&bad).put(&order(3));
    assert_eq!(batch.explain().unwrap_err().kind(), ErrorKind::InvalidKey);
    let unwritten = batch.await.unwrap_err();
    assert_eq!((unwritten.error().kind(), unwritten.error().operation()), (ErrorKind::InvalidKey, "put"));
    assert_eq!((unwritten.len(), proxy.sent()), (2, 0));
    let keys: Vec<_> = unwritten.key_texts().collect();
    assert_eq!(keys[1], r#"PK = "CUSTOMER#ada", SK = "ORDER#000003""#);
    unwritten.resend(&shop).await.unwrap();
    assert_eq!(stored(&shop).await.len(), 2);

    for rate in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let unwritten = shop.batch_write().put(&order(1)).write_units_per_second(rate).await.unwrap_err();
        assert_eq!(
            unwritten.to_string(),
            format!(
                "cannot batch_write `Order`: it would write {rate} units a second; give a number above zero"
            )
        );
    }
}

#[derive(Table, Debug)]
#[table(name = "files")]
enum Files {
    File(File),
}

#[derive(Entity, Serialize, Deserialize, Debug)]
#[entity(table = Files, pk = "FILE#{number}", sk = "FILE")]
struct File {
    number: u32,
    text: String,
}

/// Each of these has 150 KB by DynamoDB's count, and six times as much as JSON.
#[tokio::test]
async fn no_call_is_larger_than_sixteen_megabytes() {
    let (files, proxy) = proxied(&open::<Files>().await);
    let file = |number| File { number, text: "\u{1}".repeat(150_000) };
    let written = files.batch_write().put_all((0..40).map(|number| file(number).put())).await.unwrap();
    assert_eq!(sizes(&proxy).iter().sum::<usize>(), 40);
    let longest = proxy.requests().iter().map(|request| request.body.to_string().len()).max().unwrap();
    assert!((15_000_000..16 * 1024 * 1024).contains(&longest), "{longest}");
    assert!(written.cost().calls > 2, "{:?}", sizes(&proxy));
}

#[tokio::test]
async fn some_calls_at_a_time() {
    for (given, most) in [(None, 4), (Some(2), 2), (Some(0), 1), (Some(100), 12)] {
        let (shop, proxy) = shop().await;
        let batch = shop.batch_write().put_all(&orders(1..=300));
        match given {
            Some(calls) => batch.calls_at_once(calls),
            None => batch,
        }
        .await
        .unwrap();
        assert_eq!((proxy.most_under_way(), sizes(&proxy)), (most, vec![25; 12]));
    }
}

#[tokio::test]
async fn progress_is_told_after_each_call() {
    let (shop, _) = shop().await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let hear = told.clone();
    let batch = shop.batch_write().put_all(&orders(1..=60)).calls_at_once(1);
    batch.on_progress(move |progress| hear.lock().unwrap().push(progress.clone())).await.unwrap();
    let told = told.lock().unwrap();
    let steps: Vec<_> =
        told.iter().map(|progress| (progress.written, progress.of, progress.write_units)).collect();
    assert_eq!(steps, [(25, 60, 50.0), (50, 60, 100.0), (60, 60, 120.0)]);
    assert!(told[2].to_string().starts_with("60 of 60 written, 120 write units, "), "{}", told[2]);
}

/// Each order costs two units: 600 in all, at 100 a second. The first second is not waited for.
#[tokio::test]
async fn the_rate_is_kept() {
    let (shop, proxy) = shop().await;
    let batch = shop.batch_write().put_all(&orders(1..=300)).write_units_per_second(100.0);
    assert_eq!(batch.await.unwrap().write_units(), 600.0);
    let slept: Duration = proxy.clock().slept().iter().sum();
    // The last call is not followed by a wait.
    assert!((4.0..=6.0).contains(&slept.as_secs_f64()), "{slept:?}");

    let (shop, proxy) = self::shop().await;
    shop.batch_write().put_all(&orders(1..=300)).await.unwrap();
    assert!(proxy.clock().slept().is_empty());
}

#[tokio::test]
async fn it_asks_the_ledger() {
    let shop = shop_with(1).await;
    shop.batch_write().put_all(&orders(1..=30)).delete(product_key()).await.unwrap();
    let snapshot = shop.ledger().snapshot();
    let batches = snapshot.pattern("batch_write", "Shop").unwrap();
    assert_eq!((batches.calls, batches.capacity.total().write), (2, 61.0));
}
