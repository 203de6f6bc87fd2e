//! The partition keys of tables, as far as a guard knows them.

use std::collections::HashMap;

use crate::table::Table;

/// Attribute names: one, but for natural indexes.
type Key = Vec<String>;

#[derive(Debug, Clone, Default)]
pub(super) struct Keys(HashMap<String, TableKeys>);

#[derive(Debug, Clone, Default)]
struct TableKeys {
    /// None if only indexes were declared.
    table: Option<Key>,
    indexes: HashMap<String, Key>,
}

/// What is not known.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unknown {
    Table,
    Index,
}

impl Keys {
    pub(super) fn add<T: Table>(&mut self, name: &str) {
        let keys = self.0.entry(name.to_owned()).or_default();
        keys.table = Some(vec![T::PARTITION_KEY.to_owned()]);
        for index in T::INDEXES {
            let key = index.partition_key.iter().map(|key| key.name.to_owned()).collect();
            keys.indexes.insert(index.name.to_owned(), key);
        }
    }

    pub(super) fn add_table(&mut self, table: &str, key: Key) {
        self.0.entry(table.to_owned()).or_default().table = Some(key);
    }

    pub(super) fn add_index(&mut self, table: &str, index: &str, key: Key) {
        self.0.entry(table.to_owned()).or_default().indexes.insert(index.to_owned(), key);
    }

    pub(super) fn of(&self, table: &str, index: Option<&str>) -> Result<&[String], Unknown> {
        let keys = self.0.get(table_name(table)).ok_or(Unknown::Table)?;
        match index {
            None => keys.table.as_deref().ok_or(Unknown::Table),
            Some(index) => keys.indexes.get(index).map(Vec::as_slice).ok_or(Unknown::Index),
        }
    }
}

/// The name of a table that may be given by its ARN.
pub(super) fn table_name(table: &str) -> &str {
    match table.split_once(":table/") {
        Some((arn, name)) if arn.starts_with("arn:") => name.split('/').next().unwrap_or(name),
        _ => table,
    }
}
