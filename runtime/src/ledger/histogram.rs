//! Latencies in a fixed number of buckets: sixteen for each doubling, so that a percentile is at most 1/32 off.

use std::time::Duration;

use serde::Serialize;

const PER_DOUBLING_BITS: u32 = 4;
const PER_DOUBLING: usize = 1 << PER_DOUBLING_BITS;
/// Up to 2^27 microseconds, more than two minutes; what takes longer is in the last bucket.
const DOUBLINGS: usize = 27 - PER_DOUBLING_BITS as usize;
const BUCKETS: usize = (DOUBLINGS + 1) * PER_DOUBLING;

/// How often which latency was seen.
#[derive(Debug, Clone)]
pub(crate) struct Histogram {
    counts: Box<[u32; BUCKETS]>,
    count: u64,
    longest: Duration,
}

/// Latencies of the calls of one access pattern, from the first byte of the request to the answer, retries included.
///
/// Percentiles are at most 3.2 % off; the longest is exact. Serialised, they are microseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Latency {
    /// Half of the calls took no longer.
    #[serde(serialize_with = "micros")]
    pub p50: Duration,
    /// Nine of ten calls took no longer.
    #[serde(serialize_with = "micros")]
    pub p90: Duration,
    /// 99 of a hundred calls took no longer.
    #[serde(serialize_with = "micros")]
    pub p99: Duration,
    /// The longest.
    #[serde(serialize_with = "micros")]
    pub longest: Duration,
}

fn micros<S: serde::Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(whole_micros(*duration))
}

fn whole_micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

impl Default for Histogram {
    fn default() -> Self {
        Self { counts: Box::new([0; BUCKETS]), count: 0, longest: Duration::ZERO }
    }
}

impl Histogram {
    pub(crate) fn add(&mut self, latency: Duration) {
        let bucket = &mut self.counts[bucket(whole_micros(latency))];
        *bucket = bucket.saturating_add(1);
        self.count += 1;
        self.longest = self.longest.max(latency);
    }

    pub(crate) fn latency(&self) -> Latency {
        let at = |share| self.percentile(share);
        Latency { p50: at(0.5), p90: at(0.9), p99: at(0.99), longest: self.longest }
    }

    /// The middle of the bucket that the smallest value is in which is not exceeded by this share of the values.
    fn percentile(&self, share: f64) -> Duration {
        let rank = (share * self.count as f64).ceil() as u64;
        let mut seen = 0;
        for (bucket, count) in self.counts.iter().enumerate() {
            seen += u64::from(*count);
            if seen >= rank && seen > 0 {
                return Duration::from_micros(middle(bucket)).min(self.longest);
            }
        }
        self.longest
    }
}

fn bucket(micros: u64) -> usize {
    let Some(doubling) = micros.checked_ilog2().and_then(|log| log.checked_sub(PER_DOUBLING_BITS)) else {
        // Below the first doubling each microsecond has a bucket.
        return micros as usize;
    };
    let within = (micros >> doubling) as usize - PER_DOUBLING;
    ((doubling as usize + 1) * PER_DOUBLING + within).min(BUCKETS - 1)
}

fn middle(bucket: usize) -> u64 {
    let (doubling, within) = (bucket / PER_DOUBLING, bucket % PER_DOUBLING);
    match doubling.checked_sub(1) {
        None => within as u64,
        Some(doubling) => {
            let low = ((PER_DOUBLING + within) as u64) << doubling;
            low + (1_u64 << doubling) / 2
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against the sorted values themselves.
    #[test]
    fn percentiles_are_at_most_a_32nd_off() {
        let mut random = fastrand::Rng::with_seed(7);
        for size in [1_usize, 2, 3, 10, 99, 100, 1000, 20_000] {
            let mut histogram = Histogram::default();
            // From a microsecond to a minute, each magnitude as often.
            let mut values: Vec<_> = (0..size).map(|_| 10_f64.powf(random.f64() * 7.7) as u64).collect();
            values.iter().for_each(|micros| histogram.add(Duration::from_micros(*micros)));
            values.sort_unstable();
            let latency = histogram.latency();
            for (share, found) in [(0.5, latency.p50), (0.9, latency.p90), (0.99, latency.p99)] {
                let exact = values[((share * size as f64).ceil() as usize - 1).min(size - 1)] as f64;
                let off = (found.as_micros() as f64 - exact).abs() / exact.max(1.0);
                assert!(off <= 1.0 / 32.0 + 1e-9, "{size} values, {share}: {found:?} for {exact}");
            }
            assert_eq!(latency.longest.as_micros() as u64, values[size - 1]);
        }
    }

    #[test]
    fn every_value_is_in_a_bucket_and_the_buckets_ascend() {
        assert_eq!(Histogram::default().latency(), Latency::default());
        let mut last = 0;
        for micros in (0..100_000).chain([1 << 26, (1 << 27) - 1, 1 << 27, u64::MAX]) {
            let bucket = bucket(micros);
            assert!(bucket == last || bucket == last + 1 || micros > 100_000, "{micros}");
            assert!(bucket < BUCKETS);
            last = bucket;
        }
        assert_eq!(bucket((1 << 27) - 1), BUCKETS - 1);
    }
}
