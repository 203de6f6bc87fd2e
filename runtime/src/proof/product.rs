//! Every question about templates is: does the product of two programs reach its end?
//!
//! A state is a pair of places and one flag. This module says what follows a state; `sweep` visits
//! them, `witness` finds a shortest way through them.

use super::bytes::Bytes;
use super::program::{BEYOND, Instruction, Operation};

/// A question about two templates, the left and the right one.
///
/// The questions with a number of segments concern the left template's prefix of that many segments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Is there a text that both templates produce?
    Meet,
    /// Is there a text of the right one that begins with a prefix of the left one?
    Begins {
        /// The segments of the prefix.
        segments: usize,
    },
    /// Does some text of this template come apart in two ways? (Left and right are one template.)
    Twice,
    /// With the first segments bound, does their prefix also select other values of them? (Left and
    /// right are one template.)
    TwicePrefix {
        /// The segments of the prefix.
        segments: usize,
    },
    /// Are there values a < b of a segment, a proper prefix of b, whose keys sort the other way? (Left
    /// and right are one template.)
    Misorder {
        /// The number of the segment.
        segment: usize,
    },
}

/// Places on the left and right, and whether what the question asks for has happened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct State {
    pub(crate) left: usize,
    pub(crate) right: usize,
    pub(crate) flag: usize,
}

#[derive(Debug)]
pub(crate) struct Successors {
    pub(crate) states: [State; 3],
    pub(crate) len: usize,
    /// The last of `states` takes one of these bytes; the others take none.
    pub(crate) bytes: Bytes,
    /// This state answers the question with yes.
    pub(crate) yes: bool,
}

impl Successors {
    const fn push(&mut self, left: usize, right: usize, flag: usize) {
        self.states[self.len] = State { left, right, flag };
        self.len += 1;
    }
}

/// What a pair of bytes means for the question.
enum Event {
    Nothing(usize),
    Yes,
    Stop,
}

impl Question {
    /// The left program ends early and takes any further bytes.
    const fn is_open(self) -> bool {
        matches!(self, Self::Begins { .. } | Self::TwicePrefix { .. })
    }

    const fn first_flag(self) -> usize {
        matches!(self, Self::Meet | Self::Begins { .. }) as usize
    }

    pub(crate) const fn start(self, left: usize, right: usize) -> State {
        State { left, right, flag: self.first_flag() }
    }

    pub(crate) const fn successors(self, a: &[Instruction], b: &[Instruction], at: State) -> Successors {
        let State { left, right, flag } = at;
        let (x, y) = (&a[left], &b[right]);
        let mut out = Successors { states: [at; 3], len: 0, bytes: Bytes::NONE, yes: false };
        if matches!(x.operation, Operation::Fork) {
            out.push(x.next as usize, right, flag);
            out.push(x.other as usize, right, flag);
        } else if matches!(y.operation, Operation::Fork) {
            out.push(left, y.next as usize, flag);
            out.push(left, y.other as usize, flag);
        } else {
            if matches!(x.operation, Operation::Repeat) {
                out.push(x.next as usize, right, flag);
            }
            if matches!(y.operation, Operation::Repeat) {
                out.push(left, y.next as usize, flag);
            }
            self.take(x, y, at, &mut out);
        }
        out
    }

    /// Both sides are at a byte or at their end.
    const fn take(self, x: &Instruction, y: &Instruction, at: State, out: &mut Successors) {
        let left_ended = matches!(x.operation, Operation::End);
        if matches!(y.operation, Operation::End) {
            // Where the keys are in the wrong order so far, the right one's end cannot mend it.
            out.yes = at.flag == 1 && (left_ended || matches!(self, Self::Misorder { .. }));
            return;
        }
        if left_ended && !self.is_open() {
            return;
        }
        let (bytes, segment) = if left_ended { (Bytes::ALL, BEYOND) } else { (x.bytes, x.segment) };
        let flag = match self.event(bytes, segment, y, at.flag) {
            Event::Nothing(flag) => flag,
            Event::Stop => return,
            Event::Yes => {
                out.yes = true;
                return;
            }
        };
        out.bytes = bytes.and(y.bytes);
        if !out.bytes.is_empty() {
            let stay = left_ended || matches!(x.operation, Operation::Repeat);
            let left = if stay { at.left } else { x.next as usize };
            let right = if matches!(y.operation, Operation::Repeat) { at.right } else { y.next as usize };
            out.push(left, right, flag);
        }
    }

    /// The left side takes one of `bytes` in `segment` while the right side is at `y`.
    const fn event(self, bytes: Bytes, segment: u16, y: &Instruction, flag: usize) -> Event {
        match self {
            Self::Meet | Self::Begins { .. } => Event::Nothing(1),
            Self::Twice => Event::Nothing(flag | (segment != y.segment) as usize),
            Self::TwicePrefix { segments } => {
                let right = if (y.segment as usize) < segments { y.segment } else { BEYOND };
                Event::Nothing(flag | (segment != right) as usize)
            }
            Self::Misorder { segment: part } => {
                if flag == 0 && segment == y.segment {
                    return Event::Nothing(0);
                }
                // The left value has ended, the right one goes on.
                let parted = segment > y.segment && y.segment as usize == part;
                if flag == 0 && !parted {
                    Event::Stop
                } else if bytes.max() > y.bytes.min() {
                    Event::Yes
                } else {
                    Event::Nothing(1)
                }
            }
        }
    }
}
