//! Keys: how values become key text, and what is refused on the way.
//!
//! [`part`] has the types that can stand in a template, [`builder`] puts a template together,
//! [`range`] turns Rust's ranges into bounds on key text, [`rule`] names what a value can violate.

pub(crate) mod builder;
pub(crate) mod part;
pub(crate) mod range;
pub(crate) mod rule;
pub(crate) mod text;
