//! Key templates: text to segments, with byte ranges for carets. Knows no syn.

use std::ops::Range;

/// One piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Segment {
    /// Literal text, with `{{` and `}}` already single.
    Literal(String),
    /// `{field}` or `{field:codec}`.
    Part {
        field: String,
        codec: Codec,
        /// Where the braces and what they hold stand in the template.
        range: Range<usize>,
    },
}

/// How a part is written: `{n:06}`, `{email:lower}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Codec {
    /// As its type writes it.
    Canonical,
    Pad(usize),
    Plain,
    Lower,
    Upper,
    Date,
    Seconds,
    Millis,
    Escape,
    Shard(u32),
}

/// The codecs, as written.
pub(crate) const CODECS: &[&str] =
    &["06", "plain", "lower", "upper", "date", "seconds", "millis", "escape", "shard(16)"];

impl Codec {
    /// Whether the codec may lose something, as far as its name tells.
    pub(crate) fn is_lossy(self) -> bool {
        match self {
            Self::Lower | Self::Upper | Self::Date | Self::Shard(_) => true,
            Self::Canonical | Self::Pad(_) | Self::Plain | Self::Seconds | Self::Millis | Self::Escape => {
                false
            }
        }
    }

    fn parse(text: &str) -> Result<Self, ProblemKind> {
        Ok(match text {
            "plain" => Self::Plain,
            "lower" => Self::Lower,
            "upper" => Self::Upper,
            "date" => Self::Date,
            "seconds" => Self::Seconds,
            "millis" => Self::Millis,
            "escape" => Self::Escape,
            _ if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) => Self::pad(text)?,
            _ => match text.strip_prefix("shard") {
                Some(count) => Self::shard(count)?,
                None => return Err(ProblemKind::UnknownCodec),
            },
        })
    }

    fn pad(text: &str) -> Result<Self, ProblemKind> {
        let width = text.strip_prefix('0').and_then(|width| width.parse().ok());
        width.filter(|width| (1..=39).contains(width)).map(Self::Pad).ok_or(ProblemKind::PadWidth)
    }

    fn shard(count: &str) -> Result<Self, ProblemKind> {
        let count = count.strip_prefix('(').and_then(|count| count.strip_suffix(')'));
        let count = count.and_then(|count| count.parse().ok());
        count.filter(|count| *count > 0).map(Self::Shard).ok_or(ProblemKind::ShardCount)
    }
}

/// What is wrong with a template, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) kind: ProblemKind,
    pub(crate) range: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProblemKind {
    Unclosed,
    Unopened,
    NoField,
    NotAName,
    UnknownCodec,
    PadWidth,
    ShardCount,
}

/// The segments of `text`, adjacent literals joined, and everything that is wrong with the rest of it.
pub(crate) fn parse(text: &str) -> (Vec<Segment>, Vec<Problem>) {
    let mut parser = Parser { text, at: 0, segments: Vec::new(), problems: Vec::new() };
    while parser.at < text.len() {
        parser.step();
    }
    (parser.segments, parser.problems)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    segments: Vec<Segment>,
    problems: Vec<Problem>,
}

impl Parser<'_> {
    fn step(&mut self) {
        let rest = &self.text[self.at..];
        if rest.starts_with("{{") || rest.starts_with("}}") {
            self.literal(&rest[..1]);
            self.at += 2;
        } else if rest.starts_with('{') {
            self.part();
        } else if rest.starts_with('}') {
            self.problem(ProblemKind::Unopened, self.at..self.at + 1);
            self.at += 1;
        } else {
            let end = rest.find(['{', '}']).unwrap_or(rest.len());
            self.literal(&rest[..end]);
            self.at += end;
        }
    }

    fn part(&mut self) {
        let start = self.at;
        let Some(length) = self.text[start..].find('}') else {
            self.problem(ProblemKind::Unclosed, start..start + 1);
            self.at = self.text.len();
            return;
        };
        let range = start..start + length + 1;
        self.at = range.end;
        let inner = &self.text[range.start + 1..range.end - 1];
        let (field, codec) =
            inner.split_once(':').map_or((inner, None), |(field, codec)| (field, Some(codec)));
        if field.is_empty() {
            return self.problem(ProblemKind::NoField, range);
        }
        if !is_name(field) {
            return self.problem(ProblemKind::NotAName, range.start + 1..range.start + 1 + field.len());
        }
        match codec.map_or(Ok(Codec::Canonical), Codec::parse) {
            Ok(codec) => self.segments.push(Segment::Part { field: field.to_owned(), codec, range }),
            Err(kind) => self.problem(kind, range.start + 2 + field.len()..range.end - 1),
        }
    }

    fn literal(&mut self, text: &str) {
        match self.segments.last_mut() {
            Some(Segment::Literal(last)) => last.push_str(text),
            _ => self.segments.push(Segment::Literal(text.to_owned())),
        }
    }

    fn problem(&mut self, kind: ProblemKind, range: Range<usize>) {
        self.problems.push(Problem { kind, range });
    }
}

fn is_name(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|first| first == '_' || first.is_alphabetic())
        && characters.all(|next| next == '_' || next.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(text: &str) -> Segment {
        Segment::Literal(text.to_owned())
    }

    fn part(field: &str, range: Range<usize>) -> Segment {
        Segment::Part { field: field.to_owned(), codec: Codec::Canonical, range }
    }

    fn sound(text: &str) -> Vec<Segment> {
        let (segments, problems) = parse(text);
        assert_eq!(problems, [], "in {text:?}");
        segments
    }

    #[test]
    fn literals_and_parts_alternate_as_written() {
        assert_eq!(sound("PROFILE"), [literal("PROFILE")]);
        assert_eq!(sound("{id}"), [part("id", 0..4)]);
        assert_eq!(sound("é#{a}#{b}"), [literal("é#"), part("a", 3..6), literal("#"), part("b", 7..10)]);
        assert_eq!(sound(""), []);
    }

    #[test]
    fn doubled_braces_are_literal() {
        assert_eq!(sound("a{{b}}c"), [literal("a{b}c")]);
        assert_eq!(sound("{{{a}}}"), [literal("{"), part("a", 2..5), literal("}")]);
    }

    #[test]
    fn a_codec_follows_the_colon() {
        let codec = |text: &str| match sound(text).pop() {
            Some(Segment::Part { codec, .. }) => codec,
            other => panic!("{other:?} is no part"),
        };
        assert_eq!(codec("{n:06}"), Codec::Pad(6));
        assert_eq!(codec("{n:012}"), Codec::Pad(12));
        assert_eq!(codec("{n:shard(16)}"), Codec::Shard(16));
        assert_eq!(codec("{n:lower}"), Codec::Lower);
        let problem = |text: &str| parse(text).1.remove(0);
        for (text, kind) in [
            ("{n:}", ProblemKind::UnknownCodec),
            ("{n:lowr}", ProblemKind::UnknownCodec),
            ("{n:6}", ProblemKind::PadWidth),
            ("{n:00}", ProblemKind::PadWidth),
            ("{n:040}", ProblemKind::PadWidth),
            ("{n:shard}", ProblemKind::ShardCount),
            ("{n:shard(0)}", ProblemKind::ShardCount),
        ] {
            assert_eq!(problem(text), Problem { kind, range: 3..text.len() - 1 }, "{text}");
        }
    }

    #[test]
    fn every_problem_is_found_in_one_pass() {
        let (segments, problems) = parse("a}b{}{id}c{1x}{open");
        assert_eq!(segments, [literal("ab"), part("id", 5..9), literal("c")]);
        let found: Vec<_> = problems.into_iter().map(|problem| (problem.kind, problem.range)).collect();
        use ProblemKind::{NoField, NotAName, Unclosed, Unopened};
        assert_eq!(found, [(Unopened, 1..2), (NoField, 3..5), (NotAName, 11..13), (Unclosed, 14..15)]);
    }

    /// Whatever the text, every byte of a literal and every field comes from it, and nothing panics.
    #[test]
    fn any_text_parses_or_is_refused() {
        let alphabet = ["{", "}", "a", "#", "é", ":"];
        for number in 0..alphabet.len().pow(5) {
            let text: String = (0..5u32)
                .map(|place| alphabet[number / alphabet.len().pow(place) % alphabet.len()])
                .collect();
            let (segments, problems) = parse(&text);
            if problems.is_empty() {
                let again: String = segments
                    .iter()
                    .map(|segment| match segment {
                        Segment::Literal(text) => text.replace('{', "{{").replace('}', "}}"),
                        Segment::Part { field, .. } => format!("{{{field}}}"),
                    })
                    .collect();
                assert_eq!(again, text);
            }
        }
    }
}
