//! The items of a scan one after another.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::progress::Progress;
use super::run::Run;
use crate::error::Error;
use crate::metered::Cost;
use crate::query::cursor::Cursor;

/// The items of a scan one after another, in no order: what [`Scan::stream`](crate::Scan::stream) returns.
///
/// While the items of some pages are handed out, the next pages of their segments are on their way, as fast as the
/// rate allows; no more than two pages of each segment that is being read are in memory. It is a [`Stream`], and
/// [`next`](Self::next) needs no other crate.
///
/// # Cost
///
/// That of the pages, and of the pages on their way if the stream is dropped before its end.
///
/// # Errors
///
/// As [`Scan::stream`](crate::Scan::stream). Where a call fails, the items of the other segments that were asked for
/// come before the error. After an error nothing comes; [`cursor`](Self::cursor) goes on in every
/// segment, before the item that could not be read.
///
/// # Cancel safety
///
/// Dropping the future of [`next`](Self::next) loses nothing: the item comes with the next call.
#[must_use = "streams do nothing unless they are polled"]
pub struct ScanItems<O> {
    reason: Arc<str>,
    state: State<O>,
}

enum State<O> {
    Running(Box<Run<O>>),
    /// The request could not be made.
    Refused(Option<Error>),
}

impl<O: Send + 'static> ScanItems<O> {
    pub(super) fn new(reason: Arc<str>, run: Result<Run<O>, Error>) -> Self {
        let state = match run {
            Ok(run) => State::Running(Box::new(run)),
            Err(error) => State::Refused(Some(error)),
        };
        Self { reason, state }
    }

    /// The next item; none at the end, and after an error.
    ///
    /// # Errors
    ///
    /// As [`Scan::stream`](crate::Scan::stream).
    pub async fn next(&mut self) -> Option<Result<O, Error>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// What was read so far has cost this much.
    pub fn cost(&self) -> &Cost {
        static NOTHING: std::sync::LazyLock<Cost> = std::sync::LazyLock::new(Cost::default);
        match &self.state {
            State::Running(run) => run.cost(),
            State::Refused(_) => &NOTHING,
        }
    }

    /// How far it is, for a line in a log.
    pub fn progress(&self) -> Progress {
        match &self.state {
            State::Running(run) => run.progress(&self.reason),
            State::Refused(_) => Progress { reason: self.reason.clone(), ..Progress::default() },
        }
    }

    /// Where to go on behind the items handed out so far, for [`Scan::after`](crate::Scan::after): none if there is
    /// nothing more, or if nothing could be sent.
    ///
    /// It holds a position for each segment. What was read and not yet handed out is read again. So a program that
    /// stores the cursor behind each item, or batch of items, that it is done with, loses none when it is stopped.
    pub fn cursor(&self) -> Option<Cursor> {
        match &self.state {
            State::Running(run) => run.cursor(),
            State::Refused(_) => None,
        }
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<O, Error>>> {
        let item = match &mut self.state {
            State::Running(run) => std::task::ready!(run.poll_next(context)),
            State::Refused(error) => return Poll::Ready(error.take().map(Err)),
        };
        Poll::Ready(item.map(|item| item.map_err(|error| error.in_maintenance(&self.reason))))
    }
}

impl<O: Send + 'static> Stream for ScanItems<O> {
    type Item = Result<O, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

impl<O: Send + 'static> fmt::Debug for ScanItems<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScanItems").field("progress", &self.progress()).finish_non_exhaustive()
    }
}
