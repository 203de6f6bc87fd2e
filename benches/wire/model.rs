//! A small item and a large one, and many of each.

use std::borrow::Cow;
use std::collections::BTreeMap;

use monotable::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[table(name = "bench")]
#[allow(dead_code, clippy::large_enum_variant)]
pub enum Bench {
    Order(Order),
    Document(Document),
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Status {
    Pending,
    Paid,
    Shipped,
    Returned,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Address {
    pub street: String,
    pub city: String,
    pub zip: String,
    pub country: String,
}

/// 12 attributes and the table's three.
#[derive(Entity, Debug, Clone, PartialEq, Serialize, Deserialize)]
#[entity(table = Bench, pk = "CUSTOMER#{customer}", sk = "ORDER#{placed_at}#{number:06}")]
pub struct Order {
    pub customer: String,
    pub placed_at: String,
    pub number: u32,
    pub id: String,
    pub email: String,
    pub status: Status,
    pub amount: i64,
    pub quantity: u32,
    pub weight: f64,
    pub gift: bool,
    pub tags: Vec<String>,
    pub ship_to: Address,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    pub sku: String,
    pub name: String,
    pub quantity: u32,
    pub price: f64,
}

/// About 4.7 KB.
#[derive(Entity, Debug, Clone, PartialEq, Serialize, Deserialize)]
#[entity(table = Bench, pk = "FOLDER#{folder}", sk = "DOCUMENT#{id}")]
pub struct Document {
    pub folder: String,
    pub id: String,
    pub title: String,
    pub body: String,
    pub lines: Vec<Line>,
    pub labels: BTreeMap<String, String>,
    pub tags: Vec<String>,
    pub history: Vec<u64>,
    pub updated: u64,
    pub version: u32,
    pub active: bool,
}

/// An entity with a type that has the same fields and borrows its texts.
pub trait Viewed {
    type View<'a>: Deserialize<'a>;

    /// Whether the view says what this does.
    fn is(&self, view: &Self::View<'_>) -> bool;
}

#[derive(Debug, Deserialize)]
pub struct AddressView<'a> {
    pub street: &'a str,
    pub city: &'a str,
    pub zip: &'a str,
    pub country: &'a str,
}

#[derive(Debug, Deserialize)]
pub struct OrderView<'a> {
    pub customer: &'a str,
    pub placed_at: &'a str,
    pub number: u32,
    pub id: &'a str,
    pub email: &'a str,
    pub status: Status,
    pub amount: i64,
    pub quantity: u32,
    pub weight: f64,
    pub gift: bool,
    pub tags: Vec<&'a str>,
    #[serde(borrow)]
    pub ship_to: AddressView<'a>,
}

#[derive(Debug, Deserialize)]
pub struct LineView<'a> {
    pub sku: &'a str,
    pub name: &'a str,
    pub quantity: u32,
    pub price: f64,
}

#[derive(Debug, Deserialize)]
pub struct DocumentView<'a> {
    pub folder: &'a str,
    pub id: &'a str,
    pub title: &'a str,
    /// People write quotation marks and line ends.
    #[serde(borrow)]
    pub body: Cow<'a, str>,
    pub lines: Vec<LineView<'a>>,
    pub labels: BTreeMap<&'a str, &'a str>,
    pub tags: Vec<&'a str>,
    pub history: Vec<u64>,
    pub updated: u64,
    pub version: u32,
    pub active: bool,
}

impl Viewed for Order {
    type View<'a> = OrderView<'a>;

    fn is(&self, view: &OrderView<'_>) -> bool {
        let AddressView { street, city, zip, country } = view.ship_to;
        [view.customer, view.placed_at, view.id, view.email]
            == [&self.customer, &self.placed_at, &self.id, &self.email]
            && [street, city, zip, country]
                == [&self.ship_to.street, &self.ship_to.city, &self.ship_to.zip, &self.ship_to.country]
            && (view.number, view.status, view.amount) == (self.number, self.status, self.amount)
            && (view.quantity, view.weight, view.gift) == (self.quantity, self.weight, self.gift)
            && view.tags == self.tags
    }
}

impl Viewed for Document {
    type View<'a> = DocumentView<'a>;

    fn is(&self, view: &DocumentView<'_>) -> bool {
        let line = |(view, line): (&LineView<'_>, &Line)| {
            (view.sku, view.name, view.quantity, view.price)
                == (&line.sku, &line.name, line.quantity, line.price)
        };
        let labels = self.labels.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        [view.folder, view.id, view.title, &view.body] == [&self.folder, &self.id, &self.title, &self.body]
            && view.lines.len() == self.lines.len()
            && view.lines.iter().zip(&self.lines).all(line)
            && view.labels.iter().map(|(name, text)| (*name, *text)).eq(labels)
            && view.tags == self.tags
            && (&view.history, view.updated) == (&self.history, self.updated)
            && (view.version, view.active) == (self.version, self.active)
    }
}

impl Order {
    /// What a program without this library writes.
    pub fn keys_by_hand(&self) -> (String, String) {
        (format!("CUSTOMER#{}", self.customer), format!("ORDER#{}#{:06}", self.placed_at, self.number))
    }
}

/// The same values in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn word(&mut self, length: u64) -> String {
        (0..length).map(|_| char::from(b'a' + self.below(26) as u8)).collect()
    }

    fn id(&mut self) -> String {
        format!("{:016x}-{:016x}", self.next(), self.next())
    }

    fn hundredths(&mut self) -> f64 {
        self.below(100_000) as f64 / 100.0
    }
}

pub fn orders(count: u32) -> Vec<Order> {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let status = [Status::Pending, Status::Paid, Status::Shipped, Status::Returned];
    (0..count)
        .map(|number| Order {
            customer: "acme-017-000123".into(),
            placed_at: format!("2026-05-{:02}T12:{:02}:56Z", 1 + number / 120, number % 60),
            number,
            id: random.id(),
            email: format!("{}@{}.example.com", random.word(9), random.word(6)),
            status: status[random.below(4) as usize],
            amount: random.below(1_000_000) as i64,
            quantity: 1 + random.below(20) as u32,
            weight: random.hundredths(),
            gift: random.below(2) == 1,
            tags: (5..8).map(|length| random.word(length)).collect(),
            ship_to: Address {
                street: format!("{} {} street", 1 + random.below(300), random.word(10)),
                city: random.word(9),
                zip: format!("{:05}", random.below(100_000)),
                country: "NL".into(),
            },
        })
        .collect()
}

pub fn documents(count: u32) -> Vec<Document> {
    let mut random = Random(0xD1B5_4A32_D192_ED03);
    (0..count)
        .map(|_| Document {
            folder: "acme-017".into(),
            id: random.id(),
            title: (0..10).map(|_| random.word(7)).collect::<Vec<_>>().join(" "),
            body: prose(&mut random),
            lines: (0..10)
                .map(|_| Line {
                    sku: random.word(10),
                    name: random.word(30),
                    quantity: 1 + random.below(9) as u32,
                    price: random.hundredths(),
                })
                .collect(),
            labels: (0..8).map(|at| (format!("{}{at}", random.word(8)), random.word(25))).collect(),
            tags: (0..8).map(|_| random.word(8)).collect(),
            history: (0..12).map(|_| 1_700_000_000_000 + random.below(1_000_000_000)).collect(),
            updated: 1_780_000_000_000 + random.below(1_000_000),
            version: random.below(1000) as u32,
            active: true,
        })
        .collect()
}

/// Some escapes and some letters that are not ASCII, as text has them.
fn prose(random: &mut Random) -> String {
    let mut text = String::new();
    while text.len() < 2400 {
        let length = 3 + random.below(8);
        text.push_str(&random.word(length));
        text.push_str(match random.below(40) {
            0 => ".\n",
            1 => " \"quoted\" ",
            2 => " café — naïve ",
            _ => " ",
        });
    }
    text
}
