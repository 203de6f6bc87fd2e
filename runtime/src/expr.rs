//! Expressions: typed fields, the conditions and updates made of them, and the one place that writes them as text.
//!
//! A condition is a tree, and an update a list, until its request is made; only [`render`] knows placeholders and parentheses.

pub(crate) mod change;
pub(crate) mod compare;
pub(crate) mod condition;
pub(crate) mod field;
pub(crate) mod path;
pub(crate) mod problem;
pub(crate) mod render;
pub(crate) mod role;
pub(crate) mod shape;
pub(crate) mod store;
pub(crate) mod update;
pub(crate) mod value;
