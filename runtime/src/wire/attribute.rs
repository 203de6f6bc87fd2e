//! The SDK's attribute values as JSON, and back.

use std::collections::HashMap;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;

use super::{Pull, Result, Tag, put_text};

impl Pull<'_> {
    /// Reads an item, or the content of a map, as the SDK has it.
    pub(crate) fn attributes(&mut self) -> Result<HashMap<String, AttributeValue>> {
        self.begin_object()?;
        self.deeper()?;
        let (mut attributes, mut first) = (HashMap::new(), true);
        while let Some(name) = self.next_name(&mut first)? {
            let value = self.attribute_value()?;
            if attributes.insert(name.into_owned(), value).is_some() {
                return self.malformed("a name comes twice");
            }
        }
        self.shallower();
        Ok(attributes)
    }

    pub(crate) fn attribute_value(&mut self) -> Result<AttributeValue> {
        let text = |pull: &mut Self| pull.string().map(std::borrow::Cow::into_owned);
        let blob = |pull: &mut Self| pull.blob().map(Blob::new);
        let value = match self.tag()? {
            Tag::S => AttributeValue::S(text(self)?),
            Tag::N => AttributeValue::N(text(self)?),
            Tag::B => AttributeValue::B(blob(self)?),
            Tag::Bool => AttributeValue::Bool(self.boolean()?),
            Tag::Null => AttributeValue::Null(self.boolean()?),
            Tag::L => AttributeValue::L(self.all(Self::attribute_value)?),
            Tag::M => AttributeValue::M(self.attributes()?),
            Tag::Ss => AttributeValue::Ss(self.all(text)?),
            Tag::Ns => AttributeValue::Ns(self.all(text)?),
            Tag::Bs => AttributeValue::Bs(self.all(blob)?),
        };
        self.close()?;
        Ok(value)
    }

    fn all<T>(&mut self, one: impl Fn(&mut Self) -> Result<T>) -> Result<Vec<T>> {
        self.begin_array()?;
        self.deeper()?;
        let (mut all, mut first) = (Vec::new(), true);
        while self.next_element(&mut first)? {
            all.push(one(self)?);
        }
        self.shallower();
        Ok(all)
    }
}

/// Writes an item as the SDK has it.
pub(crate) fn put_attributes(out: &mut Vec<u8>, attributes: &HashMap<String, AttributeValue>) {
    put_all(out, b"{}", attributes, |out, (name, value)| {
        put_text(out, name);
        out.push(b':');
        put_attribute_value(out, value);
    });
}

pub(crate) fn put_attribute_value(out: &mut Vec<u8>, value: &AttributeValue) {
    let text = |out: &mut Vec<u8>, text: &String| put_text(out, text);
    out.extend_from_slice(b"{\"");
    out.extend_from_slice(tag(value).as_bytes());
    out.extend_from_slice(b"\":");
    match value {
        AttributeValue::S(value) | AttributeValue::N(value) => put_text(out, value),
        AttributeValue::B(value) => put_blob(out, value),
        AttributeValue::Bool(value) | AttributeValue::Null(value) => put_boolean(out, *value),
        AttributeValue::L(list) => put_all(out, b"[]", list, put_attribute_value),
        AttributeValue::M(map) => put_attributes(out, map),
        AttributeValue::Ss(texts) | AttributeValue::Ns(texts) => put_all(out, b"[]", texts, text),
        AttributeValue::Bs(blobs) => put_all(out, b"[]", blobs, put_blob),
        _ => put_boolean(out, false),
    }
    out.push(b'}');
}

/// What DynamoDB calls the type of the value.
fn tag(value: &AttributeValue) -> &'static str {
    match value {
        AttributeValue::S(_) => "S",
        AttributeValue::N(_) => "N",
        AttributeValue::B(_) => "B",
        AttributeValue::Bool(_) => "BOOL",
        AttributeValue::Null(_) => "NULL",
        AttributeValue::L(_) => "L",
        AttributeValue::M(_) => "M",
        AttributeValue::Ss(_) => "SS",
        AttributeValue::Ns(_) => "NS",
        AttributeValue::Bs(_) => "BS",
        // Of a type that this SDK does not know. No type of the user's reads this, and what steps over it can.
        _ => "NULL",
    }
}

fn put_boolean(out: &mut Vec<u8>, value: bool) {
    out.extend_from_slice(if value { b"true" } else { b"false" });
}

fn put_blob(out: &mut Vec<u8>, blob: &Blob) {
    out.push(b'"');
    base64_simd::STANDARD.encode_append(blob, out);
    out.push(b'"');
}

fn put_all<T>(
    out: &mut Vec<u8>,
    [open, close]: &[u8; 2],
    all: impl IntoIterator<Item = T>,
    put: impl Fn(&mut Vec<u8>, T),
) {
    out.push(*open);
    for (at, one) in all.into_iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        put(out, one);
    }
    out.push(*close);
}
