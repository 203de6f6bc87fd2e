//! The items that were found, in the places of the keys that asked for them.

use crate::item::{ItemError, StoredItem};
use crate::table::Table;

use super::AnyKey;

/// Hands out what was found for one key after the other.
///
/// The first item that does not read is kept as the failure, and makes the outcome worthless: readers need
/// not handle it.
#[derive(Debug)]
pub struct Places<'k, T: Table> {
    keys: std::slice::Iter<'k, AnyKey<T>>,
    /// For each key, which of the items is its.
    item_of: std::slice::Iter<'k, usize>,
    items: Vec<Option<StoredItem>>,
    /// How many keys have yet to take each item.
    takers: Vec<usize>,
    failure: Option<(&'k AnyKey<T>, ItemError)>,
}

impl<'k, T: Table> Places<'k, T> {
    pub(crate) fn new(keys: &'k [AnyKey<T>], item_of: &'k [usize], items: Vec<Option<StoredItem>>) -> Self {
        let mut takers = vec![0; items.len()];
        item_of.iter().for_each(|&item| takers[item] += 1);
        Self { keys: keys.iter(), item_of: item_of.iter(), items, takers, failure: None }
    }

    pub(crate) fn failure(self) -> Option<(&'k AnyKey<T>, ItemError)> {
        self.failure
    }

    /// What was found for the next key, by a reader that is told the type of the key's entity.
    pub(crate) fn take<O>(
        &mut self,
        read: impl FnOnce(StoredItem, &'static str) -> Result<O, ItemError>,
    ) -> Option<O> {
        let (key, item) = (self.keys.next()?, self.take_item()?);
        if self.failure.is_some() {
            return None;
        }
        match read(item, key.type_name) {
            Ok(found) => Some(found),
            Err(error) => {
                self.failure = Some((key, error));
                None
            }
        }
    }

    /// The last to ask for an item takes it, the others a copy.
    fn take_item(&mut self) -> Option<StoredItem> {
        let &at = self.item_of.next()?;
        self.takers[at] -= 1;
        if self.takers[at] == 0 { self.items[at].take() } else { self.items[at].clone() }
    }
}
