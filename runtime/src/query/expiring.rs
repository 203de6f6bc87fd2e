//! Queries of items that expire: what is past its time is left out, by DynamoDB where that is all it filters.

use std::time::SystemTime;

use super::request::Query;
use crate::expiry::Expiry;
use crate::expr::condition::Node;
use crate::expr::problem::Problem;
use crate::index::Index;

/// How what is past its time is left out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expiring {
    pub(super) expiry: Expiry,
    /// Not by DynamoDB: it takes no filter on the key that is queried, and beside a filter of the user's it would not
    /// say which of the two threw an item away. What is past its time is no waste.
    pub(super) here: bool,
    is_key: bool,
}

impl<O, I, C> Query<O, I, C> {
    /// Returns items that are past their time too, as long as DynamoDB has not deleted them.
    pub fn including_expired(mut self) -> Self {
        self.expires_by = None;
        self
    }
}

impl<O, I: Index, C> Query<O, I, C> {
    pub(super) fn expiring(&self, now: SystemTime) -> Option<Expiring> {
        let expiry = Expiry::at(self.expires_by, now)?;
        let mut keys = I::PARTITION_KEY.iter().chain(I::SORT_KEY);
        let is_key = keys.any(|key| key.name == expiry.attribute());
        Some(Expiring { expiry, here: is_key || self.filter.is_some(), is_key })
    }

    /// The filter of the request.
    pub(super) fn filter_node(&self, expiring: Option<Expiring>) -> Result<Option<Node>, Problem> {
        let filter = self.filter.as_ref().map(|filter| filter.node::<I>()).transpose()?;
        Ok(match (filter, expiring) {
            (None, Some(expiring)) if !expiring.here => Some(expiring.expiry.not_over()),
            // What comes back is what matches, and what is past its time: the rest is waste.
            (Some(filter), Some(expiring)) if !expiring.is_key => Some(filter.or(expiring.expiry.over())),
            (filter, _) => filter,
        })
    }
}
