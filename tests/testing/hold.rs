//! Calls that are held back.

use std::sync::{Arc, Mutex};

use monotable::testing::{Calls, Operation};

use crate::world::*;

#[tokio::test]
async fn calls_go_in_the_order_in_which_they_are_let_go() {
    let world = world().await;
    let hold = world.proxy.hold(Calls::of(Operation::GetItem));
    let done = Arc::new(Mutex::new(Vec::new()));
    let mut reads = Vec::new();
    for id in 1..=5 {
        let (read, done) = (world.shop.get(key(id)), done.clone());
        reads.push(tokio::spawn(async move {
            read.await.unwrap();
            done.lock().unwrap().push(id);
        }));
        while hold.waiting() < id as usize {
            tokio::task::yield_now().await;
        }
    }
    world.shop.put(&order(1)).await.unwrap();
    assert_eq!((world.passed(), world.proxy.under_way()), (vec![Operation::PutItem], 5));
    for (number, waiting) in [(4, 4), (2, 3)] {
        hold.release(number);
        while hold.waiting() > waiting {
            tokio::task::yield_now().await;
        }
    }
    while world.proxy.under_way() > 3 {
        tokio::task::yield_now().await;
    }
    assert_eq!(*done.lock().unwrap(), [4, 2]);
    // One that is let go before it comes is not held.
    hold.release(6);
    world.shop.get(key(6)).await.unwrap();
    assert_eq!(hold.waiting(), 3);
    drop(hold);
    for read in reads {
        read.await.unwrap();
    }
    assert_eq!(done.lock().unwrap().len(), 5);
    world.shop.get(key(7)).await.unwrap();
}
