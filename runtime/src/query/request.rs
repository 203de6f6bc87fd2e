//! A query as a value: what is asked for, and the request it becomes.

use std::collections::HashMap;
use std::marker::PhantomData;

use aws_sdk_dynamodb::operation::query::QueryInput;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnConsumedCapacity};

use crate::entity::Entity;
use crate::error::{Call, Error};
use crate::handle::{Binding, Handle, Unbound};
use crate::index::{Index, ReadsConsistently};
use crate::item::FromItem;
use crate::key::bounds::SortCondition;
use crate::key::{KeyError, KeyValue};
use crate::model::KeyAttribute;

/// A query of one partition: one `Query` call for each page.
///
/// It comes from an entity's query functions, such as `Order::by_status(Status::Open)`, by way of
/// [`Handle::query`] or [`Handle::item_collection`]. Await it, or call [`all`](Self::all), for every item
/// that matches; DynamoDB returns at most 1 MB a page, and the pages are followed to the end.
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
#[derive(Debug, Clone)]
#[must_use = "a query does nothing until it is awaited"]
pub struct Query<O, I, C = Unbound> {
    pub(super) condition: Result<KeyCondition, KeyError>,
    pub(super) limit: Option<usize>,
    newest_first: bool,
    consistent: bool,
    pub(super) client: C,
    mark: PhantomData<fn() -> (O, I)>,
}

/// The key condition of a query.
#[derive(Debug, Clone)]
pub(crate) struct KeyCondition {
    /// A value for each attribute of the partition key.
    pub(crate) partition: Vec<KeyValue>,
    /// A value for each attribute of the sort key that is fixed, where there are several.
    pub(crate) fixed: Vec<KeyValue>,
    /// On the next attribute of the sort key.
    pub(crate) sort: Option<SortCondition>,
    /// Whether the caller narrowed the sort key beyond what the entity's own prefix does.
    pub(crate) narrowed: bool,
}

/// A query by a key of an entity: the generated query structs.
///
/// Whether it selects items of that entity alone is another question: see [`TypedQuery`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a query",
    label = "expected a query such as `Order::by_status(..)`"
)]
pub trait KeyQuery {
    /// The entity whose key it is.
    type Entity: Entity;
    /// The index that is read.
    type Index: Index;

    /// The query as a value.
    #[doc(hidden)]
    fn into_query(self) -> Query<Self::Entity, Self::Index>;
}

/// A query that can only select items of its own entity, as the keys of all entities of the table prove.
///
/// Where an entity's sort key begins like another's in the same partition, its queries are typed from the
/// first step on that tells them apart. Short of that, [`Handle::item_collection`] reads both.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a query",
    label = "expected a query such as `Order::by_status(..)`"
)]
pub trait TypedQuery {
    /// The entity that is asked for.
    type Entity: Entity;
    /// The index that is read.
    type Index: Index;

    /// The query as a value.
    #[doc(hidden)]
    fn into_typed_query(self) -> Query<Self::Entity, Self::Index>;
}

impl<O, I> Query<O, I> {
    pub(super) fn new(condition: Result<KeyCondition, KeyError>) -> Self {
        let (limit, newest_first, consistent) = (None, false, false);
        Self { condition, limit, newest_first, consistent, client: Unbound, mark: PhantomData }
    }

    /// Everything in the partition, not the items of one entity; steps that were taken still hold.
    pub(crate) fn of_any_entity<T>(mut self) -> Query<T, I> {
        if let Ok(condition) = &mut self.condition
            && !condition.narrowed
        {
            condition.sort = None;
        }
        self.with(Unbound)
    }
}

impl<O, I, C> Query<O, I, C> {
    pub(crate) fn with<P, D>(self, client: D) -> Query<P, I, D> {
        let Self { condition, limit, newest_first, consistent, .. } = self;
        Query { condition, limit, newest_first, consistent, client, mark: PhantomData }
    }

    /// At most so many items, of those that come first in sort order.
    pub fn limit(mut self, items: usize) -> Self {
        self.limit = Some(items);
        self
    }

    /// In descending order of the sort key.
    pub fn newest_first(mut self) -> Self {
        self.newest_first = true;
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

impl<O: FromItem, I: Index, C: Binding> Query<O, I, C> {
    /// The request for the first page as it would be sent. A range whose ends are reversed is shown as it
    /// was given, but awaiting it sends nothing.
    ///
    /// # Errors
    ///
    /// [`InvalidKey`](crate::ErrorKind::InvalidKey) if a value given cannot stand in its key.
    pub fn explain(&self) -> Result<QueryInput, Error> {
        self.input()
    }

    pub(super) fn call(&self) -> Call {
        Call { operation: "query", entity: O::LABEL, key: None }
    }

    pub(super) fn input(&self) -> Result<QueryInput, Error> {
        let condition = self.condition.as_ref().map_err(|error| Error::key(self.call(), error.clone()))?;
        let Expression { text, names, values } = key_condition::<I>(condition.clone());
        QueryInput::builder()
            .table_name(self.client.table_name::<O::Table>())
            .set_index_name(I::NAME.map(str::to_owned))
            .key_condition_expression(text)
            .set_expression_attribute_names(Some(names))
            .set_expression_attribute_values(Some(values))
            .set_scan_index_forward(self.newest_first.then_some(false))
            .set_consistent_read(self.consistent.then_some(true))
            .set_limit(self.limit.map(page_limit))
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .build()
            .map_err(|error| Error::request(self.call(), error))
    }
}

impl<O, I, T> Query<O, I, Handle<T>> {
    pub(super) fn describe_key(&self) -> Option<String>
    where
        I: Index,
    {
        let condition = self.condition.as_ref().ok()?;
        let values = I::PARTITION_KEY.iter().zip(&condition.partition);
        let values: Vec<_> = values.map(|(key, value)| format!("{} = {value}", key.name)).collect();
        Some(values.join(", "))
    }
}

/// DynamoDB's limit counts items evaluated; without a filter these are the items returned.
pub(super) fn page_limit(items: usize) -> i32 {
    i32::try_from(items).unwrap_or(i32::MAX)
}

type Names = HashMap<String, String>;
type Values = HashMap<String, AttributeValue>;

/// The expression, the names and the values of a key condition.
#[derive(Default)]
struct Expression {
    text: String,
    names: Names,
    values: Values,
}

fn key_condition<I: Index>(condition: KeyCondition) -> Expression {
    let mut expression = Expression::default();
    let equal = |values: Vec<KeyValue>| values.into_iter().map(SortCondition::Equal);
    expression.half("pk", I::PARTITION_KEY, equal(condition.partition));
    expression.half("sk", I::SORT_KEY, equal(condition.fixed).chain(condition.sort));
    expression
}

impl Expression {
    /// Adds a condition for each attribute, from the first on, to the last that has one.
    fn half(
        &mut self,
        placeholder: &str,
        attributes: &[KeyAttribute],
        conditions: impl Iterator<Item = SortCondition>,
    ) {
        for (at, (attribute, condition)) in attributes.iter().zip(conditions).enumerate() {
            match attributes.len() {
                1 => self.compare(placeholder, attribute, condition),
                _ => self.compare(&format!("{placeholder}{}", at + 1), attribute, condition),
            }
        }
    }

    /// Adds a condition on one attribute.
    fn compare(&mut self, placeholder: &str, attribute: &KeyAttribute, condition: SortCondition) {
        let name = format!("#{placeholder}");
        let mut value = |name: &str, value: KeyValue| {
            let name = format!(":{name}");
            self.values.insert(name.clone(), value.into());
            name
        };
        let text = match condition {
            SortCondition::Equal(key) => format!("{name} = {}", value(placeholder, key)),
            SortCondition::BeginsWith(prefix) => {
                format!("begins_with({name}, {})", value(placeholder, prefix))
            }
            SortCondition::AtLeast(low) => format!("{name} >= {}", value(placeholder, low)),
            SortCondition::AtMost(high) => format!("{name} <= {}", value(placeholder, high)),
            SortCondition::Between(low, high) => {
                format!("{name} BETWEEN {} AND {}", value("low", low), value("high", high))
            }
        };
        if !self.text.is_empty() {
            self.text.push_str(" AND ");
        }
        self.text.push_str(&text);
        self.names.insert(name, attribute.name.to_owned());
    }
}
