//! monotable on the in-process engine, and on clients that refuse to send.

mod bad_input;
mod client;
mod collections;
mod cost;
mod creation;
mod items;
mod names;
mod paging;
mod secrets;
mod shop;
mod sparse;
mod tables;
