//! Deleting one item: `DeleteItem`.

use std::future::IntoFuture;
use std::marker::PhantomData;

use aws_sdk_dynamodb::operation::delete_item::DeleteItemInput;
use aws_sdk_dynamodb::types::ReturnConsumedCapacity;

use crate::entity::{Entity, EntityKey};
use crate::error::{Call, Error};
use crate::handle::{Binding, Handle, Sending, Unbound};
use crate::item::{Item, describe_key, key_item};
use crate::key::KeyError;
use crate::metered::Metered;
use crate::sdk;
use crate::table::Table;

/// Deletes one item by its key: one `DeleteItem` call. Deleting what is not there is no error.
///
/// # Cost
///
/// One write unit for each KB of the item, and the same for each index that holds it; 1 if it is not there
/// ([write capacity](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html)).
///
/// # Errors
///
/// [`InvalidKey`](crate::ErrorKind::InvalidKey) before anything is sent; otherwise what DynamoDB answers.
///
/// # Cancel safety
///
/// A dropped future may or may not have deleted the item. Deleting it again is harmless.
#[derive(Debug, Clone)]
#[must_use = "a delete does nothing until it is awaited"]
pub struct Delete<E, C = Unbound> {
    key: Result<Item, KeyError>,
    client: C,
    entity: PhantomData<fn() -> E>,
}

impl<E: Entity> Delete<E> {
    pub(crate) fn new(key: E::Key) -> Self
    where
        E::Key: EntityKey<Entity = E>,
    {
        Self { key: key_item(&key), client: Unbound, entity: PhantomData }
    }

    pub(crate) fn with<C>(self, client: C) -> Delete<E, C> {
        Delete { key: self.key, client, entity: PhantomData }
    }
}

impl<E: Entity, C: Binding> Delete<E, C> {
    /// The request as it would be sent.
    ///
    /// # Errors
    ///
    /// As awaiting it, before anything is sent.
    pub fn explain(&self) -> Result<DeleteItemInput, Error> {
        self.input()
    }

    fn call(&self) -> Call {
        let key = self.key.as_ref().ok().and_then(describe_key::<E::Table>);
        Call { operation: "delete", entity: E::MODEL.name, key }
    }

    fn input(&self) -> Result<DeleteItemInput, Error> {
        let key = self.key.clone().map_err(|error| Error::key(self.call(), error))?;
        DeleteItemInput::builder()
            .table_name(self.client.table_name::<E::Table>())
            .set_key(Some(key))
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .build()
            .map_err(|error| Error::request(self.call(), error))
    }
}

impl<E: Entity, T: Table> IntoFuture for Delete<E, Handle<T>> {
    type Output = Result<Metered<()>, Error>;
    type IntoFuture = Sending<()>;

    fn into_future(self) -> Self::IntoFuture {
        let (input, call, client) = (self.input(), self.call(), self.client);
        Sending::new(async move {
            let answer = sdk::delete_item(client.sdk(), input?).await;
            Ok(answer.map_err(|failure| Error::sdk(call, client.name(), failure))?.metered(|_| ()))
        })
    }
}
