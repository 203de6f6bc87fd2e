//! AWS's relational order entry as one table: human resources and orders, by references between partitions.
//!
//! The page gives ids and names in words, not bytes. What is declared otherwise:
//!
//! * Its GSI-1 has the table's sort key as partition key. A key attribute has one template here, so what
//!   the index is about is written into an attribute of its own, and the sort key need not be a name that
//!   changes.
//! * An employee's partition holds rows of several kinds. With the bare name as sort key, an employee
//!   called `v0` would be a job: that is refused as a collision, and each kind has a literal instead.
//! * Employees of a warehouse are a pattern, but no entity has them: an edge between the two does, and an
//!   inventory is in GSI-1 with the order items that it is asked for with.
//! * A shard is computed from the order, not random, so that an order keeps its shard.

mod patterns;

use monotable::key::{Bytes, Language};
use monotable::{Entity, KeyPart, KeyText, PartRule, Table};
use monotable_tests::open;
use serde::{Deserialize, Serialize};

use crate::days::Day;
use crate::published::{Published, stored, text_of};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "order-entry")]
#[table(index(Gsi1, name = "GSI-1", pk = "GSI1PK", sk = "Data"))]
#[table(index(Gsi2, name = "GSI-2", pk = "GSI2PK", sk = "GSI2SK"))]
enum OrderEntry {
    Employee(Employee),
    Job(Job),
    Hiring(Hiring),
    Quota(Quota),
    Workplace(Workplace),
    Region(Region),
    Country(Country),
    Location(Location),
    JobTitle(JobTitle),
    Department(Department),
    Customer(Customer),
    Order(Order),
    OrderOfRep(OrderOfRep),
    OrderItem(OrderItem),
    Product(Product),
    Inventory(Inventory),
    Warehouse(Warehouse),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = OrderEntry, pk = "HR-EMPLOYEE#{employee}", sk = "HR-EMPLOYEE")]
#[entity(index(Gsi1, pk = "NAME#{name}", sk = "HR-EMPLOYEE#{employee}", query = by_name))]
struct Employee {
    employee: String,
    name: String,
}

/// `v0` is the current job, the versions above it are its history.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = OrderEntry, pk = "HR-EMPLOYEE#{employee}", sk = "v{version:plain}#JOB", query = of_employee)]
#[entity(index(Gsi1, pk = "v{version:plain}-{title}", sk = "HR-EMPLOYEE#{employee}", query = by_title))]
struct Job {
    employee: String,
    version: u32,
    title: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = OrderEntry, pk = "HR-EMPLOYEE#{employee}", sk = "HR-CONFIDENTIAL")]
#[entity(index(Gsi1, pk = "HR-CONFIDENTIAL", sk = "{hired}#{employee}", query = hired))]
struct Hiring {
    employee: String,
    hired: Day,
}

/// Where an employee works: an edge of the graph.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = OrderEntry, pk = "HR-EMPLOYEE#{employee}", sk = "OE-WAREHOUSE#{warehouse}")]
#[entity(index(Gsi1, pk = "OE-WAREHOUSE#{warehouse}", sk = "HR-EMPLOYEE#{employee}", query = of_warehouse))]
struct Workplace {
    employee: String,
    warehouse: String,
}

/// Sales of an account representative in a quarter, ranked by the index.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = OrderEntry, pk = "HR-EMPLOYEE#{employee}", sk = "QUOTA#{quarter}")]
#[entity(index(Gsi1, pk = "{quarter}", sk = "{total_cents}#{employee}", query = ranked_in))]
struct Quota {
    employee: String,
    quarter: Quarter,
    total_cents: u64,
}

/// `2020-Q1`: what it looks like tells its partition in the index from all others.
#[derive(Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
struct Quarter(String);

impl KeyPart for Quarter {
    const LANGUAGE: Language = Language::Fixed(&[
        Bytes::DIGITS,
        Bytes::DIGITS,
        Bytes::DIGITS,
        Bytes::DIGITS,
        Bytes::of(b"-"),
        Bytes::of(b"Q"),
        Bytes::range(b'1', b'4'),
    ]);
    const KEEPS_ORDER: bool = true;

    fn encode(&self, out: &mut KeyText) -> Result<(), PartRule> {
        out.push_str(&Self::decode(&self.0, out.delimiter())?.0);
        Ok(())
    }

    fn decode(text: &str, _delimiter: char) -> Result<Self, PartRule> {
        let Language::Fixed(places) = Self::LANGUAGE else { unreachable!("it is fixed") };
        let fits =
            text.len() == places.len() && text.bytes().zip(places).all(|(byte, place)| place.has(byte));
        fits.then(|| Self(text.to_owned()))
            .ok_or(PartRule::NotOfThisForm { expected: "a quarter such as `2020-Q1`" })
    }
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = OrderEntry, pk = "HR-REGION#{region}", sk = "{name}")]
struct Region {
    region: String,
    name: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = OrderEntry, pk = "HR-COUNTRY#{country}", sk = "{name}")]
struct Country {
    country: String,
    name: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = OrderEntry, pk = "HR-LOCATION#{location}", sk = "{country_name}")]
struct Location {
    location: String,
    country_name: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = OrderEntry, pk = "HR-JOB#{job}", sk = "{title}")]
struct JobTitle {
    job: String,
    title: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = OrderEntry, pk = "HR-DEPARTMENT#{department}", sk = "HR-DEPARTMENT#{department}")]
struct Department {
    department: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = OrderEntry, pk = "OE-CUSTOMER#{customer}", sk = "HR-EMPLOYEE#{account_rep}")]
#[entity(index(Gsi1, pk = "HR-EMPLOYEE#{account_rep}", sk = "OE-CUSTOMER#{customer}", query = of_account_rep))]
struct Customer {
    customer: String,
    account_rep: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = OrderEntry, pk = "OE-ORDER#{order}", sk = "OE-CUSTOMER#{customer}")]
#[entity(index(Gsi1, pk = "OE-CUSTOMER#{customer}", sk = "{status}-{placed_on}", query = of_customer))]
#[entity(index(Gsi2, pk = "{order:shard(15)}", sk = "{status}-{placed_on}", query = by_status))]
struct Order {
    order: String,
    customer: String,
    status: Status,
    placed_on: Day,
}

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
#[serde(rename_all = "UPPERCASE")]
enum Status {
    Open,
    Closed,
}

/// The order as its account representative sees it.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = OrderEntry, pk = "OE-ORDER#{order}", sk = "HR-EMPLOYEE#{account_rep}")]
#[entity(index(Gsi1, pk = "HR-EMPLOYEE#{account_rep}", sk = "{status}-{placed_on}", query = of_account_rep))]
struct OrderOfRep {
    order: String,
    account_rep: String,
    status: Status,
    placed_on: Day,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = OrderEntry, pk = "OE-ORDER#{order}", sk = "OE-PRODUCT#{product}")]
#[entity(index(Gsi1, pk = "OE-PRODUCT#{product}", sk = "OE-ORDER#{order}", query = of_product))]
struct OrderItem {
    order: String,
    product: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = OrderEntry, pk = "OE-PRODUCT#{product}", sk = "OE-PRODUCT#{product}")]
struct Product {
    product: String,
    name: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = OrderEntry, pk = "OE-PRODUCT#{product}", sk = "OE-WAREHOUSE#{warehouse}", query = of_product)]
#[entity(index(Gsi1, pk = "OE-PRODUCT#{product}", sk = "OE-WAREHOUSE#{warehouse}", query = with_order_items))]
struct Inventory {
    product: String,
    warehouse: String,
    quantity: u32,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = OrderEntry, pk = "OE-WAREHOUSE#{warehouse}", sk = "{region_name}")]
struct Warehouse {
    warehouse: String,
    region_name: String,
}

fn order(number: u32, placed_on: &str) -> Order {
    let order = number.to_string();
    Order { order, customer: "c1".into(), status: Status::Open, placed_on: Day::of(placed_on) }
}

#[test]
fn every_published_entity_is_declared() {
    let Some(published) = Published::read("aws_relational_order_entry") else { return };
    let humans = "HR-Employee HR-Region HR-Country HR-Location HR-Job HR-Department";
    for entity in format!("{humans} OE-Customer OE-Order OE-Product OE-Warehouse").split(' ') {
        published.mark(&[entity]);
    }
    published.mark(&["GSI-1", "all"]);
    published.mark(&["GSI-2", "order"]);
    published.is_complete();
}

#[test]
fn status_and_date_are_one_sort_key() {
    let item = stored(&order(7, "2020-06-21"));
    for index in ["Data", "GSI2SK"] {
        assert_eq!(text_of(&item, Some(index)).as_deref(), Some("OPEN-2020-06-21"));
    }
    let shards: std::collections::BTreeSet<_> =
        (0..200).map(|number| text_of(&stored(&order(number, "2020-06-21")), Some("GSI2PK"))).collect();
    assert_eq!(shards.len(), 15, "orders are spread over all shards");
}

#[tokio::test]
async fn an_order_is_in_its_shard() {
    let table = open::<OrderEntry>().await;
    let orders = [order(1, "2020-06-20"), order(2, "2020-06-21"), order(3, "2020-07-01")];
    for order in &orders {
        table.put(order).await.expect("a put");
    }
    let june = Day::of("2020-06-21")..=Day::of("2020-06-30");
    let in_shard = Order::by_status().shard_of("2").status(Status::Open).placed_on_in(june);
    assert_eq!(*table.query(in_shard).await.expect("a query"), orders[1..2]);
}
