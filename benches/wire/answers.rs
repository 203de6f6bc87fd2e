//! Answers as DynamoDB sends them, and the SDK's own code for answers and requests.

use aws_sdk_dynamodb::operation::batch_write_item::{BatchWriteItem, BatchWriteItemInput};
use aws_sdk_dynamodb::operation::query::{Query, QueryOutput};
use aws_sdk_dynamodb::types::{ReturnConsumedCapacity, WriteRequest};
use aws_smithy_runtime_api::client::interceptors::context::Input;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_runtime_api::client::ser_de::{
    DeserializeResponse, SerializeRequest, SharedRequestSerializer, SharedResponseDeserializer,
};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer};
use monotable::__wire as wire;
use monotable::{Entity, EntityKey as _};
use serde::Serialize;
use serde_json::{Value, json};

/// An item as DynamoDB has it: the order of its attributes is not that of the struct.
pub fn item_of<E: Entity + Serialize>(entity: &E) -> Value {
    let value: Value = serde_json::from_slice(&wire::write(entity).expect("an item")).expect("JSON");
    let mut item = value["M"].clone();
    let (pk, sk) = (entity.key().partition_key().expect("a key"), entity.key().sort_key().expect("a key"));
    item["PK"] = json!({"S": pk.into_text()});
    item["SK"] = json!({"S": sk.expect("a sort key").into_text()});
    item["_type"] = json!({"S": E::MODEL.type_name});
    item
}

/// The body of a page.
pub fn body_of<E: Entity + Serialize>(entities: &[E]) -> Vec<u8> {
    let items: Vec<Value> = entities.iter().map(item_of).collect();
    let capacity = json!({"TableName": "bench", "CapacityUnits": 128.5});
    let count = items.len();
    json!({"Items": items, "Count": count, "ScannedCount": count, "ConsumedCapacity": capacity})
        .to_string()
        .into()
}

pub fn page_of<E: Entity + Serialize>(entities: &[E]) -> HttpResponse {
    let mut response = HttpResponse::new(200.try_into().expect("a status"), SdkBody::from(body_of(entities)));
    let id = "A5FGSJ9ET4OKB8183S9M47RQQBVV4KQNSO5AEMVJF66Q9ASUAAJG";
    response.headers_mut().insert("content-type", "application/x-amz-json-1.0");
    response.headers_mut().insert("x-amzn-requestid", id);
    response
}

pub struct Sdk {
    query: FrozenLayer,
    batch_write: FrozenLayer,
}

impl Sdk {
    pub fn new() -> Self {
        Self {
            query: Query::new().config().expect("a configuration"),
            batch_write: BatchWriteItem::new().config().expect("a configuration"),
        }
    }

    /// What the SDK does with the answer of a query.
    pub fn query(&self, response: &HttpResponse) -> QueryOutput {
        let deserializer = self.query.load::<SharedResponseDeserializer>().expect("a deserialiser");
        let output = deserializer.deserialize_nonstreaming_with_config(response, &ConfigBag::base());
        output.ok().and_then(|output| output.downcast().ok()).expect("a page")
    }

    /// What the SDK does with the request of a batch.
    pub fn batch_write(&self, requests: Vec<WriteRequest>) -> Vec<u8> {
        let input = BatchWriteItemInput::builder()
            .request_items("bench", requests)
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes);
        let input = input.build().expect("a request");
        let serializer = self.batch_write.load::<SharedRequestSerializer>().expect("a serialiser");
        let request =
            serializer.serialize_input(Input::erase(input), &mut ConfigBag::base()).expect("a request");
        request.body().bytes().expect("the body is in memory").to_vec()
    }
}
