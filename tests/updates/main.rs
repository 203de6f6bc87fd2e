//! Updates: the item after one is the item that a put of the changed value would store, keys and all; how they are
//! written; and what is refused before it is sent.

mod creating;
mod laws;
mod refused;
mod returning;
mod world;
mod written;
