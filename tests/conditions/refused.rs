//! What DynamoDB would refuse is refused before it is sent, with the field and the rule, and without the value.

use std::collections::BTreeSet;

use monotable::{Condition, Entity, ErrorKind};
use monotable_tests::unsent;

use crate::world::{Place, Spot, Thing, Things, plain_thing};

#[track_caller]
fn refused(condition: Condition<Thing>, expected: &str) {
    // With others too: the mistake is said wherever it is.
    for condition in [condition.clone(), Thing::RANK.eq(1) & !(condition | Thing::RANK.eq(2))] {
        let error = plain_thing().put().when(condition).explain().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidCondition);
        let text = error.to_string();
        let (call, rule) = text.split_once(": ").unwrap();
        assert_eq!(call, r#"cannot put `Thing` (PK = "THING#001", SK = "THING")"#);
        assert_eq!(rule, expected);
    }
}

#[test]
fn what_is_no_number() {
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -f64::NAN] {
        let expected = "the condition on `ratio` has a number that is infinite or not a number, which DynamoDB does not store";
        refused(Thing::RATIO.eq(number), expected);
        refused(Thing::RATIO.lt(number), expected);
        refused(Thing::RATIO.between(0.0, number), expected);
        refused(Thing::RATIO.in_list([0.0, number]), expected);
    }
    for number in [f64::MIN_POSITIVE, -1e126, f64::MAX] {
        let expected = "the condition on `ratio` has a number beyond the magnitudes that DynamoDB stores, which are \
                        1E-130 to 9.99E+125";
        refused(Thing::RATIO.eq(number), expected);
    }
    let numbers = [0.0, -0.0, 1e-130, 1e125, -1e125];
    assert!(plain_thing().put().when(Thing::RATIO.in_list(numbers)).explain().is_ok());
}

#[test]
fn an_empty_set() {
    let expected = "the condition on `tags` has an empty set, which DynamoDB does not store";
    refused(Thing::TAGS.eq(BTreeSet::new()), expected);
    refused(Thing::TAGS.ne(BTreeSet::new()), expected);
}

#[test]
fn a_list_of_no_values() {
    refused(
        Thing::TEXT.in_list(Vec::<String>::new()),
        "the condition on `text` lists no values, so no item is asked for",
    );
}

#[test]
fn reversed_bounds() {
    let reversed = "the condition on `order` has its bounds reversed: the lower one is above the upper one";
    refused(Thing::RANK.between(2, 1), reversed);
    refused(Thing::RANK.between(10, 9), reversed);
    refused(
        Thing::TEXT.between("b", "a"),
        "the condition on `text` has its bounds reversed: the lower one is above the upper one",
    );
    refused(
        Thing::RATIO.between(0.2, 0.1),
        "the condition on `ratio` has its bounds reversed: the lower one is above the upper one",
    );
    refused(
        Thing::TEXT.size().between(2, 1),
        "the condition on `text` has its bounds reversed: the lower one is above the upper one",
    );
    assert!(plain_thing().put().when(Thing::RANK.between(9, 10)).explain().is_ok());
    assert!(plain_thing().put().when(Thing::RANK.between(9, 9)).explain().is_ok());
}

#[test]
fn an_empty_key_of_a_map() {
    refused(
        Thing::PRICES.key("").exists(),
        "the condition on `prices[..]` names a map's entry by an empty key, which DynamoDB does not take",
    );
}

#[test]
fn a_field_beside_itself() {
    refused(
        Thing::TEXT.eq_field(Thing::TEXT),
        "the condition on `text` compares it with itself, which DynamoDB refuses",
    );
    let count = |at| Thing::HOME.at(Place::SPOTS).index(at).at(Spot::NUMBER);
    refused(
        count(1).lt_field(count(1)),
        "the condition on `home.SPOTS[1].count` compares it with itself, which DynamoDB refuses",
    );
    assert!(plain_thing().put().when(count(1).lt_field(count(2))).explain().is_ok());
}

#[tokio::test]
async fn nothing_is_sent() {
    let (things, proxy) = unsent::<Things>();
    let wrong = || Thing::RATIO.eq(f64::NAN);
    for error in [
        things.put(&plain_thing()).when(wrong()).await.unwrap_err(),
        things.insert(&plain_thing()).when(wrong()).await.unwrap_err(),
        things.replace(&plain_thing()).when(wrong()).await.unwrap_err(),
        things.delete(plain_thing().key()).when(wrong()).await.unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::InvalidCondition);
        assert!(!error.is_condition_failed());
        assert!(error.current::<Thing>().unwrap().is_none());
    }
    assert_eq!(proxy.sent(), 0);
}
