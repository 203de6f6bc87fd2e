//! The SDK's inputs as requests: their JSON, and what is predicted of them alone.

use std::collections::HashMap;

use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemInput;
use aws_sdk_dynamodb::operation::batch_write_item::BatchWriteItemInput;
use aws_sdk_dynamodb::operation::delete_item::DeleteItemInput;
use aws_sdk_dynamodb::operation::get_item::GetItemInput;
use aws_sdk_dynamodb::operation::put_item::PutItemInput;
use aws_sdk_dynamodb::operation::query::QueryInput;
use aws_sdk_dynamodb::operation::scan::ScanInput;
use aws_sdk_dynamodb::operation::transact_get_items::TransactGetItemsInput;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsInput;
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use aws_sdk_dynamodb::types::{
    ConditionCheck, Delete, DeleteRequest, Get, KeysAndAttributes, Put, PutRequest, ReturnConsumedCapacity,
    ReturnValue, ReturnValuesOnConditionCheckFailure, Select, TransactGetItem, TransactWriteItem, Update,
    WriteRequest,
};

use super::json::{Json, ToJson};
use super::reads::{Factor, predict_items, predict_page};
use super::writes::{predict_action, predict_delete, predict_put, predict_request, predict_update};
use super::{Prediction, Shape};
use crate::item::Item;

/// An input of the SDK that [`Explained`](crate::Explained) knows.
pub trait Request: sealed::Sealed {
    #[doc(hidden)]
    fn json(&self) -> Json;
    #[doc(hidden)]
    fn set_level(&mut self, level: ReturnConsumedCapacity);
    #[doc(hidden)]
    fn predict(&self, shape: &Shape) -> Prediction;
    /// The item that it writes.
    #[doc(hidden)]
    fn item(&self) -> Option<&Item> {
        None
    }
}

mod sealed {
    pub trait Sealed {}
}

/// The members of a type that are there, by their names on the wire.
macro_rules! json {
    ($($type:ty { $($field:ident: $name:literal,)* })*) => {$(
        impl ToJson for $type {
            fn to_json(&self) -> Json {
                let members = [$(($name, Member::member(&self.$field))),*];
                let members = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
                Json::object(members)
            }
        }
    )*};
}

/// A member of a request, which may be left out.
trait Member {
    fn member(&self) -> Option<Json>;
}

impl<V: ToJson> Member for Option<V> {
    fn member(&self) -> Option<Json> {
        self.as_ref().map(V::to_json)
    }
}

impl Member for String {
    fn member(&self) -> Option<Json> {
        Some(self.to_json())
    }
}

impl<V: ToJson> Member for HashMap<String, V> {
    fn member(&self) -> Option<Json> {
        Some(self.to_json())
    }
}

impl<V: ToJson> Member for Vec<V> {
    fn member(&self) -> Option<Json> {
        Some(self.to_json())
    }
}

macro_rules! words {
    ($($type:ty)*) => {$(
        impl ToJson for $type {
            fn to_json(&self) -> Json {
                Json::Text(self.as_str().to_owned())
            }
        }
    )*};
}

words!(ReturnConsumedCapacity ReturnValue ReturnValuesOnConditionCheckFailure Select);

json! {
    GetItemInput {
        table_name: "TableName", key: "Key", consistent_read: "ConsistentRead",
        projection_expression: "ProjectionExpression", expression_attribute_names: "ExpressionAttributeNames",
        return_consumed_capacity: "ReturnConsumedCapacity",
    }
    PutItemInput {
        table_name: "TableName", item: "Item", condition_expression: "ConditionExpression",
        expression_attribute_names: "ExpressionAttributeNames",
        expression_attribute_values: "ExpressionAttributeValues", return_values: "ReturnValues",
        return_values_on_condition_check_failure: "ReturnValuesOnConditionCheckFailure",
        return_consumed_capacity: "ReturnConsumedCapacity",
    }
    UpdateItemInput {
        table_name: "TableName", key: "Key", update_expression: "UpdateExpression",
        condition_expression: "ConditionExpression", expression_attribute_names: "ExpressionAttributeNames",
        expression_attribute_values: "ExpressionAttributeValues", return_values: "ReturnValues",
        return_values_on_condition_check_failure: "ReturnValuesOnConditionCheckFailure",
        return_consumed_capacity: "ReturnConsumedCapacity",
    }
    DeleteItemInput {
        table_name: "TableName", key: "Key", condition_expression: "ConditionExpression",
        expression_attribute_names: "ExpressionAttributeNames",
        expression_attribute_values: "ExpressionAttributeValues", return_values: "ReturnValues",
        return_values_on_condition_check_failure: "ReturnValuesOnConditionCheckFailure",
        return_consumed_capacity: "ReturnConsumedCapacity",
    }
    QueryInput {
        table_name: "TableName", index_name: "IndexName", key_condition_expression: "KeyConditionExpression",
        filter_expression: "FilterExpression", projection_expression: "ProjectionExpression",
        expression_attribute_names: "ExpressionAttributeNames",
        expression_attribute_values: "ExpressionAttributeValues", scan_index_forward: "ScanIndexForward",
        consistent_read: "ConsistentRead", limit: "Limit", select: "Select",
        exclusive_start_key: "ExclusiveStartKey", return_consumed_capacity: "ReturnConsumedCapacity",
    }
    ScanInput {
        table_name: "TableName", index_name: "IndexName", segment: "Segment", total_segments: "TotalSegments",
        consistent_read: "ConsistentRead", limit: "Limit", exclusive_start_key: "ExclusiveStartKey",
        return_consumed_capacity: "ReturnConsumedCapacity",
    }
    BatchGetItemInput {
        request_items: "RequestItems", return_consumed_capacity: "ReturnConsumedCapacity",
    }
    KeysAndAttributes {
        keys: "Keys", consistent_read: "ConsistentRead", projection_expression: "ProjectionExpression",
        expression_attribute_names: "ExpressionAttributeNames",
    }
    TransactGetItemsInput {
        transact_items: "TransactItems", return_consumed_capacity: "ReturnConsumedCapacity",
    }
    TransactGetItem { get: "Get", }
    Get {
        table_name: "TableName", key: "Key", projection_expression: "ProjectionExpression",
        expression_attribute_names: "ExpressionAttributeNames",
    }
    BatchWriteItemInput {
        request_items: "RequestItems",
        return_consumed_capacity: "ReturnConsumedCapacity",
    }
    WriteRequest {
        put_request: "PutRequest",
        delete_request: "DeleteRequest",
    }
    PutRequest {
        item: "Item",
    }
    DeleteRequest {
        key: "Key",
    }
    TransactWriteItemsInput {
        transact_items: "TransactItems", client_request_token: "ClientRequestToken",
        return_consumed_capacity: "ReturnConsumedCapacity",
    }
    TransactWriteItem { condition_check: "ConditionCheck", put: "Put", delete: "Delete", update: "Update", }
    ConditionCheck {
        table_name: "TableName", key: "Key", condition_expression: "ConditionExpression",
        expression_attribute_names: "ExpressionAttributeNames",
        expression_attribute_values: "ExpressionAttributeValues",
        return_values_on_condition_check_failure: "ReturnValuesOnConditionCheckFailure",
    }
    Put {
        table_name: "TableName", item: "Item", condition_expression: "ConditionExpression",
        expression_attribute_names: "ExpressionAttributeNames",
        expression_attribute_values: "ExpressionAttributeValues",
        return_values_on_condition_check_failure: "ReturnValuesOnConditionCheckFailure",
    }
    Delete {
        table_name: "TableName", key: "Key", condition_expression: "ConditionExpression",
        expression_attribute_names: "ExpressionAttributeNames",
        expression_attribute_values: "ExpressionAttributeValues",
        return_values_on_condition_check_failure: "ReturnValuesOnConditionCheckFailure",
    }
    Update {
        table_name: "TableName", key: "Key", update_expression: "UpdateExpression",
        condition_expression: "ConditionExpression", expression_attribute_names: "ExpressionAttributeNames",
        expression_attribute_values: "ExpressionAttributeValues",
        return_values_on_condition_check_failure: "ReturnValuesOnConditionCheckFailure",
    }
}

macro_rules! requests {
    ($($type:ty => |$input:ident, $shape:ident| $predict:expr, item $item:expr;)*) => {$(
        impl sealed::Sealed for $type {}

        impl Request for $type {
            fn json(&self) -> Json {
                self.to_json()
            }

            fn set_level(&mut self, level: ReturnConsumedCapacity) {
                self.return_consumed_capacity = Some(level);
            }

            fn predict(&self, $shape: &Shape) -> Prediction {
                let $input = self;
                $predict
            }

            fn item(&self) -> Option<&Item> {
                let item: fn(&Self) -> Option<&Item> = $item;
                item(self)
            }
        }
    )*};
}

requests! {
    GetItemInput => |input, _shape| predict_items(1, Factor::of(input.consistent_read)), item |_| None;
    PutItemInput => |input, shape| {
        let condition = input.condition_expression.as_deref().unwrap_or_default();
        let creates = creates(*shape, condition, input.expression_attribute_names.as_ref());
        match &input.item {
            Some(item) => predict_put(*shape, item, creates),
            None => predict_update(*shape),
        }
    }, item |input| input.item.as_ref();
    UpdateItemInput => |_input, shape| predict_update(*shape), item |_| None;
    DeleteItemInput => |_input, shape| predict_delete(*shape), item |_| None;
    QueryInput => |input, _shape| {
        predict_page(input.index_name.as_deref(), input.limit, Factor::of(input.consistent_read))
    }, item |_| None;
    ScanInput => |input, _shape| {
        predict_page(input.index_name.as_deref(), input.limit, Factor::of(input.consistent_read))
    }, item |_| None;
    BatchGetItemInput => |input, _shape| {
        let keys = || input.request_items.iter().flat_map(HashMap::values);
        let consistent = keys().next().and_then(|keys| keys.consistent_read);
        predict_items(keys().map(|keys| keys.keys.len()).sum(), Factor::of(consistent))
    }, item |_| None;
    BatchWriteItemInput => |input, shape| {
        let requests = || input.request_items.iter().flat_map(HashMap::values).flatten();
        let bounds = || requests().map(|request| predict_request(*shape, request));
        Prediction::between(bounds().map(|(least, _)| least).sum(), bounds().map(|(_, most)| most).sum())
    }, item |_| None;
    TransactGetItemsInput => |input, _shape| {
        predict_items(input.transact_items().len(), Factor::TRANSACTION)
    }, item |_| None;
    TransactWriteItemsInput => |input, shape| {
        let bounds = || input.transact_items().iter().map(|action| predict_action(*shape, action));
        Prediction::between(bounds().map(|(least, _)| least).sum(), bounds().map(|(_, most)| most).sum())
    }, item |_| None;
}

/// Whether a condition is that of an insert: that there is no item.
pub(super) fn creates(shape: Shape, condition: &str, names: Option<&HashMap<String, String>>) -> bool {
    let inner = condition.strip_prefix("attribute_not_exists(").and_then(|rest| rest.strip_suffix(')'));
    let name =
        inner.and_then(|name| names.and_then(|names| names.get(name)).map(String::as_str).or(Some(name)));
    name.is_some_and(|name| shape.has_partition_key(name))
}
