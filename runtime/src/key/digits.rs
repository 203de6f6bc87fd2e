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
#[inline]
pub(crate) fn parse(digits: &[u8]) -> Option<u128> {
    let (first, rest) = digits.split_at(digits.len().min(19));
    let first = parse_u64(first)?;
    rest.iter().try_fold(u128::from(first), |value, byte| {
        let digit = byte.is_ascii_digit().then(|| byte - b'0')?;
        value.checked_mul(10)?.checked_add(digit.into())
    })
}

/// As [`parse`], for at most 19 digits.
#[inline]
fn parse_u64(digits: &[u8]) -> Option<u64> {
    let (mut value, mut is_number) = (0_u64, !digits.is_empty());
    for byte in digits {
        let digit = byte.wrapping_sub(b'0');
        is_number &= digit < 10;
        // What is no number may be too great for any.
        value = value.wrapping_mul(10).wrapping_add(digit.into());
    }
    is_number.then_some(value)
}
