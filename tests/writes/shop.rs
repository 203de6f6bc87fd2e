//! A shop, and what stands in it.

use monotable::{Entity, Handle, Table};
use monotable_tests::open;
use serde::{Deserialize, Serialize};

#[derive(Table, Debug, PartialEq)]
#[table(name = "shop", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
pub enum Shop {
    Customer(Customer),
    Order(Order),
    Product(Product),
    Account(Account),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "PROFILE")]
pub struct Customer {
    pub customer_id: String,
    pub blocked: bool,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{number:06}")]
#[entity(index(Gsi1, pk = "SKU#{sku}", sk = "{number:06}", query = by_sku))]
pub struct Order {
    pub customer_id: String,
    pub number: u32,
    pub sku: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, pk = "PRODUCT#{sku}", sk = "PRODUCT")]
pub struct Product {
    pub sku: String,
    pub stock: u32,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, pk = "ACCOUNT#{number:03}", sk = "ACCOUNT")]
pub struct Account {
    pub number: u32,
    pub cents: u64,
    pub moves: u32,
}

pub fn customer(blocked: bool) -> Customer {
    Customer { customer_id: "ada".into(), blocked }
}

pub fn customer_key() -> CustomerKey {
    CustomerKey { customer_id: "ada".into() }
}

pub fn order(number: u32) -> Order {
    Order { customer_id: "ada".into(), number, sku: "lamp".into() }
}

pub fn order_key(number: u32) -> OrderKey {
    OrderKey { customer_id: "ada".into(), number }
}

pub fn product(stock: u32) -> Product {
    Product { sku: "lamp".into(), stock }
}

pub fn product_key() -> ProductKey {
    ProductKey { sku: "lamp".into() }
}

/// With the customer, who is not blocked, and so many lamps.
pub async fn shop_with(stock: u32) -> Handle<Shop> {
    let shop = open::<Shop>().await;
    shop.put(&customer(false)).await.unwrap();
    shop.put(&product(stock)).await.unwrap();
    shop
}

/// Everything that is stored.
pub async fn stored(shop: &Handle<Shop>) -> Vec<Shop> {
    let mut scan = shop.maintenance("what a test left").scan().unpaced().consistent().stream();
    let mut items = Vec::new();
    while let Some(item) = scan.next().await {
        items.push(item.unwrap());
    }
    items.sort_by_key(|item| format!("{item:?}"));
    items
}
