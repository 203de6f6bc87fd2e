//! Writes that belong together: transactions and batches, on the in-process engine, and on one that fails as
//! DynamoDB does.

mod batches;
mod explain;
mod failures;
mod functions;
mod leftovers;
mod markers;
mod orders;
mod refused;
mod shop;
mod tables;
mod transfers;
mod unique;
