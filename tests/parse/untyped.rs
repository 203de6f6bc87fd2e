//! Tables without a type attribute: the keys say what an item is.

use std::collections::HashMap;

use monotable::aws_sdk_dynamodb::types::AttributeValue;
use monotable::{Entity, ErrorKind, FromItem, Item, ItemError, Table};
use monotable_tests::open;
use serde::{Deserialize, Serialize};

#[derive(Table, Debug, PartialEq)]
#[table(name = "legacy", untyped)]
enum Legacy {
    User(User),
    Login(Login),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Legacy, pk = "USER#{user}", sk = "PROFILE")]
struct User {
    user: String,
    // In a typed table this is the name of the type attribute.
    #[serde(rename = "_type")]
    kind: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Legacy, pk = "USER#{user}", sk = "LOGIN#{number}")]
struct Login {
    user: String,
    number: u16,
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "flat", pk = "id", untyped)]
enum Flat {
    Page(Page),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Flat, pk = "PAGE#{name}")]
struct Page {
    name: String,
}

fn user() -> User {
    User { user: "ada".into(), kind: "admin".into() }
}

fn item(pk: &str, sk: &str) -> Item {
    let text = |text: &str| AttributeValue::S(text.to_owned());
    HashMap::from([
        ("PK".to_owned(), text(pk)),
        ("SK".to_owned(), text(sk)),
        ("user".to_owned(), text("ada")),
    ])
}

#[test]
fn no_type_is_stored() {
    assert_eq!(Legacy::TYPE_ATTRIBUTE, None);
    let login = Login { user: "ada".into(), number: 7 };
    let input = login.put().explain().unwrap();
    let mut names: Vec<_> = input.item().unwrap().keys().collect();
    names.sort();
    assert_eq!(names, ["PK", "SK", "number", "user"]);
}

#[tokio::test]
async fn keys_tell_the_types() {
    let table = open::<Legacy>().await;
    let login = Login { user: "ada".into(), number: 7 };
    table.put(&user()).await.unwrap();
    table.put(&login).await.unwrap();
    let key = UserKey { user: "ada".into() };
    assert_eq!(table.get(key).await.unwrap().into_parts().0, Some(user()));
    let key = LoginKey { user: "ada".into(), number: 7 };
    assert_eq!(table.get(key).await.unwrap().into_parts().0, Some(login.clone()));

    let flat = open::<Flat>().await;
    let page = Page { name: "home".into() };
    flat.put(&page).await.unwrap();
    assert_eq!(flat.get(PageKey { name: "home".into() }).await.unwrap().into_parts().0, Some(page));
    assert_eq!(PageKey::parse("PAGE#home"), Ok(PageKey { name: "home".into() }));
}

#[test]
fn an_item_is_read_as_what_its_key_says() {
    let mut stored = item("USER#ada", "PROFILE");
    stored.insert("_type".to_owned(), AttributeValue::S("admin".to_owned()));
    assert_eq!(Legacy::from_item(stored.clone()).unwrap(), Legacy::User(user()));
    assert_eq!(User::from_item(stored).unwrap(), user());
}

#[test]
fn an_item_of_another_entity_is_refused() {
    let error = User::from_item(item("USER#ada", "LOGIN#00007")).unwrap_err();
    assert!(matches!(&error, ItemError::WrongType { expected: "User", found } if found == "Login"));
    assert_eq!(error.to_string(), "the stored item is of type `Login`, not `User`");
}

#[test]
fn an_item_of_no_entity_is_refused() {
    for (pk, sk) in [("USER#ada", "PROFILES"), ("USER#", "PROFILE"), ("USER#ada", "LOGIN#7")] {
        let error = Legacy::from_item(item(pk, sk)).unwrap_err();
        let text = "the stored item has the key of no entity of the table, which are `User`, `Login`";
        assert_eq!(error.to_string(), text);
        assert!(matches!(User::from_item(item(pk, sk)), Err(ItemError::UnknownType { found: None, .. })));
    }
    let mut numbered = item("USER#ada", "PROFILE");
    numbered.insert("SK".to_owned(), AttributeValue::N("1".to_owned()));
    assert!(matches!(User::from_item(numbered), Err(ItemError::UnknownType { .. })));
}

/// What others put under a key that is no entity's is an error of the query that meets it, with its key.
#[tokio::test]
async fn a_strange_item_is_an_error() {
    let table = open::<Legacy>().await;
    let put = table.sdk().put_item().table_name(table.name()).set_item(Some(item("USER#ada", "LOGIN#x")));
    put.send().await.unwrap();
    let key = LoginKey { user: "ada".into(), number: 1 };
    assert_eq!(table.get(key).await.unwrap().into_parts().0, None);
    let error = table.item_collection(Login::by_user("ada")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WrongType);
    assert_eq!(error.key_text(), Some(r#"PK = "USER#ada", SK = "LOGIN#x""#));
}
