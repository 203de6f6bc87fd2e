//! dynamodb-facade. Its items have no public way in but its calls, so what decodes a page is a call from memory; that
//! is some 0.1 ms more than the others do.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::WriteRequest;
use dynamodb_facade::explicit_client::DynamoDBItemOp;
use dynamodb_facade::{
    DynamoDBItem, DynamoDBItemBatchOp as _, KeyCondition, StringAttribute, attribute_definitions,
    dynamodb_item, table_definitions,
};
use serde::de::DeserializeOwned;
use tokio::runtime::Runtime;

use super::wire::model::{Document, Order};
use super::wire::others::Answered;

pub const NAME: &str = "dynamodb-facade 0.2.0";

attribute_definitions! {
    PK { "PK": StringAttribute }
    SK { "SK": StringAttribute }
    ItemType { "_type": StringAttribute }
}

table_definitions! {
    Bench {
        type PartitionKey = PK;
        type SortKey = SK;
        fn table_name() -> String { "bench".to_owned() }
    }
}

dynamodb_item! {
    #[table = Bench]
    Order {
        #[partition_key]
        PK {
            fn attribute_id(&self) -> &'id str { &self.customer }
            fn attribute_value(id) -> String { format!("CUSTOMER#{id}") }
        }
        #[sort_key]
        SK {
            fn attribute_id(&self) -> (&'id str, u32) { (&self.placed_at, self.number) }
            fn attribute_value(id) -> String { format!("ORDER#{}#{:06}", id.0, id.1) }
        }
        ItemType { const VALUE: &'static str = "Order"; }
    }
}

dynamodb_item! {
    #[table = Bench]
    Document {
        #[partition_key]
        PK {
            fn attribute_id(&self) -> &'id str { &self.folder }
            fn attribute_value(id) -> String { format!("FOLDER#{id}") }
        }
        #[sort_key]
        SK {
            fn attribute_id(&self) -> &'id str { &self.id }
            fn attribute_value(id) -> String { format!("DOCUMENT#{id}") }
        }
        ItemType { const VALUE: &'static str = "Document"; }
    }
}

pub fn decode<E: DynamoDBItem<Bench> + DeserializeOwned>(answered: &Answered<'_>) -> Vec<E> {
    call(answered.runtime, &answered.client)
}

pub fn call<E: DynamoDBItem<Bench> + DeserializeOwned>(runtime: &Runtime, client: &Client) -> Vec<E> {
    let partition = KeyCondition::pk("CUSTOMER#acme-017-000123".to_owned()).sk_begins_with("ORDER#");
    runtime.block_on(E::query(client.clone(), partition).all()).expect("a page")
}

pub fn put(order: &Order) -> WriteRequest {
    order.batch_put()
}
