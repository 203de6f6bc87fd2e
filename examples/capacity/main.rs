//! One question, four ways to ask it: what each reads, returns and costs, and what its index costs to keep.
//!
//! `cargo run --example capacity`

use monotable::{Cost, Entity, Error, Handle, MaxWaste, Metered, Table};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[table(name = "shop")]
#[table(index(Overloaded, pk = "GSI1PK", sk = "GSI1SK"))]
#[table(index(Natural, pk = [customer, status], sk = [number: N]))]
#[table(index(Sparse, pk = "GSI2PK", sk = "GSI2SK"))]
enum Shop {
    Order(Order),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone)]
#[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{number:08}")]
#[entity(index(Overloaded, pk = "CUSTOMER#{customer}#{status}", sk = "{number:08}", query = with_status))]
#[entity(index(Natural, query = by_status))]
#[entity(index(Sparse, pk = "OPEN#{open_for}", sk = "{number:08}", query = open))]
struct Order {
    customer: String,
    number: u32,
    status: String,
    /// The customer, while the order is open: then alone it is in the sparse index.
    open_for: Option<String>,
    note: String,
}

/// Orders of the customer that is asked about, and how many of them are open.
const ORDERS: u32 = 400;
const OPEN: u32 = 12;
/// US dollars for a million units, on demand in us-east-1 since November 2024.
const READ_PRICE: f64 = 0.125;
const WRITE_PRICE: f64 = 0.625;
/// Questions a second, for a month of 730 hours; and orders.
const QUESTIONS: f64 = 50.0;
const NEW_ORDERS: f64 = 5.0;

fn order(number: u32, is_open: bool) -> Order {
    let customer = "ada".to_owned();
    let status = if is_open { "open" } else { "shipped" }.to_owned();
    let open_for = is_open.then(|| customer.clone());
    Order { customer, number, status, open_for, note: "-".repeat(700) }
}

/// The open orders, and what asking for them cost.
async fn ask(shop: &Handle<Shop>) -> Result<[(&'static str, Metered<Vec<Order>>); 4], Error> {
    let filter = Order::STATUS.eq("open");
    Ok([
        ("filter", shop.query(Order::by_customer("ada")).filter(filter, MaxWaste::percent(100)).await?),
        ("overloaded index", shop.query(Order::with_status("ada", "open")).await?),
        ("natural index", shop.query(Order::by_status("ada", "open")).await?),
        ("sparse index", shop.query(Order::open("ada")).await?),
    ])
}

fn monthly(units_a_call: f64, calls_a_second: f64, price: f64) -> f64 {
    units_a_call * calls_a_second * 730.0 * 3600.0 / 1e6 * price
}

/// What one order costs in an index, or in the table, from when it is placed until it is shipped.
fn kept(life: &Cost, index: &str) -> f64 {
    life.capacity.indexes.get(index).map_or(0.0, |units| units.write)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let shop = Shop::embedded().await?;
    for number in 0..ORDERS {
        shop.put(&order(number, number % (ORDERS / OPEN) == 0 && number / (ORDERS / OPEN) < OPEN)).await?;
    }
    let mut life = shop.insert(&order(ORDERS, true)).await?.cost().clone();
    life += shop.replace(&order(ORDERS, false)).await?.cost();

    println!("The {OPEN} open orders of a customer who has {} orders:\n", ORDERS + 1);
    println!(
        "{:<18}{:>10}{:>10}{:>12}{:>16}{:>18}{:>16}",
        "", "evaluated", "returned", "read units", "USD a month*", "write units/order", "USD a month**"
    );
    for (way, orders) in ask(&shop).await? {
        let (cost, units) = (orders.cost(), orders.read_units());
        let index = ["Overloaded", "Natural", "Sparse"]
            .into_iter()
            .find(|name| way.starts_with(&name.to_lowercase()));
        let writes = index.map_or(0.0, |index| kept(&life, index));
        println!(
            "{way:<18}{:>10}{:>10}{units:>12}{:>16.2}{writes:>18}{:>16.2}",
            cost.evaluated,
            orders.len(),
            monthly(units, QUESTIONS, READ_PRICE),
            monthly(writes, NEW_ORDERS, WRITE_PRICE),
        );
    }
    println!("\n*  at {READ_PRICE} USD for a million read units, {QUESTIONS} questions a second");
    println!(
        "** at {WRITE_PRICE} USD for a million write units, {NEW_ORDERS} orders a second, placed and shipped"
    );
    println!("\nWhat the ledger says of all that was done:\n\n{}", shop.ledger());
    Ok(())
}
