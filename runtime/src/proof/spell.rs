//! How the reports write keys, examples, and what these come apart into.

use super::entity::{EntityKeys, Key, TableKeys};
use super::language::Segment;
use super::product::Question;
use super::report::Report;
use super::sweep::witness;
use super::template::{KeyType, Template};
use super::witness::{Side, Witness};

/// One side of a comparison.
pub(super) type Owner<'a> = (&'a EntityKeys, &'a Key);

/// An example of one half of a key; native keys need none.
pub(super) type Example = Option<Witness>;

pub(super) const fn example(question: Question, a: &Template, b: &Template) -> Example {
    if a.is_native() { None } else { witness(question, a, b) }
}

pub(super) const fn sort_example(question: Question, a: &Key, b: &Key) -> Example {
    match (&a.sk, &b.sk) {
        (Some(a), Some(b)) => example(question, a, b),
        _ => None,
    }
}

pub(super) const fn width(a: &EntityKeys, b: &EntityKeys) -> usize {
    if a.name.len() > b.name.len() { a.name.len() } else { b.name.len() }
}

impl Report {
    const fn template(&mut self, template: &Template) {
        self.texts(&["\"", template.source, "\""]);
        self.text(match template.key_type {
            KeyType::Text => "",
            KeyType::Number => " (number)",
            KeyType::Binary => " (binary)",
        });
    }

    pub(super) const fn key(&mut self, name: &str, width: usize, key: &Key) {
        self.text("\n  ");
        self.padded(name, width);
        self.text("  pk ");
        self.template(&key.pk);
        if let Some(sk) = &key.sk {
            self.text("  sk ");
            self.template(sk);
        }
    }

    pub(super) const fn keys(&mut self, a: Owner<'_>, b: Owner<'_>) {
        let width = width(a.0, b.0);
        self.key(a.0.name, width, a.1);
        self.key(b.0.name, width, b.1);
    }

    /// The bytes of `example` that belong to `segment` on `side`.
    const fn piece(&mut self, example: &Witness, side: Side, segment: usize) {
        let (mut piece, mut len, mut at) = ([0; 256], 0, 0);
        while at < example.len() {
            if example.is_in(at, side, segment) {
                piece[len] = example.byte(at);
                len += 1;
            }
            at += 1;
        }
        self.quoted(piece.split_at(len).0);
    }

    /// The first `len` bytes of `example`, or any value of a native key.
    pub(super) const fn value(&mut self, template: &Template, example: &Example, len: usize) {
        let Some(example) = example else {
            return self.any(template);
        };
        let (mut bytes, mut at) = ([0; 256], 0);
        while at < len {
            bytes[at] = example.byte(at);
            at += 1;
        }
        self.quoted(bytes.split_at(len).0);
        if example.is_cut() && len == example.len() {
            self.text("...");
        }
    }

    pub(super) const fn whole(&mut self, template: &Template, example: &Example) {
        let len = match example {
            Some(example) => example.len(),
            None => 0,
        };
        self.value(template, example, len);
    }

    const fn any(&mut self, template: &Template) {
        self.text(if matches!(template.key_type, KeyType::Binary) { "0x01" } else { "1" });
    }

    /// `a = "x", b = "y"`: how the example comes apart. `comma` says that parts stand before these.
    pub(super) const fn parts(
        &mut self,
        template: &Template,
        count: usize,
        example: &Example,
        side: Side,
        mut comma: bool,
    ) {
        let mut at = 0;
        while at < count {
            if let Segment::Part { field, .. } = template.segments[at] {
                self.texts(&[if comma { ", " } else { "" }, field, " = "]);
                comma = true;
                match example {
                    Some(example) => self.piece(example, side, at),
                    None => self.any(template),
                }
            }
            at += 1;
        }
    }

    pub(super) const fn apart(
        &mut self,
        owner: Owner<'_>,
        width: usize,
        pk: &Example,
        sk: &Example,
        side: Side,
    ) {
        let (entity, key) = owner;
        self.text("\n  ");
        self.padded(entity.name, width);
        self.text("  ");
        let pk_parts = key.pk.parts();
        self.parts(&key.pk, key.pk.segments.len(), pk, side, false);
        if let Some(template) = &key.sk {
            self.parts(template, template.segments.len(), sk, side, pk_parts > 0);
        }
        if pk_parts + key.sort_parts() == 0 {
            self.text("(no parts)");
        }
    }
}

const fn place(table: &TableKeys, key: &Key) -> (&'static str, &'static str) {
    if key.index == 0 || key.index > table.indexes.len() {
        ("", "")
    } else {
        ("index `", table.indexes[key.index - 1])
    }
}

pub(super) const fn say_place(out: &mut Report, table: &TableKeys, key: &Key) {
    let (index, name) = place(table, key);
    if !index.is_empty() {
        out.texts(&[index, name, "` of "]);
    }
    out.texts(&["`", table.name, "`"]);
}
