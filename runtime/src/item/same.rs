//! Whether two items are the same, as DynamoDB stores them: it writes numbers in a way of its own, and sets in any order.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

use super::Item;
use super::number::is_same_number;

pub(crate) fn same_item(a: &Item, b: &Item) -> bool {
    same_entries(a, b)
}

fn same_entries(a: &HashMap<String, AttributeValue>, b: &HashMap<String, AttributeValue>) -> bool {
    a.len() == b.len()
        && a.iter().all(|(name, value)| b.get(name).is_some_and(|other| same_value(value, other)))
}

pub(crate) fn same_value(a: &AttributeValue, b: &AttributeValue) -> bool {
    match (a, b) {
        (AttributeValue::N(a), AttributeValue::N(b)) => is_same_number(a, b),
        (AttributeValue::Ns(a), AttributeValue::Ns(b)) => same_set(a, b, |a, b| is_same_number(a, b)),
        (AttributeValue::Ss(a), AttributeValue::Ss(b)) => same_set(a, b, |a, b| a == b),
        (AttributeValue::Bs(a), AttributeValue::Bs(b)) => same_set(a, b, |a, b| a == b),
        (AttributeValue::L(a), AttributeValue::L(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_value(a, b))
        }
        (AttributeValue::M(a), AttributeValue::M(b)) => same_entries(a, b),
        (a, b) => a == b,
    }
}

fn same_set<T>(a: &[T], b: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    a.len() == b.len() && a.iter().all(|a| b.iter().any(|b| same(a, b)))
}
