//! The requests that items and values are written in, and where in their inputs.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use aws_sdk_dynamodb::config::ConfigBag;
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::operation::batch_write_item::{BatchWriteItem, BatchWriteItemInput};
use aws_sdk_dynamodb::operation::put_item::{PutItem, PutItemInput};
use aws_sdk_dynamodb::operation::transact_write_items::{TransactWriteItems, TransactWriteItemsInput};
use aws_sdk_dynamodb::operation::update_item::{UpdateItem, UpdateItemInput};
use aws_sdk_dynamodb::types::{AttributeValue, Put, PutRequest, TransactWriteItem, Update, WriteRequest};
use aws_smithy_runtime_api::client::interceptors::context::Input;
use aws_smithy_runtime_api::client::ser_de::{SerializeRequest, SharedRequestSerializer};
use aws_smithy_types::config_bag::FrozenLayer;

use super::filling::{Filling, value_place};
use super::operation::operation;
use super::with_items::next_place;
use crate::error::BoxError;
use crate::item::Item;

/// A request that items are written in.
pub(crate) trait TakesItems: Clone + fmt::Debug + Send + Sync + 'static {
    /// The SDK's configuration of the operation, which has its serialiser.
    fn operation() -> &'static FrozenLayer;

    /// One with a place of each kind that it may have.
    fn sample() -> Result<Self, BuildError>;

    /// Whether the SDK writes places as they are looked for here. Another SDK may write another protocol.
    fn leaves_places() -> bool;

    /// The places of the items, in their order.
    fn places(&mut self) -> impl Iterator<Item = &mut Item> {
        std::iter::empty()
    }

    /// The values of its expressions that may have places for large ones.
    fn values(&mut self) -> impl Iterator<Item = &mut AttributeValue> {
        std::iter::empty()
    }

    /// The requests of a batch.
    fn requests(&mut self) -> Option<&mut Vec<WriteRequest>> {
        None
    }

    /// The request with items and values as the SDK has them: to be shown, and for an SDK that writes it otherwise.
    fn with(mut self, filling: &Filling) -> Self {
        self.places().zip(&filling.items).for_each(|(place, item)| *place = item.to_item());
        for value in self.values() {
            if let Some(filled) = filling.value_at(value) {
                *value = filled;
            }
        }
        if let Some((place, chosen)) = self.requests().zip(filling.requests.as_ref()) {
            *place = chosen.to_requests();
        }
        self
    }
}

/// Whether there are as many places in the request that the SDK makes of the sample as in the sample.
fn leaves_places<I: TakesItems>() -> bool {
    let (Ok(mut sample), Ok(sdk)) = (I::sample(), serialiser::<I>()) else { return false };
    let places = places_of(&mut sample);
    let request = sdk.serialize_input(Input::erase(sample), &mut ConfigBag::base());
    let body = request.as_ref().ok().and_then(|request| request.body().bytes()).unwrap_or_default();
    let ends = std::iter::successors(Some(0), |from| Some(next_place(body, *from)?.0.end));
    ends.skip(1).count() == places
}

fn places_of(input: &mut impl TakesItems) -> usize {
    input.places().count() + input.values().count() + usize::from(input.requests().is_some())
}

pub(super) fn serialiser<I: TakesItems>() -> Result<&'static SharedRequestSerializer, BoxError> {
    Ok(I::operation().load::<SharedRequestSerializer>().ok_or("the SDK has no serialiser")?)
}

/// What this is, found once.
macro_rules! once {
    ($what:expr) => {{
        static ONCE: LazyLock<bool> = LazyLock::new(|| $what);
        *ONCE
    }};
}

impl TakesItems for PutItemInput {
    operation!(PutItem::new());

    fn sample() -> Result<Self, BuildError> {
        Self::builder().set_item(Some(Item::new())).build()
    }

    fn leaves_places() -> bool {
        once!(leaves_places::<PutItemInput>())
    }

    fn places(&mut self) -> impl Iterator<Item = &mut Item> {
        self.item.iter_mut()
    }
}

/// Of one table.
impl TakesItems for BatchWriteItemInput {
    operation!(BatchWriteItem::new());

    fn sample() -> Result<Self, BuildError> {
        let put = PutRequest::builder().set_item(Some(Item::new())).build()?;
        let request = WriteRequest::builder().put_request(put).build();
        Self::builder().request_items("table", vec![request]).build()
    }

    fn leaves_places() -> bool {
        once!(leaves_places::<BatchWriteItemInput>())
    }

    fn requests(&mut self) -> Option<&mut Vec<WriteRequest>> {
        self.request_items.as_mut()?.values_mut().next()
    }
}

impl TakesItems for UpdateItemInput {
    operation!(UpdateItem::new());

    fn sample() -> Result<Self, BuildError> {
        Self::builder().expression_attribute_values(":0", value_place(0)).build()
    }

    fn leaves_places() -> bool {
        once!(leaves_places::<UpdateItemInput>())
    }

    fn values(&mut self) -> impl Iterator<Item = &mut AttributeValue> {
        self.expression_attribute_values.iter_mut().flat_map(HashMap::values_mut)
    }
}

impl TakesItems for TransactWriteItemsInput {
    operation!(TransactWriteItems::new());

    fn sample() -> Result<Self, BuildError> {
        let put = Put::builder().table_name("table").set_item(Some(Item::new())).build()?;
        let update = Update::builder().table_name("table").set_key(Some(Item::new())).update_expression("");
        let update = update.expression_attribute_values(":0", value_place(0)).build()?;
        let action = TransactWriteItem::builder().put(put).update(update).build();
        Self::builder().transact_items(action).build()
    }

    fn leaves_places() -> bool {
        once!(leaves_places::<TransactWriteItemsInput>())
    }

    fn places(&mut self) -> impl Iterator<Item = &mut Item> {
        let actions = self.transact_items.iter_mut().flatten();
        actions.filter_map(|action| Some(&mut action.put.as_mut()?.item))
    }

    fn values(&mut self) -> impl Iterator<Item = &mut AttributeValue> {
        let updates = self.transact_items.iter_mut().flatten().filter_map(|action| action.update.as_mut());
        updates.filter_map(|update| update.expression_attribute_values.as_mut()).flat_map(HashMap::values_mut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Without this, the SDK could write everything, in every call.
    #[test]
    fn the_sdk_leaves_places() {
        fn sampled<I: TakesItems>() -> (usize, bool) {
            (places_of(&mut I::sample().unwrap()), I::leaves_places())
        }
        assert_eq!(sampled::<PutItemInput>(), (1, true));
        assert_eq!(sampled::<UpdateItemInput>(), (1, true));
        assert_eq!(sampled::<BatchWriteItemInput>(), (1, true));
        assert_eq!(sampled::<TransactWriteItemsInput>(), (2, true));
    }
}
