//! JSON strings: where they end, what their escapes mean, and how they are written.

use super::{Error, Result};

/// Where the first quotation mark, backslash or control byte is, or the end.
#[inline]
pub(super) fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    // Eight bytes at a time. A byte of zero is found by its borrow; the lowest one found is always right.
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*chunk);
        let quote = word ^ (ONES * b'"' as u64);
        let slash = word ^ (ONES * b'\\' as u64);
        let found = (quote.wrapping_sub(ONES) & !quote)
            | (slash.wrapping_sub(ONES) & !slash)
            | (word.wrapping_sub(ONES * 0x20) & !word);
        if found & HIGHS != 0 {
            return at + ((found & HIGHS).trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|byte| !matches!(byte, b'"' | b'\\' | ..0x20)) {
        at += 1;
    }
    at
}

/// Whether a string is written as it stands.
pub(crate) fn is_plain(text: &str) -> bool {
    plain_end(text.as_bytes(), 0) == text.len()
}

/// Reads the escape behind the backslash before `at`: the character, and where it ends.
pub(super) fn escape(bytes: &[u8], at: usize) -> Result<(char, usize)> {
    let character = match bytes.get(at) {
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'n') => '\n',
        Some(b't') => '\t',
        Some(b'r') => '\r',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'u') => return unicode(bytes, at + 1),
        _ => return Err(Error::malformed(at, "no such escape")),
    };
    Ok((character, at + 1))
}

/// Characters above U+FFFF are escaped as two halves, and a half by itself is no character.
fn unicode(bytes: &[u8], at: usize) -> Result<(char, usize)> {
    let lone = || Error::malformed(at, "half a surrogate pair");
    let high = hex(bytes, at)?;
    if !(0xD800..0xDC00).contains(&high) {
        return Ok((char::from_u32(high).ok_or_else(lone)?, at + 4));
    }
    if bytes.get(at + 4..at + 6) != Some(b"\\u") {
        return Err(lone());
    }
    let low = hex(bytes, at + 6)?;
    if !(0xDC00..0xE000).contains(&low) {
        return Err(lone());
    }
    let character = 0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00);
    Ok((char::from_u32(character).ok_or_else(lone)?, at + 10))
}

fn hex(bytes: &[u8], at: usize) -> Result<u32> {
    let digits = bytes.get(at..at + 4).ok_or_else(|| Error::malformed(at, "an escape is cut off"))?;
    digits.iter().try_fold(0, |number, &digit| {
        let digit = char::from(digit).to_digit(16);
        Ok(number << 4
            | digit.ok_or_else(|| Error::malformed(at, "an escape has four hexadecimal digits"))?)
    })
}

/// Writes a string in quotation marks.
#[inline]
pub(crate) fn put_text(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    out.reserve(bytes.len() + 2);
    out.push(b'"');
    let end = plain_end(bytes, 0);
    out.extend_from_slice(&bytes[..end]);
    if end < bytes.len() {
        put_behind(out, bytes, end);
    }
    out.push(b'"');
}

/// Goes on at a byte that is escaped.
#[cold]
fn put_behind(out: &mut Vec<u8>, bytes: &[u8], mut at: usize) {
    while let Some(&byte) = bytes.get(at) {
        put_escaped(out, byte);
        let end = plain_end(bytes, at + 1);
        out.extend_from_slice(&bytes[at + 1..end]);
        at = end;
    }
}

fn put_escaped(out: &mut Vec<u8>, byte: u8) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    match byte {
        b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
        b'\n' => out.extend_from_slice(b"\\n"),
        b'\r' => out.extend_from_slice(b"\\r"),
        b'\t' => out.extend_from_slice(b"\\t"),
        _ => {
            let digits = [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]];
            out.extend_from_slice(b"\\u00");
            out.extend_from_slice(&digits);
        }
    }
}
