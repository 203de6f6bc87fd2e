//! Versions, times, expiry, and what an item cannot hold, on the embedded engine and a clock moved by hand.

mod blank;
mod expiry;
mod faults;
mod moments;
mod numbers;
mod rewriting;
mod sets;
mod times;
mod updates;
mod versions;
mod world;
