//! Upserts: what they create is what a put would store, and what is there they change like updates.

use monotable::{Entity, ErrorKind};
use monotable_tests::open;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::laws::{check_indexes, put_item, stored};
use crate::world::{
    Depot, Parcel, ParcelCampaignDue, ParcelRankWeight, ParcelTenantStatus, Van, VanKey, parcel,
};

/// All that a parcel needs, and what is optional if it is there.
fn whole<C: monotable::Binding>(
    parcel: &Parcel,
    upsert: monotable::Upsert<Parcel, C>,
) -> monotable::Upsert<Parcel, C> {
    let Parcel { tenant, status, campaign, due, rank, weight, .. } = parcel.clone();
    let upsert = upsert
        .set_together(ParcelTenantStatus { tenant, status })
        .set(Parcel::PLACED, parcel.placed)
        .set_together(ParcelRankWeight { rank, weight })
        .set_together(ParcelCampaignDue { campaign, due })
        .set(Parcel::SIZE, parcel.size)
        .add(Parcel::COUNT, parcel.count)
        .append(Parcel::LINES, &parcel.lines)
        .set(Parcel::RATES, &parcel.rates)
        .set(Parcel::HOME, &parcel.home)
        .set(Parcel::CODE, parcel.code)
        .set(Parcel::STATE, parcel.state.clone())
        .set(Parcel::COURIER, parcel.courier.clone())
        .set(Parcel::DAY, parcel.day.clone())
        .set_if_absent(Parcel::ETA, parcel.eta)
        .set(Parcel::PRICE, parcel.price)
        .set(Parcel::WARMTH, parcel.warmth)
        .set(Parcel::WORDS, parcel.words.clone())
        .set(Parcel::LABEL, &parcel.label)
        .set(Parcel::TAGS, &parcel.tags);
    match parcel.note.clone() {
        Some(note) => upsert.set(Parcel::NOTE, note),
        None => upsert,
    }
}

async fn agree(first: Parcel, second: Parcel) -> Result<(), TestCaseError> {
    let depot = open::<Depot>().await;
    let created = whole(&first, depot.upsert(first.key())).returning_old().await.unwrap();
    prop_assert_eq!(created.into_inner(), None);
    let item = put_item(&first);
    prop_assert_eq!(stored(&depot).await, vec![item.clone()]);
    check_indexes(&depot, &item).await?;

    let old = whole(&second, depot.upsert(first.key())).returning_old().await.unwrap();
    prop_assert_eq!(old.into_inner(), Some(first.clone()));
    let mut lines = first.lines.clone();
    lines.extend(second.lines.clone());
    let eta = first.eta.or(second.eta);
    let note = second.note.clone().or(first.note.clone());
    let count = first.count + second.count;
    let both = Parcel { lines, eta, note, count, ..second };
    let item = put_item(&both);
    prop_assert_eq!(stored(&depot).await, vec![item.clone()]);
    check_indexes(&depot, &item).await
}

#[test]
fn what_an_upsert_creates_is_what_a_put_stores() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 100,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    runner.run(&(parcel(), parcel()), |(first, second)| runtime.block_on(agree(first, second))).unwrap();
}

#[tokio::test]
async fn a_key_alone_creates_what_needs_no_more() {
    let depot = open::<Depot>().await;
    let key = || VanKey { PK: "v1".into() };
    for _ in 0..2 {
        depot.upsert(key()).await.unwrap();
        let van = depot.get(key()).await.unwrap().into_inner();
        assert_eq!(van, Some(Van { PK: "v1".into(), state: None, seats: None }));
    }
    depot.update(key()).set(Van::STATE, "idle").await.unwrap();
    depot.upsert(key()).add(Van::SEATS, 2).await.unwrap();
    let van = depot.get(key()).await.unwrap().into_inner();
    assert_eq!(van, Some(Van { PK: "v1".into(), state: Some("idle".into()), seats: Some(2) }));
}

#[tokio::test]
async fn an_update_creates_nothing() {
    let depot = open::<Depot>().await;
    let key = VanKey { PK: "v1".into() };
    let error = depot.update(key.clone()).set(Van::SEATS, 2).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(
        error.to_string(),
        "cannot update `Van` (PK = \"v1\", SK = \"VAN\"): there is no item with this key"
    );
    let removal = depot.update(key).remove(Van::SEATS).when(Van::SEATS.not_exists()).await.unwrap_err();
    assert_eq!(removal.kind(), ErrorKind::NotFound);
    assert_eq!(stored(&depot).await, []);
}
