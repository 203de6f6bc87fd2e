//! Items there and back, one at a time and as a collection.

use std::error::Error as _;

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::AttributeValue;
use expect_test::expect;
use monotable::{Entity, ErrorKind, Item, Table};
use monotable_tests::open;
use serde::{Deserialize, Serialize};

use crate::client::{put_raw, s};
use crate::shop::*;

#[tokio::test]
async fn what_was_put_is_got() {
    let shop = open::<Shop>().await;
    let (ada, first) = (customer("ada"), Order { note: Some(String::new()), ..order("ada", 7) });
    shop.put(&ada).await.unwrap();
    shop.put(&first).await.unwrap();
    assert_eq!(*shop.get(CustomerKey { customer_id: "ada".into() }).await.unwrap(), Some(ada));
    assert_eq!(*shop.get(first.key()).await.unwrap(), Some(first.clone()));
    assert_eq!(*shop.get(first.key()).consistent().await.unwrap(), Some(first));
}

#[tokio::test]
async fn a_put_replaces_what_is_there() {
    let shop = open::<Shop>().await;
    shop.put(&Order { note: Some("old".into()), ..order("ada", 7) }).await.unwrap();
    shop.put(&order("ada", 7)).await.unwrap();
    assert_eq!(*shop.get(order_key("ada", 7)).await.unwrap(), Some(order("ada", 7)));
}

#[tokio::test]
async fn what_is_not_there_is_none() {
    let shop = open::<Shop>().await;
    let got = shop.get(order_key("ada", 7)).await.unwrap();
    assert_eq!((&*got, got.cost().calls, got.cost().attempts), (&None, 1, 1));
    assert!(shop.query(Order::by_customer_id("ada")).await.unwrap().is_empty());
    assert!(shop.item_collection(Order::by_customer_id("ada")).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_delete_removes_the_item_and_a_second_one_is_no_error() {
    let shop = open::<Shop>().await;
    shop.put(&order("ada", 7)).await.unwrap();
    shop.put(&order("ada", 8)).await.unwrap();
    shop.delete(order_key("ada", 7)).await.unwrap();
    shop.delete(order_key("ada", 7)).await.unwrap();
    assert_eq!(*shop.get(order_key("ada", 7)).await.unwrap(), None);
    assert_eq!(*shop.query(Order::by_customer_id("ada")).await.unwrap(), [order("ada", 8)]);
    assert_eq!(*shop.query(Order::by_status(Status::Open)).await.unwrap(), [order("ada", 8)]);
}

#[tokio::test]
async fn an_insert_on_a_taken_key_is_refused() {
    let shop = open::<Shop>().await;
    shop.insert(&order("ada", 7)).await.unwrap();
    let error = shop.insert(&Order { note: Some("new".into()), ..order("ada", 7) }).await.unwrap_err();
    assert_eq!((error.kind(), error.is_condition_failed()), (ErrorKind::AlreadyExists, true));
    assert_eq!((error.operation(), error.entity()), ("insert", "Order"));
    expect![[r#"cannot insert `Order` (PK = "CUSTOMER#ada", SK = "ORDER#0000000007"): an item with this key is there already"#]]
        .assert_eq(&error.to_string());
    expect![[r#"PK = "CUSTOMER#ada", SK = "ORDER#0000000007""#]].assert_eq(error.key_text().unwrap());
    let cause = error.source().unwrap().downcast_ref::<SdkError<PutItemError>>().unwrap();
    assert!(cause.as_service_error().unwrap().is_conditional_check_failed_exception());
    assert_eq!(*shop.get(order_key("ada", 7)).await.unwrap(), Some(order("ada", 7)));
}

/// The key is taken by whoever has it: an insert does not ask for the type.
#[tokio::test]
async fn an_insert_does_not_replace_an_item_of_another_type() {
    let shop = open::<Shop>().await;
    let taken = [("PK", "CUSTOMER#ada"), ("SK", "ORDER#0000000007"), ("_type", "wish")];
    put_raw(&shop, taken.map(|(name, text)| (name.to_owned(), s(text))).into()).await;
    let error = shop.insert(&order("ada", 7)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AlreadyExists);
}

#[tokio::test]
async fn operations_are_values_that_a_handle_takes_later() {
    let request = order("ada", 7).insert().explain().unwrap();
    assert_eq!(request.table_name.as_deref(), Some("shop"));
    let item = request.into_inner().item.unwrap();
    let mut names: Vec<_> = item.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "GSI1PK",
            "GSI1SK",
            "PK",
            "SK",
            "_type",
            "customer_id",
            "order_id",
            "placed_at",
            "status",
            "tags",
            "total"
        ]
    );
    assert_eq!(item["_type"], s("order"));
}

#[tokio::test]
async fn an_item_collection_is_the_enum_in_order() {
    let shop = open::<Shop>().await;
    let expected: [Shop; 5] = [
        order("ada", 7).into(),
        order("ada", 10).into(),
        customer("ada").into(),
        task("ada", 1).into(),
        task("ada", 2).into(),
    ];
    shop.put(&task("ada", 2)).await.unwrap();
    shop.put(&customer("ada")).await.unwrap();
    shop.put(&order("ada", 10)).await.unwrap();
    shop.put(&task("ada", 1)).await.unwrap();
    shop.put(&order("ada", 7)).await.unwrap();
    shop.put(&order("adam", 7)).await.unwrap();
    let collection = shop.item_collection(Customer::by_customer_id("ada"));
    assert_eq!(*collection.await.unwrap(), expected);
    // Whichever entity names the partition.
    assert_eq!(*shop.item_collection(Task::by_customer_id("ada")).await.unwrap(), expected);
    let latest = shop.item_collection(Order::by_customer_id("ada")).newest_first().limit(2).consistent();
    assert_eq!(*latest.await.unwrap(), [expected[4].clone(), expected[3].clone()]);
    // Steps still hold.
    let orders = shop.item_collection(Order::by_customer_id("ada").order_id_from(8u32));
    assert_eq!(*orders.await.unwrap(), [expected[1].clone()]);
}

#[tokio::test]
async fn an_item_of_another_type_in_range_is_an_error_that_names_both() {
    let shop = open::<Shop>().await;
    shop.put(&order("ada", 7)).await.unwrap();
    let foreign = |kind: &str| -> Item {
        let texts = [("PK", "CUSTOMER#ada"), ("SK", "ORDER#0000000008"), ("_type", kind)];
        texts.map(|(name, text)| (name.to_owned(), s(text))).into()
    };

    put_raw(&shop, foreign("Customer")).await;
    let error = shop.get(order_key("ada", 8)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WrongType);
    expect![[r#"cannot get `Order` (PK = "CUSTOMER#ada", SK = "ORDER#0000000008"): the stored item is of type `Customer`, not `order`"#]]
        .assert_eq(&error.to_string());
    let error = shop.query(Order::by_customer_id("ada")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WrongType);
    expect![[r#"cannot query `Order` (PK = "CUSTOMER#ada", SK = "ORDER#0000000008"): the stored item is of type `Customer`, not `order`"#]]
        .assert_eq(&error.to_string());

    put_raw(&shop, foreign("wish")).await;
    let error = shop.item_collection(Order::by_customer_id("ada")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WrongType);
    expect![[r#"cannot query `Shop` (PK = "CUSTOMER#ada", SK = "ORDER#0000000008"): the stored item is of type `wish`, and the table's are `Customer`, `order`, `Task`"#]]
        .assert_eq(&error.to_string());

    let mut untyped = foreign("");
    untyped.remove("_type");
    put_raw(&shop, untyped).await;
    let error = shop.get(order_key("ada", 8)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WrongType);
    expect![[r#"cannot get `Order` (PK = "CUSTOMER#ada", SK = "ORDER#0000000008"): the stored item has no type: no text attribute `_type`"#]]
        .assert_eq(&error.to_string());
}

#[tokio::test]
async fn a_stored_item_that_lacks_an_attribute_is_an_error_that_names_it() {
    let shop = open::<Shop>().await;
    let mut item = order("ada", 7).put().explain().unwrap().into_inner().item.unwrap();
    item.remove("total");
    put_raw(&shop, item).await;
    let error = shop.get(order_key("ada", 7)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::MissingAttribute);
    expect![[r#"cannot get `Order` (PK = "CUSTOMER#ada", SK = "ORDER#0000000007"): the stored item lacks the attribute `total`, which `Order` needs"#]]
        .assert_eq(&error.to_string());
    let error = shop.query(Order::by_status(Status::Open)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::MissingAttribute);
    expect![[r#"cannot query `Order` (PK = "CUSTOMER#ada", SK = "ORDER#0000000007"): the stored item lacks the attribute `total`, which `Order` needs"#]]
        .assert_eq(&error.to_string());
}

#[tokio::test]
async fn a_stored_attribute_of_another_form_is_an_error_that_names_it() {
    let shop = open::<Shop>().await;
    let mut item = order("ada", 7).put().explain().unwrap().into_inner().item.unwrap();
    item.insert("total".into(), s("much"));
    // What is wrong with the item as a whole does not hide it.
    item.remove("tags");
    put_raw(&shop, item).await;
    let error = shop.get(order_key("ada", 7)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    expect![[r#"cannot get `Order` (PK = "CUSTOMER#ada", SK = "ORDER#0000000007"): the stored item does not read as `Order`: its attribute `total` has another form"#]].assert_eq(&error.to_string());
}

#[tokio::test]
async fn an_optional_attribute_may_be_missing_or_null() {
    let shop = open::<Shop>().await;
    let mut item = order("ada", 7).put().explain().unwrap().into_inner().item.unwrap();
    assert!(!item.contains_key("note"));
    item.insert("note".into(), AttributeValue::Null(true));
    put_raw(&shop, item).await;
    assert_eq!(*shop.get(order_key("ada", 7)).await.unwrap(), Some(order("ada", 7)));
}

#[derive(Table, Debug)]
#[table(name = "odds", pk = "id", type = "kind")]
enum Odds {
    Odd(Odd),
}

/// No sort key; fields whose value serde stores as NULL, or in other attributes.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Odds, pk = "ODD#{odd_id}")]
struct Odd {
    odd_id: u64,
    json: serde_json::Value,
    unit: (),
    #[serde(default = "seven")]
    defaulted: u8,
    #[serde(skip)]
    skipped: u8,
    #[serde(flatten)]
    rest: std::collections::BTreeMap<String, String>,
}

fn seven() -> u8 {
    7
}

fn odd() -> Odd {
    let rest = [("colour".to_owned(), "green".to_owned())].into();
    Odd {
        odd_id: u64::MAX,
        json: serde_json::json!({ "a": [1, null] }),
        unit: (),
        defaulted: 0,
        skipped: 0,
        rest,
    }
}

#[tokio::test]
async fn a_table_without_a_sort_key_takes_and_gives_items() {
    let odds = open::<Odds>().await;
    odds.put(&odd()).await.unwrap();
    assert_eq!(*odds.get(odd().key()).await.unwrap(), Some(odd()));
    assert_eq!(*odds.query(Odd::by_odd_id(u64::MAX)).await.unwrap(), [odd()]);
    odds.delete(odd().key()).await.unwrap();
    assert_eq!(*odds.get(odd().key()).await.unwrap(), None);
}

/// NULL is left out only where the field can do without it.
#[tokio::test]
async fn a_field_that_is_null_itself_is_read_back() {
    let odds = open::<Odds>().await;
    let odd = Odd { json: serde_json::Value::Null, ..odd() };
    odds.put(&odd).await.unwrap();
    assert_eq!(*odds.get(odd.key()).await.unwrap(), Some(odd));
}

/// serde reads what is flattened only when it has read everything.
#[tokio::test]
async fn a_flattened_attribute_of_another_form_is_an_error_of_the_item() {
    let odds = open::<Odds>().await;
    let mut item = odd().put().explain().unwrap().into_inner().item.unwrap();
    item.insert("colour".into(), AttributeValue::N("7".into()));
    put_raw(&odds, item.clone()).await;
    let error = odds.get(odd().key()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    expect![[
        r#"cannot get `Odd` (id = "ODD#18446744073709551615"): the stored item does not read as `Odd`"#
    ]]
    .assert_eq(&error.to_string());

    item.insert("defaulted".into(), s("seven"));
    put_raw(&odds, item).await;
    let error = odds.get(odd().key()).await.unwrap_err();
    expect![[r#"cannot get `Odd` (id = "ODD#18446744073709551615"): the stored item does not read as `Odd`: its attribute `defaulted` has another form"#]].assert_eq(&error.to_string());
}

#[tokio::test]
async fn an_attribute_that_may_be_missing_is_read_as_its_default() {
    let odds = open::<Odds>().await;
    let mut item = odd().put().explain().unwrap().into_inner().item.unwrap();
    item.remove("defaulted");
    put_raw(&odds, item).await;
    let read = odds.get(odd().key()).await.unwrap().into_inner().unwrap();
    assert_eq!(read, Odd { defaulted: 7, ..odd() });
}
