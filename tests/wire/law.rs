//! What holds of any bytes: for these tests and for `fuzz/`, which has this file too.

use monotable::__wire as wire;
use serde_dynamo::AttributeValue;
use serde_json::Value;

use super::any::Anything;

/// What is read is what `serde_json` reads, by the definition of attribute values, and `serde_dynamo` makes of it; what
/// is stepped over is an attribute value, or JSON; and nothing panics.
pub fn hold(bytes: &[u8]) {
    let json = serde_json::from_slice::<Value>(bytes);
    let theirs = json.as_ref().ok().and_then(value_of);
    // 64 levels of attribute values, which are allowed, are more of JSON than `serde_json` reads.
    let too_deep = matches!(&json, Err(error) if error.to_string().contains("recursion limit"));
    let read = wire::read::<Anything>(bytes);
    let skipped = wire::skip(bytes);
    assert!(read.is_err() || skipped.is_ok(), "{bytes:?}");
    if too_deep {
        let _ = wire::skip_json(bytes);
        return;
    }
    if let Ok(ours) = read {
        let theirs = theirs.clone().expect("it is read, so it is one");
        assert_eq!(serde_dynamo::from_attribute_value(theirs), Ok(ours), "{bytes:?}");
    }
    assert!(skipped.is_err() || theirs.is_some(), "{bytes:?}");
    let is_json = match json {
        Ok(_) => true,
        // A number may be too large for `serde_json`, and is JSON; deep nesting is too, and is refused by both.
        Err(error) if error.to_string().contains("out of range") => return,
        Err(_) => false,
    };
    match wire::skip_json(bytes) {
        Ok(()) => assert!(is_json, "{bytes:?}"),
        Err(wire::Refusal::Malformed(why)) => {
            assert!(!is_json || why.contains("too deep"), "{bytes:?}: {why}")
        }
        Err(other) => panic!("{bytes:?}: {other:?}"),
    }
}

/// An attribute value of its JSON; none if it is none.
pub fn value_of(json: &Value) -> Option<AttributeValue> {
    let (tag, content) = json.as_object().filter(|object| object.len() == 1)?.iter().next()?;
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let blob = |value: &Value| base64_simd::STANDARD.decode_to_vec(value.as_str()?).ok();
    let list = || content.as_array();
    Some(match tag.as_str() {
        "S" => AttributeValue::S(text(content)?),
        "N" => AttributeValue::N(text(content)?),
        "B" => AttributeValue::B(blob(content)?),
        "BOOL" => AttributeValue::Bool(content.as_bool()?),
        "NULL" => AttributeValue::Null(content.as_bool()?),
        "SS" => AttributeValue::Ss(list()?.iter().map(text).collect::<Option<_>>()?),
        "NS" => AttributeValue::Ns(list()?.iter().map(text).collect::<Option<_>>()?),
        "BS" => AttributeValue::Bs(list()?.iter().map(blob).collect::<Option<_>>()?),
        "L" => AttributeValue::L(list()?.iter().map(value_of).collect::<Option<_>>()?),
        "M" => {
            let members = content.as_object()?.iter();
            AttributeValue::M(
                members.map(|(name, value)| Some((name.clone(), value_of(value)?))).collect::<Option<_>>()?,
            )
        }
        _ => return None,
    })
}
