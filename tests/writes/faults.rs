//! A connector in front of the engine that fails as DynamoDB does, before or after a write took effect, and
//! remembers what was sent. Reads do not fail.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{AsyncSleep, IdentityCache, Sleep, StalledStreamProtectionConfig};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use monotable::{Handle, Table};
use serde_json::{Value, json};

/// What becomes of a request.
#[derive(Debug, Clone)]
pub enum Fault {
    /// It goes to the engine.
    None,
    /// It is refused with this code, before it has any effect.
    Refused(&'static str),
    /// It takes effect, and the answer is this code all the same.
    After(&'static str),
    /// It takes effect, and the connection breaks before the answer.
    Broken,
    /// It is cancelled as a transaction, with these codes.
    Cancelled(Vec<&'static str>),
    /// These of its writes, by their places in it, are left unprocessed.
    Unprocessed(Vec<usize>),
}

/// A request that was sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    pub operation: String,
    pub body: Value,
}

impl Request {
    pub fn token(&self) -> &str {
        self.body["ClientRequestToken"].as_str().unwrap_or_default()
    }

    /// The writes of a batch.
    pub fn writes(&self) -> Vec<Value> {
        let tables = self.body["RequestItems"].as_object().into_iter().flatten();
        tables.flat_map(|(_, writes)| writes.as_array().cloned().unwrap_or_default()).collect()
    }
}

type Script = dyn FnMut(&Request) -> Fault + Send;

#[derive(Clone)]
pub struct Faults(Arc<Mutex<Inner>>);

struct Inner {
    script: Box<Script>,
    sent: Vec<Request>,
    slept: Vec<Duration>,
    running: usize,
    most_at_once: usize,
}

impl Faults {
    pub fn sent(&self) -> Vec<Request> {
        self.0.lock().unwrap().sent.clone()
    }

    pub fn slept(&self) -> Vec<Duration> {
        self.0.lock().unwrap().slept.clone()
    }

    pub fn most_at_once(&self) -> usize {
        self.0.lock().unwrap().most_at_once
    }
}

/// The same table through a connector that does what the script says. It sleeps in no time, and the SDK tries
/// three times.
pub fn faulty<T: Table>(
    handle: &Handle<T>,
    script: impl FnMut(&Request) -> Fault + Send + 'static,
) -> (Handle<T>, Faults) {
    let (sent, slept) = (Vec::new(), Vec::new());
    let inner = Inner { script: Box::new(script), sent, slept, running: 0, most_at_once: 0 };
    let faults = Faults(Arc::new(Mutex::new(inner)));
    let config = handle.sdk().config();
    let engine = config.http_client().unwrap();
    let client = config
        .to_builder()
        .http_client(Behind { engine, faults: faults.clone() })
        .retry_config(RetryConfig::standard().with_max_attempts(3))
        .sleep_impl(faults.clone())
        // They would sleep too, and be over at once.
        .identity_cache(IdentityCache::no_cache())
        .timeout_config(TimeoutConfig::disabled())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .build();
    (T::open(Client::from_conf(client)).named(handle.name()), faults)
}

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Faults")
    }
}

impl AsyncSleep for Faults {
    fn sleep(&self, duration: Duration) -> Sleep {
        self.0.lock().unwrap().slept.push(duration);
        // Others get a turn, as they would.
        Sleep::new(tokio::task::yield_now())
    }
}

#[derive(Debug, Clone)]
struct Behind {
    engine: SharedHttpClient,
    faults: Faults,
}

impl HttpClient for Behind {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let engine = self.engine.http_connector(settings, components);
        SharedHttpConnector::new(Connector { engine, faults: self.faults.clone() })
    }
}

#[derive(Debug, Clone)]
struct Connector {
    engine: SharedHttpConnector,
    faults: Faults,
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let this = self.clone();
        HttpConnectorFuture::new(async move {
            let (fault, pause) = this.begin(&request);
            // Others get a turn, and answers come in another order than requests.
            for _ in 0..pause {
                tokio::task::yield_now().await;
            }
            let answer = this.answer(request, fault).await;
            this.faults.0.lock().unwrap().running -= 1;
            answer
        })
    }
}

impl Connector {
    fn begin(&self, request: &HttpRequest) -> (Fault, usize) {
        let mut inner = self.faults.0.lock().unwrap();
        inner.running += 1;
        inner.most_at_once = inner.most_at_once.max(inner.running);
        let request = read(request);
        // What a test looks at is no business of the script's.
        if !request.operation.contains("Write") && !request.operation.ends_with("Item")
            || request.operation == "GetItem"
        {
            return (Fault::None, 1);
        }
        let fault = (inner.script)(&request);
        inner.sent.push(request);
        (fault, 1 + inner.sent.len() * 7 % 5)
    }

    async fn answer(&self, request: HttpRequest, fault: Fault) -> Result<HttpResponse, ConnectorError> {
        match fault {
            Fault::None => self.engine.call(request).await,
            Fault::Refused(code) => Ok(refusal(code, json!({}))),
            Fault::After(code) => {
                self.engine.call(request).await?;
                Ok(refusal(code, json!({})))
            }
            Fault::Broken => {
                self.engine.call(request).await?;
                Err(ConnectorError::io("the connection broke".into()))
            }
            Fault::Cancelled(codes) => {
                let reasons: Vec<_> = codes.iter().map(|code| json!({ "Code": code })).collect();
                let reasons = json!({ "CancellationReasons": reasons });
                Ok(refusal("TransactionCanceledException", reasons))
            }
            Fault::Unprocessed(places) => self.unprocessed(request, &places).await,
        }
    }

    /// Sends the batch without some of its writes, and adds them to the answer's unprocessed ones.
    async fn unprocessed(
        &self,
        mut request: HttpRequest,
        places: &[usize],
    ) -> Result<HttpResponse, ConnectorError> {
        let mut body = body(&request);
        let tables = body["RequestItems"].as_object_mut().unwrap();
        let (table, asked) = tables.iter_mut().next().map(|(table, asked)| (table.clone(), asked)).unwrap();
        let writes = std::mem::take(asked.as_array_mut().unwrap());
        let (left, kept): (Vec<_>, Vec<_>) =
            writes.into_iter().enumerate().partition(|(at, _)| places.contains(at));
        let writes =
            |writes: Vec<(usize, Value)>| writes.into_iter().map(|(_, write)| write).collect::<Vec<_>>();
        let (left, kept) = (writes(left), writes(kept));
        let mut answer = json!({ "UnprocessedItems": {}, "ConsumedCapacity": [] });
        if !kept.is_empty() {
            *asked = kept.into();
            *request.body_mut() = SdkBody::from(body.to_string());
            let response = self.engine.call(request).await?;
            answer = serde_json::from_slice(response.body().bytes().unwrap()).unwrap();
        }
        if !left.is_empty() {
            answer["UnprocessedItems"][&table] = left.into();
        }
        Ok(response(200, &answer))
    }
}

fn read(request: &HttpRequest) -> Request {
    let target = request.headers().get("x-amz-target").unwrap();
    let (_, operation) = target.rsplit_once('.').unwrap();
    Request { operation: operation.to_owned(), body: body(request) }
}

fn body(request: &HttpRequest) -> Value {
    serde_json::from_slice(request.body().bytes().unwrap()).unwrap()
}

fn refusal(code: &str, mut body: Value) -> HttpResponse {
    let status = if code == "InternalServerError" { 500 } else { 400 };
    body["__type"] = format!("com.amazonaws.dynamodb.v20120810#{code}").into();
    body["Message"] = "the test says so".into();
    response(status, &body)
}

fn response(status: u16, body: &Value) -> HttpResponse {
    let mut response = HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body.to_string()));
    response.headers_mut().insert("content-type", "application/x-amz-json-1.0");
    response
}
