//! The pace of a scan or a batch: a token bucket, and pages of the size that it allows.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, SystemTime};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{AsyncSleep, SharedAsyncSleep, Sleep};

use crate::bucket::{Bucket, CannotSleep};

/// Items of the first page, before it is known what they cost.
const FIRST_PAGE: usize = 100;
/// What a page may cost: rounding up to half a unit is to be small beside it, and DynamoDB reads no more at once.
const PAGE_UNITS: (f64, f64) = (8.0, 128.0);

/// What an answer cost.
pub(crate) struct Charge {
    pub(crate) units: f64,
    /// How many items it was for.
    pub(crate) items: u64,
    /// How the client sleeps, if it can.
    pub(crate) sleep: Option<SharedAsyncSleep>,
}

pub(crate) struct Pace {
    /// None is no limit.
    bucket: Option<Bucket>,
    now: Arc<dyn Fn() -> SystemTime + Send + Sync>,
    sleep: Option<SharedAsyncSleep>,
    /// Until when they are earned; none before the first answer.
    earned: Option<SystemTime>,
    /// Requests that are not answered.
    under_way: u32,
    /// What the last page cost, and each of its items.
    page: f64,
    item: f64,
    sleeping: Option<(Sleep, Duration)>,
}

impl Pace {
    pub(crate) fn new(rate: Option<f64>, client: &Client) -> Self {
        let source = client.config().time_source();
        let now = move || source.as_ref().map_or_else(SystemTime::now, |source| source.now());
        Self::of(rate, Arc::new(now))
    }

    fn of(rate: Option<f64>, now: Arc<dyn Fn() -> SystemTime + Send + Sync>) -> Self {
        Self {
            bucket: rate.map(Bucket::new),
            now,
            sleep: None,
            earned: None,
            under_way: 0,
            page: 0.0,
            item: 0.0,
            sleeping: None,
        }
    }

    pub(crate) fn now(&self) -> SystemTime {
        (self.now)()
    }

    /// How many items the next page is to have; none is as many as DynamoDB returns.
    pub(crate) fn page_size(&self) -> Option<usize> {
        let rate = self.bucket.as_ref()?.rate();
        if self.item == 0.0 {
            return Some(FIRST_PAGE);
        }
        // Below one, and above all integers, it is the nearest.
        Some(((rate.clamp(PAGE_UNITS.0, PAGE_UNITS.1) / self.item) as usize).max(1))
    }

    /// Ready when the next request may be sent.
    pub(crate) fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), CannotSleep>> {
        if self.bucket.is_none() {
            return Poll::Ready(Ok(()));
        }
        loop {
            let mut slept = Duration::ZERO;
            if let Some((sleep, length)) = &mut self.sleeping {
                ready!(Pin::new(sleep).poll(context));
                slept = *length;
                self.sleeping = None;
            }
            if !self.earn(slept) {
                // The first request goes alone: it shows what a page costs.
                return if self.under_way == 0 { Poll::Ready(Ok(())) } else { Poll::Pending };
            }
            let expected = self.expected();
            let wait = self.bucket.as_ref().and_then(|bucket| bucket.wait(expected));
            let Some(length) = wait else { return Poll::Ready(Ok(())) };
            let Some(sleep) = &self.sleep else { return Poll::Ready(Err(CannotSleep)) };
            self.sleeping = Some((sleep.sleep(length), length));
        }
    }

    /// Adds what the time since the last call gives, or, on a clock that does not know of it, the time slept. Before
    /// the first answer it gives nothing.
    fn earn(&mut self, slept: Duration) -> bool {
        let Some(earned) = self.earned else { return false };
        let (now, expected) = (self.now(), self.expected());
        let passed = now.duration_since(earned).unwrap_or_default().max(slept);
        if let Some(bucket) = &mut self.bucket {
            bucket.earn(passed, expected);
        }
        self.earned = Some(now);
        true
    }

    /// What the requests under way will cost, if they cost what the last did.
    fn expected(&self) -> f64 {
        f64::from(self.under_way) * self.page
    }

    pub(crate) fn sent(&mut self) {
        self.under_way += 1;
    }

    /// Takes in what an answer cost; a request that failed says nothing.
    pub(crate) fn answered(&mut self, charge: Option<Charge>) {
        self.under_way -= 1;
        let Some(Charge { units, items, sleep }) = charge else { return };
        self.earned.get_or_insert_with(|| (self.now)());
        self.sleep = sleep;
        self.page = units;
        if let Some(bucket) = &mut self.bucket {
            bucket.spend(self.page);
        }
        if items > 0 {
            self.item = self.page / items as f64;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::task::Waker;

    use super::*;

    /// A clock that moves when it is slept on, by a part of the sleep.
    #[derive(Debug, Clone)]
    struct Clock(Arc<Mutex<SystemTime>>, f64);

    impl Clock {
        fn new(part: f64) -> Self {
            Self(Arc::new(Mutex::new(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000))), part)
        }

        fn pass(&self, time: Duration) {
            *self.0.lock().unwrap() += time;
        }

        fn now(&self) -> SystemTime {
            *self.0.lock().unwrap()
        }
    }

    impl AsyncSleep for Clock {
        fn sleep(&self, duration: Duration) -> Sleep {
            self.pass(duration.mul_f64(self.1));
            Sleep::new(std::future::ready(()))
        }
    }

    fn pace(rate: f64, clock: &Clock) -> Pace {
        let clock = clock.clone();
        Pace::of(Some(rate), Arc::new(move || clock.now()))
    }

    fn answer(units: f64, items: u64, clock: Option<&Clock>) -> Charge {
        Charge { units, items, sleep: clock.cloned().map(SharedAsyncSleep::new) }
    }

    fn ready(pace: &mut Pace) -> Poll<Result<(), CannotSleep>> {
        pace.poll_ready(&mut Context::from_waker(Waker::noop()))
    }

    const READY: Poll<Result<(), CannotSleep>> = Poll::Ready(Ok(()));

    #[test]
    fn the_first_request_goes_alone_and_the_next_waits_for_what_it_cost() {
        let clock = Clock::new(1.0);
        let (mut pace, start) = (pace(10.0, &clock), clock.now());
        assert_eq!(ready(&mut pace), READY);
        pace.sent();
        assert_eq!(ready(&mut pace), Poll::Pending);
        pace.answered(Some(answer(25.0, 5, Some(&clock))));
        assert_eq!(ready(&mut pace), READY);
        assert_eq!(clock.now().duration_since(start).unwrap(), Duration::from_millis(2500));
        // One that is under way is expected to cost as much.
        pace.sent();
        assert_eq!(ready(&mut pace), READY);
        assert_eq!(clock.now().duration_since(start).unwrap(), Duration::from_millis(5000));
    }

    #[test]
    fn a_failed_first_request_lets_another_go() {
        let clock = Clock::new(1.0);
        let mut pace = pace(10.0, &clock);
        pace.sent();
        pace.answered(None);
        assert_eq!(ready(&mut pace), READY);
    }

    /// The wait is taken for granted where the clock says otherwise: else it would be slept for ever.
    #[test]
    fn a_clock_that_stands_still_or_is_set_back_does_not_stop_it() {
        for part in [0.0, 0.001] {
            let clock = Clock::new(part);
            let mut pace = pace(10.0, &clock);
            pace.sent();
            pace.answered(Some(answer(25.0, 5, Some(&clock))));
            assert_eq!(ready(&mut pace), READY);
        }
        let clock = Clock::new(1.0);
        let mut pace = pace(10.0, &clock);
        pace.sent();
        pace.answered(Some(answer(25.0, 5, Some(&clock))));
        *clock.0.lock().unwrap() -= Duration::from_secs(3600);
        let start = clock.now();
        assert_eq!(ready(&mut pace), READY);
        assert_eq!(clock.now().duration_since(start).unwrap(), Duration::from_millis(2500));
    }

    #[test]
    fn a_pause_gives_one_second_at_most() {
        let clock = Clock::new(1.0);
        let mut pace = pace(10.0, &clock);
        pace.sent();
        pace.answered(Some(answer(1.0, 5, Some(&clock))));
        clock.pass(Duration::from_secs(3600));
        let start = clock.now();
        for units in [4.0, 4.0, 4.0] {
            assert_eq!(ready(&mut pace), READY);
            pace.sent();
            pace.answered(Some(answer(units, 5, Some(&clock))));
            assert_eq!(clock.now(), start);
        }
        assert_eq!(ready(&mut pace), READY);
        assert_eq!(clock.now().duration_since(start).unwrap(), Duration::from_millis(200));
    }

    #[test]
    fn a_client_that_cannot_sleep_cannot_be_paced() {
        let clock = Clock::new(1.0);
        let mut pace = pace(10.0, &clock);
        pace.sent();
        pace.answered(Some(answer(25.0, 5, None)));
        assert_eq!(ready(&mut pace), Poll::Ready(Err(CannotSleep)));
        clock.pass(Duration::from_secs(3));
        assert_eq!(ready(&mut pace), READY);
    }

    #[test]
    fn a_page_costs_about_a_second_of_the_rate() {
        let clock = Clock::new(1.0);
        // Rate, what the last page cost and had, and what the next is to have.
        for (rate, units, items, expected) in [
            (20.0, 10.0, 100, 200),
            (1.0, 0.5, 1, 16),
            (5000.0, 10.0, 100, 1280),
            (1.0, 50.0, 1, 1),
            (20.0, 0.0, 100, 100),
        ] {
            let mut pace = pace(rate, &clock);
            assert_eq!(pace.page_size(), Some(100));
            pace.sent();
            pace.answered(Some(answer(units, items, Some(&clock))));
            assert_eq!(pace.page_size(), Some(expected));
        }
        assert_eq!(Pace::of(None, Arc::new(SystemTime::now)).page_size(), None);
    }
}
