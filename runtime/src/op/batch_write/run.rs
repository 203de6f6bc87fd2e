//! A batch on its way: waves of calls, and rests between them.
//!
//! A wave ends when everything was sent, or when a call comes back with writes that were left: then nothing more is
//! sent before a rest, because the table asks for less.

use std::collections::{HashSet, VecDeque};
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::SystemTime;

use aws_sdk_dynamodb::config::SharedAsyncSleep;
use aws_sdk_dynamodb::operation::batch_write_item::BatchWriteItemOutput;

use super::writes::{Entry, key_of};
use super::{BatchProgress, Settings, request, take_chunk};
use crate::backoff::{Backoff, GaveUp};
use crate::bucket::CannotSleep;
use crate::caller::Caller;
use crate::error::{Call, Error};
use crate::handle::Handle;
use crate::item::StoredKey;
use crate::metered::Cost;
use crate::pace::{Charge, Pace};
use crate::sdk::{self, Answer, Failure, Requests};
use crate::table::Table;

type Sending = Pin<Box<dyn Future<Output = Sent> + Send>>;
type Outcome = Result<Answer<BatchWriteItemOutput>, Failure>;

/// A call that ended.
struct Sent {
    entries: Vec<Entry>,
    outcome: Outcome,
}

pub(super) struct Run<T> {
    call: Call,
    caller: Caller,
    requests: Arc<Requests>,
    settings: Settings,
    pace: Pace,
    pub(super) waiting: VecDeque<Entry>,
    sending: Vec<Sending>,
    /// Nothing more is sent in this wave.
    closed: bool,
    /// Whether the wave wrote something.
    brought: bool,
    /// The failure of the wave, if it ends the batch.
    failed: Option<Error>,
    /// The last answer that there is too much traffic.
    throttled: Option<Failure>,
    sleep: Option<SharedAsyncSleep>,
    of: usize,
    written: u64,
    pub(super) cost: Cost,
    began: SystemTime,
    table: PhantomData<fn() -> T>,
}

impl<T: Table> Run<T> {
    pub(super) fn new(
        call: Call,
        requests: Arc<Requests>,
        entries: Vec<Entry>,
        settings: Settings,
        handle: &Handle<T>,
    ) -> Self {
        let pace = Pace::new(settings.rate, handle.sdk());
        Self {
            caller: handle.caller(&call),
            call,
            requests,
            began: pace.now(),
            pace,
            settings,
            of: entries.len(),
            waiting: entries.into(),
            sending: Vec::new(),
            closed: false,
            brought: false,
            failed: None,
            throttled: None,
            sleep: None,
            written: 0,
            cost: Cost::default(),
            table: PhantomData,
        }
    }

    /// Writes everything, or says why not: then what is left is waiting.
    pub(super) async fn drive(&mut self) -> Result<(), Error> {
        let mut backoff = Backoff::default();
        loop {
            (self.closed, self.brought) = (false, false);
            poll_fn(|context| self.poll_wave(context)).await;
            if let Some(error) = self.failed.take() {
                return Err(error);
            }
            if self.waiting.is_empty() {
                return Ok(());
            }
            if let Err(gave_up) = backoff.rest(self.brought, self.sleep.as_ref()).await {
                return Err(self.left(gave_up));
            }
        }
    }

    fn left(&mut self, gave_up: GaveUp) -> Error {
        let left = self.waiting.len();
        let error = Error::unwritten(self.call.clone(), left, self.of, gave_up);
        match self.throttled.take() {
            Some(failure) => error.caused_by(failure),
            None => error,
        }
    }

    fn poll_wave(&mut self, context: &mut Context<'_>) -> Poll<()> {
        loop {
            self.fill(context);
            if self.sending.is_empty() && (self.closed || self.waiting.is_empty()) {
                return Poll::Ready(());
            }
            // One that ended leaves room for another, which has to be polled too.
            if !self.poll_sending(context) {
                return Poll::Pending;
            }
        }
    }

    fn fill(&mut self, context: &mut Context<'_>) {
        while !self.closed
            && !self.waiting.is_empty()
            && self.sending.len() < self.settings.calls_at_once.get()
        {
            match self.pace.poll_ready(context) {
                Poll::Pending => return,
                Poll::Ready(Ok(())) => self.send(),
                Poll::Ready(Err(CannotSleep)) => {
                    let reason = "it cannot wait for its rate, because the client has no `sleep_impl`; configure \
                                  one, or give no rate";
                    self.fail(Error::refused(self.call.clone(), reason));
                }
            }
        }
    }

    fn send(&mut self) {
        let entries = take_chunk(&mut self.waiting, self.pace.page_size());
        let (input, items) = match request(self.caller.table(), &self.requests, &entries) {
            Ok(request) => request,
            Err(error) => {
                self.waiting.extend(entries);
                return self.fail(Error::request(self.call.clone(), error));
            }
        };
        let caller = self.caller.clone();
        self.pace.sent();
        self.sending.push(Box::pin(async move {
            let outcome = sdk::batch_write_item(&caller, input, items).await;
            Sent { entries, outcome }
        }));
    }

    fn fail(&mut self, error: Error) {
        self.closed = true;
        self.failed.get_or_insert(error);
    }

    /// Whether one or more ended.
    fn poll_sending(&mut self, context: &mut Context<'_>) -> bool {
        let mut ended = Vec::new();
        self.sending.retain_mut(|sending| match sending.as_mut().poll(context) {
            Poll::Ready(sent) => {
                ended.push(sent);
                false
            }
            Poll::Pending => true,
        });
        let any = !ended.is_empty();
        for sent in ended {
            self.take(sent);
        }
        any
    }

    fn take(&mut self, Sent { entries, outcome }: Sent) {
        let sent = entries.len();
        let left = match outcome {
            Ok(answer) => self.answered(entries, answer),
            Err(failure) => {
                self.pace.answered(None);
                self.failed_call(failure);
                entries
            }
        };
        let written = sent - left.len();
        self.brought |= written > 0;
        self.closed |= !left.is_empty();
        self.written += written as u64;
        self.waiting.extend(left);
        self.tell();
    }

    /// What the answer leaves.
    fn answered(&mut self, entries: Vec<Entry>, answer: Answer<BatchWriteItemOutput>) -> Vec<Entry> {
        self.cost += &answer.cost;
        self.sleep = answer.sleep.clone();
        let unprocessed = answer.output.unprocessed_items.into_iter().flatten();
        let unprocessed: Vec<_> = unprocessed.flat_map(|(_, requests)| requests).collect();
        let left = match unprocessed.iter().map(identity::<T>).collect::<Option<HashSet<_>>>() {
            Some(items) if items.is_empty() => Vec::new(),
            Some(items) => {
                let item = |entry: &Entry| key_of::<T>(&self.requests, entry).identity();
                entries.into_iter().filter(|entry| items.contains(&item(entry))).collect()
            }
            // That would be an answer to something else; all of it can be sent again.
            None => entries,
        };
        let charge = Charge { units: answer.cost.write_units(), items: 0, sleep: answer.sleep };
        self.pace.answered(Some(charge));
        left
    }

    fn failed_call(&mut self, failure: Failure) {
        let throttles = failure.is_throttling();
        let cost = failure.cost();
        match throttles {
            // The whole call was left.
            true => {
                self.cost += &cost;
                self.sleep = failure.sleep.clone();
                self.throttled = Some(failure);
                self.closed = true;
            }
            false if self.failed.is_some() => self.cost += &cost,
            false => {
                let error = Error::sdk(self.call.clone(), self.caller.table(), failure);
                self.fail(error);
            }
        }
    }

    fn tell(&self) {
        if let Some(on_progress) = &self.settings.on_progress {
            on_progress(&BatchProgress {
                written: self.written,
                of: self.of as u64,
                write_units: self.cost.write_units(),
                elapsed: self.pace.now().duration_since(self.began).unwrap_or_default(),
            });
        }
    }
}

/// Which item a request is of.
fn identity<T: Table>(request: &aws_sdk_dynamodb::types::WriteRequest) -> Option<StoredKey> {
    let put = request.put_request.as_ref().map(|put| &put.item);
    let delete = request.delete_request.as_ref().map(|delete| &delete.key);
    Some(StoredKey::of::<T>(put.or(delete)?)?.identity())
}
