//! Why a call failed, without what an error may not show.

use std::error::Error as StdError;

use aws_sdk_dynamodb::config::SharedAsyncSleep;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::CancellationReason;
use aws_sdk_dynamodb::types::error::ConditionalCheckFailedException as Refusal;

use super::attempts::is_throttling_code;
use super::sent::Sent;
use crate::error::BoxError;
use crate::item::{Item, StoredItem, item_size};
use crate::metered::{Capacity, Cost, Units};
use crate::units::write_units;

/// Why a call failed, in the terms of DynamoDB.
pub(crate) struct Failure {
    /// DynamoDB's code, such as `ResourceNotFoundException`; none if no answer came.
    pub(crate) code: Option<String>,
    /// What the SDK or DynamoDB said.
    pub(crate) message: Option<String>,
    pub(crate) stage: Stage,
    /// What it cost all the same. DynamoDB does not say what a write consumed whose condition did not hold, so that is
    /// computed.
    pub(super) cost: Box<Cost>,
    /// Why a transaction was cancelled: a reason for each of its items. Empty for any other failure.
    pub(crate) reasons: Box<[Reason]>,
    /// How the client sleeps, if it can.
    pub(crate) sleep: Option<SharedAsyncSleep>,
    /// The item that a failed condition was judged with.
    pub(crate) current: Option<Box<StoredItem>>,
    pub(crate) source: BoxError,
}

/// What DynamoDB says of one item of a cancelled transaction.
pub(crate) struct Reason {
    /// `None`, in letters, if this item is not why.
    pub(crate) code: String,
    pub(crate) message: Option<String>,
    /// The item that its condition was judged with.
    pub(crate) current: Option<StoredItem>,
}

impl Reason {
    /// Takes the item out of it, where it would be shown with the error.
    pub(super) fn take(reason: &mut CancellationReason) -> Self {
        let code = reason.code.clone().unwrap_or_else(|| "None".to_owned());
        let current = reason.item.take().and_then(stored);
        Self { code, message: reason.message.clone(), current }
    }

    /// Whether the transaction was cancelled because of this item.
    pub(crate) fn is_why(&self) -> bool {
        self.code != "None"
    }

    /// Whether it passes with time.
    pub(crate) fn passes(&self) -> bool {
        matches!(
            self.code.as_str(),
            "TransactionConflict" | "ThrottlingError" | "ProvisionedThroughputExceeded"
        )
    }
}

/// Where a call failed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Before it was sent.
    Construction,
    Timeout,
    /// No connection, or it broke.
    Dispatch,
    /// An answer that is not DynamoDB's.
    Response,
    /// DynamoDB refused.
    Service,
}

impl<E> From<SdkError<E>> for Failure
where
    E: ProvideErrorMetadata + StdError + Send + Sync + 'static,
{
    fn from(error: SdkError<E>) -> Self {
        let stage = match &error {
            SdkError::ConstructionFailure(_) => Stage::Construction,
            SdkError::TimeoutError(_) => Stage::Timeout,
            SdkError::DispatchFailure(failure) if failure.is_timeout() => Stage::Timeout,
            SdkError::DispatchFailure(_) => Stage::Dispatch,
            SdkError::ServiceError(_) => Stage::Service,
            _ => Stage::Response,
        };
        let (code, message) = (error.code().map(str::to_owned), error.message().map(str::to_owned));
        Self { code, message, ..Self::at(stage, error.into()) }
    }
}

/// An item as the SDK has it.
fn stored(item: Item) -> Option<StoredItem> {
    StoredItem::all_of([&item]).ok()?.pop()
}

impl Failure {
    /// An answer that DynamoDB does not give.
    pub(crate) fn response(what: &'static str) -> Self {
        Self::at(Stage::Response, what.into())
    }

    /// It was not sent, for a reason of our own.
    pub(crate) fn construction(reason: String) -> Self {
        Self { message: Some(reason.clone()), ..Self::at(Stage::Construction, reason.into()) }
    }

    fn at(stage: Stage, source: BoxError) -> Self {
        Self {
            code: None,
            message: None,
            stage,
            cost: Box::default(),
            reasons: Box::default(),
            sleep: None,
            current: None,
            source,
        }
    }

    /// Takes the item out of a refusal, where it would be shown with the error: of the refusal itself, and of
    /// the raw answer beside it. The item that was to be written has `new` bytes; `met` is the
    /// one that is there, unless the SDK read it.
    pub(super) fn refused<E>(
        error: SdkError<E>,
        refusal: fn(&E) -> Option<Refusal>,
        make: fn(Refusal) -> E,
        new: usize,
        met: Option<Option<StoredItem>>,
    ) -> Self
    where
        E: ProvideErrorMetadata + StdError + Send + Sync + 'static,
    {
        let mut error = error;
        let (mut current, mut units) = (None, Units::default());
        if let SdkError::ServiceError(context) = &error
            && let Some(mut refusal) = refusal(context.err())
            && let SdkError::ServiceError(context) = error
        {
            let read = refusal.item.take();
            current = met.unwrap_or_else(|| read.and_then(stored));
            let size = current.as_ref().and_then(StoredItem::to_item).as_ref().map_or(0, item_size);
            units = Units::write(write_units(size.max(new)));
            let mut raw = context.into_raw();
            raw.take_body();
            error = SdkError::service_error(make(refusal), raw);
        }
        let cost = Cost { capacity: Capacity { table: units, ..Capacity::default() }, ..Cost::default() };
        Self { current: current.map(Box::new), cost: Box::new(cost), ..error.into() }
    }

    /// As [`refused`](Self::refused), of a transaction.
    pub(super) fn cancelled(
        error: SdkError<TransactWriteItemsError>,
        met: Option<Vec<Option<StoredItem>>>,
    ) -> Self {
        let mut error = error;
        let mut reasons: Box<[Reason]> = Box::default();
        if let SdkError::ServiceError(context) = &error
            && let TransactWriteItemsError::TransactionCanceledException(cancelled) = context.err()
        {
            let mut cancelled = cancelled.clone();
            reasons = cancelled.cancellation_reasons.iter_mut().flatten().map(Reason::take).collect();
            for (reason, met) in reasons.iter_mut().zip(met.into_iter().flatten()) {
                reason.current = met;
            }
            if let SdkError::ServiceError(context) = error {
                let mut raw = context.into_raw();
                raw.take_body();
                let cancelled = TransactWriteItemsError::TransactionCanceledException(cancelled);
                error = SdkError::service_error(cancelled, raw);
            }
        }
        Self { reasons, ..error.into() }
    }

    /// Whether DynamoDB asked for less traffic.
    pub(crate) fn is_throttling(&self) -> bool {
        self.code.as_deref().is_some_and(is_throttling_code)
    }

    /// Whether a transaction failed for what passes with time, and for nothing else.
    pub(crate) fn passes(&self) -> bool {
        let mut why = self.reasons.iter().filter(|reason| reason.is_why()).peekable();
        match why.peek() {
            Some(_) => why.all(Reason::passes),
            None => self.code.as_deref() == Some("TransactionInProgressException"),
        }
    }

    pub(super) fn after(mut self, sent: &Sent<'_>) -> Self {
        let capacity = std::mem::take(&mut self.cost.capacity);
        *self.cost = Cost { capacity, ..sent.cost() };
        self.cost.calls = u32::from(self.cost.attempts > 0);
        if self.reasons.iter().any(|reason| is_throttling_code(&reason.code)) {
            self.cost.throttled += 1;
        }
        self.sleep = sent.attempts.sleep();
        // What was never sent did not break on its way.
        if self.cost.attempts == 0 && self.stage == Stage::Dispatch {
            self.stage = Stage::Construction;
        }
        self
    }

    /// What is known of the cost of the call: of an update that was refused, not what the item was to be.
    pub(crate) fn cost(&self) -> Cost {
        (*self.cost).clone()
    }
}
