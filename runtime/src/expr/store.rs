//! Values as the item has them: what a condition compares with is what serde would store in that field.

use aws_sdk_dynamodb::types::AttributeValue;

use super::field::{Field, Stores};
use super::problem::{Problem, ValueRule};

/// What serde makes of a value.
pub(crate) type Encoded = Result<AttributeValue, serde_dynamo::Error>;

/// How a field stores its values, beyond what its type says.
#[doc(hidden)]
#[derive(Debug)]
pub struct Store<T> {
    /// Whether NULL is left out of the item.
    pub(crate) null_is_absent: bool,
    /// serde's `skip_serializing_if`.
    pub(crate) left_out: Option<fn(&T) -> bool>,
    /// serde's `serialize_with`.
    pub(crate) custom: Option<fn(&T) -> Encoded>,
}

impl<T> Store<T> {
    pub(crate) const fn of(null_is_absent: bool) -> Self {
        Self { null_is_absent, left_out: None, custom: None }
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

impl<E, T, R> Field<E, T, R> {
    /// What this field holds if its value is `value`.
    pub(crate) fn stored(&self, value: &T) -> Result<Stored, Problem>
    where
        R: Stores<T>,
    {
        let stored = R::store(&self.store, value).and_then(Result::ok);
        let value_stored = stored.ok_or_else(|| ValueRule::Unstorable.of(&self.path))?;
        let left_out = self.store.left_out.is_some_and(|left_out| left_out(value));
        let may_be_absent = left_out || (self.store.null_is_absent && value_stored.is_null());
        check(&value_stored).map_err(|rule| rule.of(&self.path))?;
        Ok(Stored { value: value_stored, may_be_absent })
    }
}

/// Refuses what DynamoDB would refuse, wherever it is in the value.
fn check(value: &AttributeValue) -> Result<(), ValueRule> {
    match value {
        AttributeValue::N(number) => check_number(number),
        AttributeValue::Ns(numbers) if !numbers.is_empty() => {
            numbers.iter().try_for_each(|number| check_number(number))
        }
        AttributeValue::Ss(texts) if texts.is_empty() => Err(ValueRule::EmptySet),
        AttributeValue::Bs(blobs) if blobs.is_empty() => Err(ValueRule::EmptySet),
        AttributeValue::Ns(_) => Err(ValueRule::EmptySet),
        AttributeValue::L(list) => list.iter().try_for_each(check),
        AttributeValue::M(map) => map.values().try_for_each(check),
        _ => Ok(()),
    }
}

/// Rust writes infinity and NaN in letters.
fn check_number(number: &str) -> Result<(), ValueRule> {
    match number.trim_start_matches('-').starts_with(|first: char| first.is_ascii_digit()) {
        true => Ok(()),
        false => Err(ValueRule::NotANumber),
    }
}

/// The size of a value by DynamoDB's rules, but for numbers, whose size is at most their text's.
pub(crate) fn size(value: &AttributeValue) -> usize {
    let texts = |texts: &[String]| texts.iter().map(String::len).sum();
    match value {
        AttributeValue::S(text) | AttributeValue::N(text) => text.len(),
        AttributeValue::B(blob) => blob.as_ref().len(),
        AttributeValue::Ss(all) | AttributeValue::Ns(all) => texts(all),
        AttributeValue::Bs(all) => all.iter().map(|blob| blob.as_ref().len()).sum(),
        AttributeValue::L(list) => list.iter().fold(3, |sum, value| sum + 1 + size(value)),
        AttributeValue::M(map) => map.iter().fold(3, |sum, (name, value)| sum + 1 + name.len() + size(value)),
        _ => 1,
    }
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
