//! When an item was made and changed, in the forms that serde stores.

use std::time::Duration;

use jiff::Timestamp;
use monotable::Entity;

use crate::world::{Event, Note, Order, Revision, Shop, Status, number, shop, stored, text};

fn order() -> Order {
    Order {
        customer: 1,
        number: 1,
        status: Status::Open,
        rev: Revision(0),
        created_at: Timestamp::UNIX_EPOCH,
        updated_at: Timestamp::UNIX_EPOCH,
    }
}

#[tokio::test]
async fn created_at_is_set_once_and_updated_at_with_every_write() {
    let (shop, clock) = shop::<Shop>().await;
    let made = clock.timestamp();
    let first = shop.put(&order()).returning_new().await.unwrap().into_inner();
    assert_eq!(first.created_at, made);
    clock.pass(Duration::from_secs(60));
    let second =
        shop.put(&Order { status: Status::Paid, ..first }).returning_new().await.unwrap().into_inner();
    assert_eq!(second.created_at, made);
    assert_eq!(shop.get(second.key()).await.unwrap().into_inner(), Some(second));
}

#[tokio::test]
async fn index_keys_are_made_of_what_is_stored() {
    let (shop, clock) = shop::<Shop>().await;
    let first = shop.put(&order()).returning_new().await.unwrap().into_inner();
    let item = stored(shop.sdk(), &first.key()).await.unwrap();
    // The key has whole seconds, so that is what the field has: they agree.
    assert_eq!(
        (text(&item, "changedAt"), text(&item, "GSI1SK")),
        ("2026-06-21T12:00:00Z", "2026-06-21T12:00:00Z#0001")
    );
    clock.pass(Duration::from_millis(3_900));
    let second = shop.put(&first).returning_new().await.unwrap().into_inner();
    let since = Timestamp::from_second(i64::try_from(clock.seconds()).unwrap()).unwrap();
    let found = shop.query(Order::by_status(Status::Open).updated_at(since).number(1u16)).await.unwrap();
    assert_eq!(found.into_inner(), [second]);
    let all = shop.query(Order::by_status(Status::Open)).await.unwrap();
    assert_eq!(all.len(), 1);
}

#[tokio::test]
async fn without_a_version_created_at_is_kept_where_it_is_set() {
    let (shop, clock) = shop::<Shop>().await;
    let made = clock.seconds();
    let note = Note { note: 1, ..Note::default() };
    let first = shop.put(&note).returning_new().await.unwrap().into_inner();
    assert_eq!(first.made, Some(made));
    clock.pass(Duration::from_secs(5));
    let second = shop.put(&first).returning_new().await.unwrap().into_inner();
    assert_eq!(second.made, Some(made));
    let item = stored(shop.sdk(), &note.key()).await.unwrap();
    assert_eq!(number(&item, "changed_at"), u64::try_from(clock.timestamp().as_millisecond()).unwrap());
    // What was read from one item and is inserted as another is new.
    let copy = shop.insert(&Note { note: 2, ..second }).returning_new().await.unwrap();
    assert_eq!(copy.made, Some(made + 5));
}

#[tokio::test]
async fn times_of_every_crate_are_stored_as_serde_has_them() {
    let (shop, clock) = shop::<Shop>().await;
    let event = Event { event: 1, at: time::OffsetDateTime::UNIX_EPOCH, seen: chrono::DateTime::default() };
    let stored_event = shop.put(&event).returning_new().await.unwrap().into_inner();
    let item = stored(shop.sdk(), &event.key()).await.unwrap();
    let now = "2026-06-21T12:00:00.123456789";
    assert_eq!(number(&item, "at"), clock.seconds());
    assert_eq!(text(&item, "seen"), format!("{now}Z"));
    assert_eq!(shop.get(event.key()).await.unwrap().into_inner(), Some(stored_event));
    assert_eq!(clock.timestamp().to_string(), format!("{now}Z"));
}
