//! Stored keys taken apart: back to the values they were made of, and nothing else is accepted.

#[path = "parse/error.rs"]
mod error;
#[path = "parse/index.rs"]
mod index;
#[path = "key/language.rs"]
mod language;
#[path = "parse/model.rs"]
mod model;
#[path = "parse/round.rs"]
mod round;
#[path = "parse/split.rs"]
mod split;
// The tests of key parts use more of it.
#[allow(dead_code)]
#[path = "key/support.rs"]
mod support;
#[path = "parse/untyped.rs"]
mod untyped;
