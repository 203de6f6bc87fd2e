//! The bytes themselves: what is written, and what is borrowed of what is read.

use std::borrow::Cow;

use monotable::__wire as wire;
use serde::{Deserialize, Serialize};

use super::types::Blob;

fn written<T: Serialize>(value: T) -> String {
    String::from_utf8(wire::write(&value).unwrap()).unwrap()
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct View<'a> {
    name: &'a str,
    #[serde(borrow)]
    note: Cow<'a, str>,
}

#[test]
fn text_is_borrowed_where_it_has_no_escapes() {
    let json = br#"{"M":{"name":{"S":"Ada"},"note":{"S":"one"}}}"#;
    let view: View<'_> = wire::read(json).unwrap();
    assert_eq!(view, View { name: "Ada", note: Cow::Borrowed("one") });
    assert!(matches!(view.note, Cow::Borrowed(_)));
    let escaped = br#"{"M":{"name":{"S":"Ada"},"note":{"S":"one\ntwo"}}}"#;
    let view: View<'_> = wire::read(escaped).unwrap();
    assert!(matches!(view.note, Cow::Owned(ref note) if note == "one\ntwo"));
    let escaped = br#"{"M":{"name":{"S":"A\u0064a"},"note":{"S":"one"}}}"#;
    assert!(matches!(wire::read::<View<'_>>(escaped), Err(wire::Refusal::Unfit(_))));
}

#[test]
fn what_is_written() {
    assert_eq!(written("a\"b\\c\n\r\t\u{1}\u{1f}é🦀"), r#"{"S":"a\"b\\c\n\r\t\u0001\u001fé🦀"}"#);
    assert_eq!(written(""), r#"{"S":""}"#);
    assert_eq!(written([0u8, 255]), r#"{"L":[{"N":"0"},{"N":"255"}]}"#);
    assert_eq!(written(Blob(vec![0, 255, 7])), r#"{"B":"AP8H"}"#);
    assert_eq!(written(Vec::<u8>::new()), r#"{"L":[]}"#);
    assert_eq!(written(std::collections::BTreeMap::<u8, u8>::new()), r#"{"M":{}}"#);
    assert_eq!(written((None::<u8>, (), true)), r#"{"L":[{"NULL":true},{"NULL":true},{"BOOL":true}]}"#);
    assert_eq!(written(1.5f32), r#"{"N":"1.5"}"#);
    assert_eq!(written(10.0f64), r#"{"N":"10"}"#);
}

#[test]
fn long_and_short_texts_with_an_escape_at_every_place() {
    for length in 0..40 {
        for at in 0..=length {
            let mut text = "x".repeat(length);
            text.insert(at, '\\');
            assert_eq!(wire::read::<String>(written(&text).as_bytes()), Ok(text));
        }
    }
    let large = "0123456789é\"".repeat(30_000);
    assert_eq!(wire::read::<String>(written(&large).as_bytes()), Ok(large));
}

#[test]
fn keys_of_a_map_that_are_the_same_text_are_refused() {
    struct Twice;
    impl Serialize for Twice {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_map([("b", 1), ("a", 2), ("b", 3)])
        }
    }
    assert!(wire::write(&Twice).is_err());
    #[derive(Serialize)]
    struct Flat {
        a: u8,
        #[serde(flatten)]
        rest: std::collections::BTreeMap<&'static str, u8>,
    }
    assert!(wire::write(&Flat { a: 1, rest: [("b", 2)].into() }).is_ok());
    assert!(wire::write(&Flat { a: 1, rest: [("a", 2)].into() }).is_err());
}

#[test]
fn sets_have_elements_of_their_type() {
    use serde_dynamo::{binary_set::BinarySet, number_set::NumberSet, string_set::StringSet};
    assert_eq!(written(StringSet(vec!["a", "b"])), r#"{"SS":["a","b"]}"#);
    assert_eq!(written(NumberSet((1, 2.5))), r#"{"NS":["1","2.5"]}"#);
    assert_eq!(written(BinarySet(vec![Blob(vec![1])])), r#"{"BS":["AQ=="]}"#);
    assert!(wire::write(&StringSet(vec![1])).is_err());
    assert!(wire::write(&NumberSet(vec!["1"])).is_err());
    assert!(wire::write(&StringSet("a")).is_err());
    assert!(wire::write(&BinarySet(vec![vec![1u8]])).is_err());
}
