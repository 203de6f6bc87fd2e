//! The model: rows by their keys, and what a write makes of them.

use std::collections::{BTreeMap, BTreeSet};

use monotable::ErrorKind;

use crate::row::{Key, Row};
use crate::stored::markers;
use crate::write::{Step, Write};

#[derive(Debug, Clone, Default)]
pub struct World(BTreeMap<Key, Row>);

/// What a write makes of the row, and why it is refused: if there are several reasons, any of them may be told.
struct Fate {
    row: Option<Row>,
    refusals: Vec<ErrorKind>,
}

impl World {
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.0.values()
    }

    pub fn get(&self, key: Key) -> Option<&Row> {
        self.0.get(&key)
    }

    /// All of a step, or nothing.
    pub fn after(&self, step: &Step) -> Result<Self, Vec<ErrorKind>> {
        match step {
            Step::Alone(write) => self.after_all(std::slice::from_ref(write)),
            Step::Rewrite(key, changes) => self.after_all(&[Write::Update(*key, changes.clone())]),
            Step::Together(writes) if self.hands_a_value_on(writes) => Err(vec![ErrorKind::DuplicateKey]),
            Step::Together(writes) => self.after_all(writes),
            // A batch has no conditions; the last write of a key counts.
            Step::Batch(writes) => writes
                .iter()
                .try_fold(self.clone(), |world, write| world.after_all(std::slice::from_ref(write))),
        }
    }

    fn after_all(&self, writes: &[Write]) -> Result<Self, Vec<ErrorKind>> {
        let (mut after, mut refusals) = (self.clone(), Vec::new());
        for write in writes {
            let fate = self.fate(write);
            refusals.extend(fate.refusals);
            after.0.remove(&write.key());
            after.0.extend(fate.row.map(|row| (row.key(), row)));
        }
        if refusals.is_empty() { Ok(after) } else { Err(refusals) }
    }

    fn fate(&self, write: &Write) -> Fate {
        let old = self.get(write.key());
        let (row, mut refusals) = match (write, old) {
            (Write::Insert(_), Some(old)) => (Some(old.clone()), vec![ErrorKind::AlreadyExists]),
            (Write::Replace(_) | Write::Update(..), None) => (None, vec![ErrorKind::NotFound]),
            (Write::Insert(row) | Write::Put(row) | Write::Replace(row), old) => {
                let stored = old.map_or(0, |old| old.version);
                let stale = row.number.is_none() && row.version != stored;
                let refusals = if stale { vec![ErrorKind::VersionConflict] } else { vec![] };
                (Some(written(row.clone())), refusals)
            }
            (Write::Update(_, changes), Some(old)) => {
                let mut row = old.clone();
                changes.iter().for_each(|change| change.apply(&mut row));
                (Some(written(row)), vec![])
            }
            (Write::Upsert(row), old) => {
                let mut upserted =
                    old.cloned().unwrap_or_else(|| Row { count: 0, version: 0, ..row.clone() });
                row.as_changes().iter().for_each(|change| change.apply(&mut upserted));
                (Some(written(upserted)), vec![])
            }
            (Write::Delete(_), _) => (None, vec![]),
            (Write::Exists(_), old) => {
                let refusals = if old.is_none() { vec![ErrorKind::NotFound] } else { vec![] };
                (old.cloned(), refusals)
            }
            (Write::Absent(_), old) => {
                let refusals = if old.is_some() { vec![ErrorKind::AlreadyExists] } else { vec![] };
                (old.cloned(), refusals)
            }
        };
        let claimed = match write {
            // It claims what it brings, whatever is there.
            Write::Insert(row) => markers(row),
            _ => row.iter().flat_map(markers).collect(),
        };
        if self.others(write.key()).flat_map(markers).any(|taken| claimed.contains(&taken)) {
            refusals.push(ErrorKind::Taken);
        }
        Fate { row, refusals }
    }

    fn others(&self, key: Key) -> impl Iterator<Item = &Row> {
        self.rows().filter(move |row| row.key() != key)
    }

    /// Whether two of the writes are about the same unique value, which a transaction cannot be.
    fn hands_a_value_on(&self, writes: &[Write]) -> bool {
        let mut touched = BTreeSet::new();
        let mut touches = writes.iter().flat_map(|write| self.touched(write));
        touches.any(|marker| !touched.insert(marker))
    }

    /// The markers that a write adds or takes away.
    fn touched(&self, write: &Write) -> BTreeSet<String> {
        let old: BTreeSet<_> = self.get(write.key()).into_iter().flat_map(markers).collect();
        match write {
            Write::Insert(row) => markers(row).into_iter().collect(),
            Write::Exists(_) | Write::Absent(_) => BTreeSet::new(),
            write => {
                let new: BTreeSet<_> = self.fate(write).row.iter().flat_map(markers).collect();
                old.symmetric_difference(&new).cloned().collect()
            }
        }
    }
}

/// A row as it is stored: members with the next version.
fn written(row: Row) -> Row {
    let version = if row.number.is_none() { row.version + 1 } else { 0 };
    Row { version, ..row }
}
