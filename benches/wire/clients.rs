//! Clients of the SDK as a user configures them, that is, hardly: one answers from memory, one over loopback.

use std::sync::Arc;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Builder, Config, Credentials, Region};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;

use super::server::serve;

/// The bodies of the answers, one for each operation.
#[derive(Debug, Default)]
pub struct Answers {
    pub page: Vec<u8>,
    pub item: Vec<u8>,
}

impl Answers {
    pub fn to(&self, target: &str) -> &[u8] {
        match target {
            "DynamoDB_20120810.Query" => &self.page,
            "DynamoDB_20120810.GetItem" => &self.item,
            _ => b"{}",
        }
    }
}

/// Copying a body of the SDK's shares its bytes, as those that came from a network are shared.
#[derive(Debug)]
struct Body(SdkBody);

impl Body {
    fn of(bytes: &[u8]) -> Self {
        Self(SdkBody::from(bytes.to_vec()))
    }
}

impl Clone for Body {
    fn clone(&self) -> Self {
        Self(self.0.try_clone().expect("it is in memory"))
    }
}

#[derive(Debug, Clone)]
struct Memory {
    page: Body,
    item: Body,
    nothing: Body,
}

impl HttpClient for Memory {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Memory {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let body = match request.headers().get("x-amz-target").unwrap_or_default() {
            "DynamoDB_20120810.Query" => &self.page,
            "DynamoDB_20120810.GetItem" => &self.item,
            _ => &self.nothing,
        };
        let mut response = HttpResponse::new(200.try_into().expect("a status"), body.clone().0);
        let id = "A5FGSJ9ET4OKB8183S9M47RQQBVV4KQNSO5AEMVJF66Q9ASUAAJG";
        response.headers_mut().insert("content-type", "application/x-amz-json-1.0");
        response.headers_mut().insert("x-amzn-requestid", id);
        HttpConnectorFuture::ready(Ok(response))
    }
}

fn config() -> Builder {
    let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .credentials_provider(Credentials::new("AKIDEXAMPLE", secret, None, None, "bench"))
        .region(Region::new("us-east-1"))
}

/// What is on the wire is left out.
pub fn in_memory(answers: &Answers) -> Client {
    let (page, item) = (Body::of(&answers.page), Body::of(&answers.item));
    let memory = Memory { page, item, nothing: Body::of(b"{}") };
    Client::from_conf(config().endpoint_url("http://bench.invalid").http_client(memory).build())
}

/// The SDK's own HTTP client, without TLS.
pub fn over_loopback(answers: Arc<Answers>) -> Client {
    let address = serve(answers).expect("a port of this machine");
    let http = aws_smithy_http_client::Builder::new().build_http();
    Client::from_conf(config().endpoint_url(format!("http://{address}")).http_client(http).build())
}
