//! What a cursor belongs to, as hashes.

use sha2::{Digest, Sha256};

use super::seal::{tag, write_value};
use crate::index::Index;
use crate::key::KeyValue;
use crate::key::bounds::SortCondition;
use crate::model::KeyAttribute;
use crate::proof::{Language, Segment, Template};
use crate::query::condition::KeyCondition;

/// Hashes what a cursor belongs to. Every value is preceded by its length, so no two lists of them are one.
pub(super) struct Hasher(Sha256);

impl Hasher {
    pub(super) fn new(what: &str) -> Self {
        let mut hasher = Self(Sha256::new());
        hasher.text(what);
        hasher
    }

    pub(super) fn table(name: &str) -> [u8; 4] {
        let mut table = Self::new("table");
        table.text(name);
        table.finish()
    }

    pub(super) fn keys_of<I: Index>() -> Self {
        let mut keys = Self::new("keys");
        keys.text(I::NAME.unwrap_or_default());
        keys.attributes(I::PARTITION_KEY);
        keys.attributes(I::SORT_KEY);
        keys
    }

    pub(super) fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
    }

    pub(super) fn attributes(&mut self, attributes: &[KeyAttribute]) {
        self.bytes(&[attributes.len() as u8]);
        for attribute in attributes {
            self.text(attribute.name);
            self.bytes(&[tag(attribute.key_type)]);
        }
    }

    /// What its keys look like: the source does not tell a type from a wider one, or from one with other variants.
    pub(super) fn template(&mut self, template: &Template) {
        self.text(template.source());
        self.bytes(&[template.delimiter]);
        for segment in template.segments() {
            if let Segment::Part { language, .. } = segment {
                self.language(language);
            }
        }
    }

    fn language(&mut self, language: &Language) {
        let (form, numbers) = match *language {
            Language::Verbatim => ("text", [0; 3]),
            Language::Text { min, .. } => ("text of some bytes", [min as u128, 0, 0]),
            Language::Fixed(places) => ("fixed", [places.len() as u128, 0, 0]),
            Language::UpTo { width, max } => ("up to", [width as u128, max, 0]),
            Language::Words(words) => {
                words.iter().for_each(|word| self.text(word));
                ("words", [words.len() as u128, 0, 0])
            }
            Language::Decimal { digits, signed } => ("decimal", [digits as u128, signed.into(), 0]),
            Language::Signed { width, max_negative, max_positive } => {
                ("signed", [width as u128, max_negative, max_positive])
            }
            Language::Escaped => ("escaped", [0; 3]),
        };
        self.text(form);
        numbers.iter().for_each(|number| self.bytes(&number.to_be_bytes()));
    }

    pub(super) fn condition(&mut self, condition: &KeyCondition, newest_first: bool) {
        for partition in &condition.partitions {
            self.values(partition.iter());
        }
        self.values(condition.fixed.iter());
        let (operator, values) = match &condition.sort {
            None => ("", Vec::new()),
            Some(sort) => (operator(sort), sort.values().collect()),
        };
        self.text(operator);
        self.values(values.into_iter());
        self.bytes(&[newest_first.into()]);
    }

    fn values<'v>(&mut self, values: impl Iterator<Item = &'v KeyValue>) {
        let mut bytes = Vec::new();
        values.for_each(|value| write_value(&mut bytes, value));
        self.bytes(&bytes);
    }

    pub(super) fn finish<const N: usize>(self) -> [u8; N] {
        let hash: [u8; 32] = self.0.finalize().into();
        std::array::from_fn(|at| hash[at])
    }
}

fn operator(condition: &SortCondition) -> &'static str {
    match condition {
        SortCondition::Equal(_) => "=",
        SortCondition::BeginsWith(_) => "begins_with",
        SortCondition::AtLeast(_) => ">=",
        SortCondition::AtMost(_) => "<=",
        SortCondition::Between(..) => "BETWEEN",
    }
}
