//! What the tests share: one way to open a table, what is known of the engines behind it, and proxies in front of it.

#[path = "shared/boto3.rs"]
mod boto3;
#[path = "shared/endpoint.rs"]
mod endpoint;
#[path = "shared/engines.rs"]
mod engines;
#[path = "shared/polling.rs"]
mod polling;
#[path = "shared/proxies.rs"]
mod proxies;

pub use boto3::Boto3;
pub use endpoint::Endpoint;
pub use engines::{Engine, Quirk, engine, named, open, unsuffixed};
pub use polling::{nudge, poll_once};
pub use proxies::{answering, networked, proxied, sizes, unsent};
