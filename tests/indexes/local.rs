//! Local indexes: the table's partitions in another order.

use monotable::aws_sdk_dynamodb::types::AttributeValue;
use monotable::{Creation, Entity, Table};
use monotable_tests::open;
use serde::{Deserialize, Serialize};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "threads", index(ByDate, local, sk = "LSI1SK"), index(ByVotes, local, sk = [votes: N]))]
enum Threads {
    Thread(Thread),
    Reply(Reply),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Threads, pk = "FORUM#{forum}", sk = "THREAD#{number}")]
#[entity(index(ByDate, sk = "THREAD#{date}"), index(ByVotes, sk = "{votes}"))]
struct Thread {
    forum: String,
    number: u32,
    date: Option<String>,
    votes: i64,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Threads, pk = "FORUM#{forum}", sk = "REPLY#{number}")]
#[entity(index(ByDate, sk = "REPLY#{date}", query = replies_by_date))]
struct Reply {
    forum: String,
    number: u32,
    date: String,
}

fn threads() -> Vec<Thread> {
    let thread = |number: u32| Thread {
        forum: "rust".into(),
        number,
        date: (!number.is_multiple_of(4)).then(|| format!("2026-06-{:02}", number * 7 % 30)),
        votes: i64::from(number) * 13 % 50 - 20,
    };
    (0..20).map(thread).collect()
}

#[tokio::test]
async fn the_table_is_read_in_another_order() {
    let forum = open::<Threads>().await;
    assert_eq!(*forum.create().await.unwrap(), Creation::Existing);
    for thread in threads() {
        forum.put(&thread).await.unwrap();
    }
    let reply = Reply { forum: "rust".into(), number: 1, date: "2026-06-10".into() };
    forum.put(&reply).await.unwrap();

    let mut dated = threads();
    dated.retain(|thread| thread.date.is_some());
    dated.sort_by(|a, b| a.date.cmp(&b.date));
    assert_eq!(*forum.query(Thread::by_date("rust")).await.unwrap(), dated);
    dated.retain(|thread| thread.date.as_deref() >= Some("2026-06-14"));
    let late = forum.query(Thread::by_date("rust").date_from("2026-06-14")).consistent();
    assert_eq!(late.explain().unwrap().consistent_read(), Some(true));
    assert_eq!(*late.await.unwrap(), dated);

    let mut liked = threads();
    liked.sort_by_key(|thread| thread.votes);
    let found = forum.query(Thread::by_votes("rust").votes_in(-3..)).await.unwrap();
    liked.retain(|thread| thread.votes >= -3);
    assert_eq!(*found, liked);
    let all = forum.item_collection(Reply::replies_by_date("rust").date("2026-06-10")).await.unwrap();
    assert_eq!(*all, [Threads::Reply(reply)]);
}

/// The partition key is written once, and the number is the field as serde stores it.
#[test]
fn only_the_sort_key_is_stored_for_it() {
    let item = threads()[1].put().explain().unwrap().into_inner().item.unwrap();
    assert_eq!(item["LSI1SK"], AttributeValue::S("THREAD#2026-06-07".into()));
    assert_eq!(item["votes"], AttributeValue::N("-7".into()));
    let item = threads()[0].put().explain().unwrap().into_inner().item.unwrap();
    assert!(!item.contains_key("LSI1SK"), "a half with a part that is none is not there");
}
