//! boto3 in a process of its own, on the same engine: see `exchange/boto3_exchange.py`.

use std::collections::BTreeMap;
use std::env;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use base64_simd::STANDARD;
use monotable::{Entity, Handle, InTable, Item, Table};
use serde_json::{Map, Value, json};

use crate::Endpoint;

/// Sends requests to boto3, and ends it when dropped.
#[derive(Debug)]
pub struct Boto3 {
    process: Child,
    pipes: Mutex<(ChildStdin, BufReader<ChildStdout>)>,
}

impl Boto3 {
    /// None, said on the terminal, without an engine over HTTP and a Python that has boto3.
    pub fn of_environment() -> Option<Self> {
        let python = env::var("MONOTABLE_PYTHON").ok().filter(|python| !python.is_empty());
        let (Some(endpoint), Some(python)) = (Endpoint::of_environment(), python) else {
            println!("skipped: it needs MONOTABLE_ENDPOINT, and MONOTABLE_PYTHON that has boto3");
            return None;
        };
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/exchange/boto3_exchange.py");
        let mut command = Command::new(&python);
        command.arg(script).arg(endpoint.url()).args(endpoint.access());
        let process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut process = process.unwrap_or_else(|error| panic!("MONOTABLE_PYTHON={python}: {error}"));
        let (input, output) = (process.stdin.take(), process.stdout.take());
        let pipes = Mutex::new((input.expect("a pipe"), BufReader::new(output.expect("a pipe"))));
        Some(Self { process, pipes })
    }

    /// Writes an item.
    #[track_caller]
    pub fn put(&self, table: &str, item: &Item) {
        self.ask(json!({ "do": "put", "table": table, "item": item_to_json(item) }));
    }

    /// Reads an item by its key.
    #[track_caller]
    pub fn get(&self, table: &str, key: &Item) -> Option<Item> {
        let mut answer = self.ask(json!({ "do": "get", "table": table, "key": item_to_json(key) }));
        match answer["item"].take() {
            Value::Object(item) => Some(item_from_json(item)),
            _ => None,
        }
    }

    #[track_caller]
    fn ask(&self, request: Value) -> Value {
        let mut pipes = self.pipes.lock().unwrap_or_else(PoisonError::into_inner);
        let (input, output) = &mut *pipes;
        writeln!(input, "{request}").expect("boto3 is there");
        let mut line = String::new();
        output.read_line(&mut line).expect("boto3 is there");
        let answer: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{line:?}: {error}"));
        assert!(answer.get("error").is_none(), "boto3 cannot do {request}: {answer}");
        answer
    }

    /// boto3 reads what this library writes, by the key that others publish for it; and this library reads what
    /// boto3 writes under the keys that others publish.
    ///
    /// `published` are attributes as others make them, those of the primary key among them.
    pub async fn exchange<E>(&self, table: &Handle<E::Table>, entity: &E, published: &Item)
    where
        E: Entity + InTable<E::Table>,
    {
        let key_attributes = [E::Table::PARTITION_KEY].into_iter().chain(E::Table::SORT_KEY);
        let key = key_attributes.map(|name| (name.to_owned(), published[name].clone())).collect();
        let stored = item_of(entity);
        for (name, value) in published {
            assert_eq!(
                stored.get(name).cloned().map(sorted_value),
                Some(sorted_value(value.clone())),
                "{name}"
            );
        }
        table.put(entity).await.expect("a put");
        assert_eq!(self.get(table.name(), &key).map(sorted), Some(sorted(stored.clone())), "by boto3");

        table.delete(entity.key()).await.expect("a delete");
        let mut written = stored.clone();
        written.extend(published.clone());
        self.put(table.name(), &written);
        let read = table.get(entity.key()).await.unwrap_or_else(|error| panic!("{error}")).into_inner();
        let read = read.unwrap_or_else(|| panic!("boto3 wrote {written:?}, and it is not found"));
        assert_eq!(sorted(item_of(&read)), sorted(stored), "what boto3 wrote");
        table.delete(entity.key()).await.expect("a delete");
    }
}

impl Drop for Boto3 {
    fn drop(&mut self) {
        // It is only ever waiting for a request.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn item_of<E: Entity>(entity: &E) -> Item {
    let request = entity.put().explain().unwrap_or_else(|error| panic!("{error}"));
    request.into_inner().item.expect("a put has an item")
}

/// Sets have no order, and a number has many texts.
fn sorted(item: Item) -> BTreeMap<String, AttributeValue> {
    item.into_iter().map(|(name, value)| (name, sorted_value(value))).collect()
}

fn sorted_value(mut value: AttributeValue) -> AttributeValue {
    match &mut value {
        AttributeValue::N(number) => *number = significant(number),
        AttributeValue::Ns(elements) => {
            elements.iter_mut().for_each(|number| *number = significant(number));
            elements.sort();
        }
        AttributeValue::Ss(elements) => elements.sort(),
        AttributeValue::Bs(elements) => elements.sort_by(|a, b| a.as_ref().cmp(b.as_ref())),
        AttributeValue::L(elements) => {
            *elements = std::mem::take(elements).into_iter().map(sorted_value).collect();
        }
        AttributeValue::M(members) => *members = sorted(std::mem::take(members)).into_iter().collect(),
        _ => {}
    }
    value
}

/// A number as its sign, its digits without zeros at the ends, and the power of ten behind them.
fn significant(number: &str) -> String {
    let (mantissa, power) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |mantissa| ("-", mantissa));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    let digits = all.trim_end_matches('0');
    let behind = (all.len() - digits.len()) as i64 - fraction.len() as i64;
    let power = power.parse::<i64>().unwrap_or_else(|_| panic!("{number} is no number")) + behind;
    match digits.trim_start_matches('0') {
        "" => "0".to_owned(),
        digits => format!("{sign}{digits}e{power}"),
    }
}

fn item_to_json(item: &Item) -> Map<String, Value> {
    item.iter().map(|(name, value)| (name.clone(), to_json(value))).collect()
}

/// DynamoDB's JSON.
fn to_json(value: &AttributeValue) -> Value {
    let base64 = |blob: &Blob| STANDARD.encode_to_string(blob.as_ref());
    match value {
        AttributeValue::S(text) => json!({ "S": text }),
        AttributeValue::N(number) => json!({ "N": number }),
        AttributeValue::B(blob) => json!({ "B": base64(blob) }),
        AttributeValue::Bool(truth) => json!({ "BOOL": truth }),
        AttributeValue::Null(is_null) => json!({ "NULL": is_null }),
        AttributeValue::Ss(elements) => json!({ "SS": elements }),
        AttributeValue::Ns(elements) => json!({ "NS": elements }),
        AttributeValue::Bs(elements) => json!({ "BS": elements.iter().map(base64).collect::<Vec<_>>() }),
        AttributeValue::L(elements) => json!({ "L": elements.iter().map(to_json).collect::<Vec<_>>() }),
        AttributeValue::M(members) => json!({ "M": item_to_json(members) }),
        other => panic!("no test has {other:?}"),
    }
}

fn item_from_json(item: Map<String, Value>) -> Item {
    item.into_iter().map(|(name, value)| (name, from_json(value))).collect()
}

/// As [`to_json`], the other way.
fn from_json(value: Value) -> AttributeValue {
    let Value::Object(members) = value else { panic!("{value} has no type") };
    let (kind, content) = members.into_iter().next().expect("a type");
    let blob = |text: &str| Blob::new(STANDARD.decode_to_vec(text).expect("base64"));
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    match (kind.as_str(), content) {
        ("S", content) => AttributeValue::S(text(&content)),
        ("N", content) => AttributeValue::N(text(&content)),
        ("B", content) => AttributeValue::B(blob(&text(&content))),
        ("BOOL", Value::Bool(truth)) => AttributeValue::Bool(truth),
        ("NULL", Value::Bool(null)) => AttributeValue::Null(null),
        ("SS", Value::Array(elements)) => AttributeValue::Ss(elements.iter().map(text).collect()),
        ("NS", Value::Array(elements)) => AttributeValue::Ns(elements.iter().map(text).collect()),
        ("BS", Value::Array(elements)) => {
            AttributeValue::Bs(elements.iter().map(|element| blob(&text(element))).collect())
        }
        ("L", Value::Array(elements)) => AttributeValue::L(elements.into_iter().map(from_json).collect()),
        ("M", Value::Object(members)) => AttributeValue::M(item_from_json(members).into_iter().collect()),
        (kind, content) => panic!("a value of type {kind}: {content}"),
    }
}
