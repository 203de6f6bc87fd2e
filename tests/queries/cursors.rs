//! Cursors are taken back by the query that made them, as they were made, and by no other.

use base64_simd::URL_SAFE_NO_PAD;
use monotable::testing::Proxy;
use monotable::{CursorError, CursorKeys, Entity, Handle, Table, prefix};
use monotable_tests::{named, open, proxied};
use proptest::prelude::*;
use proptest::sample::Index;
use serde::{Deserialize, Serialize};

use crate::strategies::cases;
use crate::support::{load, runtime};
use crate::trying::Tried;

#[derive(Table, Debug)]
#[table(name = "shop", index(Gsi, pk = "GPK", sk = "GSK"), index(Other, pk = "OPK", sk = "OSK"))]
#[table(index(ByShelf, pk = [shelf], sk = [level: N, name]), index(Local, local, sk = [level: N]))]
enum Shop {
    Book(Book),
    Film(Film),
}

#[derive(Entity, Serialize, Deserialize, Debug)]
#[entity(table = Shop, pk = "SHELF#{shelf}", sk = "BOOK#{level}#{name}")]
#[entity(index(Gsi, pk = "SHELF#{shelf}", sk = "BOOK#{level}#{name}", query = in_gsi))]
#[entity(index(Other, pk = "SHELF#{shelf}", sk = "BOOK#{level}#{name}", query = in_other))]
#[entity(index(ByShelf, query = on_shelf), index(Local, sk = "{level}", query = in_local))]
struct Book {
    shelf: String,
    level: u8,
    name: String,
}

#[derive(Entity, Serialize, Deserialize, Debug)]
#[entity(table = Shop, pk = "SHELF#{shelf}", sk = "FILM#{title}")]
#[entity(index(Gsi, pk = "SHELF#{shelf}", sk = "FILM#{title}", query = films_in_gsi))]
struct Film {
    shelf: String,
    title: String,
}

/// A table of the same shape.
mod copy {
    use super::{Deserialize, Entity, Serialize, Table};

    #[derive(Table, Debug)]
    #[table(name = "store", index(Gsi, pk = "GPK", sk = "GSK"))]
    pub(super) enum Store {
        Book(Book),
    }

    #[derive(Entity, Serialize, Deserialize, Debug)]
    #[entity(table = Store, pk = "SHELF#{shelf}", sk = "BOOK#{level}#{name}")]
    #[entity(index(Gsi, pk = "SHELF#{shelf}", sk = "BOOK#{level}#{name}", query = in_gsi))]
    pub(super) struct Book {
        shelf: String,
        level: u8,
        name: String,
    }
}

/// Three tables with the same items.
async fn filled() -> (Handle<Shop>, Proxy) {
    let table = open::<Shop>().await;
    let mut items = Vec::new();
    for (shelf, number) in ["a", "b"].iter().flat_map(|shelf| (0..8u8).map(move |number| (*shelf, number))) {
        let book = Book { shelf: shelf.into(), level: 1 + number / 4, name: format!("n{number}") };
        items.push(book.put().explain().unwrap().into_inner().item.unwrap());
        let film = Film { shelf: shelf.into(), title: format!("t{number}") };
        items.push(film.put().explain().unwrap().into_inner().item.unwrap());
    }
    for name in ["shop", "shop2", "store"] {
        let table = named::<_, Shop>(&table, name);
        table.create().await.unwrap();
        load(&table, items.clone()).await;
    }
    proxied(&table)
}

/// What a query is of: its table, its keys, and the rest of it.
type Of = [&'static str; 3];

/// Queries that differ in something, or in nothing that a cursor is bound to.
fn queries(shop: &Handle<Shop>, keys: Option<&CursorKeys>) -> Vec<(Of, Box<dyn Tried>)> {
    let alike = named::<_, copy::Store>(shop, "shop");
    let (shop, alike) = (signing(shop.clone(), keys), signing(alike, keys));
    let (store, shop2) = (named::<_, copy::Store>(&alike, "store"), named::<_, Shop>(&shop, "shop2"));
    let (store, shop2) = (signing(store, keys), signing(shop2, keys));
    macro_rules! queries {
        ($($table:literal $keys:literal $rest:literal: $query:expr;)*) => {
            vec![$(([$table, $keys, $rest], Box::new($query) as Box<dyn Tried>)),*]
        };
    }
    queries! {
        "shop" "books" "a": shop.query(Book::by_shelf("a"));
        "shop" "books" "a": shop.query(Book::by_shelf("a")).consistent().page_size(3);
        "shop" "books" "a": alike.query(copy::Book::by_shelf("a"));
        "shop2" "books" "a": shop2.query(Book::by_shelf("a"));
        "store" "books" "a": store.query(copy::Book::by_shelf("a"));
        "shop" "Gsi" "a": shop.query(Book::in_gsi("a"));
        "store" "Gsi" "a": store.query(copy::Book::in_gsi("a"));
        "shop" "Other" "a": shop.query(Book::in_other("a"));
        "shop" "ByShelf" "a": shop.query(Book::on_shelf("a"));
        "shop" "ByShelf" "a, 1..": shop.query(Book::on_shelf("a").level_from(1u8));
        "shop" "ByShelf" "b": shop.query(Book::on_shelf("b"));
        "shop" "Local" "a": shop.query(Book::in_local("a"));
        "shop" "films" "a": shop.query(Film::by_shelf("a"));
        "shop" "films in Gsi" "a": shop.query(Film::films_in_gsi("a"));
        "shop" "books" "b": shop.query(Book::by_shelf("b"));
        "shop" "books" "everything in a": shop.item_collection(Book::by_shelf("a"));
        "shop" "books" "a, 1": shop.query(Book::by_shelf("a").level(1u8));
        "shop" "books" "a, 2": shop.query(Book::by_shelf("a").level(2u8));
        "shop" "books" "a, 1..": shop.query(Book::by_shelf("a").level_from(1u8));
        "shop" "books" "a, ..2": shop.query(Book::by_shelf("a").level_until(2u8));
        "shop" "books" "a, 1..=2": shop.query(Book::by_shelf("a").level_in(1..=2));
        "shop" "books" "a, 1..=3": shop.query(Book::by_shelf("a").level_in(1..=3));
        "shop" "books" "a, 1, n": shop.query(Book::by_shelf("a").level(1u8).name_in(prefix("n")));
        "shop" "books" "a, 1, n0..": shop.query(Book::by_shelf("a").level(1u8).name_from("n0"));
        "shop" "books" "a, backwards": shop.query(Book::by_shelf("a")).newest_first();
        "shop" "Gsi" "a, backwards": shop.query(Book::in_gsi("a")).newest_first();
    }
}

/// What becomes of a cursor of one query in another.
fn expected(of: Of, tried: Of) -> Result<(), CursorError> {
    match () {
        () if of[0] != tried[0] => Err(CursorError::OtherTable),
        () if of[1] != tried[1] => Err(CursorError::OtherKeys),
        () if of[2] != tried[2] => Err(CursorError::OtherQuery),
        () => Ok(()),
    }
}

fn signing<T: Table>(table: Handle<T>, keys: Option<&CursorKeys>) -> Handle<T> {
    keys.into_iter().fold(table, |table, keys| table.sign_cursors(keys.clone()))
}

#[test]
fn a_cursor_of_another_query_is_refused_before_anything_is_sent() {
    let runtime = runtime();
    let (shop, proxy) = runtime.block_on(filled());
    for keys in [None, Some(CursorKeys::new([7; 32]))] {
        let queries = queries(&shop, keys.as_ref());
        for (of, query) in &queries {
            let cursor = query.cursor(&runtime);
            for (tried, other) in &queries {
                let sent = proxy.sent();
                let outcome = other.tried(&runtime, &cursor).map(|_| ());
                assert_eq!(outcome, expected(*of, *tried), "{of:?} in {tried:?}");
                assert_eq!(proxy.sent() > sent, outcome.is_ok(), "{of:?} in {tried:?}");
            }
        }
    }
}

/// What may happen to a cursor on its way.
#[derive(Debug, Clone)]
enum Change {
    /// One character is another.
    Character(Index, char),
    /// One byte is another.
    Byte(Index, u8),
    Head(usize, u8),
    Cut(Index),
    CutBytes(Index),
    CutInFront(Index),
    Extended(String),
    ExtendedBytes(Vec<u8>),
    Inserted(Index, char),
}

const ALPHABET: &str = "[A-Za-z0-9_-]";

fn change() -> impl Strategy<Value = Change> {
    let character = || {
        let encoded = proptest::char::ranges(vec!['A'..='Z', 'a'..='z', '0'..='9', '_'..='_'].into());
        prop_oneof![8 => encoded, 1 => Just('-'), 1 => proptest::sample::select(vec!['=', '+', '/', ' ', '\0', 'é'])]
    };
    let at = any::<Index>;
    prop_oneof![
        (at(), character()).prop_map(|(at, to)| Change::Character(at, to)),
        (at(), any::<u8>()).prop_map(|(at, to)| Change::Byte(at, to)),
        // The two in front say how the rest is read.
        (0..2usize, 0..3u8).prop_map(|(at, to)| Change::Head(at, to)),
        at().prop_map(Change::Cut),
        at().prop_map(Change::CutBytes),
        at().prop_map(Change::CutInFront),
        ALPHABET.prop_map(Change::Extended),
        proptest::collection::vec(any::<u8>(), 1..5).prop_map(Change::ExtendedBytes),
        (at(), character()).prop_map(|(at, what)| Change::Inserted(at, what)),
    ]
}

fn changed(cursor: &str, change: &Change) -> String {
    let bytes = URL_SAFE_NO_PAD.decode_to_vec(cursor).unwrap();
    let with = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = bytes.clone();
        change(&mut bytes);
        URL_SAFE_NO_PAD.encode_to_string(bytes)
    };
    let end = |at: &Index| at.index(cursor.len());
    match change {
        Change::Character(at, to) => format!("{}{to}{}", &cursor[..end(at)], &cursor[end(at) + 1..]),
        Change::Byte(at, to) => with(&|bytes| *at.get_mut(bytes) = *to),
        Change::Head(at, to) => with(&|bytes| bytes[*at] = *to),
        Change::Cut(at) => cursor[..end(at)].to_owned(),
        Change::CutBytes(at) => with(&|bytes| bytes.truncate(at.index(bytes.len()))),
        Change::CutInFront(at) => cursor[end(at)..].to_owned(),
        Change::Extended(text) => format!("{cursor}{text}"),
        Change::ExtendedBytes(more) => with(&|bytes| bytes.extend(more)),
        Change::Inserted(at, what) => format!("{}{what}{}", &cursor[..end(at)], &cursor[end(at)..]),
    }
}

/// Why a cursor that was made with or without a signature, and changed since, is refused.
fn reason(was: &str, changed: &str, signed: bool) -> Vec<CursorError> {
    let bytes = match URL_SAFE_NO_PAD.decode_to_vec(changed) {
        // Another spelling of the same bytes is a change too.
        Ok(bytes) if URL_SAFE_NO_PAD.encode_to_string(&bytes) == changed => bytes,
        _ => return vec![CursorError::Malformed],
    };
    let long_enough = bytes.len() > 16 + 2;
    assert_ne!(was, changed);
    match (bytes.first(), bytes.get(1)) {
        (Some(1), Some(0)) if signed && long_enough => vec![CursorError::NotSigned],
        (Some(1), Some(1)) if signed && long_enough => vec![CursorError::Signature],
        (Some(1), Some(1)) if long_enough => vec![CursorError::NoKeys],
        (Some(1), Some(_)) if long_enough => vec![CursorError::Malformed],
        (Some(1), _) => {
            vec![CursorError::Malformed, CursorError::NotSigned, CursorError::Signature, CursorError::NoKeys]
        }
        (Some(&found), _) => vec![CursorError::Version { found }],
        (None, _) => vec![CursorError::Malformed],
    }
}

#[test]
fn a_cursor_that_was_changed_is_refused_before_anything_is_sent() {
    let runtime = runtime();
    let (shop, proxy) = runtime.block_on(filled());
    let keys = CursorKeys::new([7; 32]).accepting([8; 32]);
    let (plain, signing) = (queries(&shop, None), queries(&shop, Some(&keys)));
    let cursors = |queries: &[(Of, Box<dyn Tried>)]| -> Vec<_> {
        queries.iter().map(|(_, query)| query.cursor(&runtime)).collect()
    };
    let both = [(false, cursors(&plain), plain), (true, cursors(&signing), signing)];
    let sent = proxy.sent();
    let strategy = (any::<bool>(), any::<Index>(), change());
    let outcome = cases(3000).run(&strategy, |(signed, at, change)| {
        let (_, cursors, queries) = &both[usize::from(signed)];
        let at = at.index(queries.len());
        let was = cursors[at].as_str();
        let changed = changed(was, &change);
        if changed == was {
            return Ok(());
        }
        let error = queries[at].1.tried(&runtime, &changed.as_str().into()).expect_err(&changed);
        let reasons = reason(was, &changed, signed);
        prop_assert!(reasons.contains(&error), "{:?}, not {:?}", error, reasons);
        Ok(())
    });
    outcome.unwrap();
    assert_eq!(proxy.sent(), sent);
}
