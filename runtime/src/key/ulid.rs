//! The type of `ulid`.

use ::ulid::{ULID_LEN, Ulid};

use super::{Bytes, Codec, Decode, KeyPart, KeyText, Language, Lower, PartRule};

const UPPER: [Bytes; ULID_LEN] = classes(Bytes::CROCKFORD);
const LOWER: [Bytes; ULID_LEN] = classes(Bytes::of(b"0123456789abcdefghjkmnpqrstvwxyz"));

const fn classes(digits: Bytes) -> [Bytes; ULID_LEN] {
    let mut classes = [digits; ULID_LEN];
    // 26 characters have room for 130 bits, and an ULID has 128.
    classes[0] = Bytes::range(b'0', b'7');
    classes
}

/// Crockford's base 32 in upper case, 26 bytes. Byte order is value order, which begins with time.
#[diagnostic::do_not_recommend]
impl KeyPart for Ulid {
    const LANGUAGE: Language = Language::Fixed(&UPPER);
    const KEEPS_ORDER: bool = true;

    fn encode(&self, out: &mut KeyText) -> Result<(), PartRule> {
        out.push_str(self.array_to_str(&mut [0; ULID_LEN]));
        Ok(())
    }

    fn decode(text: &str, _delimiter: char) -> Result<Self, PartRule> {
        // The parser takes lower case and drops bits, so that only what is written again as it was is right.
        Self::from_string(text)
            .ok()
            .filter(|value| value.array_to_str(&mut [0; ULID_LEN]) == text)
            .ok_or(PartRule::NotOfThisForm { expected: "a ULID in upper case" })
    }
}

/// Lower case, as ElectroDB stores it unless told otherwise. An ULID has no case of its own, so that
/// nothing is lost.
impl Codec<Ulid> for Lower {
    const LANGUAGE: Language = Language::Fixed(&LOWER);
    const LOSSY: bool = false;
    const KEEPS_ORDER: bool = true;

    fn encode(value: &Ulid, out: &mut KeyText) -> Result<(), PartRule> {
        let mut text = [0; ULID_LEN];
        value.array_to_str(&mut text).make_ascii_lowercase();
        out.push_ascii(&text);
        Ok(())
    }
}

impl Decode<Ulid> for Lower {
    fn decode(text: &str, delimiter: char) -> Result<Ulid, PartRule> {
        let is_lower = !text.bytes().any(|byte| byte.is_ascii_uppercase());
        let value = is_lower.then(|| Ulid::decode(&text.to_ascii_uppercase(), delimiter).ok()).flatten();
        value.ok_or(PartRule::NotOfThisForm { expected: "a ULID in lower case" })
    }
}
