//! Batches over connections that fail: no acknowledged write is lost, and what was not written comes back.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use monotable::testing::{Calls, Fault, Operation, Proxy, Request};
use monotable::{Error, ErrorKind, Handle, Unwritten};
use monotable_tests::{engine, networked, open};
use proptest::prelude::*;

use crate::shop::{Order, Shop, order, order_key};

/// The engine, and the same behind a connection that fails.
async fn failing(calls: Calls, fault: Fault) -> (Handle<Shop>, Handle<Shop>, Proxy) {
    let engine = open::<Shop>().await;
    let (shop, proxy) = networked(&engine);
    proxy.inject(calls, fault);
    (engine, shop, proxy)
}

fn orders(count: u32) -> Vec<Order> {
    (1..=count).map(order).collect()
}

fn sk(write: &serde_json::Value) -> String {
    let put = &write["PutRequest"]["Item"]["SK"]["S"];
    put.as_str().or(write["DeleteRequest"]["Key"]["SK"]["S"].as_str()).unwrap().to_owned()
}

/// The sort keys of what is stored.
async fn keys(shop: &Handle<Shop>) -> BTreeSet<String> {
    let orders = shop.query(Order::by_customer_id("ada")).consistent().all().await.unwrap().into_inner();
    orders.iter().map(|order| format!("ORDER#{:06}", order.number)).collect()
}

/// The sort keys of what is not written.
fn left(unwritten: &Unwritten<Shop>) -> BTreeSet<String> {
    let sort = |text: String| text.rsplit('"').nth(1).unwrap().to_owned();
    unwritten.key_texts().map(sort).collect()
}

#[tokio::test]
async fn what_is_left_is_sent_again() {
    let some = Fault::unprocessed_where(|place, _| place % 3 == 0);
    let (healthy, shop, proxy) = failing(Calls::all().nth(1), some.clone()).await;
    proxy.inject(Calls::all().nth(3), some);
    let written = shop.batch_write().put_all(&orders(60)).calls_at_once(1).await.unwrap();
    assert_eq!(keys(&healthy).await.len(), 60);
    // Each was paid once, however often it was sent.
    assert_eq!(written.write_units(), 120.0);
    let sizes: Vec<_> = proxy.requests().iter().map(|request| request.parts().len()).collect();
    // Nothing is begun behind a call that leaves something. Those of the third are the last of all.
    assert_eq!(sizes, [25, 25, 19, 7]);
    assert_eq!(written.cost().calls, 4);
    assert!(proxy.clock().slept().iter().all(|slept| *slept <= Duration::from_millis(50)));
}

#[tokio::test]
async fn what_stays_left_comes_back() {
    let stuck = Fault::unprocessed_where(|_, write| sk(write).ends_with("10"));
    let (healthy, shop, proxy) = failing(Calls::all(), stuck).await;
    let unwritten = shop.batch_write().put_all(&orders(220)).calls_at_once(1).await.unwrap_err();
    assert_eq!(
        unwritten.to_string(),
        "cannot batch_write `Order`: DynamoDB left 3 of 220 writes unprocessed, after 10 tries in a row without \
         progress"
    );
    assert_eq!((unwritten.error().kind(), unwritten.len()), (ErrorKind::Throttled, 3));
    assert_eq!(left(&unwritten), ["ORDER#000010", "ORDER#000110", "ORDER#000210"].map(str::to_owned).into());
    assert_eq!(keys(&healthy).await.len(), 217);
    assert_eq!(unwritten.error().cost().write_units(), 434.0);
    let waits = proxy.clock().slept();
    // Nine waits behind calls that brought nothing; those before were short.
    let longest = [50, 100, 200, 400, 800, 1600, 3200, 5000, 5000].map(Duration::from_millis);
    assert!(waits.iter().rev().zip(longest.iter().rev()).all(|(slept, longest)| slept <= longest));

    unwritten.resend(&healthy).await.unwrap();
    assert_eq!(keys(&healthy).await.len(), 220);
}

#[tokio::test]
async fn a_call_that_fails_in_the_middle_loses_nothing() {
    for (fault, kind, stored) in [
        (Fault::refuse("ValidationException"), ErrorKind::Service, 25),
        (Fault::refuse("AccessDeniedException"), ErrorKind::AccessDenied, 25),
        (Fault::refuse("ValidationException").after_effect(), ErrorKind::Service, 50),
        (Fault::disconnect().after_effect(), ErrorKind::Unreachable, 50),
    ] {
        let (healthy, shop, proxy) = failing(Calls::all().after(1), fault).await;
        let unwritten = shop.batch_write().put_all(&orders(80)).calls_at_once(1).await.unwrap_err();
        assert_eq!((unwritten.error().kind(), unwritten.len()), (kind, 55));
        assert!(std::error::Error::source(&unwritten).is_some());
        assert_eq!((unwritten.error().cost().calls, unwritten.error().cost().write_units()), (2, 50.0));
        assert_eq!(keys(&healthy).await.len(), stored);
        assert!(proxy.sent() >= 2);
        unwritten.resend(&healthy).await.unwrap();
        assert_eq!(keys(&healthy).await.len(), 80);
    }
}

/// Those under way beside a call that fails are awaited: what they wrote is not in what is left.
#[tokio::test]
async fn calls_under_way_are_awaited() {
    let fails = |request: &Request| request.parts().iter().any(|write| sk(write) == "ORDER#000030");
    let (healthy, shop, proxy) =
        failing(Calls::all().matching(fails), Fault::refuse("ValidationException")).await;
    let unwritten = shop.batch_write().put_all(&orders(500)).await.unwrap_err();
    let stored = keys(&healthy).await;
    assert_eq!(stored.len() + unwritten.len(), 500);
    assert!(stored.is_disjoint(&left(&unwritten)));
    assert!((4..20).contains(&proxy.sent()), "{}", proxy.sent());
    // The message is that of the error, which is all that `?` keeps.
    let text = unwritten.to_string();
    assert_eq!(Error::from(unwritten).to_string(), text);
}

/// A call that is throttled as a whole is one of which everything is left.
#[tokio::test]
async fn a_throttled_call_is_sent_again() {
    // Twice, and the SDK tries three times.
    let (healthy, shop, proxy) = failing(Calls::all().numbers(2..=7), Fault::throttle()).await;
    let written = shop.batch_write().put_all(&orders(60)).calls_at_once(1).await.unwrap();
    assert_eq!((keys(&healthy).await.len(), written.cost().calls, written.cost().attempts), (60, 5, 9));
    assert_eq!(proxy.sent(), 9);

    let (healthy, shop, _) = failing(Calls::all(), Fault::refuse("ThrottlingException")).await;
    let unwritten = shop.batch_write().put_all(&orders(60)).await.unwrap_err();
    assert_eq!((unwritten.error().kind(), unwritten.len()), (ErrorKind::Throttled, 60));
    let cause = std::error::Error::source(&unwritten).unwrap();
    assert!(format!("{cause:?}").contains("ThrottlingException"), "{cause:?}");
    // What is added comes later, and wins.
    unwritten.resend(&healthy).delete(order_key(60)).await.unwrap();
    assert_eq!(keys(&healthy).await.len(), 59);
}

#[derive(Debug, Clone)]
enum Step {
    Put(u32, bool),
    Delete(u32),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let key = 1..120_u32;
    let put = (key.clone(), any::<bool>()).prop_map(|(number, desk)| Step::Put(number, desk));
    prop::collection::vec(prop_oneof![3 => put, 1 => key.prop_map(Step::Delete)], 0..200)
}

fn faults() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 40)
}

/// What a number makes of a call.
fn fault(number: u8) -> Option<Fault> {
    match number % 8 {
        0 => Some(Fault::unprocessed_where(move |place, _| (number as usize + place).is_multiple_of(3))),
        1 => Some(Fault::unprocessed(..)),
        2 => Some(Fault::throttle()),
        3 => Some(Fault::internal_error()),
        4 => Some(Fault::internal_error().after_effect()),
        5 => Some(Fault::disconnect().after_effect()),
        _ => None,
    }
}

fn stepped(desk: bool, number: u32) -> Order {
    Order { sku: if desk { "desk" } else { "lamp" }.into(), ..order(number) }
}

async fn run(steps: Vec<Step>, numbers: Vec<u8>, calls: usize) {
    let engine = open::<Shop>().await;
    // Half of them are there before, so that deletes have something to delete.
    let mut model: BTreeMap<u32, Order> = (1..60).map(|number| (number, order(number))).collect();
    engine.batch_write().put_all(model.values()).await.unwrap();
    let mut numbers = numbers.into_iter();
    let (shop, proxy) = networked(&engine);
    proxy.script(move |request| match request.operation {
        Operation::BatchWriteItem => numbers.next().and_then(fault),
        _ => None,
    });
    let before = model.clone();
    let mut batch = shop.batch_write().calls_at_once(calls);
    for step in &steps {
        batch = match *step {
            Step::Put(number, desk) => batch.put(&stepped(desk, number)),
            Step::Delete(number) => batch.delete(order_key(number)),
        };
        match *step {
            Step::Put(number, desk) => drop(model.insert(number, stepped(desk, number))),
            Step::Delete(number) => drop(model.remove(&number)),
        }
    }
    let mut outcome = batch.await;
    while let Err(unwritten) = outcome {
        assert!(!unwritten.is_empty(), "{unwritten}");
        let left = left(&unwritten);
        let stored = all(&shop).await;
        for number in 1..120 {
            let (now, then) = (stored.get(&number), before.get(&number));
            match left.contains(&format!("ORDER#{number:06}")) {
                // Acknowledged, or never asked for.
                false => assert_eq!(now, model.get(&number), "{number}"),
                // As it was, or as it is to be.
                true => assert!(now == then || now == model.get(&number), "{number}"),
            }
        }
        outcome = unwritten.resend(&shop).await;
    }
    assert_eq!(all(&shop).await, model);
}

async fn all(shop: &Handle<Shop>) -> BTreeMap<u32, Order> {
    let orders = shop.query(Order::by_customer_id("ada")).consistent().all().await.unwrap().into_inner();
    orders.into_iter().map(|order| (order.number, order)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: engine().cases(40), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_acknowledged_is_lost_and_the_rest_comes_back(
        steps in steps(),
        faults in faults(),
        calls in 1..6_usize,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(run(steps, faults, calls));
    }
}
