//! Items that are not what was asked for: of types that the table does not know, of none, or not readable.

use monotable::{Entity, Error, ErrorKind, Handle, Index, Item, Query, Table, Undecoded};
use monotable_tests::open;
use serde::{Deserialize, Serialize};

use crate::support::{load, s};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "mixed", index(Spread, pk = "SPK", sk = "SSK"))]
enum Mixed {
    Note(Note),
    Task(Task),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Mixed, pk = "BOARD#{board}", sk = "NOTE#{number}")]
#[entity(index(Spread, pk = "SPREAD#{board}#{number:shard(3)}", sk = "{number}", query = spread))]
struct Note {
    board: String,
    number: u8,
    text: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Mixed, pk = "BOARD#{board}", sk = "TASK#{number}")]
struct Task {
    board: String,
    number: u8,
}

fn note(number: u8) -> Note {
    Note { board: "a".into(), number, text: "secret".into() }
}

fn stored(number: u8, change: impl FnOnce(&mut Item)) -> Item {
    let mut item = note(number).put().explain().unwrap().into_inner().item.unwrap();
    change(&mut item);
    item
}

/// Notes 0 to 9, of which the fifth and the last are changed.
async fn mixed(change: fn(&mut Item)) -> Handle<Mixed> {
    let mixed = open::<Mixed>().await;
    let item = |number| {
        stored(number, |item| {
            if matches!(number, 4 | 9) {
                change(item)
            }
        })
    };
    load(&mixed, (0..10).map(item)).await;
    mixed
}

fn of_unknown_type(item: &mut Item) {
    item.insert("_type".into(), s("Memo"));
}

fn of_no_type(item: &mut Item) {
    item.remove("_type");
}

fn of_a_type_that_is_no_text(item: &mut Item) {
    let number = monotable::aws_sdk_dynamodb::types::AttributeValue::N("7".into());
    item.insert("_type".into(), number);
}

fn without_text(item: &mut Item) {
    item.remove("text");
}

const KEY: &str = "PK = \"BOARD#a\", SK = \"NOTE#004\"";

/// Every way to run the query reaches the item, says what it is, and nothing of what is in it.
async fn assert_fails<O, I>(query: Query<O, I, Handle<Mixed>>, kind: ErrorKind, message: &str)
where
    O: Send + std::fmt::Debug + 'static,
    I: Index,
{
    let check = |error: &Error| {
        assert_eq!(error.kind(), kind, "{error}");
        assert_eq!(error.key_text(), Some(KEY), "{error}");
        assert_eq!(error.to_string(), message);
        assert!(!format!("{error:?}").contains("secret"));
    };
    let all = query.clone().await.unwrap_err();
    check(&all);
    assert_eq!((all.cost().calls, all.cost().evaluated, all.cost().read_units()), (1, 10, 0.5));
    check(&query.clone().page().await.unwrap_err());
    check(&query.clone().limit(5).await.unwrap_err());
    let before = query.clone().limit(4).page().await.unwrap().into_inner();
    assert_eq!(before.items.len(), 4);
    check(&query.clone().after(before.next.clone()).first().await.unwrap_err());
    check(&query.clone().after(before.next).one().await.unwrap_err());
    // What is counted is not looked at.
    assert_eq!(*query.clone().count().await.unwrap(), 10);
    for size in 1..=11 {
        let mut items = query.clone().page_size(size).stream();
        for _ in 0..4 {
            items.next().await.unwrap().unwrap();
        }
        check(&items.next().await.unwrap().unwrap_err());
        assert!(items.next().await.is_none(), "nothing comes behind an error");
        // It goes on before the item, so it finds it again.
        let cursor = items.cursor().expect("there is more");
        check(&query.clone().after(cursor.clone()).first().await.unwrap_err());
        assert_eq!(*query.clone().after(cursor).count().await.unwrap(), 6, "pages of {size}");
    }
}

#[tokio::test]
async fn an_item_that_is_not_what_was_asked_for_is_an_error() {
    let mixed_up = mixed(of_unknown_type).await;
    let message = "the stored item is of type `Memo`, and the table's are `Note`, `Task`";
    let collection = mixed_up.item_collection(Note::by_board("a"));
    let of_table = format!("cannot query `Mixed` ({KEY}): {message}");
    assert_fails(collection.clone(), ErrorKind::WrongType, &of_table).await;
    assert_fails(collection.undecoded(), ErrorKind::WrongType, &of_table).await;
    let message = format!("cannot query `Note` ({KEY}): the stored item is of type `Memo`, not `Note`");
    let notes = mixed_up.query(Note::by_board("a"));
    assert_fails(notes.clone(), ErrorKind::WrongType, &message).await;
    assert_fails(notes.undecoded(), ErrorKind::WrongType, &message).await;

    let message = "the stored item has no type: no text attribute `_type`";
    for change in [of_no_type, of_a_type_that_is_no_text] {
        let table = mixed(change).await;
        for (query, asked) in [
            (table.item_collection(Note::by_board("a")), "Mixed"),
            (table.item_collection(Note::by_board("a").number_from(0u8)), "Mixed"),
        ] {
            let message = format!("cannot query `{asked}` ({KEY}): {message}");
            assert_fails(query.clone(), ErrorKind::WrongType, &message).await;
            assert_fails(query.undecoded(), ErrorKind::WrongType, &message).await;
        }
        let message = format!("cannot query `Note` ({KEY}): {message}");
        let notes = table.query(Note::by_board("a"));
        assert_fails(notes.clone(), ErrorKind::WrongType, &message).await;
        assert_fails(notes.undecoded(), ErrorKind::WrongType, &message).await;
    }

    let table = mixed(without_text).await;
    let message = "the stored item lacks the attribute `text`, which `Note` needs";
    let collection = table.item_collection(Note::by_board("a"));
    let missing = ErrorKind::MissingAttribute;
    assert_fails(collection, missing, &format!("cannot query `Mixed` ({KEY}): {message}")).await;
    let message = format!("cannot query `Note` ({KEY}): {message}");
    assert_fails(table.query(Note::by_board("a")), missing, &message).await;
}

fn numbers<O: ToMixed>(items: &[O]) -> Vec<u8> {
    let number = |item: &O| match item.to_mixed() {
        Mixed::Note(note) => note.number,
        Mixed::Task(task) => panic!("{task:?}"),
    };
    items.iter().map(number).collect()
}

/// What a query of any entity returns.
trait ToMixed: Send + std::fmt::Debug + 'static {
    fn to_mixed(&self) -> Mixed;
}

impl ToMixed for Mixed {
    fn to_mixed(&self) -> Mixed {
        self.clone()
    }
}

impl ToMixed for Undecoded<Mixed> {
    fn to_mixed(&self) -> Mixed {
        self.entity().unwrap()
    }
}

const KNOWN: [u8; 8] = [0, 1, 2, 3, 5, 6, 7, 8];

#[tokio::test]
async fn unknown_items_are_skipped_if_asked_for() {
    for change in [of_unknown_type, of_no_type, of_a_type_that_is_no_text] {
        let table = mixed(change).await;
        let of_table = || table.item_collection(Note::by_board("a")).skip_unknown();
        let of_shards = || table.item_collection(Note::spread("a").all_shards()).skip_unknown();
        let all = of_table().await.unwrap();
        assert_eq!(numbers(&all), KNOWN);
        assert_eq!(all.cost().evaluated, 10, "they are read and paid for");
        let all = of_shards().await.unwrap();
        assert_eq!((numbers(&all).as_slice(), all.cost().evaluated), (&KNOWN[..], 10));
        skipped(of_table).await;
        skipped(of_shards).await;
        skipped(|| of_table().undecoded()).await;
        skipped(|| of_shards().undecoded()).await;
        let newest = of_table().newest_first().first().await.unwrap();
        assert_eq!(numbers(newest.as_slice()), [8]);
        let last = of_table().after(behind(of_table(), 7).await);
        assert_eq!(numbers(&[last.clone().one().await.unwrap().into_inner()]), [8]);
        let none = of_table().after(behind(of_table(), 8).await);
        assert_eq!(none.one().await.unwrap_err().kind(), ErrorKind::NotFound);
    }
}

/// A cursor behind so many items.
async fn behind<I: Index>(query: Query<Mixed, I, Handle<Mixed>>, items: usize) -> monotable::Cursor {
    query.limit(items).page().await.unwrap().into_inner().next.expect("there is more")
}

/// A limit counts what is returned, and pages and streams go on behind what was skipped.
async fn skipped<O: ToMixed, I: Index>(query: impl Fn() -> Query<O, I, Handle<Mixed>>) {
    for limit in 0..=9 {
        let expected = &KNOWN[..limit.min(8)];
        assert_eq!(numbers(&query().limit(limit).await.unwrap()), expected);
        for size in 1..=4 {
            let limited = query().limit(limit).page_size(size).await.unwrap();
            assert_eq!(numbers(&limited), expected, "{limit} by {size}");
        }
    }
    for size in 1..=11 {
        for sized in [query().limit(size), query().page_size(size), query().limit(size).page_size(2)] {
            let (mut found, mut next) = (Vec::new(), None);
            loop {
                let page = sized.clone().after(next).page().await.unwrap().into_inner();
                found.extend(numbers(&page.items));
                next = page.next;
                if next.is_none() {
                    break;
                }
            }
            assert_eq!(found, KNOWN, "pages of {size}");
        }
        let mut items = query().page_size(size).stream();
        for taken in 0..=KNOWN.len() {
            let rest = match items.cursor() {
                Some(cursor) => query().after(cursor).await.unwrap().into_inner(),
                None => Vec::new(),
            };
            assert_eq!(numbers(&rest), KNOWN[taken..], "{taken} taken");
            let item = items.next().await.transpose().unwrap();
            assert_eq!(numbers(item.as_slice()), KNOWN[taken..KNOWN.len().min(taken + 1)]);
        }
        assert_eq!((items.cursor(), items.cost().evaluated), (None, 10));
    }
}

/// Only what is unknown is skipped: an item of the table's own that cannot be read is still an error.
#[tokio::test]
async fn what_cannot_be_read_is_not_skipped() {
    let table = mixed(without_text).await;
    let error = table.item_collection(Note::by_board("a")).skip_unknown().await.unwrap_err();
    assert_eq!((error.kind(), error.key_text()), (ErrorKind::MissingAttribute, Some(KEY)));
    let table = mixed(|item| drop(item.insert("number".into(), s("four")))).await;
    let error = table.item_collection(Note::by_board("a")).skip_unknown().await.unwrap_err();
    assert_eq!((error.kind(), error.key_text()), (ErrorKind::Decode, Some(KEY)));
}
