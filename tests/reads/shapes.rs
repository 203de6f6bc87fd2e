//! The outcome has the shape of the keys, and each key is asked for once.

use monotable::{AnyKey, Entity, ErrorKind, Handle, Table};
use monotable_tests::{engine, open, proxied, sizes};
use serde::{Deserialize, Serialize};

use crate::library::{Author, Book, BookKey, Library, author, author_key, book, book_key};

async fn some() -> Handle<Library> {
    let library = open::<Library>().await;
    library.put(&book(0, 10)).await.unwrap();
    library.put(&author(1, 10)).await.unwrap();
    library
}

#[tokio::test]
async fn keys_nest_and_so_does_what_is_found() {
    let library = some().await;
    let (there, not_there) = (book(0, 10), book_key(2));

    let one: Option<Book> = library.batch_get(book_key(0)).await.unwrap().into_inner();
    assert_eq!(one.as_ref(), Some(&there));
    let array: [Option<Book>; 2] =
        library.batch_get([not_there.clone(), book_key(0)]).await.unwrap().into_inner();
    assert_eq!(array, [None, Some(there.clone())]);
    let (author_found, books): (Option<Author>, Vec<Option<Book>>) =
        library.batch_get((author_key(1), vec![book_key(0), not_there.clone()])).await.unwrap().into_inner();
    assert_eq!((author_found, books), (Some(author(1, 10)), vec![Some(there.clone()), None]));
    let pairs: Vec<(Option<Book>, Option<Author>)> = library
        .transact_get(&[(book_key(0), author_key(3)), (not_there.clone(), author_key(1))][..])
        .await
        .unwrap()
        .into_inner();
    assert_eq!(pairs, [(Some(there.clone()), None), (None, Some(author(1, 10)))]);
    let mixed: (Option<Library>, [Option<Book>; 0]) =
        library.batch_get((AnyKey::from(book_key(0)), [] as [BookKey; 0])).await.unwrap().into_inner();
    assert_eq!(mixed, (Some(there.into()), []));
}

#[tokio::test]
async fn a_tuple_has_up_to_eight() {
    let library = some().await;
    let (b, a) = (book_key, author_key);
    let found = library.batch_get((b(0), a(1), b(2), a(3), b(0), a(1), b(4), a(1))).await.unwrap();
    let (book, author) = (Some(book(0, 10)), Some(author(1, 10)));
    assert_eq!(*found, (book.clone(), author.clone(), None, None, book, author.clone(), None, author));
    assert_eq!((found.read_units(), found.cost().evaluated), (engine().batch_read_units(2.5), 2));
}

#[tokio::test]
async fn a_key_asked_for_twice_is_sent_once_or_refused() {
    let (library, proxy) = proxied(&some().await);
    let keys = [book_key(2), book_key(0), book_key(2), book_key(0)];
    let found = library.batch_get(&keys[..]).await.unwrap();
    let there = || Some(book(0, 10));
    let units = engine().batch_read_units(1.0);
    assert_eq!((&*found, found.read_units()), (&vec![None, there(), None, there()], units));
    assert_eq!(sizes(&proxy), [2]);

    let text = |operation| {
        format!(
            "cannot {operation} `Book` (PK = \"BOOK#2\", SK = \"BOOK#t2\"): it is asked for twice, which \
             `refuse_duplicates` refuses"
        )
    };
    let error = library.batch_get(keys.clone()).refuse_duplicates().await.unwrap_err();
    assert_eq!((error.kind(), error.to_string()), (ErrorKind::DuplicateKey, text("batch_get")));
    let error = library.transact_get(keys).refuse_duplicates().await.unwrap_err();
    assert_eq!((error.kind(), error.to_string()), (ErrorKind::DuplicateKey, text("transact_get")));
    assert_eq!(proxy.sent(), 1);
    library.batch_get([book_key(0), book_key(2)]).refuse_duplicates().await.unwrap();
}

/// A key that cannot be made shows before anything is sent, with its entity and field.
#[tokio::test]
async fn a_key_that_cannot_be_made_is_not_sent() {
    let (library, proxy) = proxied(&some().await);
    let wrong = BookKey { shelf: "a#b".into(), title: "t".into() };
    let error = library.batch_get((author_key(1), wrong.clone())).await.unwrap_err();
    assert_eq!((error.kind(), error.entity()), (ErrorKind::InvalidKey, "Book"));
    let erased = library.transact_get(vec![AnyKey::from(author_key(1)), wrong.into()]).await.unwrap_err();
    assert_eq!(erased.to_string().replace("transact_get", "batch_get"), error.to_string());
    proxy.assert_sent([]);
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "measures", pk = ["PK": B], sk = [second: N])]
enum Measures {
    Measure(Measure),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Measures, pk = "{sensor}", sk = "{second}")]
struct Measure {
    sensor: Vec<u8>,
    second: i64,
    celsius: i8,
}

/// Keys that are numbers and bytes find their places as texts do.
#[tokio::test]
async fn native_keys_are_found() {
    let measures = open::<Measures>().await;
    let key = |second| MeasureKey { sensor: vec![0, 255], second };
    let seconds = [i64::MIN, -100, -1, 0, 1, 10, 1000, i64::MAX];
    for second in seconds {
        measures.put(&Measure { sensor: vec![0, 255], second, celsius: 20 }).await.unwrap();
    }
    let keys: Vec<_> = [seconds.map(key), [2, 3, 4, 5, 6, 7, 8, 9].map(key)].concat();
    let found = measures.batch_get(&keys).await.unwrap();
    let found_seconds: Vec<_> = found.iter().flatten().map(|measure| measure.second).collect();
    assert_eq!((found_seconds.as_slice(), found.len()), (&seconds[..], 16));
    assert_eq!(&*measures.transact_get(&keys).await.unwrap(), &*found);
    let twice = measures.batch_get([key(10), key(10)]).await.unwrap();
    assert_eq!(twice.read_units(), engine().batch_read_units(0.5));
}
