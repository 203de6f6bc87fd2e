//! The type of key parts for tables that ElectroDB wrote. It changes the case of whole keys: the literals of
//! a template are written in lower case, and this is the type of the values.
//!
//! `{field:lower}` does the same, but keeps less than the field has, so it is for indexes: in a primary
//! key two values could be one item.

use monotable::key::{Codec, Language, Lower, Stored, TextPart};
use monotable::{KeyPart, KeyText, KeyType, PartRule};
use serde::{Deserialize, Serialize};

/// Text that is in lower case: the attribute has it so, too.
#[derive(Serialize, Deserialize, Debug, Clone, PartialEq, Eq, Hash)]
pub struct LowerCase(String);

impl LowerCase {
    pub fn of(text: impl AsRef<str>) -> Self {
        Self(text.as_ref().to_lowercase())
    }
}

impl KeyPart for LowerCase {
    const LANGUAGE: Language = <Lower as Codec<String>>::LANGUAGE;
    const KEEPS_ORDER: bool = true;

    fn encode(&self, out: &mut KeyText) -> Result<(), PartRule> {
        self.0.encode(out)
    }

    fn decode(text: &str, delimiter: char) -> Result<Self, PartRule> {
        Self::from_text(String::decode(text, delimiter)?)
    }
}

/// The attribute is the text that is in the keys.
impl Stored for LowerCase {
    const TYPE: KeyType = KeyType::Text;
    const SORTS_BY_VALUE: bool = true;
    const AS_IN_KEYS: bool = true;
}

impl TextPart for LowerCase {
    fn text(&self) -> &str {
        &self.0
    }

    fn from_text(text: String) -> Result<Self, PartRule> {
        if text.to_lowercase() == text {
            Ok(Self(text))
        } else {
            Err(PartRule::Refused { reason: "is not in lower case" })
        }
    }
}
