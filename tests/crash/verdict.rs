//! What may be stored, by what was acknowledged.

use crate::load::{Account, Entry, entries};
use crate::process::Lane;

/// What is stored of one lane.
#[derive(Debug)]
pub struct Stored {
    pub account: Account,
    pub entries: Vec<Entry>,
    /// The same, as the index has it.
    pub indexed: Vec<Entry>,
}

/// What is done for certain from now on, or what is wrong.
pub fn of(lane: u8, stored: &Stored, acknowledged: Lane) -> Result<Lane, String> {
    let Stored { account, entries: found, indexed } = stored;
    let done = account.done;
    // One write at a time is under way in a lane, and may be done without having been said.
    if done < acknowledged.account {
        return Err(format!("step {} was acknowledged, and the account is at {done}", acknowledged.account));
    }
    if done > acknowledged.account + 1 {
        return Err(format!("the account is at {done}, and the last step was {}", acknowledged.account));
    }
    if *account != Account::after(lane, done) {
        return Err(format!("{account:?} is not the sum of its steps"));
    }
    let half_done = *found == entries(lane, done + 1);
    if !half_done && *found != entries(lane, done) {
        return Err(format!("the account is at {done}, and there are {}", numbers(found)));
    }
    if acknowledged.entry > done && !half_done {
        return Err(format!("the entry of step {} was acknowledged: {}", acknowledged.entry, numbers(found)));
    }
    if found != indexed {
        return Err(format!("the table has {}, the index {}", numbers(found), numbers(indexed)));
    }
    Ok(Lane { entry: done + u32::from(half_done), account: done })
}

fn numbers(entries: &[Entry]) -> String {
    format!("{:?}", entries.iter().map(|entry| entry.number).collect::<Vec<_>>())
}
