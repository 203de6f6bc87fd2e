//! Writes that happen together or not at all: `TransactWriteItems`.

mod limits;
mod outcome;
mod outline;

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;

use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsInput;
use aws_sdk_dynamodb::types::ReturnConsumedCapacity;

pub use self::outcome::ActionOutcome;
use self::outline::Outline;
use crate::backoff::Backoff;
use crate::entity::Entity;
use crate::error::{Call, Error};
use crate::explain::Explained;
use crate::handle::{Binding, Handle, Sending, Unbound};
use crate::metered::{Cost, Metered};
use crate::op::action::{Action, Checks, Part, Writes};
use crate::op::delete::Delete;
use crate::op::put::Put;
use crate::op::update::Update;
use crate::op::write::Write;
use crate::sdk::{self, Filling, TakesItems};
use crate::table::Table;

/// Writes up to 100 items together or not at all: one `TransactWriteItems` call.
///
/// Its actions are values of other operations, each of another item, of any entities of the table: puts
/// (inserts and replacements included), updates, deletes, and checks of items that are not written. An action of
/// another table is one that a handle to that table made, `.put(archive.put(&order))`; that table has to be in
/// the same account and region, and the transaction goes through the client of its own handle. It comes from
/// [`Handle::transact`], or as a value from [`new`](Self::new).
///
/// ```
/// use monotable::{Entity, ErrorKind, Table};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Table)]
/// #[table(name = "shop")]
/// enum Shop { Customer(Customer), Order(Order) }
///
/// #[derive(Entity, Serialize, Deserialize)]
/// #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "PROFILE")]
/// struct Customer { customer_id: String, blocked: bool }
///
/// #[derive(Entity, Serialize, Deserialize)]
/// #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{number:06}")]
/// struct Order { customer_id: String, number: u32 }
///
/// # #[cfg(feature = "embedded")]
/// # #[tokio::main] async fn main() -> Result<(), monotable::Error> {
/// let shop = Shop::embedded().await?;
/// shop.put(&Customer { customer_id: "ada".into(), blocked: true }).await?;
///
/// let customer = CustomerKey { customer_id: "ada".into() };
/// let order = Order { customer_id: "ada".into(), number: 7 };
/// let outcome = shop
///     .transact()
///     .check(Customer::exists(customer).when(Customer::BLOCKED.eq(false)))
///     .put(order.insert())
///     .await;
///
/// let error = outcome.unwrap_err();
/// assert_eq!((error.operation(), error.kind()), ("check", ErrorKind::ConditionFailed));
/// let [customer, order] = error.actions() else { panic!("two actions") };
/// assert!(customer.current::<Customer>().unwrap().unwrap().blocked);
/// assert!(order.error().is_none());
/// # Ok(()) }
/// # #[cfg(not(feature = "embedded"))] fn main() {}
/// ```
///
/// # Tries
///
/// A transaction that meets another write at one of its items is cancelled, and so is one that finds no
/// capacity. The SDK does not retry that, so this does: with exponential backoff and full jitter, up to 10
/// times, waiting by the SDK client's own `sleep_impl`; a client that has none does not retry. A condition that
/// does not hold is never tried again.
///
/// Every try of one transaction, the SDK's retries included, has the same idempotency token, so it takes effect
/// once however often it is sent. See [`idempotency_token`](Self::idempotency_token) for tries of your own.
///
/// # Cost
///
/// 2 write units for each KB of each item, twice what the writes cost by themselves, and 1 for each KB that
/// changes in an index; a check costs as much as a write of that item
/// ([write capacity](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html)).
/// A cancelled try is charged too, and DynamoDB does not report it: it counts in [`calls`](Cost::calls) alone.
/// The units of several tables are added up. Where DynamoDB finds that the transaction has taken effect before,
/// it reports 2 read units for each 4 KB instead.
///
/// # Errors
///
/// Before anything is sent: what an action by itself would refuse;
/// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) for more than 100 actions, or more than 4 MB;
/// [`DuplicateKey`](crate::ErrorKind::DuplicateKey) for two actions on one item.
///
/// If it is cancelled, the error is that of the first action that is why, by its operation, entity and key:
/// [`AlreadyExists`](crate::ErrorKind::AlreadyExists), [`NotFound`](crate::ErrorKind::NotFound) or
/// [`ConditionFailed`](crate::ErrorKind::ConditionFailed), with the item that was met;
/// [`Conflict`](crate::ErrorKind::Conflict) or [`Throttled`](crate::ErrorKind::Throttled) if the tries are used
/// up. [`Error::actions`] has what became of each action. Otherwise what DynamoDB answers.
///
/// # Cancel safety
///
/// A dropped future may or may not have written, but never a part: all of it or nothing. To find out, send the
/// same actions again with the same [token](Self::idempotency_token).
#[must_use = "a transaction does nothing until it is awaited"]
pub struct Transact<T, C = Unbound> {
    // Made at once, so that the transaction borrows nothing; what cannot be sent shows when it is sent.
    actions: Vec<Result<Vec<Part>, Error>>,
    token: Option<String>,
    client: C,
    table: PhantomData<fn() -> T>,
}

impl<T: Table> Transact<T> {
    /// A transaction without actions, as a value.
    ///
    /// ```
    /// # use monotable::{Entity, Table, Transact};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
    /// # struct Order { order_id: u64 }
    /// let order = Order { order_id: 7 };
    /// let call = Transact::<Shop>::new()
    ///     .put(order.insert())
    ///     .delete(Order::delete(OrderKey { order_id: 6 }))
    ///     .explain()?;
    /// assert_eq!(call.transact_items().len(), 2);
    /// # Ok::<(), monotable::Error>(())
    /// ```
    // The table is to be named at once: nothing else says which it is.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Self { actions: Vec::new(), token: None, client: Unbound, table: PhantomData }
    }

    pub(crate) fn with<C>(self, client: C) -> Transact<T, C> {
        Transact { actions: self.actions, token: self.token, client, table: PhantomData }
    }
}

impl<T: Table, C: Binding> Transact<T, C> {
    /// Writes a whole item: a put, an insert or a replacement.
    pub fn put<E, B, G>(self, put: Put<E, B, G>) -> Self
    where
        Put<E, B, G>: Action<T>,
    {
        self.add(put)
    }

    /// Changes attributes of an item: an update or an upsert.
    pub fn update<E: Entity, B, P>(self, update: Update<E, B, P>) -> Self
    where
        Update<E, B, P>: Action<T>,
    {
        self.add(update)
    }

    /// Deletes an item.
    pub fn delete<E, B, G>(self, delete: Delete<E, B, G>) -> Self
    where
        Delete<E, B, G>: Action<T>,
    {
        self.add(delete)
    }

    /// Goes ahead only if this holds of an item that is not written: that it [exists](crate::Entity::exists), has a
    /// certain [state](crate::Exists::when), or is [absent](crate::Entity::absent).
    pub fn check<A: Checks + Action<T>>(self, check: A) -> Self {
        self.add(check)
    }

    /// The token of this transaction, in place of a random one: 1 to 36 characters.
    ///
    /// For 10 minutes DynamoDB takes a transaction with this token for the same one, and does not write again. So a
    /// program that does not know whether its transaction took effect, after a timeout or a crash, makes the same
    /// one again with the same token. Other actions with this token are an error,
    /// [`IdempotencyMismatch`](crate::ErrorKind::IdempotencyMismatch).
    pub fn idempotency_token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// The request as it would be sent, but for the token where it is random. For no actions it is empty, and none
    /// is sent.
    ///
    /// # Errors
    ///
    /// As awaiting it, before anything is sent.
    pub fn explain(&self) -> Result<Explained<TransactWriteItemsInput>, Error> {
        let (request, _) = render::<T>(self.actions.clone(), self.token.clone())?;
        Ok(Explained::of::<T>(request.input.with(&request.filling), &self.client))
    }

    fn add<A: Action<T>>(mut self, action: A) -> Self {
        let Writes(writes) = action.into_writes(self.client.table_name::<T>(), self.client.now());
        self.actions.push(writes);
        self
    }
}

/// What is sent.
struct Request {
    /// Without the items, and without large values.
    input: TransactWriteItemsInput,
    filling: Filling,
}

fn render<T: Table>(
    actions: Vec<Result<Vec<Part>, Error>>,
    token: Option<String>,
) -> Result<(Request, Outline), Error> {
    let actions = actions.into_iter().collect::<Result<Vec<_>, _>>()?;
    let outline = Outline::of::<T>(&actions);
    let writes: Vec<_> = actions.iter().flatten().collect();
    limits::check(|| outline.call(), &writes)?;
    if token.as_ref().is_some_and(|token| !(1..=36).contains(&token.chars().count())) {
        let reason = "its idempotency token has to have 1 to 36 characters";
        return Err(Error::refused(outline.call(), reason));
    }
    let mut filling = Filling::default();
    let parts = actions.into_iter().flatten();
    let actions = parts.map(|part| part.write.action(&mut filling)).collect::<Result<_, _>>();
    let input = actions.and_then(|actions| {
        TransactWriteItemsInput::builder()
            .set_transact_items(Some(actions))
            .set_client_request_token(token)
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .build()
    });
    match input {
        Ok(input) => Ok((Request { input, filling }, outline)),
        Err(error) => Err(Error::request(outline.call(), error)),
    }
}

impl<T: Table> Transact<T, Handle<T>> {
    async fn run(self) -> Result<Metered<()>, Error> {
        let (request, outline) = render::<T>(self.actions, self.token)?;
        let call = outline.call();
        Ok(send(request, outline, &self.client, &call).await?.of(()))
    }
}

/// What it cost, after as many tries as it takes.
async fn send<T: Table>(
    Request { mut input, filling }: Request,
    outline: Outline,
    client: &Handle<T>,
    call: &Call,
) -> Result<Cost, Error> {
    let mut cost = Cost::default();
    if input.transact_items().is_empty() {
        return Ok(cost);
    }
    // Here, because the SDK would make another for each try.
    input.client_request_token.get_or_insert_with(random_token);
    let (mut backoff, caller) = (Backoff::default(), client.caller(call));
    loop {
        let failure = match sdk::transact_write_items(&caller, input.clone(), filling.clone()).await {
            Ok(answer) => {
                cost += &answer.cost;
                return Ok(cost);
            }
            Err(failure) => failure,
        };
        if !failure.passes() {
            return Err(outline.failed(client.name(), failure, None).after(&cost));
        }
        if let Err(gave_up) = backoff.rest(false, failure.sleep.as_ref()).await {
            return Err(outline.failed(client.name(), failure, Some(gave_up)).after(&cost));
        }
        cost += &failure.cost();
    }
}

/// One operation whose first write brings others along: in a transaction, unless it brings none.
pub(crate) async fn send_together<T: Table>(
    mut writes: Vec<Write>,
    client: &Handle<T>,
) -> Result<Cost, Error> {
    match writes.len() {
        0 => Ok(Cost::default()),
        1 => Ok(writes.remove(0).send_alone(client).await?.cost().clone()),
        _ => {
            let call = writes[0].call.clone();
            let parts = writes.into_iter().map(Part::of::<T>).collect();
            let (request, outline) = render::<T>(vec![Ok(parts)], None)?;
            send(request, outline, client, &call).await.map_err(Error::of_one_operation)
        }
    }
}

/// As the SDK makes them, which keeps how to itself.
fn random_token() -> String {
    format!("{:032x}", fastrand::u128(..))
}

impl<T: Table> IntoFuture for Transact<T, Handle<T>> {
    type Output = Result<Metered<()>, Error>;
    type IntoFuture = Sending<()>;

    fn into_future(self) -> Self::IntoFuture {
        Sending::new(self.run())
    }
}

impl<T, C: Clone> Clone for Transact<T, C> {
    fn clone(&self) -> Self {
        let Self { actions, token, client, table } = self;
        Self { actions: actions.clone(), token: token.clone(), client: client.clone(), table: *table }
    }
}

/// The calls of its actions.
impl<T, C> fmt::Debug for Transact<T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let calls = self.actions.iter().map(|writes| match writes {
            Ok(writes) => writes.first().map(|part| &part.write.call).ok_or(None),
            Err(error) => Err(Some(error)),
        });
        f.debug_list().entries(calls).finish()
    }
}

impl<T: Table> Handle<T> {
    /// Writes up to 100 items together or not at all: see [`Transact`].
    pub fn transact(&self) -> Transact<T, Handle<T>> {
        Transact::new().with(self.clone())
    }
}
