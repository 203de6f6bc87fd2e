//! The proofs against brute force: random templates over tiny alphabets, every string up to a bound.

mod examine;
mod truth;
mod verdicts;
mod world;

use examine::{Pool, Tally};
use monotable::proof::{Question, ask};
use verdicts::{MUTANTS, REAL, Verdicts};
use world::WORLDS;

const SEED: u64 = 0x9E37_79B9_7F4A_7C15;

fn examine(verdicts: &Verdicts, templates: usize, pairs: usize) -> Result<Tally, String> {
    let mut tally = Tally::default();
    for (number, world) in WORLDS.iter().enumerate() {
        let seed = SEED + number as u64;
        Pool::draw(world, seed, templates).examine(verdicts, pairs, &mut tally)?;
    }
    Ok(tally)
}

#[test]
fn no_miss_and_no_false_alarm() {
    let tally = examine(&REAL, 300, 10_000).unwrap_or_else(|difference| panic!("{difference}"));
    println!("{tally:#?}");
    assert!(tally.meets[0] >= 20_000);
    for [all, yes] in
        [tally.meets, tally.begins, tally.twice, tally.prefix_twice, tally.misorders, tally.collide]
    {
        assert!(yes > all / 100 && yes < all, "an oracle that hears one answer only proves nothing");
    }
    assert!(tally.typed_from.iter().all(|&count| count > 50));
}

/// The oracle would notice a wrong proof: each mutant fails it, in the question that it gets wrong.
#[test]
fn mutants_are_rejected() {
    for (name, question, mutant) in &MUTANTS {
        let difference = examine(mutant, 60, 1_000).expect_err(name);
        assert!(difference.starts_with(question), "{name}: {difference}");
    }
}

/// The shortcuts in front of the products never disagree with them.
#[test]
fn shortcuts_agree_with_the_products() {
    for (number, world) in WORLDS.iter().enumerate() {
        let pool = Pool::draw(world, SEED ^ number as u64, 80);
        for a in pool.cases.iter().map(|case| &case.template) {
            assert_eq!(a.is_ambiguous(), ask(Question::Twice, a, a), "{a:?}");
            for parts in 1..a.parts() {
                let segments = a.prefix(parts);
                let product = ask(Question::TwicePrefix { segments }, a, a);
                assert_eq!(a.prefix_is_ambiguous(parts), product, "{a:?} {parts}");
            }
            for part in 0..a.parts() {
                let product = ask(Question::Misorder { segment: a.prefix(part) }, a, a);
                assert_eq!(a.misorders(part), product, "{a:?} {part}");
            }
            for b in pool.cases.iter().map(|case| &case.template) {
                assert_eq!(a.meets(b), ask(Question::Meet, a, b), "{a:?} {b:?}");
                let segments = a.prefix(0);
                assert_eq!(a.begins(0, b), ask(Question::Begins { segments }, a, b), "{a:?} {b:?}");
            }
        }
    }
}
