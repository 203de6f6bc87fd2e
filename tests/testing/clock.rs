//! A clock on which nobody waits, against the arithmetic of who sleeps how long.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_sdk_dynamodb::config::AsyncSleep;
use monotable::Table;
use monotable::testing::{Calls, Clock, Fault, Operation, Proxy};
use monotable_tests::poll_once;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::world::*;

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().build().unwrap()
}

/// Each task sleeps some times in a row. When each wakes up, in order.
async fn wake_ups(tasks: Vec<Vec<u16>>) -> (Vec<(Duration, usize)>, Clock) {
    let (clock, woken) = (Clock::new(), Arc::new(Mutex::new(Vec::new())));
    let tasks = tasks.into_iter().enumerate().map(|(task, sleeps)| {
        let (clock, woken) = (clock.clone(), woken.clone());
        tokio::spawn(async move {
            for seconds in sleeps {
                clock.sleep(Duration::from_secs(seconds.into())).await;
                woken.lock().unwrap().push((clock.elapsed(), task));
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    let woken = woken.lock().unwrap().clone();
    (woken, clock)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// As if time passed: everyone wakes up when the sum of their own sleeps is over.
    #[test]
    fn sleeps_end_in_the_order_of_time(tasks in vec(vec(0_u16..2000, 0..6), 0..12)) {
        let mut expected = Vec::new();
        for (task, sleeps) in tasks.iter().enumerate() {
            let mut passed = 0;
            for seconds in sleeps {
                passed += u64::from(*seconds);
                expected.push((Duration::from_secs(passed), task));
            }
        }
        expected.sort();
        let (mut woken, clock) = runtime().block_on(wake_ups(tasks));
        prop_assert!(woken.is_sorted_by_key(|(at, _)| *at), "{:?}", woken);
        woken.sort();
        prop_assert_eq!(&woken, &expected);
        prop_assert_eq!(clock.elapsed(), expected.last().map_or(Duration::ZERO, |(at, _)| *at));
        prop_assert_eq!((clock.slept().len(), clock.sleepers()), (expected.len(), 0));
    }
}

#[tokio::test]
async fn by_hand_nobody_wakes_up_by_themselves() {
    let clock = Clock::new().by_hand();
    let sleepers: Vec<_> = [30, 10, 20].map(|seconds| clock.sleep(Duration::from_secs(seconds))).into();
    let sleepers: Vec<_> = sleepers.into_iter().map(tokio::spawn).collect();
    let awake = || sleepers.iter().map(|sleeper| sleeper.is_finished()).collect::<Vec<_>>();
    let turns = || async {
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
    };
    for (seconds, expected) in
        [(0, [false, false, false]), (10, [false, true, false]), (15, [false, true, true])]
    {
        clock.advance(Duration::from_secs(seconds));
        turns().await;
        assert_eq!((awake(), clock.elapsed() >= Duration::from_secs(seconds)), (expected.to_vec(), true));
    }
    assert_eq!((clock.sleepers(), clock.slept()), (1, [10, 20].map(Duration::from_secs).to_vec()));
    sleepers[0].abort();
    turns().await;
    assert_eq!((clock.sleepers(), clock.slept().len(), clock.elapsed()), (0, 2, Duration::from_secs(25)));
}

/// What is made and never awaited keeps nobody from waking up.
#[tokio::test]
async fn who_never_falls_asleep_holds_up_nobody() {
    let clock = Clock::new();
    let short = clock.sleep(Duration::from_secs(1));
    clock.sleep(Duration::from_secs(5)).await;
    assert_eq!(clock.elapsed(), Duration::from_secs(5));
    short.await;
    assert_eq!(clock.elapsed(), Duration::from_secs(5));
}

/// What fell asleep and is not polled any more keeps nobody from waking up, be it over or not.
#[tokio::test]
async fn who_is_not_polled_holds_up_nobody() {
    let clock = Clock::new();
    let seconds = |seconds| clock.sleep(Duration::from_secs(seconds));
    let mut left = [1, 3, 60].map(|time| Box::pin(seconds(time)));
    for sleeper in &mut left {
        assert!(poll_once(sleeper.as_mut()).await.is_none());
    }
    seconds(5).await;
    assert_eq!((clock.elapsed(), clock.sleepers()), (Duration::from_secs(5), 3));
    let [short, ..] = &mut left;
    short.await;
    assert_eq!((clock.elapsed(), clock.sleepers()), (Duration::from_secs(5), 2));
}

/// Nor does a call that is answered, or on its way behind another proxy, and not polled any more.
#[tokio::test]
async fn a_call_that_is_not_polled_holds_up_nobody() {
    let world = world().await;
    world
        .behind
        .inject(Calls::all(), Fault::latency_between(Duration::from_millis(1), Duration::from_millis(9)));
    let mut left = Vec::new();
    for turns in 0..40 {
        let mut call = Box::pin(world.shop.get(key(1)).into_future());
        for _ in 0..turns {
            if poll_once(call.as_mut()).await.is_some() {
                break;
            }
        }
        left.push(call);
        world.proxy.inject(Calls::all().first(1), Fault::throttle());
        world.shop.get(key(1)).await.unwrap();
    }
    assert!(world.proxy.under_way() > 5, "{} are left", world.proxy.under_way());
}

/// The waits of the SDK and of the library are of this clock.
#[tokio::test]
async fn backoffs_are_waited_for_in_no_time() {
    let world = world().await;
    let start = world.proxy.clock().now();
    world.proxy.inject(Calls::of(Operation::GetItem), Fault::throttle());
    world.shop.get(key(1)).await.unwrap_err();
    assert_eq!(world.proxy.clock().slept().len(), 2);
    world.proxy.inject(Calls::of(Operation::BatchGetItem), Fault::unprocessed(..));
    world.shop.batch_get(key(1)).await.unwrap_err();
    assert_eq!(world.proxy.clock().slept().len(), 2 + 9);
    let slept: Duration = world.proxy.clock().slept().iter().sum();
    assert_eq!(world.proxy.clock().now().duration_since(start).unwrap(), slept);
    assert!(world.behind.clock().slept().is_empty());
}

/// What a proxy behind another one makes calls take is of its own clock.
#[tokio::test]
async fn proxies_one_behind_the_other_have_clocks_of_their_own() {
    let world = world().await;
    world.behind.inject(Calls::all(), Fault::latency(Duration::from_secs(2)));
    world.proxy.inject(Calls::all(), Fault::latency(Duration::from_secs(1)));
    world.shop.get(key(1)).await.unwrap();
    let elapsed = [&world.proxy, &world.behind].map(|proxy| proxy.clock().elapsed().as_secs());
    assert_eq!(elapsed, [1, 2]);
}

#[tokio::test]
async fn proxies_side_by_side_may_have_one_clock() {
    let clock = Clock::at(std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1000));
    let proxies = [5, 3].map(|seconds| {
        let proxy = Proxy::new().on_clock(clock.clone());
        proxy.inject(Calls::all(), Fault::latency(Duration::from_secs(seconds)));
        proxy
    });
    let shop = Shop::embedded().await.unwrap();
    let reads = proxies.clone().map(|proxy| tokio::spawn(proxy.attach(&shop).get(key(1)).into_future()));
    for read in reads {
        read.await.unwrap().unwrap();
    }
    assert_eq!(clock.elapsed(), Duration::from_secs(5));
    let at = |proxy: &Proxy| proxy.requests()[0].sent_at.duration_since(std::time::SystemTime::UNIX_EPOCH);
    assert_eq!(proxies.each_ref().map(|proxy| at(proxy).unwrap().as_secs()), [1000, 1000]);
}

/// Time is the client's own where it is wanted so.
#[tokio::test]
async fn in_real_time_the_clock_is_nobodys() {
    let proxy = Proxy::new().in_real_time();
    let shop = proxy.attach(&Shop::embedded().await.unwrap());
    proxy.inject(Calls::all(), Fault::latency(Duration::from_millis(30)));
    let start = std::time::Instant::now();
    shop.get(key(1)).await.unwrap();
    assert!(start.elapsed() >= Duration::from_millis(30));
    let year = Duration::from_secs(365 * 24 * 3600);
    assert!(proxy.requests()[0].sent_at > std::time::SystemTime::UNIX_EPOCH + 50 * year);
    assert_eq!((proxy.clock().elapsed(), proxy.clock().slept().len()), (Duration::ZERO, 0));
}
