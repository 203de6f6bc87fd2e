//! What an index stores of an item: which attributes, of which size, and at which place.

use aws_sdk_dynamodb::types::AttributeValue;

use crate::item::{Item, same_value, value_size};
use crate::model::{IndexModel, IndexProjection};
use crate::table::Table;

/// The keys of a table and its indexes.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    pub(super) partition_key: &'static str,
    pub(super) sort_key: Option<&'static str>,
    pub(crate) indexes: &'static [IndexModel],
}

/// An item in an index.
pub(crate) struct Entry<'i> {
    pub(crate) index: &'static str,
    pub(crate) size: usize,
    model: &'static IndexModel,
    shape: Shape,
    item: &'i Item,
}

impl Shape {
    pub(crate) fn of<T: Table>() -> Self {
        Self { partition_key: T::PARTITION_KEY, sort_key: T::SORT_KEY, indexes: T::INDEXES }
    }

    pub(super) fn has_partition_key(self, name: &str) -> bool {
        self.partition_key == name
    }

    pub(crate) fn entries(self, item: &Item) -> impl Iterator<Item = Entry<'_>> {
        self.indexes.iter().filter_map(move |index| self.entry(index, item))
    }

    /// None if the item lacks an attribute of the index's key.
    pub(crate) fn entry<'i>(self, model: &'static IndexModel, item: &'i Item) -> Option<Entry<'i>> {
        model.attributes().all(|key| item.contains_key(key.name)).then_some(())?;
        let mut entry = Entry { index: model.name, size: 0, model, shape: self, item };
        entry.size = entry.attributes().map(|(name, value)| name.len() + value_size(value)).sum();
        Some(entry)
    }

    /// The attributes that are in every entry of an index, or in every item.
    fn is_key(self, model: &IndexModel, name: &str) -> bool {
        let of_table = name == self.partition_key || Some(name) == self.sort_key;
        of_table || model.attributes().any(|key| key.name == name)
    }
}

impl<'i> Entry<'i> {
    fn attributes(&self) -> impl Iterator<Item = (&'i String, &'i AttributeValue)> {
        let (model, shape) = (self.model, self.shape);
        self.item.iter().filter(move |(name, _)| match model.projection {
            IndexProjection::All => true,
            IndexProjection::Keys => shape.is_key(model, name),
            IndexProjection::Include(names) => shape.is_key(model, name) || names.contains(&name.as_str()),
        })
    }

    /// Whether both stand at the same place of the index.
    pub(crate) fn is_at(&self, other: &Self) -> bool {
        let same = |name: &str| match (self.item.get(name), other.item.get(name)) {
            (Some(this), Some(other)) => same_value(this, other),
            _ => false,
        };
        self.model.attributes().all(|key| same(key.name))
    }

    /// Whether the index stores the same of both.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let found = |name: &String, value| other.item.get(name).is_some_and(|other| same_value(value, other));
        let count = self.attributes().filter(|(name, value)| found(name, *value)).count();
        count == self.attributes().count() && count == other.attributes().count()
    }
}
