//! Creating and opening tables.

use std::path::PathBuf;

use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
    ProjectionType, ScalarAttributeType,
};
use expect_test::expect;
use monotable::{Creation, Entity, Error, ErrorKind, Handle, Table};
use monotable_tests::{named, open, unsuffixed};
use serde::{Deserialize, Serialize};

use crate::shop::*;

#[tokio::test]
async fn creating_a_table_twice_finds_it_the_second_time() {
    let shop = open::<Shop>().await;
    assert_eq!(*shop.create().await.unwrap(), Creation::Existing);
    let staging = named::<_, Shop>(&shop, "shop-staging");
    assert_eq!(*staging.create().await.unwrap(), Creation::Created);
    assert_eq!(*staging.create().await.unwrap(), Creation::Existing);
}

#[tokio::test]
async fn tables_of_different_names_are_apart() {
    let shop = open::<Shop>().await;
    let staging = named::<_, Shop>(&shop, "shop-staging");
    staging.create().await.unwrap();
    assert_eq!(unsuffixed(&shop, shop.name()), "shop");
    assert_eq!(unsuffixed(&shop, staging.name()), "shop-staging");
    staging.put(&order("ada", 7)).await.unwrap();
    assert_eq!(*shop.get(order_key("ada", 7)).await.unwrap(), None);
    assert_eq!(*staging.get(order_key("ada", 7)).await.unwrap(), Some(order("ada", 7)));
    assert_eq!(staging.query(Order::by_status(Status::Open)).await.unwrap().len(), 1);
    assert_eq!(staging.item_collection(Order::by_customer_id("ada")).await.unwrap().len(), 1);
    staging.delete(order_key("ada", 7)).await.unwrap();
    assert_eq!(*staging.get(order_key("ada", 7)).await.unwrap(), None);
}

#[tokio::test]
async fn opened_tables_are_apart() {
    let (one, other) = (open::<Shop>().await, open::<Shop>().await);
    one.put(&order("ada", 7)).await.unwrap();
    assert_eq!(*other.get(order_key("ada", 7)).await.unwrap(), None);
}

#[tokio::test]
async fn a_table_that_does_not_exist_is_an_error_that_says_how_to_create_it() {
    let missing = named::<_, Shop>(&open::<Shop>().await, "shop-prod");
    let errors = [
        missing.put(&order("ada", 7)).await.map(|_| ()).unwrap_err(),
        missing.insert(&order("ada", 7)).await.map(|_| ()).unwrap_err(),
        missing.get(order_key("ada", 7)).await.map(|_| ()).unwrap_err(),
        missing.delete(order_key("ada", 7)).await.map(|_| ()).unwrap_err(),
        missing.query(Order::by_status(Status::Open)).await.map(|_| ()).unwrap_err(),
        missing.item_collection(Order::by_customer_id("ada")).await.map(|_| ()).unwrap_err(),
    ];
    assert!(errors.iter().all(|error| error.kind() == ErrorKind::TableNotFound));
    let errors = errors.map(|error| error.to_string()).join("\n");
    let errors = unsuffixed(&missing, &errors);
    expect![[r#"
        cannot put `Order` (PK = "CUSTOMER#ada", SK = "ORDER#0000000007"): table `shop-prod`, or an index of it, does not exist; `.create().await` on its handle creates it
        cannot insert `Order` (PK = "CUSTOMER#ada", SK = "ORDER#0000000007"): table `shop-prod`, or an index of it, does not exist; `.create().await` on its handle creates it
        cannot get `Order` (PK = "CUSTOMER#ada", SK = "ORDER#0000000007"): table `shop-prod`, or an index of it, does not exist; `.create().await` on its handle creates it
        cannot delete `Order` (PK = "CUSTOMER#ada", SK = "ORDER#0000000007"): table `shop-prod`, or an index of it, does not exist; `.create().await` on its handle creates it
        cannot query `Order` (GSI1PK = "STATUS#Open"): table `shop-prod`, or an index of it, does not exist; `.create().await` on its handle creates it
        cannot query `Shop` (PK = "CUSTOMER#ada"): table `shop-prod`, or an index of it, does not exist; `.create().await` on its handle creates it"#]].assert_eq(&errors);
}

fn key(names: &[&str]) -> Vec<KeySchemaElement> {
    let types = [KeyType::Hash, KeyType::Range];
    let element = |(name, key_type): (&&str, KeyType)| {
        KeySchemaElement::builder().attribute_name(*name).key_type(key_type).build().unwrap()
    };
    names.iter().zip(types).map(element).collect()
}

/// A table made by others, with these text keys unless `number` is one of them.
async fn foreign(
    keys: &[&str],
    index: Option<(&str, &[&str], ProjectionType)>,
    number: &str,
) -> Handle<Shop> {
    let shop = named::<_, Shop>(&open::<Shop>().await, "foreign");
    let mut create = shop
        .sdk()
        .create_table()
        .table_name(shop.name())
        .billing_mode(BillingMode::PayPerRequest)
        .set_key_schema(Some(key(keys)));
    let of_index = index.as_ref().map_or([].as_slice(), |(_, keys, _)| keys);
    let mut names: Vec<_> = keys.iter().chain(of_index).copied().collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let attribute_type = if name == number { ScalarAttributeType::N } else { ScalarAttributeType::S };
        let attribute = AttributeDefinition::builder().attribute_name(name).attribute_type(attribute_type);
        create = create.attribute_definitions(attribute.build().unwrap());
    }
    if let Some((name, keys, projection)) = index {
        let projection = Projection::builder().projection_type(projection).build();
        let index = GlobalSecondaryIndex::builder().index_name(name).set_key_schema(Some(key(keys)));
        create = create.global_secondary_indexes(index.projection(projection).build().unwrap());
    }
    create.send().await.unwrap();
    shop
}

async fn difference(keys: &[&str], index: Option<(&str, &[&str], ProjectionType)>, number: &str) -> String {
    let foreign = foreign(keys, index, number).await;
    let error: Error = foreign.create().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.operation(), error.entity()),
        (ErrorKind::TableMismatch, "create", "shop")
    );
    unsuffixed(&foreign, &error.to_string())
}

#[tokio::test]
async fn a_table_with_other_keys_is_an_error_that_names_the_difference() {
    let (both, gsi) = (["PK", "SK"], ["GSI1PK", "GSI1SK"]);
    let all = ProjectionType::All;
    let matching = foreign(&both, Some(("Gsi1", &gsi, all.clone())), "").await;
    assert_eq!(*matching.create().await.unwrap(), Creation::Existing);

    let differences = [
        difference(&["PK"], None, "").await,
        difference(&["id", "SK"], Some(("Gsi1", &gsi, all.clone())), "").await,
        difference(&both, None, "").await,
        difference(&both, Some(("gsi1", &gsi, all.clone())), "").await,
        difference(&both, Some(("Gsi1", &["GSI1PK"], all.clone())), "").await,
        difference(&both, Some(("Gsi1", &["GSI1PK", "SK"], all)), "").await,
    ];
    expect![[r#"
        cannot create `shop`: table `foreign` is there, but its key is `PK`, and the model's is `PK` and `SK`
        cannot create `shop`: table `foreign` is there, but its key is `id` and `SK`, and the model's is `PK` and `SK`
        cannot create `shop`: table `foreign` is there, but it has no global index `Gsi1`
        cannot create `shop`: table `foreign` is there, but it has no global index `Gsi1`
        cannot create `shop`: table `foreign` is there, but the key of its index `Gsi1` is `GSI1PK`, and the model's is `GSI1PK` and `GSI1SK`
        cannot create `shop`: table `foreign` is there, but the key of its index `Gsi1` is `GSI1PK` and `SK`, and the model's is `GSI1PK` and `GSI1SK`"#]].assert_eq(&differences.join("\n"));
}

/// It would refuse every write of ours.
#[tokio::test]
async fn a_table_with_keys_of_another_type_is_an_error_that_names_them() {
    let index = || Some(("Gsi1", ["GSI1PK", "GSI1SK"].as_slice(), ProjectionType::All));
    let differences =
        [difference(&["PK", "SK"], index(), "SK").await, difference(&["PK", "SK"], index(), "GSI1PK").await];
    expect![[r#"
        cannot create `shop`: table `foreign` is there, but its key attribute `SK` is of type `N`, and the model's of `S`
        cannot create `shop`: table `foreign` is there, but its key attribute `GSI1PK` is of type `N`, and the model's of `S`"#]].assert_eq(&differences.join("\n"));
}

/// Queries on it could read no entity.
#[tokio::test]
async fn an_index_without_the_attributes_is_an_error_that_names_it() {
    let index = Some(("Gsi1", ["GSI1PK", "GSI1SK"].as_slice(), ProjectionType::KeysOnly));
    expect!["cannot create `shop`: table `foreign` is there, but its index `Gsi1` stores the keys of each item, and the model's stores everything"].assert_eq(&difference(&["PK", "SK"], index, "").await);
}

/// Removed with what the engine puts beside it when the test is over.
struct Directory(PathBuf);

impl Directory {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("monotable-{test}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn a_table_in_a_file_is_there_again_when_it_is_opened_again() {
    let directory = Directory::new("reopen");
    let path = directory.0.join("shop.db");
    let shop = Shop::embedded_at(&path).await.unwrap();
    shop.put(&order("ada", 7)).await.unwrap();
    drop(shop);
    let shop = Shop::embedded_at(&path).await.unwrap();
    assert_eq!(*shop.get(order_key("ada", 7)).await.unwrap(), Some(order("ada", 7)));
    assert_eq!(*shop.query(Order::by_status(Status::Open)).await.unwrap(), [order("ada", 7)]);
    shop.put(&order("ada", 8)).await.unwrap();
    drop(shop);
    let shop = Shop::embedded_at(&path).await.unwrap();
    assert_eq!(shop.query(Order::by_customer_id("ada")).await.unwrap().len(), 2);
}

/// Another table under the name of the shop.
#[derive(Table, Debug)]
#[table(name = "shop", pk = "id")]
enum OtherShop {
    Thing(Thing),
}

#[derive(Entity, Serialize, Deserialize, Debug)]
#[entity(table = OtherShop, pk = "{thing_id}")]
struct Thing {
    thing_id: u8,
}

#[tokio::test]
async fn a_file_with_another_table_or_of_another_kind_is_not_opened() {
    let directory = Directory::new("other");
    let path = directory.0.join("shop.db");
    drop(OtherShop::embedded_at(&path).await.unwrap());
    let error = Shop::embedded_at(&path).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TableMismatch);
    expect![
        "cannot create `shop`: table `shop` is there, but its key is `id`, and the model's is `PK` and `SK`"
    ]
    .assert_eq(&error.to_string());

    let text = directory.0.join("text");
    std::fs::write(&text, "this is not a database, and long enough to have a header of one ".repeat(4))
        .unwrap();
    let error = Shop::embedded_at(&text).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Engine);
    let expected =
        format!("cannot open `shop`: the in-process engine does not start on the file {}", text.display());
    assert_eq!(error.to_string(), expected);
}

/// The engine takes text. Two such paths could become one text, and then one table.
#[cfg(unix)]
#[tokio::test]
async fn a_path_that_is_not_unicode_is_refused() {
    use std::os::unix::ffi::OsStrExt as _;

    let directory = Directory::new("unicode");
    let path = directory.0.join(std::ffi::OsStr::from_bytes(b"shop-\xFF.db"));
    let error = Shop::embedded_at(&path).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Engine);
    let source = std::error::Error::source(&error).unwrap();
    assert_eq!(source.to_string(), "the path is not Unicode, and the engine opens no other");
    assert_eq!(std::fs::read_dir(&directory.0).unwrap().count(), 0);
}
