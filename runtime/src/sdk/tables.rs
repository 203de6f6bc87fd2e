//! Calls about tables, which consume nothing.

use aws_sdk_dynamodb::operation::create_table::{CreateTableInput, CreateTableOutput};
use aws_sdk_dynamodb::operation::describe_table::DescribeTableOutput;
use aws_sdk_dynamodb::operation::describe_time_to_live::DescribeTimeToLiveOutput;
use aws_sdk_dynamodb::operation::update_time_to_live::UpdateTimeToLiveOutput;
use aws_sdk_dynamodb::types::TimeToLiveSpecification;

use super::sent::Sent;
use super::watch::watched;
use super::{Answer, Failure};
use crate::caller::Caller;
use crate::ledger::heat::Touched;

/// The output of one.
macro_rules! free {
    ($caller:expr, $call:literal, $request:expr) => {{
        let (config, attempts) = watched(());
        let sending = Box::pin($request.customize().config_override(config).send());
        let sent = Sent::new($caller, $call, Touched::default(), None, attempts);
        let output = sent.span.run(sending).await;
        let answer = match output {
            Ok(output) => Ok(Answer { output, cost: sent.cost(), sleep: sent.attempts.sleep() }),
            Err(error) => Err(Failure::from(error).after(&sent)),
        };
        sent.end(answer).map(|answer| answer.output)
    }};
}

pub(crate) async fn describe_table(caller: &Caller, table: &str) -> Result<DescribeTableOutput, Failure> {
    let request = caller.client().describe_table().table_name(table);
    free!(caller, "DescribeTable", request)
}

pub(crate) async fn create_table(
    caller: &Caller,
    input: CreateTableInput,
) -> Result<CreateTableOutput, Failure> {
    let request = caller
        .client()
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
    let request = caller.client().describe_time_to_live().table_name(table);
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
        caller.client().update_time_to_live().table_name(table).time_to_live_specification(specification);
    free!(caller, "UpdateTimeToLive", request)
}
