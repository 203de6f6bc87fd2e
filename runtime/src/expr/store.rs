//! Values as the item has them: what a condition compares with, and an update sets, is what serde would store
//! in that field.

use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;

use super::field::Field;
use super::path::Path;
use super::problem::{Problem, ValueRule};
use super::role::Stores;
use super::value::Value;
use crate::item::{Culprit, check_value, is_empty_set};
use crate::wire::{Out, ValueWriter};

/// What serde makes of a value.
pub(crate) type Encoded = Result<Value, StoreError>;

/// serde makes nothing of a value. Its words may quote the value, so they are not kept.
#[derive(Debug, Clone, PartialEq)]
pub struct StoreError;

/// The attribute that serde makes of a value: what a put of an item with it writes.
pub fn store_value<T: Serialize>(value: T) -> Encoded {
    let mut json = Out::default();
    let written = value.serialize(ValueWriter(&mut json));
    written.and_then(|()| Value::written(&json)).map_err(|_| StoreError)
}

/// The same, as the SDK has it.
pub fn store<T: Serialize>(value: T) -> Result<AttributeValue, StoreError> {
    store_value(value).map(Value::into_attribute_value)
}

/// How a field stores its values, beyond what its type says.
#[doc(hidden)]
#[derive(Debug)]
pub struct Store<T> {
    /// Whether NULL is left out of the item.
    pub(crate) null_is_absent: bool,
    /// Whether it is NULL that is stored for `None`, and not nothing.
    pub(crate) keeps_null: bool,
    /// serde's `skip_serializing_if`.
    pub(crate) left_out: Option<fn(&T) -> bool>,
    /// serde's `serialize_with`.
    pub(crate) custom: Option<fn(&T) -> Encoded>,
}

impl<T> Store<T> {
    pub(crate) const fn of(null_is_absent: bool) -> Self {
        Self { null_is_absent, keeps_null: false, left_out: None, custom: None }
    }
}

impl<T> Clone for Store<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Store<T> {}

/// A value as an item has it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stored {
    pub(crate) value: AttributeValue,
    /// Items with this value lack the attribute, or have it as `value` if others wrote them.
    pub(crate) may_be_absent: bool,
}

/// What an update makes of a field, so that the item is as if the value were put.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Change {
    Set(Value),
    Remove,
}

impl<E, T, R> Field<E, T, R> {
    /// What becomes of this field if its value is to be `value`.
    pub(crate) fn change(&self, value: &T) -> Result<Change, Problem>
    where
        R: Stores<T>,
    {
        let stored = R::store(&self.store, value).and_then(Result::ok);
        let stored = stored.ok_or_else(|| ValueRule::Unstorable.of(&self.path))?;
        // Inside of a struct serde stores `None` as NULL, and a list keeps its places.
        let may_be_absent = self.path.inside.is_empty() && self.store.null_is_absent;
        let is_left_out =
            |value: &AttributeValue| value.is_null() && !self.store.keeps_null || is_empty_set(value);
        let absent = may_be_absent && stored.plain().is_some_and(is_left_out);
        if absent || self.store.left_out.is_some_and(|left_out| left_out(value)) {
            return Ok(Change::Remove);
        }
        stored.check().map_err(|culprit| refused(&self.path, &culprit))?;
        Ok(Change::Set(stored))
    }

    /// What this field holds if its value is `value`.
    pub(crate) fn stored(&self, value: &T) -> Result<Stored, Problem>
    where
        R: Stores<T>,
    {
        let stored = R::store(&self.store, value).and_then(Result::ok);
        let stored = stored.ok_or_else(|| ValueRule::Unstorable.of(&self.path))?;
        let value_stored = stored.into_attribute_value();
        let left_out = self.store.left_out.is_some_and(|left_out| left_out(value));
        let may_be_absent = left_out || (self.store.null_is_absent && value_stored.is_null());
        check(&self.path, &value_stored)?;
        Ok(Stored { value: value_stored, may_be_absent })
    }
}

/// Refuses a value that DynamoDB would refuse, with where it is.
pub(crate) fn check(path: &Path, value: &AttributeValue) -> Result<(), Problem> {
    check_value(value).map_err(|culprit| refused(path, &culprit))
}

fn refused(path: &Path, culprit: &Culprit) -> Problem {
    culprit.rule.of(&format!("{path}{culprit}"))
}

/// Whether DynamoDB would sort `low` above `high`; not known of other types than these.
pub(crate) fn reversed(low: &AttributeValue, high: &AttributeValue) -> bool {
    match (low, high) {
        (AttributeValue::S(low), AttributeValue::S(high)) => low > high,
        (AttributeValue::B(low), AttributeValue::B(high)) => low.as_ref() > high.as_ref(),
        (AttributeValue::N(low), AttributeValue::N(high)) => {
            match (low.parse::<i128>(), high.parse::<i128>()) {
                (Ok(low), Ok(high)) => low > high,
                _ => low.parse::<f64>().ok() > high.parse::<f64>().ok(),
            }
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    #[serde(untagged)]
    enum Nested {
        Text(String),
        List(Vec<Nested>),
    }

    /// However deep and however large it is: what cannot be stored is refused, and never another value.
    #[test]
    fn what_is_nested_too_deep_is_refused() {
        for (depth, length) in (0..=100).flat_map(|depth| [(depth, 1), (depth, 300)]) {
            let text = "x".repeat(length);
            let nested = (0..depth).fold(Nested::Text(text.clone()), |inner, _| Nested::List(vec![inner]));
            let expected =
                (0..depth).fold(AttributeValue::S(text), |inner, _| AttributeValue::L(vec![inner]));
            if let Ok(stored) = store(&nested) {
                assert_eq!(stored, expected, "{depth} levels around {length} bytes");
            }
            let storable = store_value(&nested).is_ok_and(|value| value.check().is_ok());
            assert_eq!(storable, depth < 32, "{depth} levels around {length} bytes");
        }
    }
}
