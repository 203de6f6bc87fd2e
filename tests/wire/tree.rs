//! Attribute values of every kind, as `serde_dynamo` has them and as JSON that `serde_json` writes.

use proptest::prelude::*;
use serde_dynamo::AttributeValue;
use serde_json::{Value, json};

/// What may be in front of and behind anything in JSON.
const SPACES: [&str; 5] = ["", "", " ", "\n\t", "\r "];

pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-zA-Z0-9 #_-]{0,12}",
        1 => "\\PC{0,6}",
        1 => proptest::collection::vec(prop_oneof![Just('"'), Just('\\'), Just('\n'), Just('\u{1}'), Just('é'), Just('🦀'), Just('\u{7f}')], 0..6)
            .prop_map(String::from_iter),
    ]
}

/// As DynamoDB writes them: up to 38 digits, no exponent, no zeros at either end.
pub fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => any::<i8>().prop_map(|number| number.to_string()),
        1 => any::<i64>().prop_map(|number| number.to_string()),
        1 => any::<u64>().prop_map(|number| number.to_string()),
        1 => (-99_999i32..99_999).prop_map(|number| (f64::from(number) / 100.0).to_string()),
        1 => "-?[1-9][0-9]{0,37}",
        1 => "-?(0|[1-9][0-9]{0,15})\\.[0-9]{0,20}[1-9]",
    ]
}

pub fn blob() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..9)
}

pub fn tree() -> impl Strategy<Value = AttributeValue> {
    let leaf = prop_oneof![
        3 => text().prop_map(AttributeValue::S),
        3 => number().prop_map(AttributeValue::N),
        1 => blob().prop_map(AttributeValue::B),
        1 => any::<bool>().prop_map(AttributeValue::Bool),
        1 => Just(AttributeValue::Null(true)),
        1 => proptest::collection::vec(text(), 1..4).prop_map(AttributeValue::Ss),
        1 => proptest::collection::vec(number(), 1..4).prop_map(AttributeValue::Ns),
        1 => proptest::collection::vec(blob(), 1..4).prop_map(AttributeValue::Bs),
    ];
    // Names that the types of these tests have, so that some of them fit.
    let name = prop_oneof![2 => "[a-d]", 1 => text()];
    leaf.prop_recursive(3, 24, 5, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(AttributeValue::L),
            proptest::collection::hash_map(name.clone(), inner, 0..5).prop_map(AttributeValue::M),
        ]
    })
}

/// The JSON of an attribute value, by its definition.
pub fn json_of(value: &AttributeValue) -> Value {
    let base64 = |bytes: &Vec<u8>| base64_simd::STANDARD.encode_to_string(bytes);
    match value {
        AttributeValue::S(text) => json!({"S": text}),
        AttributeValue::N(number) => json!({"N": number}),
        AttributeValue::B(bytes) => json!({"B": base64(bytes)}),
        AttributeValue::Bool(value) => json!({"BOOL": value}),
        AttributeValue::Null(value) => json!({"NULL": value}),
        AttributeValue::Ss(texts) => json!({"SS": texts}),
        AttributeValue::Ns(numbers) => json!({"NS": numbers}),
        AttributeValue::Bs(blobs) => json!({"BS": blobs.iter().map(base64).collect::<Vec<_>>()}),
        AttributeValue::L(list) => json!({"L": list.iter().map(json_of).collect::<Vec<_>>()}),
        AttributeValue::M(map) => {
            let map: serde_json::Map<_, _> =
                map.iter().map(|(name, value)| (name.clone(), json_of(value))).collect();
            json!({"M": map})
        }
    }
}

/// The same JSON with space between its parts and characters escaped, chosen by `seed`.
pub fn loosely(json: &Value, seed: u64) -> String {
    let mut rng = seed | 1;
    let mut next = move |below: u64| {
        rng ^= rng << 13;
        rng ^= rng >> 7;
        rng ^= rng << 17;
        rng % below
    };
    let mut out = String::new();
    write(json, &mut next, &mut out);
    out
}

fn write(json: &Value, next: &mut dyn FnMut(u64) -> u64, out: &mut String) {
    let space = |next: &mut dyn FnMut(u64) -> u64| SPACES[next(5) as usize];
    out.push_str(space(next));
    match json {
        Value::Object(members) => {
            out.push('{');
            for (at, (name, value)) in members.iter().enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                // The tag of an attribute value is not escaped by anybody; a name may be.
                if matches!(name.as_str(), "S" | "N" | "B" | "BOOL" | "NULL" | "SS" | "NS" | "BS" | "L" | "M")
                {
                    out.push_str(space(next));
                    out.push_str(&format!("\"{name}\""));
                    out.push_str(space(next));
                } else {
                    escaped(name, next, out);
                }
                out.push(':');
                write(value, next, out);
            }
            out.push('}');
        }
        Value::Array(elements) => {
            out.push('[');
            for (at, value) in elements.iter().enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                write(value, next, out);
            }
            out.push_str(space(next));
            out.push(']');
        }
        Value::String(text) => escaped(text, next, out),
        other => out.push_str(&other.to_string()),
    }
    out.push_str(space(next));
}

fn escaped(text: &str, next: &mut dyn FnMut(u64) -> u64, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match next(8) {
            0 => character
                .encode_utf16(&mut [0; 2])
                .iter()
                .for_each(|unit| out.push_str(&format!("\\u{unit:04X}"))),
            1 if character == '/' => out.push_str("\\/"),
            _ => {
                let json = Value::String(character.into()).to_string();
                out.push_str(&json[1..json.len() - 1]);
            }
        }
    }
    out.push('"');
}
