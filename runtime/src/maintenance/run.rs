//! A scan on its way: some of its segments at once, a lane for each, in no order.

use std::borrow::Cow;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

use aws_sdk_dynamodb::operation::scan::ScanInput;

use super::progress::Progress;
use super::scan::Scan;
use crate::bucket::CannotSleep;
use crate::caller::Caller;
use crate::error::{Call, Error};
use crate::index::Index;
use crate::item::{StoredItem, StoredKey};
use crate::metered::Cost;
use crate::pace::{Charge, Pace};
use crate::query::cursor::{Cursor, Seal};
use crate::query::input::page_limit;
use crate::query::lane::{Lane, Request, State};
use crate::query::place::{KeyLayout, Position};
use crate::reader::{Entry, Reader};

/// How many segments are read at once.
const CONCURRENCY: usize = 16;

pub(super) struct Run<O> {
    caller: Caller,
    call: Call,
    reader: Reader<O>,
    key_of: fn(&StoredItem) -> Option<StoredKey>,
    layout: KeyLayout,
    seal: Seal,
    request: ScanInput,
    page_size: Option<usize>,
    pace: Pace,
    /// Where a cursor goes on in each segment that is not open.
    positions: Vec<Position>,
    open: Vec<(usize, Lane<O>)>,
    /// No segment from here on has been open.
    unopened: usize,
    items: u64,
    cost: Cost,
    began: Option<SystemTime>,
    /// When it ended; nothing is handed out afterwards.
    ended: Option<SystemTime>,
}

impl<O, I: Index> Scan<O, I> {
    /// Nothing is sent before the run is polled.
    pub(super) fn start(self) -> Result<Run<O>, Error> {
        Ok(Run {
            positions: self.places()?,
            pace: self.pace()?,
            request: self.input()?,
            caller: self.handle().caller_on(&self.call(), I::NAME),
            call: self.call(),
            key_of: StoredKey::of::<I::Table>,
            layout: KeyLayout::of_segments::<I>(),
            seal: self.seal(),
            page_size: self.page_size,
            open: Vec::new(),
            unopened: 0,
            items: 0,
            cost: Cost::default(),
            began: None,
            ended: None,
            reader: self.reader,
        })
    }
}

impl<O: Send + 'static> Run<O> {
    pub(super) fn cost(&self) -> &Cost {
        &self.cost
    }

    /// Where to go on; none if everything was handed out.
    pub(super) fn cursor(&self) -> Option<Cursor> {
        let positions = self.positions();
        let ended = positions.iter().all(|position| **position == Position::End);
        let positions: Vec<_> = positions.iter().map(AsRef::as_ref).collect();
        (!ended).then(|| self.seal.cursor(&positions))
    }

    fn positions(&self) -> Vec<Cow<'_, Position>> {
        let mut positions: Vec<_> = self.positions.iter().map(Cow::Borrowed).collect();
        for (segment, lane) in &self.open {
            positions[*segment] = Cow::Owned(lane.resume(&self.layout));
        }
        positions
    }

    pub(super) fn progress(&self, reason: &Arc<str>) -> Progress {
        let positions = self.positions();
        let done = positions.iter().filter(|position| ***position == Position::End).count();
        let number = |segments| u32::try_from(segments).unwrap_or(u32::MAX);
        Progress {
            reason: reason.clone(),
            items: self.items,
            evaluated: self.cost.evaluated,
            read_units: self.cost.read_units(),
            segments: number(positions.len()),
            segments_done: number(done),
            elapsed: self.elapsed(),
        }
    }

    fn elapsed(&self) -> Duration {
        let Some(began) = self.began else { return Duration::ZERO };
        // A clock may have been set back.
        self.ended.unwrap_or_else(|| self.pace.now()).duration_since(began).unwrap_or_default()
    }

    /// The next item; none at the end, and after an error.
    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<O, Error>>> {
        while self.ended.is_none() {
            self.began.get_or_insert_with(|| self.pace.now());
            self.open();
            if let Err(error) = self.send(context) {
                return Poll::Ready(Some(Err(self.give_up(error))));
            }
            let progress = self.poll_lanes(context);
            match self.first() {
                Some(at) => match self.hand_out(at) {
                    // It was skipped.
                    Ok(None) => {}
                    Ok(Some(item)) => return Poll::Ready(Some(Ok(item))),
                    Err(error) => return Poll::Ready(Some(Err(self.give_up(error)))),
                },
                None if self.open.is_empty() => self.ended = Some(self.pace.now()),
                None if progress => {}
                None => return Poll::Pending,
            }
        }
        Poll::Ready(None)
    }

    /// Closes the segments that are read to their end, and opens others in their place.
    fn open(&mut self) {
        self.open.retain(|(segment, lane)| {
            let exhausted = lane.state() == State::Exhausted;
            if exhausted {
                self.positions[*segment] = Position::End;
            }
            !exhausted
        });
        while self.open.len() < CONCURRENCY && self.unopened < self.positions.len() {
            let segment = self.unopened;
            self.unopened += 1;
            if self.positions[segment] != Position::End {
                let lane = Lane::new(self.request(segment), self.positions[segment].clone());
                self.open.push((segment, lane));
            }
        }
    }

    fn request(&self, segment: usize) -> Request {
        let mut request = self.request.clone();
        request.segment = request.total_segments.map(|_| page_limit(segment));
        Request::Scan(Box::new(request))
    }

    /// The lane that hands out the next item, or says why it cannot.
    ///
    /// A failure is last: what was asked for beside it is paid for, so it is waited for and handed out.
    fn first(&self) -> Option<usize> {
        let position = |state| self.open.iter().position(|(_, lane)| lane.state() == state);
        position(State::Ready).or_else(|| match position(State::Waiting) {
            Some(_) => None,
            None => position(State::Failed),
        })
    }

    /// Sends what the pace allows, unless a segment has failed: for the segments that have nothing, then for those that will soon have.
    fn send(&mut self, context: &mut Context<'_>) -> Result<(), Error> {
        while self.open.iter().all(|(_, lane)| !lane.has_failed()) {
            // The partitions of the table are to share the load: it is the turn of the segment with the fewest.
            let wanted = self.open.iter_mut().map(|(_, lane)| lane).filter(|lane| wants(lane));
            let Some(lane) = wanted.min_by_key(|lane| (lane.state() != State::Hungry, lane.requests()))
            else {
                return Ok(());
            };
            match self.pace.poll_ready(context) {
                Poll::Pending => return Ok(()),
                Poll::Ready(Err(CannotSleep)) => {
                    let reason = "it cannot wait for its rate, because the client has no `sleep_impl`; configure \
                                  one, or use `.unpaced()`";
                    return Err(Error::refused(self.call.clone(), reason));
                }
                Poll::Ready(Ok(())) => {}
            }
            let limit = self.page_size.or(self.pace.page_size()).map(page_limit);
            lane.request(&self.caller, &self.layout, &self.reader, limit);
            self.pace.sent();
        }
        Ok(())
    }

    /// Takes in the answers that are there, and says whether there are any.
    fn poll_lanes(&mut self, context: &mut Context<'_>) -> bool {
        let mut progress = false;
        for (_, lane) in &mut self.open {
            if let Poll::Ready(answer) = lane.poll(&self.layout, context) {
                progress = true;
                self.pace.answered(answer.as_ref().map(|answer| Charge {
                    units: answer.cost.read_units(),
                    items: answer.cost.evaluated,
                    sleep: answer.sleep.clone(),
                }));
                self.cost += &answer.map(|answer| answer.cost).unwrap_or_default();
            }
        }
        progress
    }

    fn hand_out(&mut self, at: usize) -> Result<Option<O>, Error> {
        let lane = &mut self.open[at].1;
        let Some(Entry { read, stored }) = lane.take() else {
            let failure = lane.take_failure().expect("a lane without an item has failed");
            return Err(Error::sdk(self.call.clone(), self.caller.table(), failure));
        };
        let read = read
            .map_err(|error| Error::item(Call { key: (self.key_of)(&stored), ..self.call.clone() }, error))?;
        lane.advance(Some(stored));
        self.items += u64::from(read.is_some());
        Ok(read)
    }

    /// Nothing is handed out after an error; a cursor still goes on before it.
    fn give_up(&mut self, error: Error) -> Error {
        self.ended = Some(self.pace.now());
        error.after(&self.cost)
    }
}

fn wants<O>(lane: &Lane<O>) -> bool {
    match lane.state() {
        State::Hungry => true,
        State::Ready => lane.can_prefetch(),
        State::Failed | State::Waiting | State::Exhausted => false,
    }
}
