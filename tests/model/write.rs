//! Writes as data, how they are drawn, and how they are carried out.

use std::collections::BTreeSet;

use monotable::{Entity, Error, Handle, Transact};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use crate::house::{House, Member, MemberKey, Note, NoteKey};
use crate::row::{Change, Key, Row};
use crate::world::World;

/// One write of one item, or a check of it.
#[derive(Debug, Clone)]
pub enum Write {
    Insert(Row),
    Put(Row),
    Replace(Row),
    Upsert(Row),
    Update(Key, Vec<Change>),
    Delete(Key),
    /// In transactions only, as is the next.
    Exists(Key),
    Absent(Key),
}

#[derive(Debug, Clone)]
pub enum Step {
    Alone(Write),
    /// Of a member: read, changed and put.
    Rewrite(Key, Vec<Change>),
    Together(Vec<Write>),
    /// Of notes.
    Batch(Vec<Write>),
}

impl Write {
    pub fn key(&self) -> Key {
        match self {
            Self::Insert(row) | Self::Put(row) | Self::Replace(row) | Self::Upsert(row) => row.key(),
            Self::Update(key, _) | Self::Delete(key) | Self::Exists(key) | Self::Absent(key) => *key,
        }
    }

    /// The write as somebody would make it who has read the item: drawn versions say how many writes came between.
    fn fitting(self, world: &World) -> Self {
        let read = |row: Row| {
            let stored = world.get(row.key()).map_or(0, |row| row.version);
            Row { version: if row.number.is_some() { 0 } else { stored + row.version }, ..row }
        };
        match self {
            Self::Insert(row) => Self::Insert(Row { version: 0, ..row }),
            Self::Put(row) => Self::Put(read(row)),
            Self::Replace(row) => Self::Replace(read(row)),
            Self::Update(key, changes) => Self::Update(key, of_one_update(key, changes)),
            other => other,
        }
    }

    /// What can be said in a transaction of a member that is not there.
    fn fitting_in_a_transaction(self, world: &World) -> Self {
        let write = self.fitting(world);
        if write.key().1.is_some() || world.get(write.key()).is_some() {
            return write;
        }
        match write {
            Self::Put(row) | Self::Upsert(row) => Self::Insert(Row { version: 0, ..row }),
            Self::Replace(row) => Self::Exists(row.key()),
            Self::Update(key, _) => Self::Exists(key),
            Self::Delete(key) => Self::Absent(key),
            other => other,
        }
    }

    async fn carry_out(&self, house: &Handle<House>) -> Result<(), Error> {
        let (id, number) = self.key();
        let Some(number) = number else { return self.carry_out_of_member(house, MemberKey { id }).await };
        let key = NoteKey { id, number };
        match self {
            Self::Insert(row) => house.insert(&row.note()).await.map(drop),
            Self::Put(row) => house.put(&row.note()).await.map(drop),
            Self::Replace(row) => house.replace(&row.note()).await.map(drop),
            Self::Upsert(row) => {
                let upsert =
                    row.as_changes().iter().fold(house.upsert(key), |upsert, change| change.of_note(upsert));
                upsert.await.map(drop)
            }
            Self::Update(_, changes) => {
                let update = changes.iter().fold(house.update(key), |update, change| change.of_note(update));
                update.await.map(drop)
            }
            Self::Delete(_) => house.delete(key).await.map(drop),
            Self::Exists(_) | Self::Absent(_) => unreachable!("they are for transactions"),
        }
    }

    async fn carry_out_of_member(&self, house: &Handle<House>, key: MemberKey) -> Result<(), Error> {
        match self {
            Self::Insert(row) => house.insert(&row.member()).await.map(drop),
            Self::Put(row) => house.put(&row.member()).await.map(drop),
            Self::Replace(row) => house.replace(&row.member()).await.map(drop),
            Self::Upsert(row) => {
                let upsert = row
                    .as_changes()
                    .iter()
                    .fold(house.upsert(key), |upsert, change| change.of_member(upsert));
                upsert.await.map(drop)
            }
            Self::Update(_, changes) => {
                let update =
                    changes.iter().fold(house.update(key), |update, change| change.of_member(update));
                update.await.map(drop)
            }
            Self::Delete(_) => house.delete(key).await.map(drop),
            Self::Exists(_) | Self::Absent(_) => unreachable!("they are for transactions"),
        }
    }

    /// The write as an action, which says what the member is now.
    fn join(&self, all: Transact<House, Handle<House>>, world: &World) -> Transact<House, Handle<House>> {
        let (id, number) = self.key();
        let Some(number) = number else {
            let old = world.get(self.key()).map(Row::member);
            return self.join_of_member(all, MemberKey { id }, old.as_ref());
        };
        let key = NoteKey { id, number };
        match self {
            Self::Insert(row) => all.put(row.note().insert()),
            Self::Put(row) => all.put(row.note().put()),
            Self::Replace(row) => all.put(row.note().replace()),
            Self::Upsert(row) => {
                let upsert =
                    row.as_changes().iter().fold(Note::upsert(key), |upsert, change| change.of_note(upsert));
                all.update(upsert)
            }
            Self::Update(_, changes) => {
                all.update(changes.iter().fold(Note::update(key), |update, change| change.of_note(update)))
            }
            Self::Delete(_) => all.delete(Note::delete(key)),
            Self::Exists(_) => all.check(Note::exists(key)),
            Self::Absent(_) => all.check(Note::absent(key)),
        }
    }

    fn join_of_member(
        &self,
        all: Transact<House, Handle<House>>,
        key: MemberKey,
        old: Option<&Member>,
    ) -> Transact<House, Handle<House>> {
        match (self, old) {
            (Self::Insert(row), _) => all.put(row.member().insert()),
            (Self::Exists(_), _) => all.check(Member::exists(key)),
            (Self::Absent(_), _) => all.check(Member::absent(key)),
            (Self::Put(row), Some(old)) => all.put(row.member().put().was(old)),
            (Self::Replace(row), Some(old)) => all.put(row.member().replace().was(old)),
            (Self::Upsert(row), Some(old)) => {
                let upsert = row
                    .as_changes()
                    .iter()
                    .fold(Member::upsert(key), |upsert, change| change.of_member(upsert));
                all.update(upsert.was(old))
            }
            (Self::Update(_, changes), Some(old)) => {
                let update =
                    changes.iter().fold(Member::update(key), |update, change| change.of_member(update));
                all.update(update.was(old))
            }
            (Self::Delete(_), Some(old)) => all.delete(Member::delete(key).was(old)),
            (_, None) => unreachable!("it is drawn otherwise"),
        }
    }
}

impl Step {
    pub fn name(&self) -> &'static str {
        match self {
            Self::Alone(Write::Insert(_)) => "insert",
            Self::Alone(Write::Put(_)) => "put",
            Self::Alone(Write::Replace(_)) => "replace",
            Self::Alone(Write::Upsert(_)) => "upsert",
            Self::Alone(Write::Update(..)) => "update",
            Self::Alone(Write::Delete(_)) => "delete",
            Self::Alone(Write::Exists(_) | Write::Absent(_)) => "check",
            Self::Rewrite(..) => "read_modify_write",
            Self::Together(_) => "transact",
            Self::Batch(_) => "batch_write",
        }
    }

    /// The step as it can be made with what is stored.
    pub fn fitting(self, world: &World) -> Self {
        match self {
            Self::Alone(write) => Self::Alone(write.fitting(world)),
            Self::Rewrite(key, changes) => Self::Rewrite(key, of_one_update(key, changes)),
            Self::Together(writes) => {
                let mut keys = BTreeSet::new();
                let writes = writes.into_iter().filter(|write| keys.insert(write.key()));
                Self::Together(writes.map(|write| write.fitting_in_a_transaction(world)).collect())
            }
            Self::Batch(writes) => {
                Self::Batch(writes.into_iter().map(|write| write.fitting(world)).collect())
            }
        }
    }

    pub async fn carry_out(&self, house: &Handle<House>, world: &World) -> Result<(), Error> {
        match self {
            Self::Alone(write) => write.carry_out(house).await,
            Self::Rewrite((id, _), changes) => {
                let rewrite = |member: &mut Member| {
                    let mut row = Row::from(member.clone());
                    changes.iter().for_each(|change| change.apply(&mut row));
                    *member = row.member();
                };
                house.read_modify_write(MemberKey { id: *id }, rewrite).await.map(drop)
            }
            Self::Together(writes) => {
                writes.iter().fold(house.transact(), |all, write| write.join(all, world)).await.map(drop)
            }
            Self::Batch(writes) => {
                let batch =
                    writes.iter().fold(house.batch_write(), |batch, write| match (write, write.key()) {
                        (Write::Put(row), _) => batch.put(&row.note()),
                        (_, (id, number)) => {
                            batch.delete(NoteKey { id, number: number.expect("it is of a note") })
                        }
                    });
                Ok(batch.await.map(drop)?)
            }
        }
    }
}

/// One change for each field, of those that the entity has, and at least one.
fn of_one_update(key: Key, mut changes: Vec<Change>) -> Vec<Change> {
    let mut fields = BTreeSet::new();
    changes.retain(|change| (key.1.is_none() || !change.is_of_members()) && fields.insert(change.field()));
    if changes.is_empty() {
        changes.push(Change::Count(1));
    }
    changes
}

/// Text with what markers escape in it.
fn email() -> impl Strategy<Value = String> {
    prop_oneof![Just("ada@x"), Just("eve#1@x"), Just("50%23@x"), Just("50#@x")].prop_map(str::to_owned)
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![Just("a"), Just("bee"), Just("c d")].prop_map(str::to_owned)
}

fn member_key() -> impl Strategy<Value = Key> {
    (0..4_u8).prop_map(|id| (id, None))
}

fn note_key() -> impl Strategy<Value = Key> {
    (0..2_u8, 0..2_u8).prop_map(|(id, number)| (id, Some(number)))
}

fn row(key: impl Strategy<Value = Key>) -> impl Strategy<Value = Row> {
    let sparse = (option::of(word()), option::of(0..3_u8), option::of(word()), option::of(word()));
    let more = (option::of(0..2_u8), option::of(0..2_u16), option::of(0..3_u8));
    // Seldom has somebody else written since.
    let version = prop_oneof![9 => Just(0), 1 => 1..3_u32];
    (key, email(), word(), sparse, more, -5..5_i64, version).prop_map(
        |((id, number), email, site, (team, rank, place, zone), (flag, due, nick), count, version)| {
            match number {
                None => {
                    Row { id, number, email, nick, team, site, rank, place, zone, flag, due, count, version }
                }
                Some(_) => {
                    let (email, nick, version) = (String::new(), None, 0);
                    Row { id, number, email, nick, team, site, rank, place, zone, flag, due, count, version }
                }
            }
        },
    )
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let change = prop_oneof![
        email().prop_map(Change::Email),
        option::of(0..3_u8).prop_map(Change::Nick),
        (option::of(word()), word()).prop_map(|(team, site)| Change::TeamAndSite(team, site)),
        Just(Change::NoTeam),
        (option::of(0..2_u8), option::of(0..3_u8)).prop_map(|(flag, rank)| Change::FlagAndRank(flag, rank)),
        Just(Change::NoFlag),
        Just(Change::NoRank),
        option::of(word()).prop_map(Change::Place),
        option::of(word()).prop_map(Change::Zone),
        option::of(0..2_u16).prop_map(Change::Due),
        (-5..5_i64).prop_map(Change::Count),
    ];
    vec(change, 1..5)
}

fn write(key: impl Strategy<Value = Key> + Clone + 'static) -> impl Strategy<Value = Write> {
    prop_oneof![
        3 => row(key.clone()).prop_map(Write::Insert),
        2 => row(key.clone()).prop_map(Write::Put),
        1 => row(key.clone()).prop_map(Write::Replace),
        1 => row(key.clone()).prop_map(Write::Upsert),
        6 => (key.clone(), changes()).prop_map(|(key, changes)| Write::Update(key, changes)),
        1 => key.prop_map(Write::Delete),
    ]
}

fn any_write() -> BoxedStrategy<Write> {
    prop_oneof![2 => write(member_key().boxed()), 1 => write(note_key().boxed())].boxed()
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let check = prop_oneof![member_key(), note_key()];
    let check = prop_oneof![check.clone().prop_map(Write::Exists), check.prop_map(Write::Absent)];
    let together = vec(prop_oneof![8 => any_write(), 1 => check], 1..4);
    let batched =
        prop_oneof![2 => row(note_key()).prop_map(Write::Put), 1 => note_key().prop_map(Write::Delete)];
    let step = prop_oneof![
        6 => any_write().prop_map(Step::Alone),
        1 => (member_key(), changes()).prop_map(|(key, changes)| Step::Rewrite(key, changes)),
        3 => together.prop_map(Step::Together),
        1 => vec(batched, 1..6).prop_map(Step::Batch),
    ];
    // Most sequences begin with something that the others can change.
    let first =
        prop_oneof![row(member_key()), row(note_key())].prop_map(|row| Step::Alone(Write::Insert(row)));
    (vec(first, 0..8), vec(step, 1..16)).prop_map(|(first, then)| [first, then].concat())
}
