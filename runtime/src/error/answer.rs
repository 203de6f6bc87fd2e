//! What DynamoDB's answers mean, in words.

use super::ErrorKind;
use crate::backoff::GaveUp;
use crate::sdk::{Failure, Reason, Stage};

pub(super) const NOT_HELD: &str = "its condition does not hold";

pub(super) fn given_up(reason: String, gave_up: Option<GaveUp>) -> String {
    match gave_up {
        Some(gave_up) => format!("{reason}, {gave_up}"),
        None => reason,
    }
}

pub(super) fn explain(table: &str, failure: &Failure) -> (ErrorKind, String) {
    let said = |what: &str| match &failure.message {
        Some(message) => format!("{what}: {message}"),
        None => what.to_owned(),
    };
    match (failure.stage, failure.code.as_deref()) {
        (_, Some("ResourceNotFoundException")) => (
            ErrorKind::TableNotFound,
            format!(
                "table `{table}`, or an index of it, does not exist; `.create().await` on its handle creates it"
            ),
        ),
        (_, Some("ConditionalCheckFailedException")) => {
            (ErrorKind::ConditionFailed, NOT_HELD.to_owned())
        }
        (_, Some("TransactionConflictException")) => {
            (ErrorKind::Conflict, "a transaction is at work on this item".to_owned())
        }
        (_, Some("TransactionInProgressException")) => {
            (ErrorKind::Conflict, "a transaction with this idempotency token is still at work".to_owned())
        }
        (_, Some("IdempotentParameterMismatchException")) => (
            ErrorKind::IdempotencyMismatch,
            "its idempotency token was used in the last 10 minutes for a transaction with other actions; nothing was \
             written"
                .to_owned(),
        ),
        (
            _,
            Some("ThrottlingException" | "ProvisionedThroughputExceededException" | "RequestLimitExceeded"),
        ) => (ErrorKind::Throttled, said("DynamoDB asks for less traffic")),
        (
            _,
            Some(
                "AccessDeniedException"
                | "UnrecognizedClientException"
                | "ExpiredTokenException"
                | "MissingAuthenticationTokenException"
                | "IncompleteSignatureException",
            ),
        ) => (ErrorKind::AccessDenied, said("the credentials do not allow it")),
        (Stage::Construction, _) => (ErrorKind::InvalidRequest, said("the request cannot be made")),
        (Stage::Timeout, _) => (ErrorKind::Timeout, "no answer in time".to_owned()),
        (Stage::Dispatch, _) => (ErrorKind::Unreachable, "DynamoDB cannot be reached".to_owned()),
        (_, Some(code)) => (ErrorKind::Service, said(&format!("DynamoDB answers {code}"))),
        (_, None) => (ErrorKind::Service, said("the answer is not DynamoDB's")),
    }
}

pub(super) fn explain_cancelled(reason: &Reason) -> (ErrorKind, String) {
    let (kind, what) = match reason.code.as_str() {
        "TransactionConflict" => {
            return (ErrorKind::Conflict, "another transaction is at work on this item".to_owned());
        }
        "ThrottlingError" | "ProvisionedThroughputExceeded" => {
            (ErrorKind::Throttled, "DynamoDB asks for less traffic".to_owned())
        }
        "AccessDenied" => (ErrorKind::AccessDenied, "the credentials do not allow it".to_owned()),
        code => (ErrorKind::Service, format!("DynamoDB cancels the transaction because of it, by {code}")),
    };
    match &reason.message {
        Some(message) => (kind, format!("{what}: {message}")),
        None => (kind, what),
    }
}
