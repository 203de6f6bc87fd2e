//! The process that writes, and the pipe in which it says what was acknowledged.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::{env, io};

use crate::load::LANES;

const FILE: &str = "MONOTABLE_CRASH_FILE";
const GOAL: &str = "MONOTABLE_CRASH_GOAL";

/// What the process has to do.
pub fn task() -> (PathBuf, u32) {
    let variable = |name| env::var(name).unwrap_or_else(|_| panic!("the other test sets {name}"));
    (variable(FILE).into(), variable(GOAL).parse().unwrap())
}

/// Says that a write was acknowledged: in one write to the pipe, so that a line is there or it is not.
pub fn say(what: &str, lane: u8, step: u32) {
    io::stderr().write_all(format!("{what} {lane} {step}\n").as_bytes()).unwrap();
}

/// The last steps whose writes were acknowledged, by the library or by having been read.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Lane {
    pub entry: u32,
    pub account: u32,
}

#[derive(Debug, Default)]
pub struct Acknowledged {
    pub lanes: [Lane; LANES as usize],
}

impl Acknowledged {
    fn hear(&mut self, line: &str) -> Option<()> {
        let mut words = line.strip_suffix('\n')?.split(' ');
        let what = words.next()?;
        let lane: usize = words.next()?.parse().ok()?;
        let step = words.next()?.parse().ok()?;
        let lane = self.lanes.get_mut(lane)?;
        match what {
            "entry" => lane.entry = step,
            "account" => lane.account = step,
            _ => return None,
        }
        Some(())
    }
}

pub struct Writer {
    process: Child,
    said: BufReader<ChildStderr>,
}

impl Writer {
    pub fn start(file: &Path, goal: u32) -> Self {
        let mut process = Command::new(env::current_exe().unwrap())
            .args(["--ignored", "--exact", "writer", "--nocapture"])
            .env(FILE, file)
            .env(GOAL, goal.to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(process.stderr.take().unwrap());
        Self { process, said }
    }

    /// Waits for so many acknowledgements.
    pub fn read(&mut self, count: usize, acknowledged: &mut Acknowledged) {
        for _ in 0..count {
            assert!(self.read_line(acknowledged), "it ended by itself");
        }
    }

    fn read_line(&mut self, acknowledged: &mut Acknowledged) -> bool {
        let mut line = String::new();
        if self.said.read_line(&mut line).unwrap() == 0 {
            return false;
        }
        if acknowledged.hear(&line).is_none() {
            let rest: String =
                self.said.by_ref().lines().map_while(Result::ok).collect::<Vec<_>>().join("\n");
            panic!("the process says {line}{rest}");
        }
        true
    }

    /// SIGKILL. What it said until then is still in the pipe.
    pub fn kill(mut self, acknowledged: &mut Acknowledged) {
        self.process.kill().unwrap();
        while self.read_line(acknowledged) {}
        let status = self.process.wait().unwrap();
        assert!(!status.success(), "it ended before it was killed");
    }

    pub fn finish(mut self, acknowledged: &mut Acknowledged) {
        while self.read_line(acknowledged) {}
        assert!(self.process.wait().unwrap().success());
    }
}
