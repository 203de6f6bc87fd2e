//! The load: in each lane, step after step, an entry is written or deleted, and an account follows it.

use std::path::Path;

use monotable::{Entity, Error, Handle, Table};
use serde::{Deserialize, Serialize};

use crate::process::say;
use crate::verdict::Stored;

#[derive(Table, Debug)]
#[table(name = "journal", index(ByLane, pk = "GSI1PK", sk = "GSI1SK"))]
pub enum Journal {
    Entry(Entry),
    Account(Account),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Journal, pk = "LANE#{lane}", sk = "ENTRY#{number}")]
#[entity(index(ByLane, pk = "LANE#{lane}", sk = "{number}", query = in_index))]
pub struct Entry {
    pub lane: u8,
    pub number: u32,
    pub cents: u64,
    /// Of several pages of the file.
    pub text: String,
}

/// How far the lane is, and what its entries add up to.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Journal, pk = "LANE#{lane}", sk = "ACCOUNT")]
pub struct Account {
    pub lane: u8,
    pub done: u32,
    pub cents: u64,
}

pub const LANES: u8 = 4;

/// Every fifth step deletes what the one three steps before it wrote.
fn deleted_by(step: u32) -> Option<u32> {
    step.is_multiple_of(5).then(|| step - 3)
}

pub fn entry(lane: u8, number: u32) -> Entry {
    let cents = u64::from(lane) * 1_000_000 + u64::from(number) * 7;
    let length = number as usize % 9 * 1000;
    Entry { lane, number, cents, text: "x".repeat(length) }
}

/// What is there after so many steps.
pub fn entries(lane: u8, steps: u32) -> Vec<Entry> {
    let deleted: Vec<u32> = (1..=steps).filter_map(deleted_by).collect();
    let written = (1..=steps).filter(|step| deleted_by(*step).is_none());
    written.filter(|number| !deleted.contains(number)).map(|number| entry(lane, number)).collect()
}

impl Account {
    pub fn after(lane: u8, steps: u32) -> Self {
        Self { lane, done: steps, cents: entries(lane, steps).iter().map(|entry| entry.cents).sum() }
    }

    /// Reckoned from what is stored, as real accounts are: what is done twice counts twice.
    fn next(&self) -> Self {
        let done = self.done + 1;
        let cents = match deleted_by(done) {
            Some(number) => self.cents - entry(self.lane, number).cents,
            None => self.cents + entry(self.lane, done).cents,
        };
        Self { done, cents, ..*self }
    }
}

/// Goes on with every lane to the goal.
pub async fn write(file: &Path, goal: u32) {
    let journal = Journal::embedded_at(file).await.unwrap();
    let lanes: Vec<_> =
        (0..LANES).map(|lane| tokio::spawn(write_lane(journal.clone(), lane, goal))).collect();
    for lane in lanes {
        lane.await.unwrap().unwrap();
    }
}

async fn write_lane(journal: Handle<Journal>, lane: u8, goal: u32) -> Result<(), Error> {
    let mut account = match journal.get(AccountKey { lane }).consistent().await?.into_inner() {
        Some(account) => account,
        None => {
            let account = Account::after(lane, 0);
            journal.insert(&account).await?;
            account
        }
    };
    while account.done < goal {
        let next = account.next();
        write_entry(&journal, lane, next.done).await?;
        say("entry", lane, next.done);
        journal.put(&next).when(Account::DONE.eq(account.done)).await?;
        say("account", lane, next.done);
        account = next;
    }
    Ok(())
}

/// May have been written before, if the process was killed before the account was.
async fn write_entry(journal: &Handle<Journal>, lane: u8, step: u32) -> Result<(), Error> {
    if let Some(number) = deleted_by(step) {
        journal.delete(EntryKey { lane, number }).await?;
        return Ok(());
    }
    let entry = entry(lane, step);
    match journal.insert(&entry).await {
        Err(error) if error.is_condition_failed() => {
            assert_eq!(error.current::<Entry>().unwrap(), Some(entry), "half an entry, or another's");
            Ok(())
        }
        outcome => outcome.map(|_| ()),
    }
}

/// What is stored of each lane.
pub async fn read(file: &Path) -> Vec<Stored> {
    let journal = Journal::embedded_at(file).await.unwrap();
    let mut lanes = Vec::new();
    for lane in 0..LANES {
        let account = journal.get(AccountKey { lane }).consistent().await.unwrap().into_inner();
        let entries = journal.query(Entry::by_lane(lane)).consistent().await.unwrap().into_inner();
        let indexed = journal.query(Entry::in_index(lane)).await.unwrap().into_inner();
        lanes.push(Stored { account: account.unwrap_or_else(|| Account::after(lane, 0)), entries, indexed });
    }
    lanes
}
