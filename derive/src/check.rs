//! Rules across the parts of one entity or one table: one function each, the reason above it.

pub(crate) mod entity;
pub(crate) mod field;
mod managed;
pub(crate) mod table;
mod unique;
