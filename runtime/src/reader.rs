//! How the items of a query or a scan become what was asked for.

use crate::entity::Entity;
use crate::item::{FromItem, Item, ItemError, decode_key};

pub(crate) struct Reader<O> {
    /// What errors call it.
    pub(crate) label: &'static str,
    /// None for an item that was not asked for.
    decode: fn(Item) -> Result<Option<O>, ItemError>,
    /// Items whose type is not known are left out.
    pub(crate) skips_unknown: bool,
}

impl<O> Reader<O> {
    pub(crate) fn new(label: &'static str, decode: fn(Item) -> Result<Option<O>, ItemError>) -> Self {
        Self { label, decode, skips_unknown: false }
    }

    /// The item, or nothing if it is to be left out.
    pub(crate) fn read(&self, item: Item) -> Result<Option<O>, ItemError> {
        match (self.decode)(item) {
            Err(ItemError::UnknownType { .. } | ItemError::NoType { .. }) if self.skips_unknown => Ok(None),
            read => read,
        }
    }
}

impl<O: FromItem> Reader<O> {
    pub(crate) fn whole() -> Self {
        Self::new(O::LABEL, |item| O::from_item(item).map(Some))
    }
}

impl Reader<Item> {
    /// Items as they are stored.
    pub(crate) fn raw(label: &'static str) -> Self {
        Self::new(label, |item| Ok(Some(item)))
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
