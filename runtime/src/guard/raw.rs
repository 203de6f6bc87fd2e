//! Raw calls in the ledger: what they are, what they consume, and what they return.

use std::borrow::Cow;
use std::fmt;
use std::sync::Mutex;
use std::time::Instant;

use aws_sdk_dynamodb::operation::{
    batch_execute_statement, batch_get_item, batch_write_item, delete_item, execute_statement,
    execute_transaction, get_item, put_item, query, scan, transact_get_items, transact_write_items,
    update_item,
};
use aws_sdk_dynamodb::types::{ConsumedCapacity, ReturnConsumedCapacity};
use aws_smithy_runtime_api::client::interceptors::context::{Input, Output};
use aws_smithy_types::config_bag::{Storable, StoreReplace};

use super::keys::table_name;
use crate::ledger::heat::Touched;
use crate::ledger::{End, Entry, Ledger, Pattern};
use crate::metered::{Capacity, Cost, Units};
use crate::sdk::attempts::Attempts;

/// A raw call on its way, in the SDK's bag of the call.
pub(super) struct Raw {
    pattern: Pattern,
    kind: fn(f64) -> Units,
    pub(super) attempts: Attempts,
    began: Instant,
    /// What was recorded once is not again.
    ended: Mutex<bool>,
}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Raw").field("pattern", &self.pattern).finish_non_exhaustive()
    }
}

impl Storable for Raw {
    type Storer = StoreReplace<Self>;
}

/// What is seen of an input.
struct Seen {
    call: &'static str,
    table: Option<String>,
    index: Option<String>,
    kind: fn(f64) -> Units,
}

impl Raw {
    /// Asks for the capacity of a call, unless it says itself what it wants to know; none if it consumes none.
    pub(super) fn begin(input: &mut Input, permitted: Option<&'static str>) -> Option<Self> {
        let Seen { call, table, index, kind } = see(input)?;
        let table = table.as_deref().map_or("(several)", table_name);
        let pattern = Pattern {
            table: table.into(),
            entity: "(raw)".into(),
            operation: call.into(),
            index: index.map(Cow::Owned),
            name: permitted,
        };
        let (attempts, began) = (Attempts::default(), Instant::now());
        Some(Self { pattern, kind, attempts, began, ended: Mutex::new(false) })
    }

    pub(super) fn end(&self, ledger: &Ledger, output: Option<&Output>) {
        let mut ended = self.ended.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if std::mem::replace(&mut *ended, true) {
            return;
        }
        let answer = output.and_then(answer);
        let end = if answer.is_some() { End::Answered } else { End::Failed };
        let (used, returned, evaluated) = answer.unwrap_or_default();
        let index = self.pattern.index.as_deref();
        let cost = Cost {
            capacity: used.into_iter().map(|used| Capacity::reported(used, self.kind, index)).sum(),
            calls: 1,
            attempts: self.attempts.sent(),
            evaluated,
            returned,
            throttled: self.attempts.throttled(),
            latency: self.began.elapsed(),
        };
        let reasons = self.attempts.take_reasons();
        let (pattern, touched) = (&self.pattern, &Touched::default());
        ledger.record(&Entry { pattern, cost: &cost, end, reasons: &reasons, touched });
    }
}

/// Looks at an input of one of these operations, and asks it for capacity.
macro_rules! see {
    ($input:expr, $($operation:ident :: $type:ident, $call:literal, $kind:expr, $table:expr, $index:expr;)*) => {
        $(if let Some(input) = $input.downcast_mut::<$operation::$type>() {
            input.return_consumed_capacity.get_or_insert(ReturnConsumedCapacity::Indexes);
            let (table, index): (Option<String>, Option<String>) = ($table(input), $index(input));
            return Some(Seen { call: $call, table, index, kind: $kind });
        })*
    };
}

/// No name, where there are several or none.
fn none<I>(_: &I) -> Option<String> {
    None
}

fn see(input: &mut Input) -> Option<Seen> {
    use {Units as U, none as no};
    macro_rules! table {
        ($type:path) => {
            |input: &mut $type| input.table_name.clone()
        };
    }
    fn no_index<I>(_: &mut I) -> Option<String> {
        None
    }
    fn several<I>(input: &mut I) -> Option<String> {
        no(&*input)
    }
    see! { input,
        get_item::GetItemInput, "GetItem", U::read, table!(get_item::GetItemInput), no_index;
        put_item::PutItemInput, "PutItem", U::write, table!(put_item::PutItemInput), no_index;
        update_item::UpdateItemInput, "UpdateItem", U::write, table!(update_item::UpdateItemInput), no_index;
        delete_item::DeleteItemInput, "DeleteItem", U::write, table!(delete_item::DeleteItemInput), no_index;
        query::QueryInput, "Query", U::read, table!(query::QueryInput),
            |input: &mut query::QueryInput| input.index_name.clone();
        scan::ScanInput, "Scan", U::read, table!(scan::ScanInput),
            |input: &mut scan::ScanInput| input.index_name.clone();
        batch_get_item::BatchGetItemInput, "BatchGetItem", U::read, several, no_index;
        batch_write_item::BatchWriteItemInput, "BatchWriteItem", U::write, several, no_index;
        transact_get_items::TransactGetItemsInput, "TransactGetItems", U::read, several, no_index;
        transact_write_items::TransactWriteItemsInput, "TransactWriteItems", U::write, several, no_index;
    }
    // Of PartiQL, units are of one kind or the other, and DynamoDB does not say which.
    see! { input,
        execute_statement::ExecuteStatementInput, "ExecuteStatement",
            kind_of(input.downcast_ref::<execute_statement::ExecuteStatementInput>()?.statement.iter()),
            several, no_index;
        batch_execute_statement::BatchExecuteStatementInput, "BatchExecuteStatement",
            kind_of(input.downcast_ref::<batch_execute_statement::BatchExecuteStatementInput>()?
                .statements.iter().flatten().map(|one| &one.statement)),
            several, no_index;
        execute_transaction::ExecuteTransactionInput, "ExecuteTransaction",
            kind_of(input.downcast_ref::<execute_transaction::ExecuteTransactionInput>()?
                .transact_statements.iter().flatten().map(|one| &one.statement)),
            several, no_index;
    }
    None
}

/// The kind of the first statement: DynamoDB takes reads and writes together in no call.
fn kind_of<'s>(mut statements: impl Iterator<Item = &'s String>) -> fn(f64) -> Units {
    let reads = statements.next().is_none_or(|statement| {
        !matches!(super::partiql::parse(statement), Ok(super::partiql::Statement::Write))
    });
    if reads { Units::read } else { Units::write }
}

type Answer<'o> = (Vec<&'o ConsumedCapacity>, u64, u64);

/// What an output says of capacity and items.
fn answer(output: &Output) -> Option<Answer<'_>> {
    /// The capacity of the output of one of these operations, and its items.
    macro_rules! answer {
        ($($type:path, $items:expr;)*) => {
            $(if let Some(output) = output.downcast_ref::<$type>() {
                let (returned, evaluated): (usize, usize) = $items(output);
                let used = output.consumed_capacity().into_iter().collect();
                return Some((used, returned as u64, evaluated as u64));
            })*
        };
    }
    fn nothing<O>(_: &O) -> (usize, usize) {
        (0, 0)
    }
    fn both(items: usize) -> (usize, usize) {
        (items, items)
    }
    let number = |count: i32| usize::try_from(count).unwrap_or_default();
    answer! {
        get_item::GetItemOutput, |output: &get_item::GetItemOutput| both(output.item.iter().len());
        put_item::PutItemOutput, nothing;
        update_item::UpdateItemOutput, nothing;
        delete_item::DeleteItemOutput, nothing;
        query::QueryOutput, |output: &query::QueryOutput| (number(output.count), number(output.scanned_count));
        scan::ScanOutput, |output: &scan::ScanOutput| (number(output.count), number(output.scanned_count));
        batch_get_item::BatchGetItemOutput, |output: &batch_get_item::BatchGetItemOutput| {
            both(output.responses.iter().flat_map(|tables| tables.values()).map(Vec::len).sum())
        };
        batch_write_item::BatchWriteItemOutput, nothing;
        transact_get_items::TransactGetItemsOutput, |output: &transact_get_items::TransactGetItemsOutput| {
            both(output.responses().iter().filter(|response| response.item.is_some()).count())
        };
        transact_write_items::TransactWriteItemsOutput, nothing;
        execute_statement::ExecuteStatementOutput,
            |output: &execute_statement::ExecuteStatementOutput| both(output.items().len());
        batch_execute_statement::BatchExecuteStatementOutput,
            |output: &batch_execute_statement::BatchExecuteStatementOutput| {
                both(output.responses().iter().filter(|response| response.item.is_some()).count())
            };
        execute_transaction::ExecuteTransactionOutput,
            |output: &execute_transaction::ExecuteTransactionOutput| {
                both(output.responses().iter().filter(|response| response.item.is_some()).count())
            };
    }
    None
}
