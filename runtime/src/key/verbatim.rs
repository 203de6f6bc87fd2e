//! Text, which stands in a key as it is.

use std::sync::Arc;

use super::{KeyPart, KeyText, Language, PartRule};

/// No key has a byte from here on, so that U+10FFFF can end a range. It leads U+100000 and above.
pub(super) const FIRST_UNUSED_BYTE: u8 = 0xF4;

/// Key parts that are text: what `lower`, `upper` and `escape` can write.
///
/// ```
/// use monotable::key::TextPart;
/// assert_eq!("Ada".to_owned().text(), "Ada");
/// assert_eq!(Box::<str>::from_text("Ada".to_owned()), Ok("Ada".into()));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not text",
    label = "`lower`, `upper` and `escape` write text only",
    note = "text is `String`, `Box<str>`, `Arc<str>` and newtypes of them"
)]
pub trait TextPart: KeyPart {
    /// Returns the text.
    fn text(&self) -> &str;

    /// Returns the value whose text is `text`.
    ///
    /// # Errors
    ///
    /// The rule that `text` breaks, for types that admit only some text.
    fn from_text(text: String) -> Result<Self, PartRule>;
}

/// Refuses text that cannot stand verbatim between two delimiters.
#[inline]
pub(super) fn check(text: &str, delimiter: char) -> Result<(), PartRule> {
    if text.is_empty() {
        return Err(PartRule::Empty);
    }
    check_prefix(text, delimiter)
}

/// As [`check`], for the beginning of a text, which may be empty.
#[inline]
pub(super) fn check_prefix(text: &str, delimiter: char) -> Result<(), PartRule> {
    match verbatim_len(text.as_bytes(), delimiter as u8) == text.len() {
        true => Ok(()),
        false => Err(refusal(text, delimiter)),
    }
}

#[cold]
fn refusal(text: &str, delimiter: char) -> PartRule {
    match text.contains(delimiter) {
        true => PartRule::ContainsDelimiter(delimiter),
        false => PartRule::AboveLimit,
    }
}

/// How many bytes stand in front of the first one that is the delimiter, which is ASCII, or is
/// [`FIRST_UNUSED_BYTE`] or above.
///
/// Parts are short, so eight bytes at a time are faster than what the compiler makes of a loop over bytes.
pub(crate) fn verbatim_len(bytes: &[u8], delimiter: u8) -> usize {
    let (words, rest) = bytes.as_chunks();
    for (at, word) in words.iter().enumerate() {
        let refused = refused(u64::from_le_bytes(*word), delimiter);
        if refused != 0 {
            return 8 * at + refused.trailing_zeros() as usize / 8;
        }
    }
    let is_refused = |byte: &u8| *byte == delimiter || *byte >= FIRST_UNUSED_BYTE;
    8 * words.len() + rest.iter().position(is_refused).unwrap_or(rest.len())
}

/// The high bits of the bytes of `word` that are refused: right up to the lowest of them.
#[inline]
fn refused(word: u64, delimiter: u8) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    // A byte is zero where it is the delimiter, and then borrows from its high bit, and maybe from the next.
    let differs = word ^ (ONES * u64::from(delimiter));
    let is_delimiter = differs.wrapping_sub(ONES) & !differs;
    // From `FIRST_UNUSED_BYTE` on, what is below the high bit carries into it.
    let is_unused = ((word & !HIGH) + ONES * u64::from(0x80 - (FIRST_UNUSED_BYTE & 0x7F))) & word;
    (is_delimiter | is_unused) & HIGH
}

macro_rules! text {
    ($($type:ty),*) => {$(
        /// Verbatim: not empty, without the delimiter, without U+100000 and above. Byte order is the
        /// order of `str`, as long as no part follows.
        #[diagnostic::do_not_recommend]
        impl KeyPart for $type {
            const LANGUAGE: Language = Language::Verbatim;
            const KEEPS_ORDER: bool = true;

            #[inline]
            fn encode(&self, out: &mut KeyText) -> Result<(), PartRule> {
                check(self, out.delimiter())?;
                out.push_str(self);
                Ok(())
            }

            #[inline]
            fn decode(text: &str, delimiter: char) -> Result<Self, PartRule> {
                check(text, delimiter)?;
                Ok(text.into())
            }
        }

        // The note says which types are text; rustc's list would show this macro.
        #[diagnostic::do_not_recommend]
        impl TextPart for $type {
            fn text(&self) -> &str {
                self
            }

            fn from_text(text: String) -> Result<Self, PartRule> {
                Ok(text.into())
            }
        }
    )*};
}

text!(String, Box<str>, Arc<str>);

/// Verbatim, like text of one character.
#[diagnostic::do_not_recommend]
impl KeyPart for char {
    const LANGUAGE: Language = Language::Verbatim;
    const KEEPS_ORDER: bool = true;

    fn encode(&self, out: &mut KeyText) -> Result<(), PartRule> {
        let mut bytes = [0; 4];
        let text = self.encode_utf8(&mut bytes);
        check(text, out.delimiter())?;
        out.push_str(text);
        Ok(())
    }

    fn decode(text: &str, delimiter: char) -> Result<Self, PartRule> {
        check(text, delimiter)?;
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(only), None) => Ok(only),
            _ => Err(PartRule::NotOfThisForm { expected: "a single character" }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::is_delimiter;

    /// Every byte among neighbours of every kind, at every place of a word and of what is left of one.
    #[test]
    fn the_first_refused_byte_is_found() {
        for delimiter in (0..128).map(char::from).filter(|byte| is_delimiter(*byte)).map(|byte| byte as u8) {
            let is_refused = |byte: &u8| *byte == delimiter || *byte >= FIRST_UNUSED_BYTE;
            for neighbour in [0, 1, delimiter - 1, delimiter ^ 0x80, 0x7F, 0x80, FIRST_UNUSED_BYTE - 1] {
                for (byte, place) in (0..=u8::MAX).flat_map(|byte| (0..10).map(move |place| (byte, place))) {
                    let mut bytes = [neighbour; 10];
                    bytes[place] = byte;
                    let len = bytes.iter().position(is_refused).unwrap_or(bytes.len());
                    assert_eq!(verbatim_len(&bytes, delimiter), len, "{bytes:?} at {delimiter}");
                }
            }
        }
    }
}
