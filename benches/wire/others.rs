//! Room for other crates in the tables. `benches/others` fills it; here, where everything is built with the rest of the
//! workspace, it stays empty.

#![allow(dead_code, reason = "what only `benches/others` uses")]

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::query::QueryOutput;
use aws_sdk_dynamodb::types::WriteRequest;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use tokio::runtime::Runtime;

use super::answers::Sdk;
use super::model::{Document, Order};

/// A page that arrived, and a client to which it arrives again and again.
pub struct Answered<'a> {
    pub sdk: &'a Sdk,
    pub response: &'a HttpResponse,
    pub client: Client,
    pub runtime: &'a Runtime,
}

impl Answered<'_> {
    /// What the SDK makes of it.
    pub fn output(&self) -> QueryOutput {
        self.sdk.query(self.response)
    }
}

/// How a crate reads a page.
pub struct Way<E> {
    pub name: &'static str,
    /// As little else as its public interface allows.
    pub decode: fn(&Answered<'_>) -> Vec<E>,
    /// The whole call.
    pub call: fn(&Runtime, &Client) -> Vec<E>,
}

/// How a crate makes a request of an entity.
pub struct PutWay {
    pub name: &'static str,
    pub put: fn(&Order) -> WriteRequest,
}

pub struct Others {
    pub orders: &'static [Way<Order>],
    pub documents: &'static [Way<Document>],
    pub puts: &'static [PutWay],
}

impl Others {
    pub const NONE: Self = Self { orders: &[], documents: &[], puts: &[] };
}
