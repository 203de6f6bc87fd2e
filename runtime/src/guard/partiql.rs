//! As much of PartiQL as it takes to know whether a statement reads whole partitions or the whole table.
//!
//! [`lexer`] makes tokens, [`parser`] a condition of them, and [`bound`] says which attributes the condition gives
//! values to. What cannot be read is not let through, so the grammar here may be narrower than DynamoDB's, but what it
//! takes has to mean the same.

mod bound;
mod lexer;
mod parser;

pub(super) use self::bound::bound;
pub(super) use self::parser::{Select, Statement, parse};
