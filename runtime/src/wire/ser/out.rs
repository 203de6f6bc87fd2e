//! Where values are written.

use std::ops::{Deref, DerefMut};

/// JSON, one value behind the other, and whether DynamoDB stores all of it.
///
/// Most values it stores whatever they say: text, integers of 64 bits, lists and maps of a few levels. Nobody has to
/// read them again to know.
#[derive(Debug, Clone, Default)]
pub(crate) struct Out {
    json: Vec<u8>,
    /// Whether something was written that it may refuse.
    doubtful: bool,
    /// The lists, maps and variants around what is written next.
    depth: u32,
}

/// So many lists, maps and variants DynamoDB stores in any case: it takes 32 levels, and a variant with a list or a
/// map is two.
const SURE_DEPTH: u32 = 15;

impl Out {
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self { json: Vec::with_capacity(bytes), ..Self::default() }
    }

    pub(crate) fn into_json(self) -> Vec<u8> {
        self.json
    }

    /// As it was when nothing was written. What was allocated stays.
    pub(crate) fn clear(&mut self) {
        self.json.clear();
        (self.doubtful, self.depth) = (false, 0);
    }

    /// What is written now has to be looked at.
    #[inline]
    pub(super) fn doubt(&mut self) {
        self.doubtful = true;
    }

    /// Whether it has to be looked at.
    #[inline]
    pub(crate) fn is_doubtful(&self) -> bool {
        self.doubtful
    }

    /// It was looked at, or need not be.
    #[inline]
    pub(super) fn trust(&mut self) {
        self.doubtful = false;
    }

    #[inline]
    pub(super) fn enter(&mut self) {
        self.depth += 1;
        if self.depth > SURE_DEPTH {
            self.doubt();
        }
    }

    #[inline]
    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }
}

impl Deref for Out {
    type Target = Vec<u8>;

    #[inline]
    fn deref(&self) -> &Vec<u8> {
        &self.json
    }
}

impl DerefMut for Out {
    #[inline]
    fn deref_mut(&mut self) -> &mut Vec<u8> {
        &mut self.json
    }
}
