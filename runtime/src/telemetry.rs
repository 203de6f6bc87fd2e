//! Calls as spans of `tracing` and figures of `metrics`, by features of these names, after the OpenTelemetry conventions
//! for databases. Neither has a key or anything else of an item.

use std::future::Future;

use crate::ledger::{End, Pattern};
use crate::metered::Cost;

/// A call on its way, as a span.
#[derive(Debug)]
pub(crate) struct Span {
    #[cfg(feature = "tracing")]
    span: tracing::Span,
    #[cfg(feature = "metrics")]
    call: &'static str,
}

/// How a call ended.
#[derive(Debug)]
#[cfg_attr(not(feature = "tracing"), allow(dead_code))]
pub(crate) struct Ended<'a> {
    pub(crate) pattern: &'a Pattern,
    pub(crate) cost: &'a Cost,
    pub(crate) end: End,
    pub(crate) reasons: &'a [String],
    /// DynamoDB's code of a failure.
    pub(crate) code: Option<&'a str>,
}

impl Span {
    #[cfg_attr(not(feature = "tracing"), allow(unused_variables))]
    pub(crate) fn of(call: &'static str, pattern: &Pattern) -> Self {
        Self {
            #[cfg(feature = "tracing")]
            span: spans::begin(call, pattern),
            #[cfg(feature = "metrics")]
            call,
        }
    }

    /// What happens meanwhile, in the SDK too, is within the span.
    #[cfg(feature = "tracing")]
    pub(crate) async fn run<F: Future>(&self, call: F) -> F::Output {
        use tracing::Instrument as _;
        call.instrument(self.span.clone()).await
    }

    #[cfg(not(feature = "tracing"))]
    pub(crate) async fn run<F: Future>(&self, call: F) -> F::Output {
        call.await
    }

    #[cfg_attr(not(any(feature = "tracing", feature = "metrics")), allow(unused_variables))]
    pub(crate) fn end(&self, ended: &Ended<'_>) {
        #[cfg(feature = "tracing")]
        spans::end(&self.span, ended);
        #[cfg(feature = "metrics")]
        figures::add(self.call, ended);
    }
}

/// A partition took more than half of what it is given in a second.
#[cfg_attr(not(feature = "tracing"), allow(unused_variables))]
pub(crate) fn hot(table: &str, index: Option<&str>, of_limit: f64) {
    #[cfg(feature = "tracing")]
    tracing::warn!(
        target: "monotable",
        {
            db.system.name = "aws.dynamodb",
            db.collection.name = table,
            aws.dynamodb.index_name = index,
            monotable.of_partition_limit = of_limit
        },
        "a partition takes half of what DynamoDB gives one in a second; the ledger names it",
    );
}

#[cfg(feature = "tracing")]
mod spans {
    use tracing::Span;
    use tracing::field::Empty;

    use super::{End, Ended, Pattern};

    pub(super) fn begin(call: &'static str, pattern: &Pattern) -> Span {
        let span = tracing::info_span!(
            target: "monotable",
            "dynamodb",
            otel.name = Empty,
            otel.kind = "client",
            db.system.name = "aws.dynamodb",
            db.operation.name = call,
            db.collection.name = &*pattern.table,
            db.response.status_code = Empty,
            error.type = Empty,
            aws.dynamodb.index_name = pattern.index.as_deref(),
            aws.dynamodb.consumed_capacity = Empty,
            aws.dynamodb.count = Empty,
            aws.dynamodb.scanned_count = Empty,
            monotable.entity = &*pattern.entity,
            monotable.operation = &*pattern.operation,
            monotable.pattern = pattern.name,
            monotable.attempts = Empty,
            monotable.throttled = Empty,
        );
        if !span.is_disabled() {
            span.record("otel.name", format!("{call} {}", pattern.table));
        }
        span
    }

    pub(super) fn end(span: &Span, ended: &Ended<'_>) {
        let Ended { pattern, cost, end, reasons, code } = ended;
        if cost.throttled > 0 {
            tracing::warn!(
                target: "monotable",
                parent: span,
                { monotable.throttled = cost.throttled, aws.dynamodb.throttling_reasons = reasons.join(",") },
                "DynamoDB throttled a call",
            );
        }
        if span.is_disabled() {
            return;
        }
        let total = cost.capacity.total();
        let units = total.read + total.write;
        let capacity = format!(r#"{{"TableName":"{}","CapacityUnits":{units}}}"#, pattern.table);
        span.record("aws.dynamodb.consumed_capacity", capacity);
        span.record("aws.dynamodb.count", cost.returned);
        span.record("aws.dynamodb.scanned_count", cost.evaluated);
        span.record("monotable.attempts", cost.attempts);
        span.record("monotable.throttled", cost.throttled);
        match end {
            End::Answered => {}
            End::Failed => {
                span.record("error.type", code.unwrap_or("_OTHER"));
                if let Some(code) = code {
                    span.record("db.response.status_code", code);
                }
            }
            End::Dropped => drop(span.record("error.type", "dropped")),
        }
    }
}

#[cfg(feature = "metrics")]
mod figures {
    use metrics::{Label, counter, histogram};

    use super::{End, Ended};

    pub(super) fn add(call: &'static str, ended: &Ended<'_>) {
        let Ended { pattern, cost, end, .. } = ended;
        let mut labels = vec![
            Label::from_static_parts("db.system.name", "aws.dynamodb"),
            Label::from_static_parts("db.operation.name", call),
            Label::new("db.collection.name", pattern.table.to_string()),
            Label::new("monotable.entity", pattern.entity.clone()),
            Label::new("monotable.operation", pattern.operation.clone()),
        ];
        labels.extend(pattern.index.clone().map(|index| Label::new("aws.dynamodb.index_name", index)));
        labels.extend(pattern.name.map(|name| Label::from_static_parts("monotable.pattern", name)));
        let units = cost.capacity.total();
        for (name, units) in
            [("monotable.consumed_read_units", units.read), ("monotable.consumed_write_units", units.write)]
        {
            if units > 0.0 {
                histogram!(name, labels.clone()).record(units);
            }
        }
        if cost.throttled > 0 {
            counter!("monotable.throttled", labels.clone()).increment(cost.throttled.into());
        }
        if *end != End::Answered {
            counter!("monotable.errors", labels.clone()).increment(1);
        }
        histogram!("db.client.operation.duration", labels).record(cost.latency.as_secs_f64());
    }
}
