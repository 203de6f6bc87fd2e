//! A clock that no test waits for.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, SystemTime};

use aws_sdk_dynamodb::config::{AsyncSleep, Sleep};
use aws_smithy_async::time::TimeSource;

/// The first of January 2030, midnight: a day like any other, and the same in every run.
const START: Duration = Duration::from_secs(1_893_456_000);
/// Who sleeps longer sleeps until they are given up: in a test it stands for ever.
const EVER: Duration = Duration::from_secs(100 * 365 * 24 * 3600);
/// So often the others have their turn before time moves on.
const TURNS: u32 = 8;

/// A clock that stands still until it is moved, by hand or by those that sleep.
///
/// It is the SDK's `TimeSource` and its `AsyncSleep`. When all that there is to do sleeps, the clock moves on to the
/// end of the shortest sleep: backoffs, timeouts and [latencies](super::Fault::latency) pass in their order, and in no
/// time. While a call is at the engine, it stands still. Who is not polled, as the reads ahead of a stream that nobody
/// asks for more, holds up nobody, and who sleeps for more than a hundred years sleeps for ever. On a current-thread
/// runtime its times are the same in every run, as far as the waits are: those of retries have jitter.
///
/// A clone is the same clock.
///
/// ```
/// use std::time::Duration;
/// use aws_sdk_dynamodb::config::AsyncSleep;
/// # use monotable::aws_sdk_dynamodb;
/// use monotable::testing::Clock;
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// let clock = Clock::new();
/// clock.sleep(Duration::from_secs(3600)).await;
/// clock.advance(Duration::from_secs(60));
/// assert_eq!(clock.elapsed(), Duration::from_secs(3660));
/// assert_eq!(clock.slept(), [Duration::from_secs(3600)]);
/// # }
/// ```
#[derive(Clone)]
pub struct Clock(Arc<Mutex<State>>);

struct State {
    start: SystemTime,
    passed: Duration,
    by_hand: bool,
    /// Calls at an engine: what they take is no time of this clock.
    at_work: HashSet<u64>,
    sleepers: BTreeMap<(Duration, u64), Waker>,
    slept: Vec<Duration>,
    /// How many began to sleep, or to work.
    count: u64,
    /// Changes whenever something happens: then the others have their turns anew.
    moment: u64,
}

impl Clock {
    /// A clock at the beginning of the year 2030.
    pub fn new() -> Self {
        Self::at(SystemTime::UNIX_EPOCH + START)
    }

    /// A clock that begins at this time.
    pub fn at(start: SystemTime) -> Self {
        Self(Arc::new(Mutex::new(State {
            start,
            passed: Duration::ZERO,
            by_hand: false,
            at_work: HashSet::new(),
            sleepers: BTreeMap::new(),
            slept: Vec::new(),
            count: 0,
            moment: 0,
        })))
    }

    /// From now on it moves by [`advance`](Self::advance) alone, and who sleeps waits for that.
    #[must_use = "this returns the clock"]
    pub fn by_hand(self) -> Self {
        self.lock().by_hand = true;
        self
    }

    /// The time.
    pub fn now(&self) -> SystemTime {
        let state = self.lock();
        state.start + state.passed
    }

    /// How much time has passed since it began.
    pub fn elapsed(&self) -> Duration {
        self.lock().passed
    }

    /// Moves on. Who has slept long enough wakes up.
    pub fn advance(&self, by: Duration) {
        let mut state = self.lock();
        state.passed += by;
        state.stir();
    }

    /// How long others slept, in the order in which they woke up. What was given up is left out: a timeout that did
    /// not come.
    pub fn slept(&self) -> Vec<Duration> {
        self.lock().slept.clone()
    }

    /// How many sleep now.
    pub fn sleepers(&self) -> usize {
        self.lock().sleepers.len()
    }

    /// Stands still while this is done, as long as it waits for something else than to be polled.
    pub(super) async fn work<F: Future>(&self, work: F) -> F::Output {
        let (mut work, call) = (pin!(work), AtWork::on(self));
        poll_fn(|context| call.poll(work.as_mut(), context)).await
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.lock();
        let sleepers = state.sleepers.len();
        f.debug_struct("Clock").field("elapsed", &state.passed).field("sleepers", &sleepers).finish()
    }
}

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        self.now()
    }
}

impl AsyncSleep for Clock {
    fn sleep(&self, duration: Duration) -> Sleep {
        let mut state = self.lock();
        let place = (state.passed.saturating_add(duration), state.next_number());
        let clock = self.clone();
        Sleep::new(Sleeping { clock, place, duration, turns: TURNS, moment: 0, done: false })
    }
}

impl State {
    fn next_number(&mut self) -> u64 {
        self.count += 1;
        self.count
    }

    /// Something happened: everyone looks again, after the others had their turns.
    fn stir(&mut self) {
        self.moment += 1;
        self.sleepers.values().for_each(Waker::wake_by_ref);
    }

    /// Time goes on to the end of the shortest sleep.
    fn go_on(&mut self) {
        let ends = self.sleepers.keys().map(|(end, _)| *end);
        // Those that are over are of sleepers that nobody polls.
        if let Some(end) = ends.into_iter().find(|end| *end > self.passed) {
            self.passed = end;
            self.stir();
        }
    }
}

/// Somebody who sleeps.
struct Sleeping {
    clock: Clock,
    /// When it ends, and its number among those that end then.
    place: (Duration, u64),
    duration: Duration,
    /// How many turns it still leaves to the others.
    turns: u32,
    /// When it last looked.
    moment: u64,
    done: bool,
}

impl Future for Sleeping {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let clock = self.clock.clone();
        if self.duration > EVER {
            return Poll::Pending;
        }
        let mut state = clock.lock();
        // Here, and not before: what is never polled holds up nobody.
        state.sleepers.insert(self.place, context.waker().clone());
        if state.passed < self.place.0 {
            if state.by_hand || !state.at_work.is_empty() {
                return Poll::Pending;
            }
            if self.moment != state.moment {
                (self.moment, self.turns) = (state.moment, TURNS);
            }
            if self.turns > 0 {
                self.turns -= 1;
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            // Whoever sees that nobody has anything to do: the one whose sleep ends may not be polled.
            state.go_on();
        }
        if state.passed < self.place.0 {
            return Poll::Pending;
        }
        self.done = true;
        state.sleepers.remove(&self.place);
        state.slept.push(self.duration);
        state.stir();
        Poll::Ready(())
    }
}

impl Drop for Sleeping {
    fn drop(&mut self) {
        let mut state = self.clock.lock();
        if !self.done && state.sleepers.remove(&self.place).is_some() {
            state.stir();
        }
    }
}

/// A call at an engine. It is at work from when it is polled until it has something to be polled for.
struct AtWork(Arc<Call>);

struct Call {
    clock: Clock,
    number: u64,
    waker: Mutex<Option<Waker>>,
}

impl AtWork {
    fn on(clock: &Clock) -> Self {
        let number = clock.lock().next_number();
        Self(Arc::new(Call { clock: clock.clone(), number, waker: Mutex::new(None) }))
    }

    fn poll<F: Future>(&self, work: Pin<&mut F>, context: &mut Context<'_>) -> Poll<F::Output> {
        *self.0.waker() = Some(context.waker().clone());
        self.0.begin();
        let waker = Waker::from(self.0.clone());
        let answer = work.poll(&mut Context::from_waker(&waker));
        if answer.is_ready() {
            self.0.rest();
        }
        answer
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        self.0.rest();
    }
}

impl Call {
    fn begin(&self) {
        let mut state = self.clock.lock();
        if state.at_work.insert(self.number) {
            state.moment += 1;
        }
    }

    fn rest(&self) {
        let mut state = self.clock.lock();
        if state.at_work.remove(&self.number) {
            state.stir();
        }
    }

    fn waker(&self) -> MutexGuard<'_, Option<Waker>> {
        self.waker.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wake for Call {
    fn wake(self: Arc<Self>) {
        // Before the clock may move on, whoever waits for this call has a turn.
        let waker = self.waker().take();
        waker.into_iter().for_each(Waker::wake);
        self.rest();
    }
}
