//! The keys of an operation that reads many: each is sent once, and answers every place that asked for it.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use crate::error::{Call, Error};
use crate::expiry::{Expiry, ttl_attribute};
use crate::item::{HasAttributes, Item, StoredItem, StoredKey};
use crate::key_set::{AnyKey, KeySet, Places, Shape};
use crate::table::Table;

/// What was asked for, and the shape that the outcome has.
pub(crate) struct Asked<T, O> {
    operation: &'static str,
    keys: Vec<AnyKey<T>>,
    shape: Arc<dyn Shape<T, Found = O>>,
    refuse_duplicates: bool,
    /// The attribute by which items expire; none if those that did are wanted too.
    expires_by: Option<&'static str>,
}

/// The different keys among those asked for.
pub(crate) struct Different<'k, T> {
    pub(crate) keys: Vec<Item>,
    /// For each key asked for, which of the different ones it is.
    place: Vec<usize>,
    by_identity: HashMap<StoredKey, usize>,
    /// For each different key, the first that asked.
    asked: Vec<&'k AnyKey<T>>,
}

impl<T: Table, O: Send + 'static> Asked<T, O> {
    pub(crate) fn new<S: KeySet<T, Found = O>>(operation: &'static str, set: S) -> Self {
        let mut keys = Vec::new();
        let shape = set.add_to(&mut keys);
        Self {
            operation,
            keys,
            shape: shared(shape),
            refuse_duplicates: false,
            expires_by: ttl_attribute::<T>(),
        }
    }

    pub(crate) fn include_expired(&mut self) {
        self.expires_by = None;
    }

    pub(crate) fn refuse_duplicates(&mut self) {
        self.refuse_duplicates = true;
    }

    /// What the operation as a whole is called in errors: by the entity if all keys are of one.
    pub(crate) fn call(&self) -> Call {
        let mut entities = self.keys.iter().map(|key| key.entity);
        let entity = match entities.next() {
            Some(first) if entities.all(|entity| entity == first) => first,
            _ => T::LABEL,
        };
        Call { operation: self.operation, entity, key: None }
    }

    /// What it is called in an error about one key.
    pub(crate) fn call_of(&self, key: &AnyKey<T>) -> Call {
        let text = key.key.as_ref().ok().and_then(StoredKey::of::<T>);
        Call { operation: self.operation, entity: key.entity, key: text }
    }

    pub(crate) fn different(&self) -> Result<Different<'_, T>, Error> {
        let mut different = Different {
            keys: Vec::new(),
            place: Vec::with_capacity(self.keys.len()),
            by_identity: HashMap::new(),
            asked: Vec::new(),
        };
        for key in &self.keys {
            let item = key.key.as_ref().map_err(|error| Error::key(self.call_of(key), error.clone()))?;
            if !different.add(key, item) && self.refuse_duplicates {
                return Err(Error::duplicate(self.call_of(key)));
            }
        }
        Ok(different)
    }

    /// The outcome, from what was found for each of the different keys.
    pub(crate) fn read(
        &self,
        different: &Different<'_, T>,
        mut found: Vec<Option<StoredItem>>,
        now: SystemTime,
    ) -> Result<O, Error> {
        if let Some(expiry) = Expiry::at(self.expires_by, now) {
            found.iter_mut().for_each(|item| drop(item.take_if(|item| expiry.is_over(item))));
        }
        let mut places = Places::new(&self.keys, &different.place, found);
        let outcome = self.shape.read(&mut places);
        match places.failure() {
            None => Ok(outcome),
            Some((key, error)) => Err(Error::item(self.call_of(key), error)),
        }
    }
}

impl<'k, T: Table> Different<'k, T> {
    /// Whether the key is a new one.
    fn add(&mut self, key: &'k AnyKey<T>, item: &Item) -> bool {
        let new = self.keys.len();
        let at = match StoredKey::of::<T>(item).map(StoredKey::identity) {
            Some(identity) => *self.by_identity.entry(identity).or_insert(new),
            None => new,
        };
        self.place.push(at);
        if at == new {
            self.keys.push(item.clone());
            self.asked.push(key);
        }
        at == new
    }

    /// Which of the keys the item has; none if it is an answer to something else.
    pub(crate) fn of_item(&self, item: &impl HasAttributes) -> Option<usize> {
        self.by_identity.get(&StoredKey::of::<T>(item)?.identity()).copied()
    }

    /// The first that asked for a key.
    pub(crate) fn asked_by(&self, at: usize) -> Option<&'k AnyKey<T>> {
        self.asked.get(at).copied()
    }
}

/// By itself, because the type of the shape borrows nothing, and the set may.
fn shared<T: Table, S: Shape<T>>(shape: S) -> Arc<dyn Shape<T, Found = S::Found>> {
    Arc::new(shape)
}

impl<T, O> Clone for Asked<T, O> {
    fn clone(&self) -> Self {
        let Self { operation, refuse_duplicates, expires_by, .. } = *self;
        Self { operation, keys: self.keys.clone(), shape: self.shape.clone(), refuse_duplicates, expires_by }
    }
}

/// The keys.
impl<T: Table, O> fmt::Debug for Asked<T, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.keys).finish()
    }
}
