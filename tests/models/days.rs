//! A date as an attribute: `jiff`'s, with serde by its text.

use jiff::civil::Date;
use monotable::KeyPart;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// `2020-06-21`
#[derive(KeyPart, Debug, Clone, PartialEq, Eq, Hash)]
pub struct Day(Date);

impl Day {
    /// # Panics
    ///
    /// If `text` is no date.
    pub fn of(text: &str) -> Self {
        Self(text.parse().expect("a date"))
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(de::Error::custom)
    }
}
