//! The reader and the writer of DynamoDB's JSON by themselves, for tests, benchmarks and fuzzing. Nothing here is
//! stable.

use serde::{Deserialize, Serialize};

use crate::wire::{Problem, Pull, Value, ValueWriter};

/// Why bytes do not make a value, or a value no bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The bytes are not the JSON of an attribute value.
    Malformed(String),
    /// The value and the type do not fit.
    Unfit(String),
}

impl From<crate::wire::Error> for Refusal {
    fn from(error: crate::wire::Error) -> Self {
        match error.problem() {
            Problem::Malformed { .. } => Self::Malformed(error.to_string()),
            Problem::Unfit(_) | Problem::Type => Self::Unfit(error.to_string()),
        }
    }
}

/// Reads an attribute value, such as `{"S":"text"}`.
pub fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Refusal> {
    let mut pull = Pull::new(bytes)?;
    let value = T::deserialize(Value(&mut pull))?;
    pull.end()?;
    Ok(value)
}

/// Writes an attribute value.
pub fn write<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, Refusal> {
    let mut out = Vec::new();
    value.serialize(ValueWriter(&mut out))?;
    Ok(out)
}

/// Steps over an attribute value that nobody asks for.
pub fn skip(bytes: &[u8]) -> Result<(), Refusal> {
    let mut pull = Pull::new(bytes)?;
    pull.skip_value()?;
    Ok(pull.end()?)
}

/// Steps over any JSON.
pub fn skip_json(bytes: &[u8]) -> Result<(), Refusal> {
    let mut pull = Pull::new(bytes)?;
    pull.skip_json()?;
    Ok(pull.end()?)
}
