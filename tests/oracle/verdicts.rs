//! What the oracle examines: the real proofs, and deliberately wrong ones.

use monotable::proof::{Key, TableKeys, Template, collide, glances, typed_from_at};

#[derive(Clone, Copy)]
pub(crate) struct Verdicts {
    pub(crate) meets: fn(&Template, &Template) -> bool,
    pub(crate) begins: fn(&Template, usize, &Template) -> bool,
    pub(crate) twice: fn(&Template) -> bool,
    pub(crate) prefix_twice: fn(&Template, usize) -> bool,
    pub(crate) misorders: fn(&Template, usize) -> bool,
    pub(crate) allows_range: fn(&Template, usize) -> bool,
    pub(crate) collide: fn(&Key, &Key) -> bool,
    pub(crate) typed_from: fn(&TableKeys, usize, usize) -> Option<usize>,
}

pub(crate) const REAL: Verdicts = Verdicts {
    meets: Template::meets,
    begins: Template::begins,
    twice: Template::is_ambiguous,
    prefix_twice: Template::prefix_is_ambiguous,
    misorders: Template::misorders,
    allows_range: Template::allows_range,
    collide,
    // As the derives ask, with the keys of the three entities at a glance.
    typed_from: |table, entity, key| typed_from_at(table, &glances::<3>(table), entity, key),
};

/// Mistakes that one could make, each with the question that it gets wrong.
pub(crate) const MUTANTS: [(&str, &str, Verdicts); 12] = [
    ("nothing meets", "meets", Verdicts { meets: |_, _| false, ..REAL }),
    (
        "a common prefix is a common key",
        "meets",
        Verdicts { meets: |a, b| a.begins(0, b) || a.meets(b), ..REAL },
    ),
    ("a prefix is a whole key", "begins", Verdicts { begins: |a, _, b| a.meets(b), ..REAL }),
    (
        "a prefix ends one part early",
        "begins",
        Verdicts { begins: |a, n, b| a.begins(n.saturating_sub(1), b), ..REAL },
    ),
    ("everything comes apart in one way", "twice", Verdicts { twice: |_| false, ..REAL }),
    (
        "an open prefix needs an ambiguous key",
        "prefix_twice",
        Verdicts { prefix_twice: |a, _| a.is_ambiguous(), ..REAL },
    ),
    ("order is kept", "misorders", Verdicts { misorders: |_, _| false, ..REAL }),
    (
        "order is kept in the last place only",
        "misorders",
        Verdicts { misorders: |a, n| n + 1 < a.parts(), ..REAL },
    ),
    (
        "plain decimals sort as numbers",
        "allows_range",
        Verdicts { allows_range: |a, n| !a.misorders(n), ..REAL },
    ),
    ("a common partition is a collision", "collide", Verdicts { collide: |a, b| a.pk.meets(&b.pk), ..REAL }),
    ("partitions do not matter", "collide", Verdicts { collide: sort_keys_meet, ..REAL }),
    ("every step is typed", "typed_from", Verdicts { typed_from: |_, _, _| Some(0), ..REAL }),
];

fn sort_keys_meet(a: &Key, b: &Key) -> bool {
    match (&a.sk, &b.sk) {
        (Some(a), Some(b)) => a.meets(b),
        _ => true,
    }
}
