//! After any update the item, and its entry in every index, is what a put of the changed value would store.

use aws_sdk_dynamodb::types::AttributeValue;
use monotable::{Entity, Handle, IndexModel, Item, Table, Update};
use monotable_tests::open;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::world::{Depot, Parcel, Step, parcel, steps};

/// The item that a put would store, with sets in order.
pub fn put_item(parcel: &Parcel) -> Item {
    in_order(parcel.put().explain().unwrap().item().unwrap().clone())
}

pub fn in_order(mut item: Item) -> Item {
    for value in item.values_mut() {
        if let AttributeValue::Ss(texts) = value {
            texts.sort_unstable();
        }
    }
    item
}

pub async fn stored(depot: &Handle<Depot>) -> Vec<Item> {
    let items = depot.sdk().scan().table_name(depot.name()).send().await.unwrap();
    items.items().iter().cloned().map(in_order).collect()
}

/// What DynamoDB has in an index, read without the library.
async fn entries(depot: &Handle<Depot>, index: &IndexModel) -> Vec<Item> {
    let items = depot.sdk().scan().table_name(depot.name()).index_name(index.name).send().await.unwrap();
    items.items().iter().cloned().map(in_order).collect()
}

/// Every index has the item exactly if the item has that index's keys.
pub async fn check_indexes(depot: &Handle<Depot>, item: &Item) -> Result<(), TestCaseError> {
    for index in Depot::INDEXES {
        let mut keys = index.partition_key.iter().chain(index.sort_key);
        let expected: Vec<_> =
            keys.all(|key| item.contains_key(key.name)).then(|| item.clone()).into_iter().collect();
        prop_assert_eq!(entries(depot, index).await, expected, "in index {}", index.name);
    }
    Ok(())
}

/// The queries by templates find it too.
async fn check_queries(depot: &Handle<Depot>, parcel: &Parcel) -> Result<(), TestCaseError> {
    let Parcel { tenant, status, placed, id, .. } = parcel.clone();
    let query = Parcel::by_tenant(tenant, status).placed(placed).id(id);
    prop_assert_eq!(depot.query(query).all().await.unwrap().into_inner(), vec![parcel.clone()]);
    if let (Some(campaign), Some(rank)) = (&parcel.campaign, parcel.rank) {
        let query = Parcel::by_campaign(campaign.to_uppercase()).rank(rank).weight(parcel.weight);
        prop_assert_eq!(depot.query(query).all().await.unwrap().into_inner(), vec![parcel.clone()]);
    }
    Ok(())
}

async fn agree(mut parcel: Parcel, updates: Vec<Vec<Step>>) -> Result<(), TestCaseError> {
    let depot = open::<Depot>().await;
    depot.put(&parcel).await.unwrap();
    for mut steps in updates {
        steps.retain(|step| step.fits(&parcel));
        if steps.is_empty() {
            continue;
        }
        let mut update: Update<Parcel, _> = depot.update(parcel.key());
        for step in &steps {
            update = step.clone().clause(update);
        }
        for step in steps.clone() {
            step.apply(&mut parcel);
        }
        // Nothing may be left to do.
        if update.explain().is_err_and(|error| error.to_string().ends_with("there is such an item")) {
            continue;
        }
        let returned = update.returning_new().await;
        prop_assert_eq!(&returned.unwrap().into_inner(), &parcel, "after {:?}", steps);
        let item = put_item(&parcel);
        prop_assert_eq!(stored(&depot).await, vec![item.clone()], "after {:?}", steps);
        check_indexes(&depot, &item).await?;
    }
    check_queries(&depot, &parcel).await
}

#[test]
fn an_update_leaves_what_a_put_would_store() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let cases = (parcel(), vec(steps(), 1..6));
    runner.run(&cases, |(parcel, updates)| runtime.block_on(agree(parcel, updates))).unwrap();
}
