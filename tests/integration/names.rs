//! The attribute names that the derive knows are the ones that serde writes.

use monotable::{Entity, Table};
use monotable_tests::open;
use serde::{Deserialize, Serialize};

macro_rules! cases {
    ($($entity:ident: $case:literal),* $(,)?) => {
        #[derive(Table, Debug)]
        #[table(name = "names")]
        enum Names {
            $($entity($entity),)*
            Renamed(Renamed),
            Skipped(Skipped),
        }

        $(
            #[allow(non_snake_case)]
            #[derive(Entity, Serialize, Deserialize, Debug, Default)]
            #[entity(table = Names, pk = "NAMES#{a}", sk = $case)]
            #[serde(rename_all = $case)]
            struct $entity {
                a: String,
                a_b_c: u8,
                _lead: u8,
                __two: u8,
                trail_: u8,
                in__between: u8,
                with_1digit: u8,
                r#type: u8,
                größe_é: u8,
                naïve: u8,
                alreadyCamel: u8,
                #[serde(rename = "kept As-is")]
                renamed: u8,
            }
        )*

        #[test]
        fn every_case_of_serde_gives_the_names_that_serde_writes() {
            $(assert_names(&$entity::default());)*
        }
    };
}

cases! {
    Lower: "lowercase",
    Upper: "UPPERCASE",
    Pascal: "PascalCase",
    Camel: "camelCase",
    Snake: "snake_case",
    ScreamingSnake: "SCREAMING_SNAKE_CASE",
    Kebab: "kebab-case",
    ScreamingKebab: "SCREAMING-KEBAB-CASE",
}

#[derive(Entity, Serialize, Deserialize, Debug, Default)]
#[entity(table = Names, pk = "NAMES#{a}", sk = "renamed")]
#[serde(rename_all(serialize = "camelCase", deserialize = "camelCase"))]
struct Renamed {
    a: String,
    a_b_c: u8,
    #[serde(rename = "")]
    empty: u8,
    #[serde(rename = "größe")]
    size: u8,
    #[serde(rename = "a \"quote\" and a \\")]
    quoted: u8,
    #[serde(rename(serialize = "both", deserialize = "both"))]
    both_ways: u8,
    #[serde(rename(serialize = "thisCase", deserialize = "thisCase"), default)]
    as_by_rule: u8,
    #[serde(alias = "was_called", default)]
    has_an_alias: u8,
}

#[derive(Entity, Serialize, Deserialize, Debug, Default)]
#[entity(table = Names, pk = "NAMES#{a}", sk = "skipped")]
#[serde(default)]
struct Skipped {
    a: String,
    #[serde(skip)]
    never: u8,
    #[serde(skip_serializing)]
    only_read: u8,
    #[serde(skip_deserializing)]
    only_written: u8,
    #[serde(skip_serializing_if = "Option::is_some")]
    sometimes: Option<u8>,
    #[serde(with = "as_text")]
    custom: u8,
}

mod as_text {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(number: &u8, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(number)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[track_caller]
fn assert_names<E: Entity + Serialize>(entity: &E) {
    let value = serde_json::to_value(entity).unwrap();
    let mut written: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    let mut known: Vec<&str> = E::MODEL.attributes.iter().map(|attribute| attribute.name).collect();
    written.sort_unstable();
    known.sort_unstable();
    assert_eq!(known, written, "{}", E::MODEL.name);
}

#[test]
fn renames_are_the_names_that_serde_writes() {
    assert_names(&Renamed::default());
}

/// A field that is only written is in the item, whoever reads it.
#[test]
fn skipped_fields_have_no_name_and_written_ones_do() {
    assert_names(&Skipped::default());
}

#[test]
fn fields_are_known_by_their_names_in_rust_too() {
    let fields: Vec<_> =
        Kebab::MODEL.attributes.iter().map(|attribute| (attribute.field, attribute.name)).collect();
    assert_eq!(fields[1], ("a_b_c", "a-b-c"));
    assert_eq!(fields[7], ("type", "type"));
    assert_eq!(fields[11], ("renamed", "kept As-is"));
}

/// The names hold in the table too.
#[tokio::test]
async fn every_case_is_read_back() {
    let names = open::<Names>().await;
    let camel = Camel { a: "a".into(), größe_é: 1, with_1digit: 2, r#type: 3, ..Camel::default() };
    names.put(&camel).await.unwrap();
    let screaming = ScreamingKebab { a: "a".into(), trail_: 1, _lead: 2, ..ScreamingKebab::default() };
    names.put(&screaming).await.unwrap();
    let read = names.get(camel.key()).await.unwrap().into_inner().unwrap();
    assert_eq!((read.größe_é, read.with_1digit, read.r#type), (1, 2, 3));
    let read = names.get(screaming.key()).await.unwrap().into_inner().unwrap();
    assert_eq!((read.trail_, read._lead), (1, 2));
}
