//! A request as a line of text. It is read off the request itself, so it says what is sent.

use monotable::Table;
use monotable::aws_sdk_dynamodb::operation::get_item::GetItemInput;
use monotable::aws_sdk_dynamodb::operation::query::QueryInput;
use monotable::aws_sdk_dynamodb::types::AttributeValue;

use super::model::Shop;

/// A call to DynamoDB, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// `GetItem` or `Query`.
    pub operation: &'static str,
    /// `table`, or the name of an index.
    pub source: String,
    /// Which keys are read.
    pub condition: String,
}

impl From<&GetItemInput> for Call {
    fn from(input: &GetItemInput) -> Self {
        let equals = |name: &str| {
            let value = input.key()?.get(name)?;
            Some(format!("{name} = {}", literal(value)))
        };
        let halves: Vec<_> =
            std::iter::once(Shop::PARTITION_KEY).chain(Shop::SORT_KEY).filter_map(equals).collect();
        Self { operation: "GetItem", source: "table".to_owned(), condition: halves.join(" AND ") }
    }
}

impl From<&QueryInput> for Call {
    fn from(input: &QueryInput) -> Self {
        let (names, values) = (input.expression_attribute_names(), input.expression_attribute_values());
        let resolve = |word: &str| -> Option<String> {
            match word.get(..1)? {
                "#" => names?.get(word).cloned(),
                ":" => values?.get(word).map(literal),
                _ => None,
            }
        };
        let expression = input.key_condition_expression().unwrap_or_default();
        Self {
            operation: "Query",
            source: input.index_name().unwrap_or("table").to_owned(),
            condition: replace_words(expression, resolve),
        }
    }
}

/// Replaces each `#name` and `:value` of an expression; what `resolve` does not know stays.
fn replace_words(expression: &str, resolve: impl Fn(&str) -> Option<String>) -> String {
    let mut text = String::new();
    let mut rest = expression;
    while let Some(start) = rest.find(['#', ':']) {
        let (before, word) = rest.split_at(start);
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let end = word[1..].find(|c| !is_part(c)).map_or(word.len(), |end| end + 1);
        let (word, after) = word.split_at(end);
        text.push_str(before);
        text.push_str(&resolve(word).unwrap_or_else(|| word.to_owned()));
        rest = after;
    }
    text + rest
}

/// A value in quotes, with `…` for the character that range ends are made of: terminals cannot show it.
fn literal(value: &AttributeValue) -> String {
    match value {
        AttributeValue::S(text) => format!("\"{}\"", text.replace(char::MAX, "…")),
        AttributeValue::N(number) => number.clone(),
        other => format!("{other:?}"),
    }
}
