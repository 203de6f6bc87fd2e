//! Local indexes, of text that a template makes and of an attribute itself, held to filters in plain Rust.

use monotable::{Entity, Handle, Index, Item, Query, Table};
use monotable_tests::{engine, open};
use proptest::collection::vec;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use crate::comparing::{Question, Wanted, wanted};
use crate::strategies::{Ends, Step, byte, cases, signed, step, take, take_text, text, text_step};
use crate::support::{load, runtime};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "forum", index(ByTitle, local, sk = "LSI1SK"), index(ByVotes, local, sk = [votes: N]))]
enum Forum {
    Thread(Thread),
    Threads(Threads),
    Reply(Reply),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Forum, pk = "FORUM#{forum}", sk = "THREAD#{number}")]
#[entity(index(ByTitle, sk = "THREAD#{level}#{title}"), index(ByVotes, sk = "{votes}"))]
struct Thread {
    forum: String,
    number: u8,
    level: u8,
    title: Option<String>,
    votes: i32,
}

/// Its keys begin as those of threads do.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Forum, pk = "FORUM#{forum}", sk = "THREADS#{number}")]
#[entity(index(ByTitle, sk = "THREADS#{title}", query = lists_by_title))]
struct Threads {
    forum: String,
    number: u8,
    title: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Forum, pk = "FORUM#{forum}", sk = "REPLY#{number}")]
struct Reply {
    forum: String,
    number: u8,
}

fn posts() -> impl Strategy<Value = Vec<Forum>> {
    let forum = prop_oneof![8 => Just("a"), 1 => Just("aa"), 1 => Just("a ")];
    let drawn = (forum, byte(), proptest::option::weighted(0.9, text()), signed(), 0..8);
    vec(drawn, 0..40).prop_map(|drawn| {
        let post =
            |((forum, level, title, votes, kind), number): ((&str, u8, Option<String>, i32, i32), u8)| {
                let forum = forum.to_owned();
                match kind {
                    0 => Reply { forum, number }.into(),
                    1 => Threads { forum, number, title: title.unwrap_or("a".into()) }.into(),
                    _ => Thread { forum, number, level, title, votes }.into(),
                }
            };
        drawn.into_iter().zip(0..).map(post).collect()
    })
}

fn attributes(post: &Forum) -> Item {
    let put = match post {
        Forum::Thread(thread) => thread.put().explain(),
        Forum::Threads(threads) => threads.put().explain(),
        Forum::Reply(reply) => reply.put().explain(),
    };
    put.unwrap().into_inner().item.unwrap()
}

#[derive(Debug, Clone)]
enum Asked {
    Level(Step<u8>),
    Title(u8, Step<String>),
    Votes(Step<i32>),
    Number(Step<u8>),
    Everything,
}

fn asked() -> impl Strategy<Value = Asked> {
    prop_oneof![
        step(byte).prop_map(Asked::Level),
        (byte(), text_step(text)).prop_map(|(level, step)| Asked::Title(level, step)),
        step(signed).prop_map(Asked::Votes),
        step(byte).prop_map(Asked::Number),
        Just(Asked::Everything),
    ]
}

async fn ask(table: &Handle<Forum>, posts: &[Forum], asked: Asked, wanted: Wanted) {
    let what = asked.clone();
    let threads = posts.iter().filter_map(|post| match post {
        Forum::Thread(thread) if thread.forum == "a" => Some(thread.clone()),
        _ => None,
    });
    let titled = |thread: Thread| Some(((thread.level, thread.title.clone()?), thread));
    match asked {
        Asked::Level(step) => {
            let found = threads.filter_map(titled).filter(|((level, _), _)| step.selects(level)).collect();
            let reversed = step.is_reversed();
            let query = take!(table, Thread::by_title("a"), step, level, level_from, level_until, level_in);
            check(&what, wanted, query.consistent(), found, reversed).await;
        }
        Asked::Title(level, step) => {
            let found = threads.filter_map(titled);
            let found = found.filter(|((of, title), _)| *of == level && step.selects(title)).collect();
            let (query, reversed) = (Thread::by_title("a").level(level), step.is_reversed());
            let query = take_text!(table, query, step, title, title_from, title_until, title_in);
            check(&what, wanted, query, found, reversed).await;
        }
        Asked::Votes(step) => {
            let found = threads.filter(|thread| step.selects(&thread.votes));
            let found = found.map(|thread| (thread.votes, thread)).collect();
            let reversed = step.is_reversed();
            let query = take!(table, Thread::by_votes("a"), step, votes, votes_from, votes_until, votes_in);
            check(&what, wanted, query, found, reversed).await;
        }
        Asked::Number(step) => {
            let found = threads.filter(|thread| step.selects(&thread.number));
            let found = found.map(|thread| (thread.number, thread)).collect();
            let (start, reversed) = (Thread::by_forum("a"), step.is_reversed());
            let query = take!(table, start, step, number, number_from, number_until, number_in);
            check(&what, wanted, query, found, reversed).await;
        }
        Asked::Everything => {
            let entry = |post: &Forum| {
                let stored = attributes(post);
                let text = |name: &str| Some(stored.get(name)?.as_s().unwrap().clone());
                (text("PK")? == "FORUM#a").then_some((text("LSI1SK")?, post.clone()))
            };
            let found = posts.iter().filter_map(entry).collect();
            check(&what, wanted, table.item_collection(Thread::by_title("a")), found, false).await;
        }
    }
}

async fn check<E, I: Index, K: Ord>(
    asked: &Asked,
    wanted: Wanted,
    query: Query<E, I, Handle<Forum>>,
    found: Vec<(K, E)>,
    reversed: bool,
) where
    E: Send + PartialEq + std::fmt::Debug + 'static,
{
    Question { asked, query, found, reversed, shards: 1 }.check(wanted).await;
}

#[test]
fn the_table_in_another_order_is_asked_as_the_table_is() {
    let runtime = runtime();
    let strategy = (posts(), vec((asked(), wanted()), 1..60));
    let outcome = cases(engine().cases(32)).run(&strategy, |(posts, questions)| {
        runtime.block_on(async {
            let table = open::<Forum>().await;
            load(&table, posts.iter().map(attributes)).await;
            for (asked, wanted) in questions {
                ask(&table, &posts, asked, wanted).await;
            }
        });
        Ok(())
    });
    outcome.unwrap();
}
