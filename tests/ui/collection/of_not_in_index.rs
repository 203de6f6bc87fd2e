use monotable::{Collection, Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[table(name = "shop", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
enum Shop {
    Customer(Customer),
    Order(Order),
    Product(Product),
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "CUSTOMER#{id}", sk = "PROFILE")]
struct Customer {
    id: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{number}")]
#[entity(index(Gsi1, pk = "ORDER#{number}", sk = "ORDER"))]
struct Order {
    customer_id: String,
    number: u32,
}

#[derive(Entity, Serialize, Deserialize)]
#[entity(table = Shop, pk = "PRODUCT#{sku}", sk = "PRODUCT")]
struct Product {
    sku: String,
}

#[derive(Collection)]
#[collection(of = Customer, index = Gsi1)]
struct CustomerPage {
    orders: Vec<Order>,
    products: Vec<Product>,
}

fn main() {}
