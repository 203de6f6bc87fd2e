//! Conditions: what they mean, judged by an engine and by plain Rust; how they are written, judged by a parser of
//! its own; what is refused; and what a failed one brings back.

mod failure;
mod grammar;
mod kinds;
mod limits;
mod meaning;
mod refused;
mod world;
