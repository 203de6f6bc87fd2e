//! Streams: what they ask for and when, and what is left when they stop.

use std::pin::pin;

use monotable::testing::{Calls, Fault, Proxy};
use monotable::{Cost, Entity, Error, ErrorKind, Handle, Items, Table};
use monotable_tests::{networked, nudge, proxied};
use serde::{Deserialize, Serialize};

use crate::support::load;

#[derive(Table, Debug)]
#[table(name = "pages", index(Wide, pk = "WPK", sk = "WSK"))]
enum Pages {
    Line(Line),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Pages, pk = "BOOK#{book}", sk = "LINE#{number}")]
#[entity(index(Wide, pk = "WIDE#{book}#{number:shard(20)}", sk = "{number}", query = wide))]
struct Line {
    book: String,
    number: u16,
}

const LINES: u16 = 10;

async fn stored(lines: u16) -> Handle<Pages> {
    let pages = Pages::embedded().await.unwrap();
    let line = |number| Line { book: "a".into(), number }.put().explain().unwrap().into_inner().item.unwrap();
    load(&pages, (0..lines).map(line)).await;
    pages
}

async fn book(lines: u16) -> (Handle<Pages>, Proxy) {
    proxied(&stored(lines).await)
}

/// The next item as far as it comes without waiting: its number.
async fn now(items: &mut Items<Line>) -> Option<Option<u16>> {
    let next = nudge(pin!(items.next())).await?;
    Some(next.map(|item| item.unwrap().number))
}

#[tokio::test]
async fn the_next_page_is_on_its_way_while_the_items_of_one_are_used() {
    for size in 1..=4_u16 {
        let (pages, proxy) = book(LINES).await;
        let hold = proxy.hold(Calls::all());
        let mut items = pages.query(Line::by_book("a")).page_size(size.into()).stream();
        tokio::task::yield_now().await;
        assert_eq!(proxy.sent(), 0, "nothing is sent before the first item is asked for");
        for number in 0..LINES {
            let page = usize::from(number / size);
            if number % size == 0 {
                assert_eq!(now(&mut items).await, None, "page {page} was not answered");
                assert_eq!(proxy.sent(), page + 1, "no more than one page ahead");
                hold.release(page as u64 + 1);
            }
            // All items of a page come although the next one is not there, and was asked for with the first.
            assert_eq!(now(&mut items).await, Some(Some(number)));
            // A page that is not full is the last.
            let pages = usize::from(LINES / size) + 1;
            assert_eq!(proxy.sent(), (page + 2).min(pages), "size {size}: item {number}");
        }
        drop(hold);
        assert_eq!(now(&mut items).await, Some(None));
        assert_eq!(proxy.sent(), usize::from(LINES / size) + 1);
        assert_eq!(items.cost().calls as usize, proxy.sent());
    }
}

/// Answers may come at once: the page behind the next one is not asked for before the next one is begun.
#[tokio::test]
async fn no_more_than_two_pages_are_in_memory() {
    for size in 1..=5 {
        let (pages, proxy) = book(LINES).await;
        let mut items = pages.query(Line::by_book("a")).page_size(size).stream();
        for taken in 1..=usize::from(LINES) {
            assert_eq!(now(&mut items).await, Some(Some(taken as u16 - 1)));
            let read = usize::try_from(items.cost().evaluated).unwrap();
            assert!(read - taken < 2 * size, "{read} read, {taken} taken, pages of {size}");
            assert!(proxy.sent() <= (taken - 1) / size + 2, "{} pages, {taken} taken", proxy.sent());
        }
    }
}

#[tokio::test]
async fn a_limit_ends_the_reading_ahead() {
    for (limit, size) in (0..=12_usize).flat_map(|limit| (1..=4).map(move |size| (limit, size))) {
        let (pages, proxy) = book(LINES).await;
        let mut items = pages.query(Line::by_book("a")).page_size(size).limit(limit).stream();
        let mut taken = 0;
        while let Some(number) = now(&mut items).await.expect("everything is answered") {
            assert_eq!(usize::from(number), taken);
            taken += 1;
        }
        assert_eq!(taken, limit.min(LINES.into()));
        assert_eq!(items.cost().evaluated as usize, taken, "limit {limit}, pages of {size}");
        if limit <= LINES.into() {
            assert_eq!(proxy.sent(), limit.div_ceil(size), "limit {limit}, pages of {size}");
        }
    }
}

#[tokio::test]
async fn a_stream_that_is_dropped_sends_nothing_more() {
    let (pages, proxy) = book(LINES).await;
    let hold = proxy.hold(Calls::all());
    hold.release(1);
    let query = || pages.query(Line::by_book("a")).page_size(3);
    let mut items = query().stream();
    for number in 0..2 {
        assert_eq!(now(&mut items).await, Some(Some(number)));
    }
    assert_eq!((proxy.sent(), proxy.under_way()), (2, 1));
    let cursor = items.cursor();
    drop(items);
    assert_eq!(proxy.under_way(), 0, "what is under way is given up");
    drop(hold);
    tokio::task::yield_now().await;
    assert_eq!(proxy.sent(), 2);
    let rest = query().after(cursor).all().await.unwrap();
    assert!(rest.iter().map(|line| line.number).eq(2..LINES));
}

#[tokio::test]
async fn a_next_that_is_dropped_loses_nothing() {
    let (pages, proxy) = book(LINES).await;
    let hold = proxy.hold(Calls::all());
    let mut items = pages.query(Line::by_book("a")).page_size(2).stream();
    for number in 0..LINES {
        if number % 2 == 0 {
            // Twice, and the second time although the answer is there.
            assert_eq!(now(&mut items).await, None);
            assert_eq!(now(&mut items).await, None);
            let page = usize::from(number / 2);
            hold.release(page as u64 + 1);
            assert_eq!(proxy.sent(), page + 1, "it is not asked for again");
        }
        assert_eq!(now(&mut items).await, Some(Some(number)));
    }
}

/// Somebody else answers: whoever waits has to be woken.
#[tokio::test]
async fn an_answer_wakes_who_waits_for_it() {
    let (pages, proxy) = book(LINES).await;
    let hold = proxy.hold(Calls::all());
    let query = || pages.query(Line::by_book("a")).page_size(3);
    let shards = || pages.query(Line::wide("a").all_shards());
    let answering = async {
        let mut answered = 0;
        loop {
            if answered < proxy.sent() as u64 {
                answered += 1;
                hold.release(answered);
            }
            tokio::task::yield_now().await;
        }
    };
    let asking = async {
        let mut items = query().stream();
        let mut taken = 0;
        while let Some(item) = items.next().await {
            assert_eq!(item.unwrap().number, taken);
            taken += 1;
        }
        assert_eq!(taken, LINES);
        assert_eq!(query().await.unwrap().len(), usize::from(LINES));
        assert_eq!(*query().count().await.unwrap(), usize::from(LINES));
        assert_eq!(*shards().count().await.unwrap(), usize::from(LINES));
        assert!(shards().await.unwrap().iter().map(|line| line.number).eq(0..LINES));
        assert_eq!(shards().limit(4).page().await.unwrap().items.len(), 4);
    };
    tokio::select! {
        () = asking => {}
        () = answering => unreachable!("it never ends"),
    }
}

/// Refuses a call, behind so many others.
fn refuse(proxy: &Proxy, after: u64) {
    proxy.inject(Calls::all().nth(after + 1), Fault::refuse("AccessDeniedException"));
}

/// The refused call counts, but what it consumed is not known.
#[track_caller]
fn assert_costs_a_call_more(error: &Error, read: &Cost) {
    let cost = error.cost();
    assert_eq!((&cost.capacity, cost.evaluated), (&read.capacity, read.evaluated));
    assert_eq!((cost.calls, cost.attempts), (read.calls + 1, read.attempts + 1));
}

#[tokio::test]
async fn an_error_comes_behind_the_items_before_it() {
    let (pages, proxy) = book(LINES).await;
    refuse(&proxy, 2);
    let query = || pages.query(Line::by_book("a")).page_size(3);
    let mut items = query().stream();
    for number in 0..6 {
        assert_eq!(now(&mut items).await, Some(Some(number)));
    }
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.entity(), error.operation()), (ErrorKind::AccessDenied, "Line", "query"));
    assert_eq!((items.cost().calls, items.cost().evaluated, items.cost().read_units()), (2, 6, 1.0));
    assert_costs_a_call_more(&error, items.cost());
    assert!(items.next().await.is_none(), "nothing comes behind an error");
    let rest = query().after(items.cursor().expect("there is more")).all().await.unwrap();
    assert!(rest.iter().map(|line| line.number).eq(6..LINES));
    assert_eq!(proxy.sent(), 3 + 2);
}

/// Whatever way a query is run: the cost of what was read before is known.
#[tokio::test]
async fn an_error_knows_the_cost_of_the_pages_before_it() {
    let (pages, proxy) = book(LINES).await;
    let query = || pages.query(Line::by_book("a")).page_size(3);
    let refused = |after| refuse(&proxy, after);
    refused(2);
    let all = query().all().await.unwrap_err();
    refused(2);
    let page = query().limit(8).page().await.unwrap_err();
    refused(2);
    let count = query().count().await.unwrap_err();
    for error in [all, page, count] {
        assert_eq!(error.kind(), ErrorKind::AccessDenied);
        let cost = error.cost();
        assert_eq!((cost.calls, cost.evaluated, cost.read_units()), (2 + 1, 6, 1.0), "{error}");
    }
    refused(1);
    let one = query().page_size(1).one().await.unwrap_err();
    assert_eq!((one.kind(), one.cost().evaluated), (ErrorKind::AccessDenied, 1));
    refused(0);
    let first = query().first().await.unwrap_err();
    assert_eq!(
        (first.kind(), first.cost().calls, first.cost().read_units()),
        (ErrorKind::AccessDenied, 1, 0.0)
    );
}

/// One of the shards fails: what was handed out is in order, and a cursor goes on behind it.
#[tokio::test]
async fn a_shard_that_fails_loses_nothing() {
    let whole = Vec::from_iter(0..60_u16);
    for refused in [0, 7, 19, 20, 25, 40] {
        let (pages, proxy) = networked(&stored(60).await);
        refuse(&proxy, refused);
        let query = || pages.query(Line::wide("a").all_shards()).page_size(1);
        let mut items = query().stream();
        let mut found = Vec::new();
        let error = loop {
            match items.next().await.expect("it fails") {
                Ok(line) => found.push(line.number),
                Err(error) => break error,
            }
        };
        assert_eq!(error.kind(), ErrorKind::AccessDenied);
        assert_costs_a_call_more(&error, items.cost());
        let rest = query().after(items.cursor().expect("there is more")).all().await.unwrap();
        found.extend(rest.iter().map(|line| line.number));
        assert_eq!(found, whole, "{refused}");
    }
}

/// Twenty shards, of which eight are read at once, whichever is answered first.
#[tokio::test]
async fn no_more_than_eight_shards_are_read_at_once() {
    async fn held<T>(proxy: &Proxy, shards: usize, query: impl Future<Output = T>) -> T {
        let start = proxy.sent();
        let hold = proxy.hold(Calls::all());
        let mut query = pin!(query);
        let mut answered = Vec::new();
        loop {
            if let Some(out) = nudge(query.as_mut()).await {
                assert!(answered.len() >= shards, "{answered:?}");
                assert_eq!(proxy.most_under_way(), 8);
                return out;
            }
            let sent = proxy.sent() - start;
            if sent <= shards {
                assert_eq!(proxy.under_way(), (shards - answered.len()).min(8), "as many as may be");
            }
            // The one that was sent last.
            let next = (0..sent).rev().find(|number| !answered.contains(number)).expect("it waits for one");
            answered.push(next);
            hold.release(next as u64 + 1);
        }
    }
    let (pages, proxy) = book(60).await;
    let query = || pages.query(Line::wide("a").all_shards());
    let numbers = |lines: &[Line]| lines.iter().map(|line| line.number).collect::<Vec<_>>();
    let all = held(&proxy, 20, query().all()).await.unwrap();
    assert_eq!(numbers(&all), Vec::from_iter(0..60));
    assert_eq!(all.cost().calls, 20);
    let page = held(&proxy, 20, query().limit(7).page()).await.unwrap();
    assert_eq!(numbers(&page.items), Vec::from_iter(0..7));
    assert_eq!(*held(&proxy, 20, query().count()).await.unwrap(), 60);
    assert_eq!(held(&proxy, 20, query().newest_first().first()).await.unwrap().as_ref().unwrap().number, 59);
    let mut items = query().page_size(2).stream();
    let streamed = held(&proxy, 20, async {
        let mut streamed = Vec::new();
        while let Some(line) = items.next().await {
            streamed.push(line.unwrap());
        }
        streamed
    });
    assert_eq!(numbers(&streamed.await), Vec::from_iter(0..60));
}
