//! What is known of a call while it is sent: its attempts, and which of them were throttled, why.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use aws_sdk_dynamodb::config::{RuntimeComponents, SharedAsyncSleep};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

/// Watches one call on its way.
#[derive(Debug, Clone, Default)]
pub(crate) struct Attempts(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// Requests as they are sent, retries included.
    sent: AtomicU32,
    throttled: AtomicU32,
    /// DynamoDB's reasons, one for each throttled attempt and resource.
    reasons: Mutex<Vec<String>>,
    /// Only here is what the SDK would itself sleep with: the client's configuration lacks its defaults.
    sleep: OnceLock<Option<SharedAsyncSleep>>,
}

impl Attempts {
    pub(crate) fn sent(&self) -> u32 {
        self.0.sent.load(Ordering::Relaxed)
    }

    pub(crate) fn throttled(&self) -> u32 {
        self.0.throttled.load(Ordering::Relaxed)
    }

    pub(crate) fn take_reasons(&self) -> Vec<String> {
        std::mem::take(&mut self.0.reasons.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn sleep(&self) -> Option<SharedAsyncSleep> {
        self.0.sleep.get().cloned().flatten()
    }

    /// An attempt is sent.
    pub(crate) fn begin(&self, components: &RuntimeComponents) {
        self.0.sent.fetch_add(1, Ordering::Relaxed);
        self.0.sleep.get_or_init(|| components.sleep_impl());
    }

    /// An attempt is over. The SDK tells of its last one alone, so the answers are looked at here.
    pub(crate) fn end(&self, answer: Option<&HttpResponse>) {
        let failed = answer.filter(|answer| !answer.status().is_success());
        if let Some(body) = failed.and_then(|answer| answer.body().bytes())
            && let Ok(body) = std::str::from_utf8(body)
            && is_throttling(body)
        {
            self.throttle(body);
        }
    }

    fn throttle(&self, body: &str) {
        self.0.throttled.fetch_add(1, Ordering::Relaxed);
        let mut reasons = self.0.reasons.lock().unwrap_or_else(PoisonError::into_inner);
        reasons.extend(throttling_reasons(body));
    }
}

/// Whether an error answer says that there is too much traffic.
fn is_throttling(body: &str) -> bool {
    let code = strings_of(body, "__type").next().unwrap_or_default();
    // `com.amazonaws.dynamodb.v20120810#ThrottlingException`
    let code = code.rsplit_once('#').map_or(code, |(_, code)| code);
    is_throttling_code(code)
}

pub(crate) fn is_throttling_code(code: &str) -> bool {
    matches!(
        code,
        "ThrottlingException"
            | "ProvisionedThroughputExceededException"
            | "RequestLimitExceeded"
            | "ThrottlingError"
            | "ProvisionedThroughputExceeded"
    )
}

fn throttling_reasons(body: &str) -> impl Iterator<Item = String> + '_ {
    strings_of(body, "reason").map(str::to_owned)
}

/// The values of the members of this name, of a JSON text, that are strings without escapes, at any depth.
///
/// It needs no parser: within a string, quotes are escaped, so a name between bare quotes is no part of one.
fn strings_of<'b>(body: &'b str, name: &'static str) -> impl Iterator<Item = &'b str> {
    let mut rest = body;
    std::iter::from_fn(move || {
        loop {
            let (_, behind) = rest.split_once(name)?;
            let before = &rest[..rest.len() - behind.len() - name.len()];
            let quoted = before.ends_with('"') && !before.ends_with("\\\"");
            rest = behind;
            let value = quoted.then(|| behind.strip_prefix('"')).flatten();
            let value = value.and_then(|value| value.trim_start().strip_prefix(':'));
            let value = value.and_then(|value| value.trim_start().strip_prefix('"'));
            if let Some((value, behind)) = value.and_then(|value| value.split_once('"'))
                && !value.contains('\\')
            {
                rest = behind;
                return Some(value);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn throttling_and_its_reasons_are_found() {
        let body = r##"{"__type":"com.amazonaws.dynamodb.v20120810#ThrottlingException",
            "message":"the \"reason\":\"none\" is that reason is \"reason\": quoted",
            "throttlingReasons":[{"reason":"TableReadKeyRangeThroughputExceeded","resource":"arn:aws:a"},
            {"resource":"arn","reason" : "IndexWriteAccountLimitExceeded"}]}"##;
        assert!(is_throttling(body));
        let reasons: Vec<_> = throttling_reasons(body).collect();
        assert_eq!(reasons, ["TableReadKeyRangeThroughputExceeded", "IndexWriteAccountLimitExceeded"]);
        assert!(is_throttling(r#"{ "__type" : "ProvisionedThroughputExceededException" }"#));
        for body in [r#"{"__type":"x#ConditionalCheckFailedException","reason":"no"}"#, "", "<html>", "{}"] {
            assert!(!is_throttling(body), "{body}");
        }
    }
}
