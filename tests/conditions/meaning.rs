//! A condition means to the engine what it means in Rust.

use monotable::{Entity, Error, ErrorKind, Handle};
use monotable_tests::{engine, open};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::world::{Thing, Things, Tree, thing, tree};

async fn judged(outcome: Result<(), Error>, things: &Handle<Things>) -> bool {
    match outcome {
        Ok(()) => true,
        Err(error) if error.kind() == ErrorKind::ConditionFailed => false,
        Err(error) => panic!("{error:?} from {}", things.name()),
    }
}

async fn agree(things: &Handle<Things>, thing: &Thing, trees: &[Tree]) -> Result<(), TestCaseError> {
    things.put(thing).await.unwrap();
    for tree in trees {
        let put = things.put(thing).when(tree.condition()).await.map(drop);
        prop_assert_eq!(judged(put, things).await, tree.holds(thing), "put {:?}", tree);
        let put = things.replace(thing).when(!tree.condition()).await.map(drop);
        prop_assert_eq!(judged(put, things).await, !tree.holds(thing), "replace {:?}", tree);
    }
    // What is deleted is gone, so the last one says.
    let Some(last) = trees.last() else { return Ok(()) };
    let deleted = things.delete(thing.key()).when(last.condition()).await.map(drop);
    prop_assert_eq!(judged(deleted, things).await, last.holds(thing), "delete {:?}", last);
    prop_assert_eq!(things.exists(thing.key()).await.unwrap().into_inner(), !last.holds(thing));
    Ok(())
}

#[test]
fn the_engine_and_rust_judge_alike() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let things = runtime.block_on(open::<Things>());
    let mut runner = TestRunner::new(ProptestConfig {
        cases: engine().cases(400),
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let cases = (thing(), vec(tree(), 1..6));
    runner.run(&cases, |(thing, trees)| runtime.block_on(agree(&things, &thing, &trees))).unwrap();
}
