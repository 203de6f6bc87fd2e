//! The languages one by one: exactly which texts they are, beyond what the oracle's alphabets reach.

use monotable::key::escape;
use monotable::proof::{Bytes, Language, Segment, Template};

fn template(delimiter: u8, segment: Segment) -> Template {
    Template::text("", delimiter, vec![segment].leak())
}

fn has(language: Language, delimiter: u8, text: &str) -> bool {
    let text = Segment::Literal(text.to_owned().leak());
    template(delimiter, Segment::part("p", language)).meets(&template(delimiter, text))
}

#[track_caller]
fn check(language: Language, texts: &[&str], others: &[&str]) {
    for text in texts {
        assert!(has(language, b'#', text), "{text}");
    }
    for text in others {
        assert!(!has(language, b'#', text), "{text}");
    }
}

/// As the codec writes it.
fn signed(value: i128, width: usize) -> String {
    let nines = |digit: char| char::from(b'0' + b'9' - digit as u8);
    let digits = format!("{:0width$}", value.unsigned_abs());
    if value < 0 {
        format!("-{}", digits.chars().map(nines).collect::<String>())
    } else {
        format!("0{digits}")
    }
}

#[test]
fn signed_numbers_of_every_type() {
    let edges = [
        (3, i128::from(i8::MIN), i128::from(i8::MAX)),
        (5, i128::from(i16::MIN), i128::from(i16::MAX)),
        (10, i128::from(i32::MIN), i128::from(i32::MAX)),
        (19, i128::from(i64::MIN), i128::from(i64::MAX)),
        (6, -999_999, 999_999),
    ];
    for (width, least, greatest) in edges {
        let language = Language::Signed {
            width,
            max_negative: least.unsigned_abs(),
            max_positive: greatest.unsigned_abs(),
        };
        let middle = [-1, 0, 1, 7, -10, 90, least / 3, greatest / 3];
        for value in middle.into_iter().chain([least, least + 1, greatest - 1, greatest]) {
            assert!(has(language, b'#', &signed(value, width)), "{value} in {width}");
        }
        for value in [least - 1, greatest + 1] {
            assert!(!has(language, b'#', &signed(value, width)), "{value} in {width}");
        }
        let zero = format!("-{:0width$}", 10i128.pow(width as u32) - 1);
        assert!(!has(language, b'#', &zero), "there is one zero");
    }
}

/// The complement of an `i128` has more digits than a `u128` holds.
#[test]
fn signed_numbers_of_128_bits() {
    let language = Language::Signed {
        width: 39,
        max_negative: i128::MIN.unsigned_abs(),
        max_positive: i128::MAX as u128,
    };
    for value in [i128::MIN, i128::MIN + 1, -1, 0, 1, i128::MAX - 1, i128::MAX] {
        assert!(has(language, b'#', &signed(value, 39)), "{value}");
    }
    check(
        language,
        &[],
        &[
            "0170141183460469231731687303715884105728",
            "-829858816539530768268312696284115894270",
            "-999999999999999999999999999999999999999",
            "0999999999999999999999999999999999999999",
        ],
    );
}

#[test]
fn unsigned_numbers() {
    let byte = Language::UpTo { width: 3, max: 255 };
    check(byte, &["000", "009", "199", "249", "255"], &["256", "260", "300", "25", "0255", ""]);
    check(
        Language::UpTo { width: 20, max: u64::MAX.into() },
        &["18446744073709551615"],
        &["18446744073709551616"],
    );
    let wide = Language::UpTo { width: 41, max: u128::MAX };
    check(
        wide,
        &["00340282366920938463463374607431768211455"],
        &["00340282366920938463463374607431768211456", "10000000000000000000000000000000000000000"],
    );
}

#[test]
fn plain_decimals() {
    let plain = Language::Decimal { digits: 3, signed: true };
    check(plain, &["-1", "0", "999", "-999", "10"], &["-0", "007", "1000", "-", "", "-1000", "+1"]);
    check(Language::Decimal { digits: 3, signed: false }, &["0", "42"], &["-1", "00"]);
}

#[test]
fn verbatim_text() {
    check(Language::Verbatim, &["a", "é", "a b", "\u{FFFFF}"], &["", "a#b"]);
    assert!(has(Language::Verbatim, b':', "a#b") && !has(Language::Verbatim, b':', "a:b"));
    let three = Language::Text { bytes: Bytes::DIGITS, min: 3 };
    check(three, &["123", "1234"], &["12", "12a"]);
}

/// As the parts that have this language refuse it: `{a:lower}#{b:lower}` comes apart in one way.
#[test]
fn text_over_chosen_bytes_has_no_delimiter() {
    let any = Language::Text { bytes: Bytes::TEXT, min: 1 };
    assert!(has(any, b':', "a#b") && !has(any, b'#', "a#b"));
    let two = [Segment::part("a", any), Segment::Literal("#"), Segment::part("b", any)];
    assert!(!Template::text("", b'#', two.to_vec().leak()).is_ambiguous());
    assert!(Template::text("", b':', two.to_vec().leak()).is_ambiguous());
}

#[test]
fn escaped_text() {
    for delimiter in b'!'..=b'/' {
        for plain in [
            "",
            "plain",
            "! \" # $ /0",
            "\0\u{1f}",
            "é",
            "\u{C0000}",
            "\u{FFFFF}",
            "\u{100000}",
            "\u{10FFFF}",
        ] {
            let mut key = String::new();
            escape(plain, char::from(delimiter), &mut key).expect("a delimiter that can be escaped");
            assert!(has(Language::Escaped, delimiter, &key), "{key:?}");
        }
    }
    for broken in
        ["\u{C0000}0bffff", "\u{C0000}110000", "\u{C0000}0c000", "\u{C0001}", "$e", "$n", "a b", "#"]
    {
        assert!(!has(Language::Escaped, b'#', broken), "{broken:?}");
    }
}

#[test]
fn words_and_places() {
    check(Language::Words(&["open", "paid", ""]), &["open", "paid", ""], &["op", "opened", "openpaid"]);
    const PLACES: &[Bytes] = &[Bytes::HEX, Bytes::of(b"-"), Bytes::HEX];
    check(Language::Fixed(PLACES), &["a-0"], &["a-", "a-00", "A-0", "g-0"]);
}

/// Which parts have a range: the last place, a closed part whose bytes are above what closes it, and
/// fixed widths; not plain decimals, nor words that are listed in another order.
#[test]
fn ranges() {
    fn allows(delimiter: u8, segments: &[Segment], part: usize) -> bool {
        Template::text("", delimiter, segments.to_vec().leak()).allows_range(part)
    }
    let followed = |delimiter, language| {
        let closed = if delimiter == b'|' { "|" } else { "#" };
        let segments =
            [Segment::part("a", language), Segment::Literal(closed), Segment::part("b", Language::Verbatim)];
        allows(delimiter, &segments, 0)
    };
    let alone = |language| allows(b'#', &[Segment::Literal("A#"), Segment::part("a", language)], 0);
    assert!(alone(Language::Verbatim) && !followed(b'#', Language::Verbatim));
    assert!(alone(Language::Escaped) && followed(b'#', Language::Escaped));
    assert!(!alone(Language::Decimal { digits: 3, signed: false }));
    let signed = Language::Signed { width: 3, max_negative: 128, max_positive: 127 };
    assert!(alone(signed) && followed(b'#', signed));
    assert!(
        followed(b'#', Language::Words(&["open", "paid"]))
            && !followed(b'#', Language::Words(&["paid", "open"]))
    );
    assert!(!followed(b'#', Language::Words(&["open", "open!"])), "`open!` sorts before `open#`");
    assert!(!followed(b'|', Language::Words(&["a", "ab"])), "`a|` sorts behind `ab`");
    let words = Language::Text { bytes: Bytes::range(b'a', b'z'), min: 1 };
    assert!(followed(b'#', words) && !followed(b'|', words));
}

/// The lesser value's key is greater only because the other key has ended: `abc` and `ab`.
#[test]
fn a_key_that_ends_can_be_the_lesser() {
    let segments = [Language::Words(&["a", "ab"]), Language::Words(&["", "bc"])];
    let segments = segments.map(|language| Segment::part("p", language)).to_vec();
    let template = Template::text("", b'#', segments.leak());
    assert!(!template.is_ambiguous() && template.misorders(0) && !template.allows_range(0));
}

/// A prefix of a text part: where the text cannot run into the literal behind it.
#[test]
fn prefixes() {
    let text = Segment::part("name", Language::Verbatim);
    for (segments, allowed) in [
        (vec![Segment::Literal("N#"), text], true),
        (vec![text, Segment::Literal("#X")], true),
        (vec![text, Segment::Literal("mX")], false),
        (vec![text, text], false),
    ] {
        assert_eq!(
            Template::text("", b'#', segments.clone().leak()).allows_prefix(0),
            allowed,
            "{segments:?}"
        );
    }
}
