//! Reading less than whole items: keys and projections, from the table and from every kind of index.

use monotable::aws_sdk_dynamodb::types::AttributeValue;
use monotable::{Entity, ErrorKind, Handle, Hydrated, Item, Projection, Table};
use monotable_tests::{engine, open};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[table(name = "shop")]
#[table(index(ByName, pk = "GSI1PK", sk = "GSI1SK", projection = keys))]
#[table(index(ByTotal, pk = [shop], sk = [total: N], projection = include(customerName)))]
#[table(index(ByDate, local, sk = "LSI1SK", projection = all))]
enum Shop {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, pk = "SHOP#{shop}", sk = "ORDER#{number}")]
#[entity(
    index(ByName, pk = "NAME#{customer_name}", sk = "{number}"),
    index(ByTotal),
    index(ByDate, sk = "{date}")
)]
#[serde(rename_all = "camelCase")]
struct Order {
    shop: String,
    number: u32,
    customer_name: String,
    total: u64,
    date: String,
    note: Option<String>,
    text: String,
}

#[derive(Projection, Deserialize, Debug, PartialEq)]
#[projection(entity = Order, index(ByTotal))]
struct Total {
    total: u64,
    #[serde(rename = "customerName")]
    name: String,
}

#[derive(Projection, Deserialize, Debug, PartialEq)]
#[projection(entity = Order)]
#[serde(deny_unknown_fields)]
struct Note {
    note: Option<String>,
}

fn order(number: u32) -> Order {
    Order {
        shop: "s".into(),
        number,
        customer_name: "Ada".into(),
        total: u64::from(number) * 10,
        date: format!("2026-11-{number:02}"),
        note: number.is_multiple_of(2).then(|| format!("note {number}")),
        text: "-".repeat(4000),
    }
}

async fn shop() -> Handle<Shop> {
    let shop = open::<Shop>().await;
    for number in 1..=5 {
        shop.put(&order(number)).await.unwrap();
    }
    shop
}

fn key(number: u32) -> OrderKey {
    OrderKey { shop: "s".into(), number }
}

#[tokio::test]
async fn keys_come_from_every_index() {
    let shop = shop().await;
    let expected: Vec<_> = (1..=5).map(key).collect();
    let by_name = shop.query_keys(Order::by_customer_name("Ada")).await.unwrap();
    assert_eq!((&*by_name, by_name.read_units()), (&expected, 0.5), "an entry of keys alone is small");
    let by_shop = shop.query_keys(Order::by_shop("s")).await.unwrap();
    assert_eq!(
        (&*by_shop, by_shop.read_units()),
        (&expected, engine().read_units(2.5 + 0.5, 0.5)),
        "whole items are read"
    );
    let by_total = shop.query_keys(Order::by_total("s").total_from(30u64)).newest_first().await.unwrap();
    assert_eq!(*by_total, [key(5), key(4), key(3)]);
    let by_date = shop.query_keys(Order::by_date("s").date("2026-11-02")).consistent().await.unwrap();
    assert_eq!(*by_date, [key(2)]);
}

#[tokio::test]
async fn projections_come_from_the_indexes_that_store_them() {
    let shop = shop().await;
    let total = |number: u64| Total { total: number * 10, name: "Ada".into() };
    let totals = shop.projection::<Total>();
    let by_total = totals.query(Order::by_total("s").total_until(20u64)).await.unwrap();
    assert_eq!((&*by_total, by_total.read_units()), (&vec![total(1), total(2)], 0.5));
    let by_shop = totals.query(Order::by_shop("s")).limit(2).await.unwrap();
    assert_eq!(
        (&*by_shop, by_shop.read_units()),
        (&vec![total(1), total(2)], engine().read_units(1.0 + 0.5, 0.5))
    );
    let notes = shop.projection::<Note>().query(Order::by_date("s")).await.unwrap();
    let expected = (1..=5).map(|number| Note { note: order(number).note });
    assert!(notes.iter().eq(expected.collect::<Vec<_>>().iter()));
}

#[tokio::test]
async fn what_is_asked_for_is_what_is_read_and_where_it_is() {
    let shop = shop().await;
    let input = shop.projection::<Total>().query(Order::by_total("s")).explain().unwrap();
    let names = input.expression_attribute_names().unwrap();
    let asked = input.projection_expression().unwrap().split(", ").map(|name| names[name].as_str());
    let mut asked: Vec<_> = asked.collect();
    asked.sort_unstable();
    assert_eq!(asked, ["PK", "SK", "customerName", "total"]);
}

#[tokio::test]
async fn pages_and_streams_of_entries_resume() {
    let shop = shop().await;
    let query = || shop.query_keys(Order::by_customer_name("Ada"));
    let (mut keys, mut cursor) = (Vec::new(), None);
    loop {
        let page = query().limit(2).after(cursor).page().await.unwrap().into_inner();
        keys.extend(page.items);
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(keys, (1..=5).map(key).collect::<Vec<_>>());
    let mut stream = shop.projection::<Total>().query(Order::by_total("s")).page_size(2).stream();
    for number in 1..=3 {
        assert_eq!(stream.next().await.unwrap().unwrap().total, number * 10);
    }
    let rest = shop.projection::<Total>().query(Order::by_total("s")).after(stream.cursor()).await.unwrap();
    assert_eq!(rest.iter().map(|total| total.total).collect::<Vec<_>>(), [40, 50]);
    assert_eq!(*query().count().await.unwrap(), 5);
}

#[tokio::test]
async fn entries_of_others_are_errors() {
    let shop = shop().await;
    let s = |text: &str| AttributeValue::S(text.into());
    let mut item: Item = order(9).put().explain().unwrap().into_inner().item.unwrap();
    item.insert("SK".into(), s("NOTE#9"));
    item.insert("_type".into(), s("Note"));
    shop.sdk().put_item().table_name(shop.name()).set_item(Some(item)).send().await.unwrap();
    let keys = shop.query_keys(Order::by_customer_name("Ada")).await.unwrap_err();
    assert_eq!(keys.kind(), ErrorKind::WrongType);
    assert_eq!(
        keys.to_string(),
        r##"cannot query `Order` (PK = "SHOP#s", SK = "NOTE#9"): the stored item has no key of `Order`: SK is not a key of "ORDER#{number}""##
    );
    let notes = shop.projection::<Note>().query(Order::by_date("s")).await.unwrap_err();
    assert_eq!(notes.kind(), ErrorKind::WrongType);
}

#[tokio::test]
async fn entries_become_items_in_their_order_and_what_is_gone_is_told() {
    let shop = shop().await;
    let by_name = || shop.query_keys(Order::by_customer_name("Ada"));
    let found = by_name().newest_first().limit(3).hydrate().await.unwrap();
    let expected = [5, 4, 3].map(|number| Hydrated::Found(order(number)));
    assert_eq!(*found, expected);
    // The entries, and three items of a little more than 4 KB read consistently.
    let units = 0.5 + engine().batch_read_units(3.0 * 2.0);
    assert_eq!((found.read_units(), found.cost().calls), (units, 2));
    let none = shop.query_keys(Order::by_customer_name("Bob")).hydrate().await.unwrap();
    assert_eq!((none.len(), none.cost().calls), (0, 1));
}

#[tokio::test]
async fn more_entries_than_a_batch_takes_become_items() {
    let shop = open::<Shop>().await;
    for number in 0..230 {
        shop.put(&Order { text: String::new(), ..order(number) }).await.unwrap();
    }
    let found = shop.query_keys(Order::by_customer_name("Ada")).hydrate().await.unwrap();
    let numbers = found.into_iter().filter_map(Hydrated::found).map(|order| order.number);
    assert!(numbers.eq(0..230));
}
