//! Streams by the trait that every executor's tools take.

use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;
use monotable::{Entity, Table};
use monotable_tests::open;
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[table(name = "lines")]
enum Lines {
    Line(Line),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Lines, pk = "BOOK#{book}", sk = "LINE#{number:03}")]
struct Line {
    book: String,
    number: u16,
}

async fn drain<S: Stream<Item = Result<T, monotable::Error>> + Unpin, T>(mut items: S) -> Vec<T> {
    let mut all = Vec::new();
    while let Some(item) = poll_fn(|context| Pin::new(&mut items).poll_next(context)).await {
        all.push(item.unwrap());
    }
    // One that has ended stays so.
    assert!(poll_fn(|context| Pin::new(&mut items).poll_next(context)).await.is_none());
    all
}

#[tokio::test]
async fn queries_and_scans_are_streams() {
    let table = open::<Lines>().await;
    let lines: Vec<_> = (0..20).map(|number| Line { book: "a".into(), number }).collect();
    for line in &lines {
        table.put(line).await.unwrap();
    }
    let query = table.query(Line::by_book("a")).page_size(7).stream();
    assert_eq!(format!("{query:?}").split_whitespace().next(), Some("Items"));
    assert_eq!(drain(query).await, lines);

    let scan = table.maintenance("a test of streams").scan().entity::<Line>().segments(3).unpaced().stream();
    assert_eq!(format!("{scan:?}").split_whitespace().next(), Some("ScanItems"));
    let mut found = drain(scan).await;
    found.sort_by_key(|line| line.number);
    assert_eq!(found, lines);
}
