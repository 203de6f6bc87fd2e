//! Unique constraints: for each value that an item holds, a marker in a partition of its own says who holds it.
//!
//! Markers are written and removed in one transaction with the item. [`marker`] says what they are, [`plan`] which
//! of them a write changes, and [`send`] reads, writes, and tries again where the item changed in between.

pub(crate) mod marker;
pub(crate) mod plan;
mod send;

pub(crate) use self::marker::{holder, is_marker};
pub(crate) use self::plan::{Change, Known, Plan, constraint_names};
