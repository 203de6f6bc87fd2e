//! Queries against brute force: random items among near misses, random steps, and the same question asked
//! of the same items in plain Rust.

use std::ops::Bound;

use aws_sdk_dynamodb::types::{PutRequest, WriteRequest};
use monotable::{Entity, Handle, Index, Query, Table, prefix};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "misses", index(Gsi, pk = "GPK", sk = "GSK"), index(Alone, pk = "APK", sk = "ASK"))]
enum Misses {
    Order(Order),
    Slot(Slot),
    Place(Place),
    Orders(Orders),
    Before(Before),
    After(After),
}

/// Text at the end of the sort key; in `Alone` it is the whole sort key.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Misses, pk = "P#{part}", sk = "ORDER#{name}")]
#[entity(index(Gsi, pk = "G#{part}", sk = "ORDER#{rank}#{name}", query = by_rank))]
#[entity(index(Alone, pk = "A#{part}", sk = "{name}", query = alone))]
struct Order {
    part: String,
    name: String,
    rank: Option<u8>,
}

/// Parts of fixed width that others follow.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Misses, pk = "P#{part}", sk = "SLOT#{day}#{hour}#{label}")]
#[entity(index(Gsi, pk = "G#{part}", sk = "SLOT#{hour}.{day}!", query = by_hour))]
struct Slot {
    part: String,
    day: u8,
    hour: u16,
    label: String,
}

/// Text that text follows.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Misses, pk = "P#{part}", sk = "PLACE#{city}#{street}")]
#[entity(index(Gsi, pk = "G#{part}", sk = "PLACE#{street}#{city}", query = by_street))]
struct Place {
    part: String,
    city: String,
    street: String,
}

macro_rules! near_misses {
    ($($entity:ident: $sk:literal),*) => {$(
        #[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
        #[entity(table = Misses, pk = "P#{part}", sk = $sk)]
        #[entity(index(Gsi, pk = "G#{part}", sk = $sk, query = in_index))]
        struct $entity {
            part: String,
            name: String,
        }
    )*};
}
near_misses! { Orders: "ORDERS#{name}", Before: "ORDER\"{name}", After: "ORDER${name}" }

/// The partition that is asked, and two that share its beginning.
const PARTITIONS: [&str; 3] = ["1", "10", "1 "];

/// Below the delimiter and above, at the edges of each length in UTF-8, and at the highest that is allowed.
const CHARACTERS: [char; 18] = [
    '\0',
    ' ',
    '!',
    '"',
    '$',
    '0',
    'A',
    'a',
    'b',
    '~',
    '\u{7F}',
    'é',
    '\u{7FF}',
    '\u{800}',
    '\u{D7FF}',
    '\u{E000}',
    '\u{10000}',
    '\u{FFFFF}',
];

/// Drawn often, so that bounds are met exactly and missed by one step.
const WORDS: [&str; 16] = [
    "a",
    "a\0",
    "a ",
    "a!",
    "a$",
    "aa",
    "ab",
    "a\u{FFFFF}",
    "b",
    "b\0",
    "ba",
    "é",
    "\u{D7FF}",
    "\u{D7FF}b",
    "\u{E000}",
    "\u{FFFFF}",
];

fn text() -> impl Strategy<Value = String> {
    let character = prop_oneof![select(&['a', 'b', ' '][..]), select(&CHARACTERS[..])];
    prop_oneof![5 => select(&WORDS[..]).prop_map(str::to_owned), 1 => vec(character, 1..4).prop_map(String::from_iter)]
}

/// Few values, so that bounds are met exactly, and those at both ends.
fn byte() -> impl Strategy<Value = u8> {
    prop_oneof![8 => 8u8..13, 1 => Just(0), 1 => Just(u8::MAX)]
}

fn hour() -> impl Strategy<Value = u16> {
    prop_oneof![8 => 98u16..103, 1 => Just(0), 1 => Just(u16::MAX)]
}

fn item() -> impl Strategy<Value = Misses> {
    let part = prop_oneof![8 => Just(PARTITIONS[0]), 1 => Just(PARTITIONS[1]), 1 => Just(PARTITIONS[2])];
    (part.prop_map(str::to_owned), text(), text(), byte(), hour(), 0..12).prop_map(
        |(part, name, other, byte, hour, kind)| match kind {
            0..3 => Order { part, name, rank: (hour % 3 > 0).then_some(byte) }.into(),
            3..6 => Slot { part, day: byte, hour, label: name }.into(),
            6..9 => Place { part, city: name, street: other }.into(),
            9 => Orders { part, name }.into(),
            10 => Before { part, name }.into(),
            _ => After { part, name }.into(),
        },
    )
}

/// What a step can be given.
#[derive(Debug, Clone)]
enum Step<T> {
    Equal(T),
    From(T),
    Until(T),
    In(Ends<T>),
    Prefix(String),
}

/// Rust's ranges.
#[derive(Debug, Clone)]
enum Ends<T> {
    Range(T, T),
    Inclusive(T, T),
    From(T),
    To(T),
    ToInclusive(T),
    Full,
    Bounds(Bound<T>, Bound<T>),
}

fn bound<T: Clone + std::fmt::Debug>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Bound<T>> {
    (value, 0..3).prop_map(|(value, kind)| match kind {
        0 => Bound::Included(value),
        1 => Bound::Excluded(value),
        _ => Bound::Unbounded,
    })
}

fn ends<T, S>(value: fn() -> S) -> impl Strategy<Value = Ends<T>>
where
    T: Clone + std::fmt::Debug,
    S: Strategy<Value = T>,
{
    (value(), value(), bound(value()), bound(value()), 0..12).prop_map(|(a, b, low, high, kind)| match kind {
        0 => Ends::Range(a, b),
        1 => Ends::Inclusive(a, b),
        2 => Ends::From(a),
        3 => Ends::To(a),
        4 => Ends::ToInclusive(a),
        5 => Ends::Full,
        _ => Ends::Bounds(low, high),
    })
}

fn step<T, S>(value: fn() -> S) -> impl Strategy<Value = Step<T>>
where
    T: Clone + std::fmt::Debug,
    S: Strategy<Value = T>,
{
    (value(), ends(value), 0..8).prop_map(|(value, ends, kind)| match kind {
        0 => Step::Equal(value),
        1 => Step::From(value),
        2 => Step::Until(value),
        _ => Step::In(ends),
    })
}

fn text_step() -> impl Strategy<Value = Step<String>> {
    prop_oneof![4 => step(text), 1 => prefixed()]
}

fn prefixed() -> impl Strategy<Value = Step<String>> {
    prop_oneof![4 => text(), 1 => Just(String::new())].prop_map(Step::Prefix)
}

fn equal_or_prefix() -> impl Strategy<Value = Step<String>> {
    prop_oneof![text().prop_map(Step::Equal), prefixed()]
}

impl<T: Ord + AsText> Step<T> {
    fn selects(&self, value: &T) -> bool {
        match self {
            Self::Equal(only) => value == only,
            Self::From(first) => value >= first,
            Self::Until(last) => value <= last,
            Self::Prefix(prefix) => value.text().starts_with(prefix.as_str()),
            Self::In(Ends::Range(first, end)) => (first..end).contains(&value),
            Self::In(Ends::Inclusive(first, last)) => (first..=last).contains(&value),
            Self::In(Ends::From(first)) => (first..).contains(&value),
            Self::In(Ends::To(end)) => (..end).contains(&value),
            Self::In(Ends::ToInclusive(last)) => (..=last).contains(&value),
            Self::In(Ends::Full) => true,
            Self::In(Ends::Bounds(low, high)) => {
                use std::ops::RangeBounds as _;
                (low.as_ref(), high.as_ref()).contains(value)
            }
        }
    }

    /// The end is before the beginning.
    fn is_reversed(&self) -> bool {
        match self {
            Self::In(Ends::Range(first, end)) => first >= end,
            Self::In(Ends::Inclusive(first, last)) => first > last,
            Self::In(Ends::Bounds(
                Bound::Included(first) | Bound::Excluded(first),
                Bound::Included(last) | Bound::Excluded(last),
            )) => first > last,
            _ => false,
        }
    }
}

trait AsText {
    fn text(&self) -> &str;
}

impl AsText for String {
    fn text(&self) -> &str {
        self
    }
}

impl AsText for u8 {
    fn text(&self) -> &str {
        unreachable!("numbers are given no prefix")
    }
}

impl AsText for u16 {
    fn text(&self) -> &str {
        unreachable!("numbers are given no prefix")
    }
}

/// Takes a step on the part `$name`.
macro_rules! take {
    ($table:expr, $query:expr, $step:expr, $name:ident, $from:ident, $until:ident, $in:ident) => {
        match $step {
            Step::Equal(value) => $table.query($query.$name(value)),
            Step::From(first) => $table.query($query.$from(first)),
            Step::Until(last) => $table.query($query.$until(last)),
            Step::In(Ends::Range(first, end)) => $table.query($query.$in(first..end)),
            Step::In(Ends::Inclusive(first, last)) => $table.query($query.$in(first..=last)),
            Step::In(Ends::From(first)) => $table.query($query.$in(first..)),
            Step::In(Ends::To(end)) => $table.query($query.$in(..end)),
            Step::In(Ends::ToInclusive(last)) => $table.query($query.$in(..=last)),
            Step::In(Ends::Full) => $table.query($query.$in(..)),
            Step::In(Ends::Bounds(low, high)) => $table.query($query.$in((low, high))),
            Step::Prefix(_) => unreachable!("a prefix where there is none"),
        }
    };
}

macro_rules! take_text {
    ($table:expr, $query:expr, $step:expr, $name:ident, $from:ident, $until:ident, $in:ident) => {
        match $step {
            Step::Prefix(text) => $table.query($query.$in(prefix(text))),
            other => take!($table, $query, other, $name, $from, $until, $in),
        }
    };
}

/// Every query there is: the steps taken, and the last one.
#[derive(Debug, Clone)]
enum Asked {
    Orders(Option<Step<String>>),
    OrdersByRank(Option<Step<u8>>),
    OrdersOfRank(u8, Step<String>),
    OrdersAlone(Option<Step<String>>),
    Slots(Option<Step<u8>>),
    SlotsOfDay(u8, Step<u16>),
    SlotsOfHour(u8, u16, Step<String>),
    SlotsByHour(Option<Step<u16>>),
    SlotsByHourAndDay(u16, Step<u8>),
    Places(Option<Step<String>>),
    PlacesOfCity(String, Step<String>),
    PlacesByStreet(Step<String>),
    PlacesOfStreet(String, Step<String>),
}

fn asked() -> impl Strategy<Value = Asked> {
    let some = |step: proptest::strategy::BoxedStrategy<Step<u8>>| proptest::option::weighted(0.8, step);
    prop_oneof![
        proptest::option::weighted(0.9, text_step()).prop_map(Asked::Orders),
        some(step(byte).boxed()).prop_map(Asked::OrdersByRank),
        (byte(), text_step()).prop_map(|(rank, step)| Asked::OrdersOfRank(rank, step)),
        proptest::option::weighted(0.9, text_step()).prop_map(Asked::OrdersAlone),
        some(step(byte).boxed()).prop_map(Asked::Slots),
        (byte(), step(hour)).prop_map(|(day, step)| Asked::SlotsOfDay(day, step)),
        (byte(), hour(), text_step()).prop_map(|(day, hour, step)| Asked::SlotsOfHour(day, hour, step)),
        proptest::option::weighted(0.8, step(hour)).prop_map(Asked::SlotsByHour),
        (hour(), step(byte)).prop_map(|(hour, step)| Asked::SlotsByHourAndDay(hour, step)),
        proptest::option::weighted(0.8, equal_or_prefix()).prop_map(Asked::Places),
        (text(), text_step()).prop_map(|(city, step)| Asked::PlacesOfCity(city, step)),
        equal_or_prefix().prop_map(Asked::PlacesByStreet),
        (text(), text_step()).prop_map(|(street, step)| Asked::PlacesOfStreet(street, step)),
    ]
}

/// How the answer is wanted.
#[derive(Debug, Clone, Copy)]
struct Wanted {
    newest_first: bool,
    limit: Option<usize>,
}

/// What is in the table.
struct Stored<'a> {
    table: &'a Handle<Misses>,
    items: &'a [Misses],
}

impl Stored<'_> {
    async fn ask(&self, asked: Asked, wanted: Wanted) {
        let (part, table) = (PARTITIONS[0], self.table);
        let any =
            |step: &Option<Step<String>>, text: &String| step.as_ref().is_none_or(|step| step.selects(text));
        let (orders, slots, places) = (self.orders(), self.slots(), self.places());
        match asked.clone() {
            Asked::Orders(step) => {
                let found = orders.filter(|order| any(&step, &order.name)).map(|o| (o.name.clone(), o));
                let query = Order::by_part(part);
                let (reversed, query) = match step.clone() {
                    None => (false, table.query(query)),
                    Some(step) => (
                        step.is_reversed(),
                        take_text!(table, query, step, name, name_from, name_until, name_in),
                    ),
                };
                self.compare(&asked, wanted, query, found.collect(), reversed).await;
            }
            Asked::OrdersAlone(step) => {
                let found = orders.filter(|order| any(&step, &order.name)).map(|o| (o.name.clone(), o));
                let query = Order::alone(part);
                let (reversed, query) = match step.clone() {
                    None => (false, table.query(query)),
                    Some(step) => (
                        step.is_reversed(),
                        take_text!(table, query, step, name, name_from, name_until, name_in),
                    ),
                };
                self.compare(&asked, wanted, query, found.collect(), reversed).await;
            }
            Asked::OrdersByRank(step) => {
                let ranked = orders.filter_map(|order| Some(((order.rank?, order.name.clone()), order)));
                let found =
                    ranked.filter(|((rank, _), _)| step.as_ref().is_none_or(|step| step.selects(rank)));
                let query = Order::by_rank(part);
                let (reversed, query) = match step.clone() {
                    None => (false, table.query(query)),
                    Some(step) => {
                        (step.is_reversed(), take!(table, query, step, rank, rank_from, rank_until, rank_in))
                    }
                };
                self.compare(&asked, wanted, query, found.collect(), reversed).await;
            }
            Asked::OrdersOfRank(rank, step) => {
                let found = orders.filter(|order| order.rank == Some(rank) && step.selects(&order.name));
                let found = found.map(|order| (order.name.clone(), order)).collect();
                let reversed = step.is_reversed();
                let query = take_text!(
                    table,
                    Order::by_rank(part).rank(rank),
                    step,
                    name,
                    name_from,
                    name_until,
                    name_in
                );
                self.compare(&asked, wanted, query, found, reversed).await;
            }
            Asked::Slots(step) => {
                let found = slots.filter(|slot| step.as_ref().is_none_or(|step| step.selects(&slot.day)));
                let found = found.map(|slot| ((slot.day, slot.hour, slot.label.clone()), slot));
                let query = Slot::by_part(part);
                let (reversed, query) = match step.clone() {
                    None => (false, table.query(query)),
                    Some(step) => {
                        (step.is_reversed(), take!(table, query, step, day, day_from, day_until, day_in))
                    }
                };
                self.compare(&asked, wanted, query, found.collect(), reversed).await;
            }
            Asked::SlotsOfDay(day, step) => {
                let found = slots.filter(|slot| slot.day == day && step.selects(&slot.hour));
                let found = found.map(|slot| ((slot.hour, slot.label.clone()), slot)).collect();
                let reversed = step.is_reversed();
                let query =
                    take!(table, Slot::by_part(part).day(day), step, hour, hour_from, hour_until, hour_in);
                self.compare(&asked, wanted, query, found, reversed).await;
            }
            Asked::SlotsOfHour(day, hour, step) => {
                let found =
                    slots.filter(|slot| (slot.day, slot.hour) == (day, hour) && step.selects(&slot.label));
                let found = found.map(|slot| (slot.label.clone(), slot)).collect();
                let reversed = step.is_reversed();
                let query = Slot::by_part(part).day(day).hour(hour);
                let query = take_text!(table, query, step, label, label_from, label_until, label_in);
                self.compare(&asked, wanted, query, found, reversed).await;
            }
            Asked::SlotsByHour(step) => {
                let found = slots.filter(|slot| step.as_ref().is_none_or(|step| step.selects(&slot.hour)));
                let found = found.map(|slot| ((slot.hour, slot.day), slot));
                let query = Slot::by_hour(part);
                let (reversed, query) = match step.clone() {
                    None => (false, table.query(query)),
                    Some(step) => {
                        (step.is_reversed(), take!(table, query, step, hour, hour_from, hour_until, hour_in))
                    }
                };
                self.compare(&asked, wanted, query, found.collect(), reversed).await;
            }
            Asked::SlotsByHourAndDay(hour, step) => {
                let found = slots.filter(|slot| slot.hour == hour && step.selects(&slot.day));
                let found = found.map(|slot| (slot.day, slot)).collect();
                let reversed = step.is_reversed();
                let query =
                    take!(table, Slot::by_hour(part).hour(hour), step, day, day_from, day_until, day_in);
                self.compare(&asked, wanted, query, found, reversed).await;
            }
            Asked::Places(step) => {
                let found = places.filter(|place| any(&step, &place.city));
                let found = found.map(|place| (format!("{}#{}", place.city, place.street), place)).collect();
                let query = match step {
                    None => table.query(Place::by_part(part)),
                    Some(Step::Prefix(text)) => table.query(Place::by_part(part).city_in(prefix(text))),
                    Some(Step::Equal(city)) => table.query(Place::by_part(part).city(city)),
                    Some(_) => unreachable!("text that text follows has no range"),
                };
                self.compare(&asked, wanted, query, found, false).await;
            }
            Asked::PlacesOfCity(city, step) => {
                let found = places.filter(|place| place.city == city && step.selects(&place.street));
                let found = found.map(|place| (place.street.clone(), place)).collect();
                let reversed = step.is_reversed();
                let query = Place::by_part(part).city(city);
                let query = take_text!(table, query, step, street, street_from, street_until, street_in);
                self.compare(&asked, wanted, query, found, reversed).await;
            }
            Asked::PlacesByStreet(step) => {
                let found = places.filter(|place| step.selects(&place.street));
                let found = found.map(|place| (format!("{}#{}", place.street, place.city), place)).collect();
                let query = match step {
                    Step::Prefix(text) => table.query(Place::by_street(part).street_in(prefix(text))),
                    Step::Equal(street) => table.query(Place::by_street(part).street(street)),
                    _ => unreachable!("text that text follows has no range"),
                };
                self.compare(&asked, wanted, query, found, false).await;
            }
            Asked::PlacesOfStreet(street, step) => {
                let found = places.filter(|place| place.street == street && step.selects(&place.city));
                let found = found.map(|place| (place.city.clone(), place)).collect();
                let reversed = step.is_reversed();
                let query = Place::by_street(part).street(street);
                let query = take_text!(table, query, step, city, city_from, city_until, city_in);
                self.compare(&asked, wanted, query, found, reversed).await;
            }
        }
    }

    fn here(&self) -> impl Iterator<Item = &Misses> {
        self.items.iter()
    }

    fn orders(&self) -> impl Iterator<Item = Order> {
        self.here().filter_map(|item| match item {
            Misses::Order(order) if order.part == PARTITIONS[0] => Some(order.clone()),
            _ => None,
        })
    }

    fn slots(&self) -> impl Iterator<Item = Slot> {
        self.here().filter_map(|item| match item {
            Misses::Slot(slot) if slot.part == PARTITIONS[0] => Some(slot.clone()),
            _ => None,
        })
    }

    fn places(&self) -> impl Iterator<Item = Place> {
        self.here().filter_map(|item| match item {
            Misses::Place(place) if place.part == PARTITIONS[0] => Some(place.clone()),
            _ => None,
        })
    }

    /// `found` is with what it is sorted by. Items that share an index key come in no particular order.
    async fn compare<E, I, K>(
        &self,
        asked: &Asked,
        wanted: Wanted,
        mut query: Query<E, I, Handle<Misses>>,
        found: Vec<(K, E)>,
        reversed: bool,
    ) where
        E: Entity<Table = Misses> + PartialEq + std::fmt::Debug,
        I: Index,
        K: Ord,
    {
        let mut expected = found;
        expected.sort_by(|(a, _), (b, _)| a.cmp(b));
        if wanted.newest_first {
            expected.reverse();
        }
        if wanted.newest_first {
            query = query.newest_first();
        }
        if let Some(limit) = wanted.limit {
            query = query.limit(limit);
        }
        let (answer, cost) = query.await.unwrap().into_parts();
        let limit = wanted.limit.unwrap_or(usize::MAX);
        assert_eq!(answer.len(), expected.len().min(limit), "{asked:?} {wanted:?}: {answer:?}");
        // Position by position, the sort keys are the expected ones, and nothing comes twice.
        for (at, item) in answer.iter().enumerate() {
            let same = expected.iter().position(|(_, one)| one == item);
            let same = same.unwrap_or_else(|| panic!("{asked:?} {wanted:?}: {item:?} was not asked for"));
            assert!(expected[same].0 == expected[at].0, "{asked:?} {wanted:?}: {item:?} is not in its place");
            assert!(!answer[..at].contains(item), "{asked:?} {wanted:?}: {item:?} comes twice");
        }
        if reversed {
            assert_eq!((cost.calls, answer.len()), (0, 0), "{asked:?}");
        }
        assert_eq!(cost.evaluated, answer.len() as u64, "{asked:?} {wanted:?} reads more than it returns");
    }
}

/// One item for each primary key: the last.
fn distinct(items: Vec<Misses>) -> Vec<Misses> {
    let mut distinct: Vec<Misses> = Vec::new();
    for item in items {
        let key = key(&item);
        distinct.retain(|other| self::key(other) != key);
        distinct.push(item);
    }
    distinct
}

fn attributes(item: &Misses) -> monotable::Item {
    let put = match item {
        Misses::Order(entity) => entity.put().explain(),
        Misses::Slot(entity) => entity.put().explain(),
        Misses::Place(entity) => entity.put().explain(),
        Misses::Orders(entity) => entity.put().explain(),
        Misses::Before(entity) => entity.put().explain(),
        Misses::After(entity) => entity.put().explain(),
    };
    put.unwrap().item.unwrap()
}

fn key(item: &Misses) -> (String, String) {
    let item = attributes(item);
    let half = |name: &str| item[name].as_s().unwrap().clone();
    (half("PK"), half("SK"))
}

async fn load(table: &Handle<Misses>, items: &[Misses]) {
    for items in items.chunks(25) {
        let write = |item| {
            let put = PutRequest::builder().set_item(Some(attributes(item))).build().unwrap();
            WriteRequest::builder().put_request(put).build()
        };
        let writes = items.iter().map(write).collect();
        table.sdk().batch_write_item().request_items(table.name(), writes).send().await.unwrap();
    }
}

/// The same cases in every run; a failure shrinks, and names its case.
fn cases(cases: u32) -> TestRunner {
    let (rng_seed, failure_persistence) = (RngSeed::Fixed(20261120), None);
    TestRunner::new(Config {
        cases,
        rng_seed,
        failure_persistence,
        max_shrink_iters: 500,
        ..Config::default()
    })
}

#[test]
fn a_query_returns_what_a_filter_of_the_same_items_does() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let wanted = (any::<bool>(), proptest::option::of(0..6usize));
    let wanted = wanted.prop_map(|(newest_first, limit)| Wanted { newest_first, limit });
    let strategy = (vec(item(), 0..60), vec((asked(), wanted), 1..160));
    let outcome = cases(128).run(&strategy, |(items, questions)| {
        runtime.block_on(async {
            let (table, items) = (Misses::embedded().await.unwrap(), distinct(items));
            load(&table, &items).await;
            for (asked, wanted) in questions {
                Stored { table: &table, items: &items }.ask(asked, wanted).await;
            }
        });
        Ok(())
    });
    outcome.unwrap();
}
