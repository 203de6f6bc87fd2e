//! Some futures at a time, in one task: no runtime is chosen, and nothing outlives the caller.

use std::future::{Future, poll_fn};
use std::ops::ControlFlow;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Runs `futures`, at most `limit` of them at a time, and hands each output to `done` as it comes.
///
/// Once `done` breaks, none is begun; those that run are run to their end, and their outputs handed over.
pub(crate) async fn bounded<F: Future>(
    limit: usize,
    futures: impl IntoIterator<Item = F>,
    done: impl FnMut(F::Output) -> ControlFlow<()>,
) {
    let waiting = futures.into_iter().fuse();
    let mut bounded = Bounded { limit: limit.max(1), waiting, running: Vec::new(), done, broken: false };
    poll_fn(|context| bounded.poll(context)).await;
}

struct Bounded<W: Iterator, D> {
    limit: usize,
    waiting: W,
    running: Vec<Pin<Box<W::Item>>>,
    done: D,
    broken: bool,
}

impl<W, D> Bounded<W, D>
where
    W: Iterator<Item: Future>,
    D: FnMut(<W::Item as Future>::Output) -> ControlFlow<()>,
{
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        loop {
            self.fill();
            if self.running.is_empty() {
                return Poll::Ready(());
            }
            // One that is finished leaves room for another, which has to be polled too.
            if !self.poll_running(context) {
                return Poll::Pending;
            }
        }
    }

    fn fill(&mut self) {
        while !self.broken && self.running.len() < self.limit {
            let Some(future) = self.waiting.next() else { return };
            self.running.push(Box::pin(future));
        }
    }

    /// Whether one or more are finished.
    fn poll_running(&mut self, context: &mut Context<'_>) -> bool {
        let before = self.running.len();
        self.running.retain_mut(|future| match future.as_mut().poll(context) {
            Poll::Ready(output) => {
                self.broken |= (self.done)(output).is_break();
                false
            }
            Poll::Pending => true,
        });
        self.running.len() < before
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// How many ran at once at most, how many were begun, and which ended in what order.
    async fn run(limit: usize, turns: &[u32], break_at: Option<u32>) -> (u32, u32, Vec<u32>) {
        let (now, most, begun) = (Cell::new(0), Cell::new(0), Cell::new(0));
        let mut ended = Vec::new();
        let futures = turns.iter().map(|&turns| {
            let (now, most, begun) = (&now, &most, &begun);
            async move {
                now.set(now.get() + 1);
                begun.set(begun.get() + 1);
                most.set(most.get().max(now.get()));
                for _ in 0..turns {
                    tokio::task::yield_now().await;
                }
                now.set(now.get() - 1);
                turns
            }
        });
        bounded(limit, futures, |turns| {
            ended.push(turns);
            if break_at == Some(turns) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .await;
        (most.get(), begun.get(), ended)
    }

    #[tokio::test]
    async fn as_many_as_allowed_run_at_once() {
        assert_eq!(run(4, &[], None).await, (0, 0, vec![]));
        assert_eq!(run(2, &[0, 0, 0], None).await, (1, 3, vec![0, 0, 0]));
        assert_eq!(run(0, &[1, 2], None).await, (1, 2, vec![1, 2]));
        for limit in 1..8 {
            let (most, begun, mut ended) = run(limit, &[5, 1, 4, 2, 3], None).await;
            ended.sort_unstable();
            assert_eq!((most, begun, ended), (limit.min(5) as u32, 5, vec![1, 2, 3, 4, 5]));
        }
    }

    #[tokio::test]
    async fn a_break_begins_none_and_ends_those_that_run() {
        assert_eq!(run(2, &[9, 1, 8, 7], Some(1)).await, (2, 2, vec![1, 9]));
        assert_eq!(run(1, &[3, 1, 2], Some(3)).await, (1, 1, vec![3]));
    }
}
