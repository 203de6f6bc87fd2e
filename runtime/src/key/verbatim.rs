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
    match is_clean(text.as_bytes(), delimiter as u8) {
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

/// No byte is the delimiter, which is ASCII, or [`FIRST_UNUSED_BYTE`] or above.
///
/// Parts are short, so eight bytes at a time are faster than what the compiler makes of a loop over bytes.
#[inline]
fn is_clean(bytes: &[u8], delimiter: u8) -> bool {
    let (words, rest) = bytes.as_chunks();
    let found = words.iter().fold(0, |found, word| found | refused(u64::from_ne_bytes(*word), delimiter));
    found == 0 && !rest.iter().any(|byte| *byte == delimiter || *byte >= FIRST_UNUSED_BYTE)
}

/// Not zero if one of the eight bytes of `word` is refused.
#[inline]
fn refused(word: u64, delimiter: u8) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    // Zero where the byte is the delimiter; a byte of zero is the only one that borrows from its high bit.
    let differs = word ^ (ONES * u64::from(delimiter));
    let is_delimiter = differs.wrapping_sub(ONES) & !differs;
    // Carries into the high bit, of bytes that have it, from `FIRST_UNUSED_BYTE` on.
    let is_unused = (word & !HIGH) + ONES * u64::from(0x80 - (FIRST_UNUSED_BYTE & 0x7F)) & word;
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

    /// Every byte among every two kinds of neighbours, at every place of a word and of what is left of one.
    #[test]
    fn words_are_refused_for_their_bytes() {
        for delimiter in (0..128).map(char::from).filter(|byte| is_delimiter(*byte)).map(|byte| byte as u8) {
            let is_refused = |byte: &u8| *byte == delimiter || *byte >= FIRST_UNUSED_BYTE;
            for neighbour in [0, 1, delimiter - 1, delimiter ^ 0x80, 0x7F, 0x80, FIRST_UNUSED_BYTE - 1] {
                for (byte, place) in (0..=u8::MAX).flat_map(|byte| (0..10).map(move |place| (byte, place))) {
                    let mut bytes = [neighbour; 10];
                    bytes[place] = byte;
                    assert_eq!(is_clean(&bytes, delimiter), !bytes.iter().any(is_refused), "{bytes:?}");
                }
            }
        }
    }
}
