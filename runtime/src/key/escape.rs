//! `{field:escape}`: any text, with the order of tuples kept even when more parts follow.
//!
//! Each character maps to a code word. The code words ascend with the characters, none is a prefix of
//! another, and each starts above the delimiter. So words joined and closed by the delimiter sort as the
//! tuples do. Letters, digits above the lead byte, and most punctuation stay as they are.

use std::str::Chars;

use super::{Codec, Decode, KeyText, Language, PartRule, TextPart};

/// Leads the escape of itself and all above, so that no escaped text has a byte above 0xF3.
const HIGH: char = '\u{C0000}';
/// The first byte of `HIGH` and of all characters above it, and of none below.
const HIGH_BYTE: u8 = 0xF3;
const HEX_DIGITS: usize = 6;
const EXPECTED: PartRule = PartRule::NotOfThisForm { expected: "escaped text" };

/// The letters that follow the lead byte, ascending. They stand for U+0000 and on, up to the lead byte
/// itself: control characters as base 32, then `_` space, `b`ang, `d`ouble quote, `h`ash, `m`oney, and so on.
pub(crate) const CODES: &[u8; 49] = b"0123456789ABCDEFGHIJKLMNOPQRSTUV_bdhmopqrstuvwxyz";
/// [`HIGH`] in UTF-8.
pub(crate) const HIGH_LEAD: [u8; 4] = [0xF3, 0x80, 0x80, 0x80];

/// Whether `escape` works in a table with this delimiter: punctuation below `0`, because the code
/// letters must sort above the delimiter.
///
/// ```
/// use monotable::key::can_escape;
/// assert!(can_escape('#') && can_escape('/'));
/// assert!(!can_escape(':') && !can_escape('|'));
/// ```
#[must_use]
pub const fn can_escape(delimiter: char) -> bool {
    matches!(delimiter, '!'..='/')
}

/// Writes any text, even empty text, so that it can be given back and keeps its order wherever it stands.
///
/// In a table with the delimiter `#`, U+0000 to `$` become `$` and one of `0` to `9`, `A` to `V`, `_`,
/// `b`, `d`, `h`, `m`; U+C0000 and above become U+C0000 and six hexadecimal digits.
///
/// ```
/// use monotable::key::{Codec, Escape, KeyText};
/// let mut key = KeyText::new('#', 16);
/// Escape::encode(&"Ada Lovelace".to_owned(), &mut key)?;
/// assert_eq!(key.finish(), "Ada$_Lovelace");
/// # Ok::<(), monotable::key::PartRule>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Escape;

impl<T: TextPart> Codec<T> for Escape {
    const LANGUAGE: Language = Language::Escaped;
    const LOSSY: bool = false;
    const KEEPS_ORDER: bool = T::KEEPS_ORDER;
    const HAS_PREFIXES: bool = true;

    // Each character has a code word of its own, so a prefix of a text is a prefix of its escape.
    fn encode_prefix(prefix: &str, out: &mut KeyText) -> Result<(), PartRule> {
        let delimiter = out.delimiter();
        escape(prefix, delimiter, out.text_mut())
    }

    fn encode(value: &T, out: &mut KeyText) -> Result<(), PartRule> {
        let delimiter = out.delimiter();
        escape(value.text(), delimiter, out.text_mut())
    }
}

impl<T: TextPart> Decode<T> for Escape {
    fn decode(text: &str, delimiter: char) -> Result<T, PartRule> {
        T::from_text(unescape(text, delimiter)?)
    }
}

/// Appends `text` to `out`, escaped for `delimiter`.
///
/// # Errors
///
/// [`PartRule::CannotEscape`], if [`can_escape`] says no.
///
/// ```
/// let mut out = String::new();
/// monotable::key::escape("C#", '#', &mut out)?;
/// assert_eq!(out, "C$h");
/// # Ok::<(), monotable::key::PartRule>(())
/// ```
pub fn escape(text: &str, delimiter: char, out: &mut String) -> Result<(), PartRule> {
    if !can_escape(delimiter) {
        return Err(PartRule::CannotEscape(delimiter));
    }
    let mut rest = text;
    while let Some((plain, mut characters)) = split_plain(rest, delimiter) {
        out.push_str(plain);
        if let Some(character) = characters.next() {
            push_code(character, delimiter, out);
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
    Ok(())
}

/// The beginning of `text` that escaping leaves as it is, and what follows it, if anything does.
fn split_plain(text: &str, delimiter: char) -> Option<(&str, Chars<'_>)> {
    let lead = delimiter as u8 + 1;
    let at = text.bytes().position(|byte| byte <= lead || byte >= HIGH_BYTE)?;
    let (plain, rest) = text.split_at(at);
    Some((plain, rest.chars()))
}

fn push_code(character: char, delimiter: char, out: &mut String) {
    if character < HIGH {
        out.push(char::from(delimiter as u8 + 1));
        out.push(char::from(CODES[character as usize]));
        return;
    }
    out.push(HIGH);
    for place in (0..HEX_DIGITS).rev() {
        let digit = character as u32 >> (4 * place) & 0xF;
        out.push(char::from(b"0123456789abcdef"[digit as usize]));
    }
}

/// Returns what [`escape`] wrote as `text`.
///
/// # Errors
///
/// [`PartRule::NotOfThisForm`], if it never writes `text`; [`PartRule::CannotEscape`], if [`can_escape`]
/// says no.
///
/// ```
/// use monotable::key::unescape;
/// assert_eq!(unescape("C$h", '#').as_deref(), Ok("C#"));
/// assert!(unescape("C#", '#').is_err());
/// ```
pub fn unescape(text: &str, delimiter: char) -> Result<String, PartRule> {
    if !can_escape(delimiter) {
        return Err(PartRule::CannotEscape(delimiter));
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((plain, mut codes)) = split_plain(rest, delimiter) {
        out.push_str(plain);
        if let Some(character) = read_code(&mut codes, delimiter) {
            out.push(character?);
        }
        rest = codes.as_str();
    }
    out.push_str(rest);
    Ok(out)
}

/// Passes over one code word: whether it is one, or none at the end.
pub(crate) fn skip_code(rest: &mut Chars<'_>, delimiter: char) -> Option<bool> {
    read_code(rest, delimiter).map(|character| character.is_ok())
}

/// The character of the code word that `rest` begins with; none at the end.
fn read_code(rest: &mut Chars<'_>, delimiter: char) -> Option<Result<char, PartRule>> {
    let lead = char::from(delimiter as u8 + 1);
    Some(match rest.next()? {
        HIGH => high(rest),
        HIGH.. => Err(EXPECTED),
        character if character == lead => low(rest.next(), delimiter),
        character if character < lead => Err(EXPECTED),
        character => Ok(character),
    })
}

/// The character whose code letter is `code`.
fn low(code: Option<char>, delimiter: char) -> Result<char, PartRule> {
    let code = code.and_then(|code| u8::try_from(code).ok()).ok_or(EXPECTED)?;
    let at = CODES.iter().position(|letter| *letter == code).filter(|at| *at <= delimiter as usize + 1);
    Ok(char::from(at.ok_or(EXPECTED)? as u8))
}

/// The character whose six digits `rest` begins with.
fn high(rest: &mut Chars<'_>) -> Result<char, PartRule> {
    let mut value = 0;
    for _ in 0..HEX_DIGITS {
        let digit = rest.next().filter(|digit| matches!(digit, '0'..='9' | 'a'..='f'));
        value = value << 4 | digit.and_then(|digit| digit.to_digit(16)).ok_or(EXPECTED)?;
    }
    char::from_u32(value).filter(|character| *character >= HIGH).ok_or(EXPECTED)
}
