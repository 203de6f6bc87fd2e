//! Queries on the embedded engine: what they find, held to filters in plain Rust; their cursors, pages,
//! streams and costs.

mod asking;
mod comparing;
mod cost;
mod cursors;
mod entities;
mod filtered;
mod filters;
mod hydrate;
mod local;
mod misses;
mod natural;
mod polled;
mod refused;
mod sharded;
mod signing;
mod strategies;
mod streams;
mod support;
mod templates;
mod trying;
mod undecoded;
mod unknown;
