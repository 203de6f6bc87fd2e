//! Queries: typed steps along a key template, and the request they end in.
//!
//! [`steps`] is what generated query structs are made of, [`natural`] those of natural indexes;
//! [`request`] is the query as a value.

pub(crate) mod natural;
pub(crate) mod request;
pub(crate) mod run;
pub(crate) mod steps;
