//! Key templates: text to segments, with byte ranges for carets. Knows no syn.

use std::ops::Range;

/// One piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Segment {
    /// Literal text, with `{{` and `}}` already single.
    Literal(String),
    /// `{field}`.
    Part {
        field: String,
        /// Where the braces and what they hold stand in the template.
        range: Range<usize>,
    },
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
}

/// The segments of `text`, adjacent literals joined, or everything that is wrong with it.
pub(crate) fn parse(text: &str) -> Result<Vec<Segment>, Vec<Problem>> {
    let mut parser = Parser { text, at: 0, segments: Vec::new(), problems: Vec::new() };
    while parser.at < text.len() {
        parser.step();
    }
    if parser.problems.is_empty() { Ok(parser.segments) } else { Err(parser.problems) }
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
            self.literal(&rest[..1].to_owned());
            self.at += 2;
        } else if rest.starts_with('{') {
            self.part();
        } else if rest.starts_with('}') {
            self.problem(ProblemKind::Unopened, self.at..self.at + 1);
            self.at += 1;
        } else {
            let end = rest.find(['{', '}']).unwrap_or(rest.len());
            self.literal(&rest[..end].to_owned());
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
        let field = &self.text[range.start + 1..range.end - 1];
        if field.is_empty() {
            self.problem(ProblemKind::NoField, range);
        } else if !is_name(field) {
            self.problem(ProblemKind::NotAName, range.start + 1..range.end - 1);
        } else {
            self.segments.push(Segment::Part { field: field.to_owned(), range });
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
        Segment::Part { field: field.to_owned(), range }
    }

    #[test]
    fn literals_and_parts_alternate_as_written() {
        assert_eq!(parse("PROFILE"), Ok(vec![literal("PROFILE")]));
        assert_eq!(parse("{id}"), Ok(vec![part("id", 0..4)]));
        assert_eq!(parse("é#{a}#{b}"), Ok(vec![literal("é#"), part("a", 3..6), literal("#"), part("b", 7..10)]));
        assert_eq!(parse(""), Ok(vec![]));
    }

    #[test]
    fn doubled_braces_are_literal() {
        assert_eq!(parse("a{{b}}c"), Ok(vec![literal("a{b}c")]));
        assert_eq!(parse("{{{a}}}"), Ok(vec![literal("{"), part("a", 2..5), literal("}")]));
    }

    #[test]
    fn every_problem_is_found_in_one_pass() {
        let problems = parse("a}b{}c{1x}{open").unwrap_err();
        let found: Vec<_> = problems.into_iter().map(|problem| (problem.kind, problem.range)).collect();
        use ProblemKind::{NoField, NotAName, Unclosed, Unopened};
        assert_eq!(found, [(Unopened, 1..2), (NoField, 3..5), (NotAName, 7..9), (Unclosed, 10..11)]);
    }

    /// Whatever the text, every byte of a literal and every field comes from it, and nothing panics.
    #[test]
    fn any_text_parses_or_is_refused() {
        let alphabet = ["{", "}", "a", "#", "é", ":"];
        for number in 0..alphabet.len().pow(5) {
            let text: String = (0..5u32).map(|place| alphabet[number / alphabet.len().pow(place) % alphabet.len()]).collect();
            if let Ok(segments) = parse(&text) {
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
