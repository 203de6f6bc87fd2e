//! Calls that are throttled, against what DynamoDB would say of it: attempts and its reasons are counted.

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
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use monotable::{ErrorKind, Handle, Table};
use serde_json::json;

use crate::model::{Order, OrderKey, order, shop};

pub enum Fault {
    /// The request goes to the engine.
    None,
    /// It is answered with this code, and these reasons for throttling.
    Refused(&'static str, &'static [&'static str]),
    /// It is never answered.
    Never,
}

type Script = dyn FnMut(u32) -> Fault + Send;

/// Fails as a script says for each request, counted from zero, and sleeps in no time.
#[derive(Clone)]
pub struct Faults(Arc<Mutex<(u32, Box<Script>)>>);

/// The same table behind a connector that fails.
pub fn behind<T: Table>(
    handle: &Handle<T>,
    script: impl FnMut(u32) -> Fault + Send + 'static,
) -> (Handle<T>, Faults) {
    let faults = Faults(Arc::new(Mutex::new((0, Box::new(script)))));
    let config = handle.sdk().config();
    let engine = config.http_client().unwrap();
    let client = config
        .to_builder()
        .http_client(Behind { engine, faults: faults.clone() })
        .retry_config(RetryConfig::standard().with_max_attempts(3))
        .sleep_impl(faults.clone())
        .identity_cache(IdentityCache::no_cache())
        .timeout_config(TimeoutConfig::disabled())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .build();
    (T::open(Client::from_conf(client)), faults)
}

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Faults")
    }
}

impl AsyncSleep for Faults {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(std::future::ready(()))
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
            let fault = {
                let mut script = this.faults.0.lock().unwrap();
                script.0 += 1;
                let number = script.0 - 1;
                (script.1)(number)
            };
            match fault {
                Fault::None => this.engine.call(request).await,
                Fault::Never => std::future::pending().await,
                Fault::Refused(code, reasons) => Ok(refusal(code, reasons)),
            }
        })
    }
}

fn refusal(code: &str, reasons: &[&str]) -> HttpResponse {
    let arn = "arn:aws:dynamodb:eu-north-1:123456789012:table/shop";
    let reasons: Vec<_> = reasons.iter().map(|reason| json!({ "reason": reason, "resource": arn })).collect();
    let mut body = json!({
        "__type": format!("com.amazonaws.dynamodb.v20120810#{code}"),
        "message": "the test says so",
    });
    // The two exceptions differ in the case of this member's name.
    let member = if code == "ThrottlingException" { "throttlingReasons" } else { "ThrottlingReasons" };
    body[member] = reasons.into();
    let mut response = HttpResponse::new(400.try_into().unwrap(), SdkBody::from(body.to_string()));
    response.headers_mut().insert("content-type", "application/x-amz-json-1.0");
    response
}

const HOT: &str = "TableReadKeyRangeThroughputExceeded";
const FULL: &str = "IndexWriteAccountLimitExceeded";

fn key(number: u32) -> OrderKey {
    OrderKey { customer: "ada".into(), number }
}

#[tokio::test]
async fn a_throttled_call_that_succeeds_at_last_says_so() {
    let (shop, _faults) = behind(&shop().await, |number| match number {
        0 => Fault::Refused("ThrottlingException", &[HOT]),
        1 => Fault::Refused("ProvisionedThroughputExceededException", &[HOT, FULL]),
        _ => Fault::None,
    });
    let got = shop.get(key(1)).await.unwrap();
    let cost = got.cost();
    assert_eq!((cost.calls, cost.attempts, cost.throttled, cost.read_units()), (1, 3, 2, 0.5));
    let snapshot = shop.ledger().snapshot();
    let get = snapshot.pattern("get", "Order").unwrap();
    assert_eq!((get.calls, get.errors, get.retries, get.throttled), (1, 0, 2, 2));
    let reasons: Vec<_> = get.throttling_reasons.iter().map(|(reason, count)| (&**reason, *count)).collect();
    assert_eq!(reasons, [(FULL, 1), (HOT, 2)]);
    let text = snapshot.to_string();
    assert!(text.contains(&format!("throttled 2 times: {HOT}, at get Order")), "{text}");
}

#[tokio::test]
async fn a_call_that_stays_throttled_has_its_attempts_in_its_error() {
    let (shop, _faults) = behind(&shop().await, |_| Fault::Refused("ThrottlingException", &[HOT]));
    let error = shop.query(Order::by_customer("ada")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Throttled);
    assert_eq!((error.cost().attempts, error.cost().throttled), (3, 3));
    let snapshot = shop.ledger().snapshot();
    let query = snapshot.pattern("query", "Order").unwrap();
    assert_eq!((query.calls, query.errors, query.throttled), (1, 1, 3));
    assert_eq!(query.throttling_reasons[HOT], 3);
}

#[tokio::test]
async fn another_failure_is_an_error_and_no_throttling() {
    let (shop, _faults) = behind(&shop().await, |_| Fault::Refused("InternalServerError", &[]));
    let error = shop.put(&order("ada", 1)).await.unwrap_err();
    assert_eq!((error.kind(), error.cost().throttled), (ErrorKind::Service, 0));
    let snapshot = shop.ledger().snapshot();
    let put = snapshot.pattern("put", "Order").unwrap();
    assert_eq!((put.errors, put.throttled, put.throttling_reasons.len()), (1, 0, 0));
}
