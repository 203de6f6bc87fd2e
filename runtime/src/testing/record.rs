//! What was sent, and what came of it.

use std::time::SystemTime;

use serde_json::Value;

use crate::testing::fault::Fault;
use crate::testing::operation::Operation;

/// A request, as it was sent.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Request {
    /// What is asked for.
    pub operation: Operation,
    /// The body, in DynamoDB's JSON.
    pub body: Value,
    /// When it was sent, by the client's clock.
    pub sent_at: SystemTime,
}

/// A request and what came of it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Exchange {
    /// The request.
    pub request: Request,
    /// What went wrong with it. Where it was late and something else, both.
    pub faults: Vec<Fault>,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a request.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Outcome {
    /// There is no answer yet.
    UnderWay,
    /// Whoever sent it waits no more.
    GivenUp,
    /// There was an answer.
    #[non_exhaustive]
    Answered {
        /// The status: 200, unless it was refused.
        status: u16,
        /// The body, in DynamoDB's JSON; null if it is none.
        body: Value,
        /// When it came, by the client's clock.
        at: SystemTime,
    },
    /// There was none.
    #[non_exhaustive]
    Unanswered {
        /// Why.
        why: String,
        /// When that was known, by the client's clock.
        at: SystemTime,
    },
}

/// The parts of a request that are found in one place or another, by operation.
impl Request {
    /// The tables that it names, in the order of their names; those of a statement are not found.
    pub fn tables(&self) -> Vec<&str> {
        let batch =
            self.body["RequestItems"].as_object().into_iter().flatten().map(|(table, _)| table.as_str());
        let actions = self.actions().filter_map(|action| action["TableName"].as_str());
        let mut tables: Vec<_> =
            self.body["TableName"].as_str().into_iter().chain(batch).chain(actions).collect();
        tables.sort_unstable();
        tables.dedup();
        tables
    }

    /// The keys that it names, as they are written in it: of an operation on one item, of a batch of reads, of a
    /// transaction. The key of an item that is put is not told from its other attributes.
    pub fn keys(&self) -> Vec<&Value> {
        let batch = self.body["RequestItems"].as_object().into_iter().flatten().map(|(_, parts)| parts);
        let batch = batch.flat_map(|parts| match parts {
            Value::Array(writes) => {
                writes.iter().filter_map(|write| write["DeleteRequest"].get("Key")).collect()
            }
            reads => reads["Keys"].as_array().into_iter().flatten().collect::<Vec<_>>(),
        });
        let actions = self.actions().filter_map(|action| action.get("Key"));
        self.body.get("Key").into_iter().chain(batch).chain(actions).collect()
    }

    /// The parts of a batch, as [`Fault::unprocessed`] counts them: the keys of its reads, or its writes.
    pub fn parts(&self) -> Vec<&Value> {
        let tables = self.body["RequestItems"].as_object().into_iter().flatten();
        let parts = tables.map(|(_, parts)| parts.get("Keys").unwrap_or(parts));
        parts.filter_map(Value::as_array).flatten().collect()
    }

    /// The actions of a transaction.
    fn actions(&self) -> impl Iterator<Item = &Value> {
        let items = self.body["TransactItems"].as_array().into_iter().flatten();
        items.filter_map(Value::as_object).flat_map(|item| item.values())
    }

    /// Asserts that the body has all that `expected` has; it may have more.
    ///
    /// Of objects, the members that are expected are compared, and so on inside of them; all else has to be equal.
    ///
    /// ```
    /// # use monotable::{Entity, Table, testing::Proxy};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Table, Debug)]
    /// # #[table(name = "shop")]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Entity, Serialize, Deserialize, Debug)]
    /// # #[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
    /// # struct Order { order_id: u64 }
    /// # #[cfg(feature = "embedded")] #[tokio::main] async fn main() -> Result<(), monotable::Error> {
    /// use serde_json::json;
    ///
    /// let proxy = Proxy::new();
    /// let shop = proxy.attach(&Shop::embedded().await?);
    /// shop.get(OrderKey { order_id: 7 }).consistent().await?;
    /// proxy.requests()[0].assert_has(json!({ "ConsistentRead": true, "Key": { "SK": { "S": "ORDER" } } }));
    /// # Ok(()) }
    /// # #[cfg(not(feature = "embedded"))] fn main() {}
    /// ```
    ///
    /// # Panics
    ///
    /// If it has not. The panic names the place.
    #[track_caller]
    pub fn assert_has(&self, expected: Value) {
        if let Some(place) = missing(&self.body, &expected, String::new()) {
            panic!("the body of {} has not what is expected{place}\n  body: {}", self.operation, self.body);
        }
    }
}

/// Where a value lacks what is expected, and what is there.
fn missing(found: &Value, expected: &Value, place: String) -> Option<String> {
    if let (Value::Object(found), Value::Object(expected)) = (found, expected) {
        return expected.iter().find_map(|(name, expected)| {
            missing(found.get(name).unwrap_or(&Value::Null), expected, format!("{place}.{name}"))
        });
    }
    let place = if place.is_empty() { String::new() } else { format!(" at {place}") };
    (found != expected).then(|| format!("{place}:\n  expected: {expected}\n  found: {found}"))
}
