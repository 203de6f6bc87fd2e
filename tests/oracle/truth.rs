//! What is true of random templates, by enumeration of strings, written without the automata.

use crate::world::{Strings, World};
use monotable::key::{escape, unescape};
use monotable::proof::{Language, Question, Segment, Template, witness};
use std::collections::HashMap;

/// What the languages mean.
pub(crate) fn contains(language: Language, delimiter: u8, bytes: &[u8]) -> bool {
    if let Language::Text { bytes: set, min } = language {
        return bytes.len() >= min && bytes.iter().all(|&byte| byte != delimiter && set.has(byte));
    }
    if let Language::Fixed(places) = language {
        return bytes.len() == places.len() && bytes.iter().zip(places).all(|(&byte, set)| set.has(byte));
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    match language {
        Language::Verbatim => {
            !text.is_empty() && text.chars().all(|c| c != char::from(delimiter) && c < '\u{100000}')
        }
        Language::UpTo { width, max } => (0..=max).any(|value| format!("{value:0width$}") == text),
        Language::Words(words) => words.contains(&text),
        Language::Decimal { digits, signed } => text.parse::<i64>().is_ok_and(|value| {
            value.to_string() == text
                && (signed || value >= 0)
                && text.trim_start_matches('-').len() <= digits
        }),
        Language::Signed { width, max_negative, max_positive } => {
            let nines = 10u128.pow(width as u32) - 1;
            (0..=max_positive).any(|value| format!("0{value:0width$}") == text)
                || (1..=max_negative).any(|value| format!("-{:0width$}", nines - value) == text)
        }
        Language::Escaped => unescape(text, char::from(delimiter)).is_ok_and(|plain| {
            let mut again = String::new();
            escape(&plain, char::from(delimiter), &mut again).expect("what can be unescaped can be escaped");
            again == text
        }),
        Language::Text { .. } | Language::Fixed(_) => unreachable!("treated above"),
    }
}

/// Where each segment ends, for one way to take a string apart.
pub(crate) type Ends = Vec<u8>;

/// Every way to take any bytes apart.
fn parses(segments: &[Segment], delimiter: u8, bytes: &[u8]) -> Vec<Ends> {
    let mut ways: Vec<Ends> = vec![vec![]];
    for segment in segments {
        let mut longer = vec![];
        for way in &ways {
            let from = way.last().map_or(0, |&end| end as usize);
            for to in from..=bytes.len() {
                let fits = match *segment {
                    Segment::Literal(text) => text.as_bytes() == &bytes[from..to],
                    Segment::Part { language, .. } => contains(language, delimiter, &bytes[from..to]),
                };
                if fits {
                    longer.push([way.as_slice(), &[to as u8]].concat());
                }
            }
        }
        ways = longer;
    }
    ways.retain(|way| way.last().map_or(0, |&end| end as usize) == bytes.len());
    ways
}

/// A template and all of its keys up to the bound.
pub(crate) struct Case {
    pub(crate) template: Template,
    pub(crate) segments: &'static [Segment],
    /// For each number of segments: the strings they produce, and how these come apart.
    cuts: Vec<HashMap<usize, Vec<Ends>>>,
    /// For each number of segments: which strings begin with one that they produce.
    begins: Vec<Vec<bool>>,
    has: Vec<bool>,
}

/// Templates with more keys than this are drawn anew.
const MOST_KEYS: usize = 30_000;

impl Case {
    pub(crate) fn new(
        template: Template,
        segments: &'static [Segment],
        world: &World,
        strings: &Strings,
    ) -> Option<Self> {
        let mut cuts = vec![HashMap::from([(0, vec![vec![]])])];
        for segment in segments {
            let members = members(*segment, world, strings);
            let mut longer: HashMap<usize, Vec<Ends>> = HashMap::new();
            for (&string, ways) in cuts.last().expect("the empty prefix") {
                for &member in &members {
                    let Some(whole) = strings.concat(string, member) else { break };
                    let end = strings.all[whole].len() as u8;
                    let extended = ways.iter().map(|way| [way.as_slice(), &[end]].concat());
                    longer.entry(whole).or_default().extend(extended);
                }
            }
            if longer.values().map(Vec::len).sum::<usize>() > MOST_KEYS {
                return None;
            }
            cuts.push(longer);
        }
        let begins = cuts.iter().map(|keys| begins(keys, strings)).collect();
        let keys = cuts.last().expect("the whole template");
        let has = (0..strings.all.len()).map(|string| keys.contains_key(&string)).collect();
        Some(Self { template, segments, cuts, begins, has })
    }

    pub(crate) fn keys(&self) -> &HashMap<usize, Vec<Ends>> {
        &self.cuts[self.segments.len()]
    }

    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.has.iter().zip(&other.has).any(|(mine, theirs)| *mine && *theirs)
    }

    pub(crate) fn begins(&self, segments: usize, other: &Self) -> bool {
        self.begins[segments].iter().zip(&other.has).any(|(mine, theirs)| *mine && *theirs)
    }

    pub(crate) fn twice(&self) -> bool {
        self.keys().values().any(|ways| ways.len() > 1)
    }

    pub(crate) fn prefix_twice(&self, segments: usize, strings: &Strings) -> bool {
        self.keys().iter().any(|(&key, ways)| {
            (0..=strings.length(key)).any(|length| {
                let bound = self.cuts[segments].get(&strings.prefix(key, length));
                bound.into_iter().flatten().any(|bound| ways.iter().any(|way| way[..segments] != bound[..]))
            })
        })
    }

    /// For a template that comes apart in one way: all keys as (what stands before the segment, the
    /// segment, key), in order.
    pub(crate) fn rows<'a>(&self, segment: usize, strings: &'a Strings) -> Vec<[&'a [u8]; 3]> {
        let row = |(&key, ways): (&usize, &Vec<Ends>)| {
            let key = strings.all[key].as_slice();
            let from = if segment == 0 { 0 } else { ways[0][segment - 1] as usize };
            [&key[..from], &key[from..ways[0][segment] as usize], key]
        };
        let mut rows: Vec<_> = self.keys().iter().map(row).collect();
        rows.sort_unstable();
        rows
    }

    pub(crate) fn misorders(&self, segment: usize, strings: &Strings) -> bool {
        misordered(&self.rows(segment, strings))
    }
}

/// Whether a key sorts at or above one of a greater value.
fn misordered(rows: &[[&[u8]; 3]]) -> bool {
    // Keys of lesser values, then those of the value at hand.
    let (mut below, mut here): (Option<&[u8]>, Option<&[u8]>) = (None, None);
    for (at, row) in rows.iter().enumerate() {
        if at > 0 && rows[at - 1][0] != row[0] {
            (below, here) = (None, None);
        } else if at > 0 && rows[at - 1][1] != row[1] {
            below = below.max(here);
        }
        if below.is_some_and(|below| below >= row[2]) {
            return true;
        }
        here = here.max(Some(row[2]));
    }
    false
}

/// Two misordered keys can be longer than the bound: seeks them among compositions of short values.
pub(crate) fn misorders_beyond(case: &Case, segment: usize, world: &World, strings: &Strings) -> bool {
    let mut keys: Vec<[Vec<u8>; 3]> = vec![<[Vec<u8>; 3]>::default()];
    for (number, &piece) in case.segments.iter().enumerate() {
        let mut values = members(piece, world, strings);
        values.retain(|&value| strings.length(value) <= 3);
        values.sort_by_key(|&value| &strings.all[value]);
        // What the part itself and the next one hold decides; the others need to have any value.
        let choice = if number == segment || number == segment + 1 { 80 } else { 4 };
        let stride = values.len().div_ceil(choice).max(1);
        let values: Vec<&[u8]> = values.iter().step_by(stride).map(|&value| &*strings.all[value]).collect();
        let compose = |[before, value, key]: &[Vec<u8>; 3], piece: &[u8]| {
            let more = |to: &[u8], wanted: bool| if wanted { [to, piece].concat() } else { to.to_vec() };
            [more(before, number < segment), more(value, number == segment), more(key, true)]
        };
        keys = keys.iter().flat_map(|key| values.iter().map(|piece| compose(key, piece))).collect();
    }
    let mut rows: Vec<[&[u8]; 3]> = keys.iter().map(|key| [&*key[0], &*key[1], &*key[2]]).collect();
    rows.sort_unstable();
    misordered(&rows)
}

fn members(segment: Segment, world: &World, strings: &Strings) -> Vec<usize> {
    let fits = |bytes: &[u8]| match segment {
        Segment::Literal(text) => text.as_bytes() == bytes,
        Segment::Part { language, .. } => contains(language, world.delimiter, bytes),
    };
    (0..strings.all.len()).filter(|&string| fits(&strings.all[string])).collect()
}

fn begins(keys: &HashMap<usize, Vec<Ends>>, strings: &Strings) -> Vec<bool> {
    let mut begins: Vec<bool> = vec![];
    for string in 0..strings.all.len() {
        let length = strings.length(string);
        let longer = length > 0 && begins[strings.prefix(string, length - 1)];
        begins.push(longer || keys.contains_key(&string));
    }
    begins
}

/// An example longer than the bound makes a "yes" true, if these predicates confirm it.
pub(crate) fn confirms(question: Question, a: &Case, b: &Case, delimiter: u8) -> bool {
    let Some(found) = witness(question, &a.template, &b.template) else { return false };
    let bytes: Vec<u8> = (0..found.len()).map(|at| found.byte(at)).collect();
    let parsed = parses(b.segments, delimiter, &bytes);
    let prefixes = |segments: usize| {
        let cut = |length: usize| parses(&a.segments[..segments], delimiter, &bytes[..length]);
        (0..=bytes.len()).flat_map(cut).collect::<Vec<_>>()
    };
    match question {
        Question::Meet => {
            !parsed.is_empty() && prefixes(a.segments.len()).iter().any(|way| whole(way, found.len()))
        }
        Question::Begins { segments } => !parsed.is_empty() && !prefixes(segments).is_empty(),
        Question::Twice => parsed.len() > 1,
        Question::TwicePrefix { segments } => {
            prefixes(segments).iter().any(|bound| parsed.iter().any(|way| way[..segments] != bound[..]))
        }
        Question::Misorder { .. } => false,
    }
}

fn whole(way: &Ends, length: usize) -> bool {
    way.last().map_or(0, |&end| end as usize) == length
}
