//! A shortest example for a question that was answered with yes, and how it comes apart on both sides.

use super::product::{Question, State};
use super::program::{BEYOND, Instruction, compile};
use super::sweep::Sweep;
use super::template::Template;

/// Longest example that is spelled out.
const LONGEST: usize = 128;

#[derive(Clone, Copy, Debug)]
struct Step {
    byte: u8,
    left: u16,
    right: u16,
}

/// A shortest text for which a question is answered with yes.
#[derive(Clone, Copy, Debug)]
pub struct Witness {
    steps: [Step; LONGEST],
    len: usize,
    cut: bool,
}

impl Witness {
    const EMPTY: Self = Self { steps: [Step { byte: 0, left: 0, right: 0 }; LONGEST], len: 0, cut: false };

    /// The length of the text, in bytes.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "an example is there to be read, not asked")]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// The byte at `place`.
    #[must_use]
    pub const fn byte(&self, place: usize) -> u8 {
        self.steps[place].byte
    }

    /// The text was longer and is not whole.
    pub(crate) const fn is_cut(&self) -> bool {
        self.cut
    }

    /// Whether the byte at `place` belongs to `segment` of the template on that side.
    pub(crate) const fn is_in(&self, place: usize, side: Side, segment: usize) -> bool {
        let found = match side {
            Side::Left => self.steps[place].left,
            Side::Right => self.steps[place].right,
        };
        found as usize == segment
    }

    /// How many bytes belong to the left template: its prefix, if the question is about one.
    pub(crate) const fn left_len(&self) -> usize {
        let mut len = 0;
        while len < self.len && self.steps[len].left != BEYOND {
            len += 1;
        }
        len
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Side {
    Left,
    Right,
}

const FAR: u32 = u32::MAX;

/// How far a state is from the start, in bytes, and the state before it on the shortest way.
struct Map<const ROOM: usize> {
    distance: [[[u32; 2]; ROOM]; ROOM],
    before: [[[u32; 2]; ROOM]; ROOM],
}

impl<const ROOM: usize> Map<ROOM> {
    const fn distance(&self, at: State) -> u32 {
        self.distance[at.left][at.right][at.flag]
    }

    const fn set(&mut self, at: State, distance: u32, before: State) {
        self.distance[at.left][at.right][at.flag] = distance;
        let packed = (before.left * ROOM + before.right) * 2 + before.flag;
        self.before[at.left][at.right][at.flag] = packed as u32;
    }

    const fn before(&self, at: State) -> Option<State> {
        let packed = self.before[at.left][at.right][at.flag];
        if packed == FAR {
            return None;
        }
        let (flag, pair) = (packed as usize % 2, packed as usize / 2);
        Some(State { left: pair / ROOM, right: pair % ROOM, flag })
    }
}

/// Like the decision, but finds a shortest example. It is for the error path: quadratic in space.
#[cold]
#[inline(never)]
pub(crate) const fn shortest<const ROOM: usize, const WORDS: usize>(
    question: Question,
    a: &Template,
    b: &Template,
) -> Option<Witness> {
    let left = compile::<ROOM>(a.segments, question.left_segments(a.segments), a.delimiter);
    let right = compile::<ROOM>(b.segments, b.segments.len(), b.delimiter);
    let (a, b) = (&left.code, &right.code);
    let mut map = Map::<ROOM> { distance: [[[FAR; 2]; ROOM]; ROOM], before: [[[FAR; 2]; ROOM]; ROOM] };
    let start = question.start(left.entry, right.entry);
    map.distance[start.left][start.right][start.flag] = 0;
    let mut sweep = Sweep::<ROOM, WORDS>::new();
    sweep.push(start);
    let mut goal: Option<State> = None;
    while let Some(at) = sweep.pop() {
        let next = question.successors(a, b, at);
        let nearer = match goal {
            Some(goal) => map.distance(at) < map.distance(goal),
            None => true,
        };
        if next.yes && nearer {
            goal = Some(at);
        }
        let mut i = 0;
        while i < next.len {
            let takes = !next.bytes.is_empty() && i + 1 == next.len;
            let distance = map.distance(at) + takes as u32;
            if distance < map.distance(next.states[i]) {
                map.set(next.states[i], distance, at);
                sweep.push_again(next.states[i]);
            }
            i += 1;
        }
    }
    match goal {
        Some(goal) => Some(spell(question, a, b, &map, goal)),
        None => None,
    }
}

const fn spell<const ROOM: usize>(
    question: Question,
    a: &[Instruction],
    b: &[Instruction],
    map: &Map<ROOM>,
    goal: State,
) -> Witness {
    let mut witness = Witness::EMPTY;
    let len = map.distance(goal) as usize;
    witness.cut = len > LONGEST;
    witness.len = if witness.cut { LONGEST } else { len };
    let mut at = goal;
    while let Some(before) = map.before(at) {
        let place = map.distance(before) as usize;
        if map.distance(at) as usize > place && place < LONGEST {
            let byte = question.successors(a, b, before).bytes.sample();
            let (left, right) = (a[before.left].segment, b[before.right].segment);
            witness.steps[place] = Step { byte, left, right };
        }
        at = before;
    }
    witness
}
