//! Waiting between tries: capped exponential backoff with full jitter, and a bound on tries in vain.
//!
//! It is for what the SDK does not retry: keys left unprocessed, and cancelled transactions.

use std::fmt;
use std::time::Duration;

use aws_sdk_dynamodb::config::{AsyncSleep, SharedAsyncSleep};

/// The longest first wait; each further one in vain may be twice as long.
const FIRST: Duration = Duration::from_millis(50);
/// No wait is longer.
const LONGEST: Duration = Duration::from_secs(5);
/// After so many tries in vain, one after another, it is given up. The waits between them are 8 s on average.
pub(crate) const TRIES: u32 = 10;

/// The waits of one operation.
#[derive(Debug)]
pub(crate) struct Backoff {
    /// After so many in vain it is given up.
    tries: u32,
    /// Tries in vain since the last that brought something.
    in_vain: u32,
}

/// Why there is no further try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GaveUp {
    /// So many tries in vain.
    Tried(u32),
    /// A try in vain, and a client that cannot sleep before the next: at once, it would add to the load.
    CannotSleep,
}

impl Default for Backoff {
    fn default() -> Self {
        Self::with_tries(TRIES)
    }
}

impl Backoff {
    pub(crate) fn with_tries(tries: u32) -> Self {
        Self { tries, in_vain: 0 }
    }

    /// Waits before the next try, as the client does, so that no async runtime is chosen here.
    ///
    /// A try that brought something begins the count of those in vain, and the waits, anew. After it, a
    /// client that cannot sleep goes on at once.
    pub(crate) async fn rest(
        &mut self,
        progress: bool,
        sleep: Option<&SharedAsyncSleep>,
    ) -> Result<(), GaveUp> {
        self.in_vain = if progress { 0 } else { self.in_vain + 1 };
        if self.in_vain >= self.tries {
            return Err(GaveUp::Tried(self.tries));
        }
        match sleep {
            Some(sleep) => sleep.sleep(jitter(ceiling(self.in_vain))).await,
            None if progress => {}
            None => return Err(GaveUp::CannotSleep),
        }
        Ok(())
    }
}

fn ceiling(in_vain: u32) -> Duration {
    FIRST.saturating_mul(2_u32.saturating_pow(in_vain.saturating_sub(1))).min(LONGEST)
}

/// Anything up to the ceiling: clients that were refused together do not come back together.
fn jitter(ceiling: Duration) -> Duration {
    ceiling.mul_f64(fastrand::f64())
}

/// The end of a sentence about what was left.
impl fmt::Display for GaveUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tried(tries) => write!(f, "after {tries} tries in a row without progress"),
            Self::CannotSleep => {
                f.write_str("and the client cannot wait for a retry: its configuration has no `sleep_impl`")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use aws_sdk_dynamodb::config::Sleep;

    use super::*;

    /// Sleeps in no time, and remembers for how long it was asked to.
    #[derive(Debug, Clone, Default)]
    struct Clock(Arc<Mutex<Vec<Duration>>>);

    impl AsyncSleep for Clock {
        fn sleep(&self, duration: Duration) -> Sleep {
            self.0.lock().unwrap().push(duration);
            Sleep::new(std::future::ready(()))
        }
    }

    /// The waits before it gave up, after tries with or without progress.
    async fn waits(tries: impl IntoIterator<Item = bool>) -> (Vec<Duration>, Result<(), GaveUp>) {
        let (clock, mut backoff, mut end) = (Clock::default(), Backoff::default(), Ok(()));
        let sleep = SharedAsyncSleep::new(clock.clone());
        for progress in tries {
            end = backoff.rest(progress, Some(&sleep)).await;
            if end.is_err() {
                break;
            }
        }
        let waits = clock.0.lock().unwrap().clone();
        (waits, end)
    }

    #[tokio::test]
    async fn waits_double_up_to_the_longest_and_fill_their_range() {
        let ceilings = [50, 100, 200, 400, 800, 1600, 3200, 5000, 5000].map(Duration::from_millis);
        let mut longest = [Duration::ZERO; 9];
        let mut shortest = ceilings;
        for _ in 0..300 {
            let (waits, end) = waits([false; 99]).await;
            assert_eq!((waits.len(), end), (9, Err(GaveUp::Tried(TRIES))));
            for (at, wait) in waits.into_iter().enumerate() {
                assert!(wait <= ceilings[at], "wait {at} is {wait:?}");
                (longest[at], shortest[at]) = (longest[at].max(wait), shortest[at].min(wait));
            }
        }
        // By chance alone, one of these fails once in 10^11 runs.
        for at in 0..9 {
            assert!(longest[at] > ceilings[at].mul_f64(0.9), "wait {at}");
            assert!(shortest[at] < ceilings[at].mul_f64(0.1), "wait {at}");
        }
    }

    #[tokio::test]
    async fn progress_begins_anew() {
        let nine_then_progress = |_| [false; 9].into_iter().chain([true]);
        let (waits, end) = waits((0..20).flat_map(nine_then_progress)).await;
        assert_eq!((waits.len(), end), (200, Ok(())));
        for (at, wait) in waits.into_iter().enumerate() {
            assert!(at % 10 != 9 || wait <= FIRST, "wait {at} is {wait:?}");
        }
    }

    #[tokio::test]
    async fn without_a_sleep_only_progress_goes_on() {
        let mut backoff = Backoff::default();
        assert_eq!(backoff.rest(true, None).await, Ok(()));
        assert_eq!(backoff.rest(false, None).await, Err(GaveUp::CannotSleep));
        let text = "and the client cannot wait for a retry: its configuration has no `sleep_impl`";
        assert_eq!(GaveUp::CannotSleep.to_string(), text);
    }
}
