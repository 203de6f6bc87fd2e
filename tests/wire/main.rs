//! The reader and the writer of DynamoDB's JSON, held to `serde_dynamo` and `serde_json`.

mod any;
mod borrowed;
mod bytes;
mod faults;
mod law;
mod numbers;
mod reads;
mod requests;
mod same;
mod strict;
mod tree;
mod types;
mod world;
mod written;
