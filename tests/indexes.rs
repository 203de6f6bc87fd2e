//! Keys of every kind on the embedded engine, held to filters in plain Rust.

#[path = "indexes/native.rs"]
mod native;
