//! Writing whole items: `PutItem`.

use std::future::IntoFuture;
use std::marker::PhantomData;

use aws_sdk_dynamodb::operation::put_item::PutItemInput;
use aws_sdk_dynamodb::types::ReturnConsumedCapacity;

use crate::entity::Entity;
use crate::error::{Call, Error};
use crate::handle::{Binding, Handle, Sending, Unbound};
use crate::item::{EncodeError, Item, describe_key, to_item};
use crate::metered::Metered;
use crate::sdk;
use crate::table::Table;

/// Writes one whole item, its keys in the table and in every index included: one `PutItem` call.
///
/// It replaces what is stored under the key, unless [`if_absent`](Self::if_absent) asks for a free one.
/// It comes from [`Handle::put`] and [`Handle::insert`], or as a value from [`Entity::put`] and
/// [`Entity::insert`].
///
/// # Cost
///
/// One write unit for each KB of the larger of the new and the replaced item, and the same for each index
/// whose entry changes, twice where the index key changes
/// ([write capacity](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html)).
/// A refused insert costs as much.
///
/// # Errors
///
/// Before anything is sent: [`InvalidKey`](crate::ErrorKind::InvalidKey) if a value cannot stand in its
/// key, [`Encode`](crate::ErrorKind::Encode) if serde cannot store the entity. With `if_absent`,
/// [`AlreadyExists`](crate::ErrorKind::AlreadyExists). Otherwise what DynamoDB answers.
///
/// # Cancel safety
///
/// A dropped future may or may not have written the item. Putting the same item again is harmless.
#[derive(Debug, Clone)]
#[must_use = "a put does nothing until it is awaited"]
pub struct Put<E, C = Unbound> {
    // Made at once, so that the operation borrows nothing; a value that cannot be stored shows when sent.
    item: Result<Item, EncodeError>,
    if_absent: bool,
    client: C,
    entity: PhantomData<fn() -> E>,
}

impl<E: Entity> Put<E> {
    pub(crate) fn new(entity: &E) -> Self {
        Self { item: to_item(entity), if_absent: false, client: Unbound, entity: PhantomData }
    }

    pub(crate) fn with<C>(self, client: C) -> Put<E, C> {
        Put { item: self.item, if_absent: self.if_absent, client, entity: PhantomData }
    }
}

impl<E: Entity, C: Binding> Put<E, C> {
    /// Only if no item has this key yet.
    pub fn if_absent(mut self) -> Self {
        self.if_absent = true;
        self
    }

    /// The request as it would be sent.
    ///
    /// # Errors
    ///
    /// As awaiting it, before anything is sent.
    pub fn explain(&self) -> Result<PutItemInput, Error> {
        self.input()
    }

    fn call(&self) -> Call {
        let key = self.item.as_ref().ok().and_then(describe_key::<E::Table>);
        Call { operation: if self.if_absent { "insert" } else { "put" }, entity: E::MODEL.name, key }
    }

    fn input(&self) -> Result<PutItemInput, Error> {
        let item = self.item.clone().map_err(|error| Error::encode(self.call(), error))?;
        let mut input = PutItemInput::builder()
            .table_name(self.client.table_name::<E::Table>())
            .set_item(Some(item))
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes);
        if self.if_absent {
            input = input
                .condition_expression("attribute_not_exists(#pk)")
                .expression_attribute_names("#pk", E::Table::PARTITION_KEY);
        }
        input.build().map_err(|error| Error::request(self.call(), error))
    }
}

impl<E: Entity, T: Table> IntoFuture for Put<E, Handle<T>> {
    type Output = Result<Metered<()>, Error>;
    type IntoFuture = Sending<()>;

    fn into_future(self) -> Self::IntoFuture {
        let (input, call, if_absent, client) = (self.input(), self.call(), self.if_absent, self.client);
        Sending::new(async move {
            match sdk::put_item(client.sdk(), input?).await {
                Ok(answer) => Ok(answer.metered(|_| ())),
                Err(failure) if if_absent => Err(Error::sdk(call, client.name(), failure).of_insert()),
                Err(failure) => Err(Error::sdk(call, client.name(), failure)),
            }
        })
    }
}
