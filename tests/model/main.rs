//! Random writes of every kind, alone and together, to entities that have every kind of index, a version and unique
//! values at once. After each step the table, every index and every marker are what plain Rust derives from the whole
//! items.

mod house;
mod row;
mod stored;
mod world;
mod write;

use monotable::{Error, Handle, Table};
use monotable_tests::{engine, open};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::house::House;
use crate::world::World;
use crate::write::{Step, steps};

/// What was carried out and what was refused, by the kind of error.
type Tally = std::collections::BTreeMap<String, usize>;

async fn run(steps: Vec<Step>, tally: &mut Tally) -> Result<(), TestCaseError> {
    let (house, mut world) = (open::<House>().await, World::default());
    for step in steps {
        let step = step.fitting(&world);
        let expected = world.after(&step);
        let found: Result<(), Error> = step.carry_out(&house, &world).await;
        let outcome = match (&found, expected) {
            (Ok(()), Ok(after)) => {
                world = after;
                "carried out".to_owned()
            }
            (Err(error), Err(kinds)) if kinds.contains(&error.kind()) => format!("{:?}", error.kind()),
            (found, expected) => {
                let found = found.as_ref().map_err(|error| (error.kind(), error));
                let expected = expected.map(drop);
                prop_assert!(false, "{step:?}\n  gave {found:?}\n  expected {expected:?}\n  of {world:?}");
                unreachable!("it has failed");
            }
        };
        *tally.entry(format!("{} {outcome}", step.name())).or_default() += 1;
        check(&house, &world, &step).await?;
    }
    check_reads(&house, &world).await
}

async fn check(house: &Handle<House>, world: &World, step: &Step) -> Result<(), TestCaseError> {
    let table = stored::scan(house, None).await;
    prop_assert_eq!(table, stored::table(world), "the table after {:?}", step);
    for index in House::INDEXES {
        let entries = stored::scan(house, Some(index.name)).await;
        prop_assert_eq!(entries, stored::index(world, index.name), "{} after {:?}", index.name, step);
    }
    Ok(())
}

/// What the library reads is what the model has.
async fn check_reads(house: &Handle<House>, world: &World) -> Result<(), TestCaseError> {
    for row in world.rows() {
        let read = row.read(house).await.unwrap();
        prop_assert_eq!(read.as_ref(), Some(row));
    }
    Ok(())
}

#[test]
fn after_every_step_each_index_and_each_marker_is_what_the_items_say() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let cases = std::env::var("MONOTABLE_MODEL_SEQUENCES")
        .map_or_else(|_| engine().cases(2000), |cases| cases.parse().unwrap());
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    let tally = std::cell::RefCell::new(Tally::new());
    let sequence = |steps| runtime.block_on(run(steps, &mut tally.borrow_mut()));
    TestRunner::new(config).run(&steps(), sequence).unwrap();
    for (outcome, times) in tally.borrow().iter() {
        println!("{times:7} {outcome}");
    }
}
