//! Reading any number of items by their keys: `BatchGetItem`.

use std::future::IntoFuture;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use aws_sdk_dynamodb::config::SharedAsyncSleep;
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemInput;
use aws_sdk_dynamodb::types::{KeysAndAttributes, ReturnConsumedCapacity};

use super::asked::{Asked, Different};
use crate::backoff::Backoff;
use crate::concurrent::bounded;
use crate::error::Error;
use crate::explain::Explained;
use crate::handle::{Binding, Handle, Sending, Unbound};
use crate::item::{Item, StoredItem};
use crate::key_set::KeySet;
use crate::metered::{Cost, Metered};
use crate::sdk::{self, Batch};
use crate::table::Table;

/// DynamoDB takes so many keys in one call.
const KEYS_IN_A_CALL: usize = 100;

const CALLS_AT_ONCE: NonZeroUsize = NonZeroUsize::new(4).unwrap();

/// Reads any number of items by their keys: `BatchGetItem` calls of up to 100 keys, four at a time.
///
/// The keys are a [`KeySet`], and the outcome has its shape, in the order asked; where an item is missing,
/// it says `None`. A key that stands there twice is asked for once and answers both places. It comes from
/// [`Handle::batch_get`], or as a value from [`of`](Self::of).
///
/// Keys that DynamoDB leaves unprocessed are asked for again, packed anew into calls, once all calls of a
/// round are answered: up to 50 ms later if the round brought anything, with exponential backoff and full
/// jitter if not. After 10 rounds in a row that brought nothing it gives up. It waits by the SDK client's
/// own `sleep_impl`; a client that has none gives up after the first round that brought nothing. Throttled
/// calls are retried by the SDK, as its retry configuration says.
///
/// # Cost
///
/// Each item is rounded up by itself: 0.5 read units for each 4 KB, or 1 with
/// [`consistent`](Self::consistent); a missing item costs as much as a small one
/// ([read capacity](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html)).
/// The cost is that of all calls together. What is read in one partition costs less by
/// [`Handle::query`], which adds the items up before it rounds.
///
/// # Consistency
///
/// The items are read one by one: a write may come between two of them.
/// [`Handle::transact_get`] reads up to 100 as they were at one moment.
///
/// # Errors
///
/// Before anything is sent: [`InvalidKey`](crate::ErrorKind::InvalidKey), and
/// [`DuplicateKey`](crate::ErrorKind::DuplicateKey) with [`refuse_duplicates`](Self::refuse_duplicates).
/// [`Throttled`](crate::ErrorKind::Throttled) if keys stay unprocessed: they are never taken for missing.
/// [`WrongType`](crate::ErrorKind::WrongType), [`MissingAttribute`](crate::ErrorKind::MissingAttribute) or
/// [`Decode`](crate::ErrorKind::Decode) if a stored item is not what its key says, with that key; otherwise
/// what DynamoDB answers. Once a call fails, none is begun, and those on their way are awaited:
/// [`Error::cost`] has what all of them cost.
///
/// # Cancel safety
///
/// Reading changes nothing: dropping the future drops the calls on their way, and loses what was read and
/// what it cost.
#[derive(Debug)]
#[must_use = "a batch does nothing until it is awaited"]
pub struct BatchGet<T: Table, O, C = Unbound> {
    asked: Asked<T, O>,
    consistent: bool,
    calls_at_once: NonZeroUsize,
    client: C,
}

impl<T: Table, O: Send + 'static> BatchGet<T, O> {
    /// Reads these keys, as a value.
    ///
    /// ```
    /// # use monotable::{BatchGet, Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table, Debug)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Entity, Serialize, Deserialize, Debug)]
    /// # #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{number:06}")]
    /// # struct Order { customer_id: String, number: u32 }
    /// let keys: Vec<_> = (0..250).map(|number| OrderKey { customer_id: "ada".into(), number }).collect();
    /// let calls = BatchGet::<Shop, _>::of(&keys).explain()?;
    /// assert_eq!(calls.len(), 3);
    /// # Ok::<(), monotable::Error>(())
    /// ```
    pub fn of<S: KeySet<T, Found = O>>(keys: S) -> Self {
        let asked = Asked::new("batch_get", keys);
        Self { asked, consistent: false, calls_at_once: CALLS_AT_ONCE, client: Unbound }
    }

    pub(crate) fn with<C>(self, client: C) -> BatchGet<T, O, C> {
        let Self { asked, consistent, calls_at_once, client: _ } = self;
        BatchGet { asked, consistent, calls_at_once, client }
    }
}

impl<T: Table, O: Send + 'static, C: Binding> BatchGet<T, O, C> {
    /// Reads what was written before this call, at twice the cost.
    pub fn consistent(mut self) -> Self {
        self.consistent = true;
        self
    }

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

    /// So many calls are on their way at a time; 4 if nothing is said, and none counts as one.
    pub fn calls_at_once(mut self, calls: usize) -> Self {
        self.calls_at_once = NonZeroUsize::new(calls).unwrap_or(NonZeroUsize::MIN);
        self
    }

    /// The requests as they would be sent, if DynamoDB processed all keys: one for each 100 different keys, none
    /// for no keys.
    ///
    /// # Errors
    ///
    /// As awaiting it, before anything is sent.
    pub fn explain(&self) -> Result<Vec<Explained<BatchGetItemInput>>, Error> {
        let different = self.asked.different()?;
        let all: Vec<_> = (0..different.keys.len()).collect();
        let inputs = self.inputs(&different.keys, &all)?;
        Ok(inputs.into_iter().map(|input| Explained::of::<T>(input, &self.client)).collect())
    }

    /// The requests for some of the keys.
    fn inputs(&self, keys: &[Item], wanted: &[usize]) -> Result<Vec<BatchGetItemInput>, Error> {
        let table = self.client.table_name::<T>();
        let inputs = wanted.chunks(KEYS_IN_A_CALL).map(|chunk| {
            let keys = chunk.iter().map(|&at| keys[at].clone()).collect();
            input(table, keys, self.consistent)
        });
        inputs.collect::<Result<_, _>>().map_err(|error| Error::request(self.asked.call(), error))
    }
}

fn input(table: &str, keys: Vec<Item>, consistent: bool) -> Result<BatchGetItemInput, BuildError> {
    let keys = KeysAndAttributes::builder()
        .set_keys(Some(keys))
        .set_consistent_read(consistent.then_some(true))
        .build()?;
    BatchGetItemInput::builder()
        .request_items(table, keys)
        .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
        .build()
}

/// What all rounds have brought.
struct Progress<'a, 'k, T> {
    different: &'a Different<'k, T>,
    found: Vec<Option<StoredItem>>,
    /// The keys that have no answer yet.
    pending: Vec<usize>,
    cost: Cost,
    sleep: Option<SharedAsyncSleep>,
}

impl<'a, 'k, T: Table> Progress<'a, 'k, T> {
    fn new(different: &'a Different<'k, T>) -> Self {
        let keys = different.keys.len();
        let (found, pending) = (vec![None; keys], (0..keys).collect());
        Self { different, found, pending, cost: Cost::default(), sleep: None }
    }

    /// Takes up an answer; the keys that it leaves unprocessed are pending again.
    fn take(&mut self, output: Batch) {
        for item in output.items {
            if let Some(at) = self.different.of_item(&item) {
                self.found[at] = Some(item);
            }
        }
        let unprocessed = output.unprocessed.values().flat_map(KeysAndAttributes::keys);
        self.pending.extend(unprocessed.filter_map(|key| self.different.of_item(key)));
    }
}

impl<T: Table, O: Send + 'static> BatchGet<T, O, Handle<T>> {
    async fn run(self) -> Result<Metered<O>, Error> {
        let different = self.asked.different()?;
        let (mut progress, mut backoff) = (Progress::new(&different), Backoff::default());
        while !progress.pending.is_empty() {
            let asked = progress.pending.len();
            self.round(&mut progress).await?;
            let left = progress.pending.len();
            if left == 0 {
                break;
            }
            if let Err(gave_up) = backoff.rest(left < asked, progress.sleep.as_ref()).await {
                let error = Error::unprocessed(self.asked.call(), left, different.keys.len(), gave_up);
                return Err(error.after(&progress.cost));
            }
        }
        let Progress { found, cost, .. } = progress;
        match self.asked.read(&different, found, self.client.now()) {
            Ok(found) => Ok(cost.of(found)),
            Err(error) => Err(error.after(&cost)),
        }
    }

    /// Asks for every pending key once.
    async fn round(&self, progress: &mut Progress<'_, '_, T>) -> Result<(), Error> {
        let inputs = self.inputs(&progress.different.keys, &std::mem::take(&mut progress.pending))?;
        let caller = self.client.caller(&self.asked.call());
        let calls = inputs.into_iter().map(|input| sdk::batch_get_item(&caller, input));
        let mut failed = None;
        bounded(self.calls_at_once.get(), calls, |answer| match answer {
            Ok(answer) => {
                progress.cost += &answer.cost;
                progress.sleep = answer.sleep;
                progress.take(answer.output);
                ControlFlow::Continue(())
            }
            Err(failure) => {
                // The first failure is the error; of any other, only the cost is of interest.
                match failed {
                    None => failed = Some(failure),
                    Some(_) => progress.cost += &failure.cost(),
                }
                ControlFlow::Break(())
            }
        })
        .await;
        // In the order asked, whatever order the answers came in.
        progress.pending.sort_unstable();
        match failed {
            None => Ok(()),
            Some(failure) => {
                Err(Error::sdk(self.asked.call(), self.client.name(), failure).after(&progress.cost))
            }
        }
    }
}

impl<T: Table, O: Send + 'static> IntoFuture for BatchGet<T, O, Handle<T>> {
    type Output = Result<Metered<O>, Error>;
    type IntoFuture = Sending<O>;

    fn into_future(self) -> Self::IntoFuture {
        Sending::new(self.run())
    }
}

impl<T: Table, O, C: Clone> Clone for BatchGet<T, O, C> {
    fn clone(&self) -> Self {
        let Self { consistent, calls_at_once, .. } = *self;
        Self { asked: self.asked.clone(), consistent, calls_at_once, client: self.client.clone() }
    }
}
