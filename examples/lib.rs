//! What the examples and their tests share. `README.md` beside this file lists the examples.

pub mod data;
pub mod shop;
