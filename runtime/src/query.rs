//! Queries: typed steps along a key template, the request they end in, and its pages.
//!
//! [`steps`] is what generated query structs are made of, [`natural`] those of natural indexes, [`typed`]
//! their traits; [`request`] is the query as a value; [`run`] follows its pages, [`outcome`] says in which
//! form, [`cursor`] where to go on. Scans for maintenance share lanes, places and cursors.

pub(crate) mod budget;
mod condition;
pub(crate) mod cursor;
mod expiring;
pub(crate) mod filter;
pub(crate) mod hydrate;
pub(crate) mod input;
pub(crate) mod lane;
pub(crate) mod natural;
pub(crate) mod outcome;
pub(crate) mod place;
pub(crate) mod request;
mod run;
pub(crate) mod shards;
pub(crate) mod states;
pub(crate) mod steps;
pub(crate) mod stream;
pub(crate) mod typed;
mod undecoded;
