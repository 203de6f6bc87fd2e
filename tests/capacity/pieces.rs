//! What a cost and an outcome are by themselves; predictions that know what a request meets; a ledger that is full.

use monotable::{Cost, Metered};
use monotable_tests::engine;

use crate::model::{Order, OrderKey, order, shop};

fn key(number: u32) -> OrderKey {
    OrderKey { customer: "ada".into(), number }
}

#[tokio::test]
async fn costs_add_up_and_outcomes_are_used_as_what_they_hold() {
    let shop = shop().await;
    let mut costs = Vec::new();
    for number in 0..3 {
        costs.push(shop.put(&order("ada", number)).await.unwrap().cost().clone());
    }
    let mut found: Metered<Vec<Order>> = shop.query(Order::by_status("open")).all().await.unwrap();
    costs.push(found.cost().clone());
    // What is in it can be changed, and its cost stays.
    found.retain(|order| order.number > 0);
    assert_eq!((&found).into_iter().count(), 2);
    let spent = found.read_units();
    assert_eq!(found.into_iter().map(|order| order.number).collect::<Vec<_>>(), [1, 2]);

    let sum: Cost = costs.iter().cloned().sum();
    assert_eq!((sum.calls, sum.attempts, sum.returned), (4, 4, 3));
    assert_eq!((sum.read_units(), sum.write_units()), (spent, 6.0));
    let table = sum.capacity.table;
    assert_eq!((table.read, table.write), (0.0, 3.0));
    let index = sum.capacity.indexes["Gsi1"];
    assert_eq!((index.read, index.write, sum.capacity.indexes.len()), (spent, 3.0, 1));
    assert!(costs.iter().all(|cost| sum.latency >= cost.latency));
}

#[tokio::test]
async fn a_request_whose_item_is_known_has_its_units() {
    let shop = shop().await;
    // Around the bounds of 4 KB for reads and of 1 KB for writes.
    for size in [0, 900, 1100, 3900, 4200, 9000] {
        let order = Order { note: "x".repeat(size), ..order("ada", 1) };
        shop.put(&order).await.unwrap();
        for consistent in [false, true] {
            let get = || match consistent {
                true => shop.get(key(1)).consistent(),
                false => shop.get(key(1)),
            };
            let predicted = get().explain().unwrap().finding(Some(&order)).unwrap();
            let least = if consistent { 1.0 } else { 0.5 };
            let units = engine().read_units(predicted.units().exact().unwrap().total().read, least);
            assert_eq!(units, get().await.unwrap().read_units(), "{size}");
        }
        let predicted = shop.delete(key(1)).explain().unwrap().deleting(&order).unwrap();
        let deleted = shop.delete(key(1)).await.unwrap();
        assert_eq!(predicted.units().exact().unwrap().total().write, deleted.write_units(), "{size}");
        let predicted = shop.get(key(1)).explain().unwrap().finding::<Order>(None).unwrap();
        assert_eq!(
            predicted.units().exact().unwrap().total().read,
            shop.get(key(1)).await.unwrap().read_units()
        );
    }
}

/// A program that names patterns by what it is given would fill the memory.
#[tokio::test]
async fn a_full_ledger_adds_up_the_others_together() {
    let shop = shop().await;
    for number in 0..1005_u32 {
        let name: &'static str = Box::leak(format!("pattern {number}").into_boxed_str());
        shop.pattern(name).get(key(1)).await.unwrap();
    }
    let snapshot = shop.ledger().snapshot();
    assert!(snapshot.patterns.len() <= 1001, "{}", snapshot.patterns.len());
    assert_eq!(snapshot.named("pattern 7").map(|row| row.calls), Some(1));
    assert!(snapshot.named("pattern 1004").is_none());
    let others = snapshot.pattern("any", "(others)").unwrap();
    assert_eq!(others.calls, 1005 - 1000);
    assert_eq!(snapshot.patterns.iter().map(|row| row.calls).sum::<u64>(), 1005);
    // What has a row keeps it.
    shop.pattern("pattern 7").get(key(1)).await.unwrap();
    assert_eq!(shop.ledger().snapshot().named("pattern 7").map(|row| row.calls), Some(2));
    shop.ledger().reset();
    assert!(shop.ledger().snapshot().patterns.is_empty());
}
