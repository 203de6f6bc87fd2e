//! A call on its way, and where its end is entered.

use std::time::Instant;

use super::attempts::Attempts;
use super::{Answer, Failure};
use crate::caller::Caller;
use crate::ledger::End;
use crate::ledger::heat::Touched;
use crate::metered::Cost;
use crate::rate::Ticket;
use crate::telemetry::{Ended, Span};

/// A call on its way, on somebody's account: it is recorded however it ends.
pub(super) struct Sent<'a> {
    pub(super) caller: &'a Caller,
    touched: Touched,
    pub(super) attempts: Attempts,
    began: Instant,
    /// The share of the call in its handle's rate, if it has one.
    ticket: Option<Ticket>,
    pub(super) span: Span,
    /// Whether the call is not yet recorded.
    open: bool,
}

impl<'a> Sent<'a> {
    pub(super) fn new(
        caller: &'a Caller,
        call: &'static str,
        touched: Touched,
        ticket: Option<Ticket>,
        attempts: Attempts,
    ) -> Self {
        let (began, span) = (Instant::now(), Span::of(call, caller.pattern()));
        Self { caller, touched, attempts, began, ticket, span, open: true }
    }

    /// The cost of the call, but for its capacity.
    pub(super) fn cost(&self) -> Cost {
        Cost {
            calls: 1,
            attempts: self.attempts.sent(),
            throttled: self.attempts.throttled(),
            latency: self.began.elapsed(),
            ..Cost::default()
        }
    }

    /// Enters the end of the call wherever calls are watched.
    fn record(&self, cost: &Cost, end: End, code: Option<&str>) {
        let reasons = &*self.attempts.take_reasons();
        self.caller.record(cost, end, reasons, &self.touched);
        self.span.end(&Ended { pattern: self.caller.pattern(), cost, end, reasons, code });
    }

    /// Enters the end of the call into the ledger.
    pub(super) fn end<O>(mut self, answer: Result<Answer<O>, Failure>) -> Result<Answer<O>, Failure> {
        self.open = false;
        if let (Some(ticket), Ok(answer)) = (&self.ticket, &answer) {
            ticket.spend(&answer.cost, self.attempts.sleep());
        }
        match &answer {
            Ok(answer) => self.record(&answer.cost, End::Answered, None),
            Err(failure) => self.record(&failure.cost(), End::Failed, failure.code.as_deref()),
        }
        answer
    }
}

impl Drop for Sent<'_> {
    fn drop(&mut self) {
        if self.open && self.attempts.sent() > 0 {
            self.record(&self.cost(), End::Dropped, None);
        }
    }
}
