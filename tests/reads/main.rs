//! Reads of many keys: on the in-process engine, and on one that fails as DynamoDB does.

mod explain;
mod failures;
mod library;
mod limits;
mod model;
mod shapes;
