//! For tests of code that uses this library: faults, a record of what was sent, and a clock. Feature `testing`.
//!
//! A [`Proxy`] stands between a table and its engine. It [injects](Proxy::inject) a [`Fault`] into the [`Calls`] that
//! it is told, [holds](Proxy::hold) calls back, remembers [requests](Proxy::requests) and their
//! [outcomes](Proxy::exchanges), and runs its clients on a [`Clock`] that no test waits for. The guide,
//! `docs/guide/testing.md`, shows all of it.
//!
//! It calls DynamoDB no more often than the operations that go through it do.

mod answer;
mod calls;
mod clock;
mod connector;
mod fault;
mod hold;
mod operation;
mod proxy;
mod record;
mod rules;

pub use calls::Calls;
pub use clock::Clock;
pub use fault::Fault;
pub use hold::Hold;
pub use operation::Operation;
pub use proxy::Proxy;
pub use record::{Exchange, Outcome, Request};
