//! Typed queries: the number of sort-key parts from which on they select only their own items.

use super::entity::{Key, TableKeys};
use super::explain;
use super::glance::{Glance, Row};
use super::heads::Heads;
use super::report::Report;

/// From how many parts of its sort key on, queries of `table.entities[entity]` by its key number `key`
/// are typed: they select no other entity's items and no other values' items. `None` if not even the
/// complete key does that.
///
/// A query by fewer parts than all is one by their prefix, up to the next part; the query by all parts
/// compares the whole key. From the result on, every number of parts holds.
#[must_use]
pub const fn typed_from(table: &TableKeys, entity: usize, key: usize) -> Option<usize> {
    typed_from_at(table, &[], entity, key)
}

/// [`typed_from`], in less time with the `glances` of the table.
#[must_use]
pub const fn typed_from_at(
    table: &TableKeys,
    glances: &[Glance],
    entity: usize,
    key: usize,
) -> Option<usize> {
    let a = &table.entities[entity].keys[key];
    if a.problem().is_some() || a.is_ambiguous() {
        return None;
    }
    let row = Row::of(glances, table, a.index);
    let others = if row.is_apart(entity) { Some(0) } else { past_others(table, row, entity, a) };
    let Some(from) = others else { return None };
    // What follows a step is not always closed where the step is.
    let mut step = a.sort_parts();
    while step > from && !prefix_is_ambiguous(a, step - 1) {
        step -= 1;
    }
    Some(step)
}

/// The first step that selects no key of another entity.
const fn past_others(table: &TableKeys, row: Row<'_>, entity: usize, a: &Key) -> Option<usize> {
    let (mut from, mut prefix) = (0, prefix_heads(a, 0));
    let mut mine = Glance::at(a, &prefix);
    let mut other = row.like(&mine, 0);
    while other < table.entities.len() {
        if other != entity {
            let before = from;
            from = match step_over(a, from, &mut prefix, table.entities[other].keys) {
                Some(from) => from,
                None => return None,
            };
            if from > before {
                mine = Glance::at(a, &prefix);
            }
        }
        other = row.like(&mine, other + 1);
    }
    Some(from)
}

/// The first step from `from` on that selects none of `theirs`. A longer prefix never selects more.
const fn step_over(a: &Key, mut from: usize, prefix: &mut Heads, theirs: &[Key]) -> Option<usize> {
    let mut at = 0;
    while at < theirs.len() {
        let b = &theirs[at];
        if a.index == b.index && may_select(a, prefix, b) && b.problem().is_none() {
            while selects(a, from, b) {
                if from == a.sort_parts() {
                    return None;
                }
                from += 1;
                *prefix = prefix_heads(a, from);
            }
        }
        at += 1;
    }
    Some(from)
}

/// The literals alone do not tell `b` from what a query of `a` by `prefix` selects. This comes first,
/// because most pairs of a table end here.
const fn may_select(a: &Key, prefix: &Heads, b: &Key) -> bool {
    let sort_keys_apart = match &b.sk {
        Some(sk) => prefix.apart(&sk.heads),
        None => false,
    };
    !sort_keys_apart && !a.pk.heads.apart(&b.pk.heads)
}

const fn prefix_heads(a: &Key, step: usize) -> Heads {
    match &a.sk {
        Some(sk) if !sk.is_native() => Heads::of(sk.segments, sk.prefix(step), sk.delimiter),
        _ => Heads::UNKNOWN,
    }
}

/// Whether a query of `a` by `step` sort-key parts can select an item with key `b`.
const fn selects(a: &Key, step: usize, b: &Key) -> bool {
    let sort_key_selects = match (&a.sk, &b.sk) {
        (Some(a), Some(b)) if step < a.parts() => a.begins(step, b),
        (Some(a), Some(b)) => a.meets(b),
        _ => true,
    };
    sort_key_selects && a.pk.meets(&b.pk)
}

const fn prefix_is_ambiguous(a: &Key, step: usize) -> bool {
    match &a.sk {
        Some(sk) => sk.prefix_is_ambiguous(step),
        None => false,
    }
}

/// Why a query of `table.entities[entity]` by `step` parts of the sort key of its key number `key` is not
/// typed; empty if it is. For [`typed_from`] the later steps count as well. What concerns the complete key
/// is in the report of [`check_entity`](super::check_entity()).
pub const fn check_step(table: &TableKeys, entity: usize, key: usize, step: usize) -> Report {
    let entities = table.entities;
    let a = &entities[entity].keys[key];
    if a.problem().is_some() {
        return Report::EMPTY;
    }
    let mut other = 0;
    while other < entities.len() {
        let mut at = 0;
        while other != entity && at < entities[other].keys.len() {
            let b = &entities[other].keys[at];
            if a.index == b.index && b.problem().is_none() && selects(a, step, b) {
                return explain::selects(table, (&entities[entity], a), step, (&entities[other], b));
            }
            at += 1;
        }
        other += 1;
    }
    if step < a.sort_parts() && prefix_is_ambiguous(a, step) {
        return explain::open_prefix(&entities[entity], a, step);
    }
    Report::EMPTY
}
