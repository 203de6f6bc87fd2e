//! Items past their time: nothing returns them, and nothing else is left out.

use std::time::Duration;

use jiff::Timestamp;
use monotable::aws_sdk_dynamodb::operation::query::QueryInput;
use monotable::aws_sdk_dynamodb::types::TimeToLiveStatus;
use monotable::{
    Collection, Creation, Entity, ErrorKind, Explained, Handle, MaxWaste, Projection, Query, Table,
};
use proptest::collection::vec;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde::{Deserialize, Serialize};

use crate::world::{Clock, START, shop};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(
    name = "shop",
    index(ByUser, pk = "UPK", sk = "USK"),
    index(ByKind, pk = "KPK", sk = "KSK", projection = keys),
    index(ByEnd, pk = [kind], sk = [expires: N])
)]
enum Site {
    User(User),
    Session(Session),
    Token(Token),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Site, pk = "USER#{user}", sk = "USER")]
struct User {
    user: u8,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Site, pk = "USER#{user}", sk = "SESSION#{number:04}", query = of_user)]
#[entity(index(ByUser, pk = "SESSIONS#{user}", sk = "{number:04}", query = sessions))]
#[entity(index(ByKind, pk = "KIND#{kind}", sk = "{number:04}", query = of_kind))]
#[entity(index(ByEnd, query = ending))]
struct Session {
    user: u8,
    number: u16,
    kind: String,
    active: bool,
    #[entity(ttl)]
    #[serde(default, rename = "expires", with = "monotable::epoch_seconds")]
    expires_at: Option<Timestamp>,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Site, pk = "TOKEN#{token}", sk = "TOKEN")]
struct Token {
    token: u8,
    #[entity(version)]
    version: u32,
    #[entity(ttl)]
    expires: u64,
}

#[derive(Projection, Deserialize, Debug, PartialEq)]
#[projection(entity = Session)]
struct Numbered {
    number: u16,
}

#[derive(Collection, Debug, PartialEq)]
#[collection(of = User)]
struct Whole {
    user: User,
    sessions: Vec<Session>,
}

fn after(seconds: i64) -> Timestamp {
    Timestamp::from_second(i64::try_from(START.as_secs()).unwrap() + seconds).unwrap()
}

fn session(number: u16, expires_at: Option<Timestamp>) -> Session {
    Session { user: 1, number, kind: "web".to_owned(), active: !number.is_multiple_of(3), expires_at }
}

fn token(expires: u64) -> Token {
    Token { token: 1, version: 0, expires }
}

async fn site() -> (Handle<Site>, Clock) {
    shop::<Site>().await
}

#[tokio::test]
async fn an_item_is_there_until_its_second_has_come() {
    let (site, clock) = site().await;
    let ends = session(1, Some(after(1)));
    site.put(&User { user: 1 }).await.unwrap();
    site.put(&ends).await.unwrap();
    for passed in [false, true] {
        let key = || ends.key();
        let left = if passed { vec![] } else { vec![ends.clone()] };
        let one = left.first().cloned();
        assert_eq!(site.get(key()).await.unwrap().into_inner(), one);
        assert_eq!(site.get(key()).including_expired().await.unwrap().as_ref(), Some(&ends));
        assert_eq!(site.exists(key()).await.unwrap().into_inner(), !passed);
        assert!(site.exists(key()).including_expired().await.unwrap().into_inner());
        let (batch, transact) = (site.batch_get([key()]), site.transact_get((key(), key())));
        assert_eq!(batch.await.unwrap().into_inner(), std::slice::from_ref(&one));
        assert_eq!(transact.await.unwrap().into_inner(), (one.clone(), one.clone()));
        let (batch, transact) = (site.batch_get(key()), site.transact_get(key()));
        assert_eq!(batch.including_expired().await.unwrap().as_ref(), Some(&ends));
        assert_eq!(transact.including_expired().await.unwrap().as_ref(), Some(&ends));
        let whole = Whole { user: User { user: 1 }, sessions: left.clone() };
        assert_eq!(site.collection::<Whole>(User::by_user(1u8)).await.unwrap().into_inner(), whole);
        let whole = site.collection::<Whole>(User::by_user(1u8)).including_expired().await.unwrap();
        assert_eq!(whole.sessions, std::slice::from_ref(&ends));
        assert_eq!(site.item_collection(User::by_user(1u8)).await.unwrap().len(), 1 + left.len());
        assert_eq!(
            site.projection::<Numbered>().query(Session::sessions(1u8)).await.unwrap().len(),
            left.len()
        );
        let hydrated = site.query_keys(Session::of_kind("web")).hydrate().await.unwrap();
        assert_eq!(
            hydrated.into_inner().into_iter().filter_map(|found| found.found()).collect::<Vec<_>>(),
            left
        );
        let hydrated = site.query_keys(Session::of_kind("web")).including_expired().hydrate().await.unwrap();
        assert_eq!(hydrated.into_inner().into_iter().filter_map(|found| found.found()).count(), 1);
        clock.pass(Duration::from_millis(900));
    }
}

#[tokio::test]
async fn a_write_takes_an_item_past_its_time_for_none() {
    let (site, clock) = site().await;
    let soon = clock.seconds() + 10;
    let stored = site.insert(&token(soon)).returning_new().await.unwrap().into_inner();
    assert_eq!(site.insert(&token(soon)).await.unwrap_err().kind(), ErrorKind::AlreadyExists);
    clock.pass(Duration::from_secs(10));
    assert_eq!(site.replace(&stored).await.unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(site.delete(stored.key()).if_present().await.unwrap_err().kind(), ErrorKind::NotFound);
    let check = site.transact().check(Token::exists(stored.key())).put(User { user: 1 }.put());
    assert_eq!(check.await.unwrap_err().kind(), ErrorKind::NotFound);
    // A condition sees what is stored.
    site.put(&stored).when(Token::EXPIRES.eq(soon)).await.unwrap();
    // A token that was not read is a new one.
    site.put(&token(soon + 10)).await.unwrap();
    let again = site.put(&token(soon + 10)).await.unwrap_err();
    assert_eq!(again.kind(), ErrorKind::VersionConflict);
    clock.pass(Duration::from_secs(10));
    let made = site.insert(&token(soon + 30)).returning_new().await.unwrap();
    assert_eq!(made.version, 1);
}

/// What is asked of one partition, and what the sessions say.
async fn judge(site: &Handle<Site>, clock: &Clock, sessions: &[Session]) {
    let now = Timestamp::from_second(i64::try_from(clock.seconds()).unwrap()).unwrap();
    let left: Vec<_> =
        sessions.iter().filter(|session| session.expires_at.is_none_or(|end| end > now)).cloned().collect();
    let query = || site.query(Session::sessions(1u8));
    assert_eq!(query().all().await.unwrap().into_inner(), left);
    let counted = query().count().await.unwrap();
    assert_eq!((counted.cost().evaluated, counted.into_inner()), (sessions.len() as u64, left.len()));
    assert_eq!(query().including_expired().await.unwrap().into_inner(), sessions);
    assert_eq!(query().first().await.unwrap().into_inner().as_ref(), left.first());
    assert_eq!(query().newest_first().first().await.unwrap().into_inner().as_ref(), left.last());
    for limit in [1, 2, 7] {
        assert_eq!(query().limit(limit).await.unwrap().into_inner(), left[..limit.min(left.len())]);
        assert_eq!(query().limit(limit).count().await.unwrap().into_inner(), limit.min(left.len()));
        assert_eq!(by_pages(query().limit(limit), || query().limit(limit)).await, left);
        assert_eq!(by_pages(query().page_size(limit), || query().page_size(limit)).await, left);
    }
    // A filter's waste is what it throws away of the items that are there.
    let active = |session: &&Session| session.active;
    let (kept, thrown) =
        (left.iter().filter(active).count(), left.iter().filter(|left| !left.active).count());
    let filtered = || query().filter(Session::ACTIVE.eq(true), MaxWaste::percent(100));
    let expected: Vec<_> = left.iter().filter(active).cloned().collect();
    assert_eq!(filtered().await.unwrap().into_inner(), expected);
    assert_eq!(filtered().count().await.unwrap().into_inner(), kept);
    assert_eq!(filtered().limit(3).await.unwrap().into_inner(), expected[..kept.min(3)]);
    if thrown == 0 {
        query().filter(Session::ACTIVE.eq(true), MaxWaste::percent(0)).await.unwrap();
    }
    // The attribute is part of this key, so that DynamoDB does not filter by it.
    let mut ending: Vec<_> = left.iter().filter(|session| session.expires_at.is_some()).cloned().collect();
    ending.sort_by_key(|session| session.expires_at);
    let found = site.query(Session::ending("web")).all().await.unwrap().into_inner();
    assert_eq!(
        found.iter().map(|found| found.expires_at).collect::<Vec<_>>(),
        ending.iter().map(|end| end.expires_at).collect::<Vec<_>>()
    );
    assert_eq!(site.query(Session::ending("web")).count().await.unwrap().into_inner(), ending.len());
    assert_eq!(site.query(Session::ending("web")).limit(2).await.unwrap().len(), ending.len().min(2));
}

async fn by_pages<I: monotable::Index<Table = Site>>(
    first: Query<Session, I, Handle<Site>>,
    query: impl Fn() -> Query<Session, I, Handle<Site>>,
) -> Vec<Session> {
    let (mut all, mut page) = (Vec::new(), first.page().await.unwrap().into_inner());
    loop {
        all.append(&mut page.items);
        let Some(next) = page.next else { return all };
        page = query().after(next).page().await.unwrap().into_inner();
    }
}

#[test]
fn queries_return_what_is_left() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut runner = TestRunner::new(Config { cases: 24, rng_seed: RngSeed::Fixed(9), ..Config::default() });
    let sessions = vec(proptest::option::weighted(0.9, -20..20_i64), 0..24);
    runner
        .run(&(sessions, 0..15_u64), |(ends, passed)| {
            runtime.block_on(async {
                let (site, clock) = site().await;
                clock.pass(Duration::from_secs(passed));
                let sessions: Vec<_> =
                    (0..).zip(&ends).map(|(number, end)| session(number, end.map(after))).collect();
                for session in &sessions {
                    site.put(session).await.unwrap();
                }
                judge(&site, &clock, &sessions).await;
            });
            Ok(())
        })
        .unwrap();
}

#[tokio::test]
async fn many_that_are_past_their_time_do_not_cost_a_call_each() {
    let (site, _) = site().await;
    for number in 0..600 {
        site.put(&session(number, (number < 599).then(|| after(-1)))).await.unwrap();
    }
    let first = site.query(Session::sessions(1u8)).first().await.unwrap();
    assert_eq!(first.as_ref().map(|first| first.number), Some(599));
    assert!(first.cost().calls <= 11, "{} calls", first.cost().calls);
}

#[test]
fn dynamodb_filters_where_the_query_has_no_filter_of_its_own() {
    let shown = |query: Result<Explained<QueryInput>, monotable::Error>| {
        query.unwrap().into_inner().filter_expression.unwrap_or_default()
    };
    let site = tokio::runtime::Runtime::new().unwrap().block_on(site()).0;
    let query = || site.query(Session::sessions(1u8));
    assert_eq!(shown(query().explain()), "NOT #1 <= :1");
    assert_eq!(shown(query().including_expired().explain()), "");
    assert_eq!(shown(site.query(Session::ending("web")).explain()), "");
    assert_eq!(
        shown(query().filter(Session::ACTIVE.eq(true), MaxWaste::percent(50)).explain()),
        "#1 = :1 OR #2 <= :2"
    );
}

#[tokio::test]
async fn creating_the_table_makes_dynamodb_expire_its_items() {
    let (site, _) = site().await;
    let described = site.sdk().describe_time_to_live().table_name("shop").send().await.unwrap();
    let found = described.time_to_live_description.unwrap();
    assert_eq!(found.time_to_live_status, Some(TimeToLiveStatus::Enabled));
    assert_eq!(found.attribute_name.as_deref(), Some("expires"));
    assert_eq!(site.create().await.unwrap().into_inner(), Creation::Existing);
}

#[tokio::test]
async fn a_ttl_that_dynamodb_would_ignore_is_refused() {
    #[derive(Table, Debug)]
    #[table(name = "shop")]
    enum Odd {
        Millis(Millis),
    }
    #[derive(Entity, Serialize, Deserialize, Debug, Default)]
    #[entity(table = Odd, pk = "ODD#{id}", sk = "ODD")]
    struct Millis {
        id: u8,
        #[entity(ttl)]
        #[serde(with = "chrono::serde::ts_milliseconds")]
        expires: chrono::DateTime<chrono::Utc>,
    }
    let put = |expires| Millis { id: 1, expires }.put().explain();
    put(chrono::DateTime::from_timestamp_millis(99_999_999_999).unwrap()).unwrap();
    let error = put(chrono::DateTime::from_timestamp(1_782_043_200, 0).unwrap()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidItem);
    assert_eq!(
        error.to_string(),
        "cannot put `Millis`: its ttl, the attribute `expires`, is finer than seconds, or after the year 5000, and DynamoDB expires items by whole seconds since 1970; `#[serde(with = \
         \"monotable::epoch_seconds\")]` stores these"
    );
}
