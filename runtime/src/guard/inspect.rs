//! What a raw call would do, told from its input.

use aws_sdk_dynamodb::operation::batch_execute_statement::BatchExecuteStatementInput;
use aws_sdk_dynamodb::operation::execute_statement::ExecuteStatementInput;
use aws_sdk_dynamodb::operation::execute_transaction::ExecuteTransactionInput;
use aws_sdk_dynamodb::operation::query::QueryInput;
use aws_sdk_dynamodb::operation::scan::ScanInput;
use aws_smithy_runtime_api::client::interceptors::context::Input;

use super::finding::{Finding, Outcome, Rule};
use super::keys::{Keys, Unknown};
use super::partiql::{Select, Statement, bound, parse};

/// What speaks against a call; none if it reads by keys.
pub(super) fn inspect(input: &Input, keys: &Keys) -> Option<Finding> {
    if let Some(scan) = input.downcast_ref::<ScanInput>() {
        return Some(found("Scan", scan.table_name.clone(), scan.index_name.clone(), Rule::Scan));
    }
    if let Some(query) = input.downcast_ref::<QueryInput>() {
        let filters = query.filter_expression.is_some() || query.query_filter.is_some();
        let finding = || found("Query", query.table_name.clone(), query.index_name.clone(), Rule::Filter);
        return filters.then(finding);
    }
    statements(input).and_then(|(call, statements)| {
        statements.into_iter().find_map(|statement| inspect_statement(call, statement, keys))
    })
}

/// The statements of a call of PartiQL.
fn statements(input: &Input) -> Option<(&'static str, Vec<&str>)> {
    if let Some(input) = input.downcast_ref::<ExecuteStatementInput>() {
        return Some(("ExecuteStatement", input.statement.iter().map(String::as_str).collect()));
    }
    if let Some(input) = input.downcast_ref::<BatchExecuteStatementInput>() {
        let statements = input.statements.iter().flatten().map(|statement| statement.statement.as_str());
        return Some(("BatchExecuteStatement", statements.collect()));
    }
    let input = input.downcast_ref::<ExecuteTransactionInput>()?;
    let statements = input.transact_statements.iter().flatten().map(|statement| statement.statement.as_str());
    Some(("ExecuteTransaction", statements.collect()))
}

fn inspect_statement(call: &'static str, statement: &str, keys: &Keys) -> Option<Finding> {
    let Select { table, index, condition } = match parse(statement) {
        Ok(Statement::Write) => return None,
        Ok(Statement::Select(select)) => select,
        Err(why) => return Some(found(call, None, None, Rule::Unreadable(why))),
    };
    let rule = match keys.of(&table, index.as_deref()) {
        Err(Unknown::Table) => Rule::UnknownTable,
        Err(Unknown::Index) => Rule::UnknownIndex,
        Ok(key) => {
            let bound = condition.as_ref().map(bound).unwrap_or_default();
            if !key.is_empty() && key.iter().all(|name| bound.contains(name.as_str())) {
                return None;
            }
            Rule::NoKey(key.to_vec())
        }
    };
    Some(found(call, Some(table), index, rule))
}

fn found(call: &'static str, table: Option<String>, index: Option<String>, rule: Rule) -> Finding {
    Finding { call, table, index, outcome: Outcome::Refused, rule }
}
