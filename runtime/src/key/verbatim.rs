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
    // One pass over the bytes, which finds nothing for almost every text; the delimiter is ASCII.
    let refused = |byte: u8| byte == delimiter as u8 || byte >= FIRST_UNUSED_BYTE;
    if !text.bytes().fold(false, |found, byte| found | refused(byte)) {
        return Ok(());
    }
    match text.contains(delimiter) {
        true => Err(PartRule::ContainsDelimiter(delimiter)),
        false => Err(PartRule::AboveLimit),
    }
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
