//! Reading items as they were at one moment: `TransactGetItems`.

use std::future::IntoFuture;

use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::operation::transact_get_items::TransactGetItemsInput;
use aws_sdk_dynamodb::types::{Get as SdkGet, ReturnConsumedCapacity, TransactGetItem};

use super::asked::{Asked, Different};
use crate::backoff::{Backoff, GaveUp};
use crate::error::Error;
use crate::explain::Explained;
use crate::handle::{Binding, Handle, Sending, Unbound};
use crate::item::{Item, StoredItem};
use crate::key_set::KeySet;
use crate::metered::{Cost, Metered};
use crate::sdk::{self, Failure, Reason};
use crate::table::Table;

/// DynamoDB takes so many keys in one transaction.
const KEYS_IN_A_TRANSACTION: usize = 100;

/// Reads up to 100 items as they were at one moment: one `TransactGetItems` call.
///
/// No write of another transaction is seen in part. The keys are a [`KeySet`], and the outcome has its
/// shape, in the order asked; where an item is missing, it says `None`. A key that stands there twice is
/// asked for once and answers both places. It comes from [`Handle::transact_get`], or as a value from
/// [`of`](Self::of).
///
/// A transaction that meets another at one of its items is cancelled. The SDK does not retry that, so this
/// does: with exponential backoff and full jitter, up to 10 times, waiting by the SDK client's own
/// `sleep_impl`; a client that has none does not retry.
///
/// # Cost
///
/// 2 read units for each 4 KB of each item, four times as much as an eventually consistent read; a missing
/// item costs as much as a small one
/// ([read capacity](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html)).
/// A cancelled try is charged too, and DynamoDB does not report it: it counts in
/// [`calls`](crate::Cost::calls) alone.
///
/// # Errors
///
/// Before anything is sent: [`InvalidKey`](crate::ErrorKind::InvalidKey),
/// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) for more than 100 different keys, and
/// [`DuplicateKey`](crate::ErrorKind::DuplicateKey) with [`refuse_duplicates`](Self::refuse_duplicates).
/// [`Conflict`](crate::ErrorKind::Conflict) or [`Throttled`](crate::ErrorKind::Throttled), with the first
/// key that it was about, if the tries are used up; [`WrongType`](crate::ErrorKind::WrongType),
/// [`MissingAttribute`](crate::ErrorKind::MissingAttribute) or [`Decode`](crate::ErrorKind::Decode) if a
/// stored item is not what its key says; otherwise what DynamoDB answers, items of more than 4 MB together
/// included.
///
/// # Cancel safety
///
/// Reading changes nothing: dropping the future only loses the outcome.
#[derive(Debug)]
#[must_use = "a transaction does nothing until it is awaited"]
pub struct TransactGet<T: Table, O, C = Unbound> {
    asked: Asked<T, O>,
    client: C,
}

impl<T: Table, O: Send + 'static> TransactGet<T, O> {
    /// Reads these keys, as a value.
    ///
    /// ```
    /// # use monotable::{Entity, Table, TransactGet};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table, Debug)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Entity, Serialize, Deserialize, Debug)]
    /// # #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{number:06}")]
    /// # struct Order { customer_id: String, number: u32 }
    /// let key = |number| OrderKey { customer_id: "ada".into(), number };
    /// let call = TransactGet::<Shop, _>::of([key(1), key(2), key(1)]).explain()?;
    /// assert_eq!(call.transact_items().len(), 2);
    /// # Ok::<(), monotable::Error>(())
    /// ```
    pub fn of<S: KeySet<T, Found = O>>(keys: S) -> Self {
        Self { asked: Asked::new("transact_get", keys), client: Unbound }
    }

    pub(crate) fn with<C>(self, client: C) -> TransactGet<T, O, C> {
        TransactGet { asked: self.asked, client }
    }
}

impl<T: Table, O: Send + 'static, C: Binding> TransactGet<T, O, C> {
    /// Returns items that are past their time too, as long as DynamoDB has not deleted them.
    pub fn including_expired(mut self) -> Self {
        self.asked.include_expired();
        self
    }

    /// Refuses keys that stand there twice, instead of asking for them once.
    ///
    /// Keys are the same if DynamoDB takes them for the same: their values in the table's key attributes
    /// are equal, numbers by value.
    pub fn refuse_duplicates(mut self) -> Self {
        self.asked.refuse_duplicates();
        self
    }

    /// The request as it would be sent. For no keys it is empty, and none is sent.
    ///
    /// # Errors
    ///
    /// As awaiting it, before anything is sent.
    pub fn explain(&self) -> Result<Explained<TransactGetItemsInput>, Error> {
        Ok(Explained::of::<T>(self.input(&self.asked.different()?)?, &self.client))
    }

    fn input(&self, different: &Different<'_, T>) -> Result<TransactGetItemsInput, Error> {
        let keys = &different.keys;
        if keys.len() > KEYS_IN_A_TRANSACTION {
            return Err(Error::too_many(self.asked.call(), keys.len(), KEYS_IN_A_TRANSACTION));
        }
        input(self.client.table_name::<T>(), keys).map_err(|error| Error::request(self.asked.call(), error))
    }
}

fn input(table: &str, keys: &[Item]) -> Result<TransactGetItemsInput, BuildError> {
    let gets = keys.iter().map(|key| {
        let get = SdkGet::builder().table_name(table).set_key(Some(key.clone())).build()?;
        Ok(TransactGetItem::builder().get(get).build())
    });
    TransactGetItemsInput::builder()
        .set_transact_items(Some(gets.collect::<Result<_, BuildError>>()?))
        .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
        .build()
}

impl<T: Table, O: Send + 'static> TransactGet<T, O, Handle<T>> {
    async fn run(self) -> Result<Metered<O>, Error> {
        let different = self.asked.different()?;
        let input = self.input(&different)?;
        let mut cost = Cost::default();
        let found = match different.keys.is_empty() {
            true => Vec::new(),
            false => self.send(input, &different, &mut cost).await?,
        };
        match self.asked.read(&different, found, self.client.now()) {
            Ok(found) => Ok(cost.of(found)),
            Err(error) => Err(error.after(&cost)),
        }
    }

    /// What is found for each key, after as many tries as it takes.
    async fn send(
        &self,
        input: TransactGetItemsInput,
        different: &Different<'_, T>,
        cost: &mut Cost,
    ) -> Result<Vec<Option<StoredItem>>, Error> {
        let (mut backoff, caller) = (Backoff::default(), self.client.caller(&self.asked.call()));
        loop {
            let failure = match sdk::transact_get_items(&caller, input.clone()).await {
                Ok(answer) => {
                    *cost += &answer.cost;
                    let mut found = answer.output;
                    found.resize(different.keys.len(), None);
                    return Ok(found);
                }
                Err(failure) => failure,
            };
            if !failure.passes() {
                return Err(self.failed(self.client.name(), different, failure, None).after(cost));
            }
            if let Err(gave_up) = backoff.rest(false, failure.sleep.as_ref()).await {
                return Err(self.failed(self.client.name(), different, failure, Some(gave_up)).after(cost));
            }
            *cost += &failure.cost();
        }
    }
}

impl<T: Table, O: Send + 'static, C> TransactGet<T, O, C> {
    /// The error names the first key that the transaction was cancelled for.
    fn failed(
        &self,
        table: &str,
        different: &Different<'_, T>,
        failure: Failure,
        gave_up: Option<GaveUp>,
    ) -> Error {
        let culprit = failure.reasons.iter().position(Reason::is_why);
        match culprit.and_then(|at| different.asked_by(at).zip(Some(at))) {
            Some((key, at)) => Error::cancelled(self.asked.call_of(key), failure, at, gave_up),
            None => Error::sdk(self.asked.call(), table, failure),
        }
    }
}

impl<T: Table, O: Send + 'static> IntoFuture for TransactGet<T, O, Handle<T>> {
    type Output = Result<Metered<O>, Error>;
    type IntoFuture = Sending<O>;

    fn into_future(self) -> Self::IntoFuture {
        Sending::new(self.run())
    }
}

impl<T: Table, O, C: Clone> Clone for TransactGet<T, O, C> {
    fn clone(&self) -> Self {
        Self { asked: self.asked.clone(), client: self.client.clone() }
    }
}
