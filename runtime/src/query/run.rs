//! A query on its way: reads its partitions page by page and hands out their items in one order.

use std::task::{Context, Poll};

use super::budget::Budget;
use super::cursor::{Cursor, Seal};
use super::filter::MaxWaste;
use super::input::page_limit;
use super::lane::{Lane, Request, State};
use super::place::{KeyLayout, Order, Position, compare};
use super::request::Query;
use crate::caller::Caller;
use crate::error::{Call, Error};
use crate::handle::{Binding, Handle};
use crate::index::Index;
use crate::item::{StoredItem, StoredKey};
use crate::metered::Cost;
use crate::reader::{Entry, Reader};
use crate::table::Table;

/// How many partitions of one query are read at once.
const CONCURRENCY: usize = 8;

/// What is wanted of a run besides the items.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Mode {
    /// Only how many there are.
    pub(super) counts: bool,
    /// Asks for the next page while there are items of the one before.
    pub(super) prefetches: bool,
    /// At most one page of each partition.
    pub(super) one_page: bool,
    /// A cursor will be asked for behind any item.
    pub(super) resumes: bool,
}

pub(super) struct Run<O> {
    caller: Caller,
    call: Call,
    reader: Reader<O>,
    key_of: fn(&StoredItem) -> Option<StoredKey>,
    layout: KeyLayout,
    seal: Seal,
    newest_first: bool,
    page_size: Option<usize>,
    mode: Mode,
    lanes: Vec<Lane<O>>,
    /// Items that may still be handed out.
    left: Option<usize>,
    /// Nothing is asked for once this is spent.
    budget: Option<Budget>,
    /// How much the filter may throw away, if there is one.
    waste: Option<MaxWaste>,
    /// Items that the filter let through.
    matched: u64,
    /// Whether items that are past their time are left out.
    expires: bool,
    cost: Cost,
}

impl<O, I: Index, T: Table> Query<O, I, Handle<T>> {
    /// Nothing is sent before the run is polled.
    pub(super) fn start(self, mode: Mode) -> Result<Run<O>, Error> {
        let condition = self.condition()?;
        let places = self.places(condition)?;
        let (mut lanes, now) = (Vec::new(), self.client.now());
        let expiring = self.expiring(now);
        let here = expiring.filter(|expiring| expiring.here).map(|expiring| expiring.expiry);
        for (at, position) in places.into_iter().enumerate() {
            let position = if condition.is_empty() { Position::End } else { position };
            let request = self.input(condition, at, mode.counts, now)?;
            let request = Request::Query(Box::new(request), condition.partitions[at].clone());
            lanes.push(Lane::new(request, position).leaving_out(here, mode.counts));
        }
        Ok(Run {
            caller: self.client.caller_on(&self.call(), I::NAME),
            call: self.call(),
            key_of: StoredKey::of::<T>,
            layout: KeyLayout::of::<I>(),
            seal: self.seal(condition),
            newest_first: self.newest_first,
            page_size: self.page_size,
            mode,
            lanes,
            left: self.limit,
            budget: None,
            waste: self.filter.as_ref().map(|filter| filter.waste),
            matched: 0,
            expires: expiring.is_some(),
            cost: Cost::default(),
            reader: self.reader,
        })
    }
}

impl<O: Send + 'static> Run<O> {
    pub(super) fn within(mut self, budget: Budget) -> Self {
        self.budget = Some(budget);
        self
    }

    pub(super) fn cost(&self) -> &Cost {
        &self.cost
    }

    pub(super) fn into_cost(self) -> Cost {
        self.cost
    }

    /// Where to go on; none if everything was handed out.
    pub(super) fn cursor(&self) -> Option<Cursor> {
        let positions: Vec<_> = self.lanes.iter().map(|lane| lane.resume(&self.layout)).collect();
        let ended = positions.iter().all(|position| *position == Position::End);
        let positions: Vec<_> = positions.iter().collect();
        (!ended).then(|| self.seal.cursor(&positions))
    }

    /// The next item; none at the end, at the limit, or at the end of the one page that was asked for.
    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<O, Error>>> {
        while self.left != Some(0) {
            self.send();
            let progress = self.poll_lanes(context).is_some();
            if let Some(error) = self.wasteful() {
                return Poll::Ready(Some(Err(self.give_up(error))));
            }
            match self.first() {
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(lane)) => match self.hand_out(lane) {
                    // It was skipped.
                    Ok(None) => {}
                    Ok(Some(item)) => {
                        self.read_ahead(context);
                        return Poll::Ready(Some(Ok(item)));
                    }
                    Err(error) => return Poll::Ready(Some(Err(self.give_up(error)))),
                },
                Poll::Pending if progress => {}
                Poll::Pending => return Poll::Pending,
            }
        }
        Poll::Ready(None)
    }

    /// How many items there are, up to the limit.
    pub(super) fn poll_count(
        &mut self,
        context: &mut Context<'_>,
        count: &mut usize,
    ) -> Poll<Result<(), Error>> {
        while self.left != Some(0) {
            self.send();
            let counted = self.poll_lanes(context);
            if let Some(error) = self.wasteful() {
                return Poll::Ready(Err(self.give_up(error)));
            }
            let counted_now = counted.unwrap_or_default();
            *count += self.left.map_or(counted_now, |left| left.min(counted_now));
            self.left = self.left.map(|left| left.saturating_sub(counted_now));
            if let Some(failed) = self.lanes.iter().position(|lane| lane.state() == State::Failed) {
                let error = self.failure(failed);
                return Poll::Ready(Err(self.give_up(error)));
            }
            if self.lanes.iter().all(|lane| lane.state() == State::Exhausted) {
                break;
            }
            if counted.is_none() {
                return Poll::Pending;
            }
        }
        Poll::Ready(Ok(()))
    }

    /// Makes the requests that are needed for the next item, then those that will be needed soon, and says
    /// whether there are any. Polling the lanes sends them.
    fn send(&mut self) -> bool {
        let mut made = false;
        let mut free = CONCURRENCY.saturating_sub(self.lanes.iter().filter(|lane| lane.is_pending()).count());
        let (one_page, prefetches) = (self.mode.one_page, self.mode.prefetches);
        if self.is_spent() {
            return false;
        }
        let affordable = self.budget.map(|budget| budget.page_size(&self.cost));
        for soon in [false, true] {
            for lane in &mut self.lanes {
                let wanted = match soon {
                    false => lane.state() == State::Hungry && !(one_page && lane.requests() > 0),
                    true => prefetches && lane.state() == State::Ready && lane.can_prefetch(),
                };
                let quota = self.left.map(|left| left.saturating_sub(lane.waiting()));
                if wanted && free > 0 && quota != Some(0) {
                    // With fewer matches than the filter has to have, the query fails anyway.
                    let most =
                        quota.and_then(|quota| self.waste.map_or(Some(quota), |waste| waste.to_read(quota)));
                    // What is past its time is read for nothing: after each call that was not enough, more is asked for.
                    let more = if self.expires { 1 << lane.requests().min(10) } else { 1 };
                    let most = most.map(|most| most.saturating_mul(more));
                    let limit =
                        most.into_iter().chain(self.page_size).chain(affordable).min().map(page_limit);
                    lane.request(&self.caller, &self.layout, &self.reader, limit);
                    free -= 1;
                    made = true;
                }
            }
        }
        made
    }

    /// Asks for what will be needed soon, before the caller is busy with an item.
    fn read_ahead(&mut self, context: &mut Context<'_>) {
        // What is on its way already is polled with the next item.
        if self.mode.prefetches && self.send() {
            self.poll_lanes(context);
        }
    }

    /// Takes in the answers that are there, and says how many items they count; none if there are none.
    fn poll_lanes(&mut self, context: &mut Context<'_>) -> Option<usize> {
        let mut counted = None;
        for lane in &mut self.lanes {
            if let Poll::Ready(answer) = lane.poll(&self.layout, context) {
                let counted = counted.get_or_insert(0);
                if let Some(answer) = answer {
                    self.cost += &answer.cost;
                    self.matched += answer.output.matched as u64;
                    *counted += answer.output.kept;
                }
            }
        }
        counted
    }

    /// How many items wait to be handed out.
    pub(super) fn waiting(&self) -> usize {
        self.lanes.iter().map(Lane::waiting).sum()
    }

    fn wasteful(&self) -> Option<Error> {
        let (waste, count) = (self.waste?, (self.matched, self.cost.evaluated));
        waste.is_exceeded(count.0, count.1).then(|| Error::wasteful(self.call.clone(), count, waste))
    }

    /// The lane that hands out the next item, once every lane is known to have one or none.
    fn first(&self) -> Poll<Option<usize>> {
        // Its order is nobody's business, and costs what some attributes do.
        if let [lane] = &self.lanes[..]
            && lane.state() == State::Ready
        {
            return Poll::Ready(Some(0));
        }
        let mut first: Option<(usize, &Order)> = None;
        let (mut waiting, mut ended) = (false, false);
        for (at, lane) in self.lanes.iter().enumerate() {
            match (lane.state(), lane.head(&self.layout)) {
                (State::Failed, _) => return Poll::Ready(Some(at)),
                // The page that was asked for ends where that of one of its partitions does.
                (State::Hungry, _) if self.mode.one_page && lane.requests() > 0 => ended = true,
                (State::Hungry, _) if self.is_spent() => ended = true,
                (State::Waiting | State::Hungry, _) => waiting = true,
                (State::Ready, Some(head)) if first.is_none_or(|(_, best)| self.is_before(head, best)) => {
                    first = Some((at, head));
                }
                (State::Ready | State::Exhausted, _) => {}
            }
        }
        match first {
            _ if waiting => Poll::Pending,
            Some((at, _)) if !ended => Poll::Ready(Some(at)),
            _ => Poll::Ready(None),
        }
    }

    fn is_spent(&self) -> bool {
        self.budget.is_some_and(|budget| budget.is_spent(&self.cost))
    }

    fn is_before(&self, this: &Order, other: &Order) -> bool {
        let order = compare(this, other);
        if self.newest_first { order.is_gt() } else { order.is_lt() }
    }

    fn hand_out(&mut self, lane: usize) -> Result<Option<O>, Error> {
        let Some(Entry { read, stored }) = self.lanes[lane].take() else { return Err(self.failure(lane)) };
        let read = read
            .map_err(|error| Error::item(Call { key: (self.key_of)(&stored), ..self.call.clone() }, error))?;
        self.lanes[lane].advance(self.mode.resumes.then_some(stored));
        if read.is_some() {
            self.left = self.left.map(|left| left - 1);
        }
        Ok(read)
    }

    /// Hands out what is left of a page, if there is no other partition to look at and no request to make for it.
    pub(super) fn drain_into(&mut self, items: &mut Vec<O>) -> Result<(), Error> {
        while self.left != Some(0)
            && let [lane] = &self.lanes[..]
            && lane.state() == State::Ready
        {
            items.extend(self.hand_out(0).map_err(|error| self.give_up(error))?);
        }
        Ok(())
    }

    fn failure(&mut self, lane: usize) -> Error {
        let failure = self.lanes[lane].take_failure().expect("a lane without an item has failed");
        Error::sdk(self.call.clone(), self.caller.table(), failure)
    }

    /// Nothing is handed out after an error; a cursor still goes on before it.
    fn give_up(&mut self, error: Error) -> Error {
        self.left = Some(0);
        error.after(&self.cost)
    }
}
