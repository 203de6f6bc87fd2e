//! The embedded engine behind a connector that sees every query and batch, and can hold its answer back or refuse it.

use std::collections::BTreeSet;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::SharedHttpClient;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use monotable::{Handle, Item, Table};

/// What happened on the way to the engine.
#[derive(Debug, Clone)]
pub struct Engine {
    inner: SharedHttpClient,
    traffic: Arc<Mutex<Traffic>>,
}

#[derive(Debug, Default)]
struct Traffic {
    sent: usize,
    in_flight: usize,
    most_in_flight: usize,
    /// Nothing is answered but these, by number.
    held: Option<BTreeSet<usize>>,
    wakers: Vec<Waker>,
    /// These are refused.
    refused: BTreeSet<usize>,
    /// Answers take their time, each another.
    dawdles: bool,
}

impl Engine {
    /// The same table through such a connector.
    pub fn behind<T: Table>(table: &Handle<T>) -> (Handle<T>, Self) {
        let config = table.sdk().config();
        let inner = config.http_client().unwrap();
        let engine = Self { inner, traffic: Arc::default() };
        let config = config.to_builder().http_client(engine.clone()).retry_config(RetryConfig::disabled());
        (T::open(Client::from_conf(config.build())).named(table.name()), engine)
    }

    fn traffic(&self) -> MutexGuard<'_, Traffic> {
        self.traffic.lock().unwrap()
    }

    /// How many queries were sent.
    pub fn sent(&self) -> usize {
        self.traffic().sent
    }

    pub fn in_flight(&self) -> usize {
        self.traffic().in_flight
    }

    pub fn most_in_flight(&self) -> usize {
        self.traffic().most_in_flight
    }

    /// From now on nothing is answered.
    pub fn hold(&self) {
        self.traffic().held = Some(BTreeSet::new());
    }

    /// Answers the query with this number, counted from zero, now or when it comes.
    pub fn answer(&self, number: usize) {
        let mut traffic = self.traffic();
        traffic.held.as_mut().unwrap().insert(number);
        traffic.wakers.drain(..).for_each(Waker::wake);
    }

    /// Answers what was held back, and all that follows.
    pub fn release(&self) {
        let mut traffic = self.traffic();
        traffic.held = None;
        traffic.wakers.drain(..).for_each(Waker::wake);
    }

    /// The query with this number is refused.
    pub fn refuse(&self, number: usize) {
        self.traffic().refused.insert(number);
    }

    /// Answers come late, and not in the order of the queries.
    pub fn dawdle(&self) {
        self.traffic().dawdles = true;
    }

    fn begin(&self) -> InFlight {
        let mut traffic = self.traffic();
        traffic.sent += 1;
        traffic.in_flight += 1;
        traffic.most_in_flight = traffic.most_in_flight.max(traffic.in_flight);
        InFlight { number: traffic.sent - 1, engine: self.clone() }
    }
}

/// A query that was sent and is neither answered nor given up.
struct InFlight {
    number: usize,
    engine: Engine,
}

impl InFlight {
    fn poll_free(&self, context: &mut Context<'_>) -> Poll<()> {
        let mut traffic = self.engine.traffic();
        if traffic.held.as_ref().is_none_or(|free| free.contains(&self.number)) {
            return Poll::Ready(());
        }
        traffic.wakers.push(context.waker().clone());
        Poll::Pending
    }

    async fn wait(&self) {
        let dawdles = self.engine.traffic().dawdles;
        for _ in 0..if dawdles { self.number * 7 % 5 } else { 0 } {
            tokio::task::yield_now().await;
        }
        poll_fn(|context| self.poll_free(context)).await;
    }

    fn is_refused(&self) -> bool {
        self.engine.traffic().refused.contains(&self.number)
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.engine.traffic().in_flight -= 1;
    }
}

/// One connector of the engine's, and who watches it.
#[derive(Debug)]
struct Watched {
    inner: SharedHttpConnector,
    engine: Engine,
}

impl HttpClient for Engine {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(Watched { inner, engine: self.clone() })
    }
}

impl HttpConnector for Watched {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (inner, engine) = (self.inner.clone(), self.engine.clone());
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        if ![".Query", ".BatchGetItem"].iter().any(|watched| target.ends_with(watched)) {
            return inner.call(request);
        }
        HttpConnectorFuture::new(async move {
            let query = engine.begin();
            query.wait().await;
            if query.is_refused() {
                let body =
                    r#"{"__type":"com.amazonaws.dynamodb.v20120810#AccessDeniedException","message":"no"}"#;
                return Ok(HttpResponse::new(400.try_into().unwrap(), SdkBody::from(body)));
            }
            inner.call(request).await
        })
    }
}

/// Polls until there is an outcome, or nothing moves any more.
pub async fn nudge<F: Future>(mut future: Pin<&mut F>) -> Option<F::Output> {
    for _ in 0..16 {
        if let Poll::Ready(out) = poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await {
            return Some(out);
        }
        tokio::task::yield_now().await;
    }
    None
}

/// Writes items as others might, without the library.
pub async fn load<T: Table>(table: &Handle<T>, items: impl IntoIterator<Item = Item>) {
    let write = |item| {
        let put = PutRequest::builder().set_item(Some(item)).build().unwrap();
        WriteRequest::builder().put_request(put).build()
    };
    let writes: Vec<_> = items.into_iter().map(write).collect();
    for writes in writes.chunks(25) {
        table.sdk().batch_write_item().request_items(table.name(), writes.to_vec()).send().await.unwrap();
    }
}

/// A text attribute.
pub fn s(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}

/// Runs a future in a property test.
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}
