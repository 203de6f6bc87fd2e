//! The thin layer to the SDK: each function sends one request and brings back the output, what it cost,
//! or why it failed.

use std::error::Error as StdError;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::interceptors::BeforeTransmitInterceptorContextRef;
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::create_table::{CreateTableInput, CreateTableOutput};
use aws_sdk_dynamodb::operation::delete_item::{DeleteItemInput, DeleteItemOutput};
use aws_sdk_dynamodb::operation::describe_table::DescribeTableOutput;
use aws_sdk_dynamodb::operation::get_item::{GetItemInput, GetItemOutput};
use aws_sdk_dynamodb::operation::put_item::{PutItemInput, PutItemOutput};
use aws_sdk_dynamodb::operation::query::{QueryInput, QueryOutput};

use crate::error::BoxError;
use crate::metered::{Capacity, Cost, Metered, Units};

/// An output and what it cost.
pub(crate) struct Answer<O> {
    pub(crate) output: O,
    pub(crate) cost: Cost,
}

impl<O> Answer<O> {
    pub(crate) fn metered<T>(self, value: impl FnOnce(O) -> T) -> Metered<T> {
        self.cost.of(value(self.output))
    }
}

/// Why a call failed, in the terms of DynamoDB.
pub(crate) struct Failure {
    /// DynamoDB's code, such as `ResourceNotFoundException`; none if no answer came.
    pub(crate) code: Option<String>,
    /// What the SDK or DynamoDB said.
    pub(crate) message: Option<String>,
    pub(crate) stage: Stage,
    pub(crate) source: BoxError,
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
        Self { code, message, stage, source: error.into() }
    }
}

impl Failure {
    /// An answer that DynamoDB does not give.
    pub(crate) fn response(what: &'static str) -> Self {
        Self { code: None, message: None, stage: Stage::Response, source: what.into() }
    }

    /// What was never sent did not break on its way.
    fn after(mut self, attempts: u32) -> Self {
        if attempts == 0 && self.stage == Stage::Dispatch {
            self.stage = Stage::Construction;
        }
        self
    }
}

/// Counts requests as they are sent, retries included.
#[derive(Debug, Clone, Default)]
struct Attempts(Arc<AtomicU32>);

impl Intercept for Attempts {
    fn name(&self) -> &'static str {
        "monotable::Attempts"
    }

    // Not `read_before_attempt`: an attempt may find no region or no credentials, and send nothing.
    fn read_before_transmit(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

/// Sends a fluent request with its attempts counted.
macro_rules! send {
    ($request:expr) => {{
        let attempts = Attempts::default();
        let sent = $request.customize().interceptor(attempts.clone()).send().await;
        let attempts = attempts.0.load(Ordering::Relaxed);
        sent.map(|output| (output, attempts)).map_err(|error| Failure::from(error).after(attempts))
    }};
}

/// The cost of a call of one kind of units, from the output's consumed capacity.
macro_rules! answer {
    ($sent:expr, $kind:expr) => {{
        let (output, attempts) = $sent?;
        let capacity =
            output.consumed_capacity().map(|used| Capacity::reported(used, $kind)).unwrap_or_default();
        Ok(Answer { output, cost: Cost { capacity, calls: 1, attempts, evaluated: 0 } })
    }};
}

pub(crate) async fn put_item(client: &Client, input: PutItemInput) -> Result<Answer<PutItemOutput>, Failure> {
    let request = client
        .put_item()
        .set_table_name(input.table_name)
        .set_item(input.item)
        .set_condition_expression(input.condition_expression)
        .set_expression_attribute_names(input.expression_attribute_names)
        .set_return_consumed_capacity(input.return_consumed_capacity);
    answer!(send!(request), Units::write)
}

pub(crate) async fn get_item(client: &Client, input: GetItemInput) -> Result<Answer<GetItemOutput>, Failure> {
    let request = client
        .get_item()
        .set_table_name(input.table_name)
        .set_key(input.key)
        .set_consistent_read(input.consistent_read)
        .set_return_consumed_capacity(input.return_consumed_capacity);
    answer!(send!(request), Units::read)
}

pub(crate) async fn delete_item(
    client: &Client,
    input: DeleteItemInput,
) -> Result<Answer<DeleteItemOutput>, Failure> {
    let request = client
        .delete_item()
        .set_table_name(input.table_name)
        .set_key(input.key)
        .set_return_consumed_capacity(input.return_consumed_capacity);
    answer!(send!(request), Units::write)
}

pub(crate) async fn query(client: &Client, input: QueryInput) -> Result<Answer<QueryOutput>, Failure> {
    let request = client
        .query()
        .set_table_name(input.table_name)
        .set_index_name(input.index_name)
        .set_key_condition_expression(input.key_condition_expression)
        .set_expression_attribute_names(input.expression_attribute_names)
        .set_expression_attribute_values(input.expression_attribute_values)
        .set_scan_index_forward(input.scan_index_forward)
        .set_consistent_read(input.consistent_read)
        .set_limit(input.limit)
        .set_select(input.select)
        .set_projection_expression(input.projection_expression)
        .set_exclusive_start_key(input.exclusive_start_key)
        .set_return_consumed_capacity(input.return_consumed_capacity);
    let answer: Result<Answer<QueryOutput>, Failure> = answer!(send!(request), Units::read);
    answer.map(|mut answer| {
        answer.cost.evaluated = u64::try_from(answer.output.scanned_count).unwrap_or_default();
        answer
    })
}

pub(crate) async fn describe_table(client: &Client, table: &str) -> Result<DescribeTableOutput, Failure> {
    send!(client.describe_table().table_name(table)).map(|(output, _)| output)
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
    send!(request).map(|(output, _)| output)
}
