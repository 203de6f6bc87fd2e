//! Values of expressions.

use std::borrow::Cow;
use std::sync::Arc;

use aws_sdk_dynamodb::types::AttributeValue;

use crate::item::{Culprit, check_json, check_value, value_size};
use crate::wire::{self, Out, Pull};

/// A value of an expression. Copies of a large one share it.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub enum Value {
    /// As the SDK has it.
    Plain(AttributeValue),
    /// DynamoDB's JSON, as serde wrote it: it goes into the request as it is. DynamoDB stores it without a doubt.
    Json(Arc<[u8]>),
}

impl Value {
    /// Few are larger, and these are worth it.
    const LARGE: usize = 256;

    /// What serde wrote.
    pub(crate) fn written(json: &Out) -> wire::Result<Self> {
        Ok(match json.len() > Self::LARGE && !json.is_doubtful() {
            true => Self::Json(json.as_slice().into()),
            false => Self::Plain(read(json)?),
        })
    }

    /// As the SDK has it.
    pub(crate) fn attribute_value(&self) -> Cow<'_, AttributeValue> {
        match self {
            Self::Plain(value) => Cow::Borrowed(value),
            Self::Json(json) => Cow::Owned(read(json).expect("what is written without a doubt is read")),
        }
    }

    pub(crate) fn into_attribute_value(self) -> AttributeValue {
        match self {
            Self::Plain(value) => value,
            json => json.attribute_value().into_owned(),
        }
    }

    pub(crate) fn plain(&self) -> Option<&AttributeValue> {
        match self {
            Self::Plain(value) => Some(value),
            Self::Json(_) => None,
        }
    }

    /// Its bytes as DynamoDB counts them.
    pub(crate) fn size(&self) -> usize {
        value_size(&self.attribute_value())
    }

    /// JSON is longer than what it says.
    pub(crate) fn size_at_most(&self) -> usize {
        match self {
            Self::Plain(value) => value_size(value),
            Self::Json(json) => json.len(),
        }
    }

    /// Refuses what DynamoDB would refuse.
    pub(crate) fn check(&self) -> Result<(), Culprit> {
        match self {
            Self::Plain(value) => check_value(value),
            Self::Json(json) => {
                debug_assert!(check_json(json).is_ok_and(|culprit| culprit.is_none()));
                Ok(())
            }
        }
    }
}

fn read(json: &[u8]) -> wire::Result<AttributeValue> {
    Pull::new(json)?.attribute_value()
}

impl From<AttributeValue> for Value {
    fn from(value: AttributeValue) -> Self {
        Self::Plain(value)
    }
}

/// The same value, however it is written.
impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Json(this), Self::Json(other)) if this == other => true,
            _ => self.attribute_value() == other.attribute_value(),
        }
    }
}
