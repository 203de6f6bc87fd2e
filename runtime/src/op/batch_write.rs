//! Writing any number of items, each by itself: `BatchWriteItem`.

mod entry;
mod progress;
mod run;
mod unwritten;
mod writes;

use std::collections::VecDeque;
use std::fmt;
use std::future::IntoFuture;
use std::num::NonZeroUsize;
use std::sync::Arc;

use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::operation::batch_write_item::BatchWriteItemInput;
use aws_sdk_dynamodb::types::{PutRequest, ReturnConsumedCapacity, WriteRequest};

pub use self::entry::{BatchDelete, BatchPut};
pub use self::progress::BatchProgress;
use self::run::Run;
pub use self::unwritten::Unwritten;
use self::writes::{Entry, Writes, chosen};
use crate::error::{Call, Error};
use crate::explain::Explained;
use crate::handle::{Binding, Handle, Sending, Unbound};
use crate::item::Item;
use crate::metered::{Cost, Metered};
use crate::sdk::{Filling, Requests, TakesItems};
use crate::table::Table;

/// DynamoDB takes so many writes in one call,
const WRITES_IN_A_CALL: usize = 25;
/// and so many bytes: 16 MB. The rest is what is around the requests.
const BYTES_IN_A_CALL: usize = 16 * 1024 * 1024 - 1024;

const CALLS_AT_ONCE: NonZeroUsize = NonZeroUsize::new(4).unwrap();

/// Writes any number of items, each by itself: `BatchWriteItem` calls of up to 25 puts and deletes and 16 MB, four at
/// a time.
///
/// Entities of the table and their keys go in, of any mix. A batch has no conditions and no updates, and is no
/// transaction: some of it may be written where some is not. What that is comes back, in an [`Unwritten`]. It comes
/// from [`Handle::batch_write`], or as a value from [`new`](Self::new).
///
/// ```
/// use monotable::{Entity, Table};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Table)]
/// #[table(name = "shop")]
/// enum Shop { Customer(Customer), Order(Order) }
///
/// #[derive(Entity, Serialize, Deserialize)]
/// #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "PROFILE")]
/// struct Customer { customer_id: String }
///
/// #[derive(Entity, Serialize, Deserialize)]
/// #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{number:06}")]
/// struct Order { customer_id: String, number: u32 }
///
/// # #[cfg(feature = "embedded")]
/// # #[tokio::main] async fn main() -> Result<(), monotable::Error> {
/// let shop = Shop::embedded().await?;
/// let order = |number| Order { customer_id: "ada".into(), number };
///
/// let written = shop
///     .batch_write()
///     .put(&Customer { customer_id: "ada".into() })
///     .put_all((1..=60).map(|number| order(number).put()))
///     .delete(OrderKey { customer_id: "ada".into(), number: 61 })
///     .await?;
/// assert_eq!((written.cost().calls, written.write_units()), (3, 62.0));
/// # Ok(()) }
/// # #[cfg(not(feature = "embedded"))] fn main() {}
/// ```
///
/// Of several writes of one item the last wins, and the others are not sent;
/// [`refuse_duplicates`](Self::refuse_duplicates) makes them an error. The others are in no order.
///
/// # Tries
///
/// DynamoDB may leave some writes unprocessed, because a partition is busy. Then no further call is begun, and once
/// those under way are answered, what was left is sent again with all the rest: up to 50 ms later if the last calls
/// wrote something, with exponential backoff and full jitter if not. After 10 times in a row that wrote nothing it
/// gives up. Calls that are throttled as a whole are retried by the SDK, and then in the same way. It waits by the SDK
/// client's own `sleep_impl`; a client that has none gives up the first time that nothing was written.
///
/// # Cost
///
/// As the puts and deletes by themselves: a batch saves calls, not units
/// ([write capacity](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html)).
/// The cost is that of all calls together.
///
/// # Errors
///
/// An [`Unwritten`], which has every write that was not acknowledged, and the error. Before anything is sent: what
/// each write by itself would refuse, and [`DuplicateKey`](crate::ErrorKind::DuplicateKey) with
/// [`refuse_duplicates`](Self::refuse_duplicates). [`Throttled`](crate::ErrorKind::Throttled) if writes stay
/// unprocessed; otherwise what DynamoDB answers. Once a call fails, none is begun, and those under way are awaited.
///
/// # Cancel safety
///
/// Of a dropped future, any part may or may not be written, and nobody says which. Writing the same again is harmless,
/// unless others wrote in the meantime.
#[must_use = "a batch does nothing until it is awaited"]
pub struct BatchWrite<T, C = Unbound> {
    // Made at once, so that the batch borrows nothing; what cannot be sent shows when it is sent.
    writes: Writes<T>,
    problem: Option<Error>,
    settings: Settings,
    client: C,
}

type OnProgress = Arc<dyn Fn(&BatchProgress) + Send + Sync>;

#[derive(Clone)]
struct Settings {
    refuse_duplicates: bool,
    calls_at_once: NonZeroUsize,
    /// Write units a second; none is no limit.
    rate: Option<f64>,
    on_progress: Option<OnProgress>,
}

impl<T: Table> BatchWrite<T> {
    /// A batch of no writes, as a value.
    ///
    /// ```
    /// # use monotable::{BatchWrite, Entity, Table};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
    /// # struct Order { order_id: u64 }
    /// let orders: Vec<_> = (0..60).map(|order_id| Order { order_id }).collect();
    /// let calls = BatchWrite::<Shop>::new().put_all(&orders).explain()?;
    /// assert_eq!(calls.len(), 3);
    /// # Ok::<(), monotable::Error>(())
    /// ```
    // The table is to be named at once: nothing else says which it is.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        let settings = Settings {
            refuse_duplicates: false,
            calls_at_once: CALLS_AT_ONCE,
            rate: None,
            on_progress: None,
        };
        Self::made(Writes::new(Requests::default(), Vec::new()), settings, Unbound)
    }
}

impl<T: Table, C> BatchWrite<T, C> {
    fn made(writes: Writes<T>, settings: Settings, client: C) -> Self {
        Self { writes, problem: None, settings, client }
    }

    /// Writes an item, replacing what is there.
    pub fn put<P: BatchPut<T>>(mut self, put: P) -> Self {
        self.add(|writes| put.add_to(writes));
        self
    }

    /// Writes items: references to entities, or puts, which own what they write, `.map(|order| order.put())`.
    pub fn put_all<P: BatchPut<T>>(mut self, puts: impl IntoIterator<Item = P>) -> Self {
        let mut puts = puts.into_iter();
        if let Some(first) = puts.next() {
            self.add(|writes| first.add_to(writes));
            self.writes.reserve_like_last(puts.size_hint().0);
        }
        puts.for_each(|put| self.add(|writes| put.add_to(writes)));
        self
    }

    /// Deletes the item with this key, if there is one.
    pub fn delete<D: BatchDelete<T>>(mut self, key: D) -> Self {
        self.add(|writes| key.add_to(writes));
        self
    }

    /// Deletes the items with these keys, as far as there are any.
    pub fn delete_all<D: BatchDelete<T>>(mut self, keys: impl IntoIterator<Item = D>) -> Self {
        keys.into_iter().for_each(|key| self.add(|writes| key.add_to(writes)));
        self
    }

    fn add(&mut self, write: impl FnOnce(&mut Writes<T>) -> Result<(), Error>) {
        if let Err(error) = write(&mut self.writes) {
            self.problem.get_or_insert(error);
        }
    }

    /// Refuses two writes of one item, instead of sending the last.
    ///
    /// Keys are the same if DynamoDB takes them for the same: their values in the table's key attributes are equal,
    /// numbers by value.
    pub fn refuse_duplicates(mut self) -> Self {
        self.settings.refuse_duplicates = true;
        self
    }

    /// So many calls are under way at a time; 4 if nothing is said, and none counts as one.
    pub fn calls_at_once(mut self, calls: usize) -> Self {
        self.settings.calls_at_once = NonZeroUsize::new(calls).unwrap_or(NonZeroUsize::MIN);
        self
    }

    /// Writes so many write units a second, all calls together; as many as DynamoDB takes if nothing is said.
    ///
    /// What a call costs is known once it is answered, so it is paid for afterwards: the next call waits until the
    /// rate covers all that was written, and what the calls under way are expected to cost. The first goes alone.
    /// Time in which nothing was sent gives no more than one second's worth.
    ///
    /// It waits as the SDK's client does: by its `time_source` and `sleep_impl`. A client that cannot sleep gets an
    /// error where the first wait would be ([`InvalidRequest`](crate::ErrorKind::InvalidRequest)), and so does a rate
    /// that is no number above zero, before anything is sent.
    pub fn write_units_per_second(mut self, rate: f64) -> Self {
        self.settings.rate = Some(rate);
        self
    }

    /// Is told how far the batch is, after each call that is answered.
    ///
    /// ```
    /// # use monotable::{Entity, Handle, Table, Unwritten};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Entity, Serialize, Deserialize)]
    /// # #[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
    /// # struct Order { order_id: u64 }
    /// # async fn load(shop: Handle<Shop>, orders: Vec<Order>) -> Result<(), Unwritten<Shop>> {
    /// shop.batch_write().put_all(&orders).on_progress(|progress| println!("{progress}")).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn on_progress(mut self, told: impl Fn(&BatchProgress) + Send + Sync + 'static) -> Self {
        self.settings.on_progress = Some(Arc::new(told));
        self
    }

    /// What errors call it: by the entity if all writes are of one.
    fn call(&self) -> Call {
        let mut entities = self.writes.entries.iter().map(|entry| entry.entity);
        let entity = match entities.next() {
            Some(first) if entities.all(|entity| entity == first) => first,
            _ => T::LABEL,
        };
        Call { operation: "batch_write", entity, key: None }
    }

    /// Refuses what is not to be sent.
    fn check(&self, call: &Call) -> Result<(), Error> {
        if let Some(error) = &self.problem {
            return Err(error.clone());
        }
        match self.settings.rate {
            Some(rate) if !(rate.is_finite() && rate > 0.0) => {
                let reason = format!("it would write {rate} units a second; give a number above zero");
                Err(Error::refused(call.clone(), reason))
            }
            _ => Ok(()),
        }
    }
}

impl<T: Table, C: Binding> BatchWrite<T, C> {
    /// The requests as they would be sent, if DynamoDB processed all writes: none for no writes.
    ///
    /// # Errors
    ///
    /// As awaiting it, before anything is sent.
    pub fn explain(&self) -> Result<Vec<Explained<BatchWriteItemInput>>, Error> {
        let call = self.call();
        self.check(&call)?;
        let mut waiting: VecDeque<_> = different(&self.writes, &self.settings)?.into();
        let (requests, mut inputs) = (Arc::new(self.writes.requests.clone()), Vec::new());
        while !waiting.is_empty() {
            let chunk = take_chunk(&mut waiting, None);
            let request = request(self.client.table_name::<T>(), &requests, &chunk);
            let (input, items) = request.map_err(|error| Error::request(call.clone(), error))?;
            inputs.push(Explained::of::<T>(input.with(&items), &self.client));
        }
        Ok(inputs)
    }
}

impl<T: Table> BatchWrite<T> {
    /// What it sends first.
    pub(crate) fn first_request(self) -> Option<(BatchWriteItemInput, Filling)> {
        let Writes { requests, entries, .. } = self.writes;
        request(T::NAME, &requests.into(), &take_chunk(&mut entries.into(), None)).ok()
    }
}

/// The last write of each item.
fn different<T: Table>(writes: &Writes<T>, settings: &Settings) -> Result<Vec<Entry>, Error> {
    let (keep, twice) = writes.last_of_each();
    if let Some(entry) = twice.filter(|_| settings.refuse_duplicates) {
        let reason = "it is written twice, which `refuse_duplicates` refuses";
        return Err(Error::duplicate_action(writes.call(entry), reason.to_owned()));
    }
    Ok(writes.entries.iter().zip(keep).filter(|(_, keep)| *keep).map(|(entry, _)| entry.clone()).collect())
}

/// As many as go into one call, and as are to.
fn take_chunk(waiting: &mut VecDeque<Entry>, most: Option<usize>) -> Vec<Entry> {
    let most = most.unwrap_or(WRITES_IN_A_CALL).clamp(1, WRITES_IN_A_CALL);
    let lengths = waiting.iter().scan(0, |bytes, entry| {
        *bytes += entry.request.len();
        Some(*bytes)
    });
    let many = lengths.take(most).take_while(|bytes| *bytes <= BYTES_IN_A_CALL).count();
    // One that is longer goes alone, for DynamoDB to refuse.
    waiting.drain(..many.max(1).min(waiting.len())).collect()
}

/// One call, and its requests: in the SDK's input is one put without attributes for all of them.
fn request(
    table: &str,
    requests: &Arc<Requests>,
    entries: &[Entry],
) -> Result<(BatchWriteItemInput, Filling), BuildError> {
    let place = PutRequest::builder().set_item(Some(Item::new())).build()?;
    let input = BatchWriteItemInput::builder()
        .request_items(table, vec![WriteRequest::builder().put_request(place).build()])
        .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
        .build()?;
    Ok((input, Filling::of_requests(chosen(requests, entries))))
}

impl<T: Table> BatchWrite<T, Handle<T>> {
    fn again(writes: Writes<T>, settings: Settings, client: Handle<T>) -> Self {
        Self::made(writes, settings, client)
    }

    async fn run(self) -> Result<Metered<()>, Unwritten<T>> {
        let call = self.call();
        let entries = self.check(&call).and_then(|()| different(&self.writes, &self.settings));
        let entries = match entries {
            Ok(entries) => entries,
            Err(error) => return Err(Unwritten::new(error, self.writes, self.settings)),
        };
        if entries.is_empty() {
            return Ok(Cost::default().of(()));
        }
        let requests = Arc::new(self.writes.requests);
        let mut run = Run::new(call, requests.clone(), entries, self.settings.clone(), &self.client);
        match run.drive().await {
            Ok(()) => Ok(run.cost.of(())),
            Err(error) => {
                let left = Writes::only(&requests, run.waiting.into());
                Err(Unwritten::new(error.after(&run.cost), left, self.settings))
            }
        }
    }
}

impl<T: Table> IntoFuture for BatchWrite<T, Handle<T>> {
    type Output = Result<Metered<()>, Unwritten<T>>;
    type IntoFuture = Sending<(), Unwritten<T>>;

    fn into_future(self) -> Self::IntoFuture {
        Sending::new(self.run())
    }
}

impl<T: Table> Handle<T> {
    /// Writes any number of items, each by itself: see [`BatchWrite`].
    pub fn batch_write(&self) -> BatchWrite<T, Handle<T>> {
        let BatchWrite { writes, settings, .. } = BatchWrite::<T>::new();
        BatchWrite::made(writes, settings, self.clone())
    }
}

impl<T, C: Clone> Clone for BatchWrite<T, C> {
    fn clone(&self) -> Self {
        let Self { writes, problem, settings, client } = self;
        let (writes, problem) = (writes.clone(), problem.clone());
        Self { writes, problem, settings: settings.clone(), client: client.clone() }
    }
}

/// How many writes it has.
impl<T, C> fmt::Debug for BatchWrite<T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BatchWrite({} writes)", self.writes.entries.len())
    }
}
