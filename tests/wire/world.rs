//! A table of items with all that serde can say, and clients with the answers of a test's choice.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::interceptors::{
    AfterDeserializationInterceptorContextRef, BeforeSerializationInterceptorContextRef,
};
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{
    AsyncSleep, BehaviorVersion, Config, ConfigBag, Credentials, IdentityCache, Intercept, Region,
    RuntimeComponents, Sleep, StalledStreamProtectionConfig,
};
use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemOutput;
use aws_sdk_dynamodb::operation::batch_write_item::BatchWriteItemInput;
use aws_sdk_dynamodb::operation::delete_item::DeleteItemOutput;
use aws_sdk_dynamodb::operation::get_item::GetItemOutput;
use aws_sdk_dynamodb::operation::put_item::{PutItemError, PutItemInput, PutItemOutput};
use aws_sdk_dynamodb::operation::query::QueryOutput;
use aws_sdk_dynamodb::operation::scan::ScanOutput;
use aws_sdk_dynamodb::operation::transact_get_items::TransactGetItemsOutput;
use aws_sdk_dynamodb::operation::transact_write_items::{TransactWriteItemsError, TransactWriteItemsInput};
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::interceptors::context::Error as AnyError;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use monotable::{Entity, Handle, Table};
use serde::{Deserialize, Serialize};

use super::types::{Adjacent, Blob, External, Internal, Nested, Status, Untagged};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "world", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
#[allow(clippy::large_enum_variant)]
pub enum World {
    Thing(Thing),
    Strict(Strict),
    Open(Open),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = World, pk = "OWNER#{owner}", sk = "THING#{number:05}")]
#[entity(index(Gsi1, pk = "LABEL#{label}", sk = "{number:05}", query = by_label))]
pub struct Thing {
    pub owner: String,
    pub number: u32,
    pub label: Option<String>,
    pub signed: i64,
    pub float: f64,
    pub blob: Blob,
    #[serde(with = "serde_dynamo::string_set")]
    pub texts: BTreeSet<String>,
    #[serde(with = "serde_dynamo::number_set")]
    pub numbers: BTreeSet<i64>,
    pub nested: Nested,
    pub status: Status,
    pub external: External,
    pub internal: Internal,
    pub adjacent: Adjacent,
    pub untagged: Untagged,
    #[serde(rename = "the list")]
    pub list: Vec<Option<String>>,
}

/// It takes nothing that it does not know.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = World, pk = "OWNER#{owner}", sk = "STRICT#{number:05}")]
#[serde(deny_unknown_fields)]
pub struct Strict {
    pub owner: String,
    pub number: u32,
}

/// It takes whatever comes.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = World, pk = "OWNER#{owner}", sk = "OPEN#{number:05}")]
pub struct Open {
    pub owner: String,
    pub number: u32,
    #[serde(flatten)]
    pub rest: BTreeMap<String, Untagged>,
}

/// An answer: its status and its body.
pub type Answer = (u16, Vec<u8>);

/// A connector that gives one answer after the other, the last again and again, and counts them.
#[derive(Debug, Clone)]
pub struct Script {
    answers: Arc<Vec<Answer>>,
    given: Arc<AtomicUsize>,
}

impl Script {
    pub fn of(answers: Vec<Answer>) -> Self {
        Self { answers: Arc::new(answers), given: Arc::default() }
    }

    pub fn given(&self) -> usize {
        self.given.load(Ordering::Relaxed)
    }

    /// A client with this connector, which tries three times and sleeps in no time.
    pub fn client(&self) -> Client {
        let config = Config::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .credentials_provider(Credentials::new("test", "test", None, None, "test"))
            .retry_config(RetryConfig::standard().with_max_attempts(3))
            .sleep_impl(Instantly)
            .identity_cache(IdentityCache::no_cache())
            .timeout_config(TimeoutConfig::disabled())
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .http_client(self.clone())
            // Clients of one region share what they may spend on retries.
            .region(Region::new(format!("local-{}", CLIENTS.fetch_add(1, Ordering::Relaxed))))
            .endpoint_url("http://test.invalid");
        Client::from_conf(config.build())
    }
}

static CLIENTS: AtomicUsize = AtomicUsize::new(0);

#[derive(Debug)]
struct Instantly;

impl AsyncSleep for Instantly {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(std::future::ready(()))
    }
}

impl HttpClient for Script {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Script {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let at = self.given.fetch_add(1, Ordering::Relaxed).min(self.answers.len() - 1);
        let (status, body) = self.answers[at].clone();
        let mut response = HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body));
        response.headers_mut().insert("x-amzn-requestid", format!("request-{at}"));
        HttpConnectorFuture::ready(Ok(response))
    }
}

/// Sees what the SDK made of each answer, and what it is given for each request: whether there are items in it.
#[derive(Debug, Clone, Default)]
pub struct Watch {
    answers: Arc<Mutex<Vec<bool>>>,
    requests: Arc<Mutex<Vec<bool>>>,
}

impl Watch {
    pub fn on<T: Table>(handle: &Handle<T>) -> (Handle<T>, Self) {
        let watch = Self::default();
        let config = handle.sdk().config().to_builder().interceptor(watch.clone());
        (T::open(Client::from_conf(config.build())).named(handle.name()), watch)
    }

    /// For each answer with a member for items, whether the SDK put any there.
    pub fn take(&self) -> Vec<bool> {
        std::mem::take(&mut self.answers.lock().unwrap())
    }

    /// For each request that puts items, whether the SDK was given any with attributes.
    pub fn take_given(&self) -> Vec<bool> {
        std::mem::take(&mut self.requests.lock().unwrap())
    }
}

/// Of a write that was refused, whether the SDK has the item that it met.
fn met_an_item(error: &AnyError) -> Option<bool> {
    if let Some(error) = error.downcast_ref::<PutItemError>() {
        let PutItemError::ConditionalCheckFailedException(refusal) = error else { return None };
        return Some(refusal.item.is_some());
    }
    let error = error.downcast_ref::<TransactWriteItemsError>()?;
    let TransactWriteItemsError::TransactionCanceledException(cancelled) = error else { return None };
    Some(cancelled.cancellation_reasons().iter().any(|reason| reason.item.is_some()))
}

impl Intercept for Watch {
    fn name(&self) -> &'static str {
        "Watch"
    }

    fn read_before_serialization(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let given = if let Some(input) = context.input().downcast_ref::<PutItemInput>() {
            input.item.iter().any(|item| !item.is_empty())
        } else if let Some(input) = context.input().downcast_ref::<BatchWriteItemInput>() {
            let requests = input.request_items.iter().flat_map(|tables| tables.values()).flatten();
            requests.filter_map(|request| request.put_request.as_ref()).any(|put| !put.item.is_empty())
        } else if let Some(input) = context.input().downcast_ref::<UpdateItemInput>() {
            let values = input.expression_attribute_values.iter().flat_map(HashMap::values);
            values.into_iter().any(|value| value.is_l())
        } else if let Some(input) = context.input().downcast_ref::<TransactWriteItemsInput>() {
            let actions = input.transact_items.iter().flatten();
            actions.filter_map(|action| action.put.as_ref()).any(|put| !put.item.is_empty())
        } else {
            return Ok(());
        };
        self.requests.lock().unwrap().push(given);
        Ok(())
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let output = match context.output_or_error() {
            Ok(output) => output,
            Err(error) => {
                let error = error.as_operation_error().and_then(met_an_item);
                self.answers.lock().unwrap().extend(error);
                return Ok(());
            }
        };
        let items = if let Some(output) = output.downcast_ref::<QueryOutput>() {
            output.items.is_some()
        } else if let Some(output) = output.downcast_ref::<ScanOutput>() {
            output.items.is_some()
        } else if let Some(output) = output.downcast_ref::<GetItemOutput>() {
            output.item.is_some()
        } else if let Some(output) = output.downcast_ref::<BatchGetItemOutput>() {
            output.responses.is_some()
        } else if let Some(output) = output.downcast_ref::<TransactGetItemsOutput>() {
            output.responses.is_some()
        } else if let Some(output) = output.downcast_ref::<PutItemOutput>() {
            output.attributes.is_some()
        } else if let Some(output) = output.downcast_ref::<DeleteItemOutput>() {
            output.attributes.is_some()
        } else {
            return Ok(());
        };
        self.answers.lock().unwrap().push(items);
        Ok(())
    }
}
