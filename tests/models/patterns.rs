//! Access patterns as they were run: against the list on the model's page, and against `docs/models.md`.

use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{env, fs, thread};

use monotable::{Cost, Entity, Handle, InTable, Metered};

use crate::prices::{Price, Stored};
use crate::published::page;

/// The patterns of one model. Each of its page has to be run, or said to be no read.
pub struct Patterns {
    design: &'static str,
    title: &'static str,
    rows: Vec<Row>,
    is_finished: bool,
}

/// A line of the table in `docs/models.md`.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    number: u32,
    words: String,
    /// How the model does it; none where its page is not there.
    model: Option<String>,
    here: String,
    units: String,
}

/// An operation that ran, and its own text.
pub struct Ran<T> {
    number: u32,
    words: &'static str,
    /// As in the documentation.
    call: String,
    outcome: T,
    cost: Cost,
}

impl<T> Ran<T> {
    pub fn new(number: u32, words: &'static str, call: &str, outcome: Metered<T>) -> Self {
        let (outcome, cost) = outcome.into_parts();
        Self { number, words, call: format!("`{}`", one_line(call)), outcome, cost }
    }

    /// Where one question takes two operations.
    pub fn then<U>(self, next: Ran<U>) -> Ran<(T, U)> {
        assert_eq!(self.number, next.number);
        let call = format!("{}, then {}", self.call, next.call);
        let mut cost = self.cost;
        cost += &next.cost;
        Ran { number: self.number, words: self.words, call, outcome: (self.outcome, next.outcome), cost }
    }

    /// What was found, as values of another type.
    #[allow(dead_code, reason = "one model of several needs it")]
    pub fn each<U>(self) -> Ran<Vec<U>>
    where
        T: IntoIterator<Item: Into<U>>,
    {
        let Self { number, words, call, outcome, cost } = self;
        Ran { number, words, call, outcome: outcome.into_iter().map(Into::into).collect(), cost }
    }

    /// What the call does not say by itself.
    pub fn remark(self, remark: &str) -> Self {
        Self { call: format!("{} {remark}", self.call), ..self }
    }
}

impl<E> Ran<Vec<E>> {
    /// Where items have equal keys in an index, and so come in no order.
    pub fn sort_by_key<K: Ord>(&mut self, key: impl FnMut(&E) -> K) {
        self.outcome.sort_by_key(key);
    }
}

/// Runs what stands for a pattern. Its text goes into the documentation.
macro_rules! ran {
    ($number:literal, $words:expr, $call:expr) => {
        $crate::patterns::Ran::new($number, $words, stringify!($call), $call.await.expect($words))
    };
}
pub(crate) use ran;

impl Patterns {
    pub fn of(design: &'static str, title: &'static str) -> Self {
        Self { design, title, rows: Vec::new(), is_finished: false }
    }

    /// A query that returns these items, in this order, in one page, and reads no others.
    #[track_caller]
    pub fn found<E: Stored + PartialEq + Debug>(&mut self, ran: Ran<Vec<E>>, expected: &[E]) {
        let found = self.priced(ran, Price::query(expected));
        assert_eq!(found, expected);
    }

    /// One item by its key.
    #[track_caller]
    pub fn got<E: Entity + PartialEq + Debug>(&mut self, ran: Ran<Option<E>>, expected: &E) {
        let found = self.priced(ran, Price::get(expected));
        assert_eq!(found.as_ref(), Some(expected));
    }

    /// Anything else that is read, at this price. What it returned is for the caller to compare.
    #[track_caller]
    pub fn priced<T>(&mut self, ran: Ran<T>, price: Price) -> T {
        let Ran { number, words, call, outcome, cost } = ran;
        price.is(&cost, &format!("{number} {words}"));
        self.row(number, words, call, price.units.to_string());
        outcome
    }

    /// A write of an item that is in so many indexes, or the deletion of it.
    #[track_caller]
    pub fn wrote<E: Entity, T>(&mut self, ran: Ran<T>, entity: &E, indexes: u32) {
        let Ran { number, words, call, cost, .. } = ran;
        assert_eq!(cost.write_units(), Price::write(entity, indexes), "{number} {words}");
        assert_eq!((cost.calls, cost.read_units()), (1, 0.0), "{number} {words}");
        self.row(number, words, call, "—".to_owned());
    }

    /// Any other write, at this price in write units.
    #[track_caller]
    pub fn written<T>(&mut self, ran: Ran<T>, units: f64) -> T {
        let Ran { number, words, call, outcome, cost } = ran;
        let spent = (cost.calls, cost.read_units(), cost.write_units());
        assert_eq!(spent, (1, 0.0, units), "{number} {words}");
        self.row(number, words, call, "—".to_owned());
        outcome
    }

    /// A pattern that is no read, and none of the writes that there are today: what it is.
    pub fn left_out(&mut self, number: u32, words: &str, why: &str) {
        self.row(number, words, why.to_owned(), "—".to_owned());
    }

    fn row(&mut self, number: u32, words: &str, here: String, units: String) {
        self.rows.push(Row { number, words: words.to_owned(), model: None, here, units });
    }

    /// The page's samples are not there, and nothing was run.
    #[track_caller]
    pub fn skip(mut self) {
        self.is_finished = true;
        assert!(page(self.design).is_none(), "{} has a page, and no samples", self.design);
    }

    /// Nothing of the page was left out, and `docs/models.md` has what ran.
    #[track_caller]
    pub fn finish(mut self) {
        self.is_finished = true;
        self.rows.sort_by_key(|row| row.number);
        if let Some(page) = page(self.design) {
            assert_eq!(page.title, self.title);
            self.compare_with(&page.table("Access patterns"));
        }
        self.compare_with_documentation();
    }

    #[track_caller]
    fn compare_with(&mut self, published: &[Vec<String>]) {
        let listed = published[1..].iter().map(|row| (row[0].clone(), row[1].as_str()));
        let ran = self.rows.iter().map(|row| (row.number.to_string(), row.words.as_str()));
        assert_eq!(ran.collect::<Vec<_>>(), listed.collect::<Vec<_>>());
        for (row, published) in self.rows.iter_mut().zip(&published[1..]) {
            let filters = published[6].trim_start_matches('*').starts_with("filter");
            let filters = if filters { ", filter" } else { "" };
            row.model = Some(format!("{} ({}){filters}", published[3], published[2]));
        }
    }

    /// Or writes it there, with `UPDATE_EXPECT=1`.
    #[track_caller]
    fn compare_with_documentation(&self) {
        // Tests of other models renew the same file.
        static FILE: Mutex<()> = Mutex::new(());
        let _only_one = FILE.lock().unwrap_or_else(PoisonError::into_inner);
        let file = documentation();
        let text = fs::read_to_string(&file).expect("docs/models.md");
        if env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(file, renewed(&text, self.title, &self.rows)).expect("docs/models.md is written");
            return;
        }
        let mut documented = documented(&text, self.title);
        for (documented, row) in documented.iter_mut().zip(&self.rows) {
            if row.model.is_none() {
                documented.model = None;
            }
        }
        assert_eq!(documented, self.rows, "{}: renew it with UPDATE_EXPECT=1, and read it", file.display());
    }
}

impl Drop for Patterns {
    fn drop(&mut self) {
        assert!(self.is_finished || thread::panicking(), "{} is not finished", self.design);
    }
}

/// What `left_out` says.
pub const TRANSACTION: &str = "a write, `TransactWriteItems`: not built yet";

/// Puts each.
pub async fn put_all<E>(table: &Handle<E::Table>, entities: &[E])
where
    E: Entity + InTable<E::Table>,
{
    for entity in entities {
        table.put(entity).await.expect("a put");
    }
}

/// The compiler breaks the text of a long expression into lines.
fn one_line(call: &str) -> String {
    let words: Vec<_> = call.split_whitespace().collect();
    let line = words.join(" ").replace(" .", ".").replace("( ", "(").replace(",)", ")").replace(", )", ")");
    line.replace(" )", ")").replace(" (", "(").replace("=>(", "=> (").replace("& ", "&").replace("|", "\\|")
}

pub fn documentation() -> PathBuf {
    let here = env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    Path::new(&here).join("../docs/models.md")
}

const HEAD: &str = "| # | pattern | in the model | here | read units |\n|---|---|---|---|---|\n";

/// The lines of a table, and where it begins and ends in the text.
fn table_of(text: &str, title: &str) -> Option<std::ops::Range<usize>> {
    let section = text.find(&format!("\n## {title}\n"))?;
    let start = section + text[section..].find(HEAD)?;
    let end = text[start..].find("\n\n").map_or(text.len(), |length| start + length + 1);
    Some(start..end)
}

#[track_caller]
fn documented(text: &str, title: &str) -> Vec<Row> {
    let table = table_of(text, title).unwrap_or_else(|| panic!("no table of {title:?} in docs/models.md"));
    let row = |line: &str| {
        let mut cells = line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned());
        let mut next = || cells.next().unwrap_or_else(|| panic!("too few cells: {line}"));
        let number = next().parse().expect("a number");
        Row { number, words: next(), model: Some(next()), here: next(), units: next() }
    };
    text[table].lines().skip(2).map(row).collect()
}

fn renewed(text: &str, title: &str, rows: &[Row]) -> String {
    let line = |row: &Row| {
        let Row { number, words, model, here, units } = row;
        let model = model.as_deref().expect("the model's page is there");
        format!("| {number} | {words} | {model} | {here} | {units} |\n")
    };
    let table: String = [HEAD.to_owned()].into_iter().chain(rows.iter().map(line)).collect();
    match table_of(text, title) {
        Some(old) => format!("{}{table}{}", &text[..old.start], &text[old.end..]),
        None => format!("{text}\n## {title}\n\n{table}"),
    }
}
