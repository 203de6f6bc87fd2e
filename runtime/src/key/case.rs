//! `{field:lower}` and `{field:upper}`: text in one case, so that lookups ignore case.

use super::verbatim::{check, check_prefix};
use super::{Bytes, Codec, KeyText, Language, PartRule, TextPart};

/// Writes text in lower case, by the full mapping of Unicode (`str::to_lowercase`).
///
/// The mapping is not always character by character: `İ` becomes two characters, and a `Σ` at the end
/// of a word becomes `ς`. So the lower case of a prefix is not a prefix of the lower case in that one
/// Greek instance.
///
/// ```
/// use monotable::key::{Codec, KeyText, Lower};
/// let mut key = KeyText::new('#', 16);
/// Lower::encode(&"Ünï Côde".to_owned(), &mut key)?;
/// assert_eq!(key.finish(), "ünï côde");
/// # Ok::<(), monotable::key::PartRule>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Lower;

/// Writes text in upper case, by the full mapping of Unicode (`str::to_uppercase`): `ß` becomes `SS`.
///
/// ```
/// use monotable::key::{Codec, KeyText, Upper};
/// let mut key = KeyText::new('#', 16);
/// Upper::encode(&"de".to_owned(), &mut key)?;
/// assert_eq!(key.finish(), "DE");
/// # Ok::<(), monotable::key::PartRule>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Upper;

impl<T: TextPart> Codec<T> for Lower {
    // Exact for ASCII; above it, upper-case letters count as possible although none is ever written.
    const LANGUAGE: Language = Language::Text { bytes: Bytes::TEXT.minus(Bytes::range(b'A', b'Z')), min: 1 };
    const LOSSY: bool = true;
    const HAS_PREFIXES: bool = true;

    fn encode(value: &T, out: &mut KeyText) -> Result<(), PartRule> {
        write(value.text(), out, str::make_ascii_lowercase, str::to_lowercase)
    }

    fn encode_prefix(prefix: &str, out: &mut KeyText) -> Result<(), PartRule> {
        write_prefix(&prefix.to_lowercase(), out)
    }
}

impl<T: TextPart> Codec<T> for Upper {
    const LANGUAGE: Language = Language::Text { bytes: Bytes::TEXT.minus(Bytes::range(b'a', b'z')), min: 1 };
    const LOSSY: bool = true;
    const HAS_PREFIXES: bool = true;

    fn encode(value: &T, out: &mut KeyText) -> Result<(), PartRule> {
        write(value.text(), out, str::make_ascii_uppercase, str::to_uppercase)
    }

    fn encode_prefix(prefix: &str, out: &mut KeyText) -> Result<(), PartRule> {
        write_prefix(&prefix.to_uppercase(), out)
    }
}

fn write_prefix(mapped: &str, out: &mut KeyText) -> Result<(), PartRule> {
    check_prefix(mapped, out.delimiter())?;
    out.push_str(mapped);
    Ok(())
}

fn write(
    text: &str,
    out: &mut KeyText,
    ascii: fn(&mut str),
    full: fn(&str) -> String,
) -> Result<(), PartRule> {
    if text.is_ascii() {
        check(text, out.delimiter())?;
        let start = out.as_str().len();
        out.push_str(text);
        ascii(&mut out.text_mut()[start..]);
        return Ok(());
    }
    // Mapping first: what counts is what is written.
    let mapped = full(text);
    check(&mapped, out.delimiter())?;
    out.push_str(&mapped);
    Ok(())
}
