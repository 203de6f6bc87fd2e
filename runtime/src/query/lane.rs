//! One partition of a query, or one segment of a scan, on its way: what is read of it and not yet handed out,
//! and the request under way.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::OnceLock;
use std::task::{Context, Poll};

use aws_sdk_dynamodb::operation::query::QueryInput;
use aws_sdk_dynamodb::operation::scan::ScanInput;

use super::place::{KeyLayout, Order, Position};
use crate::caller::Caller;
use crate::expiry::Expiry;
use crate::item::StoredItem;
use crate::key::KeyValue;
use crate::reader::{Entry, Reader};
use crate::sdk::{self, Answer, Failure, Page};

type Pending<O> = Pin<Box<dyn Future<Output = Result<Answer<Page<O>>, Failure>> + Send>>;

/// The request for the first page of a lane.
pub(crate) enum Request {
    /// Of the partition with this key.
    Query(Box<QueryInput>, Vec<KeyValue>),
    /// Of one segment.
    Scan(Box<ScanInput>),
}

pub(crate) struct Lane<O> {
    request: Request,
    /// Where the next request starts.
    next: Position,
    /// Where a cursor goes on: behind what was handed out.
    resume: Position,
    /// What was handed out last of the items of a page, if a cursor may be asked for behind it.
    behind: Option<StoredItem>,
    ready: VecDeque<Entry<O>>,
    /// What the first of them is ordered by, once it was asked for.
    order: OnceLock<Order>,
    /// How many items the page read last had.
    page: usize,
    pending: Option<Pending<O>>,
    /// Comes after what was read before it.
    failure: Option<Failure>,
    requests: u32,
    /// By which items are left out that DynamoDB returns.
    expiry: Option<Expiry>,
    /// Whether no item is handed out.
    counts: bool,
}

/// What came with a page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counted {
    /// As DynamoDB counts.
    pub(crate) matched: usize,
    /// What of it is not left out.
    pub(crate) kept: usize,
}

/// What a lane can do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// Hand out an item.
    Ready,
    /// Say why it could not be read on.
    Failed,
    /// Wait for the answer to its request.
    Waiting,
    /// Send a request.
    Hungry,
    /// Nothing: it is read to its end.
    Exhausted,
}

impl Request {
    /// The request for the page from a position on. It is sent when it is first polled.
    fn page<O: Send + 'static>(
        &self,
        caller: Caller,
        layout: &KeyLayout,
        reader: Reader<O>,
        from: &Position,
        limit: Option<i32>,
    ) -> Pending<O> {
        match self {
            Self::Query(input, partition) => {
                let mut input = input.clone();
                input.limit = limit;
                input.exclusive_start_key = from.key().map(|place| layout.start_key(partition, place));
                let partition = partition.clone();
                Box::pin(async move { sdk::query(&caller, *input, &partition, reader).await })
            }
            Self::Scan(input) => {
                let mut input = input.clone();
                input.limit = limit;
                input.exclusive_start_key = from.key().map(|place| layout.start_key(&[], place));
                Box::pin(async move { sdk::scan(&caller, *input, reader).await })
            }
        }
    }
}

impl<O> Lane<O> {
    pub(crate) fn new(request: Request, from: Position) -> Self {
        Self {
            request,
            next: from.clone(),
            resume: from,
            behind: None,
            ready: VecDeque::new(),
            order: OnceLock::new(),
            page: 0,
            pending: None,
            failure: None,
            requests: 0,
            expiry: None,
            counts: false,
        }
    }

    /// Leaves out what is past its time, and everything if items are only counted.
    pub(crate) fn leaving_out(self, expiry: Option<Expiry>, counts: bool) -> Self {
        Self { expiry, counts, ..self }
    }

    pub(crate) fn state(&self) -> State {
        match self {
            Self { ready, .. } if !ready.is_empty() => State::Ready,
            Self { failure: Some(_), .. } => State::Failed,
            Self { pending: Some(_), .. } => State::Waiting,
            Self { next: Position::End, .. } => State::Exhausted,
            _ => State::Hungry,
        }
    }

    /// Whether its next page is worth asking for while there are items of the page before: once the first of
    /// these was handed out.
    pub(crate) fn can_prefetch(&self) -> bool {
        let idle = self.pending.is_none() && self.failure.is_none();
        // One page is handed out, one waits: more would only fill memory.
        idle && self.next != Position::End && self.ready.len() < self.page
    }

    pub(crate) fn is_pending(&self) -> bool {
        self.pending.is_some()
    }

    /// Whether it cannot be read on, though there may be items to be handed out before.
    pub(crate) fn has_failed(&self) -> bool {
        self.failure.is_some()
    }

    /// How many requests were sent for it.
    pub(crate) fn requests(&self) -> u32 {
        self.requests
    }

    /// How many items wait to be handed out.
    pub(crate) fn waiting(&self) -> usize {
        self.ready.len()
    }

    /// Makes the request for the next page. It is sent when it is first polled.
    pub(crate) fn request(
        &mut self,
        caller: &Caller,
        layout: &KeyLayout,
        reader: &Reader<O>,
        limit: Option<i32>,
    ) where
        O: Send + 'static,
    {
        self.requests += 1;
        self.pending = Some(self.request.page(caller.clone(), layout, reader.clone(), &self.next, limit));
    }

    /// Takes the answer in once it is there: its cost and how many items it counts.
    pub(crate) fn poll(
        &mut self,
        layout: &KeyLayout,
        context: &mut Context<'_>,
    ) -> Poll<Option<Answer<Counted>>> {
        let Some(pending) = &mut self.pending else { return Poll::Pending };
        let Poll::Ready(answer) = pending.as_mut().poll(context) else { return Poll::Pending };
        self.pending = None;
        let taken = answer.and_then(|answer| self.take_in(layout, answer));
        Poll::Ready(taken.map_err(|failure| self.failure = Some(failure)).ok())
    }

    fn take_in(&mut self, layout: &KeyLayout, answer: Answer<Page<O>>) -> Result<Answer<Counted>, Failure> {
        let Answer { output: Page { mut items, count, last }, cost, sleep } = answer;
        self.next = match last {
            Some(key) => {
                let place = layout.place(&key);
                Position::After(
                    place.ok_or_else(|| Failure::response("a last evaluated key of another index"))?,
                )
            }
            None => Position::End,
        };
        let mut counted = Counted { matched: count, kept: count };
        if let Some(expiry) = self.expiry {
            items.retain(|entry| !expiry.is_over(&entry.stored));
            counted.kept = items.len();
        }
        if self.counts {
            items.clear();
        }
        self.page = items.len();
        match self.ready.is_empty() {
            true => self.ready = items.into(),
            false => self.ready.extend(items),
        }
        if self.ready.is_empty() {
            self.reached_next();
        }
        Ok(Answer { output: counted, cost, sleep })
    }

    /// What the next item is ordered by.
    pub(crate) fn head(&self, layout: &KeyLayout) -> Option<&Order> {
        let head = self.ready.front()?;
        Some(self.order.get_or_init(|| layout.order(&head.stored)))
    }

    pub(crate) fn take_failure(&mut self) -> Option<Failure> {
        self.failure.take()
    }

    /// The next item. A cursor still goes on before it.
    pub(crate) fn take(&mut self) -> Option<Entry<O>> {
        self.order = OnceLock::new();
        self.ready.pop_front()
    }

    /// The item that was taken is handed out: a cursor goes on behind it, if it is given.
    pub(crate) fn advance(&mut self, stored: Option<StoredItem>) {
        if self.ready.is_empty() {
            self.reached_next();
        } else if stored.is_some() {
            self.behind = stored;
        }
    }

    fn reached_next(&mut self) {
        (self.resume, self.behind) = (self.next.clone(), None);
    }

    pub(crate) fn resume(&self, layout: &KeyLayout) -> Position {
        let place = self.behind.as_ref().and_then(|stored| layout.place(stored));
        place.map_or_else(|| self.resume.clone(), Position::After)
    }
}
