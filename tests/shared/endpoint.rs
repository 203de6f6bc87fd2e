//! An engine over HTTP, and the tables that a test makes there.

use std::collections::BTreeSet;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{env, thread};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Credentials, Region, SharedHttpClient};
use aws_sdk_dynamodb::operation::delete_table::DeleteTableError;
use aws_smithy_http_client::tls;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use serde_json::Value;

/// Where `MONOTABLE_ENDPOINT` is.
#[derive(Debug, Clone)]
pub struct Endpoint(String);

impl Endpoint {
    /// None if the tests run on the embedded engine.
    pub fn of_environment() -> Option<Self> {
        let url = env::var("MONOTABLE_ENDPOINT").ok().filter(|url| !url.is_empty())?;
        Some(Self(url))
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.0
    }

    /// Region, access key, its secret, and a session token or nothing: what others call an engine with.
    pub fn access(&self) -> [String; 4] {
        let variable = |name, otherwise: &str| env::var(name).unwrap_or_else(|_| otherwise.to_owned());
        [
            variable("AWS_REGION", "us-east-1"),
            variable("AWS_ACCESS_KEY_ID", "test"),
            variable("AWS_SECRET_ACCESS_KEY", "test"),
            variable("AWS_SESSION_TOKEN", ""),
        ]
    }

    /// A client that speaks of tables with this suffix in their names only, and removes those that it made when
    /// the last clone of it is dropped.
    ///
    /// Connections belong to an executor, and each test has its own: so there is a client for each table.
    pub fn client(&self) -> (Client, String) {
        let suffix = format!("{:016x}", RandomState::new().build_hasher().finish());
        let made = Made { endpoint: self.clone(), suffix: suffix.clone(), tables: Mutex::default() };
        let own = Own { inner: self.http_client(), made: Arc::new(made) };
        (Client::from_conf(self.config(own)), suffix)
    }

    /// A client that removes nothing.
    pub fn plain_client(&self) -> Client {
        Client::from_conf(self.config(self.http_client()))
    }

    fn http_client(&self) -> SharedHttpClient {
        let builder = aws_smithy_http_client::Builder::new();
        if self.0.starts_with("http:") {
            return builder.build_http();
        }
        builder.tls_provider(tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring)).build_https()
    }

    fn config(&self, http_client: impl HttpClient + 'static) -> Config {
        let [region, id, secret, token] = self.access();
        let token = Some(token).filter(|token| !token.is_empty());
        let credentials = Credentials::new(id, secret, token, None, "environment");
        Config::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .credentials_provider(credentials)
            .region(Region::new(region))
            .endpoint_url(&self.0)
            .http_client(http_client)
            .build()
    }
}

/// The tables made by one client.
#[derive(Debug)]
struct Made {
    endpoint: Endpoint,
    suffix: String,
    tables: Mutex<BTreeSet<String>>,
}

impl Drop for Made {
    /// In a thread of its own: this may be a thread of an executor, which must not wait for another one.
    fn drop(&mut self) {
        let tables = std::mem::take(self.tables.get_mut().unwrap_or_else(PoisonError::into_inner));
        let endpoint = self.endpoint.clone();
        let remover = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            let client = endpoint.plain_client();
            tables.iter().try_for_each(|table| runtime.block_on(remove(&client, table)))
        });
        match remover.join() {
            Ok(Ok(())) => {}
            outcome if thread::panicking() => eprintln!("tables are left at MONOTABLE_ENDPOINT: {outcome:?}"),
            outcome => panic!("tables are left at MONOTABLE_ENDPOINT: {outcome:?}"),
        }
    }
}

type BoxError = Box<dyn std::error::Error + Send + Sync>;

async fn remove(client: &Client, table: &str) -> Result<(), BoxError> {
    for _ in 0..60 {
        let outcome = client.delete_table().table_name(table).send().await;
        match outcome.map_err(aws_sdk_dynamodb::error::SdkError::into_service_error) {
            Ok(_) | Err(DeleteTableError::ResourceNotFoundException(_)) => return Ok(()),
            // It is still being created, by a test that did not wait.
            Err(DeleteTableError::ResourceInUseException(_)) => {
                tokio::time::sleep(Duration::from_secs(1)).await
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(format!("{table} is in use").into())
}

/// Sends what is about this client's own tables, whatever others are at the endpoint.
#[derive(Debug, Clone)]
struct Own {
    inner: SharedHttpClient,
    made: Arc<Made>,
}

impl HttpClient for Own {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(OwnConnector { inner, made: self.made.clone() })
    }
}

#[derive(Debug)]
struct OwnConnector {
    inner: SharedHttpConnector,
    made: Arc<Made>,
}

impl HttpConnector for OwnConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let body = request.body().bytes().unwrap_or_default();
        let mut tables = BTreeSet::new();
        if let Ok(body) = serde_json::from_slice(body) {
            name_tables(&body, &mut tables);
        }
        if let Some(other) = tables.iter().find(|table| !table.contains(&self.made.suffix)) {
            let reason = format!("a test names table `{other}`, which is not its own");
            return HttpConnectorFuture::ready(Err(ConnectorError::user(reason.into())));
        }
        if request.headers().get("x-amz-target").is_some_and(|target| target.ends_with(".CreateTable")) {
            self.made.tables.lock().unwrap_or_else(PoisonError::into_inner).extend(tables);
        }
        let inner = self.inner.clone();
        HttpConnectorFuture::new(async move { in_memory(inner.call(request).await?).await })
    }
}

/// The whole answer, as the embedded engine gives it: connectors that tests put in front of this one read it.
async fn in_memory(mut answer: HttpResponse) -> Result<HttpResponse, ConnectorError> {
    let body = ByteStream::new(answer.take_body()).collect().await;
    let body = body.map_err(|error| ConnectorError::io(error.into()))?;
    *answer.body_mut() = SdkBody::from(body.into_bytes());
    Ok(answer)
}

/// The tables that a request is about. In an item, no text stands where a table's name does.
fn name_tables(request: &Value, tables: &mut BTreeSet<String>) {
    match request {
        Value::Object(members) => {
            for (name, value) in members {
                match (name.as_str(), value) {
                    // A statement of PartiQL names its table somewhere.
                    ("TableName" | "Statement", Value::String(table)) => {
                        tables.insert(table.clone());
                    }
                    ("RequestItems", Value::Object(requests)) => tables.extend(requests.keys().cloned()),
                    _ => {}
                }
                name_tables(value, tables);
            }
        }
        Value::Array(elements) => elements.iter().for_each(|element| name_tables(element, tables)),
        _ => {}
    }
}
