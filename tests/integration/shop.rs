//! The table of most tests: a customer and what belongs to it in one partition, orders also by status.

use monotable::{Entity, KeyPart, Table};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "shop", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
pub enum Shop {
    Customer(Customer),
    Order(Order),
    Task(Task),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "PROFILE")]
#[entity(index(Gsi1, pk = "EMAIL#{email}", sk = "CUSTOMER", query = by_email))]
pub struct Customer {
    pub customer_id: String,
    pub email: Option<String>,
    pub name: String,
}

#[derive(KeyPart, Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    Open,
    Paid,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, type = "order", pk = "CUSTOMER#{customer_id}", sk = "ORDER#{order_id}")]
#[entity(index(Gsi1, pk = "STATUS#{status}", sk = "{placed_at}", query = by_status))]
pub struct Order {
    pub customer_id: String,
    pub order_id: u32,
    pub status: Option<Status>,
    pub placed_at: String,
    #[serde(rename = "total")]
    pub total_cents: u64,
    pub tags: Vec<String>,
    pub note: Option<String>,
}

/// Both halves of its index key can be missing.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "TASK#{task_id}")]
#[entity(index(Gsi1, pk = "TEAM#{team}#{assignee}", sk = "DUE#{due}#{priority}", query = by_assignee))]
pub struct Task {
    pub customer_id: String,
    pub task_id: u32,
    pub team: String,
    pub assignee: Option<String>,
    pub due: Option<String>,
    pub priority: Option<u8>,
}

pub fn customer(id: &str) -> Customer {
    Customer { customer_id: id.into(), email: Some(format!("{id}@example.com")), name: "Ada Lovelace".into() }
}

pub fn order(customer: &str, id: u32) -> Order {
    Order {
        customer_id: customer.into(),
        order_id: id,
        status: Some(Status::Open),
        placed_at: format!("2026-06-{:02}", id % 30 + 1),
        total_cents: 100 * u64::from(id),
        tags: vec!["gift".into()],
        note: None,
    }
}

pub fn task(customer: &str, id: u32) -> Task {
    let (assignee, due, priority) = (Some("grace".into()), Some("2026-06-01".into()), Some(1));
    Task { customer_id: customer.into(), task_id: id, team: "blue".into(), assignee, due, priority }
}

pub fn order_key(customer: &str, id: u32) -> OrderKey {
    OrderKey { customer_id: customer.into(), order_id: id }
}
