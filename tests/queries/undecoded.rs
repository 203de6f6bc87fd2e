//! Queries for undecoded items: whatever is asked for in whatever way, they are the entities' queries.

use monotable::{
    Cost, Entity, Error, ErrorKind, FromItem, Handle, Index, Items, MaxWaste, Query, ReadUnits, Table,
    Undecoded,
};
use monotable_tests::open;
use serde::{Deserialize, Serialize};

use crate::support::load;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "logs", index(Spread, pk = "SPK", sk = "SSK"))]
enum Logs {
    Entry(Entry),
    Owner(Owner),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Logs, pk = "LOG#{log}", sk = "ENTRY#{number}")]
#[entity(index(Spread, pk = "SPREAD#{log}#{number:shard(3)}", sk = "{number}", query = spread))]
struct Entry {
    log: String,
    number: u8,
    even: bool,
    #[entity(ttl)]
    expires: u64,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Logs, pk = "LOG#{log}", sk = "OWNER")]
struct Owner {
    log: String,
}

/// The second of February 2106, and the first of January 1970.
const EXPIRIES: [u64; 2] = [4_294_967_296, 1];

/// Entries 0 to 11, every fifth of which is past its time.
async fn logs() -> Handle<Logs> {
    let logs = open::<Logs>().await;
    let entry = |number: u8| {
        let expires = EXPIRIES[usize::from(number % 5 == 3)];
        let entry = Entry { log: "a".into(), number, even: number.is_multiple_of(2), expires };
        entry.put().explain().unwrap().into_inner().item.unwrap()
    };
    load(&logs, (0..12).map(entry)).await;
    logs.put(&Owner { log: "a".into() }).await.unwrap();
    logs
}

fn entities<O: FromItem>(items: &[Undecoded<O>]) -> Vec<O> {
    items.iter().map(|item| item.entity().unwrap()).collect()
}

/// Items one after the other, and what all of them cost.
async fn streamed<O, P>(mut items: Items<O>, entity: impl Fn(O) -> P) -> (Vec<P>, Cost)
where
    O: Send + 'static,
{
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        all.push(entity(item.unwrap()));
    }
    (all, items.cost().clone())
}

/// Every way to run both of them has the same outcome.
async fn same<O, I>(query: Query<O, I, Handle<Logs>>)
where
    O: FromItem + Clone + std::fmt::Debug + PartialEq + Send + 'static,
    I: Index,
{
    let undecoded = || query.clone().undecoded();
    // Without the time of day.
    let (theirs, ours) = (query.clone().including_expired(), undecoded().including_expired());
    assert_eq!(ours.explain().unwrap(), theirs.explain().unwrap());

    let (theirs, ours) = (query.clone().all().await.unwrap(), undecoded().all().await.unwrap());
    assert_eq!((entities(&ours), ours.cost()), (theirs.to_vec(), theirs.cost()));
    let (theirs, ours) = (query.clone().page().await.unwrap(), undecoded().page().await.unwrap());
    assert_eq!((entities(&ours.items), ours.cost()), (theirs.items.clone(), theirs.cost()));
    assert_eq!(ours.next, theirs.next);
    if let Some(next) = &theirs.next {
        // Of either, a cursor is one of the other.
        let rest = query.clone().after(ours.next.clone()).await.unwrap().into_inner();
        assert_eq!(entities(&undecoded().after(next.clone()).await.unwrap()), rest);
    }
    let (theirs, ours) = (query.clone().first().await.unwrap(), undecoded().first().await.unwrap());
    assert_eq!((entities(ours.as_slice()), ours.cost()), (theirs.iter().cloned().collect(), theirs.cost()));
    match (query.clone().one().await, undecoded().one().await) {
        (Ok(theirs), Ok(ours)) => assert_eq!(ours.entity().unwrap(), *theirs),
        (Err(theirs), Err(ours)) => assert_eq!(ours.to_string(), theirs.to_string()),
        (theirs, ours) => panic!("{theirs:?} and {ours:?}"),
    }
    assert_eq!(*undecoded().count().await.unwrap(), *query.clone().count().await.unwrap());
    let budget = ReadUnits(1.0);
    let (theirs, ours) =
        (query.clone().budget(budget).await.unwrap(), undecoded().budget(budget).await.unwrap());
    assert_eq!((entities(&ours.items), &ours.next), (theirs.items.clone(), &theirs.next));
    let theirs = streamed(query.clone().stream(), |entity| entity).await;
    assert_eq!(streamed(undecoded().stream(), |item| item.entity().unwrap()).await, theirs);
}

#[tokio::test]
async fn every_way_to_run_a_query_finds_the_same() {
    let logs = logs().await;
    for limit in [None, Some(0), Some(1), Some(4), Some(20)] {
        for page_size in [None, Some(1), Some(3)] {
            for newest_first in [false, true] {
                same(shaped(logs.query(Entry::by_log("a")), limit, page_size, newest_first)).await;
            }
        }
    }
    for (limit, page_size, newest_first) in [(None, Some(2), true), (Some(5), None, false)] {
        let shaped = |query| shaped(query, limit, page_size, newest_first);
        same(shaped(logs.query(Entry::by_log("a")).including_expired())).await;
        same(shaped(logs.query(Entry::by_log("a")).consistent())).await;
        let even = || logs.query(Entry::by_log("a")).filter(Entry::EVEN.eq(true), MaxWaste::percent(100));
        assert!(even().await.unwrap().iter().all(|entry| entry.even));
        same(shaped(even())).await;
    }
    for (limit, page_size, newest_first) in [(None, Some(2), true), (Some(5), None, false)] {
        same(shaped(logs.query(Entry::spread("a").all_shards()), limit, page_size, newest_first)).await;
        same(shaped(logs.item_collection(Owner::by_log("a")), limit, page_size, newest_first)).await;
    }
}

fn shaped<O, I>(
    query: Query<O, I, Handle<Logs>>,
    limit: Option<usize>,
    page_size: Option<usize>,
    newest_first: bool,
) -> Query<O, I, Handle<Logs>> {
    let query = if newest_first { query.newest_first() } else { query };
    let query = limit.into_iter().fold(query, Query::limit);
    page_size.into_iter().fold(query, Query::page_size)
}

#[tokio::test]
async fn in_a_partition_of_several_each_item_says_what_it_is() {
    let logs = logs().await;
    let items = logs.item_collection(Owner::by_log("a")).undecoded().await.unwrap();
    #[derive(Deserialize)]
    struct Number {
        number: u8,
    }
    #[derive(Deserialize)]
    struct Of<'a> {
        log: &'a str,
    }
    let (mut numbers, mut owners) = (Vec::new(), 0);
    for item in items.iter() {
        assert_eq!(item.decode::<Of<'_>>().unwrap().log, "a");
        match item.item_type() {
            "Entry" => numbers.push(item.decode::<Number>().unwrap().number),
            "Owner" => owners += 1,
            other => panic!("{other}"),
        }
    }
    assert_eq!((numbers, owners), (vec![0, 1, 2, 4, 5, 6, 7, 9, 10, 11], 1));
}

#[tokio::test]
async fn what_an_entity_needs_is_for_whoever_decodes_it() {
    let logs = logs().await;
    let entry = Entry { log: "b".into(), number: 1, even: false, expires: EXPIRIES[0] };
    let mut item = entry.put().explain().unwrap().into_inner().item.unwrap();
    item.remove("even");
    load(&logs, [item]).await;
    let error: Error = logs.query(Entry::by_log("b")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::MissingAttribute);
    let items = logs.query(Entry::by_log("b")).undecoded().await.unwrap();
    let error = items[0].entity().unwrap_err();
    assert_eq!(error.to_string(), "the stored item lacks the attribute `even`, which `Entry` needs");
    #[derive(Deserialize)]
    struct Number {
        number: u8,
    }
    assert_eq!(items[0].decode::<Number>().unwrap().number, 1);
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "legacy", untyped)]
enum Legacy {
    User(User),
    Login(Login),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Legacy, pk = "USER#{user}", sk = "PROFILE")]
struct User {
    user: String,
    /// Elsewhere, this is the name of the type.
    #[serde(rename = "_type")]
    kind: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Legacy, pk = "USER#{user}", sk = "LOGIN#{number}")]
struct Login {
    user: String,
    number: u16,
}

#[tokio::test]
async fn without_a_type_the_key_tells() {
    let legacy = open::<Legacy>().await;
    let user = User { user: "ada".into(), kind: "admin".into() };
    let login = Login { user: "ada".into(), number: 7 };
    legacy.put(&user).await.unwrap();
    legacy.put(&login).await.unwrap();
    #[derive(Deserialize)]
    struct Kind<'a> {
        #[serde(rename = "_type")]
        kind: &'a str,
    }
    let users = legacy.query(User::by_user("ada")).undecoded().await.unwrap();
    assert_eq!((users[0].decode::<Kind<'_>>().unwrap().kind, users[0].item_type()), ("admin", "User"));
    assert_eq!(entities(&users), std::slice::from_ref(&user));
    let all = legacy.item_collection(User::by_user("ada")).undecoded().await.unwrap();
    assert_eq!(entities(&all), [Legacy::Login(login.clone()), Legacy::User(user)]);
    assert_eq!(all.iter().map(Undecoded::item_type).collect::<Vec<_>>(), ["Login", "User"]);

    // In the range of logins, and none of them.
    let mut item = login.put().explain().unwrap().into_inner().item.unwrap();
    item.insert("SK".into(), crate::support::s("LOGIN#eight"));
    load(&legacy, [item]).await;
    let theirs = legacy.query(Login::by_user("ada")).await.unwrap_err();
    let ours = legacy.query(Login::by_user("ada")).undecoded().await.unwrap_err();
    assert_eq!((ours.kind(), ours.to_string()), (ErrorKind::WrongType, theirs.to_string()));
    let known = legacy.item_collection(User::by_user("ada")).skip_unknown().undecoded().await.unwrap();
    assert_eq!(known.len(), 2);
}
