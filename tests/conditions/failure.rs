//! What a write whose condition does not hold brings back.

use std::error::Error as _;

use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure::AllOld;
use expect_test::expect;
use monotable::testing::Fault;
use monotable::{Entity, Error, ErrorKind, ItemError};
use monotable_tests::{answering, open};

use crate::world::{Other, OtherKey, Thing, ThingKey, Things, plain_thing};

const SECRET: &str = "hunter2";

fn stored() -> Thing {
    Thing { note: Some(SECRET.into()), ..plain_thing() }
}

fn key() -> ThingKey {
    ThingKey { id: 1 }
}

/// Everything that an error and its causes print.
fn printed(error: &Error) -> String {
    let mut printed = format!("{error}\n{error:?}\n{error:#?}");
    let mut cause = error.source();
    while let Some(next) = cause {
        printed.push_str(&format!("\n{next}\n{next:?}"));
        cause = next.source();
    }
    printed
}

#[tokio::test]
async fn the_current_item_comes_with_a_failed_condition() {
    let things = open::<Things>().await;
    things.put(&stored()).await.unwrap();
    let new = Thing { rank: 4, ..stored() };
    for error in [
        things.put(&new).when(Thing::RANK.gt(3)).await.unwrap_err(),
        things.replace(&new).when(Thing::RANK.gt(3)).await.unwrap_err(),
        things.put(&new).when(Thing::RANK.eq(3)).when(Thing::IS_BIG.eq(true)).await.unwrap_err(),
        things.delete(key()).when(Thing::NOTE.not_exists()).await.unwrap_err(),
        things.delete(key()).if_present().when(Thing::NOTE.not_exists()).await.unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::ConditionFailed);
        assert!(error.is_condition_failed());
        assert_eq!(error.current::<Thing>().unwrap(), Some(stored()));
        assert!(
            matches!(error.current::<Things>().unwrap(), Some(Things::Thing(thing)) if thing == stored())
        );
        assert!(matches!(error.current::<Other>(), Err(ItemError::WrongType { .. })));
        assert!(!printed(&error).contains(SECRET), "{}", printed(&error));
    }
    assert_eq!(things.get(key()).await.unwrap().into_inner(), Some(stored()));
}

#[tokio::test]
async fn an_insert_of_what_is_there_brings_what_is_there() {
    let things = open::<Things>().await;
    things.put(&stored()).await.unwrap();
    for error in [
        things.insert(&plain_thing()).await.unwrap_err(),
        things.put(&plain_thing()).if_absent().when(Thing::RANK.ne(8)).await.unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::AlreadyExists);
        assert_eq!(error.current::<Thing>().unwrap(), Some(stored()));
        assert!(!printed(&error).contains(SECRET), "{}", printed(&error));
        expect![[r#"cannot insert `Thing` (PK = "THING#001", SK = "THING"): an item with this key is there already"#]]
            .assert_eq(&error.to_string());
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_replaced() {
    let things = open::<Things>().await;
    for (error, text) in [
        (
            things.replace(&stored()).await.unwrap_err(),
            expect![[
                r#"cannot replace `Thing` (PK = "THING#001", SK = "THING"): there is no item with this key"#
            ]],
        ),
        (
            things.put(&stored()).when(Thing::RANK.ne(8)).if_present().await.unwrap_err(),
            expect![[
                r#"cannot replace `Thing` (PK = "THING#001", SK = "THING"): there is no item with this key"#
            ]],
        ),
        (
            things.delete(key()).if_present().await.unwrap_err(),
            expect![[
                r#"cannot delete `Thing` (PK = "THING#001", SK = "THING"): there is no item with this key"#
            ]],
        ),
    ] {
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert!(error.is_condition_failed());
        assert!(error.current::<Thing>().unwrap().is_none());
        text.assert_eq(&error.to_string());
    }
    // Without being asked for, an item is no condition.
    things.delete(key()).await.unwrap();
    // A condition on what is not there sees nothing.
    let error = things.put(&stored()).when(Thing::RANK.ge(0)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConditionFailed);
    assert!(error.current::<Thing>().unwrap().is_none());
    things.put(&stored()).when(Thing::RANK.not_exists()).await.unwrap();
    things.replace(&plain_thing()).await.unwrap();
    assert_eq!(things.get(key()).await.unwrap().into_inner(), Some(plain_thing()));
    things.delete(key()).if_present().await.unwrap();
    assert_eq!(things.get(key()).await.unwrap().into_inner(), None);
}

#[test]
fn the_item_is_asked_for_where_there_is_a_condition() {
    let plain = stored().put().explain().unwrap();
    assert_eq!((plain.condition_expression(), plain.expression_attribute_names()), (None, None));
    assert_eq!(plain.return_values_on_condition_check_failure(), None);
    let insert = stored().insert().explain().unwrap();
    assert_eq!(insert.condition_expression(), Some("attribute_not_exists(#0)"));
    assert_eq!(insert.return_values_on_condition_check_failure(), Some(&AllOld));
    assert_eq!(insert.expression_attribute_values(), None);
    let replace = stored().replace().when(Thing::TEXT.eq("a").or(Thing::NOTE.eq("a"))).explain().unwrap();
    assert_eq!(replace.condition_expression(), Some("attribute_exists(#0) AND (#1 = :0 OR #2 = :0)"));
    // The last word on presence holds.
    assert_eq!(
        stored().insert().if_present().explain().unwrap().condition_expression(),
        Some("attribute_exists(#0)")
    );
}

/// The request id is the SDK's, and stays; the answer that holds the item does not.
#[tokio::test]
async fn the_cause_keeps_its_code_without_the_item() {
    let body = r#"{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"no","Item":{"note":{"S":"hunter2"}}}"#;
    let (things, _) = answering::<Things>(Fault::respond(400, body));
    let error = things.put(&stored()).when(Thing::RANK.eq(1)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConditionFailed);
    assert!(!printed(&error).contains(SECRET));
    assert!(printed(&error).contains("ConditionalCheckFailedException"));
    // It has no type, so it is no entity; that is the answer's fault.
    assert!(matches!(error.current::<Thing>(), Err(ItemError::NoType { .. })));
    assert!(matches!(things.delete(OtherKey { id: 1 }).await, Err(error) if error.is_condition_failed()));
}

#[tokio::test]
async fn whether_it_exists_is_asked_without_reading_it() {
    let things = open::<Things>().await;
    let none = things.exists(key()).await.unwrap();
    assert_eq!((*none, none.read_units(), none.cost().evaluated), (false, 0.5, 0));
    things.put(&stored()).await.unwrap();
    let found = things.exists(key()).consistent().await.unwrap();
    assert_eq!((*found, found.read_units(), found.cost().evaluated), (true, 1.0, 1));
    let request = things.exists(key()).explain().unwrap();
    assert_eq!(request.projection_expression(), Some("#0"));
    assert_eq!(request.expression_attribute_names().unwrap()["#0"], "PK");
}
