//! Bytes: hexadecimal text in a composed key, the bytes themselves where the key attribute is binary.

use super::{KeyPart, KeyText, KeyValue, Language, PartRule};
use crate::proof::{Bytes, KeyType};

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Lower-case hexadecimal text, two digits for each byte; not empty. Byte order is value order.
///
/// Where the table declares the key attribute as binary, `{field}` alone is the bytes themselves.
impl KeyPart for Vec<u8> {
    const LANGUAGE: Language =
        Language::Text { bytes: Bytes::range(b'0', b'9').or(Bytes::range(b'a', b'f')), min: 2 };
    const KEEPS_ORDER: bool = true;
    const NATIVE: Option<KeyType> = Some(KeyType::Binary);

    fn native(&self) -> Result<KeyValue, PartRule> {
        if self.is_empty() {
            return Err(PartRule::Empty);
        }
        Ok(KeyValue::Binary(self.clone()))
    }

    fn from_native(value: KeyValue) -> Result<Self, PartRule> {
        match value {
            KeyValue::Binary(bytes) => Ok(bytes),
            _ => Err(PartRule::NotOfThisForm { expected: "binary" }),
        }
    }

    fn encode(&self, out: &mut KeyText) -> Result<(), PartRule> {
        if self.is_empty() {
            return Err(PartRule::Empty);
        }
        for byte in self {
            out.push_ascii(&[DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 0xF)]]);
        }
        Ok(())
    }

    fn decode(text: &str, _delimiter: char) -> Result<Self, PartRule> {
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        let bytes = pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect();
        let bytes: Option<Self> = if rest.is_empty() { bytes } else { None };
        bytes
            .filter(|bytes| !bytes.is_empty())
            .ok_or(PartRule::NotOfThisForm { expected: "pairs of lower-case hexadecimal digits" })
    }
}

fn digit(letter: u8) -> Option<u8> {
    let value = DIGITS.iter().position(|digit| *digit == letter)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        let mut out = KeyText::new('#', 16);
        bytes.to_vec().encode(&mut out).unwrap();
        out.finish()
    }

    #[test]
    fn bytes_are_hexadecimal_text_in_their_order() {
        assert_eq!(text(&[0, 0x1F, 0xFF]), "001fff");
        let all: Vec<_> = (0..=u8::MAX).map(|byte| text(&[byte])).collect();
        assert!(all.is_sorted());
        for (byte, text) in all.iter().enumerate() {
            assert_eq!(Vec::decode(text, '#'), Ok(vec![byte as u8]));
        }
    }

    #[test]
    fn other_text_is_refused() {
        for wrong in ["", "0", "0g", "0A", "001", "0x"] {
            assert!(Vec::<u8>::decode(wrong, '#').is_err(), "{wrong:?}");
        }
        assert_eq!(Vec::new().encode(&mut KeyText::new('#', 0)), Err(PartRule::Empty));
    }
}
