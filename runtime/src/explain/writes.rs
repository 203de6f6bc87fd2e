//! What writes cost: the table by the larger of the two items, an index by what changes in it.

use std::collections::HashMap;

use aws_sdk_dynamodb::operation::batch_write_item::BatchWriteItemInput;
use aws_sdk_dynamodb::operation::delete_item::DeleteItemInput;
use aws_sdk_dynamodb::operation::put_item::PutItemInput;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsInput;
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use aws_sdk_dynamodb::types::{TransactWriteItem, WriteRequest};

use super::{Change, Explained, Prediction, Shape, encoded};
use crate::entity::Entity;
use crate::error::Error;
use crate::item::{ITEM_LIMIT, Item, item_size};
use crate::metered::{Capacity, Units};
use crate::units::write_units;

/// Table units of a transaction are twice those of a call by itself; those of indexes are not.
pub(super) const IN_TRANSACTION: f64 = 2.0;

/// The units of one write that changes an item in this way.
pub(crate) fn write(shape: Shape, (before, after): Change<'_>) -> Capacity {
    let size = before.into_iter().chain(after).map(item_size).max().unwrap_or_default();
    let mut capacity = Capacity { table: Units::write(write_units(size)), ..Capacity::default() };
    for index in shape.indexes {
        let entry =
            |item: Option<&Item>| item.and_then(|item| shape.entry(index, item).map(|entry| entry.size));
        let same_place = || {
            let (before, after) = (shape.entry(index, before?)?, shape.entry(index, after?)?);
            Some((before.is_at(&after), before.is_same(&after)))
        };
        let units = match (entry(before), entry(after), same_place()) {
            (None, None, _) | (_, _, Some((true, true))) => continue,
            (Some(before), Some(after), Some((true, false))) => write_units(before.max(after)),
            // It is removed from one place and added at another.
            (before, after, _) => before.into_iter().chain(after).map(write_units).sum(),
        };
        capacity.indexes.insert(index.name.to_owned(), Units::write(units));
    }
    capacity
}

/// The units of a write of which only the item that it leaves is known, if even that.
pub(super) fn bounds(shape: Shape, after: Option<&Item>) -> (Capacity, Capacity) {
    let least = after.map_or(1.0, |after| write_units(item_size(after)));
    let least = Capacity { table: Units::write(least), ..Capacity::default() };
    let largest = write_units(ITEM_LIMIT);
    let mut most = Capacity { table: Units::write(largest), ..Capacity::default() };
    for index in shape.indexes {
        let added = after.and_then(|after| shape.entry(index, after)).map(|entry| write_units(entry.size));
        most.indexes.insert(index.name.to_owned(), Units::write(largest + added.unwrap_or_default()));
    }
    (least, most)
}

/// Twice for the table, for a transaction.
pub(super) fn in_transaction(mut capacity: Capacity) -> Capacity {
    capacity.table.write *= IN_TRANSACTION;
    capacity
}

pub(super) fn predict_put(shape: Shape, item: &Item, creates: bool) -> Prediction {
    match creates {
        true => Prediction::exactly(write(shape, (None, Some(item)))),
        false => {
            let (least, most) = bounds(shape, Some(item));
            Prediction::between(least, most)
        }
    }
}

/// An update may leave an item of any size, at another place of each index.
pub(super) fn predict_update(shape: Shape) -> Prediction {
    let (least, mut most) = bounds(shape, None);
    most.indexes.values_mut().for_each(|units| units.write *= 2.0);
    Prediction::between(least, most)
}

pub(super) fn predict_delete(shape: Shape) -> Prediction {
    let (least, most) = bounds(shape, None);
    Prediction::between(least, most)
}

/// The units of an action of a transaction, if nothing is known of the item that it meets.
pub(super) fn predict_action(shape: Shape, action: &TransactWriteItem) -> (Capacity, Capacity) {
    let Prediction { least, most } = match action {
        TransactWriteItem { put: Some(put), .. } => {
            let condition = put.condition_expression.as_deref().unwrap_or_default();
            let names = put.expression_attribute_names.as_ref();
            predict_put(shape, &put.item, super::request::creates(shape, condition, names))
        }
        TransactWriteItem { update: Some(_), .. } => predict_update(shape),
        TransactWriteItem { delete: Some(_), .. } => predict_delete(shape),
        _ => {
            let (least, most) = bounds(Shape { indexes: &[], ..shape }, None);
            Prediction::between(least, most)
        }
    };
    (in_transaction(least), in_transaction(most))
}

/// The units of a request of a batch, if nothing is known of the item that it meets.
pub(super) fn predict_request(shape: Shape, request: &WriteRequest) -> (Capacity, Capacity) {
    bounds(shape, request.put_request.as_ref().map(|put| &put.item))
}

impl Explained<BatchWriteItemInput> {
    /// The same request, if its puts and deletes meet these items, or none, in the order of the request: then its units
    /// are exact.
    #[must_use = "this returns the prediction"]
    pub fn replacing_items(self, old: &[Option<Item>]) -> Self {
        let requests = self.request.request_items.iter().flat_map(HashMap::values).flatten().zip(old);
        let units = requests.map(|(request, old)| {
            write(self.shape, (old.as_ref(), request.put_request.as_ref().map(|put| &put.item)))
        });
        let units = units.sum();
        self.predicting(units)
    }
}

impl Explained<PutItemInput> {
    /// The same request, if it replaces this entity: then its units are exact.
    ///
    /// # Errors
    ///
    /// If the entity cannot be stored.
    pub fn replacing<E: Entity>(self, old: &E) -> Result<Self, Error> {
        let old = encoded(old)?;
        Ok(self.replacing_item(Some(&old)))
    }

    /// The same request, if it replaces this item, or none: then its units are exact.
    #[must_use = "this returns the prediction"]
    pub fn replacing_item(self, old: Option<&Item>) -> Self {
        let units = write(self.shape, (old, self.request.item.as_ref()));
        self.predicting(units)
    }
}

impl Explained<DeleteItemInput> {
    /// The same request, if it deletes this entity: then its units are exact.
    ///
    /// # Errors
    ///
    /// If the entity cannot be stored.
    pub fn deleting<E: Entity>(self, old: &E) -> Result<Self, Error> {
        let old = encoded(old)?;
        Ok(self.deleting_item(Some(&old)))
    }

    /// The same request, if it deletes this item, or meets none: then its units are exact.
    #[must_use = "this returns the prediction"]
    pub fn deleting_item(self, old: Option<&Item>) -> Self {
        let units = write(self.shape, (old, None));
        self.predicting(units)
    }
}

impl Explained<UpdateItemInput> {
    /// The same request, if it makes one of these entities of the other: then its units are exact. None is an item that
    /// is not there yet.
    ///
    /// # Errors
    ///
    /// If an entity cannot be stored.
    pub fn changing<E: Entity>(self, before: Option<&E>, after: &E) -> Result<Self, Error> {
        let (before, after) = (before.map(encoded).transpose()?, encoded(after)?);
        Ok(self.changing_item(before.as_ref(), &after))
    }

    /// The same request, if it makes one of these items of the other: then its units are exact.
    #[must_use = "this returns the prediction"]
    pub fn changing_item(self, before: Option<&Item>, after: &Item) -> Self {
        let units = write(self.shape, (before, Some(after)));
        self.predicting(units)
    }
}

impl Explained<TransactWriteItemsInput> {
    /// The same request, if its actions make these changes, in their order: the item that each meets and the item that
    /// it leaves. What a check reads is met and left. Then its units are exact, if all actions are of this table.
    #[must_use = "this returns the prediction"]
    pub fn changing_items(self, changes: &[(Option<Item>, Option<Item>)]) -> Self {
        let actions = self.request.transact_items.iter().flatten().zip(changes);
        let units = actions.map(|(action, (before, after))| {
            let checks = action.condition_check.is_some();
            let shape = if checks { Shape { indexes: &[], ..self.shape } } else { self.shape };
            in_transaction(write(shape, (before.as_ref(), after.as_ref())))
        });
        let units = units.sum();
        self.predicting(units)
    }
}
