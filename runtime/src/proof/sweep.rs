//! Visits the states of a product: each once, and the rows from the entry towards the end, so that a row
//! is visited again only where a loop goes back to it.

use super::language::Segment;
use super::product::{Question, State};
use super::program::{compile, room};
use super::template::Template;
use super::witness::{Witness, shortest};

/// States still to visit, and those known. A row is a place of the left program.
#[derive(Debug)]
pub(crate) struct Sweep<const ROOM: usize, const WORDS: usize> {
    seen: [[[u64; WORDS]; 2]; ROOM],
    pending: [[[u64; WORDS]; 2]; ROOM],
    rows: [u64; WORDS],
}

impl<const ROOM: usize, const WORDS: usize> Sweep<ROOM, WORDS> {
    pub(crate) const fn new() -> Self {
        assert!(ROOM == 64 * WORDS, "a word has 64 bits");
        Self { seen: [[[0; WORDS]; 2]; ROOM], pending: [[[0; WORDS]; 2]; ROOM], rows: [0; WORDS] }
    }

    pub(crate) const fn push(&mut self, at: State) {
        let (word, bit) = (at.right / 64, 1 << (at.right % 64));
        if self.seen[at.left][at.flag][word] & bit == 0 {
            self.seen[at.left][at.flag][word] |= bit;
            self.pending[at.left][at.flag][word] |= bit;
            self.rows[at.left / 64] |= 1 << (at.left % 64);
        }
    }

    /// Has a known state visited again, because a shorter way to it was found.
    pub(crate) const fn push_again(&mut self, at: State) {
        self.seen[at.left][at.flag][at.right / 64] &= !(1 << (at.right % 64));
        self.push(at);
    }

    pub(crate) const fn pop(&mut self) -> Option<State> {
        let mut word = WORDS;
        while word > 0 {
            let rows = self.rows[word - 1];
            if rows == 0 {
                word -= 1;
                continue;
            }
            let bit = rows.ilog2();
            let row = (word - 1) * 64 + bit as usize;
            if let Some(state) = self.pop_from(row) {
                return Some(state);
            }
            self.rows[word - 1] &= !(1 << bit);
        }
        None
    }

    const fn pop_from(&mut self, row: usize) -> Option<State> {
        let mut flag = 0;
        while flag < 2 {
            let mut word = 0;
            while word < WORDS {
                let bits = self.pending[row][flag][word];
                if bits != 0 {
                    self.pending[row][flag][word] = bits & (bits - 1);
                    let right = word * 64 + bits.trailing_zeros() as usize;
                    return Some(State { left: row, right, flag });
                }
                word += 1;
            }
            flag += 1;
        }
        None
    }
}

#[inline(never)]
const fn decide<const ROOM: usize, const WORDS: usize>(
    question: Question,
    a: &Template,
    b: &Template,
) -> bool {
    let left = compile::<ROOM>(a.segments, question.left_segments(a.segments), a.delimiter);
    let right = compile::<ROOM>(b.segments, b.segments.len(), b.delimiter);
    let (a, b) = (&left.code, &right.code);
    let mut sweep = Sweep::<ROOM, WORDS>::new();
    sweep.push(question.start(left.entry, right.entry));
    while let Some(mut at) = sweep.pop() {
        let mut next = question.successors(a, b, at);
        // A lone successor further on needs no bookkeeping: nothing is gained by remembering it.
        while !next.yes && next.len == 1 && next.states[0].left < at.left {
            at = next.states[0];
            next = question.successors(a, b, at);
        }
        if next.yes {
            return true;
        }
        let mut i = 0;
        while i < next.len {
            sweep.push(next.states[i]);
            i += 1;
        }
    }
    false
}

impl Question {
    /// How much of the left template takes part.
    pub(crate) const fn left_segments(self, segments: &[Segment]) -> usize {
        match self {
            Self::Begins { segments } | Self::TwicePrefix { segments } => segments,
            Self::Meet | Self::Twice | Self::Misorder { .. } => segments.len(),
        }
    }
}

/// The longest program that the proofs take. The interpreter's memory grows with its square.
const LONGEST_PROGRAM: usize = 2048;

const fn longest(a: &Template, b: &Template) -> usize {
    let (a, b) = (room(a.segments, a.segments.len()), room(b.segments, b.segments.len()));
    if a > b { a } else { b }
}

/// Whether the proofs cannot take this template, because its words and literals are too long.
pub(crate) const fn is_too_long(template: &Template) -> bool {
    longest(template, template) > LONGEST_PROGRAM
}

/// Decides `question` about `a` and `b` by the product alone, without shortcuts.
///
/// # Panics
///
/// If a template is too long or not valid, which [`check_entity`](super::check_entity) reports.
#[must_use]
pub const fn ask(question: Question, a: &Template, b: &Template) -> bool {
    match longest(a, b) {
        0..=64 => decide::<64, 1>(question, a, b),
        65..=128 => decide::<128, 2>(question, a, b),
        129..=256 => decide::<256, 4>(question, a, b),
        257..=512 => decide::<512, 8>(question, a, b),
        513..=1024 => decide::<1024, 16>(question, a, b),
        1025..=LONGEST_PROGRAM => decide::<2048, 32>(question, a, b),
        _ => panic!("a key template is too long to be proved"),
    }
}

/// A shortest text for which the answer to `question` is yes; `None` if the answer is no.
///
/// # Panics
///
/// If a template is too long or not valid, which [`check_entity`](super::check_entity) reports.
#[must_use]
pub const fn witness(question: Question, a: &Template, b: &Template) -> Option<Witness> {
    match longest(a, b) {
        0..=64 => shortest::<64, 1>(question, a, b),
        65..=128 => shortest::<128, 2>(question, a, b),
        129..=256 => shortest::<256, 4>(question, a, b),
        257..=512 => shortest::<512, 8>(question, a, b),
        513..=1024 => shortest::<1024, 16>(question, a, b),
        1025..=LONGEST_PROGRAM => shortest::<2048, 32>(question, a, b),
        _ => panic!("a key template is too long to be proved"),
    }
}
