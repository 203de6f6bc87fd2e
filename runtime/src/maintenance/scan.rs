//! A scan as a value: what is read, in how many segments, at which rate, and the requests it becomes.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use aws_sdk_dynamodb::operation::scan::ScanInput;
use aws_sdk_dynamodb::types::ReturnConsumedCapacity;

use super::stream::ScanItems;
use crate::bucket::Bucket;
use crate::entity::Entity;
use crate::error::{Call, Error};
use crate::explain::Explained;
use crate::handle::Handle;
use crate::index::{Index, ReadsConsistently};
use crate::item::{FromItem, Item, ItemError, ItemReader, Undecoded, item_type, unknown_type};
use crate::model::EntityModel;
use crate::pace::Pace;
use crate::query::cursor::{Cursor, Seal};
use crate::query::input::page_limit;
use crate::query::place::{KeyLayout, Position};
use crate::reader::Reader;
use crate::table::{InTable, Table};
use crate::unique::is_marker;

/// What DynamoDB takes.
const MOST_SEGMENTS: u32 = 1_000_000;
const SEGMENTS: u32 = 4;
const READ_UNITS_PER_SECOND: f64 = 100.0;

/// A scan of a table or an index, for maintenance: a `Scan` call for each page of each segment.
///
/// It comes from [`Handle::maintenance`]. [`stream`](Self::stream) runs it.
///
/// Unless it is told otherwise, it reads four segments side by side at 100 read units a second, which is 1 GB of
/// items in 22 minutes, and a thirtieth of what one partition gives: a program that serves users at the same time
/// is not to notice. A table of less provisioned capacity wants a lower rate.
///
/// ```
/// # use monotable::{Entity, Table};
/// # use serde::{Deserialize, Serialize};
/// # #[derive(Table, Debug)]
/// # #[table(name = "shop")]
/// # enum Shop { Customer(Customer), Order(Order) }
/// # #[derive(Entity, Serialize, Deserialize, Debug)]
/// # #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "PROFILE")]
/// # struct Customer { customer_id: String }
/// # #[derive(Entity, Serialize, Deserialize, Debug)]
/// # #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{number:06}")]
/// # struct Order { customer_id: String, number: u32 }
/// # #[cfg(feature = "embedded")]
/// # #[tokio::main] async fn main() -> Result<(), monotable::Error> {
/// # let shop = Shop::embedded().await?;
/// # shop.put(&Customer { customer_id: "ada".into() }).await?;
/// # for number in 1..=5 { shop.put(&Order { customer_id: "ada".into(), number }).await?; }
/// let scan = || shop.maintenance("sum of numbers").scan().entity::<Order>().read_units_per_second(500.0);
///
/// let mut orders = scan().stream();
/// let mut sum = 0;
/// for _ in 0..2 {
///     sum += orders.next().await.expect("there are five")?.number;
/// }
/// // The program ends here, and another goes on.
/// let cursor = orders.cursor();
///
/// let mut orders = scan().after(cursor).stream();
/// while let Some(order) = orders.next().await {
///     sum += order?.number;
/// }
/// assert_eq!(sum, 15);
/// # Ok(()) }
/// # #[cfg(not(feature = "embedded"))] fn main() {}
/// ```
///
/// # Cost
///
/// That of everything in the table or index, whatever is done with it: the bytes of the items that a page reads are
/// added up and rounded up to 4 KB, 0.5 read units each, 1 with [`consistent`](Self::consistent)
/// ([read capacity](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html)).
/// A segment costs something even where there is nothing in it.
///
/// # What it sees
///
/// It is no snapshot. An item that is there from beginning to end comes once. One that is written, moved to another
/// key or deleted meanwhile may come or not; in an index, one whose index key changes may come twice.
#[must_use = "a scan does nothing until it is streamed"]
pub struct Scan<O, I: Index> {
    handle: Handle<I::Table>,
    reason: Arc<str>,
    pub(super) reader: Reader<O>,
    segments: u32,
    pub(super) page_size: Option<usize>,
    rate: Option<f64>,
    consistent: bool,
    after: Option<Cursor>,
    index: PhantomData<fn() -> I>,
}

impl<O: FromItem, I: Index> Scan<O, I> {
    pub(super) fn new(handle: Handle<I::Table>, reason: Arc<str>) -> Self {
        Self {
            handle,
            reason,
            reader: Reader::new(O::LABEL, |item| match is_marker::<I::Table>(item) {
                true => Ok(None),
                false => O::from_reader(item).map(Some),
            }),
            segments: SEGMENTS,
            page_size: None,
            rate: Some(READ_UNITS_PER_SECOND),
            consistent: false,
            after: None,
            index: PhantomData,
        }
    }

    /// Leaves out items of types that the table does not know, or that have no type, instead of failing.
    pub fn skip_unknown(mut self) -> Self {
        self.reader.skips_unknown = true;
        self
    }

    /// Hands out the items undecoded, each to be [decoded](Undecoded::decode) into a type that may borrow its texts from
    /// the answer. The requests and their cost are the same. What is to be skipped is said before. See
    /// [`Query::undecoded`](crate::Query::undecoded).
    pub fn undecoded(self) -> Scan<Undecoded<O>, I> {
        let mut reader = Reader::new(O::LABEL, |item| match is_asked_for::<O>(item)? {
            true => Undecoded::from_reader(item).map(Some),
            false => Ok(None),
        });
        reader.skips_unknown = self.reader.skips_unknown;
        self.read_as(reader)
    }
}

impl<T: Table, I: Index<Table = T>> Scan<T, I> {
    /// Hands out the items of one entity alone.
    ///
    /// DynamoDB knows nothing of entities: all items are read and paid for, and the others are thrown away here. An
    /// item of none of the table's types is still an error, because it may be one that was to be found:
    /// [`skip_unknown`](Self::skip_unknown) leaves it out.
    pub fn entity<E: Entity + InTable<T>>(self) -> Scan<E, I> {
        let mut reader = Reader::new(E::MODEL.name, |item| match is_asked_for::<E>(item)? {
            true => E::from_reader(item).map(Some),
            false => Ok(None),
        });
        reader.skips_unknown = self.reader.skips_unknown;
        self.read_as(reader)
    }

    /// Hands out the items as they are stored: of any type, whether or not they make an entity.
    ///
    /// It is for items that the entities do not read, or do not read any more. The cost is the same.
    pub fn raw(self) -> Scan<Item, I> {
        self.read_as(Reader::raw(T::LABEL))
    }
}

/// Whether the item is of what is asked for, and not of another of the table's entities.
fn is_asked_for<O: FromItem>(item: &mut ItemReader<'_, '_>) -> Result<bool, ItemError> {
    if is_marker::<O::Table>(item) {
        return Ok(false);
    }
    let found = item_type::<O::Table>(item)?;
    let is_one = |of: &[EntityModel]| of.iter().any(|entity| entity.type_name == found);
    match is_one(O::MODELS) {
        false if !is_one(O::Table::ENTITIES) => Err(unknown_type::<O::Table>(Some(&found))),
        asked => Ok(asked),
    }
}

impl<O, I: Index> Scan<O, I> {
    fn read_as<P>(self, reader: Reader<P>) -> Scan<P, I> {
        let Self { handle, reason, segments, page_size, rate, consistent, after, index, .. } = self;
        Scan { handle, reason, reader, segments, page_size, rate, consistent, after, index }
    }

    /// Reads the table in so many segments, from 1 to 1,000,000: another number is an error when it is run
    /// ([`InvalidRequest`](crate::ErrorKind::InvalidRequest)).
    ///
    /// DynamoDB spreads the partition keys over them. Up to sixteen are read at once, the others after them. More
    /// segments read faster only as far as the rate allows it; a cursor is of one number of segments.
    pub fn segments(mut self, segments: u32) -> Self {
        self.segments = segments;
        self
    }

    /// Asks for at most so many items with each call.
    ///
    /// Without it, a page is made to cost about what one second of the rate gives, from 8 to 128 units; at no rate
    /// it is as much as fits into 1 MB, 128 units at once. Less than one item is one.
    pub fn page_size(mut self, items: usize) -> Self {
        self.page_size = Some(items.max(1));
        self
    }

    /// Reads so many read units a second, all segments together.
    ///
    /// What a page costs is known once it is read, so it is paid for afterwards: the next request waits until the
    /// rate covers all that was read, and what the requests under way are expected to cost. The first request goes
    /// alone. Time in which nothing was asked for gives no more than one second's worth.
    ///
    /// It waits as the SDK's client does: by its `time_source` and `sleep_impl`. A client that cannot sleep gets an
    /// error where the first wait would be ([`InvalidRequest`](crate::ErrorKind::InvalidRequest)), and so does a
    /// rate that is no number above zero, before anything is sent. What the table does not report, as some
    /// stand-ins for DynamoDB do not, is not waited for.
    pub fn read_units_per_second(mut self, rate: f64) -> Self {
        self.rate = Some(rate);
        self
    }

    /// Reads as fast as DynamoDB answers. Users of the table may feel it: their requests may be throttled.
    pub fn unpaced(mut self) -> Self {
        self.rate = None;
        self
    }

    /// Reads what was written before each call, at twice the cost. Not on global indexes.
    pub fn consistent(mut self) -> Self
    where
        I: ReadsConsistently,
    {
        self.consistent = true;
        self
    }

    /// Goes on where another run stopped: see [`ScanItems::cursor`]. None is from the start.
    ///
    /// A cursor is of one table, one index and one number of segments; with another it is refused before anything is
    /// sent ([`InvalidCursor`](crate::ErrorKind::InvalidCursor)). The reason, the rate, the size of pages and what
    /// the items are read as may change.
    pub fn after(mut self, cursor: impl Into<Option<Cursor>>) -> Self {
        self.after = cursor.into();
        self
    }

    /// The items one after another: see [`ScanItems`]. Nothing is sent before the first is asked for.
    ///
    /// # Errors
    ///
    /// Before anything is sent, [`InvalidRequest`](crate::ErrorKind::InvalidRequest) for an empty reason, a number
    /// of segments or a rate that cannot be, and [`InvalidCursor`](crate::ErrorKind::InvalidCursor). Then what
    /// DynamoDB answers, or an item that is not what was asked for: [`WrongType`](crate::ErrorKind::WrongType),
    /// [`MissingAttribute`](crate::ErrorKind::MissingAttribute), [`Decode`](crate::ErrorKind::Decode).
    /// [`Error::cost`] says what was read until then.
    pub fn stream(self) -> ScanItems<O>
    where
        O: Send + 'static,
    {
        ScanItems::new(self.reason.clone(), self.start())
    }

    /// The request for the first page of the first segment that is not read to its end, as it would be sent.
    ///
    /// # Errors
    ///
    /// As [`stream`](Self::stream), before anything is sent.
    pub fn explain(&self) -> Result<Explained<ScanInput>, Error> {
        let (pace, places) = (self.pace()?, self.places()?);
        let segment = places.iter().position(|place| *place != Position::End).unwrap_or_default();
        let mut input = self.input()?;
        input.segment = self.number(segment);
        input.limit = self.page_size.or(pace.page_size()).map(page_limit);
        let start = |place| KeyLayout::of_segments::<I>().start_key(&[], place);
        input.exclusive_start_key = places[segment].key().map(start);
        Ok(Explained::of::<I::Table>(input, &self.handle))
    }

    /// Where each segment is to be read from, if the scan can be at all.
    pub(super) fn places(&self) -> Result<Vec<Position>, Error> {
        if self.reason.is_empty() {
            let reason =
                "no reason is given; say what the scan is for: `.maintenance(\"backfill of totals\")`";
            return Err(Error::refused(self.call(), reason));
        }
        if !(1..=MOST_SEGMENTS).contains(&self.segments) {
            let reason =
                format!("it has {} segments, and DynamoDB takes 1 to {MOST_SEGMENTS}", self.segments);
            return Err(self.error(Error::refused(self.call(), reason)));
        }
        let segments = self.segments as usize;
        let Some(cursor) = &self.after else { return Ok(vec![Position::Start; segments]) };
        let attributes = KeyLayout::of_segments::<I>().names().len();
        let places = self.seal().open(cursor, segments, attributes);
        places.map_err(|error| self.error(Error::cursor(self.call(), error)))
    }

    pub(super) fn pace(&self) -> Result<Pace, Error> {
        match self.rate {
            Some(rate) if !Bucket::is_rate(rate) => {
                let reason = format!(
                    "it would read {rate} units a second; give a number above zero, or `.unpaced()` for no limit"
                );
                Err(self.error(Error::refused(self.call(), reason)))
            }
            rate => Ok(Pace::new(rate, self.handle.sdk())),
        }
    }

    /// The request without what changes from segment to segment and from page to page.
    pub(super) fn input(&self) -> Result<ScanInput, Error> {
        ScanInput::builder()
            .table_name(self.handle.name())
            .set_index_name(I::NAME.map(str::to_owned))
            .set_total_segments(self.number(self.segments as usize))
            .set_consistent_read(self.consistent.then_some(true))
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .build()
            .map_err(|error| self.error(Error::request(self.call(), error)))
    }

    /// A number of a segment, or of segments; none where there is one.
    fn number(&self, number: usize) -> Option<i32> {
        (self.segments > 1).then(|| page_limit(number))
    }

    pub(super) fn seal(&self) -> Seal {
        Seal::of_scan::<I>(&self.handle, self.segments)
    }

    pub(super) fn handle(&self) -> &Handle<I::Table> {
        &self.handle
    }

    pub(super) fn call(&self) -> Call {
        Call { operation: "scan", entity: self.reader.label, key: None }
    }

    fn error(&self, error: Error) -> Error {
        error.in_maintenance(&self.reason)
    }
}

impl<O, I: Index> Clone for Scan<O, I> {
    fn clone(&self) -> Self {
        Self {
            handle: self.handle.clone(),
            reason: self.reason.clone(),
            reader: self.reader.clone(),
            after: self.after.clone(),
            ..*self
        }
    }
}

impl<O, I: Index> fmt::Debug for Scan<O, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scan")
            .field("reason", &self.reason)
            .field("of", &self.reader.label)
            .field("index", &I::NAME)
            .field("segments", &self.segments)
            .field("page_size", &self.page_size)
            .field("read_units_per_second", &self.rate)
            .field("consistent", &self.consistent)
            .field("after", &self.after)
            .finish_non_exhaustive()
    }
}
