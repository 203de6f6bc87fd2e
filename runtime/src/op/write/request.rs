//! A write as one of the requests of a batch, and how long its JSON is.

use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{AttributeValue, DeleteRequest, PutRequest, WriteRequest};

use crate::item::Item;

/// What is around the item or key of a request.
const AROUND: usize = r#"{"DeleteRequest":{"Key":{}}},"#.len();

pub(crate) fn put(item: Item) -> Result<WriteRequest, BuildError> {
    let put = PutRequest::builder().set_item(Some(item)).build()?;
    Ok(WriteRequest::builder().put_request(put).build())
}

pub(crate) fn delete(key: Item) -> Result<WriteRequest, BuildError> {
    let delete = DeleteRequest::builder().set_key(Some(key)).build()?;
    Ok(WriteRequest::builder().delete_request(delete).build())
}

/// At most so many bytes of JSON are a request with this item or key. What DynamoDB counts of an item can be far
/// less: a list of small numbers is four times as long in JSON.
pub(crate) fn json_length(item: &Item) -> usize {
    AROUND + attributes(item.iter())
}

fn attributes<'i>(attributes: impl Iterator<Item = (&'i String, &'i AttributeValue)>) -> usize {
    attributes.map(|(name, value)| text(name) + r#":,"#.len() + length(value)).sum()
}

fn length(value: &AttributeValue) -> usize {
    let binary = |bytes: usize| bytes.div_ceil(3) * 4 + 3;
    let (around, inside) = match value {
        AttributeValue::S(string) | AttributeValue::N(string) => (r#"{"S":}"#, text(string)),
        AttributeValue::Ss(strings) | AttributeValue::Ns(strings) => {
            (r#"{"SS":[]}"#, strings.iter().map(|string| text(string) + 1).sum())
        }
        AttributeValue::B(blob) => (r#"{"B":}"#, binary(blob.as_ref().len())),
        AttributeValue::Bs(blobs) => {
            (r#"{"BS":[]}"#, blobs.iter().map(|blob| binary(blob.as_ref().len())).sum())
        }
        AttributeValue::L(list) => (r#"{"L":[]}"#, list.iter().map(|value| length(value) + 1).sum()),
        AttributeValue::M(map) => (r#"{"M":{}}"#, attributes(map.iter())),
        _ => (r#"{"BOOL":}"#, "false".len()),
    };
    around.len() + inside
}

/// With quotes. The SDK escapes quotes, backslashes and control characters.
fn text(text: &str) -> usize {
    let bytes = text.bytes().map(|byte| match byte {
        b'"' | b'\\' => 2,
        0..=0x1f => 6,
        _ => 1,
    });
    2 + bytes.sum::<usize>()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use aws_sdk_dynamodb::primitives::Blob;

    use super::*;

    /// Against the JSON that these are.
    #[test]
    fn no_json_is_longer() {
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let number = |text: &str| AttributeValue::N(text.to_owned());
        let blob = |bytes: usize| AttributeValue::B(Blob::new(vec![0; bytes]));
        let map = HashMap::from([("é".to_owned(), AttributeValue::Null(true))]);
        for (value, json) in [
            (text(""), r#"{"S":""}"#),
            (text("a\"\\\u{1}"), r#"{"S":"a\"\\\u0001"}"#),
            (number("-1.5"), r#"{"N":"-1.5"}"#),
            (blob(1), r#"{"B":"AA=="}"#),
            (blob(3), r#"{"B":"AAAA"}"#),
            (AttributeValue::Bool(false), r#"{"BOOL":false}"#),
            (AttributeValue::Ns(vec!["1".into(), "2".into()]), r#"{"NS":["1","2"]}"#),
            (AttributeValue::Bs(vec![Blob::new([0]), Blob::new([0, 0])]), r#"{"BS":["AA==","AAA="]}"#),
            (AttributeValue::L(vec![number("1"), number("2")]), r#"{"L":[{"N":"1"},{"N":"2"}]}"#),
            (AttributeValue::M(map), r#"{"M":{"é":{"NULL":true}}}"#),
        ] {
            assert!((json.len()..json.len() + 4).contains(&length(&value)), "{json}: {}", length(&value));
            let item = Item::from([("PK".to_owned(), value)]);
            let json = format!(r#"{{"DeleteRequest":{{"Key":{{"PK":{json}}}}}}},"#);
            assert!(json.len() <= json_length(&item), "{json}: {}", json_length(&item));
        }
    }
}
