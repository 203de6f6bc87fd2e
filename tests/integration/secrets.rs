//! Errors never say what is stored in an item besides its key: not in their text, not in their debug
//! form, not in their causes.

use std::collections::{BTreeMap, HashMap};
use std::error::Error as StdError;

use aws_sdk_dynamodb::config::{BehaviorVersion, Config};
use aws_sdk_dynamodb::types::AttributeValue;
use expect_test::expect;
use monotable::testing::{Fault, Proxy};
use monotable::{Entity, Error, ErrorKind, Item, Table};
use monotable_tests::{answering, open, unsent};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::client::{put_raw, s};

const SECRET: &str = "hunter2";
const SECRET_NUMBER: &str = "271828182";

#[derive(Table, Debug)]
#[table(name = "vault", index(ByOwner, pk = "OPK", sk = "OSK"))]
enum Vault {
    Secret(Secret),
    Unstorable(Unstorable),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Vault, pk = "SECRET#{id}", sk = "SECRET")]
#[entity(index(ByOwner, pk = "OWNER#{owner}", sk = "{kind}"))]
struct Secret {
    id: u8,
    owner: String,
    kind: String,
    text: String,
    number: u8,
    float: f32,
    choice: Choice,
    list: Vec<u8>,
    pair: (u8, u8),
    flag: bool,
    character: char,
    checked: Checked,
    map: BTreeMap<String, u8>,
    nested: Nested,
    unit: (),
}

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
enum Choice {
    Left,
    Right(u8),
}

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
#[serde(deny_unknown_fields)]
struct Nested {
    inner: u8,
}

/// Says in its error what it read, as validating types do.
#[derive(Serialize, Debug, Clone, PartialEq)]
struct Checked(String);

impl<'de> Deserialize<'de> for Checked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.starts_with("ok") {
            true => Ok(Self(text)),
            false => Err(serde::de::Error::custom(format!("{text} is not ok"))),
        }
    }
}

fn secret() -> Secret {
    Secret {
        id: 1,
        owner: "ada".into(),
        kind: SECRET.into(),
        text: SECRET.into(),
        number: 7,
        float: 1.5,
        choice: Choice::Left,
        list: vec![1],
        pair: (1, 2),
        flag: true,
        character: 'x',
        checked: Checked(format!("ok {SECRET}")),
        map: BTreeMap::from([(SECRET.into(), 1)]),
        nested: Nested { inner: 1 },
        unit: (),
    }
}

/// What serde cannot store, for a reason that quotes it.
#[derive(Entity, Serialize, Deserialize, Debug)]
#[entity(table = Vault, pk = "UNSTORABLE#{id}", sk = "UNSTORABLE")]
struct Unstorable {
    id: u8,
    #[serde(serialize_with = "refuse")]
    refused: Option<String>,
    pairs: HashMap<(String, u8), u8>,
}

fn refuse<S: Serializer>(text: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
    match text {
        Some(text) => Err(S::Error::custom(format!("{text} is not for storing"))),
        None => serializer.serialize_none(),
    }
}

/// Everything that the error prints, and everything that its causes print in `Display`.
fn printed(error: &Error) -> String {
    let mut printed = format!("{error}\n{error:?}\n{error:#?}\n");
    let mut cause = error.source();
    while let Some(next) = cause {
        printed.push_str(&format!("{next}\n"));
        cause = next.source();
    }
    printed
}

/// What the causes print in `Debug`.
fn debugged(error: &Error) -> String {
    let mut debugged = String::new();
    let mut cause: Option<&(dyn StdError + 'static)> = error.source();
    while let Some(next) = cause {
        debugged.push_str(&format!("{next:?}\n"));
        cause = next.source();
    }
    debugged
}

#[track_caller]
fn assert_discreet(error: &Error, kind: ErrorKind) {
    assert_eq!(error.kind(), kind, "{error}");
    let all = printed(error) + &debugged(error);
    assert!(!all.contains(SECRET) && !all.contains(SECRET_NUMBER), "{all}");
}

#[tokio::test]
async fn a_refused_key_says_nothing_of_the_item() {
    let (vault, _) = unsent::<Vault>();
    for error in [
        vault.put(&Secret { owner: format!("{SECRET}#"), ..secret() }).await.unwrap_err(),
        vault.put(&Secret { owner: "".into(), ..secret() }).await.unwrap_err(),
        vault.insert(&Secret { owner: SECRET.repeat(1000), ..secret() }).await.unwrap_err(),
    ] {
        assert_discreet(&error, ErrorKind::InvalidKey);
    }
    let error = vault.query(Secret::by_owner(format!("{SECRET}#"))).await.unwrap_err();
    assert_discreet(&error, ErrorKind::InvalidKey);
}

#[tokio::test]
async fn what_serde_cannot_store_is_not_quoted() {
    let (vault, proxy) = unsent::<Vault>();
    let refused = Unstorable { id: 1, refused: Some(SECRET.into()), pairs: HashMap::new() };
    let error = vault.put(&refused).await.unwrap_err();
    assert_discreet(&error, ErrorKind::Encode);
    expect!["cannot put `Unstorable`: serde cannot store it as attributes: its message is left out, because it may quote the item"].assert_eq(&error.to_string());
    let pairs = HashMap::from([((SECRET.to_owned(), 1), 1)]);
    let unkeyed = Unstorable { id: 1, refused: None, pairs };
    let error = vault.put(&unkeyed).await.unwrap_err();
    assert_discreet(&error, ErrorKind::Encode);
    expect!["cannot put `Unstorable`: serde cannot store it as attributes: Key must be a string"]
        .assert_eq(&error.to_string());
    assert_eq!(proxy.sent(), 0);
}

#[tokio::test]
async fn a_taken_key_says_nothing_of_the_item_that_has_it() {
    let vault = open::<Vault>().await;
    vault.put(&secret()).await.unwrap();
    assert_discreet(&vault.insert(&secret()).await.unwrap_err(), ErrorKind::AlreadyExists);
}

#[tokio::test]
async fn what_cannot_be_read_is_not_quoted() {
    let vault = open::<Vault>().await;
    let stored = secret().put().explain().unwrap().into_inner().item.unwrap();
    let (text, number) = (s(SECRET), AttributeValue::N(SECRET_NUMBER.into()));
    let map = |value: &AttributeValue| AttributeValue::M(HashMap::from([(SECRET.into(), value.clone())]));
    let list = |value: &AttributeValue| AttributeValue::L(vec![value.clone()]);
    let mut checked = 0;
    for attribute in [
        "text",
        "number",
        "float",
        "choice",
        "list",
        "pair",
        "flag",
        "character",
        "checked",
        "map",
        "nested",
        "unit",
    ] {
        let values = [
            text.clone(),
            number.clone(),
            AttributeValue::B(SECRET.as_bytes().into()),
            AttributeValue::Ss(vec![SECRET.into()]),
            AttributeValue::Ns(vec![SECRET_NUMBER.into()]),
            list(&text),
            list(&number),
            map(&text),
            map(&number),
        ];
        for value in values {
            let mut item = stored.clone();
            item.insert(attribute.into(), value);
            put_raw(&vault, item).await;
            let Err(error) = vault.get(secret().key()).await else { continue };
            checked += 1;
            assert_discreet(&error, ErrorKind::Decode);
            assert!(error.to_string().contains(attribute), "{error}");
            assert_discreet(&vault.query(Secret::by_id(1)).await.unwrap_err(), ErrorKind::Decode);
        }
    }
    assert!(checked > 90, "{checked}");
}

#[tokio::test]
async fn a_missing_attribute_says_nothing_of_the_others() {
    let vault = open::<Vault>().await;
    for attribute in ["text", "number", "nested"] {
        let mut item = secret().put().explain().unwrap().into_inner().item.unwrap();
        item.remove(attribute);
        put_raw(&vault, item).await;
        let error = vault.get(secret().key()).await.unwrap_err();
        assert_discreet(&error, ErrorKind::MissingAttribute);
        assert!(error.to_string().contains(attribute));
    }
}

#[tokio::test]
async fn an_item_of_another_type_is_not_quoted() {
    let vault = open::<Vault>().await;
    for kind in [Some(s("Unstorable")), Some(AttributeValue::L(vec![s(SECRET)])), None] {
        let mut item: Item = secret().put().explain().unwrap().into_inner().item.unwrap();
        item.remove("_type");
        item.extend(kind.map(|kind| ("_type".to_owned(), kind)));
        put_raw(&vault, item).await;
        assert_discreet(&vault.get(secret().key()).await.unwrap_err(), ErrorKind::WrongType);
    }
}

#[tokio::test]
async fn what_the_service_refuses_is_not_quoted() {
    for (fault, kind) in [
        (Fault::disconnect(), ErrorKind::Unreachable),
        (Fault::timeout(), ErrorKind::Timeout),
        (Fault::refuse("ThrottlingException"), ErrorKind::Throttled),
        (Fault::throttle(), ErrorKind::Throttled),
        (Fault::refuse("AccessDeniedException"), ErrorKind::AccessDenied),
        (Fault::refuse("ResourceNotFoundException"), ErrorKind::TableNotFound),
        (Fault::refuse("ConditionalCheckFailedException"), ErrorKind::ConditionFailed),
        (Fault::refuse("ValidationException"), ErrorKind::Service),
        (Fault::internal_error(), ErrorKind::Service),
        (Fault::respond(502, "<html>bad gateway</html>"), ErrorKind::Service),
    ] {
        let (vault, proxy) = answering::<Vault>(fault);
        let error = vault.put(&secret()).await.unwrap_err();
        assert_discreet(&error, kind);
        assert_eq!(error.cost().attempts as usize, proxy.sent());
    }
    let proxy = Proxy::new();
    let config = Config::builder().behavior_version(BehaviorVersion::v2026_01_12());
    let no_region = Vault::open(proxy.client(&config.build()));
    assert_discreet(&no_region.put(&secret()).await.unwrap_err(), ErrorKind::InvalidRequest);
    proxy.assert_sent([]);
}

/// The SDK keeps the body of an answer in its error, and shows it in `Debug`; we keep the SDK's error, but
/// do not show it so.
#[tokio::test]
async fn an_answer_that_is_broken_off_is_not_quoted() {
    for (status, body) in [
        (200, r#"{"Item":{"PK":{"S":"SECRET#001"},"text":{"S":"hunter2"},"#),
        (
            400,
            r#"{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"no","Item":{"text":{"S":"hunter2"}}}"#,
        ),
    ] {
        let (vault, _) = answering::<Vault>(Fault::respond(status, body));
        let error = match status {
            200 => vault.get(secret().key()).await.unwrap_err(),
            _ => vault.put(&secret()).await.unwrap_err(),
        };
        let printed = printed(&error);
        assert!(!printed.contains(SECRET), "{printed}");
        assert!(error.source().is_some());
    }
}
