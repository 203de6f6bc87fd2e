//! Keys of every kind on the embedded engine, held to filters in plain Rust.

#[path = "indexes/local.rs"]
mod local;
#[path = "indexes/native.rs"]
mod native;
#[path = "indexes/natural.rs"]
mod natural;
#[path = "indexes/of_table.rs"]
mod of_table;
#[path = "indexes/projected.rs"]
mod projected;
#[path = "indexes/projection.rs"]
mod projection;
