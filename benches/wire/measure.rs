//! Contenders in turn, many rounds: CPU time of this thread, allocations, and the peak of memory.

use std::cell::RefCell;
use std::hint::black_box;

use cpu_time::ThreadTime;

/// One way to do the work.
pub struct Contender<'a> {
    name: &'static str,
    run: Box<dyn Fn() + 'a>,
    /// Keeps the outcome, so that what it takes up can be told from what it took to make.
    measure: Box<dyn Fn() -> Memory + 'a>,
}

/// What one run allocates.
pub struct Memory {
    allocations: u64,
    kept: i64,
    peak: i64,
}

impl<'a> Contender<'a> {
    pub fn new<T>(name: &'static str, run: impl Fn() -> T + Clone + 'a) -> Self {
        let again = run.clone();
        let measure = move || {
            let outcome = RefCell::new(None);
            let info = allocation_counter::measure(|| *outcome.borrow_mut() = Some(again()));
            Memory { allocations: info.count_total, kept: info.bytes_current, peak: info.bytes_max as i64 }
        };
        Self { name, run: Box::new(move || drop(black_box(run()))), measure: Box::new(measure) }
    }
}

pub fn rounds() -> usize {
    std::env::var("ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(30)
}

/// Runs all in turn, and prints them beside the first.
pub fn compare(title: &str, calls: u32, items: usize, contenders: &[Contender<'_>]) {
    // For profilers.
    let only = std::env::var("ONLY").unwrap_or_default();
    let contenders: Vec<_> =
        contenders.iter().filter(|contender| contender.name.contains(only.as_str())).collect();
    if contenders.is_empty() {
        return;
    }
    let mut times = vec![Vec::new(); contenders.len()];
    for _ in 0..rounds() {
        for (contender, times) in contenders.iter().zip(&mut times) {
            // The heap and the caches are not as the one before left them.
            (contender.run)();
            let begin = ThreadTime::now();
            for _ in 0..calls {
                (contender.run)();
            }
            times.push(begin.elapsed().as_secs_f64() * 1e6 / f64::from(calls));
        }
    }
    println!("{title}");
    println!(
        "  {:<38} {:>10} {:>10} {:>8} {:>8} {:>12} {:>10} {:>10}",
        "", "min us", "median us", "by min", "median", "allocs/item", "kept KB", "peak+ KB"
    );
    let (least, middle) = (min(&times[0]), median(&times[0]));
    for (contender, times) in contenders.iter().zip(&times) {
        let Memory { allocations, kept, peak } = (contender.measure)();
        println!(
            "  {:<38} {:>10.1} {:>10.1} {:>7.2}x {:>7.2}x {:>12.2} {:>10} {:>10}",
            contender.name,
            min(times),
            median(times),
            least / min(times),
            middle / median(times),
            allocations as f64 / items as f64,
            kept / 1024,
            (peak - kept) / 1024,
        );
    }
    println!();
}

pub fn min(times: &[f64]) -> f64 {
    times.iter().copied().fold(f64::INFINITY, f64::min)
}

pub fn median(times: &[f64]) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
