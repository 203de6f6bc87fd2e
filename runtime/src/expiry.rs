//! Items past their time: DynamoDB deletes them within days, and until then they are stored.
//!
//! Wherever it matters whether an item is there, an item past its time is not.

use std::time::{SystemTime, UNIX_EPOCH};

use aws_sdk_dynamodb::types::AttributeValue;

use crate::expr::condition::{Comparator, Node, Operand};
use crate::expr::path::Path;
use crate::item::HasAttributes;
use crate::key::KeyValue;
use crate::table::Table;

/// When the items of a table, or of an entity, are past their time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Expiry {
    attribute: &'static str,
    /// Seconds since 1970, as the attribute holds them.
    now: u64,
}

/// The attribute by which the items of a table expire. Its entities agree on it, which is checked.
pub(crate) fn ttl_attribute<T: Table>() -> Option<&'static str> {
    T::ENTITIES.iter().find_map(|entity| entity.ttl)
}

impl Expiry {
    /// None if there is no such attribute.
    pub(crate) fn at(attribute: Option<&'static str>, now: SystemTime) -> Option<Self> {
        // A clock before 1970 sees nothing expired.
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        attribute.map(|attribute| Self { attribute, now })
    }

    pub(crate) fn attribute(self) -> &'static str {
        self.attribute
    }

    /// Whether it is past its time. What is no number does not expire, as with DynamoDB.
    pub(crate) fn is_over(self, item: &impl HasAttributes) -> bool {
        let Some(KeyValue::Number(number)) = item.key_value(self.attribute) else { return false };
        match number.parse::<i128>() {
            Ok(seconds) => seconds <= i128::from(self.now),
            Err(_) => number.parse::<f64>().is_ok_and(|seconds| seconds <= self.now as f64),
        }
    }

    /// That an item is past its time.
    pub(crate) fn over(self) -> Node {
        let now = AttributeValue::N(self.now.to_string());
        let attribute = Operand::Path(Path::attribute(self.attribute));
        Node::Compare(attribute, Comparator::LessOrEqual, Operand::Value(now))
    }

    /// That it is not. A comparison with what is missing, or is no number, does not hold.
    pub(crate) fn not_over(self) -> Node {
        self.over().not()
    }
}
