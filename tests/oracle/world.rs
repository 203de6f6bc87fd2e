//! Tiny worlds: an alphabet, all strings over it up to a bound, and random templates.

use monotable::proof::{Bytes, Language, Segment, Template};

/// Xorshift: the same templates in every run.
pub(crate) struct Random(pub u64);

impl Random {
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n
    }

    fn flip(&mut self) -> bool {
        self.below(2) == 0
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Text,
    Digits,
    Signed,
    Escape,
    Utf8,
}

pub(crate) struct World {
    pub(crate) kind: Kind,
    pub(crate) delimiter: u8,
    /// NUL is the least byte, and one is greater than the delimiter, where text must be able to sort below and above
    /// everything: within the alphabet then happens what can happen at all.
    pub(crate) alphabet: &'static [&'static str],
    /// The length of the longest strings, in letters of the alphabet.
    pub(crate) bound: usize,
}

pub(crate) const WORLDS: [World; 7] = [
    World { kind: Kind::Text, delimiter: b'#', alphabet: &["\0", "#", "a", "z"], bound: 6 },
    World { kind: Kind::Text, delimiter: b'|', alphabet: &["\0", "a", "|", "~"], bound: 6 },
    World { kind: Kind::Digits, delimiter: b'#', alphabet: &["#", "0", "1", "8", "9"], bound: 6 },
    World { kind: Kind::Signed, delimiter: b'#', alphabet: &["#", "-", "0", "1", "8", "9"], bound: 5 },
    World { kind: Kind::Escape, delimiter: b'#', alphabet: &["#", "$", "0", "_"], bound: 6 },
    World { kind: Kind::Escape, delimiter: b'/', alphabet: &["/", "0", "a", "z"], bound: 6 },
    World { kind: Kind::Utf8, delimiter: b'#', alphabet: &["\0", "#", "a", "ä", "é"], bound: 5 },
];

impl World {
    /// All strings, shorter ones first, as their letters' numbers read in base `alphabet.len()`.
    pub(crate) fn strings(&self) -> Strings {
        let letters = self.alphabet.len();
        let mut all: Vec<Vec<u8>> = vec![vec![]];
        let mut first = vec![0];
        for length in 0..self.bound {
            first.push(all.len());
            for before in first[length]..first[length + 1] {
                for letter in self.alphabet {
                    let mut longer = all[before].clone();
                    longer.extend_from_slice(letter.as_bytes());
                    all.push(longer);
                }
            }
        }
        Strings { all, first, letters }
    }

    pub(crate) fn template(&self, random: &mut Random) -> (Template, &'static [Segment]) {
        let mut segments: Vec<Segment> = vec![];
        let count = 1 + random.below(4);
        while segments.len() < count {
            // Text directly behind text is the documented case where bytes are not characters.
            let apart = self.kind == Kind::Utf8 && matches!(segments.last(), Some(Segment::Part { .. }));
            segments.push(if apart || random.below(5) < 2 {
                let delimiter = self.alphabet.iter().find(|letter| letter.as_bytes() == [self.delimiter]);
                let literal =
                    if random.flip() { delimiter.copied().expect("a letter") } else { self.word(random, 1) };
                Segment::Literal(literal)
            } else {
                Segment::part("p", self.language(random))
            });
        }
        let segments: &'static [Segment] = segments.leak();
        (Template::text("", self.delimiter, segments), segments)
    }

    fn word(&self, random: &mut Random, min: usize) -> &'static str {
        let length = min + random.below(3 - min);
        let word: String = (0..length).map(|_| self.alphabet[random.below(self.alphabet.len())]).collect();
        word.leak()
    }

    fn bytes(&self, random: &mut Random) -> Bytes {
        let ascii = |letter: &&&str| letter.is_ascii();
        let mut set = Bytes::NONE;
        while set.is_empty() {
            let some = self.alphabet.iter().filter(ascii).filter(|_| random.flip());
            set = some.fold(Bytes::NONE, |set, letter| set.or(Bytes::of(letter.as_bytes())));
        }
        set
    }

    fn text(&self, random: &mut Random) -> Language {
        // Some ASCII, so that examples can do without halves of characters.
        let text = Bytes::BEYOND_ASCII.with(b'a');
        let beyond = if self.kind == Kind::Utf8 && random.flip() { text } else { Bytes::NONE };
        let mut bytes = Bytes::NONE;
        while bytes.without(self.delimiter).is_empty() {
            bytes = self.bytes(random).or(beyond);
        }
        Language::Text { bytes, min: random.below(4).min(1) }
    }

    fn language(&self, random: &mut Random) -> Language {
        match random.below(6) {
            0 => self.text(random),
            1 => {
                Language::Fixed((0..=random.below(2)).map(|_| self.bytes(random)).collect::<Vec<_>>().leak())
            }
            2 => {
                let mut words: Vec<&str> = (0..=random.below(3)).map(|_| self.word(random, 0)).collect();
                if random.flip() {
                    words.sort_unstable();
                }
                let mut seen = vec![];
                words.retain(|word| !seen.contains(word) && (seen.push(*word), true).1);
                Language::Words(words.leak())
            }
            _ => match self.kind {
                Kind::Text | Kind::Utf8 if random.flip() => Language::Verbatim,
                Kind::Text | Kind::Utf8 => self.text(random),
                Kind::Digits => number(random, false),
                Kind::Signed => number(random, true),
                Kind::Escape => Language::Escaped,
            },
        }
    }
}

fn number(random: &mut Random, signs: bool) -> Language {
    let width = 1 + random.below(2);
    // With these digits in a bound, what differs from the bound in a digit exists in the alphabet.
    let mut bound = || (0..width).fold(0, |value, _| value * 10 + [0, 1, 9][random.below(3)]);
    let (max, max_negative) = (bound(), bound());
    match random.below(if signs { 4 } else { 2 }) {
        0 => Language::UpTo { width, max },
        1 => Language::Decimal { digits: width, signed: signs && random.flip() },
        _ => Language::Signed { width, max_negative, max_positive: max },
    }
}

pub(crate) struct Strings {
    pub(crate) all: Vec<Vec<u8>>,
    /// Where the strings of each length begin.
    first: Vec<usize>,
    letters: usize,
}

impl Strings {
    /// In letters.
    pub(crate) fn length(&self, string: usize) -> usize {
        self.first.iter().rposition(|&first| first <= string).expect("the empty string is the first")
    }

    pub(crate) fn concat(&self, left: usize, right: usize) -> Option<usize> {
        let (long, more) = (self.length(left), self.length(right));
        let values = left - self.first[long];
        let &first = self.first.get(long + more)?;
        Some(first + values * self.letters.pow(more as u32) + right - self.first[more])
    }

    /// The string without its last letters, so that `length` of them are left.
    pub(crate) fn prefix(&self, string: usize, length: usize) -> usize {
        let long = self.length(string);
        let cut = self.letters.pow((long - length) as u32);
        self.first[length] + (string - self.first[long]) / cut
    }
}
