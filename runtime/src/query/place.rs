//! Places in a partition or a segment: where a request starts, where a cursor goes on, and which of two items is first.

use std::cmp::Ordering;

use crate::index::Index;
use crate::item::{HasAttributes, Item};
use crate::key::KeyValue;
use crate::model::KeyAttribute;
use crate::table::Table;

/// How far one partition, or one segment of a scan, is read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Position {
    Start,
    After(Place),
    End,
}

/// The key of the item that was read last, in a query without its partition key: a value for each of the
/// layout's attributes.
pub(crate) type Place = Vec<KeyValue>;

/// What an item is ordered by in an index: a value for each attribute of the sort key.
pub(crate) type Order = Vec<Option<KeyValue>>;

impl Position {
    pub(crate) fn key(&self) -> Option<&Place> {
        match self {
            Self::After(place) => Some(place),
            Self::Start | Self::End => None,
        }
    }
}

/// The attributes that say where an item is in an index: what DynamoDB calls the last evaluated key.
#[derive(Debug, Clone)]
pub(crate) struct KeyLayout {
    partition: &'static [KeyAttribute],
    sort: &'static [KeyAttribute],
    /// All others: those of the sort key, then the table's own.
    rest: Vec<&'static str>,
}

impl KeyLayout {
    pub(crate) fn of<I: Index>() -> Self {
        let (partition, sort) = (I::PARTITION_KEY, I::SORT_KEY);
        let mut rest: Vec<&'static str> = Vec::new();
        let table = [I::Table::PARTITION_KEY].into_iter().chain(I::Table::SORT_KEY);
        for name in sort.iter().map(|attribute| attribute.name).chain(table) {
            if !rest.contains(&name) && partition.iter().all(|attribute| attribute.name != name) {
                rest.push(name);
            }
        }
        Self { partition, sort, rest }
    }

    /// That of a scan, which is of no partition: every attribute is in a [`Place`].
    pub(crate) fn of_segments<I: Index>() -> Self {
        let Self { partition, sort, mut rest } = Self::of::<I>();
        rest.splice(0..0, partition.iter().map(|attribute| attribute.name));
        Self { partition: &[], sort, rest }
    }

    /// The attributes of a [`Place`].
    pub(crate) fn names(&self) -> &[&'static str] {
        &self.rest
    }

    /// The place of an item, or of a last evaluated key; none if it lacks part of its key.
    pub(crate) fn place(&self, item: &impl HasAttributes) -> Option<Place> {
        self.rest.iter().map(|name| item.key_value(name)).collect()
    }

    /// The key that a request starts behind.
    pub(crate) fn start_key(&self, partition: &[KeyValue], place: &Place) -> Item {
        let partition = self.partition.iter().map(|attribute| attribute.name).zip(partition);
        let rest = self.rest.iter().copied().zip(place);
        partition.chain(rest).map(|(name, value)| (name.to_owned(), value.clone().into())).collect()
    }

    pub(crate) fn order(&self, item: &impl HasAttributes) -> Order {
        self.sort.iter().map(|attribute| item.key_value(attribute.name)).collect()
    }
}

/// Which of two items of different partitions has the lower sort key.
pub(crate) fn compare(this: &Order, other: &Order) -> Ordering {
    let orders = this.iter().zip(other).map(|pair| match pair {
        (Some(this), Some(other)) => compare_values(this, other),
        _ => Ordering::Equal,
    });
    orders.fold(Ordering::Equal, Ordering::then)
}

/// The order of DynamoDB: text and binary by bytes, numbers by value.
fn compare_values(this: &KeyValue, other: &KeyValue) -> Ordering {
    match (this, other) {
        _ if this.is_above(other) => Ordering::Greater,
        _ if other.is_above(this) => Ordering::Less,
        _ => Ordering::Equal,
    }
}
