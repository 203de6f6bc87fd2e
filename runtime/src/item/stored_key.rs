//! The key of an item: compared as DynamoDB compares it, and told in messages.

use std::fmt;
use std::sync::Arc;

use super::HasAttributes;
use crate::key::KeyValue;
use crate::table::Table;

/// Key attributes and their values, those of the partition first. Copies share them, and they are made text only
/// where somebody reads it.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct StoredKey(Arc<[(&'static str, KeyValue)]>);

impl StoredKey {
    pub(crate) fn new(values: impl Into<Arc<[(&'static str, KeyValue)]>>) -> Self {
        Self(values.into())
    }

    /// The primary key of an item, as far as it has one.
    pub(crate) fn of<T: Table>(item: &impl HasAttributes) -> Option<Self> {
        if let Some(known) = item.stored_key() {
            return Some(known.clone());
        }
        let half = |attribute: &'static str| Some((attribute, item.key_value(attribute)?));
        Some(Self::primary(half(T::PARTITION_KEY)?, T::SORT_KEY.and_then(half)))
    }

    /// The primary key of the table `T` with these values.
    pub(crate) fn of_values<T: Table>((partition, sort): (KeyValue, Option<KeyValue>)) -> Self {
        Self::primary((T::PARTITION_KEY, partition), T::SORT_KEY.zip(sort))
    }

    fn primary(partition: (&'static str, KeyValue), sort: Option<(&'static str, KeyValue)>) -> Self {
        match sort {
            Some(sort) => Self::new([partition, sort]),
            None => Self::new([partition]),
        }
    }

    /// As DynamoDB compares it: numbers by value.
    pub(crate) fn identity(self) -> Self {
        if !self.0.iter().any(|(_, value)| matches!(value, KeyValue::Number(_))) {
            return self;
        }
        let identities = self.0.iter().map(|(attribute, value)| (*attribute, value.clone().identity()));
        Self(identities.collect())
    }

    pub(crate) fn values(&self) -> &[(&'static str, KeyValue)] {
        &self.0
    }
}

/// `PK = "CUSTOMER#1", SK = "PROFILE"`
impl fmt::Display for StoredKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().enumerate().try_for_each(|(at, (attribute, value))| {
            write!(f, "{}{attribute} = {value}", if at > 0 { ", " } else { "" })
        })
    }
}
