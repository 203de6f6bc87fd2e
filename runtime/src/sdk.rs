//! The thin layer to the SDK: each function sends one request and brings back the output, what it cost,
//! or why it failed.

use std::collections::HashMap;
use std::error::Error as StdError;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::interceptors::BeforeTransmitInterceptorContextRef;
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents, SharedAsyncSleep};
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::batch_get_item::{BatchGetItemInput, BatchGetItemOutput};
use aws_sdk_dynamodb::operation::create_table::{CreateTableInput, CreateTableOutput};
use aws_sdk_dynamodb::operation::delete_item::{DeleteItemError, DeleteItemInput, DeleteItemOutput};
use aws_sdk_dynamodb::operation::describe_table::DescribeTableOutput;
use aws_sdk_dynamodb::operation::get_item::{GetItemInput, GetItemOutput};
use aws_sdk_dynamodb::operation::put_item::{PutItemError, PutItemInput, PutItemOutput};
use aws_sdk_dynamodb::operation::query::{QueryInput, QueryOutput};
use aws_sdk_dynamodb::operation::scan::{ScanInput, ScanOutput};
use aws_sdk_dynamodb::operation::transact_get_items::{
    TransactGetItemsError, TransactGetItemsInput, TransactGetItemsOutput,
};
use aws_sdk_dynamodb::operation::update_item::{UpdateItemError, UpdateItemInput, UpdateItemOutput};
use aws_sdk_dynamodb::types::CancellationReason;
use aws_sdk_dynamodb::types::error::ConditionalCheckFailedException as Refusal;

use crate::error::BoxError;
use crate::item::Item;
use crate::metered::{Capacity, Cost, Metered, Units};

/// An output and what it cost.
pub(crate) struct Answer<O> {
    pub(crate) output: O,
    pub(crate) cost: Cost,
    /// How the client sleeps, if it can.
    pub(crate) sleep: Option<SharedAsyncSleep>,
}

impl<O> Answer<O> {
    pub(crate) fn metered<T>(self, value: impl FnOnce(O) -> T) -> Metered<T> {
        self.cost.of(value(self.output))
    }
}

/// The page of items that a call read.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) items: Vec<Item>,
    /// How many items it has, also where only their number was asked for.
    pub(crate) count: usize,
    /// The key of the last item that was read; none at the end.
    pub(crate) last: Option<Item>,
}

/// Why a call failed, in the terms of DynamoDB.
pub(crate) struct Failure {
    /// DynamoDB's code, such as `ResourceNotFoundException`; none if no answer came.
    pub(crate) code: Option<String>,
    /// What the SDK or DynamoDB said.
    pub(crate) message: Option<String>,
    pub(crate) stage: Stage,
    /// Requests sent, retries included.
    pub(crate) attempts: u32,
    /// Why a transaction was cancelled: a reason for each of its items. Empty for any other failure.
    pub(crate) reasons: Vec<Reason>,
    /// How the client sleeps, if it can.
    pub(crate) sleep: Option<SharedAsyncSleep>,
    /// The item that a failed condition was judged with.
    pub(crate) current: Option<Box<Item>>,
    pub(crate) source: BoxError,
}

/// What DynamoDB says of one item of a cancelled transaction, without the item.
pub(crate) struct Reason {
    /// `None`, in letters, if this item is not why.
    pub(crate) code: String,
    pub(crate) message: Option<String>,
}

impl Reason {
    fn of(reason: &CancellationReason) -> Self {
        let code = reason.code.clone().unwrap_or_else(|| "None".to_owned());
        Self { code, message: reason.message.clone() }
    }

    /// Whether the transaction was cancelled because of this item.
    pub(crate) fn is_why(&self) -> bool {
        self.code != "None"
    }

    /// Whether it passes with time.
    pub(crate) fn passes(&self) -> bool {
        matches!(
            self.code.as_str(),
            "TransactionConflict" | "ThrottlingError" | "ProvisionedThroughputExceeded"
        )
    }
}

/// Where a call failed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Before it was sent.
    Construction,
    Timeout,
    /// No connection, or it broke.
    Dispatch,
    /// An answer that is not DynamoDB's.
    Response,
    /// DynamoDB refused.
    Service,
}

impl<E> From<SdkError<E>> for Failure
where
    E: ProvideErrorMetadata + StdError + Send + Sync + 'static,
{
    fn from(error: SdkError<E>) -> Self {
        let stage = match &error {
            SdkError::ConstructionFailure(_) => Stage::Construction,
            SdkError::TimeoutError(_) => Stage::Timeout,
            SdkError::DispatchFailure(failure) if failure.is_timeout() => Stage::Timeout,
            SdkError::DispatchFailure(_) => Stage::Dispatch,
            SdkError::ServiceError(_) => Stage::Service,
            _ => Stage::Response,
        };
        let (code, message) = (error.code().map(str::to_owned), error.message().map(str::to_owned));
        let (attempts, reasons, sleep) = (0, Vec::new(), None);
        Self { code, message, stage, attempts, reasons, sleep, current: None, source: error.into() }
    }
}

impl Failure {
    /// An answer that DynamoDB does not give.
    pub(crate) fn response(what: &'static str) -> Self {
        let (attempts, reasons, sleep) = (0, Vec::new(), None);
        let (current, source) = (None, what.into());
        Self { code: None, message: None, stage: Stage::Response, attempts, reasons, sleep, current, source }
    }

    /// Takes the item out of a refusal, where it would be shown with the error: of the refusal itself, and of
    /// the raw answer beside it.
    fn refused<E>(error: SdkError<E>, refusal: fn(&E) -> Option<Refusal>, refused: fn(Refusal) -> E) -> Self
    where
        E: ProvideErrorMetadata + StdError + Send + Sync + 'static,
    {
        let mut error = error;
        let mut current = None;
        if let SdkError::ServiceError(context) = &error
            && let Some(mut refusal) = refusal(context.err())
            && let SdkError::ServiceError(context) = error
        {
            current = refusal.item.take().map(Box::new);
            let mut raw = context.into_raw();
            raw.take_body();
            error = SdkError::service_error(refused(refusal), raw);
        }
        Self { current, ..error.into() }
    }

    fn after(mut self, sent: &Sent) -> Self {
        self.attempts = sent.attempts();
        self.sleep = sent.sleep();
        // What was never sent did not break on its way.
        if self.attempts == 0 && self.stage == Stage::Dispatch {
            self.stage = Stage::Construction;
        }
        self
    }

    /// What is known of the cost of the call. DynamoDB does not say what a refused one consumed.
    pub(crate) fn cost(&self) -> Cost {
        let mut cost = Cost::default();
        (cost.calls, cost.attempts) = (u32::from(self.attempts > 0), self.attempts);
        cost
    }
}

/// What is known of a call while it is sent.
#[derive(Debug, Clone, Default)]
struct Sent(Arc<SentInner>);

#[derive(Debug, Default)]
struct SentInner {
    /// Requests as they are sent, retries included.
    attempts: AtomicU32,
    /// Only here is what the SDK would itself sleep with: the client's configuration lacks its defaults.
    sleep: OnceLock<Option<SharedAsyncSleep>>,
}

impl Sent {
    fn attempts(&self) -> u32 {
        self.0.attempts.load(Ordering::Relaxed)
    }

    fn sleep(&self) -> Option<SharedAsyncSleep> {
        self.0.sleep.get().cloned().flatten()
    }
}

impl Intercept for Sent {
    fn name(&self) -> &'static str {
        "monotable::Sent"
    }

    // Not `read_before_attempt`: an attempt may find no region or no credentials, and send nothing.
    fn read_before_transmit(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        components: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.0.attempts.fetch_add(1, Ordering::Relaxed);
        self.0.sleep.get_or_init(|| components.sleep_impl());
        Ok(())
    }
}

/// Sends a fluent request and watches it on its way.
macro_rules! send {
    ($request:expr) => {{
        let sent = Sent::default();
        let answer = $request.customize().interceptor(sent.clone()).send().await;
        (answer, sent)
    }};
}

/// Makes the failure of a write with a condition, whose error type is `$error`.
macro_rules! refusal {
    ($error:ident) => {
        |error| {
            let refusal = |error: &$error| match error {
                $error::ConditionalCheckFailedException(refusal) => Some(refusal.clone()),
                _ => None,
            };
            Failure::refused(error, refusal, $error::ConditionalCheckFailedException)
        }
    };
}

/// The output, the cost of a call of one kind of units, or the failure.
macro_rules! answer {
    ($sent:expr, $kind:expr) => {
        answer!($sent, $kind, Failure::from)
    };
    ($sent:expr, $kind:expr, $failure:expr) => {{
        let (output, sent) = $sent;
        match output {
            Ok(output) => {
                // One for the table of the call, or a list where a call can be of several.
                let used = output.consumed_capacity().into_iter();
                let capacity = used.map(|used| Capacity::reported(used, $kind)).sum();
                let cost = Cost { capacity, calls: 1, attempts: sent.attempts(), evaluated: 0 };
                Ok(Answer { output, cost, sleep: sent.sleep() })
            }
            Err(error) => Err($failure(error).after(&sent)),
        }
    }};
}

/// The page of a read, and what it cost.
macro_rules! page {
    ($sent:expr, $output:ty) => {{
        let answer: Result<Answer<$output>, Failure> = answer!($sent, Units::read);
        let Answer { output, mut cost, sleep } = answer?;
        cost.evaluated = u64::try_from(output.scanned_count).unwrap_or_default();
        let count = usize::try_from(output.count).unwrap_or_default();
        let page = Page { items: output.items.unwrap_or_default(), count, last: output.last_evaluated_key };
        Ok(Answer { output: page, cost, sleep })
    }};
}

pub(crate) async fn put_item(client: &Client, input: PutItemInput) -> Result<Answer<PutItemOutput>, Failure> {
    let request = client
        .put_item()
        .set_table_name(input.table_name)
        .set_item(input.item)
        .set_condition_expression(input.condition_expression)
        .set_expression_attribute_names(input.expression_attribute_names)
        .set_expression_attribute_values(input.expression_attribute_values)
        .set_return_values_on_condition_check_failure(input.return_values_on_condition_check_failure)
        .set_return_consumed_capacity(input.return_consumed_capacity);
    answer!(send!(request), Units::write, refusal!(PutItemError))
}

pub(crate) async fn get_item(client: &Client, input: GetItemInput) -> Result<Answer<GetItemOutput>, Failure> {
    let request = client
        .get_item()
        .set_table_name(input.table_name)
        .set_key(input.key)
        .set_projection_expression(input.projection_expression)
        .set_expression_attribute_names(input.expression_attribute_names)
        .set_consistent_read(input.consistent_read)
        .set_return_consumed_capacity(input.return_consumed_capacity);
    answer!(send!(request), Units::read)
}

pub(crate) async fn update_item(
    client: &Client,
    input: UpdateItemInput,
) -> Result<Answer<UpdateItemOutput>, Failure> {
    let request = client
        .update_item()
        .set_table_name(input.table_name)
        .set_key(input.key)
        .set_update_expression(input.update_expression)
        .set_condition_expression(input.condition_expression)
        .set_expression_attribute_names(input.expression_attribute_names)
        .set_expression_attribute_values(input.expression_attribute_values)
        .set_return_values(input.return_values)
        .set_return_values_on_condition_check_failure(input.return_values_on_condition_check_failure)
        .set_return_consumed_capacity(input.return_consumed_capacity);
    answer!(send!(request), Units::write, refusal!(UpdateItemError))
}

pub(crate) async fn delete_item(
    client: &Client,
    input: DeleteItemInput,
) -> Result<Answer<DeleteItemOutput>, Failure> {
    let request = client
        .delete_item()
        .set_table_name(input.table_name)
        .set_key(input.key)
        .set_condition_expression(input.condition_expression)
        .set_expression_attribute_names(input.expression_attribute_names)
        .set_expression_attribute_values(input.expression_attribute_values)
        .set_return_values_on_condition_check_failure(input.return_values_on_condition_check_failure)
        .set_return_consumed_capacity(input.return_consumed_capacity);
    answer!(send!(request), Units::write, refusal!(DeleteItemError))
}

pub(crate) async fn batch_get_item(
    client: &Client,
    input: BatchGetItemInput,
) -> Result<Answer<BatchGetItemOutput>, Failure> {
    let request = client
        .batch_get_item()
        .set_request_items(input.request_items)
        .set_return_consumed_capacity(input.return_consumed_capacity);
    let answer: Result<Answer<BatchGetItemOutput>, Failure> = answer!(send!(request), Units::read);
    answer.map(|mut answer| {
        let items = answer.output.responses.iter().flat_map(HashMap::values);
        answer.cost.evaluated = items.map(|items| items.len() as u64).sum();
        answer
    })
}

pub(crate) async fn transact_get_items(
    client: &Client,
    input: TransactGetItemsInput,
) -> Result<Answer<TransactGetItemsOutput>, Failure> {
    let request = client
        .transact_get_items()
        .set_transact_items(input.transact_items)
        .set_return_consumed_capacity(input.return_consumed_capacity);
    let (output, sent) = send!(request);
    let reasons = match output.as_ref().map_err(SdkError::as_service_error) {
        Err(Some(TransactGetItemsError::TransactionCanceledException(cancelled))) => {
            cancelled.cancellation_reasons().iter().map(Reason::of).collect()
        }
        _ => Vec::new(),
    };
    let answer: Result<Answer<TransactGetItemsOutput>, Failure> = answer!((output, sent), Units::read);
    let mut answer = answer.map_err(|failure| Failure { reasons, ..failure })?;
    let items = answer.output.responses().iter().filter(|response| response.item.is_some());
    answer.cost.evaluated = items.count() as u64;
    Ok(answer)
}

pub(crate) async fn query(client: &Client, input: QueryInput) -> Result<Answer<Page>, Failure> {
    let request = client
        .query()
        .set_table_name(input.table_name)
        .set_index_name(input.index_name)
        .set_key_condition_expression(input.key_condition_expression)
        .set_filter_expression(input.filter_expression)
        .set_expression_attribute_names(input.expression_attribute_names)
        .set_expression_attribute_values(input.expression_attribute_values)
        .set_scan_index_forward(input.scan_index_forward)
        .set_consistent_read(input.consistent_read)
        .set_limit(input.limit)
        .set_select(input.select)
        .set_projection_expression(input.projection_expression)
        .set_exclusive_start_key(input.exclusive_start_key)
        .set_return_consumed_capacity(input.return_consumed_capacity);
    page!(send!(request), QueryOutput)
}

pub(crate) async fn scan(client: &Client, input: ScanInput) -> Result<Answer<Page>, Failure> {
    let request = client
        .scan()
        .set_table_name(input.table_name)
        .set_index_name(input.index_name)
        .set_segment(input.segment)
        .set_total_segments(input.total_segments)
        .set_consistent_read(input.consistent_read)
        .set_limit(input.limit)
        .set_exclusive_start_key(input.exclusive_start_key)
        .set_return_consumed_capacity(input.return_consumed_capacity);
    page!(send!(request), ScanOutput)
}

pub(crate) async fn describe_table(client: &Client, table: &str) -> Result<DescribeTableOutput, Failure> {
    let (output, sent) = send!(client.describe_table().table_name(table));
    output.map_err(|error| Failure::from(error).after(&sent))
}

pub(crate) async fn create_table(
    client: &Client,
    input: CreateTableInput,
) -> Result<CreateTableOutput, Failure> {
    let request = client
        .create_table()
        .set_table_name(input.table_name)
        .set_attribute_definitions(input.attribute_definitions)
        .set_key_schema(input.key_schema)
        .set_global_secondary_indexes(input.global_secondary_indexes)
        .set_local_secondary_indexes(input.local_secondary_indexes)
        .set_billing_mode(input.billing_mode);
    let (output, sent) = send!(request);
    output.map_err(|error| Failure::from(error).after(&sent))
}
