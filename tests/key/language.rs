//! A matcher for languages, written from their description and not from the proofs' automata.

use monotable::key::Language;

pub fn matches(language: Language, text: &str, delimiter: char) -> bool {
    let bytes = text.as_bytes();
    let no_delimiter = !text.contains(delimiter);
    match language {
        Language::Verbatim => !text.is_empty() && no_delimiter && text.chars().all(|c| c <= '\u{FFFFF}'),
        Language::Text { bytes: set, min } => {
            bytes.len() >= min && no_delimiter && bytes.iter().all(|b| set.has(*b))
        }
        Language::Fixed(sets) => {
            sets.len() == bytes.len() && sets.iter().zip(bytes).all(|(set, b)| set.has(*b))
        }
        Language::UpTo { width, max } => text.len() == width && number(text).is_some_and(|n| n <= max),
        Language::Words(words) => words.contains(&text),
        Language::Decimal { digits, signed } => decimal(text, digits, signed),
        Language::Signed { width, max_negative, max_positive } => {
            signed_number(text, width).is_some_and(|(negative, n)| match negative {
                true => n > 0 && n <= max_negative,
                false => n <= max_positive,
            })
        }
        Language::Escaped => escaped(text, delimiter),
    }
}

fn number(digits: &str) -> Option<u128> {
    if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit()) { None } else { digits.parse().ok() }
}

fn decimal(text: &str, digits: usize, signed: bool) -> bool {
    let magnitude = if signed { text.strip_prefix('-').unwrap_or(text) } else { text };
    let is_number = number(magnitude).is_some() && magnitude.len() <= digits;
    is_number && (text == "0" || !magnitude.starts_with('0'))
}

fn signed_number(text: &str, width: usize) -> Option<(bool, u128)> {
    let negative = text.starts_with('-');
    let all_digits = text.chars().skip(1).all(|c| c.is_ascii_digit());
    if !negative && !text.starts_with('0') || text.len() != width + 1 || !all_digits {
        return None;
    }
    let digits: String = match negative {
        true => text[1..].chars().map(|c| char::from(b'0' + b'9' - c as u8)).collect(),
        false => text[1..].to_owned(),
    };
    Some((negative, number(&digits)?))
}

fn escaped(text: &str, delimiter: char) -> bool {
    let lead = char::from_u32(delimiter as u32 + 1).unwrap();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let word = match c {
            _ if c < lead => return false,
            _ if c == lead => 2,
            '\u{C0000}' => 4 + 6,
            '\u{C0001}'.. => return false,
            _ => c.len_utf8(),
        };
        let Some(tail) = rest.get(c.len_utf8()..word) else { return false };
        let fits = match c {
            _ if c == lead => tail.chars().all(|t| t.is_ascii_alphanumeric() || t == '_'),
            _ => tail.chars().all(|t| t.is_ascii_digit() || ('a'..='f').contains(&t)),
        };
        if !fits {
            return false;
        }
        rest = &rest[word..];
    }
    true
}

#[test]
fn the_matcher_says_no() {
    use monotable::key::{Codec, Escape, KeyPart, Plain};
    let no = |language, text| assert!(!matches(language, text, '#'), "{text}");
    for text in ["", "a#", "\u{100000}"] {
        no(String::LANGUAGE, text);
    }
    for text in ["256", "1", "0001", "-01"] {
        no(u8::LANGUAGE, text);
    }
    for text in ["-999", "-870", "0128", "1000", "000"] {
        no(i8::LANGUAGE, text);
    }
    for text in ["-0", "01", "+1", ""] {
        no(<Plain as Codec<i32>>::LANGUAGE, text);
    }
    for text in ["#", "a b", "$", "\u{C0001}", "\u{C0000}0c000"] {
        no(<Escape as Codec<String>>::LANGUAGE, text);
    }
}
