//! An in-process DynamoDB engine behind the SDK, without a socket: feature `embedded`.
//!
//! The SDK builds, signs and reads its messages as always; the connector hands each request body to
//! dynoxide. So what runs in tests is the whole path that runs in production, but for the network.

use std::fmt;
use std::path::PathBuf;

use aws_sdk_dynamodb::Client;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use dynoxide::{Database, DynoxideError};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{BoxError, Call, Error};
use crate::handle::Handle;
use crate::local;
use crate::table::Table;

/// The table on a new engine, in memory or in a file, created if it is missing.
pub(crate) async fn open<T: Table>(path: Option<PathBuf>) -> Result<Handle<T>, Error> {
    let database: Result<_, BoxError> = match path.as_ref().map(|path| path.to_str()) {
        None => Database::memory().map_err(Into::into),
        Some(Some(path)) => Database::new(path).map_err(Into::into),
        Some(None) => Err("the path is not Unicode, and the engine opens no other".into()),
    };
    let call = Call { operation: "open", entity: T::NAME, key: None };
    let place = path.map_or_else(|| "in memory".to_owned(), |path| format!("on the file {}", path.display()));
    let database = database.map_err(|error| Error::engine(call, &place, error))?;
    let handle = T::open(client(database));
    handle.create().await?;
    Ok(handle)
}

fn client(database: Database) -> Client {
    Client::from_conf(local::config().http_client(Engine(database)).build())
}

/// The engine as the SDK's HTTP client.
#[derive(Clone)]
struct Engine(Database);

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Engine(dynoxide)")
    }
}

impl HttpClient for Engine {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Engine {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let database = self.0.clone();
        // On first poll, not before: a request that is never awaited does nothing here either.
        HttpConnectorFuture::new(async move { respond(&database, &request) })
    }
}

fn respond(database: &Database, request: &HttpRequest) -> Result<HttpResponse, ConnectorError> {
    let target = request.headers().get("x-amz-target").unwrap_or_default();
    let operation = target.rsplit_once('.').map_or(target, |(_, operation)| operation);
    let body = request.body().bytes().unwrap_or_default();
    let (status, body) = match run(database, operation, body) {
        Ok(body) => (200, body),
        Err(error) => (error.status_code(), error.to_json()),
    };
    let status = StatusCode::try_from(status).map_err(|error| ConnectorError::other(error.into(), None))?;
    let mut response = HttpResponse::new(status, SdkBody::from(body));
    response.headers_mut().insert("content-type", "application/x-amz-json-1.0");
    Ok(response)
}

fn run(database: &Database, operation: &str, body: &[u8]) -> Result<String, DynoxideError> {
    match operation {
        "CreateTable" => answer(body, |request| database.create_table(request)),
        "DeleteTable" => answer(body, |request| database.delete_table(request)),
        "DescribeTable" => answer(body, |request| database.describe_table(request)),
        "UpdateTable" => answer(body, |request| database.update_table(request)),
        "ListTables" => answer(body, |request| database.list_tables(request)),
        "PutItem" => answer(body, |request| database.put_item(request)),
        "GetItem" => answer(body, |request| database.get_item(request)),
        "UpdateItem" => answer(body, |request| database.update_item(request)),
        "DeleteItem" => answer(body, |request| database.delete_item(request)),
        "Query" => answer(body, |request| database.query(request)),
        "Scan" => answer(body, |request| database.scan(request)),
        "BatchGetItem" => answer(body, |request| database.batch_get_item(request)),
        "BatchWriteItem" => answer(body, |request| database.batch_write_item(request)),
        "TransactGetItems" => answer(body, |request| database.transact_get_items(request)),
        "TransactWriteItems" => answer(body, |request| database.transact_write_items(request)),
        "ExecuteStatement" => answer(body, |request| database.execute_statement(request)),
        "BatchExecuteStatement" => answer(body, |request| database.batch_execute_statement(request)),
        "ExecuteTransaction" => answer(body, |request| database.execute_transaction(request)),
        "UpdateTimeToLive" => answer(body, |request| database.update_time_to_live(request)),
        "DescribeTimeToLive" => answer(body, |request| database.describe_time_to_live(request)),
        _ => Err(DynoxideError::ValidationException(format!(
            "the in-process engine has no operation {operation}"
        ))),
    }
}

fn answer<Q: DeserializeOwned, A: Serialize>(
    body: &[u8],
    run: impl FnOnce(Q) -> Result<A, DynoxideError>,
) -> Result<String, DynoxideError> {
    let request = serde_json::from_slice(body).map_err(|error| refused(&error.to_string()))?;
    let answer = run(request)?;
    serde_json::to_string(&answer).map_err(|error| DynoxideError::InternalServerError(error.to_string()))
}

/// The engine marks the class of an error in front of its message; its own decoding of that is private.
fn refused(message: &str) -> DynoxideError {
    let message = message.rsplit_once(" at line ").map_or(message, |(message, _)| message);
    match message.split_once(':') {
        Some((class, rest)) if class.starts_with("SERIALIZATION") => {
            DynoxideError::SerializationException(rest.to_owned())
        }
        Some((class, rest)) if class.starts_with("VALIDATION") => {
            DynoxideError::ValidationException(rest.to_owned())
        }
        _ => DynoxideError::ValidationException(message.to_owned()),
    }
}
