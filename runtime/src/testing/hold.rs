//! Calls that are held back until the test lets them go.

use std::collections::BTreeSet;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// Calls that a [`Proxy`](super::Proxy::hold) holds back, before they get to the engine.
///
/// They are let go one by one, in any order, or all at once. All of them go when it is dropped.
#[derive(Debug)]
#[must_use = "what it holds goes when it is dropped"]
pub struct Hold(Held);

/// The same, as the proxy has it.
#[derive(Debug, Clone, Default)]
pub(super) struct Held(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    /// Their numbers.
    released: BTreeSet<u64>,
    all_released: bool,
    waiting: usize,
    wakers: Vec<Waker>,
}

impl Hold {
    pub(super) fn new() -> (Self, Held) {
        let held = Held::default();
        (Self(held.clone()), held)
    }

    /// Lets a call go, now or when it comes. The first that was held is 1.
    pub fn release(&self, number: u64) {
        self.0.change(|state| {
            state.released.insert(number);
        });
    }

    /// Lets all go that are held, and all that come.
    pub fn release_all(&self) {
        self.0.change(|state| state.all_released = true);
    }

    /// How many are held now.
    pub fn waiting(&self) -> usize {
        self.0.lock().waiting
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.release_all();
    }
}

impl Held {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.lock();
        change(&mut state);
        let wakers = std::mem::take(&mut state.wakers);
        drop(state);
        wakers.into_iter().for_each(Waker::wake);
    }

    /// Waits until the call with this number is let go.
    pub(super) async fn wait(self, number: u64) {
        let waiting = Waiting::begin(self);
        poll_fn(|context| waiting.poll(number, context)).await;
    }
}

struct Waiting(Held);

impl Waiting {
    fn begin(held: Held) -> Self {
        held.lock().waiting += 1;
        Self(held)
    }

    fn poll(&self, number: u64, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.0.lock();
        if state.all_released || state.released.contains(&number) {
            return Poll::Ready(());
        }
        state.wakers.push(context.waker().clone());
        Poll::Pending
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.lock().waiting -= 1;
    }
}
