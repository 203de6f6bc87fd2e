//! Sixty-four tasks move money between a few accounts, over connections that fail. The sum stays what it is, and
//! every move that was acknowledged happened once.

use std::sync::atomic::{AtomicU32, Ordering};

use monotable::testing::{Fault, Operation};
use monotable::{Entity, Error, ErrorKind, Handle, Transact};
use monotable_tests::{networked, open};

use crate::shop::{Account, AccountKey, Shop};

const ACCOUNTS: u32 = 5;
const TASKS: u32 = 64;
const MOVES: u32 = 6;
const CENTS: u64 = 1000;

fn key(number: u32) -> AccountKey {
    AccountKey { number }
}

/// One move, tried until it happens.
async fn transfer(shop: &Handle<Shop>, from: u32, to: u32, cents: u64) {
    let taken = Account::update(key(from)).sub(Account::CENTS, cents).when(Account::CENTS.ge(cents));
    let transact = shop
        .transact()
        .update(taken.add(Account::MOVES, 1))
        .update(Account::update(key(to)).add(Account::CENTS, cents).add(Account::MOVES, 1))
        .idempotency_token(format!("{:032x}", fresh()));
    known(transact).await.unwrap();
}

fn fresh() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Sends it until it is known whether it happened. The SDK's tries may be used up before.
async fn known(transact: Transact<Shop, Handle<Shop>>) -> Result<(), Error> {
    loop {
        match transact.clone().await {
            Err(error) if matches!(error.kind(), ErrorKind::Unreachable | ErrorKind::Service) => {}
            Err(error) if error.kind() == ErrorKind::Throttled => {}
            outcome => return outcome.map(|_| ()),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_sum_is_conserved() {
    let shop = open::<Shop>().await;
    for number in 0..ACCOUNTS {
        shop.put(&Account { number, cents: CENTS, moves: 0 }).await.unwrap();
    }
    let mut sent = 0;
    let (shop, proxy) = networked(&shop);
    proxy.script(move |request| {
        sent += 1;
        match (request.operation, sent % 11) {
            (Operation::TransactWriteItems, 3) => Some(Fault::cancel(["TransactionConflict", "None"])),
            (Operation::TransactWriteItems, 5) => Some(Fault::internal_error().after_effect()),
            (Operation::TransactWriteItems, 7) => Some(Fault::disconnect().after_effect()),
            (_, 9) => Some(Fault::throttle()),
            _ => None,
        }
    });
    let tasks = (0..TASKS).map(|task| {
        let shop = shop.clone();
        tokio::spawn(async move {
            for turn in 0..MOVES {
                let from = (task + turn) % ACCOUNTS;
                let to = (from + 1 + (task * 7 + turn) % (ACCOUNTS - 1)) % ACCOUNTS;
                transfer(&shop, from, to, u64::from(1 + task % 3)).await;
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    let accounts: Vec<_> = (0..ACCOUNTS).map(key).collect();
    let accounts = shop.batch_get(accounts).consistent().await.unwrap().into_inner();
    let accounts: Vec<_> = accounts.into_iter().flatten().collect();
    let cents: u64 = accounts.iter().map(|account| account.cents).sum();
    let moves: u32 = accounts.iter().map(|account| account.moves).sum();
    assert_eq!(cents, CENTS * u64::from(ACCOUNTS));
    // No account was ever empty, so each move happened, and changed two accounts, once.
    assert_eq!(moves, 2 * TASKS * MOVES);
    assert!(proxy.sent() > (TASKS * MOVES) as usize);
}
