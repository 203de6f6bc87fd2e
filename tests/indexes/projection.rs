//! What indexes store of each item.

use monotable::aws_sdk_dynamodb::types::ProjectionType;
use monotable::{ErrorKind, IndexProjection, KeyQuery, Table};
use monotable_tests::{named, open, unsuffixed};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[table(name = "shop")]
#[table(index(ByName, pk = "GSI1PK", projection = keys))]
#[table(index(ByTotal, pk = [shop], sk = [total: N], projection = include(name, "GSI1PK")))]
#[table(index(ByDate, local, sk = [date], projection = all))]
enum Shop {
    Order(Order),
}

#[derive(monotable::Entity, Serialize, Deserialize, Debug)]
#[entity(table = Shop, pk = "ORDER#{number}", sk = "ORDER")]
#[entity(index(ByName, pk = "NAME#{name}"), index(ByTotal), index(ByDate, sk = "{date}"))]
struct Order {
    number: u32,
    shop: String,
    name: String,
    total: u64,
    date: String,
}

/// The same table as somebody else made it.
mod other {
    use super::{Deserialize, Serialize, Table};

    #[derive(Table, Debug)]
    #[table(name = "shop")]
    #[table(index(ByName, pk = "GSI1PK", projection = keys))]
    #[table(index(ByTotal, pk = [shop], sk = [total: N], projection = include("GSI1PK")))]
    #[table(index(ByDate, local, sk = [date]))]
    pub(super) enum Shop {
        Order(Order),
    }

    #[derive(monotable::Entity, Serialize, Deserialize, Debug)]
    #[entity(table = Shop, pk = "ORDER#{number}", sk = "ORDER")]
    #[entity(index(ByName, pk = "NUMBER#{number}", query = by_name))]
    pub(super) struct Order {
        number: u32,
    }
}

#[test]
fn the_model_says_what_is_stored() {
    let [by_name, by_total, by_date] = Shop::INDEXES else { panic!("three indexes") };
    assert_eq!(by_name.projection, IndexProjection::Keys);
    assert_eq!(by_total.projection, IndexProjection::Include(&["name", "GSI1PK"]));
    assert_eq!(by_date.projection, IndexProjection::All);
}

#[tokio::test]
async fn the_table_is_created_and_compared_with_it() {
    let shop = open::<Shop>().await;
    shop.create().await.unwrap();
    let definition = shop.create().explain().unwrap();
    let by_total = definition.global_secondary_indexes()[1].projection().unwrap();
    assert_eq!(by_total.projection_type(), Some(&ProjectionType::Include));
    assert_eq!(by_total.non_key_attributes(), ["name", "GSI1PK"]);

    let other = named::<_, other::Shop>(&shop, "shop");
    let error = other.create().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TableMismatch);
    assert_eq!(
        unsuffixed(&shop, &error.to_string()),
        "cannot create `shop`: table `shop` is there, but its index `ByTotal` stores the keys and `GSI1PK`, \
         `name` of each item, and the model's stores the keys and `GSI1PK`"
    );
    // Queries are values all the same; only whole items cannot be read through a handle.
    fn is_query(_: impl KeyQuery) {}
    is_query(Order::by_name("ada"));
    is_query(Order::by_total("a").total_from(3_u64));
    let order = Order { number: 1, shop: "a".into(), name: "b".into(), total: 3, date: "2026-06-01".into() };
    shop.put(&order).await.unwrap();
    let found = shop.query(Order::by_date(1_u32).date_from("2026")).await.unwrap();
    assert_eq!(found[0].total, 3);
}
