//! The words of the reports: both templates, a witness key taken apart on both sides, and help.

use super::entity::{EntityKeys, Key, TableKeys};
use super::product::Question;
use super::report::Report;
use super::spell::{Example, Owner, example, say_place, sort_example, width};
use super::template::Template;
use super::witness::Side;

#[cold]
pub(crate) const fn problem(entity: &EntityKeys, template: &Template, (field, text): (&str, &str)) -> Report {
    let mut out = Report::EMPTY;
    out.texts(&["the key template \"", template.source, "\" of `", entity.name, "` cannot be used"]);
    if field.is_empty() {
        out.texts(&["\nnote: ", text]);
    } else {
        out.texts(&["\nnote: `", field, "`: ", text]);
    }
    out
}

#[cold]
pub(crate) const fn lost_field(entity: &EntityKeys, key: &Key, field: &str) -> Report {
    let mut out = Report::EMPTY;
    out.texts(&["the primary key of `", entity.name, "` holds only a lossy form of `", field, "`"]);
    out.key(entity.name, entity.name.len(), key);
    out.texts(&["\nnote: two values of `", field, "` can have one form, and their items one key"]);
    out.texts(&["\nhelp: put `{", field, "}` in full into the pk or the sk as well, or give `", field]);
    out.text("` a type whose values are already in that form");
    out
}

#[cold]
pub(crate) const fn shapes(table: &TableKeys, a: Owner<'_>, b: Owner<'_>) -> Report {
    let mut out = Report::EMPTY;
    out.texts(&["`", a.0.name, "` and `", b.0.name, "` disagree about the key attributes of "]);
    say_place(&mut out, table, a.1);
    out.keys(a, b);
    if a.1.sk.is_some() == b.1.sk.is_some() {
        out.text("\nnote: a key attribute has one type for all entities");
        out.text("\nhelp: make the key text on both sides, by a literal in front of the field");
    } else {
        out.text("\nnote: the key has a sort key for all entities or for none");
        out.text("\nhelp: give the other entity a sort key, which may be a literal alone");
    }
    out
}

#[cold]
pub(crate) const fn ambiguous(entity: &EntityKeys, template: &Template) -> Report {
    let mut out = Report::EMPTY;
    let found = example(Question::Twice, template, template);
    let count = template.segments.len();
    out.texts(&["two different `", entity.name, "` can produce the same key \"", template.source, "\""]);
    out.text("\nfor example ");
    out.whole(template, &found);
    out.text(" is both\n  ");
    out.parts(template, count, &found, Side::Left, false);
    out.text("\n  ");
    out.parts(template, count, &found, Side::Right, false);
    out.text("\nhelp: put a delimiter between the parts that neither of them can contain");
    out
}

#[cold]
pub(crate) const fn collision(table: &TableKeys, a: Owner<'_>, b: Owner<'_>) -> Report {
    let mut out = Report::EMPTY;
    if a.1.index == 0 {
        out.texts(&["two entities of `", table.name, "` can produce the same primary key"]);
    } else {
        out.text("typed queries of ");
        say_place(&mut out, table, a.1);
        out.text(" cannot tell two entities apart: they can produce the same key");
    }
    out.keys(a, b);
    let pk = example(Question::Meet, &a.1.pk, &b.1.pk);
    let sk = sort_example(Question::Meet, a.1, b.1);
    out.text("\nfor example pk ");
    out.whole(&a.1.pk, &pk);
    if let Some(template) = &a.1.sk {
        out.text(", sk ");
        out.whole(template, &sk);
    }
    out.text(", which is");
    let width = width(a.0, b.0);
    out.apart(a, width, &pk, &sk, Side::Left);
    out.apart(b, width, &pk, &sk, Side::Right);
    match half(a.1) {
        Some(half) => out.texts(&["\nhelp: begin one of the ", half, " with a literal of its own"]),
        None => out.text("\nhelp: make the keys text, which can begin with a literal of its own"),
    }
    out
}

/// Where a literal can tell two entities apart, at best without separating their partitions.
const fn half(key: &Key) -> Option<&'static str> {
    match &key.sk {
        Some(sk) if !sk.is_native() => Some("sort keys"),
        _ if !key.pk.is_native() => Some("partition keys"),
        _ => None,
    }
}

#[cold]
pub(crate) const fn selects(table: &TableKeys, a: Owner<'_>, step: usize, b: Owner<'_>) -> Report {
    let mut out = Report::EMPTY;
    out.texts(&["a query of `", a.0.name, "` in "]);
    say_place(&mut out, table, a.1);
    out.texts(&[" also selects items of `", b.0.name, "`"]);
    out.keys(a, b);
    let pk = example(Question::Meet, &a.1.pk, &b.1.pk);
    out.text("\nfor example the query for pk ");
    out.whole(&a.1.pk, &pk);
    let sk = say_condition(&mut out, a.1, step, b.1);
    out.text(", which is");
    out.apart(b, b.0.name.len(), &pk, &sk, Side::Right);
    match half(a.1) {
        Some(half) => out.texts(&["\nhelp: give the ", half, " distinct first literals, or"]),
        None => out.text("\nhelp:"),
    }
    out.text(" query both entities together");
    out
}

/// The condition on the sort key, and what it selects.
const fn say_condition(out: &mut Report, a: &Key, step: usize, b: &Key) -> Example {
    let Some(template) = &a.sk else {
        out.text(" selects one");
        return None;
    };
    if step == template.parts() {
        let sk = sort_example(Question::Meet, a, b);
        out.text(" and sk ");
        out.whole(template, &sk);
        out.text(" selects one");
        return sk;
    }
    let sk = sort_example(Question::Begins { segments: template.prefix(step) }, a, b);
    if let Some(found) = &sk
        && found.left_len() > 0
    {
        out.text(" and sk beginning with ");
        out.value(template, &sk, found.left_len());
    }
    out.text(" selects sk ");
    out.whole(template, &sk);
    sk
}

#[cold]
pub(crate) const fn open_prefix(entity: &EntityKeys, key: &Key, step: usize) -> Report {
    let mut out = Report::EMPTY;
    let Some(sk) = &key.sk else { return out };
    let segments = sk.prefix(step);
    let found = example(Question::TwicePrefix { segments }, sk, sk);
    out.texts(&["a query of `", entity.name, "` by a prefix of \"", sk.source]);
    out.text("\" also selects other values of the parts given\nfor example the prefix with ");
    out.parts(sk, segments, &found, Side::Left, false);
    out.text(" selects ");
    out.whole(sk, &found);
    out.text(", which is ");
    out.parts(sk, sk.segments.len(), &found, Side::Right, false);
    out.text("\nhelp: close the part with a delimiter that it cannot contain");
    out
}
