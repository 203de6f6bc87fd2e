//! Rates of a handle, on a clock that is moved by sleeping on it.

use monotable::testing::Proxy;
use monotable::{ErrorKind, Handle};
use monotable_tests::{engine, proxied};

use crate::model::{Order, OrderKey, Shop, order, shop};

fn passed(proxy: &Proxy) -> f64 {
    proxy.clock().elapsed().as_secs_f64()
}

fn large(number: u32) -> Order {
    // 10 units in the table, 10 in the index.
    Order { note: "n".repeat(10 * 1024 - 300), ..order("ada", number) }
}

#[tokio::test]
async fn a_handle_and_its_clones_keep_their_rate_together() {
    let (shop, proxy) = proxied(&shop().await);
    let job = shop.clone().write_units_per_second(40.0);
    let mut units = 0.0;
    for number in 0..30 {
        let job = if number % 2 == 0 { job.clone() } else { job.pattern("clone") };
        units += job.put(&large(number)).await.unwrap().write_units();
        // What was spent before the last call is covered.
        assert!(passed(&proxy) >= (units - 20.0) / 40.0 - 1e-3, "{number}: {}", passed(&proxy));
        assert!(passed(&proxy) <= units / 40.0 + 1e-3, "{number}: {}", passed(&proxy));
    }
    assert_eq!(units, 600.0);
    // Reads are under another rate, and handles that were not given one under none.
    let before = passed(&proxy);
    job.get(OrderKey { customer: "ada".into(), number: 1 }).await.unwrap();
    shop.put(&large(1)).await.unwrap();
    assert_eq!(passed(&proxy), before);
}

#[tokio::test]
async fn calls_at_once_wait_for_each_other() {
    let (shop, proxy) = proxied(&shop().await);
    for number in 0..40 {
        shop.put(&large(number)).await.unwrap();
    }
    let job = shop.read_units_per_second(10.0);
    let reads = |job: Handle<Shop>| async move {
        let mut units = 0.0;
        for _ in 0..10 {
            units += job.query(Order::by_customer("ada")).limit(16).await.unwrap().read_units();
        }
        units
    };
    let tasks: Vec<_> = (0..4).map(|_| tokio::spawn(reads(job.clone()))).collect();
    let mut units = 0.0;
    for task in tasks {
        units += task.await.unwrap();
    }
    // Each call is 20 units. All but what may go at first and at last is waited for.
    let call = engine().read_units(20.0, 0.5);
    assert_eq!(units, 40.0 * call);
    assert!(passed(&proxy) >= (units - 5.0 * call) / 10.0, "{}", passed(&proxy));
    assert!(passed(&proxy) <= units / 10.0 + 2.0, "{}", passed(&proxy));
}

#[tokio::test]
async fn what_cannot_be_waited_for_is_an_error() {
    let shop = shop().await;
    for rate in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let job = shop.clone().read_units_per_second(rate);
        let error = job.query(Order::by_customer("ada")).await.unwrap_err();
        assert_eq!((error.kind(), error.cost().calls), (ErrorKind::InvalidRequest, 0));
        assert!(error.to_string().contains("give a number above zero"), "{error}");
    }
}
