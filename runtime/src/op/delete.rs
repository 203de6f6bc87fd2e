//! Deleting one item: `DeleteItem`.

use std::future::IntoFuture;

use aws_sdk_dynamodb::operation::delete_item::DeleteItemInput;
use aws_sdk_dynamodb::types::ReturnConsumedCapacity;

use crate::entity::{Entity, EntityKey};
use crate::error::{Call, Error};
use crate::expr::condition::Condition;
use crate::handle::{Binding, Handle, Sending, Unbound};
use crate::item::{Item, describe_key, key_item};
use crate::key::KeyError;
use crate::metered::Metered;
use crate::op::guard::{Guard, Presence};
use crate::sdk;
use crate::table::Table;

/// Deletes one item by its key: one `DeleteItem` call.
///
/// Deleting what is not there is no error, unless [`if_present`](Self::if_present) asks for it.
///
/// # Cost
///
/// One write unit for each KB of the item, and the same for each index that holds it; 1 if it is not there;
/// a delete whose condition does not hold costs as much, and reports no cost
/// ([write capacity](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html)).
///
/// # Errors
///
/// Before anything is sent: [`InvalidKey`](crate::ErrorKind::InvalidKey), or
/// [`InvalidCondition`](crate::ErrorKind::InvalidCondition) if DynamoDB would not take the condition. With
/// `if_present`, [`NotFound`](crate::ErrorKind::NotFound); with `when`,
/// [`ConditionFailed`](crate::ErrorKind::ConditionFailed), which has the item: [`Error::current`]. Otherwise
/// what DynamoDB answers.
///
/// # Cancel safety
///
/// A dropped future may or may not have deleted the item. Deleting it again is harmless.
#[derive(Debug, Clone)]
#[must_use = "a delete does nothing until it is awaited"]
pub struct Delete<E, C = Unbound> {
    key: Result<Item, KeyError>,
    guard: Guard<E>,
    client: C,
}

impl<E: Entity> Delete<E> {
    pub(crate) fn new(key: E::Key) -> Self
    where
        E::Key: EntityKey<Entity = E>,
    {
        Self { key: key_item(&key), guard: Guard::none(), client: Unbound }
    }

    pub(crate) fn with<C>(self, client: C) -> Delete<E, C> {
        Delete { key: self.key, guard: self.guard, client }
    }
}

impl<E: Entity, C: Binding> Delete<E, C> {
    /// Only if there is an item with this key: otherwise it is an error.
    pub fn if_present(mut self) -> Self {
        self.guard.presence = Presence::Present;
        self
    }

    /// Only if this holds of the item. Several conditions have to hold together.
    ///
    /// Where there is no item, a condition sees an item without attributes.
    ///
    /// ```
    /// # use monotable::{Entity, Handle, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Product(Product) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "PRODUCT#{sku}", sk = "PRODUCT")]
    /// # struct Product { sku: String, stock: u32 }
    /// # async fn delete(shop: Handle<Shop>) -> Result<(), monotable::Error> {
    /// shop.delete(ProductKey { sku: "p1".into() }).if_present().when(Product::STOCK.eq(0)).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn when(mut self, condition: Condition<E>) -> Self {
        self.guard.when(condition);
        self
    }

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
        let guarded = self.guard.render(|| self.call())?;
        DeleteItemInput::builder()
            .table_name(self.client.table_name::<E::Table>())
            .set_key(Some(key))
            .set_condition_expression(guarded.condition)
            .set_expression_attribute_names(guarded.names)
            .set_expression_attribute_values(guarded.values)
            .set_return_values_on_condition_check_failure(guarded.on_failure)
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .build()
            .map_err(|error| Error::request(self.call(), error))
    }
}

impl<E: Entity, T: Table> IntoFuture for Delete<E, Handle<T>> {
    type Output = Result<Metered<()>, Error>;
    type IntoFuture = Sending<()>;

    fn into_future(self) -> Self::IntoFuture {
        let (input, call, guard, client) = (self.input(), self.call(), self.guard, self.client);
        Sending::new(async move {
            match sdk::delete_item(client.sdk(), input?).await {
                Ok(answer) => Ok(answer.metered(|_| ())),
                Err(failure) => Err(guard.failed(call, client.name(), failure)),
            }
        })
    }
}
