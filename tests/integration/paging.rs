//! Queries over several pages of 1 MB.

use monotable::{Entity, Handle, Metered, Table};
use monotable_tests::{engine, open};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[table(name = "pages")]
enum Pages {
    Page(Page),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Pages, pk = "BOOK#{book}", sk = "PAGE#{number}")]
struct Page {
    book: String,
    number: u16,
    text: String,
}

const PAGES: u16 = 12;

/// 300 KB each: no more than four fit into 1 MB.
fn page(number: u16) -> Page {
    let text = char::from(b'a' + u8::try_from(number).unwrap()).to_string();
    Page { book: "bible".into(), number, text: text.repeat(300 * 1024) }
}

async fn book() -> Handle<Pages> {
    let pages = open::<Pages>().await;
    for number in 0..PAGES {
        pages.put(&page(number)).await.unwrap();
    }
    pages
}

fn numbers(found: &Metered<Vec<Page>>) -> Vec<u16> {
    assert!(found.iter().all(|found| *found == page(found.number)));
    found.iter().map(|page| page.number).collect()
}

/// DynamoDB reads what it returns; the engine of these tests counts the item that ends a page in both pages.
#[track_caller]
fn assert_evaluated(found: &Metered<Vec<Page>>, items: u64) {
    let pages = u64::from(found.cost().calls);
    assert!((items..items + pages).contains(&found.cost().evaluated), "{items}: {:?}", found.cost());
}

#[tokio::test]
async fn a_partition_is_read_to_its_end() {
    let pages = book().await;
    let found = pages.query(Page::by_book("bible")).await.unwrap();
    assert_eq!(numbers(&found), Vec::from_iter(0..PAGES));
    let cost = found.cost();
    assert!(cost.calls >= 3, "{cost:?}");
    assert_eq!(cost.attempts, cost.calls);
    assert_evaluated(&found, PAGES.into());
    // 0.5 units for each 4 KB, 300 KB and a little more for each item.
    let least = 0.5 * f64::from(cost.calls);
    let units = engine().read_units(450.0, least)..=engine().read_units(460.0, least);
    assert!(units.contains(&found.read_units()), "{}", found.read_units());
    assert_eq!(found.write_units(), 0.0);

    let consistent = pages.query(Page::by_book("bible")).consistent().await.unwrap();
    assert_eq!(consistent.read_units(), 2.0 * found.read_units());
    assert_eq!(consistent.cost().calls, cost.calls);
    let all = pages.query(Page::by_book("bible")).all().await.unwrap();
    assert_eq!(*all, *found);
    assert_eq!(all.cost().capacity, found.cost().capacity);
}

#[tokio::test]
async fn a_limit_holds_across_pages_in_both_directions() {
    let pages = book().await;
    for limit in [1, 3, 5, 7, 11, 12, 13, usize::MAX] {
        let expected = Vec::from_iter((0..PAGES).take(limit));
        let found = pages.query(Page::by_book("bible")).limit(limit).await.unwrap();
        assert_eq!(numbers(&found), expected);
        assert_evaluated(&found, expected.len() as u64);
        assert_eq!(found.cost().calls > 1, limit > 4, "{limit}: {:?}", found.cost());

        let expected = Vec::from_iter((0..PAGES).rev().take(limit));
        let newest = pages.query(Page::by_book("bible")).newest_first().limit(limit).await.unwrap();
        assert_eq!(numbers(&newest), expected);
    }
}

#[tokio::test]
async fn a_limit_of_nothing_is_no_call() {
    let pages = open::<Pages>().await;
    let found = pages.query(Page::by_book("bible")).limit(0).await.unwrap();
    assert_eq!((found.len(), found.cost().calls, found.cost().attempts), (0, 0, 0));
}

#[tokio::test]
async fn a_range_is_read_over_its_pages_and_no_further() {
    let pages = book().await;
    let found = pages.query(Page::by_book("bible").number_in(2..=9)).newest_first().await.unwrap();
    assert_eq!(numbers(&found), Vec::from_iter((2..=9).rev()));
    assert!(found.cost().calls > 1);
    assert_evaluated(&found, 8);
}
