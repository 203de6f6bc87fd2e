//! Measures functions beside each other: in one process, in turn, many rounds. What is compared is the ratio,
//! because a machine's speed drifts and its neighbours are noisy.

use std::hint::black_box;
use std::time::Instant;

/// One way to do the work.
pub struct Contender<'a> {
    pub name: &'static str,
    pub run: &'a dyn Fn(),
}

const ROUNDS: usize = 400;
const CALLS: u32 = 2_000;

/// Runs all contenders in turn and prints nanoseconds and allocations a call, beside the first of them.
pub fn compare(title: &str, contenders: &[Contender<'_>]) {
    compare_in((ROUNDS, CALLS), title, contenders);
}

/// The same, in so many rounds of so many calls: fewer where a call takes long.
pub fn compare_in((rounds, calls): (usize, u32), title: &str, contenders: &[Contender<'_>]) {
    let mut times = vec![Vec::with_capacity(rounds); contenders.len()];
    for _ in 0..rounds {
        for (contender, times) in contenders.iter().zip(&mut times) {
            let start = Instant::now();
            for _ in 0..calls {
                (contender.run)();
            }
            times.push(start.elapsed().as_secs_f64() * 1e9 / f64::from(calls));
        }
    }
    println!("{title}");
    println!("  {:<34} {:>9} {:>9} {:>12} {:>7}", "", "min ns", "median ns", "of the first", "allocs");
    let base = times.first().map(|times| median(times)).unwrap_or(1.0);
    for (contender, times) in contenders.iter().zip(&times) {
        let allocations = allocation_counter::measure(|| (contender.run)()).count_total;
        let (min, median) = (times.iter().copied().fold(f64::INFINITY, f64::min), median(times));
        println!(
            "  {:<34} {min:>9.1} {median:>9.1} {:>12.2} {allocations:>7}",
            contender.name,
            median / base
        );
    }
    println!();
}

/// Keeps the compiler from leaving the work out.
pub fn keep<T>(value: T) {
    black_box(value);
}

fn median(times: &[f64]) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
