//! Booleans: one digit, so that they keep their order and have a fixed width.

use super::{Bytes, KeyPart, KeyText, Language, PartRule, PlainPart};

/// `0` is false and `1` is true. `plain` writes the words.
#[diagnostic::do_not_recommend]
impl KeyPart for bool {
    const LANGUAGE: Language = Language::Fixed(&[Bytes::of(b"01")]);
    const KEEPS_ORDER: bool = true;

    fn encode(&self, out: &mut KeyText) -> Result<(), PartRule> {
        out.push_str(if *self { "1" } else { "0" });
        Ok(())
    }

    fn decode(text: &str, _delimiter: char) -> Result<Self, PartRule> {
        match text {
            "0" => Ok(false),
            "1" => Ok(true),
            _ => Err(PartRule::NotOfThisForm { expected: "`0` or `1`" }),
        }
    }
}

/// `false` and `true`, as tables of other libraries hold them.
impl PlainPart for bool {
    const PLAIN_LANGUAGE: Language = Language::Words(&["false", "true"]);
    const PLAIN_KEEPS_ORDER: bool = true;

    fn encode_plain(&self, out: &mut KeyText) -> Result<(), PartRule> {
        out.push_str(if *self { "true" } else { "false" });
        Ok(())
    }

    fn decode_plain(text: &str, _delimiter: char) -> Result<Self, PartRule> {
        match text {
            "false" => Ok(false),
            "true" => Ok(true),
            _ => Err(PartRule::NotOfThisForm { expected: "`false` or `true`" }),
        }
    }
}
