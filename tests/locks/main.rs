//! Versions, times, expiry, and what an item cannot hold, on the embedded engine and a clock moved by hand.

mod expiry;
mod times;
mod versions;
mod world;
