//! The pages of `../shared/models`: key templates, sample rows, and what was compared with them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

use monotable::aws_sdk_dynamodb::types::AttributeValue;
use monotable::{Entity, Item, KeyAttribute, Table};
use serde_json::Value;

/// One design. Every row of its two tables of keys has to be compared, or said to differ.
pub struct Published {
    /// Entity, partition key, sort key.
    base: Vec<Vec<String>>,
    /// Index, entity, partition key, sort key.
    indexes: Vec<Vec<String>>,
    /// The sample rows, by attribute.
    pub samples: Vec<BTreeMap<String, String>>,
    compared: RefCell<BTreeSet<String>>,
}

/// What stands for `{name}` in a template.
pub type Values<'a> = &'a [(&'a str, &'a str)];

fn folder() -> PathBuf {
    let here = env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    Path::new(&here).join("../../shared/models")
}

/// A file of the models; none, said on the terminal, where it is missing.
fn text(file: &str) -> Option<String> {
    let text = fs::read_to_string(folder().join(file)).ok();
    if text.is_none() {
        println!("../shared/models/{file} is not there: nothing is compared");
    }
    text
}

/// A file of JSON beside the pages.
pub fn json(file: &str) -> Option<Value> {
    Some(serde_json::from_str(&text(&format!("json/{file}"))?).expect("the file is JSON"))
}

/// The names of all designs.
pub fn designs() -> Option<BTreeSet<String>> {
    text("README.md")?;
    let entries = fs::read_dir(folder()).expect("the pages").map(|entry| entry.expect("a page").path());
    let pages = entries.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    let name = |page: PathBuf| page.file_stem()?.to_str().map(str::to_owned);
    Some(pages.filter_map(name).filter(|name| name != "README").collect())
}

/// The text of a page.
pub struct Page {
    pub title: String,
    text: String,
}

/// The page of a design; none, said on the terminal, where it is missing.
pub fn page(design: &str) -> Option<Page> {
    let text = text(&format!("{design}.md"))?;
    let title = text.lines().next().and_then(|line| line.strip_prefix("# ")).expect("a title").to_owned();
    Some(Page { title, text })
}

impl Page {
    /// The rows of the first table below a heading, its own head included.
    pub fn table(&self, title: &str) -> Vec<Vec<String>> {
        rows(&self.text, title)
    }
}

impl Published {
    pub fn read(design: &str) -> Option<Self> {
        let page = page(design)?;
        let table = |title: &str| page.table(title);
        let mut samples = table("Sample data");
        let names = if samples.is_empty() { Vec::new() } else { samples.remove(0) };
        let named = |row: Vec<String>| names.iter().cloned().zip(row).collect();
        let (mut base, mut indexes) = (table("Base-table key templates"), table("Indexes"));
        base.remove(0);
        indexes.drain(..1.min(indexes.len()));
        let samples = samples.into_iter().map(named).collect();
        Some(Self { base, indexes, samples, compared: RefCell::default() })
    }

    /// The item has the published primary key.
    #[track_caller]
    pub fn primary<E: Entity>(&self, entity: &str, values: Values<'_>, item: &E) {
        let row = self.find(&self.base, &[entity]);
        let item = stored(item);
        assert_eq!(text_of(&item, Some(E::Table::PARTITION_KEY)), filled(&row[1], values), "{entity}");
        let sort = if row[2] == "same" { &row[1] } else { &row[2] };
        assert_eq!(text_of(&item, E::Table::SORT_KEY), filled(sort, values), "{entity}");
    }

    /// The item has the published key in the index of this name.
    #[track_caller]
    pub fn indexed<E: Entity>(&self, index: &str, entity: &str, values: Values<'_>, item: &E) {
        let row = self.find(&self.indexes, &[index, entity]);
        let item = stored(item);
        let model =
            E::Table::INDEXES.iter().find(|model| model.name == index).expect("an index of this name");
        let text = |half: &[KeyAttribute]| match half {
            [] | [_] => text_of(&item, half.first().map(|attribute| attribute.name)),
            several => {
                let texts = several.iter().map(|attribute| text_of(&item, Some(attribute.name)));
                let texts = texts.collect::<Option<Vec<_>>>();
                texts.map(|texts| format!("['{}']", texts.join("', '")))
            }
        };
        assert_eq!(text(model.partition_key), filled(&row[2], values), "{index}: {entity}");
        assert_eq!(text(model.sort_key), filled(&row[3], values), "{index}: {entity}");
    }

    /// A row that is compared otherwise, or not imitated: the declaration says why.
    #[track_caller]
    pub fn mark(&self, row: &[&str]) {
        self.find(if row.len() == 1 { &self.base } else { &self.indexes }, row);
    }

    #[track_caller]
    fn find<'t>(&self, table: &'t [Vec<String>], names: &[&str]) -> &'t [String] {
        self.compared.borrow_mut().insert(names.join(": "));
        let is_row = |row: &&Vec<String>| row.iter().zip(names).all(|(cell, name)| cell == name);
        table.iter().find(is_row).unwrap_or_else(|| panic!("no row {names:?} in {table:#?}"))
    }

    /// Nothing of the design was left out.
    #[track_caller]
    pub fn is_complete(&self) {
        let base = self.base.iter().map(|row| row[0].clone());
        let all: BTreeSet<String> = base.chain(self.indexes.iter().map(|row| row[..2].join(": "))).collect();
        assert_eq!(*self.compared.borrow(), all);
    }

    /// The sample row with this partition and sort key.
    #[track_caller]
    pub fn sample(&self, partition: &str, sort: &str) -> &BTreeMap<String, String> {
        let is_row = |row: &&BTreeMap<String, String>| {
            let has = |name: &str, key: &str| row.get(name).is_some_and(|cell| cell == key);
            ["PK", "pk"].iter().any(|name| has(name, partition))
                && ["SK", "sk"].iter().any(|name| has(name, sort))
        };
        self.samples.iter().find(is_row).unwrap_or_else(|| panic!("no sample {partition:?} {sort:?}"))
    }
}

/// The rows of the first table below a heading, its own head included. Of a cell with code, the code.
fn rows(page: &str, title: &str) -> Vec<Vec<String>> {
    let below = page.lines().skip_while(|line| *line != format!("## {title}")).skip(1);
    let section = below.take_while(|line| !line.starts_with("## "));
    let cell = |cell: &str| cell.split('`').nth(1).unwrap_or(cell.trim()).to_owned();
    let table = section.filter(|line| line.starts_with("| "));
    table.map(|line| line.trim_matches('|').split(" | ").map(cell).collect()).collect()
}

/// A template with its values; none for a half that there is not.
fn filled(template: &str, values: Values<'_>) -> Option<String> {
    if template == "—" {
        return None;
    }
    let mut text = template.to_owned();
    for (name, value) in values {
        while let Some(start) = text.find(&format!("{{{name}")) {
            let end = start + text[start..].find('}').expect("a closing brace") + 1;
            text.replace_range(start..end, value);
        }
    }
    Some(text)
}

/// The whole item, as it would be stored.
#[track_caller]
pub fn stored<E: Entity>(entity: &E) -> Item {
    let request = entity.put().explain().unwrap_or_else(|error| panic!("{error}"));
    request.item().expect("a put has an item").clone()
}

/// A key attribute as text, numbers as they are written.
pub fn text_of(item: &Item, attribute: Option<&str>) -> Option<String> {
    match item.get(attribute?)? {
        AttributeValue::S(text) => Some(text.clone()),
        AttributeValue::N(number) => Some(number.clone()),
        other => panic!("a key is {other:?}"),
    }
}

/// Both halves of the primary key.
#[track_caller]
pub fn key_of<E: Entity>(entity: &E) -> (String, String) {
    let item = stored(entity);
    let half = |attribute| text_of(&item, attribute).unwrap_or("—".to_owned());
    (half(Some(E::Table::PARTITION_KEY)), half(E::Table::SORT_KEY))
}
