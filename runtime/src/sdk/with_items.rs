//! The items of a request, the large values of its updates, and the requests of a batch, written into its bytes: the SDK
//! writes everything else.
//!
//! It serialises the request with empty items, with a number that there is not for each value, and with one empty put
//! for all requests of a batch, and each of them is filled in where it stands. Signing, retries and what users'
//! interceptors do to the request come after, as without this.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;
use std::sync::Arc;

use aws_sdk_dynamodb::config::ConfigBag;
use aws_sdk_dynamodb::operation::batch_write_item::BatchWriteItemInput;
use aws_smithy_runtime_api::client::interceptors::context::Input;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::ser_de::{SerializeRequest, SharedRequestSerializer};
use aws_smithy_types::body::SdkBody;

use super::filling::{Filling, REQUEST, VALUE};
use super::from_bytes::is_on;
use super::takes_items::{TakesItems, serialiser};
use super::watch::Part;
use crate::error::BoxError;

/// How the SDK writes an item without attributes. Nothing else in a request looks like this: attribute values are not
/// empty, and quotation marks in texts are escaped.
const ITEM: &[u8] = b"\"Item\":";

/// Filling it in all the same would undo what somebody meant.
const CHANGED: &str = "an interceptor changed items or values in the input of the request, which does not have them \
                       yet; change the request after it is serialised";

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
pub(super) enum Place {
    Item,
    Requests,
    /// The value of this number.
    Value(usize),
}

/// The first place that begins here or later. Braces are few enough to look at each.
pub(super) fn next_place(body: &[u8], from: usize) -> Option<(Range<usize>, Place)> {
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
        self.serialise(input, config, I::leaves_places())
    }
}

impl<I: TakesItems> WithItems<I> {
    fn serialise(
        &self,
        input: Input,
        config: &mut ConfigBag,
        leaves_places: bool,
    ) -> Result<HttpRequest, BoxError> {
        let sdk = serialiser::<I>()?;
        if !leaves_places {
            let input = input.downcast::<I>().map_err(|_| "the request is of another operation")?;
            return sdk.serialize_input(Input::erase(input.with(&self.filling)), config);
        }
        let mut request = sdk.serialize_input(input, config)?;
        let body = request.body().bytes().and_then(|body| self.filled(body)).ok_or(CHANGED)?;
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
    use aws_sdk_dynamodb::operation::put_item::PutItemInput;
    use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
    use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
    use serde_json::{Value, json};

    use super::*;
    use crate::item::{EncodedItem, Item};
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
    fn where_it_leaves_none_it_writes_them_itself() {
        let with = WithItems::<PutItemInput>::new(of_items(vec![item("x")]));
        let request = with.serialise(Input::erase(input()), &mut ConfigBag::base(), false).unwrap();
        let body: Value = serde_json::from_slice(request.body().bytes().unwrap()).unwrap();
        assert_eq!(body, serialised(&[item("x")]).0);
    }

    #[test]
    fn what_does_not_fit_its_places_is_refused() {
        let with = WithItems::<PutItemInput>::new(of_items(vec![item("x"), item("y")]));
        assert_eq!(with.filled(b"{\"TableName\":\"a\"}"), None);
        assert_eq!(with.filled(b"{\"Item\":{}}"), None);
        let refused = with.serialize_input(Input::erase(input()), &mut ConfigBag::base());
        assert_eq!(refused.unwrap_err().to_string(), CHANGED);
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
            let expected: Vec<_> = chosen.iter().map(|at| json(*at)).collect();
            // Where it leaves no places, it does not matter what there is in the input.
            let of_map = [vec![place.clone()], vec![], vec![place.clone(), place.clone()]];
            let ways = of_map.map(|places| (places, false)).into_iter().chain([(vec![place], true)]);
            for (places, leaves_places) in ways {
                let input = BatchWriteItemInput::builder().request_items("\"Item\":{}", places).build();
                let with = WithItems::<BatchWriteItemInput>::new(filling.clone());
                let input = Input::erase(input.unwrap());
                let request = with.serialise(input, &mut ConfigBag::base(), leaves_places).unwrap();
                let body: Value = serde_json::from_slice(request.body().bytes().unwrap()).unwrap();
                assert_eq!(body, json!({"RequestItems": {"\"Item\":{}": expected}}));
            }
        }
    }
}
