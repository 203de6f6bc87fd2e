//! Which texts match a template, against a matcher that tries every way to cut them.

use monotable::key::{Bytes, Language, escape, unescape};
use monotable::proof::{Segment, Template};
use proptest::prelude::*;
use proptest::sample::select;

use crate::language::matches;

const LANGUAGES: [Language; 9] = [
    Language::Verbatim,
    Language::Text { bytes: Bytes::of(b"ab-"), min: 0 },
    Language::Fixed(&[Bytes::of(b"ab"), Bytes::of(b"a0")]),
    Language::UpTo { width: 2, max: 19 },
    Language::Words(&["a", "ab", "b-"]),
    Language::Decimal { digits: 2, signed: true },
    Language::Decimal { digits: 3, signed: false },
    Language::Signed { width: 2, max_negative: 12, max_positive: 30 },
    Language::Escaped,
];

const LITERALS: [&str; 7] = ["#", "a", "-", "a#", "0", "$h", "é"];

fn segment() -> impl Strategy<Value = Segment> {
    prop_oneof![
        select(&LANGUAGES[..]).prop_map(|language| Segment::part("field", language)),
        select(&LITERALS[..]).prop_map(Segment::Literal),
    ]
}

fn is_escaped(text: &str) -> bool {
    let mut again = String::new();
    unescape(text, '#').is_ok_and(|plain| escape(&plain, '#', &mut again).is_ok() && again == text)
}

fn fits(segments: &[Segment], text: &str) -> bool {
    let Some((segment, rest)) = segments.split_first() else { return text.is_empty() };
    (0..=text.len()).filter_map(|end| text.split_at_checked(end)).any(|(head, tail)| {
        let is_head = match *segment {
            Segment::Literal(literal) => head == literal,
            Segment::Part { language: Language::Escaped, .. } => is_escaped(head),
            Segment::Part { language, .. } => matches(language, head, '#'),
        };
        is_head && fits(rest, tail)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn templates_match_what_can_be_cut(
        segments in prop::collection::vec(segment(), 1..5),
        texts in prop::collection::vec("[ab#0-9é$h-]{0,7}|(a|ab|b-|#|-|-98|012|0|17|é|\\$h){0,6}", 8),
    ) {
        let segments: &'static [Segment] = segments.leak();
        let template = Template::text("", b'#', segments);
        for text in texts {
            prop_assert_eq!(template.matches(&text), fits(segments, &text), "{:?} {:?}", segments, text);
        }
    }
}
