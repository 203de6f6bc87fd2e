//! Pseudo-random numbers that stay the same: a crate's might change with its version.

/// SplitMix64 (<https://prng.di.unimi.it/splitmix64.c>).
pub(super) struct Random(u64);

impl Random {
    pub(super) fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to before `end`, all alike. So small an `end` makes the remainder even enough.
    pub(super) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// From 0 to before `end`, small ones more often.
    pub(super) fn skewed(&mut self, end: usize) -> usize {
        self.below(end) * self.below(end) / end
    }

    /// From 0 to before `end`, the first ones much more often: some customers order every week.
    pub(super) fn favourite(&mut self, end: usize) -> usize {
        self.skewed(end) * self.below(end) / end
    }

    pub(super) fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    pub(super) fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    pub(super) fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    /// Moves so many of the items, by chance, to the front and returns them.
    pub(super) fn some_of<'a, T>(&mut self, items: &'a mut [T], count: usize) -> &'a [T] {
        for at in 0..count {
            let other = self.between(at, items.len() - 1);
            items.swap(at, other);
        }
        &items[..count]
    }
}
