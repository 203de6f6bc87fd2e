//! The reader and the writer of DynamoDB's JSON by themselves, for tests, benchmarks and fuzzing. Nothing here is
//! stable.

use aws_sdk_dynamodb::operation::query::QueryOutput;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};

use crate::entity::Entity;
use crate::expr::problem::ValueRule;
use crate::item::{FromItem, Undecoded, check_json};
use crate::op::batch_write::BatchWrite;
use crate::reader::Reader;
use crate::table::{InTable, Table};
use crate::wire::{Error, Gate, ItemWriter, Out, Places, Problem, Pull, Value, ValueWriter};

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
            Problem::Unfit(_) | Problem::Type | Problem::Missing(_) | Problem::NotBorrowed(_) => {
                Self::Unfit(error.to_string())
            }
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
    let mut out = Out::default();
    value.serialize(ValueWriter(&mut out))?;
    match check_json(&out)?.map(|culprit| culprit.rule) {
        Some(ValueRule::NotANumber) => {
            Err(Error::unfit("NaN and infinity are no numbers of DynamoDB").into())
        }
        Some(ValueRule::TooManyDigits) => Err(Error::unfit("a number has 38 digits at most").into()),
        _ => Ok(out.into_json()),
    }
}

/// Writes the attributes of structs, as serde has them and nothing else: what a request has to have at least.
pub fn write_items<T: Serialize>(items: &[T]) -> Result<Vec<u8>, Refusal> {
    struct All;
    impl Gate for All {
        fn admits(&mut self, _: &str, _: &[u8]) -> crate::wire::Result<bool> {
            Ok(true)
        }
    }
    let (mut json, mut places) = (Out::default(), Places::default());
    for item in items {
        item.serialize(ItemWriter { json: &mut json, places: &mut places, gate: &mut All })?;
        places.clear();
    }
    Ok(json.into_json())
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

/// Steps over the items of a page: no reader of all of it is faster.
pub fn skip_items(page: &[u8]) -> Result<usize, Refusal> {
    let mut pull = Pull::new(page)?;
    let mut items = 0;
    pull.begin_object()?;
    let mut first = true;
    while let Some(name) = pull.next_name(&mut first)? {
        if name != "Items" {
            pull.skip_json()?;
            continue;
        }
        pull.begin_array()?;
        let mut first = true;
        while pull.next_element(&mut first)? {
            pull.space();
            pull.skip_item()?;
            items += 1;
        }
    }
    pull.end()?;
    Ok(items)
}

/// What a batch of these entities sends, as the SDK is to sign it.
pub fn batch_request<'e, T, E>(entities: impl IntoIterator<Item = &'e E>) -> Option<HttpRequest>
where
    T: Table,
    E: Entity + InTable<T>,
{
    let (input, items) = BatchWrite::<T>::new().put_all(entities).first_request()?;
    crate::sdk::batch_request(input, items)
}

/// What a query does with the answer to one of its calls: the items of type `O`, and the rest as the SDK has it.
pub fn query_page<O: FromItem + Send + 'static>(response: &HttpResponse) -> Option<(Vec<O>, QueryOutput)> {
    page(Reader::whole(), response)
}

/// The same, with the items as they are for whoever decodes them.
pub fn undecoded_page<O: FromItem + 'static>(
    response: &HttpResponse,
) -> Option<(Vec<Undecoded<O>>, QueryOutput)> {
    page(Reader::undecoded(), response)
}

fn page<O: Send + 'static>(reader: Reader<O>, response: &HttpResponse) -> Option<(Vec<O>, QueryOutput)> {
    let (entries, output) = crate::sdk::query_page(reader, response).ok()?;
    let mut items = Vec::with_capacity(entries.len());
    for entry in entries {
        items.extend(entry.read.ok()?);
    }
    Some((items, output.downcast().ok()?))
}
