//! What is said of a text that is no key: the template and the field, and never the text.

use monotable::{EntityKey, KeyProblem};

use crate::model::*;

#[track_caller]
fn check<K: EntityKey>(partition: &str, sort: Option<&str>, message: &str) -> KeyProblem {
    let error = K::from_keys(partition, sort).expect_err("it is no key");
    assert_eq!(error.to_string(), message);
    error.problem
}

#[test]
fn a_text_of_another_shape() {
    let problem = check::<OrderKey>(
        "CUSTOMER#ada",
        Some("ORDERS#secret"),
        r#"SK is not a key of "ORDER#{year}#{number:08}""#,
    );
    assert_eq!(problem, KeyProblem::NotOfTemplate);
}

#[test]
fn a_part_of_another_form() {
    check::<OrderKey>(
        "CUSTOMER#",
        Some("ORDER#02026#00000001"),
        r#"`customer_id` is empty, and a key part must not be (PK is "CUSTOMER#{customer_id}")"#,
    );
    check::<OrderKey>(
        "CUSTOMER#ada",
        Some("ORDER#99999#00000001"),
        r#"`year` is not an unsigned integer of 5 digits, at most 65535 (SK is "ORDER#{year}#{number:08}")"#,
    );
}

#[test]
fn a_field_that_disagrees() {
    for (partition, sort) in [("TEAM#a#ada", "MEMBER#a#Eve"), ("TEAM#a#Ada", "MEMBER#a#Ada")] {
        check::<MemberKey>(
            partition,
            Some(sort),
            r#"`email` is another one in the rest of the key (PK is "TEAM#{team}#{email:lower}")"#,
        );
    }
    check::<MemberKey>(
        "TEAM#a#ada",
        Some("MEMBER#b#Ada"),
        r#"`team` is another one in the rest of the key (SK is "MEMBER#{team}#{email}")"#,
    );
}

#[test]
fn a_missing_sort_key() {
    check::<ProfileKey>("CUSTOMER#ada", None, r#"SK is missing, which is "PROFILE""#);
}
