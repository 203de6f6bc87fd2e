//! A query as a value: what is asked for, and the request it becomes.

use std::fmt;
use std::marker::PhantomData;

use super::condition::{HalfTemplate, KeyCondition};
use super::cursor::Cursor;
use super::filter::Filter;
use crate::entity::Entity;
use crate::expiry::ttl_attribute;
use crate::handle::Unbound;
use crate::index::{Index, ReadsConsistently};
use crate::item::{FromItem, StoredItem, decode_projection};
use crate::key::KeyError;
use crate::model::IndexProjection;
use crate::projection::Projection;
use crate::proof::Key;
use crate::reader::Reader;
use crate::table::Table;

/// A query of one partition: one `Query` call for each page.
///
/// It comes from an entity's query functions, such as `Order::by_status(Status::Open)`, by way of
/// [`Handle::query`](crate::Handle::query) or [`Handle::item_collection`](crate::Handle::item_collection).
/// Await it, or call [`all`](Self::all), for every item that matches; DynamoDB returns at most 1 MB a page,
/// and the pages are followed to the end. [`first`](Self::first), [`one`](Self::one), [`count`](Self::count),
/// [`page`](Self::page) and [`stream`](Self::stream) are the other ways to run it.
///
/// ```
/// # use monotable::{Entity, Table};
/// # use serde::{Deserialize, Serialize};
/// # #[derive(Table, Debug)]
/// # #[table(name = "shop")]
/// # enum Shop { Order(Order) }
/// #[derive(Entity, Serialize, Deserialize, Debug)]
/// #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{number:06}")]
/// struct Order { customer_id: String, number: u32 }
///
/// # #[tokio::main] async fn main() -> Result<(), monotable::Error> {
/// let shop = Shop::embedded().await?;
/// for number in 1..=9 {
///     shop.put(&Order { customer_id: "ada".into(), number }).await?;
/// }
/// let latest = shop.query(Order::by_customer_id("ada").number_from(3u32)).newest_first().limit(2).await?;
/// assert_eq!([latest[0].number, latest[1].number], [9, 8]);
/// assert_eq!(latest.read_units(), 0.5);
/// # Ok(()) }
/// ```
///
/// # Cost
///
/// The bytes of all items that a page reads are added up and rounded up to 4 KB: 0.5 read units each,
/// 1 with [`consistent`](Self::consistent)
/// ([read capacity](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html)).
///
/// # Cancel safety
///
/// Reading changes nothing: dropping the future loses the items read so far, and what they cost.
#[must_use = "a query does nothing until it is awaited"]
pub struct Query<O, I, C = Unbound> {
    pub(super) condition: Result<KeyCondition, KeyError>,
    pub(super) reader: Reader<O>,
    /// The attributes that are needed, besides those that say where the item is; all if none are named.
    pub(super) attributes: Vec<&'static str>,
    pub(super) limit: Option<usize>,
    pub(super) page_size: Option<usize>,
    pub(super) newest_first: bool,
    pub(super) after: Option<Cursor>,
    pub(super) consistent: bool,
    pub(super) filter: Option<Filter>,
    /// The attribute by which its items expire; none if those that did are wanted too.
    pub(super) expires_by: Option<&'static str>,
    pub(super) client: C,
    index: PhantomData<fn() -> I>,
}

/// Whether every entry has the attribute if the item does, keys aside.
fn index_stores<I: Index>(name: &str) -> bool {
    let index = I::NUMBER.checked_sub(1).and_then(|number| I::Table::INDEXES.get(number));
    match index.map(|index| index.projection) {
        None | Some(IndexProjection::All) => true,
        Some(IndexProjection::Keys) => false,
        Some(IndexProjection::Include(names)) => names.contains(&name),
    }
}

impl<E: Entity, I> Query<E, I> {
    pub(super) fn new(mut condition: Result<KeyCondition, KeyError>) -> Self {
        let keys: &'static [Key] = E::MODEL.keys;
        if let (Ok(condition), Some(primary)) = (&mut condition, keys.first()) {
            condition.templates.push(HalfTemplate(&primary.pk));
            condition.templates.extend(primary.sk.as_ref().map(HalfTemplate));
        }
        Self {
            condition,
            reader: Reader::whole(),
            attributes: Vec::new(),
            limit: None,
            page_size: None,
            newest_first: false,
            after: None,
            consistent: false,
            filter: None,
            expires_by: E::MODEL.ttl,
            client: Unbound,
            index: PhantomData,
        }
    }

    /// Everything in the partition, not the items of one entity; steps that were taken still hold.
    pub(crate) fn of_any_entity<T: FromItem>(self) -> Query<T, I> {
        self.of_whole_partition().read_as(Reader::whole())
    }

    /// The same, as items that are not read yet.
    pub(crate) fn of_items(self, label: &'static str) -> Query<StoredItem, I> {
        self.of_whole_partition().read_as(Reader::unread(label))
    }

    fn of_whole_partition(mut self) -> Self {
        if let Ok(condition) = &mut self.condition
            && !condition.narrowed
        {
            condition.sort = None;
        }
        self.expires_by = ttl_attribute::<E::Table>();
        self
    }
}

impl<E: Entity, I: Index> Query<E, I> {
    /// The primary keys alone.
    pub(crate) fn keys(self) -> Query<E::Key, I> {
        let attributes = std::iter::once(E::Table::PARTITION_KEY).chain(E::Table::SORT_KEY).collect();
        Query { attributes, ..self.read_as(Reader::keys::<E>()) }
    }
}

impl<E, I: Index> Query<E, I> {
    pub(crate) fn projected<P: Projection>(self) -> Query<P, I> {
        let table_type = <I::Table as Table>::TYPE_ATTRIBUTE.filter(|name| index_stores::<I>(name));
        let attributes = P::ATTRIBUTES.iter().map(|attribute| attribute.name).chain(table_type).collect();
        let reader = Reader::new(P::NAME, |item| decode_projection(item).map(Some));
        Query { attributes, ..self.read_as(reader) }
    }
}

impl<O, I, C> Query<O, I, C> {
    pub(super) fn read_as<P>(self, reader: Reader<P>) -> Query<P, I, C> {
        let Self {
            condition,
            limit,
            page_size,
            newest_first,
            after,
            consistent,
            expires_by,
            client,
            index,
            ..
        } = self;
        // Neither is there before it is said what the items are read as.
        let (attributes, filter) = (Vec::new(), None);
        Query {
            condition,
            reader,
            attributes,
            limit,
            page_size,
            newest_first,
            after,
            consistent,
            filter,
            expires_by,
            client,
            index,
        }
    }

    pub(crate) fn with<D>(self, client: D) -> Query<O, I, D> {
        let Self {
            condition,
            reader,
            attributes,
            limit,
            page_size,
            newest_first,
            after,
            consistent,
            filter,
            expires_by,
            index,
            ..
        } = self;
        Query {
            condition,
            reader,
            attributes,
            limit,
            page_size,
            newest_first,
            after,
            consistent,
            filter,
            expires_by,
            client,
            index,
        }
    }

    /// At most so many items, of those that come first in sort order.
    ///
    /// It is the number of items returned, however many pages they take. Nothing beyond them is read, so it
    /// limits the cost too.
    pub fn limit(mut self, items: usize) -> Self {
        self.limit = Some(items);
        self
    }

    /// Asks for at most so many items with each call, instead of as many as fit into 1 MB.
    ///
    /// The outcome is the same. Smaller pages come sooner and cost more: each is rounded up to 4 KB by itself.
    /// Less than one item is one.
    pub fn page_size(mut self, items: usize) -> Self {
        self.page_size = Some(items.max(1));
        self
    }

    /// In descending order of the sort key.
    pub fn newest_first(mut self) -> Self {
        self.newest_first = true;
        self
    }

    /// Goes on where another run of the same query stopped: behind the [`Page`](crate::Page) or the part of
    /// the [`Items`](crate::Items) that the cursor is of. None is from the start.
    ///
    /// A cursor is of one table, one index, one key condition and one direction. With another query, or
    /// changed on its way, it is refused before anything is sent
    /// ([`InvalidCursor`](crate::ErrorKind::InvalidCursor)). See [`Cursor`].
    pub fn after(mut self, cursor: impl Into<Option<Cursor>>) -> Self {
        self.after = cursor.into();
        self
    }

    /// Reads what was written before this call, at twice the cost. Not on global indexes.
    pub fn consistent(mut self) -> Self
    where
        I: ReadsConsistently,
    {
        self.consistent = true;
        self
    }
}

impl<T: Table, I, C> Query<T, I, C> {
    /// Leaves out items of types that the table does not know, or that have no type, instead of failing.
    ///
    /// They are read and paid for all the same: [`Cost::evaluated`](crate::Cost::evaluated) counts them.
    pub fn skip_unknown(mut self) -> Self {
        self.reader.skips_unknown = true;
        self
    }
}

impl<O, I, C: Clone> Clone for Query<O, I, C> {
    fn clone(&self) -> Self {
        Self {
            condition: self.condition.clone(),
            reader: self.reader.clone(),
            attributes: self.attributes.clone(),
            after: self.after.clone(),
            filter: self.filter.clone(),
            client: self.client.clone(),
            ..*self
        }
    }
}

impl<O, I, C> fmt::Debug for Query<O, I, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Query")
            .field("of", &self.reader.label)
            .field("condition", &self.condition)
            .field("limit", &self.limit)
            .field("page_size", &self.page_size)
            .field("newest_first", &self.newest_first)
            .field("consistent", &self.consistent)
            .field("filter", &self.filter)
            .field("after", &self.after)
            .finish_non_exhaustive()
    }
}
