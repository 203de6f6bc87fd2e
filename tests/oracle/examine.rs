//! Compares verdicts with the truth; the first difference ends it.

use crate::truth::{Case, confirms, misorders_beyond};
use crate::verdicts::Verdicts;
use crate::world::{Random, Strings, World};
use monotable::proof::{
    EntityKeys, Key, Language, Question, Report, Segment, TableKeys, check_entity, glances, prove_entity,
};

pub(crate) struct Pool {
    pub(crate) world: &'static World,
    strings: Strings,
    pub(crate) cases: Vec<Case>,
    random: Random,
}

/// How many verdicts were compared, and how many of them were "yes".
#[derive(Default, Debug)]
pub(crate) struct Tally {
    pub(crate) meets: [usize; 2],
    pub(crate) begins: [usize; 2],
    pub(crate) twice: [usize; 2],
    pub(crate) prefix_twice: [usize; 2],
    pub(crate) misorders: [usize; 2],
    pub(crate) allows_range: [usize; 2],
    pub(crate) collide: [usize; 2],
    /// By none, 0, 1, and more.
    pub(crate) typed_from: [usize; 4],
    /// Examples longer than the bound.
    pub(crate) beyond: usize,
}

type Outcome = Result<(), String>;

impl Pool {
    pub(crate) fn draw(world: &'static World, seed: u64, templates: usize) -> Self {
        let (strings, mut random, mut cases) = (world.strings(), Random(seed), vec![]);
        while cases.len() < templates {
            let (template, segments) = world.template(&mut random);
            cases.extend(Case::new(template, segments, world, &strings));
        }
        Self { world, strings, cases, random }
    }

    pub(crate) fn examine(&mut self, verdicts: &Verdicts, pairs: usize, tally: &mut Tally) -> Outcome {
        for at in 0..self.cases.len() {
            self.alone(at, verdicts, tally)?;
        }
        for _ in 0..pairs {
            self.pair(verdicts, tally)?;
        }
        for _ in 0..pairs / 4 {
            self.table(verdicts, tally)?;
        }
        Ok(())
    }

    /// The truth within the bound, or an example beyond it.
    fn fact(
        &self,
        brute: bool,
        yes: bool,
        question: Question,
        a: &Case,
        b: &Case,
        tally: &mut Tally,
    ) -> bool {
        let beyond = !brute && yes && confirms(question, a, b, self.world.delimiter);
        tally.beyond += beyond as usize;
        brute || beyond
    }

    fn alone(&self, at: usize, verdicts: &Verdicts, tally: &mut Tally) -> Outcome {
        let case = &self.cases[at];
        let template = &case.template;
        let yes = (verdicts.twice)(template);
        let truth = self.fact(case.twice(), yes, Question::Twice, case, case, tally);
        compare("twice", yes, truth, &[case], &mut tally.twice)?;
        for part in 1..template.parts() {
            let segments = template.prefix(part);
            let yes = (verdicts.prefix_twice)(template, part);
            let brute = case.prefix_twice(segments, &self.strings);
            let truth = self.fact(brute, yes, Question::TwicePrefix { segments }, case, case, tally);
            compare("prefix_twice", yes, truth, &[case], &mut tally.prefix_twice)?;
        }
        // Order is a question about templates that come apart in one way.
        for part in (0..template.parts()).filter(|_| !truth) {
            let yes = (verdicts.misorders)(template, part);
            let segment = template.prefix(part);
            let brute = case.misorders(segment, &self.strings);
            let beyond = !brute && yes && misorders_beyond(case, segment, self.world, &self.strings);
            tally.beyond += beyond as usize;
            let truth = brute || beyond;
            compare(&format!("misorders part {part}"), yes, truth, &[case], &mut tally.misorders)?;
            let yes = (verdicts.allows_range)(template, part);
            let truth = yes && self.ranges_hold(case, part);
            compare("allows_range", yes, truth, &[case], &mut tally.allows_range)?;
        }
        Ok(())
    }

    /// Whether `from` and an inclusive `until` select exactly the values they name.
    fn ranges_hold(&self, case: &Case, part: usize) -> bool {
        let segment = case.template.prefix(part);
        let closed = case.template.prefix(part + 1) - segment;
        let Segment::Part { language, .. } = case.segments[segment] else { unreachable!("a part") };
        let literals: Vec<u8> = (case.segments[segment..][..closed].iter())
            .flat_map(|segment| if let Segment::Literal(text) = segment { text.as_bytes() } else { &[] })
            .copied()
            .collect();
        let last = part + 1 == case.template.parts();
        let rows = case.rows(segment, &self.strings);
        rows.chunk_by(|a, b| a[0] == b[0]).all(|group| {
            let stride = 1 + group.len() / 40;
            group.iter().step_by(stride).all(|[before, value, _]| {
                let bound = [before, value, literals.as_slice()].concat();
                let value = rank(language, value);
                group.iter().step_by(1 + stride / 4).all(|[_, other, key]| {
                    let other = rank(language, other);
                    let until = *key <= bound.as_slice() || !last && key.starts_with(&bound);
                    (*key >= bound.as_slice()) == (other >= value) && until == (other <= value)
                })
            })
        })
    }

    fn pair(&mut self, verdicts: &Verdicts, tally: &mut Tally) -> Outcome {
        let [a, b, c, d] = [(); 4].map(|()| self.random.below(self.cases.len()));
        let (left, right) = (&self.cases[a], &self.cases[b]);
        let yes = (verdicts.meets)(&left.template, &right.template);
        let truth = self.fact(left.meets(right), yes, Question::Meet, left, right, tally);
        compare("meets", yes, truth, &[left, right], &mut tally.meets)?;

        let parts = self.random.below(left.template.parts().max(1));
        let (left, right) = (&self.cases[a], &self.cases[b]);
        let segments = left.template.prefix(parts);
        let yes = (verdicts.begins)(&left.template, parts, &right.template);
        let truth =
            self.fact(left.begins(segments, right), yes, Question::Begins { segments }, left, right, tally);
        compare("begins", yes, truth, &[left, right], &mut tally.begins)?;

        let with_sort_key = self.random.below(8) > 0;
        let keys = [(a, c), (b, d)].map(|key| self.key(key, with_sort_key));
        let yes = (verdicts.collide)(&keys[0], &keys[1]);
        let truth = self.meet(a, b) && (!with_sort_key || self.meet(c, d));
        compare("collide", yes, truth, &[a, b, c, d].map(|at| &self.cases[at]), &mut tally.collide)
    }

    fn key(&self, (pk, sk): (usize, usize), with_sort_key: bool) -> Key {
        Key::primary(self.cases[pk].template, with_sort_key.then(|| self.cases[sk].template))
    }

    /// A table of three entities in two kinds of partitions.
    fn table(&mut self, verdicts: &Verdicts, tally: &mut Tally) -> Outcome {
        let of = self.cases.len();
        let pks = [(); 2].map(|()| self.random.below(of));
        let drawn = [(); 3].map(|()| (pks[self.random.below(2)], self.random.below(of)));
        let with_sort_key = self.random.below(8) > 0;
        let keys = drawn.map(|key| self.key(key, with_sort_key));
        let entities = keys.map(|key| EntityKeys { name: "E", keys: vec![key].leak() });
        let table = TableKeys { name: "T", indexes: &[], entities: entities.to_vec().leak() };
        let (plain, glanced) = (check_entity(&table, 0), prove_entity(&table, &glances::<3>(&table), 0));
        let glanced = glanced.as_ref().map_or("", Report::as_str);
        if plain.as_str() != glanced {
            return Err(format!("a glance changes the report: {} {glanced}", plain.as_str()));
        }
        let verdict = (verdicts.typed_from)(&table, 0, 0);
        let truth = self.typed_from(&drawn, with_sort_key);
        tally.typed_from[verdict.map_or(0, |from| 1 + from.min(2))] += 1;
        if verdict != truth {
            return Err(format!("typed_from is {verdict:?}, true is {truth:?}: {:#?}", table.entities));
        }
        Ok(())
    }

    fn typed_from(&self, keys: &[(usize, usize); 3], with_sort_key: bool) -> Option<usize> {
        let (pk, sk) = (&self.cases[keys[0].0], &self.cases[keys[0].1]);
        let parts = if with_sort_key { sk.template.parts() } else { 0 };
        let twice = |case: &Case| case.twice() || confirms(Question::Twice, case, case, self.world.delimiter);
        if twice(pk) || with_sort_key && twice(sk) {
            return None;
        }
        let holds = |step: usize| {
            let foreign = |other: &(usize, usize)| {
                let selects = if step < parts {
                    self.begin(keys[0].1, step, other.1)
                } else {
                    self.meet(keys[0].1, other.1)
                };
                self.meet(keys[0].0, other.0) && (!with_sort_key || selects)
            };
            let segments = sk.template.prefix(step);
            let question = Question::TwicePrefix { segments };
            let open = step > 0
                && step < parts
                && (sk.prefix_twice(segments, &self.strings)
                    || confirms(question, sk, sk, self.world.delimiter));
            !open && !keys[1..].iter().any(foreign)
        };
        (0..=parts).find(|&from| (from..=parts).all(holds))
    }

    fn meet(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.cases[a], &self.cases[b]);
        a.meets(b) || confirms(Question::Meet, a, b, self.world.delimiter)
    }

    fn begin(&self, a: usize, parts: usize, b: usize) -> bool {
        let (a, b) = (&self.cases[a], &self.cases[b]);
        let segments = a.template.prefix(parts);
        a.begins(segments, b) || confirms(Question::Begins { segments }, a, b, self.world.delimiter)
    }
}

/// The order of values, where it is not that of their encodings: words are listed in theirs.
fn rank(language: Language, value: &[u8]) -> (i64, &[u8]) {
    let text = std::str::from_utf8(value).unwrap_or_default();
    match language {
        Language::Decimal { .. } => (text.parse().expect("a number"), &[]),
        Language::Words(words) => (words.iter().position(|word| *word == text).expect("a word") as i64, &[]),
        Language::Signed { width, .. } => {
            let digits: i64 = text[1..].parse().expect("digits");
            let value = if text.starts_with('-') { digits - (10i64.pow(width as u32) - 1) } else { digits };
            (value, &[])
        }
        _ => (0, value),
    }
}

fn compare(question: &str, verdict: bool, truth: bool, cases: &[&Case], tally: &mut [usize; 2]) -> Outcome {
    tally[0] += 1;
    tally[1] += verdict as usize;
    if verdict == truth {
        return Ok(());
    }
    let wrong = if truth { "missed" } else { "false alarm" };
    let segments: Vec<_> = cases.iter().map(|case| case.segments).collect();
    Err(format!("{question}: {wrong}: {segments:?}"))
}
