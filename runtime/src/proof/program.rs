//! Templates as automata: one instruction per place that a byte can come from.
//!
//! A program is built from its end to its beginning, so that every instruction knows where to go on.
//! Hence the end is instruction 0, and every step goes to a smaller number but for the loop of the escape.

use super::bytes::Bytes;
use super::digits::{Bounds, range_room};
use super::language::{Language, Segment};
use crate::key::escape::{CODES, HIGH_LEAD};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    /// Take a byte, go to `next`.
    Take,
    /// Take a byte and stay, or go to `next` for nothing.
    Repeat,
    /// Go to `next` or to `other` for nothing.
    Fork,
    /// The whole string was read.
    End,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Instruction {
    pub(crate) operation: Operation,
    /// Number of the segment this instruction belongs to.
    pub(crate) segment: u16,
    pub(crate) next: u16,
    pub(crate) other: u16,
    /// What `Take` and `Repeat` take; never empty there.
    pub(crate) bytes: Bytes,
}

/// The segment number of what comes behind the last segment.
pub(crate) const BEYOND: u16 = u16::MAX;

#[derive(Debug)]
pub(crate) struct Program<const ROOM: usize> {
    pub(crate) code: [Instruction; ROOM],
    len: usize,
    pub(crate) entry: usize,
    segment: u16,
    delimiter: u8,
}

/// Instructions that the loop of [`Language::Escaped`] takes.
const ESCAPED_LEN: usize = 1 + 2 + 4 + (2 + 2 + 1) + HIGH_LEAD.len() + 3;

/// An upper bound of the instructions that the first `count` of `segments` compile to.
pub(crate) const fn room(segments: &[Segment], count: usize) -> usize {
    let (mut room, mut at) = (1, 0);
    while at < count {
        room += match segments[at] {
            Segment::Literal(text) => text.len(),
            Segment::Part { language, .. } => language_room(language),
        };
        at += 1;
    }
    room
}

const fn language_room(language: Language) -> usize {
    match language {
        Language::Verbatim => 2,
        Language::Text { min, .. } => min + 1,
        Language::Fixed(places) => places.len(),
        Language::UpTo { width, .. } => range_room(width),
        Language::Signed { width, .. } => 3 + 2 * range_room(width),
        Language::Decimal { digits, .. } => 2 * digits + 4,
        Language::Escaped => ESCAPED_LEN,
        Language::Words(words) => {
            let (mut room, mut at) = (0, 0);
            while at < words.len() {
                room += words[at].len() + 1;
                at += 1;
            }
            room
        }
    }
}

/// Compiles the first `count` of `segments`. `ROOM` must be [`room`] or more.
pub(crate) const fn compile<const ROOM: usize>(
    segments: &[Segment],
    count: usize,
    delimiter: u8,
) -> Program<ROOM> {
    let end =
        Instruction { operation: Operation::End, segment: BEYOND, next: 0, other: 0, bytes: Bytes::NONE };
    let mut program = Program { code: [end; ROOM], len: 1, entry: 0, segment: 0, delimiter };
    let mut at = count;
    while at > 0 {
        at -= 1;
        program.segment = at as u16;
        program.entry = match segments[at] {
            Segment::Literal(text) => program.literal(text.as_bytes(), program.entry),
            Segment::Part { language, .. } => program.language(language, program.entry),
        };
    }
    program
}

/// Every method appends instructions that go on at `next`, and returns where they begin.
impl<const ROOM: usize> Program<ROOM> {
    const fn put(&mut self, operation: Operation, bytes: Bytes, next: usize, other: usize) -> usize {
        let segment = self.segment;
        self.code[self.len] =
            Instruction { operation, segment, next: next as u16, other: other as u16, bytes };
        self.len += 1;
        self.len - 1
    }

    pub(super) const fn take(&mut self, bytes: Bytes, next: usize) -> usize {
        assert!(!bytes.is_empty(), "a place that admits no byte was refused before");
        self.put(Operation::Take, bytes, next, 0)
    }

    pub(super) const fn fork(&mut self, next: usize, other: usize) -> usize {
        self.put(Operation::Fork, Bytes::NONE, next, other)
    }

    const fn literal(&mut self, text: &[u8], mut next: usize) -> usize {
        let mut at = text.len();
        while at > 0 {
            at -= 1;
            next = self.take(Bytes::NONE.with(text[at]), next);
        }
        next
    }

    const fn language(&mut self, language: Language, next: usize) -> usize {
        match language {
            Language::Verbatim => self.text(Bytes::verbatim(self.delimiter), 1, next),
            Language::Text { bytes, min } => self.text(bytes.without(self.delimiter), min, next),
            Language::Fixed(places) => self.fixed(places, next),
            Language::UpTo { width, max } => {
                self.digits(Bounds { least: 0, complement: false, greatest: max, width }, next)
            }
            Language::Words(words) => self.words(words, next),
            Language::Decimal { digits, signed } => self.decimal(digits, signed, next),
            Language::Signed { width, max_negative, max_positive } => {
                self.signed(width, max_negative, max_positive, next)
            }
            Language::Escaped => self.escaped(next),
        }
    }

    const fn text(&mut self, bytes: Bytes, min: usize, next: usize) -> usize {
        let mut begin = self.put(Operation::Repeat, bytes, next, 0);
        let mut at = 0;
        while at < min {
            begin = self.take(bytes, begin);
            at += 1;
        }
        begin
    }

    const fn fixed(&mut self, places: &[Bytes], mut next: usize) -> usize {
        let mut at = places.len();
        while at > 0 {
            at -= 1;
            next = self.take(places[at], next);
        }
        next
    }

    const fn words(&mut self, words: &[&str], next: usize) -> usize {
        let mut begin = self.literal(words[0].as_bytes(), next);
        let mut at = 1;
        while at < words.len() {
            let word = self.literal(words[at].as_bytes(), next);
            begin = self.fork(word, begin);
            at += 1;
        }
        begin
    }

    const fn decimal(&mut self, digits: usize, signed: bool, next: usize) -> usize {
        let mut rest = next;
        let mut at = 1;
        while at < digits {
            let digit = self.take(Bytes::DIGITS, rest);
            rest = self.fork(digit, next);
            at += 1;
        }
        let natural = self.take(Bytes::range(b'1', b'9'), rest);
        let zero = self.take(Bytes::NONE.with(b'0'), next);
        let unsigned = self.fork(natural, zero);
        if !signed {
            return unsigned;
        }
        let negative = self.take(Bytes::NONE.with(b'-'), natural);
        self.fork(negative, unsigned)
    }

    const fn signed(&mut self, width: usize, max_negative: u128, max_positive: u128, next: usize) -> usize {
        let positive = Bounds { least: 0, complement: false, greatest: max_positive, width };
        let positive = self.digits(positive, next);
        let positive = self.take(Bytes::NONE.with(b'0'), positive);
        if max_negative == 0 {
            return positive;
        }
        let negative = Bounds { least: max_negative, complement: true, greatest: 1, width };
        let negative = self.digits(negative, next);
        let negative = self.take(Bytes::NONE.with(b'-'), negative);
        self.fork(negative, positive)
    }

    const fn escaped(&mut self, next: usize) -> usize {
        // The loop's head comes last, but its members have to go back to it.
        let head = self.len + ESCAPED_LEN - 1;
        let lead = self.delimiter + 1;
        let plain = Bytes::range(lead + 1, 0xF2).and(Bytes::TEXT);
        let plain = self.take(plain, head);
        let low = self.take(Bytes::of(CODES.split_at(lead as usize + 1).0), head);
        let low = self.take(Bytes::NONE.with(lead), low);
        let high = self.high_character(head);
        let coded = self.fork(low, high);
        let any = self.fork(plain, coded);
        let begin = self.fork(any, next);
        assert!(begin == head, "the length of the loop is wrong");
        begin
    }

    /// The lead and six hex digits from `0c0000` to `10ffff`.
    const fn high_character(&mut self, head: usize) -> usize {
        let hex = Bytes::HEX;
        let rest = self.fixed(&[hex, hex, hex, hex], head);
        let plane = self.take(Bytes::range(b'c', b'f'), rest);
        let plane = self.take(Bytes::NONE.with(b'0'), plane);
        let last_plane = self.literal(b"10", rest);
        let digits = self.fork(plane, last_plane);
        self.literal(&HIGH_LEAD, digits)
    }
}
