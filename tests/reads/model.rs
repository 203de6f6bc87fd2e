//! Any keys, any faults that pass: the outcome is that of a map, and the cost that of the published arithmetic.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use monotable::testing::{Fault, Proxy, Request};
use monotable::{ErrorKind, Handle};
use monotable_tests::{engine, networked, open, proxied, sizes};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng};
use tokio::runtime::Runtime;

use crate::library::{Library, any_key, consistent_units, put, stored};

#[derive(Debug)]
struct Case {
    /// Of the keys `0..250`, those that are stored, and how much text each has.
    stored: BTreeMap<usize, usize>,
    asked: Vec<usize>,
    consistent: bool,
    calls_at_once: usize,
    /// Of ten keys, how many are left unprocessed.
    left: u32,
    seed: [u8; 32],
}

fn case() -> impl Strategy<Value = Case> {
    let text = prop_oneof![6 => 0..300_usize, 3 => 3900..4300_usize, 1 => 8000..9000_usize];
    let stored = prop::collection::btree_map(0..250_usize, text, 0..120);
    let asked = prop_oneof![
        prop::collection::vec(0..250_usize, 0..12),
        prop::collection::vec(0..250_usize, 90..110),
        prop::collection::vec(0..250_usize, 200..700),
    ];
    let faults = (any::<bool>(), 1..6_usize, 0..7_u32, any::<[u8; 32]>());
    (stored, asked, faults).prop_map(|(stored, asked, (consistent, calls_at_once, left, seed))| Case {
        stored,
        asked,
        consistent,
        calls_at_once,
        left,
        seed,
    })
}

async fn fill(case: &Case) -> (Handle<Library>, BTreeMap<usize, Library>) {
    let library = open::<Library>().await;
    let mut model = BTreeMap::new();
    for (&number, &text) in &case.stored {
        let stored = stored(number, text);
        put(&library, &stored).await;
        model.insert(number, stored);
    }
    (library, model)
}

/// Leaves keys unprocessed by the luck of the case, and none more than three times: it passes.
fn unlucky(library: &Handle<Library>, case: &Case) -> (Handle<Library>, Proxy) {
    let mut luck = TestRng::from_seed(RngAlgorithm::ChaCha, &case.seed);
    let (mut times, limit) = (HashMap::<String, u32>::new(), case.left);
    let (library, proxy) = networked(library);
    proxy.script(move |request| {
        let mut left = Vec::new();
        for key in request.keys() {
            let times = times.entry(key.to_string()).or_default();
            if *times < 3 && luck.next_u32() % 10 < limit {
                *times += 1;
                left.push(key.clone());
            }
        }
        Some(Fault::unprocessed_where(move |_, key| left.contains(key)))
    });
    (library, proxy)
}

fn expected(case: &Case, model: &BTreeMap<usize, Library>) -> Vec<Option<Library>> {
    case.asked.iter().map(|number| model.get(number).cloned()).collect()
}

/// Over the different keys: how many there are, how many of them are stored, and what reading them costs
/// consistently.
fn totals(case: &Case, model: &BTreeMap<usize, Library>) -> (usize, u64, f64) {
    let different: BTreeSet<_> = case.asked.iter().collect();
    let found = different.iter().filter(|number| model.contains_key(number)).count();
    let units = different.iter().map(|number| consistent_units(model.get(number))).sum();
    (different.len(), found as u64, units)
}

async fn batch_get(case: &Case) {
    let (library, model) = fill(case).await;
    let (unlucky, proxy) = unlucky(&library, case);
    let keys: Vec<_> = case.asked.iter().map(|&number| any_key(number)).collect();
    let mut read = unlucky.batch_get(&keys).calls_at_once(case.calls_at_once);
    if case.consistent {
        read = read.consistent();
    }
    let (outcome, cost) = read.await.unwrap().into_parts();
    assert_eq!(outcome, expected(case, &model));

    let (different, found, units) = totals(case, &model);
    let units = if case.consistent { units } else { 0.5 * units };
    assert_eq!(cost.read_units(), engine().batch_read_units(units));
    assert_eq!((cost.write_units(), cost.evaluated), (0.0, found));
    let sent = sizes(&proxy);
    assert_eq!((cost.calls as usize, cost.attempts as usize), (sent.len(), sent.len()));
    assert!(sent.iter().all(|keys| *keys <= 100));
    let asked = |request: &Request| request.body["RequestItems"][library.name()]["ConsistentRead"] == true;
    assert!(proxy.requests().iter().all(|request| asked(request) == case.consistent));
    assert!(proxy.most_under_way() <= case.calls_at_once);
    if case.left == 0 {
        assert_eq!(sent.len(), different.div_ceil(100));
        assert_eq!(proxy.most_under_way(), case.calls_at_once.min(sent.len()));
        assert_eq!(proxy.clock().slept().len(), 0);
    }
}

async fn transact_get(case: &Case) {
    let (library, model) = fill(case).await;
    let (library, proxy) = proxied(&library);
    let keys: Vec<_> = case.asked.iter().map(|&number| any_key(number)).collect();
    let read = library.transact_get(keys).await;
    let (different, found, units) = totals(case, &model);
    if different > 100 {
        let error = read.unwrap_err();
        assert_eq!((error.kind(), proxy.sent()), (ErrorKind::InvalidRequest, 0));
        assert!(error.to_string().contains(&format!("reads {different} different keys")), "{error}");
        return;
    }
    let (outcome, cost) = read.unwrap().into_parts();
    assert_eq!(outcome, expected(case, &model));
    assert_eq!((cost.read_units(), cost.evaluated), (2.0 * units, found));
    assert_eq!(cost.calls as usize, usize::from(different > 0));
}

proptest! {
    #![proptest_config(Config { cases: engine().cases(48), failure_persistence: None, ..Config::default() })]

    #[test]
    fn a_batch_reads_what_a_map_would(case in case()) {
        Runtime::new().unwrap().block_on(batch_get(&case));
    }

    #[test]
    fn a_transaction_reads_what_a_map_would(case in case()) {
        Runtime::new().unwrap().block_on(transact_get(&case));
    }
}
