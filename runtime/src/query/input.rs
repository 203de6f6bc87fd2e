//! The request that a query becomes.

use std::time::SystemTime;

use aws_sdk_dynamodb::operation::query::QueryInput;
use aws_sdk_dynamodb::types::{ReturnConsumedCapacity, Select};

use super::condition::KeyCondition;
use super::expiring::Expiring;
use super::place::KeyLayout;
use super::request::Query;
use crate::error::{Call, Error};
use crate::explain::Explained;
use crate::expr::path::Path;
use crate::expr::problem::Problem;
use crate::expr::render::{Expressions, Substitutions};
use crate::handle::Binding;
use crate::index::Index;
use crate::item::StoredKey;

/// The expressions of one request.
struct Rendered {
    key: String,
    filter: Option<String>,
    projection: Option<String>,
    substitutions: Substitutions,
}

impl<O, I: Index, C: Binding> Query<O, I, C> {
    /// The request for the first page as it would be sent; of all shards, that to the first.
    ///
    /// A range whose ends are reversed is shown as it was given, but awaiting it sends nothing.
    ///
    /// # Errors
    ///
    /// [`InvalidKey`](crate::ErrorKind::InvalidKey) if a value given cannot stand in its key;
    /// [`InvalidCursor`](crate::ErrorKind::InvalidCursor) if the cursor is not of this query.
    pub fn explain(&self) -> Result<Explained<QueryInput>, Error> {
        let condition = self.condition()?;
        let mut input = self.input(condition, 0, false, self.client.now())?;
        // With a filter, as many are read as it may throw away.
        let items = self.limit.and_then(|limit| match &self.filter {
            Some(filter) => filter.waste.to_read(limit),
            None => Some(limit),
        });
        let wanted = items.into_iter().chain(self.page_size).min();
        input.limit = wanted.map(page_limit);
        let places = self.places(condition)?;
        input.exclusive_start_key = places.into_iter().next().and_then(|place| {
            let layout = KeyLayout::of::<I>();
            Some(layout.start_key(&condition.partitions[0], place.key()?))
        });
        Ok(Explained::of::<I::Table>(input, &self.client))
    }

    pub(super) fn condition(&self) -> Result<&KeyCondition, Error> {
        self.condition.as_ref().map_err(|error| Error::key(self.call(), error.clone()))
    }

    /// The request for one of the partitions, without what changes from page to page.
    pub(super) fn input(
        &self,
        condition: &KeyCondition,
        partition: usize,
        counts: bool,
        now: SystemTime,
    ) -> Result<QueryInput, Error> {
        let expiring = self.expiring(now);
        let select = (counts && !is_here(expiring)).then_some(Select::Count);
        let expressions = self.expressions(condition, partition, counts, expiring);
        let expressions = expressions.map_err(|problem| Error::condition(self.call(), &problem))?;
        let Rendered { key, filter, projection, substitutions } = expressions;
        QueryInput::builder()
            .table_name(self.client.table_name::<I::Table>())
            .set_index_name(I::NAME.map(str::to_owned))
            .key_condition_expression(key)
            .set_filter_expression(filter)
            .set_projection_expression(projection)
            .set_select(select)
            .set_expression_attribute_names(substitutions.names)
            .set_expression_attribute_values(Substitutions::plain_values(substitutions.values))
            .set_scan_index_forward(self.newest_first.then_some(false))
            .set_consistent_read(self.consistent.then_some(true))
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .build()
            .map_err(|error| Error::request(self.call(), error))
    }

    fn expressions(
        &self,
        condition: &KeyCondition,
        partition: usize,
        counts: bool,
        expiring: Option<Expiring>,
    ) -> Result<Rendered, Problem> {
        let mut expressions = Expressions::default();
        let key = expressions.condition(&condition.node::<I>(&condition.partitions[partition]))?;
        let filter = self.filter_node(expiring)?;
        let filter = filter.map(|filter| expressions.condition(&filter)).transpose()?;
        let expires_by =
            expiring.filter(|expiring| expiring.here).map(|expiring| expiring.expiry.attribute());
        let paths = match counts {
            true => expires_by.map(|name| self.projection_of(vec![name])).unwrap_or_default(),
            false if self.attributes.is_empty() => Vec::new(),
            false => self.projection_of(self.attributes.iter().copied().chain(expires_by).collect()),
        };
        let projection = if paths.is_empty() { None } else { Some(expressions.projection(&paths)?) };
        Ok(Rendered { key, filter, projection, substitutions: expressions.finish()? })
    }

    /// The attributes that are asked for: what is read, and what says where an item is.
    fn projection_of(&self, mut attributes: Vec<&'static str>) -> Vec<Path> {
        for name in KeyLayout::of::<I>().names() {
            if !attributes.contains(name) {
                attributes.push(name);
            }
        }
        attributes.into_iter().map(Path::attribute).collect()
    }

    pub(crate) fn call(&self) -> Call {
        Call { operation: "query", entity: self.reader.label, key: self.partition() }
    }

    /// The partition that is queried.
    fn partition(&self) -> Option<StoredKey> {
        let condition = self.condition.as_ref().ok()?;
        // Of several shards none is the key.
        let [partition] = &condition.partitions[..] else { return None };
        let values = I::PARTITION_KEY.iter().zip(partition);
        Some(StoredKey::new(values.map(|(key, value)| (key.name, value.clone())).collect::<Vec<_>>()))
    }
}

fn is_here(expiring: Option<Expiring>) -> bool {
    expiring.is_some_and(|expiring| expiring.here)
}

/// DynamoDB's limit counts items evaluated; without a filter these are the items returned.
pub(crate) fn page_limit(items: usize) -> i32 {
    i32::try_from(items).unwrap_or(i32::MAX)
}
