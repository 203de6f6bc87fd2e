//! modyne. Of a page it looks at the type of each item, and has `serde_dynamo` read it.

use std::marker::PhantomData;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{PutRequest, WriteRequest};
use modyne::expr::KeyCondition;
use modyne::keys::{FullKey, Primary};
use modyne::{
    Aggregate, Entity, EntityDef, EntityExt as _, EntityTypeNameRef, QueryInput, QueryInputExt as _, Table,
};
use serde::de::DeserializeOwned;
use tokio::runtime::Runtime;

use super::wire::model::{Document, Order};
use super::wire::others::Answered;

pub const NAME: &str = "modyne 0.3.1";

pub struct Bench(Client);

impl Table for Bench {
    const ENTITY_TYPE_ATTRIBUTE: &'static str = "_type";

    type PrimaryKey = Primary;
    type IndexKeys = ();

    fn table_name(&self) -> &str {
        "bench"
    }

    fn client(&self) -> &Client {
        &self.0
    }
}

impl EntityDef for Order {
    const ENTITY_TYPE: &'static EntityTypeNameRef = EntityTypeNameRef::from_static("Order");
}

impl Entity for Order {
    type KeyInput<'a> = (&'a str, &'a str, u32);
    type Table = Bench;
    type IndexKeys = ();

    fn primary_key((customer, placed_at, number): Self::KeyInput<'_>) -> Primary {
        Primary { hash: format!("CUSTOMER#{customer}"), range: format!("ORDER#{placed_at}#{number:06}") }
    }

    fn full_key(&self) -> FullKey<Primary, ()> {
        let primary = Self::primary_key((&self.customer, &self.placed_at, self.number));
        FullKey { primary, indexes: () }
    }
}

impl EntityDef for Document {
    const ENTITY_TYPE: &'static EntityTypeNameRef = EntityTypeNameRef::from_static("Document");
}

impl Entity for Document {
    type KeyInput<'a> = (&'a str, &'a str);
    type Table = Bench;
    type IndexKeys = ();

    fn primary_key((folder, id): Self::KeyInput<'_>) -> Primary {
        Primary { hash: format!("FOLDER#{folder}"), range: format!("DOCUMENT#{id}") }
    }

    fn full_key(&self) -> FullKey<Primary, ()> {
        FullKey { primary: Self::primary_key((&self.folder, &self.id)), indexes: () }
    }
}

/// What comes of a partition.
struct Query<E>(PhantomData<E>);

impl<E: Entity + DeserializeOwned + 'static> QueryInput for Query<E> {
    type Index = Primary;
    type Aggregate = Vec<E>;

    fn key_condition(&self) -> KeyCondition<Primary> {
        KeyCondition::in_partition("CUSTOMER#acme-017-000123").begins_with("ORDER#")
    }
}

/// What its documentation has after `execute`.
pub fn decode<E: Entity + DeserializeOwned + 'static>(answered: &Answered<'_>) -> Vec<E> {
    let mut entities = Vec::new();
    entities.reduce(answered.output().items.unwrap_or_default()).expect("the items are the type's");
    entities
}

pub fn call<E: Entity + DeserializeOwned + 'static>(runtime: &Runtime, client: &Client) -> Vec<E> {
    let bench = Bench(client.clone());
    let output = runtime.block_on(Query::<E>(PhantomData).query().execute(&bench)).expect("a page");
    let mut entities = Vec::new();
    entities.reduce(output.items.unwrap_or_default()).expect("the items are the type's");
    entities
}

/// It takes entities away, so each is cloned.
pub fn put(order: &Order) -> WriteRequest {
    let put = PutRequest::builder().set_item(Some(order.clone().into_item()));
    WriteRequest::builder().put_request(put.build().expect("an item")).build()
}
