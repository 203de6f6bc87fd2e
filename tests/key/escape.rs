use monotable::key::{can_escape, escape, unescape};

use crate::support::DELIMITERS;

fn escaped(text: &str, delimiter: char) -> String {
    let mut out = String::new();
    escape(text, delimiter, &mut out).expect("a delimiter that can be escaped");
    out
}

/// Neighbours ascend and are no prefixes of each other, for all of Unicode. With joining, that is the
/// whole proof of injectivity and of tuple order.
#[test]
fn every_character_has_a_code_word_in_order() {
    for delimiter in ['!', '#', '/'] {
        let mut before: Option<String> = None;
        for character in (0..=0x10_FFFF).filter_map(char::from_u32) {
            let word = escaped(character.encode_utf8(&mut [0; 4]), delimiter);
            assert!(word.bytes().all(|byte| byte > delimiter as u8 && byte < 0xF4), "{character:?}");
            assert_eq!(unescape(&word, delimiter), Ok(character.to_string()));
            if let Some(before) = before {
                assert!(before < word && !word.starts_with(&before), "{character:?}");
            }
            before = Some(word);
        }
    }
}

#[test]
fn only_delimiters_below_the_digits_can_be_escaped() {
    for delimiter in DELIMITERS {
        assert_eq!(can_escape(delimiter), escape("", delimiter, &mut String::new()).is_ok());
        assert_eq!(can_escape(delimiter), unescape("", delimiter).is_ok());
    }
}

#[test]
fn ordinary_text_stays_readable() {
    for (plain, text) in [
        ("", ""),
        ("alice@example.com", "alice@example.com"),
        ("Müller-Lüdenscheidt", "Müller-Lüdenscheidt"),
        ("Ada Lovelace", "Ada$_Lovelace"),
        ("C#", "C$h"),
        ("$5", "$m5"),
        ("say \"hi\"!", "say$_$dhi$d$b"),
        ("tab\there", "tab$9here"),
        ("\u{C0000}\u{10FFFF}", "\u{C0000}0c0000\u{C0000}10ffff"),
    ] {
        assert_eq!(escaped(plain, '#'), text);
        assert_eq!(unescape(text, '#').as_deref(), Ok(plain));
    }
    assert_eq!(escaped("a/b 0", '/'), "a0yb0_0z");
}

#[test]
fn other_texts_are_refused() {
    for text in ["a#", "a b", "$", "$e", "$~", "\u{C0000}", "\u{C0000}0c000", "\u{C0000}0C0000"] {
        assert!(unescape(text, '#').is_err(), "{text:?}");
    }
    for text in ["\u{C0000}00000a", "\u{C0000}110000", "\u{C0000}0d80é", "\u{C0001}", "$\u{C0000}", "$é"] {
        assert!(unescape(text, '#').is_err(), "{text:?}");
    }
}
