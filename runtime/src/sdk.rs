//! The thin layer to the SDK: each function sends one request and brings back the output, what it cost,
//! or why it failed.

pub(crate) mod attempts;
mod failure;
mod filling;
mod from_bytes;
mod members;
mod operation;
mod requests;
mod sent;
mod tables;
mod takes_items;
mod watch;
mod with_items;
mod written;

use std::collections::HashMap;

use aws_sdk_dynamodb::config::SharedAsyncSleep;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::batch_get_item::{BatchGetItemInput, BatchGetItemOutput};
use aws_sdk_dynamodb::operation::batch_write_item::{BatchWriteItemInput, BatchWriteItemOutput};
use aws_sdk_dynamodb::operation::delete_item::builders::DeleteItemFluentBuilder;
use aws_sdk_dynamodb::operation::delete_item::{DeleteItemError, DeleteItemOutput};
use aws_sdk_dynamodb::operation::get_item::{GetItemInput, GetItemOutput};
use aws_sdk_dynamodb::operation::put_item::builders::PutItemFluentBuilder;
use aws_sdk_dynamodb::operation::put_item::{PutItemError, PutItemInput, PutItemOutput};
use aws_sdk_dynamodb::operation::query::{QueryInput, QueryOutput};
use aws_sdk_dynamodb::operation::scan::{ScanInput, ScanOutput};
use aws_sdk_dynamodb::operation::transact_get_items::{
    TransactGetItemsError, TransactGetItemsInput, TransactGetItemsOutput,
};
use aws_sdk_dynamodb::operation::transact_write_items::{TransactWriteItemsInput, TransactWriteItemsOutput};
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::operation::update_item::{UpdateItemError, UpdateItemInput, UpdateItemOutput};
use aws_sdk_dynamodb::types::KeysAndAttributes;

pub(crate) use self::failure::{Failure, Reason, Stage};
pub(crate) use self::filling::Filling;
use self::from_bytes::FromBytes;
pub(crate) use self::members::query_page;
use self::members::{ItemsInOrder, ItemsOfQuery, ItemsOfScan, ItemsOfTables, OneItem};
pub(crate) use self::requests::{Chosen, Request, RequestKind, Requests};
use self::sent::Sent;
pub(crate) use self::tables::{create_table, describe_table, describe_time_to_live, enable_time_to_live};
pub(crate) use self::takes_items::TakesItems;
pub(crate) use self::watch::Ours;
use self::watch::watched;
use self::with_items::WithItems;
pub(crate) use self::with_items::batch_request;
use self::written::{OfDelete, OfPut, OfTransaction, OfUpdate, returned};
use crate::caller::Caller;
use crate::item::{Item, StoredItem};
use crate::key::KeyValue;
use crate::ledger::heat::Touched;
use crate::metered::{Capacity, Cost, Metered, Units};
use crate::rate::Kind;
use crate::reader::{Entry, Reader};

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

/// Sets what is there of these parameters, each by its method. The SDK's builders are large, and copied at each step.
macro_rules! given {
    ($request:expr, $($set:ident $value:expr),+ $(,)?) => {{
        let mut request = $request;
        $(if $value.is_some() {
            request = request.$set($value);
        })+
        request
    }};
}

pub(crate) use given;

/// Whether the answer to the request of one write may have an item.
macro_rules! may_find {
    ($request:expr) => {
        $request.get_return_values().is_some() || $request.get_condition_expression().is_some()
    };
}

/// A fluent request that is ready to be sent, with what watches it on its way, and with what of it is done here: items
/// of the answer are read from its bytes, or those of the request written into them.
///
/// The SDK's future is on the heap, and what it was made of is gone before ours begins: a future has room for all that
/// was there while it was made, and is copied whole.
macro_rules! ready {
    ($request:expr, $($part:expr),+) => {{
        let (config, attempts) = watched(($($part),+));
        (Box::pin($request.customize().config_override(config).send()), attempts)
    }};
}

/// Sends it.
macro_rules! send {
    ($caller:expr, $call:literal, $kind:expr, $touched:expr, $ready:expr) => {{
        let (sending, attempts) = $ready;
        let ticket = $caller.admit($kind).await?;
        let sent = Sent::new($caller, $call, $touched, ticket, attempts);
        let answer = sent.span.run(sending).await;
        (answer, sent)
    }};
}

/// Makes the failure of a write with a condition, whose error type is `$error`, of an item of `$new` bytes. `$found` has
/// the item that it met.
macro_rules! refusal {
    ($error:ident, $new:expr, $found:expr) => {
        |error| {
            let refusal = |error: &$error| match error {
                $error::ConditionalCheckFailedException(refusal) => Some(refusal.clone()),
                _ => None,
            };
            Failure::refused(
                error,
                refusal,
                $error::ConditionalCheckFailedException,
                $new,
                $found.as_ref().and_then(FromBytes::met),
            )
        }
    };
}

/// What of the output is needed, the cost of a call of one kind of units, or the failure.
///
/// `$items` says of an output how many items it returns, and how many were read for it.
macro_rules! answer {
    ($sent:expr, $kind:expr, $items:expr) => {
        answer!($sent, $kind, $items, std::convert::identity, Failure::from)
    };
    ($sent:expr, $kind:expr, $items:expr, $keep:expr, $failure:expr) => {{
        let (output, sent) = $sent;
        let answer = match output {
            Ok(output) => {
                // One for the table of the call, or a list where a call can be of several.
                let used = output.consumed_capacity().into_iter();
                let capacity = used.map(|used| Capacity::reported(used, $kind, sent.caller.index())).sum();
                let (returned, evaluated) = $items(&output);
                let cost = Cost { capacity, returned, evaluated, ..sent.cost() };
                Ok(Answer { output: $keep(output), cost, sleep: sent.attempts.sleep() })
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

/// Of a call that returns no items.
fn no_items<O>(_: &O) -> (u64, u64) {
    (0, 0)
}

/// Of a call that returns every item that it reads.
fn as_many(items: usize) -> (u64, u64) {
    (items as u64, items as u64)
}

pub(crate) fn put_item(
    caller: Caller,
    request: PutItemFluentBuilder,
    filling: Filling,
) -> impl Future<Output = Result<Answer<Option<StoredItem>>, Failure>> {
    let item = filling.items.first();
    let touched = item.map_or_else(Touched::default, |item| caller.touched_by_item(item));
    let item = item.filter(|_| request.get_condition_expression().is_some());
    let new = item.map_or(0, |item| item.size());
    let found = may_find!(request).then(|| FromBytes::new(OfPut));
    let items = WithItems::<PutItemInput>::new(filling);
    let request = request.set_return_consumed_capacity(caller.level());
    let ready = ready!(request, items.on_call(), found.as_ref().and_then(FromBytes::on_call));
    async move {
        let answer = answer!(
            send!(&caller, "PutItem", Kind::Write, touched, ready),
            Units::write,
            no_items,
            |output: PutItemOutput| output.attributes,
            refusal!(PutItemError, new, found)
        );
        returned(answer, found.as_ref())
    }
}

pub(crate) fn get_item(
    caller: Caller,
    input: GetItemInput,
) -> impl Future<Output = Result<Answer<Option<StoredItem>>, Failure>> {
    let touched = caller.touched_by_key(input.key.as_ref());
    let request = caller
        .client()
        .get_item()
        .set_table_name(input.table_name)
        .set_key(input.key)
        .set_return_consumed_capacity(caller.level());
    let request = given!(
        request,
        set_projection_expression input.projection_expression,
        set_expression_attribute_names input.expression_attribute_names,
        set_consistent_read input.consistent_read,
    );
    let found = FromBytes::new(OneItem);
    let ready = ready!(request, found.on_call());
    async move {
        let items =
            |output: &GetItemOutput| as_many(found.with(Option::is_some, || output.item.is_some()).into());
        let answer = answer!(
            send!(&caller, "GetItem", Kind::Read, touched, ready),
            Units::read,
            items,
            |output: GetItemOutput| output.item,
            Failure::from
        );
        let Answer { output, cost, sleep } = answer?;
        let output = found.take(|_| Ok(StoredItem::all_of(&output)?.pop()))?;
        Ok(Answer { output, cost, sleep })
    }
}

pub(crate) fn update_item(
    caller: Caller,
    request: UpdateItemFluentBuilder,
    filling: Filling,
) -> impl Future<Output = Result<Answer<Option<StoredItem>>, Failure>> {
    let touched = caller.touched_by_key(request.get_key().as_ref());
    let found = may_find!(request).then(|| FromBytes::new(OfUpdate));
    let values = WithItems::<UpdateItemInput>::new(filling);
    let request = request.set_return_consumed_capacity(caller.level());
    let ready = ready!(request, values.on_call(), found.as_ref().and_then(FromBytes::on_call));
    async move {
        let answer = answer!(
            send!(&caller, "UpdateItem", Kind::Write, touched, ready),
            Units::write,
            no_items,
            |output: UpdateItemOutput| output.attributes,
            refusal!(UpdateItemError, 0, found)
        );
        returned(answer, found.as_ref())
    }
}

pub(crate) fn delete_item(
    caller: Caller,
    request: DeleteItemFluentBuilder,
) -> impl Future<Output = Result<Answer<Option<StoredItem>>, Failure>> {
    let touched = caller.touched_by_key(request.get_key().as_ref());
    let found = may_find!(request).then(|| FromBytes::new(OfDelete));
    let request = request.set_return_consumed_capacity(caller.level());
    let ready = ready!(request, found.as_ref().and_then(FromBytes::on_call));
    async move {
        let answer = answer!(
            send!(&caller, "DeleteItem", Kind::Write, touched, ready),
            Units::write,
            no_items,
            |output: DeleteItemOutput| output.attributes,
            refusal!(DeleteItemError, 0, found)
        );
        returned(answer, found.as_ref())
    }
}

pub(crate) fn batch_get_item(
    caller: &Caller,
    input: BatchGetItemInput,
) -> impl Future<Output = Result<Answer<Batch>, Failure>> {
    let keys = input.request_items.iter().flat_map(HashMap::values).flat_map(|table| &table.keys);
    let touched = caller.touched_by_keys(keys);
    let request = caller
        .client()
        .batch_get_item()
        .set_request_items(input.request_items)
        .set_return_consumed_capacity(caller.level());
    let found = FromBytes::new(ItemsOfTables);
    let ready = ready!(request, found.on_call());
    async move {
        let all = |output: &BatchGetItemOutput| {
            output.responses().into_iter().flat_map(HashMap::values).map(Vec::len).sum()
        };
        let items = |output: &BatchGetItemOutput| as_many(found.with(Vec::len, || all(output)));
        let answer: Result<Answer<BatchGetItemOutput>, Failure> =
            answer!(send!(caller, "BatchGetItem", Kind::Read, touched, ready), Units::read, items);
        let Answer { output, cost, sleep } = answer?;
        let all = |output: &BatchGetItemOutput| {
            StoredItem::all_of(output.responses().into_iter().flat_map(HashMap::values).flatten())
        };
        let items = found.take(|_| all(&output))?;
        let unprocessed = output.unprocessed_keys.unwrap_or_default();
        Ok(Answer { output: Batch { items, unprocessed }, cost, sleep })
    }
}

pub(crate) fn batch_write_item(
    caller: &Caller,
    input: BatchWriteItemInput,
    filling: Filling,
) -> impl Future<Output = Result<Answer<BatchWriteItemOutput>, Failure>> {
    let touched = caller.touched_by_requests(filling.requests.iter().flat_map(Chosen::items));
    let items = WithItems::new(filling);
    let input = items.prepare(input);
    let request = caller
        .client()
        .batch_write_item()
        .set_request_items(input.request_items)
        .set_return_consumed_capacity(caller.level());
    let ready = ready!(request, items.on_call());
    async move { answer!(send!(caller, "BatchWriteItem", Kind::Write, touched, ready), Units::write, no_items) }
}

pub(crate) fn transact_get_items(
    caller: &Caller,
    input: TransactGetItemsInput,
) -> impl Future<Output = Result<Answer<Vec<Option<StoredItem>>>, Failure>> {
    let gets = input.transact_items.iter().flatten().filter_map(|item| item.get.as_ref());
    let touched = caller.touched_by_keys(gets.map(|get| &get.key));
    let request = caller
        .client()
        .transact_get_items()
        .set_transact_items(input.transact_items)
        .set_return_consumed_capacity(caller.level());
    let found = FromBytes::new(ItemsInOrder);
    let ready = ready!(request, found.on_call());
    async move {
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
            send!(caller, "TransactGetItems", Kind::Read, touched, ready),
            Units::read,
            items,
            std::convert::identity,
            failure
        );
        let Answer { output, cost, sleep } = answer?;
        let one = |item: &Option<Item>| Ok(StoredItem::all_of(item)?.pop());
        let output =
            found.take(|_| output.responses().iter().map(|response| one(&response.item)).collect())?;
        Ok(Answer { output, cost, sleep })
    }
}

pub(crate) fn transact_write_items(
    caller: &Caller,
    input: TransactWriteItemsInput,
    filling: Filling,
) -> impl Future<Output = Result<Answer<TransactWriteItemsOutput>, Failure>> {
    let touched = caller.touched_by_actions(input.transact_items.iter().flatten(), &filling.items);
    let items = WithItems::new(filling);
    let input = items.prepare(input);
    let request = caller
        .client()
        .transact_write_items()
        .set_transact_items(input.transact_items)
        .set_client_request_token(input.client_request_token)
        .set_return_consumed_capacity(caller.level());
    let found = FromBytes::new(OfTransaction);
    let ready = ready!(request, items.on_call(), found.on_call());
    async move {
        let (output, sent) = send!(caller, "TransactWriteItems", Kind::Write, touched, ready);
        // One that has taken effect before is only looked at.
        let used = output.iter().flat_map(TransactWriteItemsOutput::consumed_capacity);
        let looked_at = used.clone().any(|used| used.read_capacity_units().is_some_and(|units| units > 0.0));
        let kind: fn(f64) -> Units = if looked_at { Units::read } else { Units::write };
        answer!((output, sent), kind, no_items, std::convert::identity, |error| {
            Failure::cancelled(error, found.met())
        })
    }
}

pub(crate) fn query<O: Send + 'static>(
    caller: &Caller,
    input: QueryInput,
    partition: &[KeyValue],
    reader: Reader<O>,
) -> impl Future<Output = Result<Answer<Page<O>>, Failure>> {
    let touched = caller.touched_by_query(input.index_name.as_deref(), partition);
    let request = caller
        .client()
        .query()
        .set_table_name(input.table_name)
        .set_key_condition_expression(input.key_condition_expression)
        .set_expression_attribute_names(input.expression_attribute_names)
        .set_expression_attribute_values(input.expression_attribute_values)
        .set_return_consumed_capacity(caller.level());
    let request = given!(
        request,
        set_index_name input.index_name,
        set_filter_expression input.filter_expression,
        set_scan_index_forward input.scan_index_forward,
        set_consistent_read input.consistent_read,
        set_limit input.limit,
        set_select input.select,
        set_projection_expression input.projection_expression,
        set_exclusive_start_key input.exclusive_start_key,
    );
    let items = FromBytes::new(ItemsOfQuery { reader });
    let ready = ready!(request, items.on_call());
    async move { page!(send!(caller, "Query", Kind::Read, touched, ready), items, QueryOutput) }
}

pub(crate) fn scan<O: Send + 'static>(
    caller: &Caller,
    input: ScanInput,
    reader: Reader<O>,
) -> impl Future<Output = Result<Answer<Page<O>>, Failure>> {
    let request = caller
        .client()
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
    let ready = ready!(request, items.on_call());
    async move { page!(send!(caller, "Scan", Kind::Read, Touched::default(), ready), items, ScanOutput) }
}
