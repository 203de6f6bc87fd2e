//! Items on their way to DynamoDB: as its JSON, which serde writes and nothing else reads again.

use std::borrow::Cow;
use std::fmt;

use aws_sdk_dynamodb::types::AttributeValue;
use aws_smithy_types::body::SdkBody;

use super::stored::Body;
use super::{FromItem, HasAttributes, Item, ItemError, ItemView, StoredItem, StoredKey, item_size};
use crate::key::KeyValue;
use crate::wire::{Out, Place, Places, put_attribute_value, put_name, put_text_value};

/// Of JSON, on a guess.
const BYTES_OF_ONE: usize = 48;

/// An item that is to be written.
#[derive(Clone, Default)]
pub(crate) struct EncodedItem {
    /// Each attribute behind a comma: `,"name":{"S":"Ada"}`.
    json: Out,
    places: Places,
    /// Where it was made with one.
    key: Option<StoredKey>,
}

impl EncodedItem {
    pub(crate) fn with_room_for(attributes: usize) -> Self {
        let (json, places) =
            (Out::with_capacity(BYTES_OF_ONE * attributes), Places::with_capacity(attributes));
        Self { json, places, key: None }
    }

    /// Where serde writes.
    pub(super) fn parts(&mut self) -> (&mut Out, &mut Places) {
        (&mut self.json, &mut self.places)
    }

    pub(crate) fn view(&self) -> ItemView<'_> {
        ItemView { json: &self.json, places: &self.places, names: self.places.names() }
    }

    /// As with no attributes and room for so many. What was allocated stays.
    pub(crate) fn start_again(&mut self, attributes: usize) {
        self.json.clear();
        self.json.reserve(BYTES_OF_ONE * attributes);
        self.places.clear();
        self.key = None;
    }

    /// Takes the attributes of an item.
    pub(crate) fn copy(&mut self, item: &Item) {
        item.iter().for_each(|(name, value)| self.add(name, |json| put_attribute_value(json, value)));
    }

    pub(crate) fn places(&self) -> &[Place] {
        &self.places
    }

    /// Adds an attribute that is not there yet. Its name mostly is a constant where this is inlined.
    #[inline(always)]
    fn add(&mut self, attribute: &str, write: impl FnOnce(&mut Vec<u8>)) {
        let from = self.json.len();
        put_name(&mut self.json, b',', attribute);
        let value = self.json.len();
        write(&mut self.json);
        self.places.push(attribute, Place { from, value, to: self.json.len() });
    }

    pub(crate) fn set(&mut self, attribute: &str, value: &AttributeValue) {
        self.remove(attribute);
        self.add(attribute, |json| put_attribute_value(json, value));
    }

    #[inline(always)]
    pub(crate) fn set_text(&mut self, attribute: &str, text: &str) {
        self.remove(attribute);
        self.add(attribute, |json| put_text_value(json, text));
    }

    /// Adds a key attribute that is not there yet.
    #[inline(always)]
    pub(super) fn add_key(&mut self, attribute: &str, value: &KeyValue) {
        self.add(attribute, |json| match value {
            KeyValue::Text(text) => put_text_value(json, text),
            other => put_attribute_value(json, &other.clone().into()),
        });
    }

    pub(super) fn set_key(&mut self, attribute: &str, value: &KeyValue) {
        self.remove(attribute);
        self.add_key(attribute, value);
    }

    /// Says what its primary key is.
    pub(super) fn is_stored_at(&mut self, key: StoredKey) {
        self.key = Some(key);
    }

    #[inline]
    pub(crate) fn remove(&mut self, attribute: &str) {
        if let Some(at) = self.view().place(attribute) {
            let Place { from, to, .. } = self.places.remove(at);
            self.json.drain(from..to);
        }
    }

    /// Its bytes as DynamoDB counts them. JSON has more.
    pub(crate) fn size(&self) -> usize {
        item_size(&self.to_item())
    }

    /// How long its JSON is, which is never less than its size.
    pub(crate) fn json_len(&self) -> usize {
        self.json.len().max(1) + 1
    }

    /// Writes its JSON.
    pub(crate) fn put_into(&self, out: &mut Vec<u8>) {
        out.push(b'{');
        out.extend_from_slice(self.json.get(1..).unwrap_or_default());
        out.push(b'}');
    }

    /// The attributes as the SDK has them.
    pub(crate) fn to_item(&self) -> Item {
        self.view().to_item()
    }

    /// As it reads.
    pub(crate) fn read<O: FromItem>(&self) -> Result<O, ItemError> {
        let mut json = Vec::with_capacity(self.json_len());
        self.put_into(&mut json);
        let (to, body) = (json.len(), Body::new(SdkBody::from(json)));
        let unread = |_| ItemError::Decode { entity: O::LABEL, attribute: None };
        StoredItem::between(&body, 0..to).map_err(unread)?.read()
    }
}

impl From<&Item> for EncodedItem {
    fn from(item: &Item) -> Self {
        let mut encoded = Self::with_room_for(item.len());
        encoded.copy(item);
        encoded
    }
}

impl HasAttributes for EncodedItem {
    fn has(&self, attribute: &str) -> bool {
        self.view().has(attribute)
    }

    fn value(&self, attribute: &str) -> Option<Cow<'_, AttributeValue>> {
        self.view().value(attribute).map(|value| Cow::Owned(value.into_owned()))
    }

    fn stored_key(&self) -> Option<&StoredKey> {
        self.key.as_ref()
    }
}

/// Nothing of what is to be stored.
impl fmt::Debug for EncodedItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EncodedItem").field("attributes", &self.places.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Pull;

    fn text(text: &str) -> AttributeValue {
        AttributeValue::S(text.to_owned())
    }

    /// Against a map.
    #[test]
    fn attributes_are_set_and_removed_as_in_a_map() {
        let (mut encoded, mut map) = (EncodedItem::default(), Item::new());
        let names = ["a", "b", "quo\"te", "back\\slash", "é", ""];
        let mut random = fastrand::Rng::with_seed(7);
        for step in 0..500 {
            let name = names[random.usize(..names.len())];
            match random.u8(..3) {
                0 => {
                    encoded.remove(name);
                    map.remove(name);
                }
                1 => {
                    encoded.set_text(name, "line\nbreak");
                    map.insert(name.to_owned(), text("line\nbreak"));
                }
                _ => {
                    let value = AttributeValue::L(vec![text("x"); random.usize(..4)]);
                    encoded.set(name, &value);
                    map.insert(name.to_owned(), value);
                }
            }
            assert_eq!(encoded.to_item(), map, "after {step}");
            let mut json = Vec::new();
            encoded.put_into(&mut json);
            assert_eq!(json.len(), encoded.json_len());
            assert_eq!(Pull::new(&json).unwrap().attributes().unwrap(), map);
            for name in names {
                assert_eq!(encoded.value(name).as_deref(), map.get(name));
                assert_eq!(encoded.has(name), map.contains_key(name));
            }
        }
        assert_eq!(EncodedItem::from(&map).to_item(), map);
    }
}
