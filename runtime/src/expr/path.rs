//! Where a value is in an item: an attribute, and what to open inside it.

use std::fmt;

/// An attribute of an item, or a place inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Path {
    pub(crate) attribute: &'static str,
    pub(crate) inside: Vec<Step>,
}

/// One step into a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// A field of a struct.
    Field(&'static str),
    /// An entry of a map.
    Key(String),
    /// An element of a list.
    Index(usize),
}

impl Path {
    pub(crate) const fn attribute(attribute: &'static str) -> Self {
        Self { attribute, inside: Vec::new() }
    }

    pub(crate) fn then(mut self, step: Step) -> Self {
        self.inside.push(step);
        self
    }

    /// The place that `inner` has inside this one.
    pub(crate) fn join(mut self, inner: Path) -> Self {
        self.inside.push(Step::Field(inner.attribute));
        self.inside.extend(inner.inside);
        self
    }
}

/// `billing.city`, `lines[0].sku`, `prices[..]`: keys of maps are data, and messages hold no data.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.attribute)?;
        self.inside.iter().try_for_each(|step| match step {
            Step::Field(name) => write!(f, ".{name}"),
            Step::Key(_) => f.write_str("[..]"),
            Step::Index(index) => write!(f, "[{index}]"),
        })
    }
}
