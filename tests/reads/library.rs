//! A table of text alone, because the size of numbers is published as approximate.

use monotable::{AnyKey, Entity, Handle, Item, Table};
use monotable_tests::engine;
use serde::{Deserialize, Serialize};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "library")]
pub enum Library {
    Book(Book),
    Author(Author),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Library, pk = "BOOK#{shelf}", sk = "BOOK#{title}")]
pub struct Book {
    pub shelf: String,
    pub title: String,
    pub text: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Library, type = "author", pk = "AUTHOR#{name}", sk = "AUTHOR")]
pub struct Author {
    pub name: String,
    pub life: String,
}

/// One of the keys `0..`: they are books and authors in turn.
pub fn any_key(number: usize) -> AnyKey<Library> {
    match number % 2 {
        0 => book_key(number).into(),
        _ => author_key(number).into(),
    }
}

pub fn book_key(number: usize) -> BookKey {
    BookKey { shelf: (number % 7).to_string(), title: format!("t{number}") }
}

pub fn author_key(number: usize) -> AuthorKey {
    AuthorKey { name: format!("n{number}") }
}

/// What is stored under that key, with so much text.
pub fn stored(number: usize, text: usize) -> Library {
    match number % 2 {
        0 => book(number, text).into(),
        _ => author(number, text).into(),
    }
}

pub fn book(number: usize, text: usize) -> Book {
    let BookKey { shelf, title } = book_key(number);
    Book { shelf, title, text: "x".repeat(text) }
}

pub fn author(number: usize, text: usize) -> Author {
    let AuthorKey { name } = author_key(number);
    Author { name, life: "y".repeat(text) }
}

pub async fn put(library: &Handle<Library>, stored: &Library) {
    match stored {
        Library::Book(book) => library.put(book).await.unwrap(),
        Library::Author(author) => library.put(author).await.unwrap(),
    };
}

/// The size as DynamoDB counts it: names and text.
pub fn size(stored: &Library) -> usize {
    let item: Item = match stored {
        Library::Book(book) => book.put().explain().unwrap().into_inner().item.unwrap(),
        Library::Author(author) => author.put().explain().unwrap().into_inner().item.unwrap(),
    };
    item.iter().map(|(name, value)| name.len() + value.as_s().map_or(0, String::len)).sum()
}

/// The published arithmetic: 1 unit for each 4 KB of an item, read consistently, and 1 for one that is missing.
pub fn consistent_units(stored: Option<&Library>) -> f64 {
    engine().read_units(stored.map_or(0, size).div_ceil(4096).max(1) as f64, 1.0)
}
