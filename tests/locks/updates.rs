//! Updates and upserts of what the library sets by itself.

use std::time::Duration;

use jiff::Timestamp;
use monotable::{Entity, ErrorKind, Table};
use serde::{Deserialize, Serialize};

use crate::world::{
    Account, AccountKey, Note, NoteKey, Order, Revision, Shop, Status, number, shop, stored, text,
};

const KEY: AccountKey = AccountKey { account: 1 };

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
async fn an_update_advances_the_version_and_may_ask_for_it() {
    let (shop, _) = shop::<Shop>().await;
    shop.put(&Account { account: 1, ..Account::default() }).await.unwrap();
    let update = || shop.update(KEY).add(Account::BALANCE, 5);
    assert_eq!(
        update().returning_new().await.unwrap().into_inner(),
        Account { account: 1, balance: 5, version: 2 }
    );
    assert_eq!(update().at_version(2).returning_new().await.unwrap().version, 3);
    let error = update().at_version(2).await.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::VersionConflict, "update"));
    assert_eq!(error.current::<Account>().unwrap().unwrap().version, 3);
    // What was read before the update is old.
    let put = shop.put(&Account { account: 1, balance: 0, version: 1 });
    assert_eq!(put.await.unwrap_err().kind(), ErrorKind::VersionConflict);
    let nobody = shop.update(AccountKey { account: 2 }).add(Account::BALANCE, 5);
    assert_eq!(nobody.await.unwrap_err().kind(), ErrorKind::NotFound);
    let nothing = shop.update(KEY).at_version(3).await.unwrap_err();
    assert_eq!(nothing.kind(), ErrorKind::InvalidUpdate);
}

#[tokio::test]
async fn versions_hold_in_transactions_with_updates_checks_and_deletes() {
    let (shop, _) = shop::<Shop>().await;
    for account in 1..=3 {
        shop.put(&Account { account, ..Account::default() }).await.unwrap();
    }
    let key = |account| AccountKey { account };
    let all = |check, delete| {
        shop.transact()
            .update(Account::update(key(1)).add(Account::BALANCE, 1).at_version(1))
            .check(Account::exists(key(2)).at_version(check))
            .delete(Account::delete(key(3)).at_version(delete))
    };
    for (check, delete, operation) in [(2, 1, "check"), (1, 2, "delete")] {
        let error = all(check, delete).await.unwrap_err();
        assert_eq!((error.kind(), error.operation()), (ErrorKind::VersionConflict, operation));
    }
    all(1, 1).await.unwrap();
    assert_eq!(shop.get(key(1)).await.unwrap().as_ref().unwrap().version, 2);
    assert_eq!(all(1, 1).await.unwrap_err().operation(), "update");
}

#[tokio::test]
async fn an_upsert_makes_the_first_version_and_keeps_created_at() {
    let (shop, clock) = shop::<Shop>().await;
    let upsert = || shop.upsert(KEY).add(Account::BALANCE, 5).returning_new();
    assert_eq!([upsert().await.unwrap().version, upsert().await.unwrap().version], [1, 2]);

    let (made, key) = (clock.seconds(), NoteKey { note: 1 });
    let upsert = |text: &str| shop.upsert(key.clone()).set(Note::TEXT, text);
    let first = upsert("a").returning_new().await.unwrap().into_inner();
    clock.pass(Duration::from_secs(9));
    let second = upsert("b").returning_new().await.unwrap().into_inner();
    assert_eq!([first.made, second.made], [Some(made); 2]);
    assert!(first.changed_at < second.changed_at);
    clock.pass(Duration::from_secs(9));
    let third = shop.update(key.clone()).set(Note::TEXT, "c").returning_new().await.unwrap().into_inner();
    assert_eq!(third.made, Some(made));
    let item = stored(shop.sdk(), &key).await.unwrap();
    assert_eq!(number(&item, "changed_at"), u64::try_from(clock.timestamp().as_millisecond()).unwrap());
}

#[tokio::test]
async fn index_keys_follow_the_time_of_an_update() {
    let (shop, clock) = shop::<Shop>().await;
    shop.put(&order()).await.unwrap();
    clock.pass(Duration::from_secs(61));
    let paid = shop.update(order().key()).set(Order::STATUS, Status::Paid).returning_new().await.unwrap();
    let item = stored(shop.sdk(), &order().key()).await.unwrap();
    let now = "2026-06-21T12:01:01Z";
    assert_eq!((text(&item, "changedAt"), text(&item, "GSI1SK")), (now, format!("{now}#0001").as_str()));
    assert_eq!(paid.rev, Revision(2));
    let found = shop
        .query(Order::by_status(Status::Paid).updated_at(now.parse::<Timestamp>().unwrap()))
        .await
        .unwrap();
    assert_eq!(found.into_inner(), [paid.into_inner()]);
}

#[derive(Table, Debug)]
#[table(name = "shop", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
enum Shared {
    Task(Task),
    Job(Job),
}

/// A time shares a half with another field.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq, Default)]
#[entity(table = Shared, pk = "TASK#{task}", sk = "TASK")]
#[entity(index(Gsi1, pk = "TASKS", sk = "{state}#{changed}", query = tasks))]
struct Task {
    task: u8,
    state: u8,
    done: bool,
    #[entity(updated_at)]
    changed: u64,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq, Default)]
#[entity(table = Shared, pk = "JOB#{job}", sk = "JOB")]
#[entity(index(Gsi1, pk = "JOBS", sk = "{made}", query = jobs))]
struct Job {
    job: u8,
    done: bool,
    #[entity(created_at)]
    made: u64,
}

#[tokio::test]
async fn a_key_that_an_update_cannot_compose_is_not_left_stale() {
    let (shop, clock) = shop::<Shared>().await;
    shop.put(&Task { task: 1, state: 3, ..Task::default() }).await.unwrap();
    let key = || TaskKey { task: 1 };
    let error = shop.update(key()).set(Task::DONE, true).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidKey);
    assert_eq!(
        error.to_string(),
        "cannot update `Task` (PK = \"TASK#001\", SK = \"TASK\"): the time that every write sets is part of GSI1SK \
         \"{state}#{changed}\", whose other parts are not known here: set them too, or change the item by \
         `read_modify_write`"
    );
    clock.pass(Duration::from_secs(7));
    shop.update(key()).set(Task::DONE, true).set(Task::STATE, 4).await.unwrap();
    let item = stored(shop.sdk(), &key()).await.unwrap();
    assert_eq!(text(&item, "GSI1SK"), format!("004#{:020}", clock.seconds()));
    shop.upsert(TaskKey { task: 2 }).set(Task::DONE, true).set(Task::STATE, 4).await.unwrap();
    assert_eq!(shop.query(Task::tasks()).await.unwrap().len(), 2);

    let upsert = shop.upsert(JobKey { job: 1 }).set(Job::DONE, true);
    assert_eq!(upsert.await.unwrap_err().kind(), ErrorKind::InvalidItem);
    shop.insert(&Job { job: 1, ..Job::default() }).await.unwrap();
    let before = stored(shop.sdk(), &JobKey { job: 1 }).await.unwrap();
    clock.pass(Duration::from_secs(7));
    shop.update(JobKey { job: 1 }).set(Job::DONE, true).await.unwrap();
    let after = stored(shop.sdk(), &JobKey { job: 1 }).await.unwrap();
    assert_eq!((&before["made"], &before["GSI1SK"]), (&after["made"], &after["GSI1SK"]));
}

#[tokio::test]
async fn a_batch_does_not_lose_the_version() {
    let (shop, _) = shop::<Shop>().await;
    let error = shop.batch_write().put(&Account { account: 1, ..Account::default() }).await.unwrap_err();
    let error = monotable::Error::from(error);
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let error = error.to_string();
    assert!(error.contains("its version is checked by a condition, and a batch has none"), "{error}");
}

#[tokio::test]
async fn null_is_set_where_none_is_stored_so() {
    #[derive(Table, Debug)]
    #[table(name = "shop")]
    enum Nulls {
        Thing(Thing),
    }
    #[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
    #[entity(table = Nulls, pk = "THING#{id}", sk = "THING")]
    struct Thing {
        id: u8,
        left_out: Option<u8>,
        #[entity(null)]
        null: Option<u8>,
    }
    let (shop, _) = shop::<Nulls>().await;
    let thing = Thing { id: 1, left_out: Some(1), null: Some(1) };
    shop.put(&thing).await.unwrap();
    shop.update(thing.key()).set(Thing::LEFT_OUT, None).set(Thing::NULL, None).await.unwrap();
    let item = stored(shop.sdk(), &thing.key()).await.unwrap();
    assert!(!item.contains_key("left_out") && item["null"].is_null());
    // Both are what was asked for, whoever wrote the item.
    shop.put(&thing).when(Thing::NULL.eq(None) & Thing::LEFT_OUT.eq(None)).await.unwrap();
}
