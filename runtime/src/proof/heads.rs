//! A shortcut in front of the products: templates that differ in their literals need none.

use super::glance::Chunk;
use super::language::Segment;

const CHUNKS: usize = 6;
const KNOWN: usize = 16;

/// What is known of the first 16 bytes of each delimited chunk, as far as no part can contain the
/// delimiter. Two templates cut at the same delimiters, so they differ if one chunk differs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Heads {
    head: [u128; CHUNKS],
    mask: [u128; CHUNKS],
    len: usize,
}

impl Heads {
    /// Of a text of which nothing is known.
    pub(crate) const UNKNOWN: Self = Self { head: [0; CHUNKS], mask: [0; CHUNKS], len: 1 };

    /// The first two chunks.
    pub(crate) const fn first(&self) -> [Chunk; 2] {
        [Chunk { head: self.head[0], mask: self.mask[0] }, Chunk { head: self.head[1], mask: self.mask[1] }]
    }

    /// The heads of the first `count` of `segments`.
    pub(crate) const fn of(segments: &[Segment], count: usize, delimiter: u8) -> Self {
        let mut heads = Self::UNKNOWN;
        let (mut known, mut at) = (0, 0);
        while at < count {
            match segments[at] {
                Segment::Literal(text) => match heads.literal(text.as_bytes(), known, delimiter) {
                    Some(after) => known = after,
                    None => return heads,
                },
                Segment::Part { language, .. } => {
                    if language.bytes(delimiter).has(delimiter) {
                        return heads;
                    }
                    known = KNOWN;
                }
            }
            at += 1;
        }
        heads
    }

    /// Returns how many bytes of the last chunk are known; `None` if there is no room for its chunks.
    const fn literal(&mut self, text: &[u8], mut known: usize, delimiter: u8) -> Option<usize> {
        let mut at = 0;
        while at < text.len() {
            if known < KNOWN {
                let shift = 8 * (KNOWN - 1 - known);
                self.head[self.len - 1] |= (text[at] as u128) << shift;
                self.mask[self.len - 1] |= 0xFF << shift;
                known += 1;
            }
            if text[at] == delimiter {
                if self.len == CHUNKS {
                    return None;
                }
                self.len += 1;
                known = 0;
            }
            at += 1;
        }
        Some(known)
    }

    /// No text in common, nor does one begin with a prefix of the other.
    pub(crate) const fn apart(&self, other: &Self) -> bool {
        let len = if self.len < other.len { self.len } else { other.len };
        let mut at = 0;
        while at < len {
            if (self.head[at] ^ other.head[at]) & self.mask[at] & other.mask[at] != 0 {
                return true;
            }
            at += 1;
        }
        false
    }
}
