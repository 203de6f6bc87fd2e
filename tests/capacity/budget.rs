//! Budgets of queries: whatever they are, runs that go on where the one before stopped return everything once.

use monotable::{ErrorKind, Handle, MaxWaste, ReadUnits};
use monotable_tests::{Quirk, engine};
use proptest::prelude::*;

use crate::model::{Order, Score, Shop, order, shop};

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

async fn filled(sizes: &[usize]) -> Handle<Shop> {
    let shop = shop().await;
    for (number, size) in sizes.iter().enumerate() {
        let order = Order { note: "n".repeat(*size), ..order("ada", number as u32) };
        shop.put(&order).await.unwrap();
        shop.put(&Score { game: "go".into(), player: format!("p{number}"), points: number as u32 })
            .await
            .unwrap();
    }
    shop
}

/// The numbers of all runs together, and what each run cost and called.
async fn in_runs(shop: &Handle<Shop>, budget: f64, newest: bool) -> (Vec<u32>, Vec<(f64, u32)>) {
    let (mut numbers, mut runs, mut cursor) = (Vec::new(), Vec::new(), None);
    loop {
        let query = shop.query(Order::by_customer("ada")).after(cursor.take());
        let query = if newest { query.newest_first() } else { query };
        let page = query.budget(ReadUnits(budget)).await.unwrap();
        numbers.extend(page.items.iter().map(|order| order.number));
        runs.push((page.read_units(), page.cost().calls));
        match page.into_inner().next {
            Some(next) => cursor = Some(next),
            None => return (numbers, runs),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(engine().cases(24)))]

    #[test]
    fn runs_in_budgets_return_everything_once(
        sizes in proptest::collection::vec(0_usize..30_000, 0..60),
        budget in prop_oneof![0.1_f64..3.0, 3.0..60.0],
        newest: bool,
    ) {
        runtime().block_on(async {
            let shop = filled(&sizes).await;
            let (mut numbers, runs) = in_runs(&shop, budget, newest).await;
            if newest {
                numbers.reverse();
            }
            prop_assert_eq!(numbers, (0..sizes.len() as u32).collect::<Vec<_>>());
            let (last, stopped) = runs.split_last().unwrap();
            // No run stops before it has spent its budget.
            prop_assert!(stopped.iter().all(|(units, _)| *units >= budget), "{:?}", runs);
            prop_assert!(last.1 > 0);
            Ok(())
        })?;
    }
}

#[tokio::test]
async fn a_budget_that_is_enough_changes_nothing_but_pages() {
    let shop = filled(&[9000; 40]).await;
    let all = shop.query(Order::by_customer("ada")).await.unwrap();
    let page = shop.query(Order::by_customer("ada")).budget(ReadUnits(1e6)).all().await.unwrap();
    assert_eq!((&page.items, page.next.clone()), (&*all, None));
    let few = shop.query(Order::by_customer("ada")).limit(3).budget(ReadUnits(1e6)).await.unwrap();
    assert_eq!((few.items.len(), few.next.is_some(), few.cost().evaluated), (3, true, 3));
}

#[tokio::test]
async fn pages_are_made_to_fit_the_budget() {
    if engine().has(Quirk::ReadUnitsAbove4Kb) {
        return;
    }
    let shop = filled(&[3000; 300]).await;
    let page = shop.query(Order::by_customer("ada")).budget(ReadUnits(20.0)).await.unwrap();
    assert!((20.0..22.0).contains(&page.read_units()), "{:?}", page.cost());
    let consistent =
        shop.query(Order::by_customer("ada")).consistent().budget(ReadUnits(20.0)).await.unwrap();
    assert!(consistent.items.len() < page.items.len());
    let filter = Order::NOTE.eq(String::new());
    let filtered = shop.query(Order::by_customer("ada")).filter(filter, MaxWaste::percent(100));
    let filtered = filtered.budget(ReadUnits(20.0)).await.unwrap();
    assert_eq!((filtered.items.len(), filtered.next.is_some()), (0, true));
    assert!((20.0..22.0).contains(&filtered.read_units()), "{:?}", filtered.cost());
}

#[tokio::test]
async fn shards_are_merged_as_far_as_they_are_read() {
    let shop = filled(&[10; 120]).await;
    let (mut points, mut cursor, mut runs) = (Vec::new(), None, 0);
    loop {
        let query =
            shop.query(Score::board("go").all_shards()).newest_first().page_size(4).after(cursor.take());
        let mut items = query.budget(ReadUnits(3.0)).stream();
        while let Some(score) = items.next().await {
            points.push(score.unwrap().points);
        }
        runs += 1;
        match items.cursor() {
            Some(next) => cursor = Some(next),
            None => break,
        }
    }
    assert_eq!(points, (0..120).rev().collect::<Vec<_>>());
    assert!(runs > 5, "{runs}");
}

#[tokio::test]
async fn a_budget_that_is_no_number_above_zero_is_refused() {
    let shop = shop().await;
    for budget in [0.0, -1.0, f64::NAN] {
        let error = shop.query(Order::by_customer("ada")).budget(ReadUnits(budget)).await.unwrap_err();
        assert_eq!((error.kind(), error.cost().calls), (ErrorKind::InvalidRequest, 0));
        assert!(error.to_string().contains("budget"), "{error}");
    }
}
