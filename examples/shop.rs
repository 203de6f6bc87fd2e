//! The online shop of AWS's design patterns: ten entities, two overloaded indexes, sixteen access patterns.
//!
//! Read [`model`] for the declarations.

pub mod model;
pub mod parts;
