//! What is not the JSON of an attribute value is refused, also where nobody looks at the value.

use monotable::__wire as wire;
use proptest::prelude::*;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::any::Anything;
use super::law::hold;
use super::tree::{json_of, loosely, tree};

const MALFORMED: &[&str] = &[
    "",
    "{",
    "{}",
    "[]",
    "null",
    r#""S""#,
    r#"{"S"}"#,
    r#"{"S":}"#,
    r#"{"S":"a""#,
    r#"{"S":"a"}}"#,
    r#"{"S":"a"} x"#,
    r#"{"S":"a",}"#,
    r#"{"S":"a","S":"b"}"#,
    r#"{"S":"a","N":"1"}"#,
    r#"{"S":null}"#,
    r#"{"S":1}"#,
    r#"{"s":"a"}"#,
    r#"{"X":"a"}"#,
    r#"{"N":1}"#,
    r#"{"BOOL":"true"}"#,
    r#"{"BOOL":truE}"#,
    r#"{"NULL":null}"#,
    r#"{"B":"a"}"#,
    r#"{"B":"AQ"}"#,
    r#"{"B":"!!!!"}"#,
    r#"{"BS":["AQ"]}"#,
    r#"{"L":{}}"#,
    r#"{"L":[}"#,
    r#"{"L":[,]}"#,
    r#"{"L":[{"S":"a"},]}"#,
    r#"{"L":[{"S":"a"}{"S":"b"}]}"#,
    r#"{"L":["a"]}"#,
    r#"{"L":[{"S":"a"}:{"S":"b"}]}"#,
    r#"{"SS":[1]}"#,
    r#"{"SS":["a" "b"]}"#,
    r#"{"M":[]}"#,
    r#"{"M":{"a":{"S":"b"},}}"#,
    r#"{"M":{,"a":{"S":"b"}}}"#,
    r#"{"M":{"a",{"S":"b"}}}"#,
    r#"{"M":{"a":{"S":"b"}"c":{"S":"d"}}}"#,
    r#"{"M":{a:{"S":"b"}}}"#,
    r#"{"M":{"a":"b"}}"#,
    r#"{"S":"\x"}"#,
    r#"{"S":"\u12"}"#,
    r#"{"S":"\u12g4"}"#,
    r#"{"S":"\uD800"}"#,
    r#"{"S":"\uD800x"}"#,
    r#"{"S":"\uD800\uD800"}"#,
    r#"{"S":"\uDC00"}"#,
    "{\"S\":\"a\nb\"}",
    "{\"S\":\"\0\"}",
    "{\"S\":\"a\u{1}\"}",
    "{\u{a0}\"S\":\"a\"}",
];

#[test]
fn malformed_values_are_refused_as_such() {
    for json in MALFORMED {
        // Nothing is malformed by itself alone.
        let within = if json.is_empty() { "," } else { json };
        for json in
            [json.to_string(), format!(r#"{{"L":[{within}]}}"#), format!(r#"{{"M":{{"a":{within}}}}}"#)]
        {
            let read = wire::read::<Anything>(json.as_bytes());
            assert!(matches!(read, Err(wire::Refusal::Malformed(_))), "{json}: {read:?}");
            let ignored = wire::read::<IgnoredAny>(json.as_bytes());
            assert!(matches!(ignored, Err(wire::Refusal::Malformed(_))), "{json}: {ignored:?}");
        }
    }
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    for bytes in [
        &b"{\"S\":\"\xff\"}"[..],
        b"{\"S\":\"\xc3\"}",
        b"{\"S\":\"\xed\xa0\x80\"}",
        b"\xef\xbb\xbf{\"S\":\"\"}",
    ] {
        assert!(matches!(wire::read::<String>(bytes), Err(wire::Refusal::Malformed(_))), "{bytes:?}");
        assert!(wire::skip(bytes).is_err());
    }
}

#[test]
fn a_name_that_comes_twice_is_refused() {
    let twice = |names: &[&str]| {
        let members: Vec<_> = names.iter().map(|name| format!(r#""{name}":{{"N":"1"}}"#)).collect();
        format!(r#"{{"M":{{{}}}}}"#, members.join(","))
    };
    let many: Vec<String> = (0..100).map(|number| number.to_string()).collect();
    let mut names: Vec<_> = many.iter().map(String::as_str).collect();
    assert!(wire::read::<Anything>(twice(&names).as_bytes()).is_ok());
    for again in ["0", "15", "16", "99", r"\u0030", r"9\u0039"] {
        names.push(again);
        assert!(wire::read::<Anything>(twice(&names).as_bytes()).is_err(), "{again}");
        names.pop();
    }
    assert!(wire::read::<Anything>(twice(&["a", "b", "a"]).as_bytes()).is_err());
    assert!(wire::read::<Anything>(twice(&[r"\u0061", "a"]).as_bytes()).is_err());
    assert!(wire::read::<super::types::Denying>(twice(&["a", "a"]).as_bytes()).is_err());
}

#[test]
fn depth_is_bounded_and_the_stack_is_not_used_up() {
    let nested = |levels: usize| format!("{}{}", r#"{"L":["#.repeat(levels), "]}".repeat(levels));
    assert!(wire::read::<Anything>(nested(60).as_bytes()).is_ok());
    assert!(wire::skip(nested(60).as_bytes()).is_ok());
    for levels in (58..70).chain([1000]) {
        hold(nested(levels).as_bytes());
        hold(format!("{}{}", r#"{"M":{"a":"#.repeat(levels), "}}".repeat(levels)).as_bytes());
        hold(format!("{}{}", "[".repeat(2 * levels), "]".repeat(2 * levels)).as_bytes());
    }
    for levels in [66, 1000, 100_000] {
        let json = nested(levels);
        assert!(matches!(wire::read::<Anything>(json.as_bytes()), Err(wire::Refusal::Malformed(_))));
        assert!(matches!(wire::skip(json.as_bytes()), Err(wire::Refusal::Malformed(_))));
        let maps = format!("{}{}", r#"{"M":{"a":"#.repeat(levels), "}}".repeat(levels));
        assert!(matches!(wire::read::<Anything>(maps.as_bytes()), Err(wire::Refusal::Malformed(_))));
        assert!(wire::skip_json("[".repeat(levels).as_bytes()).is_err());
    }
}

/// Changes to bytes that leave most of them.
pub fn mutate(mut bytes: Vec<u8>, changes: &[(usize, u8, u8)]) -> Vec<u8> {
    const LIKELY: &[u8] = b"{}[]\",:\\ SNBLMu0-eE.+tfn\n\xff";
    for &(at, what, byte) in changes {
        let at = at % (bytes.len() + 1);
        let byte = if byte < 200 { LIKELY[usize::from(byte) % LIKELY.len()] } else { byte };
        match what % 4 {
            0 if at < bytes.len() => bytes[at] = byte,
            1 if at < bytes.len() => drop(bytes.remove(at)),
            2 => bytes.truncate(at.max(1)),
            _ => bytes.insert(at, byte),
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_bytes(value in tree(), seed: u64, changes in proptest::collection::vec(any::<(usize, u8, u8)>(), 0..3)) {
        hold(&mutate(loosely(&json_of(&value), seed).into_bytes(), &changes));
    }

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
        hold(&bytes);
    }
}

#[test]
fn any_json_is_stepped_over() {
    for json in [
        "0",
        "-0",
        "1.5e-3",
        "1E+9",
        "[]",
        "{}",
        "[null,true,false]",
        r#"{"a":[{"b":-1}],"c":"\u00e9"}"#,
        " [ ] ",
    ] {
        assert_eq!(wire::skip_json(json.as_bytes()), Ok(()), "{json}");
    }
    for json in
        ["01", "-", "1.", ".5", "1e", "+1", "nul", "tru", "[1 2]", "{\"a\" 1}", "[1,]", "'a'", "1 2", "NaN"]
    {
        assert!(wire::skip_json(json.as_bytes()).is_err(), "{json}");
        assert!(serde_json::from_str::<Value>(json).is_err(), "{json}");
    }
}
