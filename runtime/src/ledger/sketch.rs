//! The partition keys that take most units, in bounded memory: space-saving counters (Metwally, Agrawal, El Abbadi
//! 2005), weighted by units.
//!
//! With `m` counters, a key that takes more than 1/m of all units has one, and a count is too high by 1/m of all
//! units at most. Counts are halved now and then, so that what was hot an hour ago makes room.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::heat::{KeyName, Partition};
use crate::metered::Units;

/// Keys that are followed at once.
const COUNTERS: usize = 400;
/// How often counts are halved, in seconds.
const HALF_LIFE: u32 = 300;

/// What DynamoDB gives one partition, and so one partition key, in a second.
pub(crate) const PARTITION_LIMIT: Units = Units { read: 3000.0, write: 1000.0 };

#[derive(Debug, Default)]
pub(crate) struct Sketch {
    /// By themselves, because the least of them is looked for often.
    counts: Vec<f64>,
    counters: Vec<Counter>,
    places: HashMap<u64, u16, BuildHasherDefault<Same>>,
    total: f64,
    halved: u32,
}

#[derive(Debug)]
struct Counter {
    hash: u64,
    /// What the count may be too high by: that of the key that had this counter before.
    error: f64,
    /// The second of which `now` is.
    second: u32,
    now: Rate,
    peak: Rate,
    /// The peak before the counts were halved last.
    earlier: Rate,
    resource: u16,
    name: KeyName,
}

#[derive(Debug, Clone, Copy, Default)]
struct Rate {
    read: f32,
    write: f32,
}

/// One of the hottest keys.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Hot {
    pub(crate) resource: u16,
    pub(crate) name: KeyName,
    /// At least this share of the units.
    pub(crate) share: f64,
    /// The most units in one second.
    pub(crate) peak: Units,
}

/// Keys are hashed before they come here.
#[derive(Debug, Default)]
struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("only hashes are hashed")
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

impl Rate {
    fn add(&mut self, units: Units) {
        self.read += units.read as f32;
        self.write += units.write as f32;
    }

    fn max(self, other: Self) -> Self {
        Self { read: self.read.max(other.read), write: self.write.max(other.write) }
    }

    fn units(self) -> Units {
        Units { read: self.read.into(), write: self.write.into() }
    }
}

impl Sketch {
    /// Adds what a key consumed in a second, and says what it consumed in that second so far.
    pub(crate) fn add(&mut self, partition: &Partition, resource: u16, units: Units, second: u32) -> Units {
        self.age(second);
        let weight = weight(units);
        if weight <= 0.0 {
            return Units::default();
        }
        self.total += weight;
        let at = self.counter(partition, resource);
        self.counts[at] += weight;
        self.counters[at].consume(units, second)
    }

    fn counter(&mut self, partition: &Partition, resource: u16) -> usize {
        // The same key in the table and in an index is two partitions.
        let hash = partition.hash ^ u64::from(resource).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        if let Some(at) = self.places.get(&hash) {
            return usize::from(*at);
        }
        let mut counter = Counter {
            hash,
            error: 0.0,
            second: 0,
            now: Rate::default(),
            peak: Rate::default(),
            earlier: Rate::default(),
            resource,
            name: partition.name,
        };
        let at = self.counters.len();
        if at < COUNTERS {
            if at == 0 {
                self.reserve();
            }
            self.counts.push(0.0);
            self.counters.push(counter);
            self.places.insert(hash, at as u16);
            return at;
        }
        let at = self.least();
        counter.error = self.counts[at];
        self.places.remove(&self.counters[at].hash);
        self.places.insert(hash, at as u16);
        self.counters[at] = counter;
        at
    }

    /// Once, because a vector that grows keeps more than it needs.
    fn reserve(&mut self) {
        self.counts.reserve_exact(COUNTERS);
        self.counters.reserve_exact(COUNTERS);
        self.places.reserve(COUNTERS);
    }

    fn least(&self) -> usize {
        let first = (0, self.counts[0]);
        let counts = self.counts.iter().copied().enumerate();
        counts.fold(first, |least, this| if this.1 < least.1 { this } else { least }).0
    }

    fn age(&mut self, second: u32) {
        while second.saturating_sub(self.halved) >= HALF_LIFE {
            self.halved += HALF_LIFE;
            self.total /= 2.0;
            self.counts.iter_mut().for_each(|count| *count /= 2.0);
            for counter in &mut self.counters {
                counter.error /= 2.0;
                counter.earlier = std::mem::take(&mut counter.peak);
            }
            if self.total < 1.0 {
                // Nothing of it is worth halving once for each five minutes of a night.
                self.halved = second;
            }
        }
    }

    /// The hottest keys, the hottest first.
    pub(crate) fn hottest(&self, most: usize) -> Vec<Hot> {
        let mut hottest: Vec<_> = self.counters.iter().zip(&self.counts).collect();
        let sure = |(counter, count): &(&Counter, &f64)| **count - counter.error;
        hottest.sort_by(|this, other| sure(other).total_cmp(&sure(this)));
        hottest.truncate(most);
        let hot = |both: (&Counter, &f64)| Hot {
            resource: both.0.resource,
            name: both.0.name,
            share: sure(&both) / self.total,
            peak: both.0.peak.max(both.0.earlier).units(),
        };
        hottest.into_iter().map(hot).collect()
    }
}

impl Counter {
    fn consume(&mut self, units: Units, second: u32) -> Units {
        if self.second != second {
            self.now = Rate::default();
            self.second = second;
        }
        self.now.add(units);
        self.peak = self.peak.max(self.now);
        self.now.units()
    }
}

/// How much of a partition units take: a write unit is as much of its limit as three read units.
fn weight(units: Units) -> f64 {
    units.read + units.write * (PARTITION_LIMIT.read / PARTITION_LIMIT.write)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::KeyValue;

    fn partition(key: usize) -> Partition {
        Partition::of(None, &[KeyValue::Text(format!("CUSTOMER#{key}"))])
    }

    /// Keys of a Zipf distribution, by inversion of the sums of 1/rank^s.
    struct Zipf(Vec<f64>);

    impl Zipf {
        fn new(keys: usize, exponent: f64) -> Self {
            let mut sum = 0.0;
            let sums = (1..=keys).map(|rank| {
                sum += (rank as f64).powf(-exponent);
                sum
            });
            Self(sums.collect())
        }

        fn draw(&self, random: &mut fastrand::Rng) -> usize {
            let at = random.f64() * self.0[self.0.len() - 1];
            self.0.partition_point(|sum| *sum < at)
        }
    }

    #[test]
    fn the_ten_hottest_of_a_million_are_found() {
        for (seed, exponent) in [(1, 1.0), (2, 1.0), (3, 0.99), (4, 1.2)] {
            let (zipf, mut random) = (Zipf::new(1_000_000, exponent), fastrand::Rng::with_seed(seed));
            let (mut sketch, mut counts) = (Sketch::default(), vec![0_u32; 1_000_000]);
            for _ in 0..400_000 {
                let key = zipf.draw(&mut random);
                counts[key] += 1;
                sketch.add(&partition(key), 0, Units::read(0.5), 0);
            }
            let mut ranks: Vec<_> = (0..counts.len()).collect();
            ranks.sort_by_key(|key| std::cmp::Reverse(counts[*key]));
            let found: Vec<_> = sketch.hottest(10).iter().map(|hot| hot.name.to_string()).collect();
            for key in &ranks[..10] {
                assert!(found.contains(&format!("CUSTOMER#{key}")), "{key} of {found:?}, seed {seed}");
            }
            for hot in sketch.hottest(10) {
                let key: usize = hot.name.to_string()["CUSTOMER#".len()..].parse().unwrap();
                let share = f64::from(counts[key]) / 400_000.0;
                assert!(hot.share <= share + 1e-9 && hot.share > share - 1.0 / COUNTERS as f64, "{key}");
            }
        }
    }

    #[test]
    fn it_takes_less_than_64_kib() {
        let mut sketch = Sketch::default();
        let memory = allocation_counter::measure(|| {
            for key in 0..100_000 {
                sketch.add(&partition(key), 0, Units::read(1.0), 0);
            }
        });
        assert!(memory.bytes_current > 10_000 && memory.bytes_current < 64 * 1024, "{memory:?}");
    }

    #[test]
    fn a_rate_is_of_one_second_and_its_peak_is_kept() {
        let mut sketch = Sketch::default();
        let hot = partition(1);
        assert_eq!(sketch.add(&hot, 0, Units::read(400.0), 10), Units::read(400.0));
        assert_eq!(sketch.add(&hot, 0, Units::write(7.0), 10), Units { read: 400.0, write: 7.0 });
        assert_eq!(sketch.add(&hot, 0, Units::read(100.0), 11), Units::read(100.0));
        assert_eq!(sketch.hottest(1)[0].peak, Units { read: 400.0, write: 7.0 });
        // Another resource is another partition.
        sketch.add(&hot, 1, Units::read(79.0), 11);
        let shares: Vec<_> = sketch.hottest(9).iter().map(|hot| (hot.resource, hot.share)).collect();
        assert_eq!(shares, [(0, 521.0 / 600.0), (1, 79.0 / 600.0)]);
    }

    #[test]
    fn what_was_hot_makes_room() {
        let mut sketch = Sketch::default();
        sketch.add(&partition(1), 0, Units::read(1000.0), 0);
        sketch.add(&partition(2), 0, Units::read(600.0), HALF_LIFE);
        assert_eq!(sketch.hottest(1)[0].name.to_string(), "CUSTOMER#2");
        assert_eq!(sketch.hottest(2)[1].peak.read, 1000.0);
        sketch.add(&partition(2), 0, Units::read(600.0), 2 * HALF_LIFE);
        assert_eq!(sketch.hottest(2)[1].peak.read, 0.0);
        sketch.add(&partition(2), 0, Units::read(600.0), u32::MAX);
    }
}
