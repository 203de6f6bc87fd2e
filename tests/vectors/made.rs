//! What this library makes of an entity or a query, in the form in which the file says what is expected.

use std::collections::BTreeSet;
use std::error::Error as _;
use std::future::Future;

use monotable::aws_sdk_dynamodb::types::AttributeValue;
use monotable::{Entity, ErrorKind, InTable, KeyError, KeyProblem, KeyQuery, PartRule, Table};
use monotable_tests::open;
use serde_json::{Map, Value, json};

use crate::file::{Exchange, Vector};

/// The whole item, as it would be stored.
pub fn item<E: Entity>(entity: &E) -> Value {
    let request = entity.put().explain().unwrap_or_else(|error| panic!("{error}"));
    request
        .item()
        .expect("a put has an item")
        .iter()
        .map(|(name, value)| (name.clone(), plain(value)))
        .collect()
}

/// Its key attributes, those of indexes included.
pub fn keys<E: Entity>(entity: &E) -> Value {
    let Value::Object(item) = item(entity) else { unreachable!("items are objects") };
    let names = key_attributes::<E::Table>();
    Value::Object(item.into_iter().filter(|(name, _)| names.contains(name.as_str())).collect())
}

fn key_attributes<T: Table>() -> BTreeSet<&'static str> {
    let indexes = T::INDEXES.iter().flat_map(|index| index.partition_key.iter().chain(index.sort_key));
    let indexes = indexes.map(|attribute| attribute.name);
    [T::PARTITION_KEY].into_iter().chain(T::SORT_KEY).chain(indexes).collect()
}

fn plain(value: &AttributeValue) -> Value {
    match value {
        AttributeValue::S(text) => json!(text),
        AttributeValue::N(number) => number.parse().expect("a number"),
        AttributeValue::Bool(truth) => json!(truth),
        other => panic!("no vector has {other:?}"),
    }
}

fn typed(value: &Value) -> AttributeValue {
    match value {
        Value::String(text) => AttributeValue::S(text.clone()),
        Value::Number(number) => AttributeValue::N(number.to_string()),
        Value::Bool(truth) => AttributeValue::Bool(*truth),
        other => panic!("no vector has {other}"),
    }
}

/// The field whose value cannot stand in its key, and the rule that it breaks.
pub fn refused<E: Entity>(entity: &E) -> (&'static str, PartRule) {
    let error = entity.put().explain().expect_err("the key is refused");
    assert_eq!(error.kind(), ErrorKind::InvalidKey);
    let cause = error.source().and_then(|cause| cause.downcast_ref::<KeyError>()).expect("a key error");
    match &cause.problem {
        KeyProblem::Part { field, rule } => (field, rule.clone()),
        problem => panic!("{problem:?}"),
    }
}

/// A key condition: the partition key, and the operator and the values on the sort key.
#[derive(Debug, PartialEq)]
pub struct Condition {
    pub index: Option<String>,
    pub partition: Value,
    pub sort: Option<(String, Vec<Value>)>,
}

/// The condition of a query.
pub fn condition<Q: KeyQuery>(query: Q) -> Condition {
    let request = query.into_query().explain().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(request.filter_expression(), None, "nothing is read to be thrown away");
    let values = request.expression_attribute_values().expect("a query has values");
    let values = values.iter().map(|(name, value)| (name.clone(), plain(value))).collect();
    let expression = request.key_condition_expression().expect("a query has a condition");
    Condition::parse(expression, &values, request.index_name())
}

impl Condition {
    /// The condition that the library sent.
    pub fn expected(vector: &Vector) -> Self {
        let expected = vector.expected();
        let values =
            ["ExpressionAttributeValues", "values"].into_iter().find_map(|name| expected[name].as_object());
        let values = values.or(expected.as_object()).expect("a condition has values");
        let expression = expected["KeyConditionExpression"].as_str().expect("a condition");
        Self::parse(expression, values, expected["IndexName"].as_str())
    }

    fn parse(expression: &str, values: &Map<String, Value>, index: Option<&str>) -> Self {
        let value = |name: &str| values[name].clone();
        let words: Vec<&str> =
            expression.split([' ', '(', ')', ',']).filter(|word| !word.is_empty()).collect();
        let [_, "=", partition, rest @ ..] = words.as_slice() else { panic!("{expression}") };
        let sort = match rest {
            [] => None,
            [_and, "begins_with", _, text] => Some(("begins_with", vec![value(text)])),
            [_and, _, "BETWEEN", low, _, high] => Some(("BETWEEN", vec![value(low), value(high)])),
            [_and, _, operator, key] => Some((*operator, vec![value(key)])),
            _ => panic!("{expression}"),
        };
        Self {
            index: index.map(str::to_owned),
            partition: value(partition),
            sort: sort.map(|(operator, values)| (operator.to_owned(), values)),
        }
    }
}

impl Vector {
    /// The item is exactly what the library stored.
    #[track_caller]
    pub fn is_item<E: Entity + InTable<E::Table>>(&self, entity: &E) {
        assert_eq!(item(entity), *self.expected());
        self.exchanged(entity);
    }

    /// The keys are exactly those that the library made.
    #[track_caller]
    pub fn has_keys<E: Entity + InTable<E::Table>>(&self, entity: &E) {
        assert_eq!(keys(entity), *self.expected());
        self.exchanged(entity);
    }

    /// boto3 finds the item under the keys of the file, and what it writes there is read here.
    fn exchanged<E: Entity + InTable<E::Table>>(&self, entity: &E) {
        let Some(Exchange { boto3, items }) = self.exchange() else { return };
        let expected = self.expected().as_object().expect("attributes");
        let published = expected.iter().map(|(name, value)| (name.clone(), typed(value))).collect();
        run(async { boto3.exchange(&open::<E::Table>().await, entity, &published).await });
        items.set(items.get() + 1);
    }

    /// The condition is exactly the one that the library sent.
    #[track_caller]
    pub fn has_condition<Q: KeyQuery>(&self, query: Q) {
        let made = condition(query);
        let expected = Condition::expected(self);
        // The file names the index of some queries only.
        let index = expected.index.clone().or(made.index.clone());
        assert_eq!(made, Condition { index, ..expected });
    }
}

/// Runs what needs the engine.
pub fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Runtime::new().expect("a runtime").block_on(future)
}
