//! `read_modify_write`: no update is lost, and none is made twice.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier};

use monotable::{Entity, Error, ErrorKind, Handle, Table};
use serde::{Deserialize, Serialize};

use crate::world::{Account, AccountKey, Order, Revision, Shop, Status, shop};

const KEY: AccountKey = AccountKey { account: 1 };

async fn with_account() -> Handle<Shop> {
    let (shop, _) = shop::<Shop>().await;
    shop.put(&Account { account: 1, ..Account::default() }).await.unwrap();
    shop
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_increment_is_lost_among_64_tasks() {
    let shop = with_account().await;
    // The first two have both read before one of them writes, however busy the machine is.
    let (calls, two) = (Arc::new(AtomicU32::new(0)), Arc::new(Barrier::new(2)));
    let tasks: Vec<_> = (0..64)
        .map(|_| {
            let (shop, calls, two) = (shop.clone(), calls.clone(), two.clone());
            tokio::spawn(async move {
                let change = |account: &mut Account| {
                    if calls.fetch_add(1, Ordering::Relaxed) < 2 {
                        two.wait();
                    }
                    account.balance += 1;
                };
                shop.read_modify_write(KEY, change).tries(200).await.unwrap().version
            })
        })
        .collect();
    let mut versions = Vec::new();
    for task in tasks {
        versions.push(task.await.unwrap());
    }
    // Each made a version of its own, and the last is what is stored.
    versions.sort_unstable();
    assert_eq!(versions, (2..=65).collect::<Vec<_>>());
    let account = shop.get(KEY).await.unwrap().into_inner().unwrap();
    assert_eq!((account.balance, account.version), (64, 65));
    assert!(calls.load(Ordering::Relaxed) > 64, "nobody came between anybody");
}

#[tokio::test]
async fn a_write_that_comes_between_begins_it_anew_and_its_cost_is_counted() {
    let shop = with_account().await;
    let (other, mut tried) = (shop.clone(), 0);
    let outcome = shop
        .read_modify_write(KEY, |account| {
            tried += 1;
            if tried == 1 {
                let mut theirs = account.clone();
                theirs.balance = 100;
                futures(other.put(&theirs));
            }
            account.balance += 1;
        })
        .await
        .unwrap();
    assert_eq!((outcome.balance, outcome.version), (101, 3));
    // Two reads, the refused write, whose cost is computed, and the other.
    assert_eq!((outcome.cost().calls, outcome.read_units(), outcome.write_units()), (4, 2.0, 2.0));
    assert_eq!(tried, 2);
}

/// Drives an operation on the embedded engine, which never waits, inside of a closure that cannot.
fn futures(put: impl IntoFuture<Output = Result<monotable::Metered<()>, Error>, IntoFuture: Send + 'static>) {
    let put = put.into_future();
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    std::thread::spawn(move || runtime().block_on(put).unwrap()).join().unwrap();
}

#[tokio::test]
async fn it_gives_up_with_the_current_item() {
    let shop = with_account().await;
    let other = shop.clone();
    let always = |account: &mut Account| {
        let mut theirs = account.clone();
        theirs.balance += 7;
        futures(other.put(&theirs));
    };
    let error = shop.read_modify_write(KEY, always).tries(2).await.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::VersionConflict, "read_modify_write"));
    assert_eq!(error.current::<Account>().unwrap().unwrap().balance, 14);
    assert_eq!(error.cost().calls, 4);
    assert!(error.to_string().ends_with("after 2 tries in a row without progress"), "{error}");
}

#[tokio::test]
async fn an_error_of_the_closure_writes_nothing() {
    #[derive(Debug)]
    enum Refused {
        Poor(i64),
        Table(Error),
    }
    impl From<Error> for Refused {
        fn from(error: Error) -> Self {
            Self::Table(error)
        }
    }
    let shop = with_account().await;
    let take = |account: &mut Account| match account.balance {
        balance if balance < 5 => Err(Refused::Poor(balance)),
        _ => {
            account.balance -= 5;
            Ok(())
        }
    };
    assert!(matches!(shop.read_modify_write(KEY, take).await, Err(Refused::Poor(0))));
    assert_eq!(shop.get(KEY).await.unwrap().as_ref().unwrap().version, 1);
    let nobody = AccountKey { account: 9 };
    let error = shop.read_modify_write(nobody, take).await.unwrap_err();
    assert!(matches!(&error, Refused::Table(error) if error.kind() == ErrorKind::NotFound));
}

#[tokio::test]
async fn the_key_stays_and_the_version_is_not_the_closures() {
    let shop = with_account().await;
    let error = shop.read_modify_write(KEY, |account| account.account = 2).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.to_string().contains("its primary key was changed"), "{error}");
    let written = shop.read_modify_write(KEY, |account| account.version = 77).await.unwrap();
    assert_eq!(written.version, 2);
}

#[tokio::test]
async fn every_part_of_an_index_key_follows() {
    let (shop, _) = shop::<Shop>().await;
    let order = Order {
        customer: 1,
        number: 1,
        status: Status::Open,
        rev: Revision(0),
        created_at: Default::default(),
        updated_at: Default::default(),
    };
    let made = shop.put(&order).returning_new().await.unwrap();
    let paid =
        shop.read_modify_write(order.key(), |order| order.status = Status::Paid).await.unwrap().into_inner();
    assert_eq!((paid.created_at, paid.rev), (made.created_at, Revision(2)));
    assert_eq!(shop.query(Order::by_status(Status::Open)).await.unwrap().len(), 0);
    assert_eq!(shop.query(Order::by_status(Status::Paid)).await.unwrap().into_inner(), [paid]);
}

#[derive(Table, Debug)]
#[table(name = "club")]
enum Club {
    Member(Member),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Club, pk = "MEMBER#{member}", sk = "MEMBER")]
#[entity(unique(email))]
struct Member {
    member: u8,
    email: String,
    points: u32,
    #[entity(version)]
    version: u32,
}

#[tokio::test]
async fn unique_values_follow_a_change_that_was_made_twice() {
    let (club, _) = shop::<Club>().await;
    let member = |member, email: &str| Member { member, email: email.to_owned(), points: 0, version: 0 };
    club.put(&member(1, "ada@x")).await.unwrap();
    club.put(&member(2, "bob@x")).await.unwrap();
    let (other, mut tried) = (club.clone(), 0);
    let renamed = club
        .read_modify_write(MemberKey { member: 1 }, |ada| {
            tried += 1;
            if tried == 1 {
                futures(other.put(&Member { email: "countess@x".to_owned(), points: 5, ..ada.clone() }));
            }
            ada.email = "lovelace@x".to_owned();
        })
        .await
        .unwrap();
    assert_eq!((renamed.points, renamed.version, tried), (5, 3, 2));
    // Both of her earlier addresses are free, and this one is taken.
    club.put(&member(3, "ada@x")).await.unwrap();
    club.put(&member(4, "countess@x")).await.unwrap();
    assert_eq!(club.put(&member(5, "lovelace@x")).await.unwrap_err().kind(), ErrorKind::Taken);
    let taken = club.read_modify_write(MemberKey { member: 1 }, |ada| ada.email = "bob@x".to_owned()).await;
    assert_eq!(taken.unwrap_err().kind(), ErrorKind::Taken);
}
