//! `parse(encode(key)) == key`, and what `parse` accepts is what `encode` writes.

use chrono::{DateTime, NaiveDate, Utc};
use monotable::{Entity, EntityKey, KeyError, KeyValue, Table};
use proptest::prelude::*;
use proptest::sample::select;

use crate::model::*;
use crate::support::{any_text, near_misses};

const WORDS: [&str; 21] = [
    "",
    "-",
    "-07",
    "via",
    "viavia",
    "a-1",
    ".txt",
    "a.txt.txt",
    "{",
    "}",
    "{}",
    "ORDER",
    "0",
    "Ada",
    "ADA",
    "é",
    "X",
    "PROFILE",
    "Open",
    "OpenAgain",
    "12",
];

/// Text that is often a literal of the templates, or ends or begins with one.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![select(&WORDS[..]).prop_map(str::to_owned), any_text(), "[a-z-]{1,12}"]
}

fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    (0_i64..253_402_300_799, select(vec![0_u32, 1_000_000, 999_000_000]))
        .prop_map(|(second, nano)| DateTime::from_timestamp(second, nano).expect("in range"))
}

fn date() -> impl Strategy<Value = NaiveDate> {
    instant().prop_map(|at| at.date_naive())
}

fn status() -> impl Strategy<Value = Status> {
    select(vec![Status::Open, Status::Again, Status::Odd])
}

fn texts<K: EntityKey>(key: &K) -> Result<(String, Option<String>), KeyError> {
    Ok((key.partition_key()?.into_text(), key.sort_key()?.map(KeyValue::into_text)))
}

/// The laws for one key.
fn check<K: EntityKey + PartialEq>(key: &K) {
    let Ok((partition, sort)) = texts(key) else { return };
    let sort = sort.as_deref();
    assert_eq!(owners(&partition, sort), [<K::Entity as Entity>::MODEL.name], "{partition:?} {sort:?}");
    assert_eq!(K::from_keys(&partition, sort).as_ref(), Ok(key), "{partition:?} {sort:?}");
    for text in near_misses(&partition) {
        check_text::<K>(&text, sort);
    }
    for text in sort.iter().flat_map(|sort| near_misses(sort)) {
        check_text::<K>(&partition, Some(&text));
    }
}

/// The entities whose templates a key matches: what untyped tables go by.
fn owners(partition: &str, sort: Option<&str>) -> Vec<&'static str> {
    let mut owners = Vec::new();
    for entity in World::ENTITIES {
        let key = &entity.keys[0];
        let sort_matches = key.sk.zip(sort).is_some_and(|(template, sort)| template.matches(sort));
        if sort_matches && key.pk.matches(partition) {
            owners.push(entity.name);
        }
    }
    owners
}

fn check_text<K: EntityKey>(partition: &str, sort: Option<&str>) {
    if let Ok(key) = K::from_keys(partition, sort) {
        let again = texts(&key).map(|(partition, sort)| (partition, sort.unwrap_or_default()));
        assert_eq!(again, Ok((partition.to_owned(), sort.unwrap_or_default().to_owned())), "{key:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn text_and_a_literal(id in text()) {
        check(&ProfileKey { customer_id: CustomerId(id) });
    }

    #[test]
    fn padded_numbers(id in text(), year: u16, number in 0_u32..200_000_000) {
        check(&OrderKey { customer_id: CustomerId(id), year, number });
    }

    #[test]
    fn fixed_widths_side_by_side(sensor: u128, valid: bool, depth: i32, degrees: i8, at in instant()) {
        check(&ReadingKey { sensor: uuid::Uuid::from_u128(sensor), valid, depth, degrees, at });
    }

    #[test]
    fn dates_and_shards_of_what_stands_in_full(at in instant(), day in date(), source in text()) {
        check(&EventKey { at, day, source });
    }

    #[test]
    fn escaped_text(owner in text(), folder in text(), title in text()) {
        check(&NoteKey { owner, folder, title });
    }

    #[test]
    fn one_field_in_three_forms(team in text(), email in text()) {
        check(&MemberKey { team, email });
    }

    #[test]
    fn words_that_begin_alike(status in status(), id in text(), number: u8) {
        check(&ShipmentKey { status, customer_id: CustomerId(id), number });
    }

    #[test]
    fn text_that_can_hold_the_literal_behind_it(from in text(), hops: u8, stop in text(), leg: i16) {
        check(&RouteKey { from, hops, stop, leg });
    }

    #[test]
    fn literal_braces(name in text(), n: u64) {
        check(&BracesKey { name, n });
    }

    #[test]
    fn a_literal_at_the_end(path in text(), name in text()) {
        check(&FileKey { path, name });
    }

    #[test]
    fn identifiers_in_another_case(id: u128, ulid: u128) {
        check(&SessionKey { id: uuid::Uuid::from_u128(id), ulid: ulid::Ulid(ulid) });
    }

    #[test]
    fn characters_and_words(letter: char, rest: bool) {
        check(&CodeKey { letter, rest });
    }

    #[test]
    fn computed_forms_beside_their_field(name in text(), at: u8) {
        check(&TagKey { name, at });
    }

    /// Texts that are no key at all, in halves that often are.
    #[test]
    fn any_text_is_refused_or_comes_back(partition in text(), sort in text()) {
        for head in ["", "CUSTOMER#", "TEAM#", "ROUTE#", "SHIP#"] {
            let partition = format!("{head}{partition}");
            check_text::<ProfileKey>(&partition, Some("PROFILE"));
            check_text::<MemberKey>(&partition, Some(&format!("MEMBER#{sort}")));
            check_text::<RouteKey>(&partition, Some(&sort));
            check_text::<ShipmentKey>(&partition, Some(&sort));
            check_text::<FileKey>(&format!("{partition}#FILE.txt"), Some(&format!("{sort}.txt")));
        }
    }
}
