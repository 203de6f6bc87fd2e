//! Decimal digits of a fixed number of places.

/// The most decimal places that a number here can have: those of `u128`.
pub(super) const MOST: usize = 39;

/// The decimal places of `value`, at least one.
pub(super) const fn width(value: u128) -> usize {
    match value.checked_ilog10() {
        Some(power) => power as usize + 1,
        None => 1,
    }
}

/// The greatest number of `width` places, or the greatest of `u128` if that is less.
pub(super) const fn greatest(width: usize) -> u128 {
    let mut value: u128 = 0;
    let mut place = 0;
    while place < width {
        value = value.saturating_mul(10).saturating_add(9);
        place += 1;
    }
    value
}

/// Fills `out` with the digits of `value`, zeros first. Digits that find no place are dropped.
#[inline]
pub(super) fn fill(mut value: u128, mut out: &mut [u8]) {
    const CHUNK: usize = 19;
    const CHUNK_SIZE: u128 = 10_u128.pow(CHUNK as u32);
    // Division of `u128` is a slow library call, so that 19 digits at a time are handled as `u64`.
    if let Ok(value) = u64::try_from(value) {
        return fill_u64(value, out);
    }
    while value > u128::from(u64::MAX) && out.len() > CHUNK {
        let (rest, chunk) = out.split_at_mut(out.len() - CHUNK);
        fill_u64((value % CHUNK_SIZE) as u64, chunk);
        value /= CHUNK_SIZE;
        out = rest;
    }
    fill_u64(value as u64, out);
}

#[inline]
fn fill_u64(mut value: u64, out: &mut [u8]) {
    out.fill(b'0');
    // Two digits at a time: each division waits for the one before it.
    let mut pairs = out.rchunks_exact_mut(2);
    for pair in &mut pairs {
        // Most numbers are much shorter than their place.
        if value == 0 {
            return;
        }
        let digits = (value % 100) as u8;
        pair.copy_from_slice(&[b'0' + digits / 10, b'0' + digits % 10]);
        value /= 100;
    }
    if let [first] = pairs.into_remainder() {
        *first = b'0' + (value % 10) as u8;
    }
}

/// The number that `digits` are, if all are digits, there is one, and `u128` can hold it.
pub(super) fn parse(digits: &[u8]) -> Option<u128> {
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let (first, rest) = digits.split_at(digits.len().min(19));
    let first = first.iter().fold(0_u64, |value, digit| value * 10 + u64::from(digit - b'0'));
    rest.iter().try_fold(u128::from(first), |value, digit| {
        value.checked_mul(10)?.checked_add(u128::from(digit - b'0'))
    })
}
