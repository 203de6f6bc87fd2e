//! Other types of key parts for what ElectroDB does to case, and one that has ranges everywhere.

use std::hash::{Hash, Hasher};

use monotable::key::{Bytes, Codec, Language, Lower, TextPart, Upper};
use monotable::{KeyPart, KeyText, PartRule};
use serde::{Deserialize, Serialize};

use crate::lower_case::LowerCase;

/// Text whose case does not count: what differs in case only is equal, and so are its keys. The attribute
/// keeps the case it was written with.
#[derive(Serialize, Deserialize, Debug, Clone)]
pub struct AnyCase(pub String);

impl PartialEq for AnyCase {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_lowercase() == other.0.to_lowercase()
    }
}

impl Eq for AnyCase {}

impl Hash for AnyCase {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_lowercase().hash(state);
    }
}

impl KeyPart for AnyCase {
    const LANGUAGE: Language = <Lower as Codec<String>>::LANGUAGE;

    fn encode(&self, out: &mut KeyText) -> Result<(), PartRule> {
        Lower::encode(&self.0, out)
    }

    fn decode(text: &str, delimiter: char) -> Result<Self, PartRule> {
        LowerCase::decode(text, delimiter).map(|text| Self(text.text().to_owned()))
    }
}

/// Text that is in upper case.
#[derive(Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
pub struct UpperCase(String);

impl UpperCase {
    pub fn of(text: impl AsRef<str>) -> Self {
        Self(text.as_ref().to_uppercase())
    }
}

impl KeyPart for UpperCase {
    const LANGUAGE: Language = <Upper as Codec<String>>::LANGUAGE;
    const KEEPS_ORDER: bool = true;

    fn encode(&self, out: &mut KeyText) -> Result<(), PartRule> {
        self.0.encode(out)
    }

    fn decode(text: &str, delimiter: char) -> Result<Self, PartRule> {
        let text = String::decode(text, delimiter)?;
        if text.to_uppercase() == text {
            Ok(Self(text))
        } else {
            Err(PartRule::Refused { reason: "is not in upper case" })
        }
    }
}

/// Lower-case letters and digits: nothing sorts below the delimiter, so that there are ranges even where
/// other parts follow.
#[derive(Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
pub struct Word(String);

impl Word {
    const BYTES: Bytes = Bytes::DIGITS.or(Bytes::range(b'a', b'z'));

    /// In lower case.
    ///
    /// # Panics
    ///
    /// If `text` has anything but letters and digits.
    pub fn of(text: impl AsRef<str>) -> Self {
        let text = text.as_ref().to_lowercase();
        Self::decode(&text, '#').expect("letters and digits")
    }
}

impl KeyPart for Word {
    const LANGUAGE: Language = Language::Text { bytes: Self::BYTES, min: 1 };
    const KEEPS_ORDER: bool = true;

    fn encode(&self, out: &mut KeyText) -> Result<(), PartRule> {
        self.0.encode(out)
    }

    fn decode(text: &str, delimiter: char) -> Result<Self, PartRule> {
        let text = String::decode(text, delimiter)?;
        if text.bytes().all(|byte| Self::BYTES.has(byte)) {
            Ok(Self(text))
        } else {
            Err(PartRule::NotOfThisForm { expected: "lower-case letters and digits" })
        }
    }
}
