//! One row for each vector: what this library does with it, and the proof.

use std::fmt;

use crate::file::Vector;

pub struct Row {
    pub id: &'static str,
    pub outcome: Outcome,
    pub check: fn(&Vector),
}

/// What this library does with a vector.
#[derive(Debug, Clone, Copy)]
pub enum Outcome {
    /// The same keys, or the same condition.
    Reproduced,
    /// What the vector does is an error: where, and by which rule.
    Refused(&'static str),
    /// The vector shows a trap, and this library does what was meant.
    Right(&'static str),
    /// The vector is about an operation that is still to come: what can be shown today.
    Later(&'static str),
}

pub const fn reproduced(id: &'static str, check: fn(&Vector)) -> Row {
    Row { id, outcome: Outcome::Reproduced, check }
}

pub const fn refused(id: &'static str, how: &'static str, check: fn(&Vector)) -> Row {
    Row { id, outcome: Outcome::Refused(how), check }
}

pub const fn right(id: &'static str, what: &'static str, check: fn(&Vector)) -> Row {
    Row { id, outcome: Outcome::Right(what), check }
}

pub const fn later(id: &'static str, today: &'static str, check: fn(&Vector)) -> Row {
    Row { id, outcome: Outcome::Later(today), check }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reproduced => f.write_str("reproduced"),
            Self::Refused(how) => write!(f, "refused: {how}"),
            Self::Right(what) => write!(f, "done right: {what}"),
            Self::Later(today) => write!(f, "to come: {today}"),
        }
    }
}
