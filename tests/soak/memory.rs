//! How much memory this process has, and whether that grows.

use std::fmt;

/// What is resident now, in KB; none but on Linux.
pub fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}

/// What was resident early and late, once everything is warm.
#[derive(Debug, Clone, Copy)]
pub struct Growth {
    early: u64,
    late: u64,
}

impl Growth {
    /// Of samples at equal distances. The first third is warm-up: caches, pools and the table itself fill then. Of the
    /// rest, the medians of the first and the last quarter are compared.
    pub fn of(samples: &[u64]) -> Option<Self> {
        let warm = &samples[samples.len() / 3..];
        let quarter = (warm.len() / 4).max(1);
        if warm.len() < 2 * quarter {
            return None;
        }
        Some(Self { early: median(&warm[..quarter]), late: median(&warm[warm.len() - quarter..]) })
    }

    /// Whether it is more than 2 % and 2 MB, which the allocator and the engine's pages are allowed to vary by.
    pub fn is_a_leak(&self) -> bool {
        self.late > self.early + self.early / 50 + 2048
    }
}

fn median(samples: &[u64]) -> u64 {
    let mut sorted = samples.to_vec();
    sorted.sort_unstable();
    sorted[sorted.len() / 2]
}

impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} KB resident early, {} KB late", self.early, self.late)
    }
}

#[test]
fn a_leak_is_told_from_noise() {
    let noise = |second: u64| second * 7919 % 1500;
    // A table that fills in the beginning, and is as full as it gets.
    let flat = |second: u64| 40_000 + 20_000.min(second * 1000) + noise(second);
    let samples = |of: &dyn Fn(u64) -> u64| (0..180).map(of).collect::<Vec<_>>();
    assert!(!Growth::of(&samples(&flat)).unwrap().is_a_leak());
    // 60 KB a second: at a thousand calls a second, 60 bytes for each.
    assert!(Growth::of(&samples(&|second| flat(second) + 60 * second)).unwrap().is_a_leak());
    assert!(resident().is_none_or(|kilobytes| kilobytes > 1000));
}
