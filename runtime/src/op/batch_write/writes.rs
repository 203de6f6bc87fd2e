//! What is in a batch: the request of each write, and what errors call it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use super::entry::plain;
use crate::entity::Entity;
use crate::error::{Call, Error};
use crate::item::{EncodeError, EncodedItem, HasAttributes, Item, ItemView, KEYS, StoredKey, make_stored};
use crate::key::KeyValue;
use crate::sdk::{Chosen, Request, RequestKind, Requests};
use crate::table::Table;

/// The writes of a batch.
#[doc(hidden)]
pub struct Writes<T> {
    pub(super) requests: Requests,
    pub(super) entries: Vec<Entry>,
    /// Where each item is put together, which is then copied, and its key.
    item: EncodedItem,
    key: [String; 2],
    table: PhantomData<fn() -> T>,
}

/// One write of a batch.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) entity: &'static str,
    pub(super) request: Request,
}

impl<T: Table> Writes<T> {
    pub(super) fn new(requests: Requests, entries: Vec<Entry>) -> Self {
        let (item, key) = (EncodedItem::default(), [const { String::new() }; 2]);
        Self { requests, entries, item, key, table: PhantomData }
    }

    /// These of the requests, and nothing of the others.
    pub(super) fn only(requests: &Requests, mut entries: Vec<Entry>) -> Self {
        let requests = requests.only(entries.iter_mut().map(|entry| &mut entry.request));
        Self::new(requests, entries)
    }

    /// Adds a put of the item that `encode` makes.
    pub(super) fn put<E: Entity>(
        &mut self,
        encode: impl FnOnce(&mut EncodedItem, &mut [String; 2]) -> Result<(), EncodeError>,
    ) -> Result<(), Error> {
        self.item.start_again(E::MODEL.attributes.len() + KEYS);
        let encoded = encode(&mut self.item, &mut self.key).inspect_err(|_| self.item.start_again(0));
        // Most entities store no time, and then nobody asks for it.
        let now = if E::MANAGED.has_times() { SystemTime::now() } else { UNIX_EPOCH };
        let stored = encoded.and_then(|()| make_stored::<E>(&mut self.item, false, now));
        let call = || {
            let key = StoredKey::of::<E::Table>(&self.item);
            Call { operation: "put", entity: E::MODEL.name, key }
        };
        stored.map_err(|error| Error::encode(call(), error))?;
        plain::<E>(call)?;
        self.add(E::MODEL.name, RequestKind::Put);
        Ok(())
    }

    /// Adds a delete of the item with this key.
    pub(super) fn delete(&mut self, entity: &'static str, key: &Item) {
        self.item.start_again(key.len());
        self.item.copy(key);
        self.add(entity, RequestKind::Delete);
    }

    /// Makes room for so many more like the last one.
    pub(super) fn reserve_like_last(&mut self, more: usize) {
        // One may be far larger than the others.
        const MOST: usize = 1024;
        let more = more.min(MOST);
        if let Some(last) = self.entries.last() {
            self.requests.reserve(more, &last.request);
        }
        self.entries.reserve(more);
    }

    fn add(&mut self, entity: &'static str, kind: RequestKind) {
        let request = self.requests.add(kind, &self.item);
        self.entries.push(Entry { entity, request });
    }

    /// The primary key of each, as text for people.
    pub(super) fn key_texts(&self) -> impl Iterator<Item = String> + '_ {
        self.entries.iter().map(|entry| key_of::<T>(&self.requests, entry).to_string())
    }

    /// Whether the last write of its item is this one, for each; and the first that there was one before of.
    pub(super) fn last_of_each(&self) -> (Vec<bool>, Option<&Entry>) {
        let mut last = HashMap::with_capacity(self.entries.len());
        let (mut keep, mut twice) = (vec![true; self.entries.len()], None);
        for (at, entry) in self.entries.iter().enumerate() {
            let key = identity([Some(T::PARTITION_KEY), T::SORT_KEY], self.requests.item(&entry.request));
            if let Some(earlier) = last.insert(key, at) {
                keep[earlier] = false;
                twice = twice.or(Some(entry));
            }
        }
        (keep, twice)
    }

    /// What errors call one of them.
    pub(super) fn call(&self, entry: &Entry) -> Call {
        let key = Some(key_of::<T>(&self.requests, entry));
        Call { operation: "batch_write", entity: entry.entity, key }
    }
}

pub(super) fn key_of<T: Table>(requests: &Requests, entry: &Entry) -> StoredKey {
    StoredKey::of::<T>(&requests.item(&entry.request)).expect("a write has the key of its table")
}

/// Those of one call.
pub(super) fn chosen(requests: &Arc<Requests>, entries: &[Entry]) -> Chosen {
    Chosen::new(requests.clone(), entries.iter().map(|entry| entry.request.clone()).collect())
}

/// The same for all writes of one item: the values of its key, as they are written. Text and bytes have one form only.
fn identity<'i>(key: [Option<&str>; 2], item: ItemView<'i>) -> [Cow<'i, [u8]>; 2] {
    key.map(|attribute| {
        let json = attribute.and_then(|attribute| item.json_of(attribute)).unwrap_or_default();
        match attribute.filter(|_| json.starts_with(b"{\"N\"")).and_then(|number| item.key_value(number)) {
            Some(number) => Cow::Owned(KeyValue::identity(number).into_text().into_bytes()),
            None => Cow::Borrowed(json),
        }
    })
}

impl<T> Clone for Writes<T> {
    fn clone(&self) -> Self {
        let (item, key) = (EncodedItem::default(), [const { String::new() }; 2]);
        let Self { requests, entries, table, .. } = self;
        Self { requests: requests.clone(), entries: entries.clone(), item, key, table: *table }
    }
}

/// How many there are.
impl<T> fmt::Debug for Writes<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Writes({})", self.entries.len())
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_dynamodb::types::AttributeValue;

    use super::*;

    /// Against the keys as values.
    #[test]
    fn writes_of_one_item_have_one_identity() {
        let texts =
            ["a", "b", "a\"", "a\\", "a\u{1}", "é", ""].map(|text| AttributeValue::S(text.to_owned()));
        let numbers =
            ["10", "1e1", "10.0", "-10", "0", "-0"].map(|number| AttributeValue::N(number.to_owned()));
        let blobs = [&b"a"[..], b"ab", b""].map(|bytes| AttributeValue::B(bytes.into()));
        let values: Vec<_> = texts.into_iter().chain(numbers).chain(blobs).collect();
        let half = |name: &str, value: &AttributeValue| (name.to_owned(), value.clone());
        let pairs = values.iter().flat_map(|pk| values.iter().map(move |sk| (pk, sk)));
        let items: Vec<_> =
            pairs.map(|(pk, sk)| EncodedItem::from(&Item::from([half("PK", pk), half("SK", sk)]))).collect();
        let by_value =
            |item: &EncodedItem| ["PK", "SK"].map(|name| item.key_value(name).map(KeyValue::identity));
        for (one, other) in items.iter().flat_map(|one| items.iter().map(move |other| (one, other))) {
            let [this, that] = [one, other].map(|item| identity([Some("PK"), Some("SK")], item.view()));
            assert_eq!(
                this == that,
                by_value(one) == by_value(other),
                "{:?} {:?}",
                one.to_item(),
                other.to_item()
            );
        }
    }
}
