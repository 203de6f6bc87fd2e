//! The items of a request, the large values of its updates, and the requests of a batch, written into its bytes: the SDK
//! writes everything else.
//!
//! It serialises the request with empty items, with a number that there is not for each value, and with one empty put
//! for all requests of a batch, and each of them is filled in where it stands. Signing, retries and what users'
//! interceptors do to the request come after, as without this.

use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;
use std::sync::Arc;

use aws_sdk_dynamodb::config::ConfigBag;
use aws_sdk_dynamodb::operation::batch_write_item::{BatchWriteItem, BatchWriteItemInput};
use aws_sdk_dynamodb::operation::put_item::{PutItem, PutItemInput};
use aws_sdk_dynamodb::operation::transact_write_items::{TransactWriteItems, TransactWriteItemsInput};
use aws_sdk_dynamodb::operation::update_item::{UpdateItem, UpdateItemInput};
use aws_sdk_dynamodb::types::{AttributeValue, WriteRequest};
use aws_smithy_runtime_api::client::interceptors::context::Input;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::ser_de::{SerializeRequest, SharedRequestSerializer};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::FrozenLayer;

use super::filling::{Filling, REQUEST, VALUE};
use super::from_bytes::is_on;
use super::operation::operation;
use super::watch::Part;
use crate::error::BoxError;
use crate::item::Item;

/// How the SDK writes an item without attributes. Nothing else in a request looks like this: attribute values are not
/// empty, and quotation marks in texts are escaped.
const ITEM: &[u8] = b"\"Item\":";

/// A request that items are written in.
pub(crate) trait TakesItems: Clone + fmt::Debug + Send + Sync + 'static {
    /// The SDK's configuration of the operation, which has its serialiser.
    fn operation() -> &'static FrozenLayer;

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

impl TakesItems for PutItemInput {
    operation!(PutItem::new());

    fn places(&mut self) -> impl Iterator<Item = &mut Item> {
        self.item.iter_mut()
    }
}

/// Of one table.
impl TakesItems for BatchWriteItemInput {
    operation!(BatchWriteItem::new());

    fn requests(&mut self) -> Option<&mut Vec<WriteRequest>> {
        self.request_items.as_mut()?.values_mut().next()
    }
}

impl TakesItems for UpdateItemInput {
    operation!(UpdateItem::new());

    fn values(&mut self) -> impl Iterator<Item = &mut AttributeValue> {
        self.expression_attribute_values.iter_mut().flat_map(HashMap::values_mut)
    }
}

impl TakesItems for TransactWriteItemsInput {
    operation!(TransactWriteItems::new());

    fn places(&mut self) -> impl Iterator<Item = &mut Item> {
        let actions = self.transact_items.iter_mut().flatten();
        actions.filter_map(|action| Some(&mut action.put.as_mut()?.item))
    }

    fn values(&mut self) -> impl Iterator<Item = &mut AttributeValue> {
        let updates = self.transact_items.iter_mut().flatten().filter_map(|action| action.update.as_mut());
        updates.filter_map(|update| update.expression_attribute_values.as_mut()).flat_map(HashMap::values_mut)
    }
}

/// Put on one call, this writes items and values into its request.
pub(super) struct WithItems<I> {
    filling: Arc<Filling>,
    request: PhantomData<fn() -> I>,
}

impl<I: TakesItems> WithItems<I> {
    pub(super) fn new(filling: Filling) -> Self {
        Self { filling: Arc::new(filling), request: PhantomData }
    }

    /// The request as the SDK is to have it.
    pub(super) fn prepare(&self, input: I) -> I {
        if is_on() { input } else { input.with(&self.filling) }
    }

    /// What is put on the call.
    pub(super) fn on_call(self) -> Option<Self> {
        (is_on() && !self.filling.is_empty()).then_some(self)
    }

    /// The body with all of it filled in; none if these are not its places.
    fn filled(&self, body: &[u8]) -> Option<Vec<u8>> {
        let mut out = Vec::with_capacity(body.len() + self.filling.len());
        let (mut from, mut values) = (0, 0);
        let (mut items, mut requests) = (self.filling.items.iter(), self.filling.requests.iter());
        while let Some((at, place)) = next_place(body, from) {
            out.extend_from_slice(&body[from..at.start]);
            match place {
                Place::Item => items.next()?.put_into(&mut out),
                Place::Requests => requests.next()?.put_into(&mut out),
                Place::Value(value) => {
                    out.extend_from_slice(self.filling.values().get(value)?);
                    values += 1;
                }
            }
            from = at.end;
        }
        out.extend_from_slice(&body[from..]);
        let all = items.next().is_none() && requests.next().is_none();
        (all && values == self.filling.values().len()).then_some(out)
    }
}

/// What is to be filled in.
enum Place {
    Item,
    Requests,
    /// The value of this number.
    Value(usize),
}

/// The first place that begins here or later. Braces are few enough to look at each.
fn next_place(body: &[u8], from: usize) -> Option<(Range<usize>, Place)> {
    let mut braces = (from..body.len()).filter(|at| body[*at] == b'{');
    braces.find_map(|at| place_at(body, at).map(|(len, place)| (at..at + len, place)))
}

/// The place that begins with this brace, and how long it is.
fn place_at(body: &[u8], at: usize) -> Option<(usize, Place)> {
    let rest = &body[at..];
    if rest.starts_with(b"{}") {
        return body[..at].ends_with(ITEM).then_some((b"{}".len(), Place::Item));
    }
    if rest.starts_with(REQUEST) {
        return Some((REQUEST.len(), Place::Requests));
    }
    let number = rest.strip_prefix(VALUE)?;
    let digits = number.iter().position(|digit| !digit.is_ascii_digit())?;
    let value = std::str::from_utf8(&number[..digits]).ok()?.parse().ok()?;
    number[digits..].starts_with(b"\"}").then_some((VALUE.len() + digits + b"\"}".len(), Place::Value(value)))
}

impl<I: TakesItems> Part for WithItems<I> {
    fn before_request(&self, config: &mut ConfigBag) {
        let serialiser = Self { filling: self.filling.clone(), request: PhantomData };
        config.interceptor_state().store_put(SharedRequestSerializer::new(serialiser));
    }
}

impl<I: TakesItems> SerializeRequest for WithItems<I> {
    fn serialize_input(&self, input: Input, config: &mut ConfigBag) -> Result<HttpRequest, BoxError> {
        let sdk = I::operation().load::<SharedRequestSerializer>().ok_or("the SDK has no serialiser")?;
        let again = input.downcast_ref::<I>().cloned();
        let mut request = sdk.serialize_input(input, config)?;
        let Some(body) = request.body().bytes().and_then(|body| self.filled(body)) else {
            let input = again.ok_or("the request is of another operation")?.with(&self.filling);
            return sdk.serialize_input(Input::erase(input), config);
        };
        request.headers_mut().insert("content-length", body.len().to_string());
        *request.body_mut() = SdkBody::from(body);
        Ok(request)
    }
}

/// The request that a batch sends, as the SDK is to sign it.
pub(crate) fn batch_request(input: BatchWriteItemInput, filling: Filling) -> Option<HttpRequest> {
    WithItems::<BatchWriteItemInput>::new(filling)
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
    use serde_json::{Value, json};

    use aws_sdk_dynamodb::types::PutRequest;

    use super::*;
    use crate::item::EncodedItem;
    use crate::sdk::{Chosen, RequestKind, Requests};

    fn item(text: &str) -> Arc<EncodedItem> {
        let item = Item::from([("PK".to_owned(), AttributeValue::S(text.to_owned()))]);
        Arc::new(EncodedItem::from(&item))
    }

    fn of_items(items: Vec<Arc<EncodedItem>>) -> Filling {
        let mut filling = Filling::default();
        items.into_iter().for_each(|item| drop(filling.take_item(item)));
        filling
    }

    fn input() -> PutItemInput {
        let input = PutItemInput::builder().table_name("a").set_item(Some(Item::new()));
        // What looks like an empty item where there is none.
        let value = AttributeValue::S("\"Item\":{}".to_owned());
        input.expression_attribute_values(":0", value).build().unwrap()
    }

    fn serialised(items: &[Arc<EncodedItem>]) -> (Value, Option<String>) {
        let with = WithItems::<PutItemInput>::new(of_items(items.to_vec()));
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
        let with = WithItems::<PutItemInput>::new(of_items(vec![item("x"), item("y")]));
        assert_eq!(with.filled(b"{\"TableName\":\"a\"}"), None);
        assert_eq!(with.filled(b"{\"Item\":{}}"), None);
        assert_eq!(serialised(&[item("x"), item("y")]), serialised(&[item("x")]));
    }

    fn update(text: &str) -> (UpdateItemInput, Filling) {
        let values = [(":0", crate::expr::store::store_value(text).unwrap())];
        let values = values.into_iter().chain([
            // What looks like a place where there is none.
            (":1", AttributeValue::S("{\"N\":\"#0\"}".to_owned()).into()),
            (
                ":2",
                AttributeValue::M([("{\"N\":\"#0\"}".to_owned(), AttributeValue::N("0".to_owned()))].into())
                    .into(),
            ),
        ]);
        let mut filling = Filling::default();
        let values =
            filling.take_values(Some(values.map(|(name, value)| (name.to_owned(), value)).collect()));
        (UpdateItemInput::builder().set_expression_attribute_values(values).build().unwrap(), filling)
    }

    /// Short ones as the SDK writes them, and long ones in their places.
    #[test]
    fn values_stand_in_the_request_of_the_sdk() {
        for length in [0, 100, 249, 250, 5000] {
            let text = "\"{\u{e9}".repeat(length);
            let (input, filling) = update(&text);
            assert_eq!(filling.values().len(), usize::from(length > 99), "{length}");
            assert_eq!(
                input.clone().with(&filling).expression_attribute_values().unwrap()[":0"].as_s(),
                Ok(&text)
            );
            let request = WithItems::<UpdateItemInput>::new(filling);
            let request = request.serialize_input(Input::erase(input), &mut ConfigBag::base()).unwrap();
            let body: Value = serde_json::from_slice(request.body().bytes().unwrap()).unwrap();
            let likeness = "{\"N\":\"#0\"}";
            let values =
                json!({":0": {"S": text}, ":1": {"S": likeness}, ":2": {"M": {likeness: {"N": "0"}}}});
            assert_eq!(body, json!({"ExpressionAttributeValues": values}));
        }
    }

    /// Those that are chosen, side by side or not; and where the SDK leaves no place for them it writes them itself.
    #[test]
    fn requests_of_a_batch_stand_in_the_request_of_the_sdk() {
        let mut all = Requests::default();
        let kinds = [RequestKind::Put, RequestKind::Delete, RequestKind::Put, RequestKind::Put];
        let requests: Vec<_> = kinds
            .into_iter()
            .zip(["a", "\"{}", "c", "d"])
            .map(|(kind, text)| all.add(kind, &item(text)))
            .collect();
        let all = Arc::new(all);
        let json = |at: usize| match (kinds[at], ["a", "\"{}", "c", "d"][at]) {
            (RequestKind::Put, text) => json!({"PutRequest": {"Item": {"PK": {"S": text}}}}),
            (RequestKind::Delete, text) => json!({"DeleteRequest": {"Key": {"PK": {"S": text}}}}),
        };
        for chosen in [&[0, 1, 2, 3][..], &[1, 3], &[3, 0, 1], &[2]] {
            let these = chosen.iter().map(|at| requests[*at].clone()).collect();
            let filling = Filling::of_requests(Chosen::new(all.clone(), these));
            let place = PutRequest::builder().set_item(Some(Item::new())).build().unwrap();
            let place = WriteRequest::builder().put_request(place).build();
            for places in [vec![place.clone()], vec![], vec![place.clone(), place]] {
                let input =
                    BatchWriteItemInput::builder().request_items("\"Item\":{}", places).build().unwrap();
                let with = WithItems::<BatchWriteItemInput>::new(filling.clone());
                let request = with.serialize_input(Input::erase(input), &mut ConfigBag::base()).unwrap();
                let body: Value = serde_json::from_slice(request.body().bytes().unwrap()).unwrap();
                let expected: Vec<_> = chosen.iter().map(|at| json(*at)).collect();
                assert_eq!(body, json!({"RequestItems": {"\"Item\":{}": expected}}));
            }
        }
    }
}
