use std::sync::Arc;

use monotable::key::{Canonical, Escape, Lower, PartRule, Plain, Upper};
use proptest::prelude::*;

use crate::language::matches;
use crate::support::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn text_is_verbatim((a, b) in two_texts(), delimiter in prop::sample::select(&DELIMITERS[..])) {
        check_pair::<Canonical, String>(&a, &b, delimiter);
        check_pair::<Plain, String>(&a, &b, delimiter);
        check_pair::<Canonical, Box<str>>(&a.as_str().into(), &b.as_str().into(), delimiter);
        check_pair::<Canonical, Arc<str>>(&a.as_str().into(), &b.as_str().into(), delimiter);
        check_strict::<Canonical, String>(&a, delimiter);
        check_strict::<Canonical, char>(&a, delimiter);
        let refused = a.is_empty() || a.contains(delimiter) || a.chars().any(|c| c > '\u{FFFFF}');
        prop_assert_eq!(text_of::<Canonical, String>(&a, delimiter).is_err(), refused);
    }

    #[test]
    fn characters_are_verbatim(a in character(), b in character()) {
        check_pair::<Canonical, char>(&a, &b, '#');
        check_pair::<Plain, char>(&a, &b, '#');
    }

    #[test]
    fn case_is_folded_on_text_that_is_folded((a, _) in two_texts(), delimiter in prop::sample::select(&DELIMITERS[..])) {
        check_lossy::<Lower, String>(&a, &a, delimiter);
        check_lossy::<Upper, String>(&a, &a, delimiter);
        for (text, full) in [
            (text_of::<Lower, String>(&a, delimiter), a.to_lowercase()),
            (text_of::<Upper, String>(&a, delimiter), a.to_uppercase()),
        ] {
            prop_assert!(text.is_err() || text == Ok(full));
        }
        // Lower case of any case is one text, or lookups would miss.
        let (once, ascii) = (text_of::<Lower, String>(&a, delimiter), a.to_ascii_uppercase());
        prop_assert_eq!(&once, &text_of::<Lower, String>(&ascii, delimiter));
        if let Ok(once) = once {
            prop_assert_eq!(text_of::<Lower, String>(&once, delimiter), Ok(once));
        }
    }

    #[test]
    fn escape_keeps_the_order_of_tuples(
        (a, b) in two_texts(),
        (c, d) in two_texts(),
        delimiter in prop::sample::select(&DELIMITERS[..]),
    ) {
        check_pair::<Escape, String>(&a, &b, delimiter);
        check_strict::<Escape, String>(&a, delimiter);
        let parts = [&a, &b, &c, &d].map(|text| text_of::<Escape, String>(text, delimiter));
        if let [Ok(w), Ok(x), Ok(y), Ok(z)] = parts {
            let (left, right) = (format!("{w}{delimiter}{y}"), format!("{x}{delimiter}{z}"));
            prop_assert_eq!((&a, &c).cmp(&(&b, &d)), left.cmp(&right), "{} {}", left, right);
        } else {
            prop_assert!(delimiter >= '0');
        }
    }
}

#[test]
fn near_misses_of_text_are_refused() {
    let texts = ["a", "é", "Ada Lovelace", "\u{FFFFF}", "\u{C0000}0c0000", "\u{C0000}", "$h", "$", "0a", "#"];
    for delimiter in ['#', '/', '!', '-'] {
        check_edges::<Canonical, String>(&texts.map(str::to_owned), delimiter);
        check_edges::<Escape, String>(&texts.map(str::to_owned), delimiter);
        check_edges::<Canonical, char>(&['a', 'é', '#', '\u{FFFFF}'], delimiter);
    }
}

#[test]
fn each_broken_rule_is_named() {
    let rule = |text: &str| text_of::<Canonical, String>(&text.to_owned(), '#').unwrap_err();
    assert_eq!(rule(""), PartRule::Empty);
    assert_eq!(rule("a#b"), PartRule::ContainsDelimiter('#'));
    assert_eq!(rule("\u{100000}"), PartRule::AboveLimit);
    assert_eq!(text_of::<Lower, String>(&String::new(), '#'), Err(PartRule::Empty));
    assert_eq!(text_of::<Upper, String>(&"é#".to_owned(), '#'), Err(PartRule::ContainsDelimiter('#')));
    assert_eq!(text_of::<Canonical, char>(&'#', '#'), Err(PartRule::ContainsDelimiter('#')));
    assert_eq!(text_of::<Escape, String>(&"a".to_owned(), ':'), Err(PartRule::CannotEscape(':')));
    assert!(!rule("secret#").to_string().contains("secret"));
}

/// The languages of `lower` and `upper` hold for every character of Unicode.
#[test]
fn case_of_every_character() {
    for character in (0..=0x10_FFFF).filter_map(char::from_u32) {
        let text = character.to_string();
        for (folded, language) in [
            (text_of::<Lower, String>(&text, '#'), <Lower as monotable::key::Codec<String>>::LANGUAGE),
            (text_of::<Upper, String>(&text, '#'), <Upper as monotable::key::Codec<String>>::LANGUAGE),
        ] {
            match folded {
                Ok(folded) => assert!(matches(language, &folded, '#'), "{character:?} {folded:?}"),
                Err(_) => assert!(character == '#' || character > '\u{FFFFF}', "{character:?}"),
            }
        }
    }
}
