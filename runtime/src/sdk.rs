//! The thin layer to the SDK: each function sends one request and brings back the output, what it cost,
//! or why it failed.

pub(crate) mod attempts;
mod from_bytes;
mod members;
mod with_items;

use std::collections::HashMap;
use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Instant;

use aws_sdk_dynamodb::config::SharedAsyncSleep;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::batch_get_item::{BatchGetItemInput, BatchGetItemOutput};
use aws_sdk_dynamodb::operation::batch_write_item::{BatchWriteItemInput, BatchWriteItemOutput};
use aws_sdk_dynamodb::operation::create_table::{CreateTableInput, CreateTableOutput};
use aws_sdk_dynamodb::operation::delete_item::{DeleteItemError, DeleteItemInput, DeleteItemOutput};
use aws_sdk_dynamodb::operation::describe_table::DescribeTableOutput;
use aws_sdk_dynamodb::operation::describe_time_to_live::DescribeTimeToLiveOutput;
use aws_sdk_dynamodb::operation::get_item::{GetItemInput, GetItemOutput};
use aws_sdk_dynamodb::operation::put_item::{PutItemError, PutItemInput, PutItemOutput};
use aws_sdk_dynamodb::operation::query::{QueryInput, QueryOutput};
use aws_sdk_dynamodb::operation::scan::{ScanInput, ScanOutput};
use aws_sdk_dynamodb::operation::transact_get_items::{
    TransactGetItemsError, TransactGetItemsInput, TransactGetItemsOutput,
};
use aws_sdk_dynamodb::operation::transact_write_items::{
    TransactWriteItemsError, TransactWriteItemsInput, TransactWriteItemsOutput,
};
use aws_sdk_dynamodb::operation::update_item::{UpdateItemError, UpdateItemInput, UpdateItemOutput};
use aws_sdk_dynamodb::operation::update_time_to_live::UpdateTimeToLiveOutput;
use aws_sdk_dynamodb::types::error::ConditionalCheckFailedException as Refusal;
use aws_sdk_dynamodb::types::{CancellationReason, KeysAndAttributes, TimeToLiveSpecification};

use self::attempts::{Attempts, is_throttling_code};
use self::from_bytes::FromBytes;
pub(crate) use self::members::query_page;
use self::members::{ItemsInOrder, ItemsOfQuery, ItemsOfScan, ItemsOfTables, OneItem};
use self::with_items::WithItems;
pub(crate) use self::with_items::{TakesItems, batch_request};
use crate::caller::Caller;
use crate::error::BoxError;
use crate::item::{EncodedItem, Item, StoredItem, item_size};
use crate::key::KeyValue;
use crate::ledger::End;
use crate::ledger::heat::Touched;
use crate::metered::{Capacity, Cost, Metered, Units};
use crate::rate::{Kind, Ticket};
use crate::reader::{Entry, Reader};
use crate::telemetry::{Ended, Span};
use crate::units::write_units;

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
pub(crate) struct Page<O> {
    pub(crate) items: Vec<Entry<O>>,
    /// How many items it has, also where only their number was asked for.
    pub(crate) count: usize,
    /// The key of the last item that was read; none at the end.
    pub(crate) last: Option<Item>,
}

/// What a call for many keys brought.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) items: Vec<StoredItem>,
    pub(crate) unprocessed: HashMap<String, KeysAndAttributes>,
}

/// Why a call failed, in the terms of DynamoDB.
pub(crate) struct Failure {
    /// DynamoDB's code, such as `ResourceNotFoundException`; none if no answer came.
    pub(crate) code: Option<String>,
    /// What the SDK or DynamoDB said.
    pub(crate) message: Option<String>,
    pub(crate) stage: Stage,
    /// What it cost all the same. DynamoDB does not say what a write consumed whose condition did not hold, so that is
    /// computed.
    cost: Box<Cost>,
    /// Why a transaction was cancelled: a reason for each of its items. Empty for any other failure.
    pub(crate) reasons: Box<[Reason]>,
    /// How the client sleeps, if it can.
    pub(crate) sleep: Option<SharedAsyncSleep>,
    /// The item that a failed condition was judged with.
    pub(crate) current: Option<Box<Item>>,
    pub(crate) source: BoxError,
}

/// What DynamoDB says of one item of a cancelled transaction.
pub(crate) struct Reason {
    /// `None`, in letters, if this item is not why.
    pub(crate) code: String,
    pub(crate) message: Option<String>,
    /// The item that its condition was judged with.
    pub(crate) current: Option<Box<Item>>,
}

impl Reason {
    /// Takes the item out of it, where it would be shown with the error.
    fn take(reason: &mut CancellationReason) -> Self {
        let code = reason.code.clone().unwrap_or_else(|| "None".to_owned());
        Self { code, message: reason.message.clone(), current: reason.item.take().map(Box::new) }
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
        Self { code, message, ..Self::at(stage, error.into()) }
    }
}

impl Failure {
    /// An answer that DynamoDB does not give.
    pub(crate) fn response(what: &'static str) -> Self {
        Self::at(Stage::Response, what.into())
    }

    /// It was not sent, for a reason of our own.
    pub(crate) fn construction(reason: String) -> Self {
        Self { message: Some(reason.clone()), ..Self::at(Stage::Construction, reason.into()) }
    }

    fn at(stage: Stage, source: BoxError) -> Self {
        Self {
            code: None,
            message: None,
            stage,
            cost: Box::default(),
            reasons: Box::default(),
            sleep: None,
            current: None,
            source,
        }
    }

    /// Takes the item out of a refusal, where it would be shown with the error: of the refusal itself, and of
    /// the raw answer beside it. The item that was to be written has `new` bytes.
    fn refused<E>(
        error: SdkError<E>,
        refusal: fn(&E) -> Option<Refusal>,
        make: fn(Refusal) -> E,
        new: usize,
    ) -> Self
    where
        E: ProvideErrorMetadata + StdError + Send + Sync + 'static,
    {
        let mut error = error;
        let (mut current, mut units) = (None, Units::default());
        if let SdkError::ServiceError(context) = &error
            && let Some(mut refusal) = refusal(context.err())
            && let SdkError::ServiceError(context) = error
        {
            current = refusal.item.take().map(Box::new);
            units = Units::write(write_units(current.as_deref().map_or(0, item_size).max(new)));
            let mut raw = context.into_raw();
            raw.take_body();
            error = SdkError::service_error(make(refusal), raw);
        }
        let cost = Cost { capacity: Capacity { table: units, ..Capacity::default() }, ..Cost::default() };
        Self { current, cost: Box::new(cost), ..error.into() }
    }

    /// As [`refused`](Self::refused), of a transaction.
    fn cancelled(error: SdkError<TransactWriteItemsError>) -> Self {
        let mut error = error;
        let mut reasons = Box::default();
        if let SdkError::ServiceError(context) = &error
            && let TransactWriteItemsError::TransactionCanceledException(cancelled) = context.err()
        {
            let mut cancelled = cancelled.clone();
            reasons = cancelled.cancellation_reasons.iter_mut().flatten().map(Reason::take).collect();
            if let SdkError::ServiceError(context) = error {
                let mut raw = context.into_raw();
                raw.take_body();
                let cancelled = TransactWriteItemsError::TransactionCanceledException(cancelled);
                error = SdkError::service_error(cancelled, raw);
            }
        }
        Self { reasons, ..error.into() }
    }

    /// Whether DynamoDB asked for less traffic.
    pub(crate) fn is_throttling(&self) -> bool {
        self.code.as_deref().is_some_and(is_throttling_code)
    }

    /// Whether a transaction failed for what passes with time, and for nothing else.
    pub(crate) fn passes(&self) -> bool {
        let mut why = self.reasons.iter().filter(|reason| reason.is_why()).peekable();
        match why.peek() {
            Some(_) => why.all(Reason::passes),
            None => self.code.as_deref() == Some("TransactionInProgressException"),
        }
    }

    fn after(mut self, sent: &Sent<'_>) -> Self {
        let capacity = std::mem::take(&mut self.cost.capacity);
        *self.cost = Cost { capacity, ..sent.cost() };
        self.cost.calls = u32::from(self.cost.attempts > 0);
        if self.reasons.iter().any(|reason| is_throttling_code(&reason.code)) {
            self.cost.throttled += 1;
        }
        self.sleep = sent.attempts.sleep();
        // What was never sent did not break on its way.
        if self.cost.attempts == 0 && self.stage == Stage::Dispatch {
            self.stage = Stage::Construction;
        }
        self
    }

    /// What is known of the cost of the call: of an update that was refused, not what the item was to be.
    pub(crate) fn cost(&self) -> Cost {
        (*self.cost).clone()
    }
}

/// A call on its way, on somebody's account: it is recorded however it ends.
struct Sent<'a> {
    caller: &'a Caller,
    touched: Touched,
    attempts: Attempts,
    began: Instant,
    /// The share of the call in its handle's rate, if it has one.
    ticket: Option<Ticket>,
    span: Span,
    /// Whether the call is not yet recorded.
    open: bool,
}

impl<'a> Sent<'a> {
    fn new(caller: &'a Caller, call: &'static str, touched: Touched, ticket: Option<Ticket>) -> Self {
        let (attempts, began, span) = (Attempts::default(), Instant::now(), Span::of(call, caller.pattern()));
        Self { caller, touched, attempts, began, ticket, span, open: true }
    }

    /// The cost of the call, but for its capacity.
    fn cost(&self) -> Cost {
        Cost {
            calls: 1,
            attempts: self.attempts.sent(),
            throttled: self.attempts.throttled(),
            latency: self.began.elapsed(),
            ..Cost::default()
        }
    }

    /// Enters the end of the call wherever calls are watched.
    fn record(&self, cost: &Cost, end: End, code: Option<&str>) {
        let reasons = &*self.attempts.take_reasons();
        self.caller.record(cost, end, reasons, &self.touched);
        self.span.end(&Ended { pattern: self.caller.pattern(), cost, end, reasons, code });
    }

    /// Enters the end of the call into the ledger.
    fn end<O>(mut self, answer: Result<Answer<O>, Failure>) -> Result<Answer<O>, Failure> {
        self.open = false;
        if let (Some(ticket), Ok(answer)) = (&self.ticket, &answer) {
            ticket.spend(&answer.cost, self.attempts.sleep());
        }
        match &answer {
            Ok(answer) => self.record(&answer.cost, End::Answered, None),
            Err(failure) => self.record(&failure.cost(), End::Failed, failure.code.as_deref()),
        }
        answer
    }
}

impl Drop for Sent<'_> {
    fn drop(&mut self) {
        if self.open && self.attempts.sent() > 0 {
            self.record(&self.cost(), End::Dropped, None);
        }
    }
}

/// Sends a fluent request and watches it on its way.
macro_rules! send {
    ($caller:expr, $call:literal, $kind:expr, $touched:expr, $request:expr) => {{
        let ticket = $caller.admit($kind).await?;
        let sent = Sent::new($caller, $call, $touched, ticket);
        let answer = sent.span.run($request.customize().interceptor(sent.attempts.clone()).send()).await;
        (answer, sent)
    }};
    // The items of the answer are read from its bytes, or those of the request written into them.
    ($caller:expr, $call:literal, $kind:expr, $touched:expr, $request:expr, $items:expr) => {{
        let ticket = $caller.admit($kind).await?;
        let sent = Sent::new($caller, $call, $touched, ticket);
        let request = $request.customize().interceptor(sent.attempts.clone());
        let answer = sent.span.run($items.put_into(request).send()).await;
        (answer, sent)
    }};
}

/// Makes the failure of a write with a condition, whose error type is `$error`, of an item of `$new` bytes.
macro_rules! refusal {
    ($error:ident, $new:expr) => {
        |error| {
            let refusal = |error: &$error| match error {
                $error::ConditionalCheckFailedException(refusal) => Some(refusal.clone()),
                _ => None,
            };
            Failure::refused(error, refusal, $error::ConditionalCheckFailedException, $new)
        }
    };
}

/// The output, the cost of a call of one kind of units, or the failure.
///
/// `$items` says of an output how many items it returns, and how many were read for it.
macro_rules! answer {
    ($sent:expr, $kind:expr, $items:expr) => {
        answer!($sent, $kind, $items, Failure::from)
    };
    ($sent:expr, $kind:expr, $items:expr, $failure:expr) => {{
        let (output, sent) = $sent;
        let answer = match output {
            Ok(output) => {
                // One for the table of the call, or a list where a call can be of several.
                let used = output.consumed_capacity().into_iter();
                let capacity = used.map(|used| Capacity::reported(used, $kind, sent.caller.index())).sum();
                let (returned, evaluated) = $items(&output);
                let cost = Cost { capacity, returned, evaluated, ..sent.cost() };
                Ok(Answer { output, cost, sleep: sent.attempts.sleep() })
            }
            Err(error) => Err($failure(error).after(&sent)),
        };
        sent.end(answer)
    }};
}

/// The page of a read, and what it cost.
macro_rules! page {
    ($sent:expr, $items:expr, $output:ty) => {{
        let number = |count: i32| u64::try_from(count).unwrap_or_default();
        let items = |output: &$output| (number(output.count), number(output.scanned_count));
        let answer: Result<Answer<$output>, Failure> = answer!($sent, Units::read, items);
        let Answer { output, cost, sleep } = answer?;
        let count = usize::try_from(output.count).unwrap_or_default();
        let items = $items.take(|page| page.reader.read_all(output.items()))?;
        Ok(Answer { output: Page { items, count, last: output.last_evaluated_key }, cost, sleep })
    }};
}

/// The output of a call that consumes nothing.
macro_rules! free {
    ($caller:expr, $call:literal, $request:expr) => {{
        let sent = Sent::new($caller, $call, Touched::default(), None);
        let output = sent.span.run($request.customize().interceptor(sent.attempts.clone()).send()).await;
        let answer = match output {
            Ok(output) => Ok(Answer { output, cost: sent.cost(), sleep: sent.attempts.sleep() }),
            Err(error) => Err(Failure::from(error).after(&sent)),
        };
        sent.end(answer).map(|answer| answer.output)
    }};
}

/// Of a call that returns no items.
fn no_items<O>(_: &O) -> (u64, u64) {
    (0, 0)
}

/// Of a call that returns every item that it reads.
fn as_many(items: usize) -> (u64, u64) {
    (items as u64, items as u64)
}

pub(crate) async fn put_item(
    caller: &Caller,
    input: PutItemInput,
    item: EncodedItem,
) -> Result<Answer<PutItemOutput>, Failure> {
    let touched = caller.touched_by_item(&item);
    let new = if input.condition_expression.is_some() { item.size() } else { 0 };
    let items = WithItems::new(Arc::new([item]));
    let input = items.prepare(input);
    let request = caller
        .client
        .put_item()
        .set_table_name(input.table_name)
        .set_item(input.item)
        .set_condition_expression(input.condition_expression)
        .set_expression_attribute_names(input.expression_attribute_names)
        .set_expression_attribute_values(input.expression_attribute_values)
        .set_return_values(input.return_values)
        .set_return_values_on_condition_check_failure(input.return_values_on_condition_check_failure)
        .set_return_consumed_capacity(caller.level());
    answer!(
        send!(caller, "PutItem", Kind::Write, touched, request, items),
        Units::write,
        no_items,
        refusal!(PutItemError, new)
    )
}

pub(crate) async fn get_item(
    caller: &Caller,
    input: GetItemInput,
) -> Result<Answer<Option<StoredItem>>, Failure> {
    let touched = caller.touched_by_key(input.key.as_ref());
    let request = caller
        .client
        .get_item()
        .set_table_name(input.table_name)
        .set_key(input.key)
        .set_projection_expression(input.projection_expression)
        .set_expression_attribute_names(input.expression_attribute_names)
        .set_consistent_read(input.consistent_read)
        .set_return_consumed_capacity(caller.level());
    let found = FromBytes::new(OneItem);
    let items =
        |output: &GetItemOutput| as_many(found.with(Option::is_some, || output.item.is_some()).into());
    let answer: Result<Answer<GetItemOutput>, Failure> =
        answer!(send!(caller, "GetItem", Kind::Read, touched, request, found), Units::read, items);
    let Answer { output, cost, sleep } = answer?;
    let output = found.take(|_| Ok(StoredItem::all_of(&output.item)?.pop()))?;
    Ok(Answer { output, cost, sleep })
}

pub(crate) async fn update_item(
    caller: &Caller,
    input: UpdateItemInput,
) -> Result<Answer<UpdateItemOutput>, Failure> {
    let touched = caller.touched_by_key(input.key.as_ref());
    let request = caller
        .client
        .update_item()
        .set_table_name(input.table_name)
        .set_key(input.key)
        .set_update_expression(input.update_expression)
        .set_condition_expression(input.condition_expression)
        .set_expression_attribute_names(input.expression_attribute_names)
        .set_expression_attribute_values(input.expression_attribute_values)
        .set_return_values(input.return_values)
        .set_return_values_on_condition_check_failure(input.return_values_on_condition_check_failure)
        .set_return_consumed_capacity(caller.level());
    answer!(
        send!(caller, "UpdateItem", Kind::Write, touched, request),
        Units::write,
        no_items,
        refusal!(UpdateItemError, 0)
    )
}

pub(crate) async fn delete_item(
    caller: &Caller,
    input: DeleteItemInput,
) -> Result<Answer<DeleteItemOutput>, Failure> {
    let touched = caller.touched_by_key(input.key.as_ref());
    let request = caller
        .client
        .delete_item()
        .set_table_name(input.table_name)
        .set_key(input.key)
        .set_condition_expression(input.condition_expression)
        .set_expression_attribute_names(input.expression_attribute_names)
        .set_expression_attribute_values(input.expression_attribute_values)
        .set_return_values(input.return_values)
        .set_return_values_on_condition_check_failure(input.return_values_on_condition_check_failure)
        .set_return_consumed_capacity(caller.level());
    answer!(
        send!(caller, "DeleteItem", Kind::Write, touched, request),
        Units::write,
        no_items,
        refusal!(DeleteItemError, 0)
    )
}

pub(crate) async fn batch_get_item(
    caller: &Caller,
    input: BatchGetItemInput,
) -> Result<Answer<Batch>, Failure> {
    let keys = input.request_items.iter().flat_map(HashMap::values).flat_map(|table| &table.keys);
    let touched = caller.touched_by_keys(keys);
    let request = caller
        .client
        .batch_get_item()
        .set_request_items(input.request_items)
        .set_return_consumed_capacity(caller.level());
    let found = FromBytes::new(ItemsOfTables);
    let all = |output: &BatchGetItemOutput| {
        output.responses().into_iter().flat_map(HashMap::values).map(Vec::len).sum()
    };
    let items = |output: &BatchGetItemOutput| as_many(found.with(Vec::len, || all(output)));
    let answer: Result<Answer<BatchGetItemOutput>, Failure> =
        answer!(send!(caller, "BatchGetItem", Kind::Read, touched, request, found), Units::read, items);
    let Answer { output, cost, sleep } = answer?;
    let all = |output: &BatchGetItemOutput| {
        StoredItem::all_of(output.responses().into_iter().flat_map(HashMap::values).flatten())
    };
    let items = found.take(|_| all(&output))?;
    let unprocessed = output.unprocessed_keys.unwrap_or_default();
    Ok(Answer { output: Batch { items, unprocessed }, cost, sleep })
}

pub(crate) async fn batch_write_item(
    caller: &Caller,
    input: BatchWriteItemInput,
    items: Arc<[EncodedItem]>,
) -> Result<Answer<BatchWriteItemOutput>, Failure> {
    let requests = input.request_items.iter().flat_map(HashMap::values).flatten();
    let touched = caller.touched_by_requests(requests, &items);
    let items = WithItems::new(items);
    let input = items.prepare(input);
    let request = caller
        .client
        .batch_write_item()
        .set_request_items(input.request_items)
        .set_return_consumed_capacity(caller.level());
    answer!(send!(caller, "BatchWriteItem", Kind::Write, touched, request, items), Units::write, no_items)
}

pub(crate) async fn transact_get_items(
    caller: &Caller,
    input: TransactGetItemsInput,
) -> Result<Answer<Vec<Option<StoredItem>>>, Failure> {
    let gets = input.transact_items.iter().flatten().filter_map(|item| item.get.as_ref());
    let touched = caller.touched_by_keys(gets.map(|get| &get.key));
    let request = caller
        .client
        .transact_get_items()
        .set_transact_items(input.transact_items)
        .set_return_consumed_capacity(caller.level());
    let found = FromBytes::new(ItemsInOrder);
    let items = |output: &TransactGetItemsOutput| {
        let of_output = || output.responses().iter().filter(|response| response.item.is_some()).count();
        as_many(found.with(|found| found.iter().flatten().count(), of_output))
    };
    let failure = |error: SdkError<TransactGetItemsError>| {
        let reasons = match error.as_service_error() {
            Some(TransactGetItemsError::TransactionCanceledException(cancelled)) => {
                cancelled.clone().cancellation_reasons.iter_mut().flatten().map(Reason::take).collect()
            }
            _ => Box::default(),
        };
        Failure { reasons, ..error.into() }
    };
    let answer: Result<Answer<TransactGetItemsOutput>, Failure> = answer!(
        send!(caller, "TransactGetItems", Kind::Read, touched, request, found),
        Units::read,
        items,
        failure
    );
    let Answer { output, cost, sleep } = answer?;
    let one = |item: &Option<Item>| Ok(StoredItem::all_of(item)?.pop());
    let output = found.take(|_| output.responses().iter().map(|response| one(&response.item)).collect())?;
    Ok(Answer { output, cost, sleep })
}

pub(crate) async fn transact_write_items(
    caller: &Caller,
    input: TransactWriteItemsInput,
    items: Arc<[EncodedItem]>,
) -> Result<Answer<TransactWriteItemsOutput>, Failure> {
    let touched = caller.touched_by_actions(input.transact_items.iter().flatten(), &items);
    let items = WithItems::new(items);
    let input = items.prepare(input);
    let request = caller
        .client
        .transact_write_items()
        .set_transact_items(input.transact_items)
        .set_client_request_token(input.client_request_token)
        .set_return_consumed_capacity(caller.level());
    let (output, sent) = send!(caller, "TransactWriteItems", Kind::Write, touched, request, items);
    // One that has taken effect before is only looked at.
    let used = output.iter().flat_map(TransactWriteItemsOutput::consumed_capacity);
    let looked_at = used.clone().any(|used| used.read_capacity_units().is_some_and(|units| units > 0.0));
    let kind: fn(f64) -> Units = if looked_at { Units::read } else { Units::write };
    answer!((output, sent), kind, no_items, Failure::cancelled)
}

pub(crate) async fn query<O: Send + 'static>(
    caller: &Caller,
    input: QueryInput,
    partition: &[KeyValue],
    reader: Reader<O>,
) -> Result<Answer<Page<O>>, Failure> {
    let touched = caller.touched_by_query(input.index_name.as_deref(), partition);
    let request = caller
        .client
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
        .set_return_consumed_capacity(caller.level());
    let items = FromBytes::new(ItemsOfQuery { reader });
    page!(send!(caller, "Query", Kind::Read, touched, request, items), items, QueryOutput)
}

pub(crate) async fn scan<O: Send + 'static>(
    caller: &Caller,
    input: ScanInput,
    reader: Reader<O>,
) -> Result<Answer<Page<O>>, Failure> {
    let request = caller
        .client
        .scan()
        .set_table_name(input.table_name)
        .set_index_name(input.index_name)
        .set_segment(input.segment)
        .set_total_segments(input.total_segments)
        .set_consistent_read(input.consistent_read)
        .set_limit(input.limit)
        .set_exclusive_start_key(input.exclusive_start_key)
        .set_return_consumed_capacity(caller.level());
    let items = FromBytes::new(ItemsOfScan { reader });
    page!(send!(caller, "Scan", Kind::Read, Touched::default(), request, items), items, ScanOutput)
}

pub(crate) async fn describe_table(caller: &Caller, table: &str) -> Result<DescribeTableOutput, Failure> {
    let request = caller.client.describe_table().table_name(table);
    free!(caller, "DescribeTable", request)
}

pub(crate) async fn create_table(
    caller: &Caller,
    input: CreateTableInput,
) -> Result<CreateTableOutput, Failure> {
    let request = caller
        .client
        .create_table()
        .set_table_name(input.table_name)
        .set_attribute_definitions(input.attribute_definitions)
        .set_key_schema(input.key_schema)
        .set_global_secondary_indexes(input.global_secondary_indexes)
        .set_local_secondary_indexes(input.local_secondary_indexes)
        .set_billing_mode(input.billing_mode);
    free!(caller, "CreateTable", request)
}

pub(crate) async fn describe_time_to_live(
    caller: &Caller,
    table: &str,
) -> Result<DescribeTimeToLiveOutput, Failure> {
    let request = caller.client.describe_time_to_live().table_name(table);
    free!(caller, "DescribeTimeToLive", request)
}

/// Makes DynamoDB delete the items whose `attribute` is a time that is past.
pub(crate) async fn enable_time_to_live(
    caller: &Caller,
    table: &str,
    attribute: &str,
) -> Result<UpdateTimeToLiveOutput, Failure> {
    let specification = TimeToLiveSpecification::builder().enabled(true).attribute_name(attribute).build();
    let specification =
        specification.map_err(|_| Failure::response("a specification that cannot be made"))?;
    let request =
        caller.client.update_time_to_live().table_name(table).time_to_live_specification(specification);
    free!(caller, "UpdateTimeToLive", request)
}
