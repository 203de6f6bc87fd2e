//! What is written into the bytes of a request.

use std::collections::HashMap;
use std::sync::Arc;

use aws_sdk_dynamodb::types::AttributeValue;

use super::from_bytes::is_on;
use super::requests::Chosen;
use crate::expr::value::Value;
use crate::item::{EncodedItem, Item};

/// Items and large values of a request, or the requests of a batch, which the SDK does not have. Retries share them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filling {
    /// The SDK has them all the same, so nothing is filled in.
    whole: bool,
    /// In the order of their places.
    pub(crate) items: Vec<Arc<EncodedItem>>,
    values: Vec<Arc<[u8]>>,
    /// In the place of one put without attributes.
    pub(crate) requests: Option<Chosen>,
}

/// How a place for a value begins: no number is written like this, and in texts quotation marks are escaped.
pub(super) const VALUE: &[u8] = b"{\"N\":\"#";

/// The place for a value, as the SDK is to write it.
pub(super) fn value_place(number: usize) -> AttributeValue {
    AttributeValue::N(format!("#{number}"))
}

/// How the SDK writes a put without attributes in a batch. Nothing else in a request looks like this.
pub(super) const REQUEST: &[u8] = b"{\"PutRequest\":{\"Item\":{}}}";

impl Filling {
    pub(crate) fn of_requests(requests: Chosen) -> Self {
        Self { requests: Some(requests), ..Self::default() }
    }

    /// What a request that is sent leaves out.
    pub(crate) fn of_sent() -> Self {
        Self { whole: !is_on(), ..Self::default() }
    }

    /// Nothing, because the request is to be shown.
    pub(crate) fn of_shown() -> Self {
        Self { whole: true, ..Self::default() }
    }

    /// The item as the SDK is to have it.
    pub(crate) fn take_item(&mut self, item: Arc<EncodedItem>) -> Item {
        let place = if self.whole { item.to_item() } else { Item::new() };
        self.items.push(item);
        place
    }

    /// The values as the SDK is to have them, with places for the large ones.
    pub(crate) fn take_values(
        &mut self,
        values: Option<HashMap<String, Value>>,
    ) -> Option<HashMap<String, AttributeValue>> {
        let mut place = |value| match value {
            Value::Plain(value) => value,
            Value::Json(_) if self.whole => Value::into_attribute_value(value),
            Value::Json(json) => {
                self.values.push(json);
                value_place(self.values.len() - 1)
            }
        };
        let values = values?.into_iter().map(|(placeholder, value)| (placeholder, place(value)));
        Some(values.collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.whole || self.items.is_empty() && self.values.is_empty() && self.requests.is_none()
    }

    pub(super) fn values(&self) -> &[Arc<[u8]>] {
        &self.values
    }

    /// The value of a place; none if it is no place.
    pub(super) fn value_at(&self, place: &AttributeValue) -> Option<AttributeValue> {
        let AttributeValue::N(number) = place else { return None };
        let json = self.values.get(number.strip_prefix('#')?.parse::<usize>().ok()?)?;
        Some(Value::Json(json.clone()).into_attribute_value())
    }

    /// About how many bytes it adds.
    pub(super) fn len(&self) -> usize {
        let values = self.values.iter().map(|value| value.len());
        let items = self.items.iter().map(|item| item.json_len());
        items.chain(values).chain(self.requests.iter().map(Chosen::len)).sum()
    }
}
