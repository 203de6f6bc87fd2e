//! The published files: models of NoSQL Workbench, with their rows in DynamoDB's JSON.

use std::io::ErrorKind;
use std::path::PathBuf;

use aws_sdk_dynamodb::types::AttributeValue;
use monotable::{Entity, Item};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::shop::Shop;

/// One stored item.
#[derive(Debug)]
pub struct Row(Map<String, Value>);

/// The rows of a file; none, said on the terminal, where it is missing.
pub fn published(file: &str) -> Option<Vec<Row>> {
    let here = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    let path = PathBuf::from(here).join("../../shared/models/json").join(file);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            println!("skipped: {} is not there", path.display());
            return None;
        }
        Err(error) => panic!("{}: {error}", path.display()),
    };
    let model: Value = serde_json::from_str(&text).unwrap();
    let table = &model["DataModel"][0];
    let of_facets = table["TableFacets"].as_array().into_iter().flatten().map(|facet| &facet["TableData"]);
    let tables = of_facets.chain([&table["TableData"]]).filter_map(Value::as_array);
    Some(tables.flatten().map(|row| Row(row.as_object().unwrap().clone())).collect())
}

impl Row {
    /// A text attribute.
    pub fn text(&self, attribute: &str) -> &str {
        self.0[attribute]["S"].as_str().unwrap()
    }

    /// What follows `prefix` in a text attribute.
    #[track_caller]
    pub fn part(&self, attribute: &str, prefix: &str) -> &str {
        self.text(attribute).strip_prefix(prefix).unwrap()
    }

    pub fn key(&self) -> (&str, &str) {
        (self.text("PK"), self.text("SK"))
    }

    pub fn item(&self) -> Item {
        self.0.iter().map(|(name, value)| (name.clone(), attribute_value(value))).collect()
    }

    /// The entity that has the attributes of this row, and the `ids` (attribute, key, prefix) of its keys.
    pub fn entity<E: Entity + DeserializeOwned + Into<Shop>>(
        &self,
        ids: &[(&'static str, &str, &str)],
    ) -> (Shop, Vec<(&'static str, String)>) {
        let mut fields: Map<_, _> = self.0.iter().map(|(name, value)| (name.clone(), plain(value))).collect();
        let ids: Vec<_> =
            ids.iter().map(|(name, key, prefix)| (*name, self.part(key, prefix).to_owned())).collect();
        for (name, id) in &ids {
            let stored = fields.insert((*name).to_owned(), id.as_str().into());
            assert!(
                stored.is_none_or(|stored| stored == *id),
                "{name} of {:?} is not that of its keys",
                self.key()
            );
        }
        let entity: E = serde_json::from_value(fields.into()).unwrap();
        (entity.into(), ids)
    }
}

/// Text attributes.
pub fn texts<'t>(texts: impl IntoIterator<Item = (&'t str, &'t str)>) -> Item {
    texts.into_iter().map(|(name, text)| (name.to_owned(), AttributeValue::S(text.to_owned()))).collect()
}

/// The type and the content of a value in DynamoDB's JSON.
fn typed(value: &Value) -> (&str, &Value) {
    let (name, content) = value.as_object().unwrap().iter().next().unwrap();
    (name, content)
}

fn attribute_value(value: &Value) -> AttributeValue {
    match typed(value) {
        ("S", text) => AttributeValue::S(text.as_str().unwrap().to_owned()),
        ("N", number) => AttributeValue::N(number.as_str().unwrap().to_owned()),
        ("L", list) => AttributeValue::L(list.as_array().unwrap().iter().map(attribute_value).collect()),
        ("M", map) => {
            let map = map.as_object().unwrap().iter();
            AttributeValue::M(map.map(|(name, value)| (name.clone(), attribute_value(value))).collect())
        }
        (other, _) => panic!("a value of type {other}"),
    }
}

fn plain(value: &Value) -> Value {
    match typed(value) {
        ("S", text) => text.clone(),
        ("N", number) => serde_json::from_str(number.as_str().unwrap()).unwrap(),
        ("L", list) => list.as_array().unwrap().iter().map(plain).collect(),
        ("M", map) => {
            map.as_object().unwrap().iter().map(|(name, value)| (name.clone(), plain(value))).collect()
        }
        (other, _) => panic!("a value of type {other}"),
    }
}
