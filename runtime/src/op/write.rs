//! One write as it is sent, of no entity any more: by itself, in a transaction, or in a batch.
//!
//! Every operation that writes renders into this, and only this knows the SDK's types for it.

mod action;

use std::borrow::Cow;
use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;

use aws_sdk_dynamodb::operation::delete_item::DeleteItemInput;
use aws_sdk_dynamodb::operation::put_item::PutItemInput;
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnConsumedCapacity, ReturnValue};

use crate::error::{Call, Error};
use crate::expr::value::Value;
use crate::handle::{Handle, Sending};
use crate::item::{EncodedItem, HasAttributes, Item, StoredItem, StoredKey, item_size};
use crate::metered::Metered;
use crate::op::guard::Guarded;
use crate::sdk::{self, Answer, Failure, Filling, given};
use crate::table::Table;
use crate::unique::Plan;

#[derive(Debug, Clone)]
pub(crate) struct Write {
    pub(crate) call: Call,
    /// The name of the table that it goes to.
    pub(crate) table: String,
    pub(crate) kind: Kind,
    /// What has to hold.
    pub(crate) guarded: Guarded,
    /// Which attributes come back, where it is sent by itself.
    returns: Option<ReturnValue>,
    /// The markers of unique constraints that go with it.
    pub(crate) unique: Option<Box<Plan>>,
}

/// What is written.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    /// The whole item, its key included.
    Put {
        item: Arc<EncodedItem>,
    },
    /// Some attributes of the item with this key; none may change where the item may be new.
    Update {
        key: Item,
        expression: Option<String>,
    },
    Delete {
        key: Item,
    },
    /// Nothing: the condition alone, in a transaction.
    Check {
        key: Item,
    },
}

/// On its way. It is on the heap piece by piece: a future has room for all that may be in it, and is copied whole.
type Answered = Pin<Box<dyn Future<Output = Result<Metered<Option<StoredItem>>, Error>> + Send>>;

/// One call of the SDK on its way.
type InFlight = Pin<Box<dyn Future<Output = Result<Answer<Option<StoredItem>>, Failure>> + Send>>;

/// Gives the builder of an input, or of a request, what the write has. The SDK has no type for both of them.
macro_rules! built {
    ($builder:expr, $write:ident, $filling:ident $(, $set:ident $value:expr)* $(,)?) => {{
        let on_failure = $write.guarded.on_failure();
        let values = $filling.take_values($write.guarded.values);
        given!(
            $builder.set_table_name(Some($write.table))$(.$set($value))*,
            set_condition_expression $write.guarded.condition,
            set_expression_attribute_names $write.guarded.names,
            set_expression_attribute_values values,
            set_return_values $write.returns,
            set_return_values_on_condition_check_failure on_failure,
        )
    }};
}

/// The input of a write, to be shown.
macro_rules! shown {
    ($builder:expr, $write:ident $(, $set:ident $value:expr)* $(,)?) => {{
        let mut filling = Filling::of_shown();
        let builder = $builder.return_consumed_capacity(ReturnConsumedCapacity::Indexes);
        let input = built!(builder, $write, filling $(, $set $value)*);
        input.build().map_err(|error| Error::request($write.call, error))
    }};
}

impl Write {
    /// With what has to be true of unique constraints, if it changes some.
    pub(crate) fn new(call: Call, table: &str, kind: Kind, guarded: Guarded, unique: Option<Plan>) -> Self {
        Self { call, table: table.to_owned(), kind, guarded, returns: None, unique: unique.map(Box::new) }
    }

    /// With the item as it was before, or as it is after.
    pub(crate) fn returning(self, returns: ReturnValue) -> Self {
        Self { returns: Some(returns), ..self }
    }

    /// Whether attributes are to come back.
    pub(crate) fn returns(&self) -> bool {
        self.returns.is_some()
    }

    /// The item of a put.
    pub(crate) fn item(&self) -> Option<&Arc<EncodedItem>> {
        match &self.kind {
            Kind::Put { item } => Some(item),
            _ => None,
        }
    }

    /// Which item it is of, as DynamoDB compares keys, in a table whose key is `T`'s.
    pub(crate) fn identity<T: Table>(&self) -> Option<StoredKey> {
        StoredKey::of::<T>(self).map(StoredKey::identity)
    }

    /// The bytes of the item or the key, and of the values, as DynamoDB counts them.
    pub(crate) fn size(&self) -> usize {
        let values: usize = self.guarded.values.iter().flat_map(HashMap::values).map(Value::size).sum();
        match &self.kind {
            Kind::Put { item } => item.size(),
            Kind::Update { key, .. } => item_size(key) + values,
            Kind::Delete { key } | Kind::Check { key } => item_size(key),
        }
    }

    /// The request of a put.
    pub(crate) fn put_input(self) -> Result<PutItemInput, Error> {
        let Kind::Put { item } = self.kind else { unreachable!("not a put") };
        shown!(PutItemInput::builder(), self, set_item Some(item.to_item()))
    }

    /// The request of an update.
    pub(crate) fn update_input(self) -> Result<UpdateItemInput, Error> {
        let Kind::Update { key, expression } = self.kind else { unreachable!("not an update") };
        shown!(UpdateItemInput::builder(), self, set_key Some(key), set_update_expression expression)
    }

    /// The request of a delete.
    pub(crate) fn delete_input(self) -> Result<DeleteItemInput, Error> {
        let Kind::Delete { key } = self.kind else { unreachable!("not a delete") };
        shown!(DeleteItemInput::builder(), self, set_key Some(key))
    }

    /// Makes the request at once, and sends it where this is polled: with the markers of unique constraints where it
    /// changes some. What comes back are the attributes that were asked for.
    pub(crate) fn send<T: Table>(mut self, handle: &Handle<T>) -> Answered {
        match self.unique.take() {
            None => Box::pin(self.send_alone(handle)),
            Some(plan) => {
                let handle = handle.clone();
                Box::pin(async move { plan.send(self, &handle).await })
            }
        }
    }

    /// As [`Self::send`], where no attributes come back.
    pub(crate) fn sending<T: Table>(write: Result<Self, Error>, handle: &Handle<T>) -> Sending<()> {
        let answered = write.map(|write| write.send(handle));
        Sending::new(async move { Ok(answered?.await?.map(drop)) })
    }

    pub(crate) fn send_alone<T: Table>(
        self,
        handle: &Handle<T>,
    ) -> impl Future<Output = Result<Metered<Option<StoredItem>>, Error>> + use<T> {
        let (caller, table) = (handle.caller(&self.call), handle.shared_name());
        let mut filling = Filling::of_sent();
        let client = caller.client();
        let in_flight: InFlight = match self.kind {
            Kind::Put { item } => {
                let item = filling.take_item(item);
                let request = built!(client.put_item(), self, filling, set_item Some(item));
                Box::pin(sdk::put_item(caller, request, filling))
            }
            Kind::Update { key, expression } => {
                let request = client.update_item().set_key(Some(key));
                let request = given!(request, set_update_expression expression);
                let request = built!(request, self, filling);
                Box::pin(sdk::update_item(caller, request, filling))
            }
            Kind::Delete { key } => {
                let request = built!(client.delete_item(), self, filling, set_key Some(key));
                Box::pin(sdk::delete_item(caller, request))
            }
            Kind::Check { .. } => unreachable!("a check is sent in a transaction only"),
        };
        let (call, meaning) = (self.call, self.guarded.meaning);
        async move {
            let outcome = in_flight.await.map(|answer| answer.metered(|item| item));
            outcome.map_err(|failure| meaning.explain(Error::sdk(call, &table, failure)))
        }
    }
}

/// Those of the item, or of its key.
impl HasAttributes for Write {
    fn has(&self, attribute: &str) -> bool {
        match &self.kind {
            Kind::Put { item } => item.has(attribute),
            Kind::Update { key, .. } | Kind::Delete { key } | Kind::Check { key } => key.has(attribute),
        }
    }

    fn value(&self, attribute: &str) -> Option<Cow<'_, AttributeValue>> {
        match &self.kind {
            Kind::Put { item } => item.value(attribute),
            Kind::Update { key, .. } | Kind::Delete { key } | Kind::Check { key } => key.value(attribute),
        }
    }
}
