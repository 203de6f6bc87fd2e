//! The properties, for any codec and any type.

use std::cmp::Ordering;
use std::fmt::Debug;

use monotable::key::{Codec, Decode, KeyText, PartRule};
use proptest::prelude::*;
use proptest::sample::select;

use crate::language::matches;

pub fn text_of<C: Codec<T>, T>(value: &T, delimiter: char) -> Result<String, PartRule> {
    let mut text = KeyText::new(delimiter, 64);
    // A prefix shows encodings that disturb what stands before them.
    text.literal("P");
    C::encode(value, &mut text)?;
    Ok(text.finish().strip_prefix('P').expect("a part only appends").to_owned())
}

/// Everything that must hold of two values that have texts.
pub fn check_pair<C: Decode<T>, T: Ord + Debug>(a: &T, b: &T, delimiter: char) {
    let (Ok(x), Ok(y)) = (text_of::<C, T>(a, delimiter), text_of::<C, T>(b, delimiter)) else { return };
    for (value, text) in [(a, &x), (b, &y)] {
        assert!(matches(C::LANGUAGE, text, delimiter), "{text:?} is not in {:?}", C::LANGUAGE);
        assert_eq!(C::decode(text, delimiter).as_ref(), Ok(value), "{text:?}");
    }
    assert_eq!(a == b, x == y, "{a:?} {x:?}, {b:?} {y:?}");
    if C::KEEPS_ORDER {
        assert_eq!(a.cmp(b), x.as_bytes().cmp(y.as_bytes()), "{a:?} {x:?}, {b:?} {y:?}");
    }
}

/// As [`check_pair`] for every pair, and refusal of every near miss.
pub fn check_edges<C: Decode<T>, T: Ord + Debug>(values: &[T], delimiter: char) {
    for (at, a) in values.iter().enumerate() {
        for b in &values[at..] {
            check_pair::<C, T>(a, b, delimiter);
        }
        if let Ok(text) = text_of::<C, T>(a, delimiter) {
            near_misses(&text).for_each(|text| check_strict::<C, T>(&text, delimiter));
        }
    }
}

/// What decodes is what encoding writes.
pub fn check_strict<C: Decode<T>, T: Debug>(text: &str, delimiter: char) {
    if let Ok(value) = C::decode(text, delimiter) {
        assert_eq!(text_of::<C, T>(&value, delimiter).as_deref(), Ok(text), "{value:?}");
    }
}

/// For lossy codecs: the language, and order that is kept but not strictly.
pub fn check_lossy<C: Codec<T>, T: Ord + Debug>(a: &T, b: &T, delimiter: char) {
    let (Ok(x), Ok(y)) = (text_of::<C, T>(a, delimiter), text_of::<C, T>(b, delimiter)) else { return };
    assert!(C::LOSSY);
    assert!(matches(C::LANGUAGE, &x, delimiter), "{x:?} is not in {:?}", C::LANGUAGE);
    match a.cmp(b) {
        Ordering::Equal => assert_eq!(x, y),
        Ordering::Less if C::KEEPS_ORDER => assert!(x <= y, "{a:?} {x:?}, {b:?} {y:?}"),
        Ordering::Greater if C::KEEPS_ORDER => assert!(x >= y, "{a:?} {x:?}, {b:?} {y:?}"),
        _ => {}
    }
}

const NOISE: [char; 24] = [
    '\0',
    ' ',
    '#',
    '$',
    '+',
    '-',
    '.',
    '/',
    '0',
    '1',
    '6',
    '9',
    ':',
    'A',
    'F',
    'T',
    'Z',
    '_',
    'a',
    'f',
    't',
    'z',
    '\u{C0000}',
    '\u{100000}',
];

/// All texts that differ from `text` by one character.
pub fn near_misses(text: &str) -> impl Iterator<Item = String> {
    let characters: Vec<char> = text.chars().collect();
    let edit = |at: usize, removed: usize, added: Option<char>| -> String {
        let (before, after) = (&characters[..at], &characters[(at + removed).min(characters.len())..]);
        before.iter().copied().chain(added).chain(after.iter().copied()).collect()
    };
    let mut texts = Vec::new();
    for at in 0..=characters.len() {
        texts.push(edit(at, 1, None));
        texts.push(edit(at, 2, None));
        texts.extend(NOISE.iter().flat_map(|c| [edit(at, 0, Some(*c)), edit(at, 1, Some(*c))]));
    }
    texts.push(text.to_uppercase());
    texts.push(text.to_lowercase());
    texts.push(format!(" {text} "));
    texts.into_iter()
}

/// Awkward characters, at any density.
pub fn character() -> impl Strategy<Value = char> {
    let edges = vec![
        '\0',
        '\t',
        '\u{1f}',
        ' ',
        '!',
        '"',
        '#',
        '$',
        '%',
        '-',
        '/',
        '0',
        '1',
        ':',
        'A',
        'K',
        'Z',
        '_',
        'a',
        's',
        'z',
        '~',
        '\u{7f}',
        '\u{80}',
        'é',
        'ß',
        'İ',
        'ı',
        'Σ',
        'ς',
        '\u{212A}',
        '\u{7ff}',
        '\u{800}',
        '\u{d7ff}',
        '\u{e000}',
        '\u{ffff}',
        '\u{10000}',
        '\u{bffff}',
        '\u{c0000}',
        '\u{c0001}',
        '\u{fffff}',
        '\u{100000}',
        '\u{10ffff}',
    ];
    prop_oneof![6 => select(edges), 2 => prop::char::range('a', 'e'), 1 => any::<char>()]
}

pub fn any_text() -> impl Strategy<Value = String> {
    prop::collection::vec(character(), 0..6).prop_map(String::from_iter)
}

/// Two texts that often share a prefix.
pub fn two_texts() -> impl Strategy<Value = (String, String)> {
    (any_text(), any_text(), any_text(), any::<bool>()).prop_map(|(prefix, a, b, shared)| match shared {
        true => (format!("{prefix}{a}"), format!("{prefix}{b}")),
        false => (a, b),
    })
}

pub const DELIMITERS: [char; 8] = ['#', '!', '/', ':', '|', '~', '-', '_'];
