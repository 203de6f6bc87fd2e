//! What the tests share: one way to open a table, and what is known of the engines behind it.

#[path = "shared/endpoint.rs"]
mod endpoint;
#[path = "shared/engines.rs"]
mod engines;

pub use endpoint::Endpoint;
pub use engines::{Engine, Quirk, engine, open};
