//! SDK clients with an answer of the test's choice, and what was sent to them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Credentials, Region};
use aws_sdk_dynamodb::types::AttributeValue;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use monotable::{Handle, Item, Table};

/// What the connector does with a request.
#[derive(Debug, Clone, Copy)]
pub enum Answer {
    /// There is no connection.
    Unreachable,
    /// There is no answer in time.
    Timeout,
    /// This status and body.
    Body(u16, &'static str),
}

/// A connector that counts what is sent through it.
#[derive(Debug, Clone)]
pub struct Sent {
    count: Arc<AtomicU32>,
    answer: Answer,
}

impl Sent {
    pub fn count(&self) -> u32 {
        self.count.load(Ordering::Relaxed)
    }
}

impl HttpClient for Sent {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Sent {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        self.count.fetch_add(1, Ordering::Relaxed);
        let body = match self.answer {
            Answer::Unreachable => Err(ConnectorError::io("there is no connection".into())),
            Answer::Timeout => Err(ConnectorError::timeout("there is no answer".into())),
            Answer::Body(status, body) => {
                Ok(HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body)))
            }
        };
        HttpConnectorFuture::ready(body)
    }
}

/// A configuration that sends to `sent`, once, without a region.
pub fn config(sent: Sent) -> aws_sdk_dynamodb::config::Builder {
    Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .retry_config(RetryConfig::disabled())
        .http_client(sent)
}

/// The table behind a connector with this answer.
pub fn answering<T: Table>(answer: Answer) -> (Handle<T>, Sent) {
    let sent = Sent { count: Arc::default(), answer };
    let config = config(sent.clone()).region(Region::new("local")).endpoint_url("http://test.invalid");
    (T::open(Client::from_conf(config.build())), sent)
}

/// The table behind a connection that is not there: nothing may be sent.
pub fn unsent<T: Table>() -> (Handle<T>, Sent) {
    answering(Answer::Unreachable)
}

/// Writes an item as others might, without the library.
pub async fn put_raw<T>(handle: &Handle<T>, item: Item)
where
    T: Table,
{
    let put = handle.sdk().put_item().table_name(handle.name()).set_item(Some(item));
    put.send().await.unwrap();
}

/// A text attribute.
pub fn s(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}
