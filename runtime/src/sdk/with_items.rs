//! The items of a request, written into its bytes: the SDK writes everything else.
//!
//! It serialises the request with empty items, and each of them is filled in where it stands. Signing, retries and
//! what users' interceptors do to the request come after, as without this.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use aws_sdk_dynamodb::config::interceptors::BeforeSerializationInterceptorContextMut;
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::operation::batch_write_item::{BatchWriteItem, BatchWriteItemInput};
use aws_sdk_dynamodb::operation::put_item::{PutItem, PutItemInput};
use aws_sdk_dynamodb::operation::transact_write_items::{TransactWriteItems, TransactWriteItemsInput};
use aws_smithy_runtime_api::client::interceptors::context::Input;
use aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::ser_de::{SerializeRequest, SharedRequestSerializer};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::FrozenLayer;

use super::from_bytes::is_on;
use super::operation::operation;
use crate::error::BoxError;
use crate::item::{EncodedItem, Item};

/// How the SDK writes an item without attributes. Nothing else in a request looks like this: attribute values are not
/// empty, and quotation marks in texts are escaped.
const EMPTY: &[u8] = b"\"Item\":{}";
const BEFORE: usize = EMPTY.len() - b"{}".len();

/// The items of a request, in the order of their places. Retries and leftovers share them.
pub(crate) type Items = Arc<[Arc<EncodedItem>]>;

/// A request that items are written in.
pub(crate) trait TakesItems: Clone + fmt::Debug + Send + Sync + 'static {
    /// The SDK's configuration of the operation, which has its serialiser.
    fn operation() -> &'static FrozenLayer;

    /// The places of the items, in their order.
    fn places(&mut self) -> impl Iterator<Item = &mut Item>;

    /// The request with items as the SDK has them: to be shown, and for an SDK that writes it otherwise.
    fn with(mut self, items: &[Arc<EncodedItem>]) -> Self {
        self.places().zip(items).for_each(|(place, item)| *place = item.to_item());
        self
    }
}

impl TakesItems for PutItemInput {
    operation!(PutItem::new());

    fn places(&mut self) -> impl Iterator<Item = &mut Item> {
        self.item.iter_mut()
    }
}

/// Of one table: tables have no order.
impl TakesItems for BatchWriteItemInput {
    operation!(BatchWriteItem::new());

    fn places(&mut self) -> impl Iterator<Item = &mut Item> {
        let requests = self.request_items.iter_mut().flat_map(|tables| tables.values_mut()).flatten();
        requests.filter_map(|request| Some(&mut request.put_request.as_mut()?.item))
    }
}

impl TakesItems for TransactWriteItemsInput {
    operation!(TransactWriteItems::new());

    fn places(&mut self) -> impl Iterator<Item = &mut Item> {
        let actions = self.transact_items.iter_mut().flatten();
        actions.filter_map(|action| Some(&mut action.put.as_mut()?.item))
    }
}

/// Put on one call, this writes the items into its request.
pub(super) struct WithItems<I> {
    items: Items,
    request: PhantomData<fn() -> I>,
}

impl<I: TakesItems> WithItems<I> {
    pub(super) fn new(items: Items) -> Self {
        Self { items, request: PhantomData }
    }

    /// The request as the SDK is to have it.
    pub(super) fn prepare(&self, input: I) -> I {
        if is_on() { input } else { input.with(&self.items) }
    }

    /// What is put on the call.
    pub(super) fn on_call(self) -> Option<Self> {
        (is_on() && !self.items.is_empty()).then_some(self)
    }

    /// The body with the items; none if these are not their places.
    fn filled(&self, body: &[u8]) -> Option<Vec<u8>> {
        let more: usize = self.items.iter().map(|item| item.json_len()).sum();
        let (mut out, mut from) = (Vec::with_capacity(body.len() + more), 0);
        let mut items = self.items.iter();
        while let Some(at) = position(&body[from..], EMPTY) {
            out.extend_from_slice(&body[from..from + at + BEFORE]);
            items.next()?.put_into(&mut out);
            from += at + EMPTY.len();
        }
        out.extend_from_slice(&body[from..]);
        items.next().is_none().then_some(out)
    }
}

/// Quotation marks are few enough to look at each.
fn position(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

#[dyn_dispatch_hint]
impl<I: TakesItems> Intercept for WithItems<I> {
    fn name(&self) -> &'static str {
        "monotable::WithItems"
    }

    fn modify_before_serialization(
        &self,
        _: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let serialiser = Self::new(self.items.clone());
        config.interceptor_state().store_put(SharedRequestSerializer::new(serialiser));
        Ok(())
    }
}

impl<I: TakesItems> SerializeRequest for WithItems<I> {
    fn serialize_input(&self, input: Input, config: &mut ConfigBag) -> Result<HttpRequest, BoxError> {
        let sdk = I::operation().load::<SharedRequestSerializer>().ok_or("the SDK has no serialiser")?;
        let again = input.downcast_ref::<I>().cloned();
        let mut request = sdk.serialize_input(input, config)?;
        let Some(body) = request.body().bytes().and_then(|body| self.filled(body)) else {
            let input = again.ok_or("the request is of another operation")?.with(&self.items);
            return sdk.serialize_input(Input::erase(input), config);
        };
        request.headers_mut().insert("content-length", body.len().to_string());
        *request.body_mut() = SdkBody::from(body);
        Ok(request)
    }
}

/// The request that a batch sends, as the SDK is to sign it.
pub(crate) fn batch_request(input: BatchWriteItemInput, items: Items) -> Option<HttpRequest> {
    WithItems::<BatchWriteItemInput>::new(items)
        .serialize_input(Input::erase(input), &mut ConfigBag::base())
        .ok()
}

impl<I> fmt::Debug for WithItems<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WithItems")
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_dynamodb::types::AttributeValue;
    use serde_json::{Value, json};

    use super::*;

    fn item(text: &str) -> Arc<EncodedItem> {
        let item = Item::from([("PK".to_owned(), AttributeValue::S(text.to_owned()))]);
        Arc::new(EncodedItem::from(&item))
    }

    fn input() -> PutItemInput {
        let input = PutItemInput::builder().table_name("a").set_item(Some(Item::new()));
        // What looks like an empty item where there is none.
        let value = AttributeValue::S("\"Item\":{}".to_owned());
        input.expression_attribute_values(":0", value).build().unwrap()
    }

    fn serialised(items: &[Arc<EncodedItem>]) -> (Value, Option<String>) {
        let with = WithItems::<PutItemInput>::new(items.into());
        let request = with.serialize_input(Input::erase(input()), &mut ConfigBag::base()).unwrap();
        let length = request.headers().get("content-length").map(str::to_owned);
        let body = request.body().bytes().unwrap();
        assert_eq!(length, Some(body.len().to_string()));
        (serde_json::from_slice(body).unwrap(), length)
    }

    #[test]
    fn items_stand_in_the_request_of_the_sdk() {
        let (body, _) = serialised(&[item("x")]);
        let values = json!({":0": {"S": "\"Item\":{}"}});
        let expected =
            json!({"TableName": "a", "Item": {"PK": {"S": "x"}}, "ExpressionAttributeValues": values});
        assert_eq!(body, expected);
    }

    /// As if the SDK wrote empty items in another way: it gets maps.
    #[test]
    fn where_they_have_no_place_the_sdk_writes_them() {
        let with = WithItems::<PutItemInput>::new([item("x"), item("y")].into());
        assert_eq!(with.filled(b"{\"TableName\":\"a\"}"), None);
        assert_eq!(with.filled(b"{\"Item\":{}}"), None);
        assert_eq!(serialised(&[item("x"), item("y")]), serialised(&[item("x")]));
    }
}
