//! Scans for maintenance on the embedded engine: what they read, how they go on, and how fast they are.

mod laws;
mod refused;
mod tables;
mod world;
