//! One partition on its way: what is read of it and not yet handed out, and the request under way.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::query::{QueryInput, QueryOutput};

use super::place::{KeyLayout, Place, Position};
use crate::item::Item;
use crate::key::KeyValue;
use crate::metered::Cost;
use crate::sdk::{self, Answer, Failure};

type Pending = Pin<Box<dyn Future<Output = Result<Answer<QueryOutput>, Failure>> + Send>>;

pub(super) struct Lane {
    /// The request for its first page.
    request: QueryInput,
    partition: Vec<KeyValue>,
    /// Where the next request starts.
    next: Position,
    /// Where a cursor goes on: behind what was handed out.
    resume: Position,
    ready: VecDeque<Item>,
    /// How many items the page read last had.
    page: usize,
    pending: Option<Pending>,
    /// Comes after what was read before it.
    failure: Option<Failure>,
    requests: u32,
}

/// What a lane can do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
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

impl Lane {
    pub(super) fn new(request: QueryInput, partition: Vec<KeyValue>, from: Position) -> Self {
        Self {
            request,
            partition,
            next: from.clone(),
            resume: from,
            ready: VecDeque::new(),
            page: 0,
            pending: None,
            failure: None,
            requests: 0,
        }
    }

    pub(super) fn state(&self) -> State {
        match self {
            Self { ready, .. } if !ready.is_empty() => State::Ready,
            Self { failure: Some(_), .. } => State::Failed,
            Self { pending: Some(_), .. } => State::Waiting,
            Self { next: Position::End, .. } => State::Exhausted,
            _ => State::Hungry,
        }
    }

    /// Whether its next page is worth asking for while there are items of the page before.
    pub(super) fn can_prefetch(&self) -> bool {
        let idle = self.pending.is_none() && self.failure.is_none();
        // One page is handed out, one waits: more would only fill memory.
        idle && self.next != Position::End && self.ready.len() <= self.page
    }

    pub(super) fn is_pending(&self) -> bool {
        self.pending.is_some()
    }

    /// How many requests were sent for it.
    pub(super) fn requests(&self) -> u32 {
        self.requests
    }

    /// How many items wait to be handed out.
    pub(super) fn waiting(&self) -> usize {
        self.ready.len()
    }

    /// Makes the request for the next page. It is sent when it is first polled.
    pub(super) fn request(&mut self, client: &Client, layout: &KeyLayout, limit: Option<i32>) {
        let mut input = self.request.clone();
        input.limit = limit;
        input.exclusive_start_key = self.next.key().map(|place| layout.start_key(&self.partition, place));
        let client = client.clone();
        self.requests += 1;
        self.pending = Some(Box::pin(async move { sdk::query(&client, input).await }));
    }

    /// Takes the answer in once it is there: its cost and how many items it counts.
    pub(super) fn poll(
        &mut self,
        layout: &KeyLayout,
        context: &mut Context<'_>,
    ) -> Poll<Option<(Cost, usize)>> {
        let Some(pending) = &mut self.pending else { return Poll::Pending };
        let Poll::Ready(answer) = pending.as_mut().poll(context) else { return Poll::Pending };
        self.pending = None;
        let taken = answer.and_then(|answer| self.take_in(layout, answer));
        Poll::Ready(taken.map_err(|failure| self.failure = Some(failure)).ok())
    }

    fn take_in(&mut self, layout: &KeyLayout, answer: Answer<QueryOutput>) -> Result<(Cost, usize), Failure> {
        let QueryOutput { items, count, last_evaluated_key, .. } = answer.output;
        self.next = match last_evaluated_key {
            Some(key) => {
                let place = layout.place(&key);
                Position::After(
                    place.ok_or_else(|| Failure::response("a last evaluated key of another index"))?,
                )
            }
            None => Position::End,
        };
        let items = items.unwrap_or_default();
        self.page = items.len();
        self.ready.extend(items);
        if self.ready.is_empty() {
            self.resume = self.next.clone();
        }
        Ok((answer.cost, usize::try_from(count).unwrap_or_default()))
    }

    pub(super) fn head(&self) -> Option<&Item> {
        self.ready.front()
    }

    pub(super) fn take_failure(&mut self) -> Option<Failure> {
        self.failure.take()
    }

    /// The next item. A cursor still goes on before it.
    pub(super) fn take(&mut self) -> Option<Item> {
        self.ready.pop_front()
    }

    /// The item that was taken is handed out: a cursor goes on behind it, if its place is given.
    pub(super) fn advance(&mut self, place: Option<Place>) {
        if self.ready.is_empty() {
            self.resume = self.next.clone();
        } else if let Some(place) = place {
            self.resume = Position::After(place);
        }
    }

    pub(super) fn resume(&self) -> &Position {
        &self.resume
    }
}
