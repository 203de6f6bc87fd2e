//! JSON strings: where they end, what their escapes mean, and how they are written.

use super::{Error, Result};

/// Where the first quotation mark, backslash or control byte is, or the end.
#[inline]
pub(super) fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    // Eight bytes at a time.
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        if let Some(found) = first_special(u64::from_le_bytes(*chunk)) {
            return at + found;
        }
        at += 8;
    }
    let left = bytes.len().saturating_sub(at);
    match bytes.last_chunk::<8>() {
        _ if left == 0 => at,
        // What is left is less than eight bytes: those before it go out, and what comes in behind is not looked for.
        Some(last) => {
            let word = u64::from_le_bytes(*last) >> (8 * (8 - left)) | u64::MAX << (8 * left);
            at + first_special(word).unwrap_or(left)
        }
        None => {
            let special = |byte: &u8| matches!(byte, b'"' | b'\\' | ..0x20);
            bytes[at..].iter().position(special).map_or(bytes.len(), |found| at + found)
        }
    }
}

/// Which of eight bytes is the first of these.
#[inline]
fn first_special(word: u64) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    // A byte of zero is found by its borrow; the lowest one found is always right.
    let quote = word ^ (ONES * b'"' as u64);
    let slash = word ^ (ONES * b'\\' as u64);
    let found = (quote.wrapping_sub(ONES) & !quote)
        | (slash.wrapping_sub(ONES) & !slash)
        | (word.wrapping_sub(ONES * 0x20) & !word);
    let found = found & HIGHS;
    (found != 0).then_some((found.trailing_zeros() / 8) as usize)
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
    put_text_between(out, "\"", text, "\"");
}

/// Writes the value of a string: `{"S":"text"}`.
#[inline]
pub(crate) fn put_text_value(out: &mut Vec<u8>, text: &str) {
    put_text_between(out, "{\"S\":\"", text, "\"}");
}

/// Writes the inside of a string, between what ends and begins with a quotation mark.
#[inline]
fn put_text_between(out: &mut Vec<u8>, before: &str, text: &str, behind: &str) {
    let bytes = text.as_bytes();
    out.reserve(before.len() + bytes.len() + behind.len());
    out.extend_from_slice(before.as_bytes());
    let end = plain_end(bytes, 0);
    out.extend_from_slice(&bytes[..end]);
    if end < bytes.len() {
        put_behind(out, bytes, end);
    }
    out.extend_from_slice(behind.as_bytes());
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Against a look at each byte, from every place of short texts.
    #[test]
    fn plain_text_ends_where_the_first_special_byte_is() {
        let mut random = fastrand::Rng::with_seed(5);
        for _ in 0..20_000 {
            let mut bytes: Vec<u8> = (0..random.usize(..40)).map(|_| random.u8(0x20..)).collect();
            bytes.iter_mut().filter(|byte| matches!(byte, b'"' | b'\\')).for_each(|byte| *byte = 0xFF);
            for _ in 0..random.usize(..3).min(bytes.len()) {
                let at = random.usize(..bytes.len());
                bytes[at] = [b'"', b'\\', 0, 0x1F][random.usize(..4)];
            }
            for at in 0..=bytes.len() {
                let special = |byte: &u8| matches!(byte, b'"' | b'\\' | ..0x20);
                let end = bytes[at..].iter().position(special).map_or(bytes.len(), |found| at + found);
                assert_eq!(plain_end(&bytes, at), end, "{bytes:?} from {at}");
            }
        }
    }
}
