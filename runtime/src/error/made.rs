//! Errors as they are made: of what a call was to do, and of what came of it.

use std::sync::Arc;

use super::answer::{NOT_HELD, explain, explain_cancelled, given_up};
use super::{BoxError, Call, Error, ErrorKind, Inner};
use crate::backoff::GaveUp;
use crate::expr::problem::Problem;
use crate::item::{EncodeError, ItemError};
use crate::key::KeyError;
use crate::metered::Cost;
use crate::op::transact::ActionOutcome;
use crate::query::cursor::CursorError;
use crate::query::filter::MaxWaste;
use crate::sdk::{Failure, Reason};
use crate::unique::holder;

impl Error {
    fn new(kind: ErrorKind, call: Call, reason: impl Into<String>, source: Option<BoxError>) -> Self {
        Self(Box::new(Inner {
            kind,
            key_text: call.key_text(),
            call,
            reason: reason.into(),
            current: None,
            refused: false,
            source: source.map(Arc::from),
            cost: Cost::default(),
            maintenance: None,
            constraint: None,
            holder: None,
            actions: Vec::new(),
        }))
    }

    /// Adds what calls before this failure cost.
    pub(crate) fn after(mut self, cost: &Cost) -> Self {
        self.0.cost += cost;
        self
    }

    /// The same error, of a scan for maintenance.
    pub(crate) fn in_maintenance(mut self, reason: &Arc<str>) -> Self {
        self.0.maintenance = Some(reason.clone());
        self
    }

    pub(crate) fn key(call: Call, error: KeyError) -> Self {
        Self::new(ErrorKind::InvalidKey, call, error.to_string(), Some(error.into()))
    }

    pub(crate) fn encode(call: Call, error: EncodeError) -> Self {
        match error {
            EncodeError::Key(error) => Self::key(call, error),
            EncodeError::Serde { .. } => Self::new(ErrorKind::Encode, call, error.to_string(), None),
            _ => Self::new(ErrorKind::InvalidItem, call, error.to_string(), None),
        }
    }

    pub(crate) fn item(call: Call, error: ItemError) -> Self {
        let kind = match &error {
            ItemError::NoType { .. }
            | ItemError::WrongType { .. }
            | ItemError::UnknownType { .. }
            | ItemError::NoMember { .. }
            | ItemError::WrongKey { .. } => ErrorKind::WrongType,
            ItemError::MissingAttribute { .. } => ErrorKind::MissingAttribute,
            ItemError::Decode { .. } | ItemError::NotBorrowed { .. } => ErrorKind::Decode,
        };
        Self::new(kind, call, error.to_string(), None)
    }

    pub(crate) fn cursor(call: Call, error: CursorError) -> Self {
        Self::new(ErrorKind::InvalidCursor, call, error.to_string(), Some(error.into()))
    }

    pub(crate) fn not_found(call: Call) -> Self {
        Self::new(ErrorKind::NotFound, call, "no item matches, and `one` asks for one", None)
    }

    pub(crate) fn not_unique(call: Call) -> Self {
        Self::new(ErrorKind::NotUnique, call, "several items match, and `one` asks for one", None)
    }

    /// A member of a collection that has to be there once is there so many times.
    pub(crate) fn count(call: Call, count: usize, reason: String) -> Self {
        let kind = if count == 0 { ErrorKind::NotFound } else { ErrorKind::NotUnique };
        Self::new(kind, call, reason, None)
    }

    pub(crate) fn wasteful(call: Call, (matched, evaluated): (u64, u64), most: MaxWaste) -> Self {
        let reason = format!(
            "its filter threw away {} of {evaluated} items read, and its limit is {most}; an index whose key says \
             what the filter asks for reads nothing else",
            evaluated.saturating_sub(matched)
        );
        Self::new(ErrorKind::WastefulFilter, call, reason, None)
    }

    pub(crate) fn condition(call: Call, problem: &Problem) -> Self {
        Self::new(ErrorKind::InvalidCondition, call, problem.to_string(), None)
    }

    pub(crate) fn update(call: Call, problem: &Problem) -> Self {
        Self::new(ErrorKind::InvalidUpdate, call, problem.of_update().to_string(), None)
    }

    pub(crate) fn request(call: Call, error: impl Into<BoxError>) -> Self {
        Self::new(ErrorKind::InvalidRequest, call, "the request cannot be made", Some(error.into()))
    }

    /// What DynamoDB would refuse, or could not do.
    pub(crate) fn refused(call: Call, reason: impl Into<String>) -> Self {
        Self::new(ErrorKind::InvalidRequest, call, reason, None)
    }

    pub(crate) fn not_active(call: Call, error: impl Into<BoxError>) -> Self {
        Self::new(ErrorKind::Timeout, call, "the table did not become active in time", Some(error.into()))
    }

    pub(crate) fn duplicate(call: Call) -> Self {
        let reason = "it is asked for twice, which `refuse_duplicates` refuses";
        Self::new(ErrorKind::DuplicateKey, call, reason, None)
    }

    pub(crate) fn too_many(call: Call, keys: usize, most: usize) -> Self {
        let reason = format!("it reads {keys} different keys, and DynamoDB takes {most} in one transaction");
        Self::new(ErrorKind::InvalidRequest, call, reason, None)
    }

    pub(crate) fn unprocessed(call: Call, left: usize, keys: usize, gave_up: GaveUp) -> Self {
        let reason = format!("DynamoDB left {left} of {keys} keys unprocessed, {gave_up}");
        Self::new(ErrorKind::Throttled, call, reason, None)
    }

    pub(crate) fn duplicate_action(call: Call, reason: String) -> Self {
        Self::new(ErrorKind::DuplicateKey, call, reason, None)
    }

    /// Why one action of a transaction cancelled it.
    pub(crate) fn reason(call: Call, reason: Reason, gave_up: Option<GaveUp>) -> Self {
        let (kind, text) = match reason.code.as_str() {
            "ConditionalCheckFailed" => (ErrorKind::ConditionFailed, NOT_HELD.to_owned()),
            _ => explain_cancelled(&reason),
        };
        let mut error = Self::new(kind, call, given_up(text, gave_up), None);
        error.0.refused = kind == ErrorKind::ConditionFailed;
        error.0.current = reason.current;
        error
    }

    /// The same, as the error of the transaction.
    pub(crate) fn cancelling(mut self, actions: Vec<ActionOutcome>, failure: Failure) -> Self {
        let cost = failure.cost();
        self.0.actions = actions;
        self.0.source = Some(Arc::from(failure.source));
        self.after(&cost)
    }

    /// A transaction failed as a whole.
    pub(crate) fn transaction(call: Call, table: &str, failure: Failure, gave_up: Option<GaveUp>) -> Self {
        let mut error = Self::sdk(call, table, failure);
        error.0.reason = given_up(error.0.reason, gave_up);
        error
    }

    pub(crate) fn unwritten(call: Call, left: usize, writes: usize, gave_up: GaveUp) -> Self {
        let reason = format!("DynamoDB left {left} of {writes} writes unprocessed, {gave_up}");
        Self::new(ErrorKind::Throttled, call, reason, None)
    }

    /// The same error, with what DynamoDB answered.
    pub(crate) fn caused_by(mut self, failure: Failure) -> Self {
        self.0.source = Some(Arc::from(failure.source));
        self
    }

    /// A transaction was cancelled because of the item at `culprit`, which is the one that `call` names.
    pub(crate) fn cancelled(call: Call, failure: Failure, culprit: usize, gave_up: Option<GaveUp>) -> Self {
        let (kind, reason) = match failure.reasons.get(culprit) {
            Some(reason) => explain_cancelled(reason),
            None => (ErrorKind::Service, "DynamoDB cancels the transaction".to_owned()),
        };
        let reason = given_up(reason, gave_up);
        let cost = failure.cost();
        Self::new(kind, call, reason, Some(failure.source)).after(&cost)
    }

    pub(crate) fn mismatch(call: Call, reason: String) -> Self {
        Self::new(ErrorKind::TableMismatch, call, reason, None)
    }

    #[cfg(feature = "embedded")]
    pub(crate) fn engine(call: Call, place: &str, error: impl Into<BoxError>) -> Self {
        let reason = format!("the in-process engine does not start {place}");
        Self::new(ErrorKind::Engine, call, reason, Some(error.into()))
    }

    pub(crate) fn sdk(call: Call, table: &str, failure: Failure) -> Self {
        let (kind, reason) = explain(table, &failure);
        let cost = failure.cost();
        let mut error = Self::new(kind, call, reason, Some(failure.source));
        error.0.current = failure.current.map(|item| *item);
        error.0.refused = kind == ErrorKind::ConditionFailed;
        error.after(&cost)
    }

    /// The refused condition was that of an insert.
    pub(crate) fn already_there(self) -> Self {
        self.refused_as(ErrorKind::AlreadyExists, "an item with this key is there already")
    }

    /// The refused condition was that of a replacement.
    pub(crate) fn not_there(self) -> Self {
        self.refused_as(ErrorKind::NotFound, "there is no item with this key")
    }

    /// The refused condition was that on the version.
    pub(crate) fn version_conflict(self) -> Self {
        let reason = match &self.0.current {
            Some(_) => "another write came between: the item does not have the version that was read",
            None => "it was deleted in between: there is no item with the version that was read",
        };
        self.refused_as(ErrorKind::VersionConflict, reason)
    }

    /// The refused condition was that on the version, and it may have been this write that changed it.
    pub(crate) fn perhaps_done(mut self) -> Self {
        self.0.reason =
            "it was sent again after an answer was lost, and the item no longer has the version that was \
                         read: this write may have taken effect, or another"
                .to_owned();
        self
    }

    /// There is no further try.
    pub(crate) fn given_up(mut self, gave_up: GaveUp) -> Self {
        self.0.reason = given_up(std::mem::take(&mut self.0.reason), Some(gave_up));
        self
    }

    /// The same error, of an operation that this was a part of.
    pub(crate) fn called(mut self, call: Call) -> Self {
        self.0.key_text = call.key_text();
        self.0.call = call;
        self
    }

    /// The item that is to be changed is not there.
    pub(crate) fn nothing_to_change(call: Call) -> Self {
        Self::new(ErrorKind::NotFound, call, "there is no item with this key", None)
    }

    /// The refused condition was that of the marker of a unique constraint.
    pub(crate) fn taken(mut self, constraint: &str) -> Self {
        if self.0.kind == ErrorKind::ConditionFailed {
            self.0.kind = ErrorKind::Taken;
            self.0.reason = format!("another item has this value of `{constraint}`");
            self.0.constraint = Some(constraint.to_owned());
            self.0.holder = self.0.current.take().and_then(|marker| holder(marker.to_item()?));
        }
        self
    }

    /// The marker of a value that is given up is another item's.
    pub(crate) fn not_the_holder(mut self) -> Self {
        if self.0.kind == ErrorKind::ConditionFailed {
            self.0.kind = ErrorKind::Conflict;
            self.0.reason = "another item holds what is unique of this one".to_owned();
            self.0.current = None;
        }
        self
    }

    /// The item was another at each try.
    pub(crate) fn changing(mut self) -> Self {
        self.0.kind = ErrorKind::Conflict;
        self.0.reason =
            "what is unique of this item changed between reading and writing it, at every try".to_owned();
        self.0.refused = false;
        self
    }

    /// The transaction was that of one operation, and is not to be told of.
    pub(crate) fn of_one_operation(mut self) -> Self {
        self.0.actions.clear();
        self
    }

    fn refused_as(mut self, kind: ErrorKind, reason: &str) -> Self {
        if self.0.kind == ErrorKind::ConditionFailed {
            self.0.kind = kind;
            self.0.reason = reason.to_owned();
        }
        self
    }
}
