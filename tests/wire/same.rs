//! The same values as `serde_dynamo`, both ways, and the same refusals.

use std::fmt::Debug;

use monotable::__wire as wire;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_dynamo::AttributeValue;

use super::any::Anything;
use super::numbers::is_kept_by_serde;
use super::tree::{json_of, loosely, tree};
use super::types::{Adjacent, With, each};

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() })
}

struct RoundTrips;

impl With for RoundTrips {
    fn check<T: Serialize + DeserializeOwned + Debug + Clone + PartialEq + 'static>(
        &mut self,
        name: &str,
        values: BoxedStrategy<T>,
    ) {
        let law = |(value, seed): (T, u64)| {
            let theirs: AttributeValue = serde_dynamo::to_attribute_value(value.clone()).unwrap();
            let ours = wire::write(&value).unwrap();
            let json: serde_json::Value = serde_json::from_slice(&ours).unwrap();
            prop_assert_eq!(&json, &json_of(&theirs), "{} is written as by serde_dynamo", name);

            let read: T = wire::read(&ours).unwrap();
            prop_assert_eq!(&read, &value, "{} is read back", name);
            let read: T = wire::read(loosely(&json, seed).as_bytes()).unwrap();
            prop_assert_eq!(&read, &value, "{} is read from another spelling", name);
            prop_assert!(wire::skip(loosely(&json, seed).as_bytes()).is_ok());
            Ok(())
        };
        runner(200).run(&(values, any::<u64>()), law).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

#[test]
fn what_is_written_is_read() {
    each(&mut RoundTrips);
}

/// Reads every value as every type, whether it fits or not.
struct AsAnyType(u32);

impl With for AsAnyType {
    fn check<T: Serialize + DeserializeOwned + Debug + Clone + PartialEq + 'static>(
        &mut self,
        name: &str,
        values: BoxedStrategy<T>,
    ) {
        // What fits is among them, in part changed.
        let fits =
            values.prop_map(|value| serde_dynamo::to_attribute_value::<_, AttributeValue>(value).unwrap());
        let values = prop_oneof![
            tree(),
            (fits, tree(), any::<usize>()).prop_map(|(v, other, at)| graft(v, other, at))
        ];
        let mut fitting = 0;
        let law = |(value, seed): (AttributeValue, u64)| {
            let json = loosely(&json_of(&value), seed);
            let theirs = serde_dynamo::from_attribute_value::<_, T>(value.clone());
            let ours = wire::read::<T>(json.as_bytes());
            match (theirs, ours) {
                (Ok(theirs), Ok(ours)) => {
                    prop_assert_eq!(theirs, ours, "{} of {}", name, json);
                }
                (Err(_), Err(wire::Refusal::Unfit(_))) => {}
                // What serde keeps of a number until it knows the type is less than the number.
                (Ok(_), Err(wire::Refusal::Unfit(_))) if !is_kept_by_serde(&value) => {}
                // Of a tagged enum, serde takes more depending on whether the tag or the content comes first; and a
                // map of theirs comes in any order.
                (Ok(_), Err(wire::Refusal::Unfit(_))) if is_refused_in_an_order::<T>(&value) => {}
                (Err(_), Ok(ours)) if is_read_in_an_order(&value, &ours) => {}
                (theirs, ours) => prop_assert!(false, "{name} of {json}: {theirs:?}, and here {ours:?}"),
            }
            fitting += 1;
            Ok(())
        };
        let law = std::cell::RefCell::new(law);
        let run = runner(self.0).run(&(values, any::<u64>()), |case| (law.borrow_mut())(case));
        run.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(fitting > 0);
    }
}

/// With maps in many orders: each new one has its own.
fn in_orders<T: DeserializeOwned>(value: &AttributeValue) -> impl Iterator<Item = Option<T>> {
    (0..64).map(move |_| serde_dynamo::from_attribute_value(reordered(value)).ok())
}

fn is_refused_in_an_order<T: DeserializeOwned>(value: &AttributeValue) -> bool {
    in_orders::<T>(value).any(|read| read.is_none())
}

fn is_read_in_an_order<T: DeserializeOwned + PartialEq>(value: &AttributeValue, ours: &T) -> bool {
    in_orders::<T>(value).any(|read| read.as_ref() == Some(ours))
}

fn reordered(value: &AttributeValue) -> AttributeValue {
    match value {
        AttributeValue::M(map) => {
            let entries = map.iter().map(|(name, value)| (name.clone(), reordered(value)));
            AttributeValue::M(entries.collect())
        }
        AttributeValue::L(list) => AttributeValue::L(list.iter().map(reordered).collect()),
        value => value.clone(),
    }
}

/// Puts another value at some place of a value, or leaves it as it is.
fn graft(value: AttributeValue, other: AttributeValue, at: usize) -> AttributeValue {
    match value {
        AttributeValue::M(mut map) => {
            let mut names: Vec<_> = map.keys().cloned().collect();
            names.sort();
            match names.get(at % (names.len() + 2)) {
                Some(name) if at.is_multiple_of(3) => drop(map.remove(name)),
                Some(name) => drop(map.insert(name.clone(), other)),
                None if at.is_multiple_of(2) => drop(map.insert("b".to_owned(), other)),
                None => {}
            }
            AttributeValue::M(map)
        }
        AttributeValue::L(mut list) => {
            if at.is_multiple_of(2) {
                list.push(other);
            }
            AttributeValue::L(list)
        }
        value => value,
    }
}

#[test]
fn what_fits_a_type_is_the_same() {
    each(&mut AsAnyType(400));
}

/// A list that is too long for its variant: serde takes it where the tag comes first, and refuses it where it had to
/// keep the content.
#[test]
fn content_is_read_as_serde_reads_it_in_either_order() {
    let (tag, content) = (r#""t":{"S":"Tuple"}"#, r#""c":{"L":[{"N":"58"},{"BOOL":false},{"N":"1"}]}"#);
    let ours = |json: String| wire::read::<Adjacent>(json.as_bytes()).ok();
    let tag_first = ours(format!(r#"{{"M":{{{tag},{content}}}}}"#));
    let content_first = ours(format!(r#"{{"M":{{{content},{tag}}}}}"#));
    assert_eq!(content_first, None);
    let number = |number: &str| AttributeValue::N(number.to_owned());
    let list = AttributeValue::L(vec![number("58"), AttributeValue::Bool(false), number("1")]);
    let map = [("t".to_owned(), AttributeValue::S("Tuple".to_owned())), ("c".to_owned(), list)];
    let value = AttributeValue::M(map.into());
    let theirs: Vec<Option<Adjacent>> = in_orders(&value).collect();
    assert!(theirs.contains(&tag_first) && theirs.contains(&content_first), "{tag_first:?}");
}

proptest! {
    #![proptest_config(Config { cases: 2000, failure_persistence: None, ..Config::default() })]

    #[test]
    fn without_a_type_too(value in tree(), seed: u64) {
        let json = loosely(&json_of(&value), seed);
        let ours = wire::read::<Anything>(json.as_bytes());
        if is_kept_by_serde(&value) {
            prop_assert_eq!(ours, Ok(serde_dynamo::from_attribute_value(value).unwrap()));
        } else {
            prop_assert!(matches!(ours, Err(wire::Refusal::Unfit(_))), "{:?}", ours);
        }
        prop_assert_eq!(wire::skip(json.as_bytes()), Ok(()));
    }
}
