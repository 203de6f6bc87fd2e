//! An entity with a field of every form, conditions on them as data, and what these mean in plain Rust.

use std::collections::{BTreeMap, BTreeSet};

use monotable::{AttributeType, Condition, Entity, Fields, Size, Table};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[table(name = "things", index(ByKind, pk = "KPK", sk = "KSK"))]
#[allow(clippy::large_enum_variant)] // One of them has a field of every form.
pub enum Things {
    Thing(Thing),
    Other(Other),
}

/// Stored under reserved words, renamed, custom, left out: all that a name or a value can be.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[serde(rename_all = "camelCase")]
#[entity(table = Things, pk = "THING#{id}", sk = "THING")]
#[entity(index(ByKind, pk = "NAME#{name:escape}", sk = "{rank}"))]
pub struct Thing {
    pub id: u8,
    #[serde(rename = "order")]
    pub rank: i32,
    pub name: Option<String>,
    pub text: String,
    pub note: Option<String>,
    #[serde(rename = "size")]
    pub weight: Option<u64>,
    pub is_big: bool,
    pub kind: Kind,
    pub ratio: f64,
    #[serde(with = "serde_dynamo::string_set")]
    pub tags: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    pub prices: BTreeMap<String, u32>,
    pub home: Option<Place>,
}

#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    OnLoan,
    Sold,
}

#[derive(Fields, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[serde(rename_all = "UPPERCASE")]
pub struct Place {
    pub city: String,
    pub zip: Option<u32>,
    pub spots: Vec<Spot>,
}

#[derive(Fields, Serialize, Deserialize, Debug, Clone, PartialEq)]
pub struct Spot {
    #[fields(const = NUMBER)]
    pub count: u32,
}

#[derive(Entity, Serialize, Deserialize, Debug)]
#[entity(table = Things, pk = "OTHER#{id}", sk = "OTHER")]
pub struct Other {
    pub id: u8,
}

/// A condition as data.
#[derive(Debug, Clone)]
pub enum Tree {
    Leaf(Leaf),
    And(Box<Tree>, Box<Tree>),
    Or(Box<Tree>, Box<Tree>),
    Not(Box<Tree>),
}

#[derive(Debug, Clone, Copy)]
pub enum Sign {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

#[derive(Debug, Clone)]
pub enum Leaf {
    Rank(Sign, i32),
    RankBetween(i32, i32),
    Text(Sign, String),
    TextIn(Vec<String>),
    TextBegins(String),
    TextContains(String),
    TextSize(Sign, u64),
    TextIsText(bool),
    TextAndNote(Sign),
    Note(Sign, String),
    NoteIs(bool, Option<String>),
    NoteIn(Vec<Option<String>>),
    NoteBegins(String),
    NoteExists(bool),
    Weight(Sign, u64),
    IsBig(bool, bool),
    Kind(bool, Kind),
    Ratio(Sign, f64),
    Tag(String),
    Tags(bool, BTreeSet<String>),
    TagsSizeBetween(u64, u64),
    Word(String),
    Words(bool, Vec<String>),
    WordAt(usize, Sign, String),
    Price(String, Sign, u32),
    PriceExists(String),
    City(Sign, String),
    Zip(bool, Option<u32>),
    SpotAt(usize, Sign, u32),
}

/// Each way to compare, on anything that has all of them.
macro_rules! compare {
    ($field:expr, $sign:expr, $value:expr) => {
        match $sign {
            Sign::Eq => $field.eq($value),
            Sign::Ne => $field.ne($value),
            Sign::Lt => $field.lt($value),
            Sign::Le => $field.le($value),
            Sign::Gt => $field.gt($value),
            Sign::Ge => $field.ge($value),
        }
    };
}

macro_rules! equal {
    ($field:expr, $is:expr, $value:expr) => {
        match $is {
            true => $field.eq($value),
            false => $field.ne($value),
        }
    };
}

impl Tree {
    pub fn condition(&self) -> Condition<Thing> {
        match self {
            Self::Leaf(leaf) => leaf.condition(),
            Self::And(left, right) => left.condition() & right.condition(),
            Self::Or(left, right) => left.condition().or(right.condition()),
            Self::Not(inner) => !inner.condition(),
        }
    }

    pub fn holds(&self, thing: &Thing) -> bool {
        match self {
            Self::Leaf(leaf) => leaf.holds(thing),
            Self::And(left, right) => left.holds(thing) && right.holds(thing),
            Self::Or(left, right) => left.holds(thing) || right.holds(thing),
            Self::Not(inner) => !inner.holds(thing),
        }
    }
}

impl Leaf {
    fn condition(&self) -> Condition<Thing> {
        match self.clone() {
            Self::Rank(sign, value) => compare!(Thing::RANK, sign, value),
            Self::RankBetween(low, high) => Thing::RANK.between(low, high),
            Self::Text(sign, value) => compare!(Thing::TEXT, sign, value),
            Self::TextIn(values) => Thing::TEXT.in_list(values),
            Self::TextBegins(prefix) => Thing::TEXT.begins_with(prefix),
            Self::TextContains(part) => Thing::TEXT.contains(part),
            Self::TextSize(sign, size) => sized(Thing::TEXT.size(), sign, size),
            Self::TextIsText(true) => Thing::TEXT.attribute_type(AttributeType::Text),
            Self::TextIsText(false) => Thing::TEXT.attribute_type(AttributeType::TextSet),
            Self::TextAndNote(sign) => match sign {
                Sign::Eq => Thing::TEXT.eq_field(Thing::NOTE),
                Sign::Ne => Thing::TEXT.ne_field(Thing::NOTE),
                Sign::Lt => Thing::TEXT.lt_field(Thing::NOTE),
                Sign::Le => Thing::TEXT.le_field(Thing::NOTE),
                Sign::Gt => Thing::TEXT.gt_field(Thing::NOTE),
                Sign::Ge => Thing::TEXT.ge_field(Thing::NOTE),
            },
            Self::Note(sign, value) => compare!(Thing::NOTE, sign, value),
            Self::NoteIs(is, value) => equal!(Thing::NOTE, is, value),
            Self::NoteIn(values) => Thing::NOTE.in_list(values),
            Self::NoteBegins(prefix) => Thing::NOTE.begins_with(prefix),
            Self::NoteExists(true) => Thing::NOTE.exists(),
            Self::NoteExists(false) => Thing::NOTE.not_exists(),
            Self::Weight(sign, value) => compare!(Thing::WEIGHT, sign, value),
            Self::IsBig(is, value) => equal!(Thing::IS_BIG, is, value),
            Self::Kind(is, value) => equal!(Thing::KIND, is, value),
            Self::Ratio(sign, value) => compare!(Thing::RATIO, sign, value),
            Self::Tag(tag) => Thing::TAGS.contains(tag),
            Self::Tags(is, tags) => equal!(Thing::TAGS, is, tags),
            Self::TagsSizeBetween(low, high) => Thing::TAGS.size().between(low, high),
            Self::Word(word) => Thing::WORDS.contains(word),
            Self::Words(is, words) => equal!(Thing::WORDS, is, words),
            Self::WordAt(at, sign, value) => compare!(Thing::WORDS.index(at), sign, value),
            Self::Price(key, sign, value) => compare!(Thing::PRICES.key(key), sign, value),
            Self::PriceExists(key) => Thing::PRICES.key(key).exists(),
            Self::City(sign, value) => compare!(Thing::HOME.at(Place::CITY), sign, value),
            Self::Zip(is, value) => equal!(Thing::HOME.at(Place::ZIP), is, value),
            Self::SpotAt(at, sign, value) => {
                compare!(Thing::HOME.at(Place::SPOTS).index(at).at(Spot::NUMBER), sign, value)
            }
        }
    }

    fn holds(&self, thing: &Thing) -> bool {
        let home = thing.home.as_ref();
        match self {
            Self::Rank(sign, value) => sign.of(Some(&thing.rank), value),
            Self::RankBetween(low, high) => (low..=high).contains(&&thing.rank),
            Self::Text(sign, value) => sign.of(Some(&thing.text), value),
            Self::TextIn(values) => values.contains(&thing.text),
            Self::TextBegins(prefix) => thing.text.starts_with(prefix),
            Self::TextContains(part) => thing.text.contains(part),
            Self::TextSize(sign, size) => sign.of(Some(&(thing.text.encode_utf16().count() as u64)), size),
            Self::TextIsText(text) => *text,
            Self::TextAndNote(sign) => match &thing.note {
                Some(note) => sign.of(Some(&thing.text), note),
                None => matches!(sign, Sign::Ne),
            },
            Self::Note(sign, value) => sign.of(thing.note.as_ref(), value),
            Self::NoteIs(is, value) => *is == (thing.note == *value),
            Self::NoteIn(values) => values.contains(&thing.note),
            Self::NoteBegins(prefix) => thing.note.as_ref().is_some_and(|note| note.starts_with(prefix)),
            Self::NoteExists(exists) => *exists == thing.note.is_some(),
            Self::Weight(sign, value) => sign.of(thing.weight.as_ref(), value),
            Self::IsBig(is, value) => *is == (thing.is_big == *value),
            Self::Kind(is, value) => *is == (thing.kind == *value),
            Self::Ratio(sign, value) => sign.of(Some(&thing.ratio), value),
            Self::Tag(tag) => thing.tags.contains(tag),
            Self::Tags(is, tags) => *is == (thing.tags == *tags),
            Self::TagsSizeBetween(low, high) => (*low..=*high).contains(&(thing.tags.len() as u64)),
            Self::Word(word) => thing.words.contains(word),
            Self::Words(is, words) => *is == (thing.words == *words),
            Self::WordAt(at, sign, value) => sign.of(thing.words.get(*at), value),
            Self::Price(key, sign, value) => sign.of(thing.prices.get(key), value),
            Self::PriceExists(key) => thing.prices.contains_key(key),
            Self::City(sign, value) => sign.of(home.map(|home| &home.city), value),
            Self::Zip(is, value) => *is == (home.and_then(|home| home.zip) == *value),
            Self::SpotAt(at, sign, value) => {
                let spot = home.and_then(|home| home.spots.get(*at));
                sign.of(spot.map(|spot| &spot.count), value)
            }
        }
    }
}

impl Sign {
    /// What is missing differs from everything, and is in no order.
    fn of<T: PartialOrd>(self, left: Option<&T>, right: &T) -> bool {
        let Some(left) = left else { return matches!(self, Self::Ne) };
        match self {
            Self::Eq => left == right,
            Self::Ne => left != right,
            Self::Lt => left < right,
            Self::Le => left <= right,
            Self::Gt => left > right,
            Self::Ge => left >= right,
        }
    }
}

fn sized(size: Size<Thing>, sign: Sign, value: u64) -> Condition<Thing> {
    compare!(size, sign, value)
}

/// Few values, so that equal ones are likely.
fn text() -> impl Strategy<Value = String> + Clone {
    "[aB\u{e9}\u{1f980}]{0,2}"
}

fn sign() -> impl Strategy<Value = Sign> + Clone {
    prop::sample::select(vec![Sign::Eq, Sign::Ne, Sign::Lt, Sign::Le, Sign::Gt, Sign::Ge])
}

fn kind() -> impl Strategy<Value = Kind> + Clone {
    prop::sample::select(vec![Kind::OnLoan, Kind::Sold])
}

fn ratio() -> impl Strategy<Value = f64> + Clone {
    prop::sample::select(vec![-1e20, -0.5, 0.0, 0.1, 0.2, 1.5, 3e-7, 1e30])
}

fn key() -> impl Strategy<Value = String> + Clone {
    prop::sample::select(vec!["a", "a.b", "select", "#0", ":0", "é ]"]).prop_map(str::to_owned)
}

fn place() -> impl Strategy<Value = Place> {
    let spots = vec((0..3u32).prop_map(|count| Spot { count }), 0..3);
    (text(), option::of(0..2u32), spots).prop_map(|(city, zip, spots)| Place { city, zip, spots })
}

pub fn thing() -> impl Strategy<Value = Thing> {
    let scalars =
        (-12..12i32, text(), option::of(text()), option::of(0..30u64), any::<bool>(), kind(), ratio());
    let rest =
        (btree_set(text(), 1..3), vec(text(), 0..3), btree_map(key(), 0..3u32, 0..4), option::of(place()));
    (scalars, rest).prop_map(|(scalars, (tags, words, prices, home))| {
        let (rank, text, note, weight, is_big, kind, ratio) = scalars;
        let name = note.clone().filter(|note| !note.is_empty());
        Thing { id: 1, rank, name, text, note, weight, is_big, kind, ratio, tags, words, prices, home }
    })
}

fn leaf() -> impl Strategy<Value = Leaf> {
    let sorted = |(one, other): (i32, i32)| Leaf::RankBetween(one.min(other), one.max(other));
    let of_text = prop_oneof![
        (sign(), text()).prop_map(|(sign, value)| Leaf::Text(sign, value)),
        vec(text(), 1..4).prop_map(Leaf::TextIn),
        text().prop_map(Leaf::TextBegins),
        text().prop_map(Leaf::TextContains),
        (sign(), 0..5u64).prop_map(|(sign, size)| Leaf::TextSize(sign, size)),
        any::<bool>().prop_map(Leaf::TextIsText),
        sign().prop_map(Leaf::TextAndNote),
    ];
    let of_note = prop_oneof![
        (sign(), text()).prop_map(|(sign, value)| Leaf::Note(sign, value)),
        (any::<bool>(), option::of(text())).prop_map(|(is, value)| Leaf::NoteIs(is, value)),
        vec(option::of(text()), 1..4).prop_map(Leaf::NoteIn),
        text().prop_map(Leaf::NoteBegins),
        any::<bool>().prop_map(Leaf::NoteExists),
    ];
    let of_scalars = prop_oneof![
        (sign(), -12..12i32).prop_map(|(sign, value)| Leaf::Rank(sign, value)),
        (-12..12i32, -12..12i32).prop_map(sorted),
        (sign(), 0..30u64).prop_map(|(sign, value)| Leaf::Weight(sign, value)),
        any::<(bool, bool)>().prop_map(|(is, value)| Leaf::IsBig(is, value)),
        (any::<bool>(), kind()).prop_map(|(is, value)| Leaf::Kind(is, value)),
        (sign(), ratio()).prop_map(|(sign, value)| Leaf::Ratio(sign, value)),
    ];
    let of_many = prop_oneof![
        text().prop_map(Leaf::Tag),
        (any::<bool>(), btree_set(text(), 1..3)).prop_map(|(is, tags)| Leaf::Tags(is, tags)),
        (0..2u64, 2..4u64).prop_map(|(low, high)| Leaf::TagsSizeBetween(low, high)),
        text().prop_map(Leaf::Word),
        (any::<bool>(), vec(text(), 0..2)).prop_map(|(is, words)| Leaf::Words(is, words)),
        (0..3usize, sign(), text()).prop_map(|(at, sign, value)| Leaf::WordAt(at, sign, value)),
    ];
    let inside = prop_oneof![
        (key(), sign(), 0..3u32).prop_map(|(key, sign, value)| Leaf::Price(key, sign, value)),
        key().prop_map(Leaf::PriceExists),
        (sign(), text()).prop_map(|(sign, value)| Leaf::City(sign, value)),
        (any::<bool>(), option::of(0..2u32)).prop_map(|(is, value)| Leaf::Zip(is, value)),
        (0..3usize, sign(), 0..3u32).prop_map(|(at, sign, value)| Leaf::SpotAt(at, sign, value)),
    ];
    prop_oneof![of_text, of_note, of_scalars, of_many, inside]
}

pub fn tree() -> impl Strategy<Value = Tree> {
    leaf().prop_map(Tree::Leaf).prop_recursive(5, 24, 2, |inner| {
        let both = (inner.clone().prop_map(Box::new), inner.clone().prop_map(Box::new));
        prop_oneof![
            both.clone().prop_map(|(left, right)| Tree::And(left, right)),
            both.prop_map(|(left, right)| Tree::Or(left, right)),
            inner.prop_map(|inner| Tree::Not(Box::new(inner))),
        ]
    })
}

pub fn plain_thing() -> Thing {
    Thing {
        id: 1,
        rank: 3,
        name: None,
        text: "text".into(),
        note: None,
        weight: Some(10),
        is_big: false,
        kind: Kind::Sold,
        ratio: 0.5,
        tags: BTreeSet::from(["a".to_owned()]),
        words: vec![],
        prices: BTreeMap::new(),
        home: None,
    }
}
