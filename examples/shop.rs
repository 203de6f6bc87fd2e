//! The online shop of AWS's design patterns: ten entities, two overloaded indexes, sixteen access patterns.
//!
//! Read [`model`] for the declarations and [`patterns`] for the queries. The rest loads the data, chooses
//! what to ask for, and prints.

pub mod call;
pub mod load;
pub mod model;
pub mod parts;
pub mod patterns;
pub mod questions;
pub mod report;
