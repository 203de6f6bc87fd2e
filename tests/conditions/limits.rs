//! DynamoDB's limits, on both sides of the edge.

use aws_sdk_dynamodb::operation::put_item::PutItemInput;
use expect_test::expect;
use monotable::{Condition, Entity, Error, ErrorKind, Explained};

use crate::world::{Thing, plain_thing};

fn explain(condition: Condition<Thing>) -> Result<Explained<PutItemInput>, Error> {
    plain_thing().put().when(condition).explain()
}

fn refusal(condition: Condition<Thing>) -> String {
    let error = explain(condition).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidCondition);
    error.to_string()
}

fn length(condition: Condition<Thing>) -> usize {
    explain(condition).unwrap().condition_expression().unwrap().len()
}

fn all(conditions: impl IntoIterator<Item = Condition<Thing>>) -> Condition<Thing> {
    conditions.into_iter().reduce(|all, next| all & next).unwrap()
}

#[test]
fn three_hundred_operators_are_taken() {
    // Each comparison is one, and so is each AND between them.
    let ranks = |count: usize| all((0..count).map(|_| Thing::RANK.eq(1)));
    assert!(explain(!ranks(150)).is_ok());
    expect![[r#"cannot put `Thing` (PK = "THING#001", SK = "THING"): the condition has 301 operators and functions, and DynamoDB takes 300"#]]
        .assert_eq(&refusal(ranks(151)));
    // The presence of the item is one function, and one AND.
    assert!(plain_thing().put().if_absent().when(ranks(149)).explain().is_ok());
    let error = plain_thing().put().if_absent().when(ranks(150)).explain().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidCondition);
    assert!(error.to_string().contains("301"), "{error}");
    // A size is a function beside the comparison.
    let sizes = |count: usize| all((0..count).map(|_| Thing::TEXT.size().gt(1)));
    assert!(explain(sizes(100)).is_ok());
    assert!(refusal(sizes(101)).contains("302"));
    // Far beyond the limit nothing is kept, but all is counted.
    assert!(refusal(ranks(100_000)).contains("199999"));
    let mut deep = Thing::RANK.eq(1);
    for _ in 0..100_000 {
        deep = !(deep | Thing::RANK.eq(2)) & Thing::RANK.eq(3);
    }
    assert!(refusal(deep).contains("operators"));
}

#[test]
fn four_kilobytes_are_taken() {
    let mut long = all((0..8).map(|_| Thing::RANK.in_list(0..100)));
    while length(long.clone()) < 4096 - 40 {
        long = long & Thing::RANK.eq(1);
    }
    let with_digits =
        |digits: usize| long.clone() & Thing::WORDS.index(10usize.pow(digits as u32 - 1)).exists();
    let digits = 1 + 4096 - length(with_digits(1));
    assert_eq!(length(with_digits(digits)), 4096);
    expect![[r#"cannot put `Thing` (PK = "THING#001", SK = "THING"): the condition is longer than the 4096 bytes that DynamoDB takes"#]]
        .assert_eq(&refusal(with_digits(digits + 1)));
}

#[test]
fn a_hundred_values_are_taken_in_a_list() {
    assert!(explain(Thing::RANK.in_list(0..100)).is_ok());
    expect![[r#"cannot put `Thing` (PK = "THING#001", SK = "THING"): the condition on `order` lists 101 values, and DynamoDB takes 100"#]]
        .assert_eq(&refusal(Thing::RANK.in_list(0..101)));
}

#[test]
fn two_megabytes_of_names_and_values_are_taken() {
    // `#0` for `text`, `:0` and `:1`.
    let rest = 2 * 1024 * 1024 - "#0text:0:1".len() - 1_000_000;
    let texts = |second: usize| Thing::TEXT.in_list(["a".repeat(1_000_000), "b".repeat(second)]);
    assert!(explain(texts(rest)).is_ok());
    expect![[r#"cannot put `Thing` (PK = "THING#001", SK = "THING"): the names and values of the condition have 2097153 bytes, and DynamoDB takes 2097152"#]]
        .assert_eq(&refusal(texts(rest + 1)));
    // The same value again takes no more room.
    assert!(explain(texts(rest) & Thing::TEXT.ne("b".repeat(rest))).is_ok());
}
