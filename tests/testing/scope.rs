//! Which calls a fault is for, against plain counting.

use monotable::testing::{Calls, Fault, Operation, Proxy};
use monotable::{Handle, Table};

use crate::world::*;

/// Of twenty reads, with a write behind each, the numbers of those that failed.
async fn failed(shop: &Handle<Shop>, proxy: &Proxy) -> Vec<u64> {
    proxy.forget();
    for id in 0..20 {
        let _ = shop.get(key(id)).await;
        let _ = shop.put(&order(id)).await;
    }
    let reads = proxy.exchanges().into_iter();
    let reads = reads.filter(|exchange| exchange.request.operation == Operation::GetItem);
    (1..).zip(reads).filter(|(_, read)| !read.faults.is_empty()).map(|(number, _)| number).collect()
}

async fn refused(proxy: &Proxy, calls: Calls) -> Vec<u64> {
    let shop = proxy.attach(&Shop::embedded().await.unwrap());
    proxy.inject(calls, Fault::refuse("AccessDeniedException"));
    failed(&shop, proxy).await
}

#[tokio::test]
async fn calls_are_counted_from_one() {
    let reads = || Calls::of(Operation::GetItem);
    let numbers = |of: fn(u64) -> bool| (1..=20).filter(|&number| of(number)).collect::<Vec<u64>>();
    let cases = [
        (reads(), numbers(|_| true)),
        (reads().nth(7), numbers(|number| number == 7)),
        (reads().first(3), numbers(|number| number <= 3)),
        (reads().first(0), vec![]),
        (reads().numbers(4..=6), vec![4, 5, 6]),
        (reads().after(17), numbers(|number| number > 17)),
        (reads().every(6), numbers(|number| number % 6 == 0)),
        (reads().chance(0.0), vec![]),
        (reads().chance(1.0), numbers(|_| true)),
        (Calls::of_any([Operation::GetItem, Operation::Query]).nth(7), vec![7]),
        // Every other call is a write.
        (Calls::all().nth(7), vec![4]),
        (Calls::of(Operation::PutItem), vec![]),
        (reads().table("shop").nth(2), vec![2]),
        (reads().table("shop-two"), vec![]),
        (reads().matching(|read| read.body["Key"]["PK"]["S"] == "ORDER#4"), vec![5]),
        // Counted are those that match.
        (reads().matching(|read| read.body["Key"]["PK"]["S"] != "ORDER#0").nth(2), vec![3]),
    ];
    for (calls, expected) in cases {
        assert_eq!(refused(&Proxy::new(), calls.clone()).await, expected, "{calls:?}");
    }
}

#[tokio::test]
async fn they_are_counted_from_when_the_fault_was_injected() {
    let proxy = Proxy::new();
    let shop = proxy.attach(&Shop::embedded().await.unwrap());
    shop.get(key(1)).await.unwrap();
    proxy.inject(Calls::of(Operation::GetItem).nth(2), Fault::refuse("AccessDeniedException"));
    assert_eq!(failed(&shop, &proxy).await, [2]);
    assert_eq!(proxy.sent(), 41);
}

#[tokio::test]
async fn luck_is_that_of_the_seed() {
    let some = || Calls::of(Operation::GetItem).chance(0.4);
    let first = refused(&Proxy::seeded(1), some()).await;
    assert_eq!(first, refused(&Proxy::seeded(1), some()).await);
    let mut differ = 0;
    let mut count = 0;
    for seed in 2..12 {
        let other = refused(&Proxy::seeded(seed), some()).await;
        differ += usize::from(other != first);
        count += other.len();
    }
    // Of ten, none is the same, and of 200 calls about 80 fail.
    assert_eq!(differ, 10);
    assert!((60..100).contains(&count), "{count}");

    // What others have in common with it does not change it.
    let proxy = Proxy::seeded(1);
    let shop = proxy.attach(&Shop::embedded().await.unwrap());
    proxy.inject(some(), Fault::refuse("AccessDeniedException"));
    proxy.inject(Calls::of(Operation::PutItem).chance(0.5), Fault::refuse("AccessDeniedException"));
    assert_eq!(failed(&shop, &proxy).await, first);
}

#[tokio::test]
async fn the_first_fault_that_is_for_a_call_is_what_happens() {
    let proxy = Proxy::new();
    let shop = proxy.attach(&Shop::embedded().await.unwrap());
    let mut asked = 0;
    proxy.script(move |_| {
        asked += 1;
        (asked == 2).then(|| Fault::refuse("AccessDeniedException"))
    });
    proxy.inject(Calls::all().first(2), Fault::refuse("ResourceNotFoundException"));
    let kinds = [shop.get(key(1)).await, shop.get(key(1)).await].map(|read| read.unwrap_err().kind());
    assert_eq!(kinds, [monotable::ErrorKind::TableNotFound, monotable::ErrorKind::AccessDenied]);
    shop.get(key(1)).await.unwrap();
}

#[test]
#[should_panic(expected = "calls are counted from 1")]
fn there_is_no_call_zero() {
    let _ = Calls::all().nth(0);
}

#[test]
#[should_panic(expected = "a chance is between 0 and 1")]
fn a_chance_is_no_percentage() {
    let _ = Calls::all().chance(5.0);
}
