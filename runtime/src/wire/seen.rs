//! The names that an object had so far, where nothing else notices one that comes twice.

use std::borrow::Cow;
use std::collections::HashSet;

use super::{Pull, Result};

const FEW: usize = 16;

/// The first few by themselves, because most objects have no more.
#[derive(Debug)]
pub(crate) struct Seen<'a> {
    few: [&'a str; FEW],
    len: usize,
    more: HashSet<Cow<'a, str>>,
}

impl<'a> Seen<'a> {
    pub(crate) fn nothing() -> Self {
        Self { few: [""; FEW], len: 0, more: HashSet::new() }
    }

    /// Takes the name in, or refuses it as the second of its kind.
    pub(crate) fn add(&mut self, pull: &Pull<'_>, name: Cow<'a, str>) -> Result<()> {
        let known = self.few[..self.len].contains(&name.as_ref());
        let new = match name {
            Cow::Borrowed(name) if !known && self.len < FEW && !self.more.contains(name) => {
                self.few[self.len] = name;
                self.len += 1;
                true
            }
            name => !known && self.more.insert(name),
        };
        if new { Ok(()) } else { pull.malformed("a name comes twice") }
    }
}
