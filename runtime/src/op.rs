//! The operations: values that say what to do, and the requests they become.

mod asked;
pub(crate) mod batch_get;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod exists;
pub(crate) mod get;
pub(crate) mod guard;
pub(crate) mod put;
pub(crate) mod transact_get;
