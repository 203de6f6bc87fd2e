//! The table and its overloaded indexes, held to filters in plain Rust.

use monotable_tests::{engine, open};
use proptest::collection::vec;

use crate::asking::{Stored, asked};
use crate::comparing::wanted;
use crate::entities::{Misses, attributes, distinct, item};
use crate::strategies::cases;
use crate::support::{load, runtime};

#[test]
fn a_query_returns_what_a_filter_of_the_same_items_does() {
    let runtime = runtime();
    let strategy = (vec(item(), 0..70), vec((asked(), wanted()), 1..100));
    let outcome = cases(engine().cases(40)).run(&strategy, |(items, questions)| {
        runtime.block_on(async {
            let (table, items) = (open::<Misses>().await, distinct(items));
            load(&table, items.iter().map(attributes)).await;
            for (asked, wanted) in questions {
                Stored { table: &table, items: &items }.ask(asked, wanted).await;
            }
        });
        Ok(())
    });
    outcome.unwrap();
}
