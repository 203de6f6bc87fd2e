//! Partitions and steps that cannot be in a key are refused before anything is sent.

use monotable::testing::Proxy;
use monotable::{Entity, ErrorKind, Handle, Index, Query, Table, prefix};
use monotable_tests::{open, proxied};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[table(name = "names", index(Spread, pk = "SPK"), index(ByOwner, pk = [owner, group], sk = [name]))]
enum Names {
    Name(Name),
}

#[derive(Entity, Serialize, Deserialize, Debug)]
#[entity(table = Names, pk = "NAME#{owner}", sk = "NAME#{name}")]
#[entity(index(Spread, pk = "SPREAD#{owner}#{name:shard(3)}", query = spread), index(ByOwner, query = owned))]
struct Name {
    owner: String,
    group: String,
    name: String,
}

/// In every way to run it.
async fn assert_refused<I: Index>(query: Query<Name, I, Handle<Names>>, proxy: &Proxy) {
    let errors = [
        query.clone().await.unwrap_err(),
        query.clone().page().await.unwrap_err(),
        query.clone().count().await.unwrap_err(),
        query.clone().first().await.unwrap_err(),
        query.clone().one().await.unwrap_err(),
        query.clone().stream().next().await.unwrap().unwrap_err(),
        query.explain().unwrap_err(),
    ];
    for error in errors {
        let of = (error.kind(), error.entity(), error.operation(), error.cost().calls);
        assert_eq!(of, (ErrorKind::InvalidKey, "Name", "query", 0), "{error}");
    }
    let mut items = query.clone().stream();
    assert!(items.next().await.is_some_and(|item| item.is_err()));
    assert!(items.next().await.is_none());
    assert_eq!((items.cursor(), items.cost().calls), (None, 0));
    assert_eq!(proxy.sent(), 0);
}

#[tokio::test]
async fn what_cannot_be_in_a_key_is_refused() {
    let (names, proxy) = proxied(&open::<Names>().await);
    // One byte longer than fits, with the prefix of the template.
    let long = "x".repeat(2048 - "NAME#".len() + 1);
    for owner in ["", "a#b", "\u{100000}", long.as_str()] {
        assert_refused(names.query(Name::by_owner(owner)), &proxy).await;
        assert_refused(names.query(Name::spread(owner).all_shards()), &proxy).await;
    }
    for owner in ["", "\u{100000}", &"x".repeat(2048)] {
        assert_refused(names.query(Name::owned(owner, "g")), &proxy).await;
    }
    assert_refused(names.query(Name::owned("a", "")), &proxy).await;
    assert_refused(names.query(Name::spread("a").shard_of("")), &proxy).await;
    assert_refused(names.query(Name::spread("a").shard(3)), &proxy).await;
    let long = "x".repeat(1024 - "NAME#".len() + 1);
    for name in ["", "a#b", long.as_str()] {
        assert_refused(names.query(Name::by_owner("a").name(name)), &proxy).await;
    }
    for name in ["", "\u{100000}", &"x".repeat(1025)] {
        assert_refused(names.query(Name::owned("a", "g").name(name)), &proxy).await;
    }
    assert_refused(names.query(Name::by_owner("a").name_in(prefix("a#b"))), &proxy).await;
}

#[tokio::test]
async fn what_just_fits_is_sent() {
    let (names, proxy) = proxied(&open::<Names>().await);
    let owner = "x".repeat(2048 - "NAME#".len());
    let name = "x".repeat(1024 - "NAME#".len());
    assert_eq!(names.query(Name::by_owner(owner).name(name)).await.unwrap().len(), 0);
    assert_eq!(names.query(Name::owned("x".repeat(2047), "g")).await.unwrap().len(), 0);
    assert_eq!(names.query(Name::spread("a").shard(2)).await.unwrap().len(), 0);
    assert_eq!(proxy.sent(), 3);
}

/// Whatever way it is run, and although the partition has items.
#[tokio::test]
async fn reversed_bounds_are_nothing_without_a_call() {
    let names = open::<Names>().await;
    names.put(&Name { owner: "a".into(), group: "g".into(), name: "b".into() }).await.unwrap();
    let (names, proxy) = proxied(&names);
    let reversed = || names.query(Name::by_owner("a").name_in("c".to_owned()..="a".to_owned()));
    assert_eq!(reversed().await.unwrap().len(), 0);
    assert_eq!(reversed().newest_first().await.unwrap().len(), 0);
    let page = reversed().page().await.unwrap().into_inner();
    assert_eq!((page.items.len(), page.next), (0, None));
    assert_eq!(*reversed().count().await.unwrap(), 0);
    assert!(reversed().first().await.unwrap().is_none());
    assert_eq!(reversed().one().await.unwrap_err().kind(), ErrorKind::NotFound);
    let mut items = reversed().stream();
    assert!(items.next().await.is_none());
    assert_eq!(items.cursor(), None);
    let natural = names.query(Name::owned("a", "g").name_in("c".to_owned().."c".to_owned()));
    assert_eq!(natural.await.unwrap().len(), 0);
    assert_eq!(proxy.sent(), 0);
}
