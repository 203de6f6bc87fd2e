//! Key templates as the derive read them: what errors, documentation and queries show and walk through.

use std::fmt;

/// A key template, such as `"CUSTOMER#{customer_id}"`, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Template {
    /// The template as it was written.
    pub text: &'static str,
    /// Its literal texts and parts, from left to right.
    pub segments: &'static [Segment],
}

/// One piece of a [`Template`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment {
    /// Text that every key of this template has at this place.
    Literal(&'static str),
    /// The value of the field named here.
    Part(&'static str),
}

impl Template {
    #[doc(hidden)]
    pub const fn new(text: &'static str, segments: &'static [Segment]) -> Self {
        Self { text, segments }
    }

    /// The fields it is made of, from left to right.
    pub fn fields(&self) -> impl Iterator<Item = &'static str> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Part(field) => Some(*field),
            Segment::Literal(_) => None,
        })
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.text)
    }
}
