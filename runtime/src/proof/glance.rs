//! All keys of a table side by side, by index: so most pairs of entities are told apart without a look at
//! their templates. The proofs ask for every pair, and what they cost a large table is this.

use super::entity::{EntityKeys, Key, TableKeys};
use super::heads::Heads;

/// What a glance shows of a key: enough to see that most others are different.
#[derive(Clone, Copy, Debug)]
pub struct Glance {
    /// Whether the entity has a key in the index at all.
    present: bool,
    /// The types of the key attributes.
    shape: u8,
    partition: Chunk,
    sort: Chunk,
    second_partition: Chunk,
    second_sort: Chunk,
    /// No other key of its index is like it, or has other types.
    apart: bool,
}

/// The first bytes of a chunk, and which of them are known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chunk {
    pub(crate) head: u128,
    pub(crate) mask: u128,
}

impl Chunk {
    const UNKNOWN: Self = Self { head: 0, mask: 0 };
}

impl Glance {
    const ABSENT: Self = Self {
        present: false,
        shape: 0,
        partition: Chunk::UNKNOWN,
        sort: Chunk::UNKNOWN,
        second_partition: Chunk::UNKNOWN,
        second_sort: Chunk::UNKNOWN,
        apart: false,
    };

    /// At a key, of whose sort key only `sort` is known.
    pub(crate) const fn at(key: &Key, sort: &Heads) -> Self {
        let [partition, second_partition] = key.pk.heads.first();
        let [sort, second_sort] = sort.first();
        let shape = key.shape();
        Self { present: true, shape, partition, sort, second_partition, second_sort, apart: false }
    }

    pub(crate) const fn of(key: &Key) -> Self {
        match &key.sk {
            Some(sk) => Self::at(key, &sk.heads),
            None => Self::at(key, &Heads::UNKNOWN),
        }
    }

    /// An entity with two keys in one index, which the table's other checks refuse, is told from none.
    const fn and(self, key: &Key) -> Self {
        match self.present {
            true => Self { present: true, shape: u8::MAX, ..Self::ABSENT },
            false => Self::of(key),
        }
    }
}

/// The keys of a table by index, primary keys first: in each row one place for each entity.
#[must_use]
pub const fn glances<const PLACES: usize>(table: &TableKeys) -> [Glance; PLACES] {
    let mut glances = [Glance::ABSENT; PLACES];
    let mut entity = 0;
    while entity < table.entities.len() {
        let EntityKeys { keys, .. } = table.entities[entity];
        let mut at = 0;
        while at < keys.len() {
            let place = keys[at].index * table.entities.len() + entity;
            // An index of another table has no row here.
            if place < PLACES {
                glances[place] = glances[place].and(&keys[at]);
            }
            at += 1;
        }
        entity += 1;
    }
    let mut row = 0;
    while row + table.entities.len() <= PLACES && !table.entities.is_empty() {
        let (_, from) = glances.split_at_mut(row);
        mark_apart(from.split_at_mut(table.entities.len()).0);
        row += table.entities.len();
    }
    glances
}

const BUCKETS: usize = 4096;

/// Marks the keys that are like no other, in one pass over the row instead of one for each key.
///
/// Where all keys of a row are known they can be compared as a whole: equal bytes there are one bucket, so a
/// key that is alone in its bucket differs from all others, and so does every query that begins with it.
const fn mark_apart(row: &mut [Glance]) {
    let (mut partition, mut sort, mut shape, mut at) = (u128::MAX, u128::MAX, None, 0);
    while at < row.len() {
        let glance = &row[at];
        if glance.present {
            partition &= glance.partition.mask;
            sort &= glance.sort.mask;
            if let Some(shape) = shape
                && shape != glance.shape
            {
                return;
            }
            shape = Some(glance.shape);
        }
        at += 1;
    }
    let mut buckets = [0_u8; BUCKETS];
    at = 0;
    while at < row.len() {
        if row[at].present {
            let bucket = bucket(row[at].partition.head & partition, row[at].sort.head & sort);
            buckets[bucket] = buckets[bucket].saturating_add(1);
        }
        at += 1;
    }
    at = 0;
    while at < row.len() {
        let bucket = bucket(row[at].partition.head & partition, row[at].sort.head & sort);
        row[at].apart = row[at].present && buckets[bucket] == 1;
        at += 1;
    }
}

const fn bucket(partition: u128, sort: u128) -> usize {
    const ODD: u128 = 0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835;
    let mixed = (partition ^ sort.rotate_left(1)).wrapping_mul(ODD);
    (mixed >> (u128::BITS - BUCKETS.ilog2())) as usize
}

/// The keys of one index; nothing is known of a table without [`glances`].
#[derive(Clone, Copy)]
pub(crate) struct Row<'g> {
    glances: &'g [Glance],
    entities: usize,
}

impl<'g> Row<'g> {
    pub(crate) const fn of(glances: &'g [Glance], table: &TableKeys, index: usize) -> Self {
        let entities = table.entities.len();
        if (index + 1) * entities > glances.len() {
            return Self { glances: &[], entities };
        }
        let (_, from) = glances.split_at(index * entities);
        Self { glances: from.split_at(entities).0, entities }
    }

    /// Whether there is nothing to say of this entity and another.
    pub(crate) const fn is_apart(self, entity: usize) -> bool {
        !self.glances.is_empty() && self.glances[entity].apart
    }

    /// The first entity from `at` on whose key is not surely another than `mine`.
    pub(crate) const fn like(self, mine: &Glance, mut at: usize) -> usize {
        if self.glances.is_empty() {
            return at;
        }
        // No calls in here: to the interpreter they are what costs most.
        while at < self.entities {
            let other = &self.glances[at];
            if other.present
                && (mine.sort.head ^ other.sort.head) & mine.sort.mask & other.sort.mask == 0
                && (mine.partition.head ^ other.partition.head) & mine.partition.mask & other.partition.mask
                    == 0
                && (mine.second_sort.head ^ other.second_sort.head)
                    & mine.second_sort.mask
                    & other.second_sort.mask
                    == 0
                && (mine.second_partition.head ^ other.second_partition.head)
                    & mine.second_partition.mask
                    & other.second_partition.mask
                    == 0
            {
                return at;
            }
            at += 1;
        }
        at
    }

    /// The first entity from `at` on whose key has other types than `mine`.
    pub(crate) const fn of_other_shape(self, mine: &Glance, mut at: usize) -> usize {
        if self.glances.is_empty() {
            return at;
        }
        while at < self.entities && (!self.glances[at].present || self.glances[at].shape == mine.shape) {
            at += 1;
        }
        at
    }
}
