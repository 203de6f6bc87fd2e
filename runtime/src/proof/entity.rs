//! The closed world of a table, and what is proved of each of its entities.

use super::explain;
use super::glance::{Glance, Row};
use super::language::{Segment, compare};
use super::report::Report;
use super::template::Template;

/// One key of an entity: the primary key or that of an index.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Number of the index in the table, from 1; 0 is the primary key.
    pub index: usize,
    /// The partition key.
    pub pk: Template,
    /// The sort key, if the table or index has one.
    pub sk: Option<Template>,
}

impl Key {
    /// The primary key of an entity.
    #[must_use]
    pub const fn primary(pk: Template, sk: Option<Template>) -> Self {
        Self { index: 0, pk, sk }
    }

    /// An entity's key of index number `index`, counted from 1.
    #[must_use]
    pub const fn index(index: usize, pk: Template, sk: Option<Template>) -> Self {
        Self { index, pk, sk }
    }

    /// A proof about this key alone fails.
    pub(crate) const fn is_unsound(&self) -> bool {
        self.problem().is_some() || self.is_ambiguous()
    }

    pub(crate) const fn sort_parts(&self) -> usize {
        match &self.sk {
            Some(sk) => sk.parts(),
            None => 0,
        }
    }

    /// The literals alone tell the two keys apart. Sort keys come first: they differ more often.
    const fn apart(&self, other: &Self) -> bool {
        if let (Some(a), Some(b)) = (&self.sk, &other.sk)
            && a.heads.apart(&b.heads)
        {
            return true;
        }
        self.pk.heads.apart(&other.pk.heads)
    }

    pub(crate) const fn is_ambiguous(&self) -> bool {
        self.pk.is_ambiguous()
            || match &self.sk {
                Some(sk) => sk.is_ambiguous(),
                None => false,
            }
    }

    /// Why one of the templates cannot be compiled, and the template.
    pub(crate) const fn problem(&self) -> Option<(&Template, (&'static str, &'static str))> {
        if let Some(problem) = self.pk.problem() {
            return Some((&self.pk, problem));
        }
        if let Some(sk) = &self.sk
            && let Some(problem) = sk.problem()
        {
            return Some((sk, problem));
        }
        None
    }

    /// The types of the key attributes, and whether there is a sort key.
    pub(crate) const fn shape(&self) -> u8 {
        let sort = match &self.sk {
            Some(sk) => 1 + sk.key_type as u8,
            None => 0,
        };
        4 * sort + self.pk.key_type as u8
    }
}

/// The keys of one entity: the primary key and those of the indexes it is in.
#[derive(Clone, Copy, Debug)]
pub struct EntityKeys {
    /// The entity's name.
    pub name: &'static str,
    /// Its keys, one per index.
    pub keys: &'static [Key],
}

/// The keys of all entities of a table. What stores items of its own in the table (a marker of a unique
/// field) is an entity here.
#[derive(Clone, Copy, Debug)]
pub struct TableKeys {
    /// The table's name.
    pub name: &'static str,
    /// The names of its indexes; [`Key::index`] counts them from 1.
    pub indexes: &'static [&'static str],
    /// All its entities.
    pub entities: &'static [EntityKeys],
}

/// Whether two keys of one index (or two primary keys) can be the same, partition and sort key together.
#[must_use]
pub const fn collide(a: &Key, b: &Key) -> bool {
    if a.apart(b) {
        return false;
    }
    let sort_keys_meet = match (&a.sk, &b.sk) {
        (Some(a), Some(b)) => a.meets(b),
        _ => true,
    };
    sort_keys_meet && a.pk.meets(&b.pk)
}

/// Proves what concerns `table.entities[entity]` alone, and it against every other entity: its templates
/// can be compiled and come apart in one way, its primary key identifies its items, no other entity has an
/// attribute of another type or the same primary key. The report is empty if all of that holds.
///
/// Keys of an index may meet: what that means for queries is answered by [`typed_from`](super::typed_from()).
pub const fn check_entity(table: &TableKeys, entity: usize) -> Report {
    match prove_entity(table, &[], entity) {
        Some(report) => report,
        None => Report::EMPTY,
    }
}

/// [`check_entity`], in less time with the `glances` of the table.
#[must_use]
pub const fn prove_entity(table: &TableKeys, glances: &[Glance], entity: usize) -> Option<Report> {
    let a = &table.entities[entity];
    let mut at = 0;
    while at < a.keys.len() {
        let key = &a.keys[at];
        if let Some(report) = check_alone(a, key) {
            return Some(report);
        }
        let row = Row::of(glances, table, key.index);
        if !row.is_apart(entity)
            && let Some(report) = check_pairs(table, row, entity, key)
        {
            return Some(report);
        }
        at += 1;
    }
    None
}

/// Of two entities, the first reports what concerns both.
const fn check_pairs(table: &TableKeys, row: Row<'_>, entity: usize, key: &Key) -> Option<Report> {
    let mine = Glance::of(key);
    let mut other = next(row, &mine, key, entity + 1);
    while other < table.entities.len() {
        if let Some(report) = check_pair(table, entity, key, other) {
            return Some(report);
        }
        other = next(row, &mine, key, other + 1);
    }
    None
}

/// The first entity from `from` on that there may be something to say of. Keys of an index may meet.
const fn next(row: Row<'_>, mine: &Glance, key: &Key, from: usize) -> usize {
    let shape = row.of_other_shape(mine, from);
    if key.index > 0 {
        return shape;
    }
    let like = row.like(mine, from);
    if like < shape { like } else { shape }
}

const fn check_alone(entity: &EntityKeys, key: &Key) -> Option<Report> {
    if let Some((template, problem)) = key.problem() {
        return Some(explain::problem(entity, template, problem));
    }
    if key.index == 0
        && let Some(field) = lost_field(key)
    {
        return Some(explain::lost_field(entity, key, field));
    }
    if key.pk.is_ambiguous() {
        return Some(explain::ambiguous(entity, &key.pk));
    }
    if let Some(sk) = &key.sk
        && sk.is_ambiguous()
    {
        return Some(explain::ambiguous(entity, sk));
    }
    None
}

const fn check_pair(table: &TableKeys, entity: usize, key: &Key, other: usize) -> Option<Report> {
    let (a, b) = (&table.entities[entity], &table.entities[other]);
    let mut at = 0;
    while at < b.keys.len() {
        let theirs = &b.keys[at];
        if key.index == theirs.index {
            if key.shape() != theirs.shape() {
                return Some(explain::shapes(table, (a, key), (b, theirs)));
            }
            // A problem of the other entity is in its own report, and cannot be compiled.
            if key.index == 0 && !key.apart(theirs) && theirs.problem().is_none() && collide(key, theirs) {
                return Some(explain::collision(table, (a, key), (b, theirs)));
            }
        }
        at += 1;
    }
    None
}

/// A field of which the primary key has only a lossy part.
const fn lost_field(key: &Key) -> Option<&'static str> {
    let pk = lost_in(&key.pk, key);
    match &key.sk {
        Some(sk) if pk.is_none() => lost_in(sk, key),
        _ => pk,
    }
}

const fn lost_in(template: &Template, key: &Key) -> Option<&'static str> {
    let mut at = 0;
    while at < template.segments.len() {
        if let Segment::Part { field, lossy: true, .. } = template.segments[at] {
            let in_full = has_in_full(&key.pk, field)
                || match &key.sk {
                    Some(sk) => has_in_full(sk, field),
                    None => false,
                };
            if !in_full {
                return Some(field);
            }
        }
        at += 1;
    }
    None
}

const fn has_in_full(template: &Template, wanted: &str) -> bool {
    let mut at = 0;
    while at < template.segments.len() {
        if let Segment::Part { field, lossy: false, .. } = template.segments[at]
            && compare(field, wanted) == 0
        {
            return true;
        }
        at += 1;
    }
    false
}
