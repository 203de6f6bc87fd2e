//! The helper for users' tests: that it does what it says, and nothing else.

mod clock;
mod faults;
mod hold;
mod record;
mod scope;
mod world;
