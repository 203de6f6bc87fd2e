//! A load that is killed while it writes to an engine on disk, and resumed: nothing acknowledged is missing, and
//! nothing is there twice.
//!
//! The load runs in a process of its own, this binary again, and says in a pipe what the library told it. It is
//! killed by SIGKILL at random moments; then what is stored is held to what was said.

mod load;
mod process;
mod verdict;

use std::path::{Path, PathBuf};

use crate::load::{Account, LANES};
use crate::process::{Acknowledged, Writer};
use crate::verdict::Stored;

const KILLS: usize = 40;

#[test]
fn a_load_that_is_killed_loses_nothing_and_does_nothing_twice() {
    let directory = Directory::new();
    let file = directory.0.join("journal.db");
    let seed = fastrand::u64(..);
    let mut random = fastrand::Rng::with_seed(seed);
    println!("seed {seed}");

    let mut acknowledged = Acknowledged::default();
    for kill in 1..=KILLS {
        let mut writer = Writer::start(&file, u32::MAX);
        // From the start of the process to well into the load.
        writer.read(random.usize(0..60), &mut acknowledged);
        std::thread::sleep(std::time::Duration::from_micros(random.u64(0..3000)));
        writer.kill(&mut acknowledged);
        hold(&file, &mut acknowledged, &format!("after kill {kill} of seed {seed}"));
    }

    let furthest = acknowledged.lanes.iter().map(|lane| lane.account).max().unwrap_or_default();
    assert!(furthest > 20, "the load got only to {furthest}: it was killed before it wrote");
    let goal = furthest + 20;
    Writer::start(&file, goal).finish(&mut acknowledged);
    for (lane, stored) in hold(&file, &mut acknowledged, "at the end").iter().enumerate() {
        assert_eq!(stored.account.done, goal, "lane {lane}");
    }
    println!("{KILLS} kills, {goal} steps in each of {LANES} lanes");
}

/// Reads everything, and compares it. What was read was done, said or not.
fn hold(file: &Path, acknowledged: &mut Acknowledged, when: &str) -> Vec<Stored> {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let stored = runtime.block_on(load::read(file));
    for ((lane, stored), acknowledged) in (0..).zip(&stored).zip(&mut acknowledged.lanes) {
        match verdict::of(lane, stored, *acknowledged) {
            Ok(read) => *acknowledged = read,
            Err(wrong) => panic!("{when}, lane {lane}: {wrong}"),
        }
    }
    stored
}

/// The process that is killed. It ends by itself at the goal.
#[test]
#[ignore = "the other test runs it, in a process of its own"]
fn writer() {
    let (file, goal) = process::task();
    tokio::runtime::Runtime::new().unwrap().block_on(load::write(&file, goal));
}

/// What the verdict is there to find, it finds.
#[test]
fn a_loss_or_a_double_is_found() {
    use crate::process::Lane;

    let right = || Stored {
        account: Account::after(0, 12),
        entries: load::entries(0, 12),
        indexed: load::entries(0, 12),
    };
    let said = Lane { entry: 12, account: 12 };
    assert_eq!(verdict::of(0, &right(), said), Ok(said));
    // In the midst of a step, and before it was said.
    let halfway = Stored { entries: load::entries(0, 13), indexed: load::entries(0, 13), ..right() };
    assert_eq!(verdict::of(0, &halfway, said), Ok(Lane { entry: 13, ..said }));
    assert_eq!(verdict::of(0, &halfway, Lane { entry: 13, ..said }), Ok(Lane { entry: 13, ..said }));
    assert_eq!(verdict::of(0, &right(), Lane { entry: 12, account: 11 }), Ok(said));

    type Damage<'d> = &'d dyn Fn(&mut Stored);
    let wrong: [(&str, Damage<'_>); 7] = [
        ("a lost entry", &|stored| drop((stored.entries.pop(), stored.indexed.pop()))),
        ("an entry that the index lacks", &|stored| drop(stored.indexed.pop())),
        ("an entry that is twice in the index", &|stored| stored.indexed.push(load::entry(0, 12))),
        ("an entry twice", &|stored| {
            stored.entries.push(load::entry(0, 12));
            stored.indexed.push(load::entry(0, 12));
        }),
        ("a deleted entry", &|stored| {
            stored.entries.insert(1, load::entry(0, 2));
            stored.indexed.insert(1, load::entry(0, 2));
        }),
        ("a step counted twice", &|stored| stored.account.cents += load::entry(0, 12).cents),
        ("a lost account", &|stored| stored.account = Account::after(0, 11)),
    ];
    for (what, spoil) in wrong {
        let mut stored = right();
        spoil(&mut stored);
        assert!(verdict::of(0, &stored, said).is_err(), "{what} is not found");
    }
    assert!(
        verdict::of(0, &right(), Lane { entry: 13, account: 12 }).is_err(),
        "a lost entry of the next step"
    );
    assert!(verdict::of(0, &right(), Lane { entry: 10, account: 10 }).is_err(), "steps that nobody took");
}

/// Removed with what the engine puts beside its file.
struct Directory(PathBuf);

impl Directory {
    fn new() -> Self {
        let path = std::env::temp_dir().join(format!("monotable-crash-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        // What a failed run left is what there is to look at.
        if !std::thread::panicking() {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
}
