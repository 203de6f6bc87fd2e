//! The operations: values that say what to do, and the requests they become.

pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod get;
pub(crate) mod put;
