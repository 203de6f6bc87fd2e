//! What reads cost: by the size of what is read, in steps of 4 KB.

use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemInput;
use aws_sdk_dynamodb::operation::get_item::GetItemInput;
use aws_sdk_dynamodb::operation::query::QueryInput;
use aws_sdk_dynamodb::operation::transact_get_items::TransactGetItemsInput;

use super::{Explained, Prediction, Shape, encoded};
use crate::entity::Entity;
use crate::error::Error;
use crate::item::{ITEM_LIMIT, Item, item_size};
use crate::metered::{Capacity, Units};
use crate::units::{PAGE, read_units};

/// What a unit of 4 KB counts.
#[derive(Clone, Copy)]
pub(super) struct Factor(f64);

impl Factor {
    pub(super) const TRANSACTION: Self = Self(2.0);

    pub(super) fn of(consistent: Option<bool>) -> Self {
        Self(if consistent == Some(true) { 1.0 } else { 0.5 })
    }

    fn units(self, size: usize) -> f64 {
        self.0 * read_units(size)
    }
}

/// Units of the table, or of an index.
fn capacity(index: Option<&str>, read: f64) -> Capacity {
    let units = Units::read(read);
    match index {
        None => Capacity { table: units, ..Capacity::default() },
        Some(index) => Capacity { table: Units::default(), indexes: [(index.to_owned(), units)].into() },
    }
}

/// Of so many items, each rounded up by itself.
pub(super) fn predict_items(items: usize, factor: Factor) -> Prediction {
    let of = |size| capacity(None, items as f64 * factor.units(size));
    Prediction::between(of(0), of(ITEM_LIMIT))
}

/// Of one page.
pub(super) fn predict_page(index: Option<&str>, limit: Option<i32>, factor: Factor) -> Prediction {
    let items = limit.and_then(|limit| usize::try_from(limit).ok());
    let most = items.map_or(PAGE, |items| items.saturating_mul(ITEM_LIMIT).min(PAGE + ITEM_LIMIT));
    Prediction::between(capacity(index, factor.units(0)), capacity(index, factor.units(most)))
}

fn sum(items: &[Option<Item>], factor: Factor) -> Capacity {
    capacity(None, items.iter().map(|item| factor.units(item.as_ref().map_or(0, item_size))).sum())
}

impl Explained<GetItemInput> {
    /// The same request, if it finds this entity, or none: then its units are exact.
    ///
    /// # Errors
    ///
    /// If the entity cannot be stored.
    pub fn finding<E: Entity>(self, found: Option<&E>) -> Result<Self, Error> {
        let found = found.map(encoded).transpose()?;
        Ok(self.finding_item(found.as_ref()))
    }

    /// The same request, if it finds this item, or none: then its units are exact.
    #[must_use = "this returns the prediction"]
    pub fn finding_item(self, found: Option<&Item>) -> Self {
        let factor = Factor::of(self.request.consistent_read);
        let units = capacity(None, factor.units(found.map_or(0, item_size)));
        self.predicting(units)
    }
}

impl Explained<QueryInput> {
    /// The same request, if it finds these entities, and no more in the partition: then its units are exact, as far as
    /// they are those of one page. A filter does not make them fewer.
    ///
    /// # Errors
    ///
    /// If an entity cannot be stored.
    pub fn finding<'e, E: Entity>(self, found: impl IntoIterator<Item = &'e E>) -> Result<Self, Error> {
        let found = found.into_iter().map(encoded).collect::<Result<Vec<_>, _>>()?;
        Ok(self.finding_items(&found))
    }

    /// The same request, if it finds these items: as [`finding`](Self::finding).
    #[must_use = "this returns the prediction"]
    pub fn finding_items(self, found: &[Item]) -> Self {
        let (index, shape) = (self.request.index_name.as_deref(), self.shape);
        let most = self.request.limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX);
        let sizes = found.iter().take(most).map(|item| entry_size(shape, index, item));
        let size: usize = sizes.sum();
        let units = capacity(index, Factor::of(self.request.consistent_read).units(size.min(PAGE)));
        self.predicting(units)
    }
}

/// What the index stores of an item; of the table, all of it.
fn entry_size(shape: Shape, index: Option<&str>, item: &Item) -> usize {
    let Some(index) = index else { return item_size(item) };
    let model = shape.indexes.iter().find(|model| model.name == index);
    model.and_then(|model| shape.entry(model, item)).map_or(0, |entry| entry.size)
}

impl Explained<BatchGetItemInput> {
    /// The same request, if its keys find these items, or none: then its units are exact.
    #[must_use = "this returns the prediction"]
    pub fn finding_items(self, found: &[Option<Item>]) -> Self {
        let mut tables = self.request.request_items.iter().flat_map(|tables| tables.values());
        let consistent = tables.next().and_then(|keys| keys.consistent_read);
        let units = sum(found, Factor::of(consistent));
        self.predicting(units)
    }
}

impl Explained<TransactGetItemsInput> {
    /// The same request, if its keys find these items, or none: then its units are exact.
    #[must_use = "this returns the prediction"]
    pub fn finding_items(self, found: &[Option<Item>]) -> Self {
        let units = sum(found, Factor::TRANSACTION);
        self.predicting(units)
    }
}
