//! Numbers of a fixed width between two bounds, digit by digit.

use super::bytes::Bytes;
use super::program::Program;

/// An upper bound of the instructions that [`Program::digits`] takes.
pub(super) const fn range_room(width: usize) -> usize {
    // Per place the free, the low and the high track; where both bounds part, two instructions more.
    7 * width + 5
}

impl<const ROOM: usize> Program<ROOM> {
    /// `width` digits within `bounds`. While a number's digits equal those of a bound, the next digit is
    /// bound too; the tracks tell which bounds are still touched.
    pub(super) const fn digits(&mut self, bounds: Bounds, next: usize) -> usize {
        let mut parting = 0;
        while parting < bounds.width && bounds.low(parting) == bounds.high(parting) {
            parting += 1;
        }
        let mut tracks = Tracks { free: next, low: next, high: next };
        let mut at = bounds.width;
        while at > parting + 1 {
            at -= 1;
            tracks = self.tracks(bounds.low(at), bounds.high(at), tracks);
        }
        let mut begin = next;
        if parting < bounds.width {
            begin = self.digit(bounds.low(parting), bounds.high(parting), true, true, tracks);
        }
        while parting > 0 {
            parting -= 1;
            begin = self.take(digit_range(bounds.low(parting), bounds.low(parting)), begin);
        }
        begin
    }

    const fn tracks(&mut self, least: u8, greatest: u8, after: Tracks) -> Tracks {
        let free = self.take(Bytes::DIGITS, after.free);
        // A bound whose remaining digits are all 0, or all 9, binds nothing.
        let low_is_free = least == 0 && after.low == after.free;
        let high_is_free = greatest == 9 && after.high == after.free;
        Tracks {
            free,
            low: if low_is_free { free } else { self.digit(least, 9, true, false, after) },
            high: if high_is_free { free } else { self.digit(0, greatest, false, true, after) },
        }
    }

    /// One digit of `least..=greatest`, where a bound that is touched stays touched by its own digit only.
    const fn digit(&mut self, least: u8, greatest: u8, low: bool, high: bool, after: Tracks) -> usize {
        let low = low && after.low != after.free;
        let high = high && after.high != after.free;
        let (from, to) = (least + low as u8, greatest + 1 - high as u8);
        let mut begin = None;
        if from < to {
            begin = Some(self.take(digit_range(from, to - 1), after.free));
        }
        if low {
            let edge = self.take(digit_range(least, least), after.low);
            begin = self.either(edge, begin);
        }
        if high {
            let edge = self.take(digit_range(greatest, greatest), after.high);
            begin = self.either(edge, begin);
        }
        begin.expect("the least digit is not above the greatest")
    }

    const fn either(&mut self, one: usize, other: Option<usize>) -> Option<usize> {
        match other {
            Some(other) => Some(self.fork(one, other)),
            None => Some(one),
        }
    }
}

const fn digit_range(from: u8, to: u8) -> Bytes {
    Bytes::range(b'0' + from, b'0' + to)
}

/// Where a number's next digit goes on: bound by nothing, by the least or by the greatest number.
#[derive(Clone, Copy)]
struct Tracks {
    free: usize,
    low: usize,
    high: usize,
}

/// The least and the greatest of some numbers of `width` digits; `complement` stands for the nines'
/// complement of both, which may itself be too great for a `u128`.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    pub(super) least: u128,
    pub(super) greatest: u128,
    pub(super) complement: bool,
    pub(super) width: usize,
}

impl Bounds {
    const fn low(self, place: usize) -> u8 {
        self.digit(self.least, place)
    }

    const fn high(self, place: usize) -> u8 {
        self.digit(self.greatest, place)
    }

    const fn digit(self, value: u128, place: usize) -> u8 {
        let power = self.width - 1 - place;
        let digit = if power > 38 { 0 } else { (value / 10u128.pow(power as u32) % 10) as u8 };
        if self.complement { 9 - digit } else { digit }
    }
}
