//! Makes the data of the shop example: `shop.json`, one item a line.
//!
//! No clock and no system's randomness: the same lines every time, which a test holds it to.

mod calendar;
pub mod generator;
mod orders;
mod random;
mod words;
