//! How the items of a query or a scan become what was asked for.

use crate::entity::Entity;
use crate::item::{FromItem, Item, ItemError, ItemReader, StoredItem, Undecoded, decode_key};
use crate::wire;

/// An item of an answer, and what was read of it.
#[derive(Debug)]
pub(crate) struct Entry<O> {
    /// None for an item that is left out.
    pub(crate) read: Result<Option<O>, ItemError>,
    pub(crate) stored: StoredItem,
}

pub(crate) struct Reader<O> {
    /// What errors call it.
    pub(crate) label: &'static str,
    /// None for an item that was not asked for.
    decode: fn(&mut ItemReader<'_, '_>) -> Result<Option<O>, ItemError>,
    /// Items whose type is not known are left out.
    pub(crate) skips_unknown: bool,
}

impl<O> Reader<O> {
    pub(crate) fn new(
        label: &'static str,
        decode: fn(&mut ItemReader<'_, '_>) -> Result<Option<O>, ItemError>,
    ) -> Self {
        Self { label, decode, skips_unknown: false }
    }

    /// Reads the item that is next. An item that does not read is no failure of its page, as long as it is one.
    pub(crate) fn read(&self, item: &mut ItemReader<'_, '_>) -> wire::Result<Entry<O>> {
        let read = match (self.decode)(item) {
            Err(ItemError::UnknownType { .. } | ItemError::NoType { .. }) if self.skips_unknown => Ok(None),
            read => read,
        };
        if !matches!(read, Ok(Some(_))) {
            item.skip()?;
        }
        Ok(Entry { read, stored: item.stored()? })
    }

    /// Reads items that came in the SDK's map.
    pub(crate) fn read_all(&self, items: &[Item]) -> wire::Result<Vec<Entry<O>>> {
        let stored = StoredItem::all_of(items)?.into_iter();
        let unread = || ItemError::Decode { entity: self.label, attribute: None };
        Ok(stored
            .map(|stored| {
                let entry = stored.with(|item| self.read(item));
                // One of a type that the SDK does not know is no item by itself, and none of the others'.
                entry.and_then(Result::ok).unwrap_or(Entry { read: Err(unread()), stored })
            })
            .collect())
    }
}

impl<O: FromItem> Reader<O> {
    pub(crate) fn whole() -> Self {
        Self::new(O::LABEL, |item| O::from_reader(item).map(Some))
    }
}

impl<O: FromItem> Reader<Undecoded<O>> {
    pub(crate) fn undecoded() -> Self {
        Self::new(O::LABEL, |item| Undecoded::from_reader(item).map(Some))
    }
}

impl Reader<Item> {
    /// Items as they are stored.
    pub(crate) fn raw(label: &'static str) -> Self {
        Self::new(label, |item| {
            let attributes = item.pull.attributes();
            attributes.map(Some).map_err(|_| ItemError::Decode { entity: "item", attribute: None })
        })
    }
}

impl Reader<StoredItem> {
    /// Items that are not read yet.
    pub(crate) fn unread(label: &'static str) -> Self {
        Self::new(label, |item| {
            let stored = item.skip().and_then(|()| item.stored());
            stored.map(Some).map_err(|_| ItemError::Decode { entity: "item", attribute: None })
        })
    }
}

impl<K> Reader<K> {
    /// The primary keys of an entity.
    pub(crate) fn keys<E: Entity<Key = K>>() -> Self {
        Self::new(E::MODEL.name, |item| decode_key::<E>(item).map(Some))
    }
}

impl<O> Clone for Reader<O> {
    fn clone(&self) -> Self {
        Self { ..*self }
    }
}
