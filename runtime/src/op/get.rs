//! Reading one item: `GetItem`.

use std::future::IntoFuture;
use std::marker::PhantomData;

use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::operation::get_item::GetItemInput;
use aws_sdk_dynamodb::types::ReturnConsumedCapacity;

use crate::entity::{Entity, EntityKey};
use crate::error::{Call, Error};
use crate::expiry::Expiry;
use crate::explain::Explained;
use crate::handle::{Binding, Handle, Sending, Unbound};
use crate::item::{Item, StoredKey, key_item};
use crate::key::KeyError;
use crate::metered::Metered;
use crate::sdk;
use crate::table::Table;

/// Reads one item by its key: one `GetItem` call. Its outcome is none if there is no such item.
///
/// # Cost
///
/// 0.5 read units for each 4 KB of the item, or 1 with [`consistent`](Self::consistent); a missing item
/// costs as much as a small one
/// ([read capacity](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html)).
///
/// # Errors
///
/// [`InvalidKey`](crate::ErrorKind::InvalidKey) before anything is sent;
/// [`WrongType`](crate::ErrorKind::WrongType) if an item of another entity has this key;
/// [`MissingAttribute`](crate::ErrorKind::MissingAttribute) or [`Decode`](crate::ErrorKind::Decode) if the
/// stored item does not make an entity; otherwise what DynamoDB answers.
///
/// # Cancel safety
///
/// Reading changes nothing: dropping the future only loses the outcome.
#[derive(Debug, Clone)]
#[must_use = "a get does nothing until it is awaited"]
pub struct Get<E, C = Unbound> {
    key: Result<Item, KeyError>,
    consistent: bool,
    expires_by: Option<&'static str>,
    client: C,
    entity: PhantomData<fn() -> E>,
}

impl<E: Entity> Get<E> {
    pub(crate) fn new(key: E::Key) -> Self
    where
        E::Key: EntityKey<Entity = E>,
    {
        let (consistent, expires_by) = (false, E::MODEL.ttl);
        Self { key: key_item(&key), consistent, expires_by, client: Unbound, entity: PhantomData }
    }

    pub(crate) fn with<C>(self, client: C) -> Get<E, C> {
        let Self { key, consistent, expires_by, .. } = self;
        Get { key, consistent, expires_by, client, entity: PhantomData }
    }
}

impl<E: Entity, C: Binding> Get<E, C> {
    /// Reads what was written before this call, at twice the cost.
    pub fn consistent(mut self) -> Self {
        self.consistent = true;
        self
    }

    /// Returns an item that is past its time too, as long as DynamoDB has not deleted it.
    pub fn including_expired(mut self) -> Self {
        self.expires_by = None;
        self
    }

    /// The request as it would be sent.
    ///
    /// # Errors
    ///
    /// As awaiting it, before anything is sent.
    pub fn explain(&self) -> Result<Explained<GetItemInput>, Error> {
        let (table, key) = (self.client.table_name::<E::Table>(), self.key.clone());
        let input = render(&self.call(), table, key, self.consistent)?;
        Ok(Explained::of::<E::Table>(input, &self.client))
    }

    fn call(&self) -> Call {
        let key = self.key.as_ref().ok().and_then(StoredKey::of::<E::Table>);
        Call { operation: "get", entity: E::MODEL.name, key }
    }
}

fn render(
    call: &Call,
    table: &str,
    key: Result<Item, KeyError>,
    consistent: bool,
) -> Result<GetItemInput, Error> {
    let key = key.map_err(|error| Error::key(call.clone(), error))?;
    input(table, key, consistent).map_err(|error| Error::request(call.clone(), error))
}

/// The request for a whole item.
pub(super) fn input(table: &str, key: Item, consistent: bool) -> Result<GetItemInput, BuildError> {
    GetItemInput::builder()
        .table_name(table)
        .set_key(Some(key))
        .set_consistent_read(consistent.then_some(true))
        .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
        .build()
}

impl<E: Entity, T: Table> IntoFuture for Get<E, Handle<T>> {
    type Output = Result<Metered<Option<E>>, Error>;
    type IntoFuture = Sending<Option<E>>;

    fn into_future(self) -> Self::IntoFuture {
        let expiry = Expiry::at(self.expires_by, self.client.now());
        let (call, client) = (self.call(), self.client);
        let input = render(&call, client.name(), self.key, self.consistent);
        let sent = input.map(|input| Box::pin(sdk::get_item(client.caller(&call), input)));
        Sending::new(async move {
            let (item, cost) = match sent?.await {
                Ok(answer) => answer.metered(|item| item).into_parts(),
                Err(failure) => return Err(Error::sdk(call, client.name(), failure)),
            };
            let item = item.filter(|item| !expiry.is_some_and(|expiry| expiry.is_over(item)));
            let entity = item.map(|item| item.read()).transpose();
            match entity {
                Ok(entity) => Ok(cost.of(entity)),
                Err(error) => Err(Error::item(call, error).after(&cost)),
            }
        })
    }
}
