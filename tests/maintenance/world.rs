//! A table and a client whose clock, delays and failures are the test's.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use aws_sdk_dynamodb::config::interceptors::{
    BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextRef,
};
use aws_sdk_dynamodb::config::{
    AsyncSleep, ConfigBag, HttpClient, Intercept, RuntimeComponents, SharedHttpClient, Sleep,
    StalledStreamProtectionConfig,
};
use aws_sdk_dynamodb::error::BoxError;
use aws_sdk_dynamodb::operation::scan::ScanOutput;
use aws_smithy_async::time::TimeSource;
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use monotable::{Entity, Handle, Table};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(
    name = "shop",
    index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"),
    index(ByTotal, pk = [country], sk = [total: N]),
    index(ByNote, local, sk = "LSK")
)]
pub enum Shop {
    Customer(Customer),
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "PROFILE")]
pub struct Customer {
    pub customer: u8,
}

/// In the index if it waits for something.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{number:03}")]
#[entity(index(Gsi1, pk = "WAITS#{waits_for}", sk = "{number:03}", query = waiting))]
#[entity(index(ByTotal, query = by_total))]
#[entity(index(ByNote, sk = "NOTE#{note}", query = by_note))]
pub struct Order {
    pub customer: u8,
    pub number: u16,
    pub waits_for: Option<u8>,
    pub country: Option<String>,
    pub total: u32,
    pub note: Option<u8>,
    pub text: String,
}

/// Moved by hand, and by sleeping on it.
#[derive(Debug, Clone, Default)]
pub struct Clock(Arc<Mutex<Duration>>);

impl Clock {
    pub fn passed(&self) -> Duration {
        *self.0.lock().unwrap()
    }

    pub fn pass(&self, time: Duration) {
        *self.0.lock().unwrap() += time;
    }
}

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000) + self.passed()
    }
}

impl AsyncSleep for Clock {
    fn sleep(&self, duration: Duration) -> Sleep {
        let clock = self.clone();
        Sleep::new(async move {
            // Others have their turn, as they would have.
            tokio::task::yield_now().await;
            clock.pass(duration);
        })
    }
}

/// What was sent and answered, from outside: through the SDK's own hooks.
#[derive(Debug, Clone, Default)]
pub struct Record(Arc<Mutex<Seen>>);

#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// When each request was sent.
    pub sent: Vec<Duration>,
    /// When each page came, and what it consumed.
    pub pages: Vec<(Duration, f64)>,
    /// Requests under way, now and at most.
    pub under_way: u32,
    pub most_under_way: u32,
}

#[derive(Debug)]
struct Recorder(Record, Clock);

impl Intercept for Recorder {
    fn name(&self) -> &'static str {
        "Recorder"
    }

    fn read_before_transmit(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let mut seen = self.0.0.lock().unwrap();
        seen.sent.push(self.1.passed());
        seen.under_way += 1;
        seen.most_under_way = seen.most_under_way.max(seen.under_way);
        Ok(())
    }

    fn read_after_execution(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let mut seen = self.0.0.lock().unwrap();
        seen.under_way -= 1;
        if let Some(Ok(output)) = context.output_or_error()
            && let Some(output) = output.downcast_ref::<ScanOutput>()
        {
            let units = output.consumed_capacity().and_then(|used| used.capacity_units()).unwrap();
            seen.pages.push((self.1.passed(), units));
        }
        Ok(())
    }
}

impl Record {
    pub fn seen(&self) -> Seen {
        self.0.lock().unwrap().clone()
    }
}

impl Seen {
    pub fn units(&self) -> f64 {
        self.pages.iter().map(|(_, units)| units).sum()
    }
}

/// The engine behind a network: each answer takes some turns, and some requests are refused.
#[derive(Debug, Clone)]
struct Network {
    engine: SharedHttpClient,
    requests: Arc<AtomicU32>,
    /// Every so manieth request is refused.
    refused: Option<u32>,
}

impl HttpClient for Network {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let engine = self.engine.http_connector(settings, components);
        SharedHttpConnector::new(Connection { engine, network: self.clone() })
    }
}

#[derive(Debug)]
struct Connection {
    engine: SharedHttpConnector,
    network: Network,
}

impl HttpConnector for Connection {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let number = self.network.requests.fetch_add(1, Ordering::Relaxed) + 1;
        let refused = self.network.refused.is_some_and(|every| number.is_multiple_of(every));
        let engine = self.engine.clone();
        HttpConnectorFuture::new(async move {
            for _ in 0..=number * 7 % 5 {
                tokio::task::yield_now().await;
            }
            if refused {
                let body = SdkBody::from(r#"{"__type":"AccessDeniedException","message":"not now"}"#);
                return Ok(HttpResponse::new(400.try_into().unwrap(), body));
            }
            engine.call(request).await
        })
    }
}

/// The same table through another client.
pub fn rewired<T: Table>(table: &Handle<T>, refused: Option<u32>) -> (Handle<T>, Clock, Record) {
    let (clock, record) = (Clock::default(), Record::default());
    let engine = table.sdk().config().http_client().unwrap();
    let config = table.sdk().config().to_builder();
    let config = config
        .time_source(clock.clone())
        .sleep_impl(clock.clone())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .interceptor(Recorder(record.clone(), clock.clone()))
        .http_client(Network { engine, requests: Arc::default(), refused });
    let client = aws_sdk_dynamodb::Client::from_conf(config.build());
    (T::open(client).named(table.name()), clock, record)
}
