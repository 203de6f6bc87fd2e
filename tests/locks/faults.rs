//! Answers that are lost, and calls that fail: nothing is made twice, and nothing that was acknowledged is lost.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use monotable::testing::{Calls, Fault, Operation, Proxy};
use monotable::{Entity, ErrorKind, Handle, Table};

use crate::world::{Account, AccountKey, Shop};

const KEY: AccountKey = AccountKey { account: 1 };

async fn with_account(proxy: &Proxy) -> Handle<Shop> {
    let shop = proxy.attach(&Shop::embedded().await.unwrap());
    shop.put(&Account { account: 1, ..Account::default() }).await.unwrap();
    shop
}

fn puts() -> Calls {
    Calls::of(Operation::PutItem)
}

#[tokio::test]
async fn a_change_whose_answer_is_lost_is_not_made_again() {
    let proxy = Proxy::new();
    let shop = with_account(&proxy).await;
    proxy.inject(puts().nth(1), Fault::internal_error().after_effect());
    let error = shop.read_modify_write(KEY, |account| account.balance += 1).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::VersionConflict);
    assert!(error.to_string().contains("this write may have taken effect, or another"), "{error}");
    let account = shop.get(KEY).await.unwrap().into_inner().unwrap();
    assert_eq!((account.balance, account.version), (1, 2));
}

#[tokio::test]
async fn a_change_that_never_arrived_is_made_once() {
    let proxy = Proxy::new();
    let shop = with_account(&proxy).await;
    proxy.inject(puts().first(2), Fault::throttle());
    let account = shop.read_modify_write(KEY, |account| account.balance += 1).await.unwrap();
    assert_eq!((account.balance, account.version), (1, 2));
    proxy.inject(puts().nth(1), Fault::refuse("TransactionConflictException"));
    let account = shop.read_modify_write(KEY, |account| account.balance += 1).await.unwrap();
    assert_eq!((account.balance, account.version), (2, 3));
}

/// Whatever goes wrong, the balance is at least what was acknowledged, and at most that and what is in doubt.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sums_hold_under_contention_and_faults() {
    let proxy = Proxy::seeded(7);
    let shop = with_account(&proxy).await;
    proxy.inject(puts().chance(0.1), Fault::internal_error().after_effect());
    proxy.inject(puts().chance(0.1), Fault::throttle());
    proxy.inject(Calls::of(Operation::GetItem).chance(0.1), Fault::internal_error());
    let (done, doubtful) = (Arc::new(AtomicI64::new(0)), Arc::new(AtomicI64::new(0)));
    let tasks: Vec<_> = (0..16)
        .map(|_| {
            let (shop, done, doubtful) = (shop.clone(), done.clone(), doubtful.clone());
            tokio::spawn(async move {
                for _ in 0..8 {
                    let outcome =
                        shop.read_modify_write(KEY, |account| account.balance += 1).tries(200).await;
                    let count = if outcome.is_ok() { &done } else { &doubtful };
                    count.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    proxy.clear();
    let account = shop.get(KEY).await.unwrap().into_inner().unwrap();
    let (done, doubtful) = (done.load(Ordering::Relaxed), doubtful.load(Ordering::Relaxed));
    assert!(
        (done..=done + doubtful).contains(&account.balance),
        "{done} done, {doubtful} in doubt: {account:?}"
    );
    assert_eq!(account.version, 1 + u64::try_from(account.balance).unwrap());
    assert!(done > 0 && doubtful > 0);
}

#[tokio::test]
async fn an_insert_whose_answer_is_lost_says_that_the_item_is_there() {
    let proxy = Proxy::new();
    let shop = with_account(&proxy).await;
    proxy.inject(puts().nth(1), Fault::internal_error().after_effect());
    let inserted = Account { account: 2, balance: 7, version: 0 };
    let error = shop.insert(&inserted).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AlreadyExists);
    assert_eq!(error.current::<Account>().unwrap(), Some(Account { version: 1, ..inserted.clone() }));
    assert_eq!(shop.get(inserted.key()).await.unwrap().as_ref().map(|account| account.balance), Some(7));
}
