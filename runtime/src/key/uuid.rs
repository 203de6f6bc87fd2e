//! The type of `uuid`.

use ::uuid::Uuid;
use ::uuid::fmt::Hyphenated;

use super::{Bytes, Codec, Decode, KeyPart, KeyText, Language, PartRule, Upper};

const LOWER: [Bytes; Hyphenated::LENGTH] = classes(Bytes::HEX);
const UPPER: [Bytes; Hyphenated::LENGTH] = classes(Bytes::DIGITS.or(Bytes::range(b'A', b'F')));

const fn classes(digits: Bytes) -> [Bytes; Hyphenated::LENGTH] {
    let mut classes = [digits; Hyphenated::LENGTH];
    let hyphens = [8, 13, 18, 23];
    let mut at = 0;
    while at < hyphens.len() {
        classes[hyphens[at]] = Bytes::of(b"-");
        at += 1;
    }
    classes
}

/// Lower case and hyphenated, 36 bytes. Byte order is value order, which for version 7 is that of time.
#[diagnostic::do_not_recommend]
impl KeyPart for Uuid {
    const LANGUAGE: Language = Language::Fixed(&LOWER);
    const KEEPS_ORDER: bool = true;

    fn encode(&self, out: &mut KeyText) -> Result<(), PartRule> {
        out.push_str(self.hyphenated().encode_lower(&mut [0; Hyphenated::LENGTH]));
        Ok(())
    }

    fn decode(text: &str, _delimiter: char) -> Result<Self, PartRule> {
        // The parser takes other forms too, so that only what is written again as it was is right.
        Self::try_parse(text)
            .ok()
            .filter(|value| value.hyphenated().encode_lower(&mut [0; Hyphenated::LENGTH]) == text)
            .ok_or(PartRule::NotOfThisForm { expected: "a UUID in lower case with hyphens" })
    }
}

/// Upper case, for tables that others wrote. A UUID has no case of its own, so that nothing is lost.
impl Codec<Uuid> for Upper {
    const LANGUAGE: Language = Language::Fixed(&UPPER);
    const LOSSY: bool = false;
    const KEEPS_ORDER: bool = true;

    fn encode(value: &Uuid, out: &mut KeyText) -> Result<(), PartRule> {
        out.push_str(value.hyphenated().encode_upper(&mut [0; Hyphenated::LENGTH]));
        Ok(())
    }
}

impl Decode<Uuid> for Upper {
    fn decode(text: &str, _delimiter: char) -> Result<Uuid, PartRule> {
        Uuid::try_parse(text)
            .ok()
            .filter(|value| value.hyphenated().encode_upper(&mut [0; Hyphenated::LENGTH]) == text)
            .ok_or(PartRule::NotOfThisForm { expected: "a UUID in upper case with hyphens" })
    }
}
