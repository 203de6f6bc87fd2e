use monotable::{Entity, KeyPart, Table, prefix};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[table(name = "shop", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
pub enum Shop {
    Customer(Customer),
    Order(Order),
}

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
#[serde(rename_all = "UPPERCASE")]
pub enum Status {
    Open,
    Paid,
}
#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
pub struct Day(String);

#[derive(Entity, Serialize, Deserialize, Debug, PartialEq)]
#[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "PROFILE")]
pub struct Customer {
    customer_id: String,
    name: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, PartialEq)]
#[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{order_id}")]
#[entity(index(Gsi1, pk = "STATUS#{status}", sk = "{placed_on}#{order_id}"))]
pub struct Order {
    customer_id: String,
    order_id: u64,
    status: Status,
    placed_on: Option<Day>,
}

#[tokio::test]
async fn round() {
    let shop = Shop::embedded().await.unwrap();
    let o = Order { customer_id: "a".into(), order_id: 7, status: Status::Open, placed_on: Some(Day("2020".into())) };
    let m = shop.insert(&o).await.unwrap();
    println!("{:?}", m.cost());
    shop.put(&Customer { customer_id: "a".into(), name: "n".into() }).await.unwrap();
    let e = shop.insert(&o).await.unwrap_err();
    println!("{e} {:?}", e.kind());
    let g = shop.get(OrderKey { customer_id: "a".into(), order_id: 7 }).await.unwrap();
    assert_eq!(g.as_ref(), Some(&o));
    println!("{:?}", g.cost());
    let q = shop.query(Order::by_status(Status::Open).placed_on_in(prefix("20"))).await.unwrap();
    println!("{:?} {:?}", *q, q.cost());
    let q = shop.query(Order::by_customer_id("a").order_id_from(3u64)).await.unwrap();
    println!("{:?} {:?}", *q, q.cost());
    let all = shop.item_collection(Order::by_customer_id("a")).await.unwrap();
    println!("{:?}", *all);
    let e = shop.get(OrderKey { customer_id: "".into(), order_id: 7 }).await.unwrap_err();
    println!("{e}");
}
