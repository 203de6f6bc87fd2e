//! The guard in front of clients: what it refuses does not reach the network, and nothing else is refused.

mod calls;
mod laws;
mod partiql;
mod words;
mod world;
