//! What became of the actions of a transaction that was cancelled.

use crate::error::{Call, Error};
use crate::item::{FromItem, ItemError};

/// What became of one action of a cancelled transaction: [`Error::actions`] has one for each, in their order.
///
/// Nothing was written by any of them. What says why has an [`error`](Self::error); the others might have
/// succeeded.
#[derive(Debug, Clone)]
pub struct ActionOutcome {
    call: Call,
    key_text: Option<String>,
    error: Option<Error>,
}

impl ActionOutcome {
    pub(crate) fn new(call: Call, error: Option<Error>) -> Self {
        Self { key_text: call.key_text(), call, error }
    }

    /// The operation: `"put"`, `"insert"`, `"replace"`, `"delete"`, `"check"`.
    pub fn operation(&self) -> &'static str {
        self.call.operation
    }

    /// The entity of the action.
    pub fn entity(&self) -> &'static str {
        self.call.entity
    }

    /// The key of its item, as text for people: attribute names and values.
    pub fn key_text(&self) -> Option<&str> {
        self.key_text.as_deref()
    }

    /// Why the transaction was cancelled, if it was because of this action.
    pub fn error(&self) -> Option<&Error> {
        self.error.as_ref()
    }

    /// The item that its condition was judged with, if it did not hold: see [`Error::current`].
    ///
    /// # Errors
    ///
    /// If the item is of another type than `O`, or does not read as one.
    pub fn current<O: FromItem>(&self) -> Result<Option<O>, ItemError> {
        self.error.as_ref().map_or(Ok(None), Error::current)
    }
}
