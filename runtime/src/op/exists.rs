//! Whether there is an item: `GetItem` of its key alone.

use std::future::IntoFuture;
use std::marker::PhantomData;
use std::time::SystemTime;

use aws_sdk_dynamodb::operation::get_item::GetItemInput;
use aws_sdk_dynamodb::types::ReturnConsumedCapacity;

use crate::entity::{Entity, EntityKey};
use crate::error::{Call, Error};
use crate::expiry::Expiry;
use crate::explain::Explained;
use crate::expr::condition::Condition;
use crate::expr::path::Path;
use crate::expr::render::Expressions;
use crate::handle::{Binding, Handle, Sending, Unbound};
use crate::item::{Item, StoredItem, StoredKey, key_item};
use crate::key::KeyError;
use crate::managed::Versioned;
use crate::metered::Metered;
use crate::op::check::Check;
use crate::op::write::Write;
use crate::sdk;
use crate::table::Table;

/// Says whether there is an item with a key: one `GetItem` call that returns the partition key alone.
///
/// What the item holds is neither sent nor read, so an item that does not make an entity exists too. Before a
/// write, prefer a condition on the write: [`Put::if_absent`](crate::Put::if_absent) and its like judge the item
/// as it is at that moment.
///
/// # Cost
///
/// That of a [`Get`](crate::Get): DynamoDB charges for the size of the whole item, 0.5 read units for each 4 KB,
/// or 1 with [`consistent`](Self::consistent)
/// ([read capacity](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html)).
///
/// # Errors
///
/// [`InvalidKey`](crate::ErrorKind::InvalidKey) before anything is sent; otherwise what DynamoDB answers.
///
/// # Cancel safety
///
/// Reading changes nothing: dropping the future only loses the outcome.
#[derive(Debug, Clone)]
#[must_use = "it is not asked until it is awaited"]
pub struct Exists<E, C = Unbound> {
    key: Result<Item, KeyError>,
    consistent: bool,
    expires_by: Option<&'static str>,
    pub(crate) client: C,
    entity: PhantomData<fn() -> E>,
}

impl<E: Entity> Exists<E> {
    pub(crate) fn new(key: E::Key) -> Self
    where
        E::Key: EntityKey<Entity = E>,
    {
        let (consistent, expires_by) = (false, E::MODEL.ttl);
        Self { key: key_item(&key), consistent, expires_by, client: Unbound, entity: PhantomData }
    }

    pub(crate) fn with<C>(self, client: C) -> Exists<E, C> {
        let Self { key, consistent, expires_by, .. } = self;
        Exists { key, consistent, expires_by, client, entity: PhantomData }
    }
}

impl<E: Entity, C: Binding> Exists<E, C> {
    /// Sees what was written before this call, at twice the cost.
    pub fn consistent(mut self) -> Self {
        self.consistent = true;
        self
    }

    /// Says yes of an item that is past its time too, as long as DynamoDB has not deleted it.
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
        Ok(Explained::of::<E::Table>(self.input()?, &self.client))
    }

    /// In a transaction, only if this holds of the item too: a [`Check`], which is no operation by itself.
    pub fn when(self, condition: Condition<E>) -> Check<E, C> {
        Check::present(self.key, self.client).when(condition)
    }

    /// In a transaction, only if the item has this version too: a [`Check`], which is no operation by itself.
    pub fn at_version(self, version: E::Version) -> Check<E, C>
    where
        E: Versioned,
    {
        Check::present(self.key, self.client).at_version(version)
    }

    pub(crate) fn into_write(self, table: &str, now: SystemTime) -> Result<Write, Error> {
        Check::<E, _>::present(self.key, Unbound).into_write(table, now)
    }

    fn call(&self) -> Call {
        let key = self.key.as_ref().ok().and_then(StoredKey::of::<E::Table>);
        Call { operation: "check", entity: E::MODEL.name, key }
    }

    fn input(&self) -> Result<GetItemInput, Error> {
        let key = self.key.clone().map_err(|error| Error::key(self.call(), error))?;
        let mut expressions = Expressions::default();
        let paths = std::iter::once(E::Table::PARTITION_KEY).chain(self.expires_by).map(Path::attribute);
        let projection = expressions.projection(&paths.collect::<Vec<_>>());
        let rendered = projection.and_then(|text| Ok((text, expressions.finish()?)));
        let (projection, substitutions) =
            rendered.map_err(|problem| Error::condition(self.call(), &problem))?;
        GetItemInput::builder()
            .table_name(self.client.table_name::<E::Table>())
            .set_key(Some(key))
            .projection_expression(projection)
            .set_expression_attribute_names(substitutions.names)
            .set_consistent_read(self.consistent.then_some(true))
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .build()
            .map_err(|error| Error::request(self.call(), error))
    }
}

impl<E: Entity, T: Table> IntoFuture for Exists<E, Handle<T>> {
    type Output = Result<Metered<bool>, Error>;
    type IntoFuture = Sending<bool>;

    fn into_future(self) -> Self::IntoFuture {
        let expiry = Expiry::at(self.expires_by, self.client.now());
        let (input, call, client) = (self.input(), self.call(), self.client);
        Sending::new(async move {
            let answer = sdk::get_item(client.caller(&call), input?).await;
            let answer = answer.map_err(|failure| Error::sdk(call, client.name(), failure))?;
            let is_over = |item: &StoredItem| expiry.is_some_and(|expiry| expiry.is_over(item));
            Ok(answer.metered(|item| item.is_some_and(|item| !is_over(&item))))
        })
    }
}
