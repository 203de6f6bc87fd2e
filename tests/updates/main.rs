//! Updates: the item after one is the item that a put of the changed value would store, keys and all; how they are
//! written; and what is refused before it is sent.

#[allow(dead_code)]
#[path = "../integration/client.rs"]
mod client;
mod creating;
mod laws;
mod refused;
mod returning;
mod world;
mod written;
