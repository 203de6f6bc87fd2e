//! Unique constraints: of several writers of one value one wins, and what says that a value is taken is true.

use std::collections::{BTreeMap, BTreeSet};

use monotable::aws_sdk_dynamodb::types::AttributeValue;
use monotable::testing::{Fault, Operation};
use monotable::{Entity, Error, ErrorKind, Handle, Table};
use monotable_tests::{engine, open, proxied};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Table, Debug, PartialEq)]
#[table(name = "people", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
enum People {
    User(User),
    Page(Page),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = People, pk = "USER#{id:03}", sk = "USER")]
#[entity(unique(email), unique(nick))]
#[entity(index(Gsi1, pk = "EMAIL#{email}", sk = "USER", query = by_email))]
struct User {
    id: u32,
    email: String,
    nick: Option<u64>,
    visits: u32,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = People, pk = "PAGE#{id}", sk = "PAGE")]
#[entity(unique(tenant, slug))]
struct Page {
    id: u32,
    tenant: String,
    slug: String,
}

fn user(id: u32, email: &str, nick: Option<u64>) -> User {
    User { id, email: email.into(), nick, visits: 0 }
}

fn key(id: u32) -> UserKey {
    UserKey { id }
}

async fn people() -> Handle<People> {
    open::<People>().await
}

/// The users, and the partition keys of all markers with the partition keys of their holders.
async fn stored(people: &Handle<People>) -> (BTreeMap<u32, User>, BTreeMap<String, String>) {
    let text = |value: &AttributeValue| value.as_s().unwrap().clone();
    let mut scan = people.maintenance("what a test left").scan().raw().unpaced().consistent().stream();
    let (mut users, mut markers) = (BTreeMap::new(), BTreeMap::new());
    while let Some(item) = scan.next().await {
        let item = item.unwrap();
        let partition = text(&item["PK"]);
        match partition.starts_with("UNIQUE#") {
            true => {
                let holder = item["holder"].as_m().unwrap();
                markers.insert(partition, text(&holder["PK"]));
            }
            false => {
                let id = item["id"].as_n().unwrap().parse().unwrap();
                if partition.starts_with("USER") {
                    let user = people.get(key(id)).consistent().await.unwrap().into_inner();
                    users.insert(id, user.unwrap());
                }
            }
        }
    }
    (users, markers)
}

/// What the markers of these users are.
fn markers(users: &BTreeMap<u32, User>) -> BTreeMap<String, String> {
    let of = |user: &User| {
        let holder = format!("USER#{:03}", user.id);
        let email = format!("UNIQUE#User#email#{}", user.email);
        let nick = user.nick.map(|nick| (format!("UNIQUE#User#nick#{nick}"), holder.clone()));
        [(email, holder)].into_iter().chain(nick).collect::<Vec<_>>()
    };
    users.values().flat_map(of).collect()
}

async fn check(people: &Handle<People>, model: &BTreeMap<u32, User>) {
    let (users, stored) = stored(people).await;
    assert_eq!(&users, model);
    assert_eq!(stored, markers(model));
}

fn taken(error: &Error, constraint: &str, holder: u32) {
    assert_eq!((error.kind(), error.constraint()), (ErrorKind::Taken, Some(constraint)), "{error}");
    assert_eq!(error.holder::<UserKey>(), Some(key(holder)));
}

#[tokio::test]
async fn a_value_is_given_once() {
    let people = people().await;
    let done = people.insert(&user(1, "ada@x", Some(7))).await.unwrap();
    // The user, in an index too, and two markers, twice each.
    assert_eq!((done.write_units(), done.read_units(), done.cost().calls), (7.0, 0.0, 1));
    let error = people.insert(&user(2, "ada@x", None)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot insert `User` (PK = \"USER#002\", SK = \"USER\"): another item has this value of `unique(email)`"
    );
    taken(&error, "unique(email)", 1);
    assert!(
        error.is_condition_failed()
            && error.current::<User>().unwrap().is_none()
            && error.actions().is_empty()
    );
    taken(&people.put(&user(2, "eve@x", Some(7))).await.unwrap_err(), "unique(nick)", 1);
    let error = people.insert(&user(1, "new@x", None)).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.current().unwrap()),
        (ErrorKind::AlreadyExists, Some(user(1, "ada@x", Some(7))))
    );
    check(&people, &[(1, user(1, "ada@x", Some(7)))].into()).await;
}

#[tokio::test]
async fn a_value_that_is_given_up_is_free() {
    let people = people().await;
    people.insert(&user(1, "ada@x", Some(7))).await.unwrap();
    // Put, with another address and without the number.
    let done = people.put(&user(1, "new@x", None)).await.unwrap();
    assert_eq!((done.cost().calls, done.read_units()), (2, 1.0));
    people.insert(&user(2, "ada@x", Some(7))).await.unwrap();
    // Replace, with nothing that is unique: one write, and no transaction.
    let visited = User { visits: 3, ..user(2, "ada@x", Some(7)) };
    let replaced = people.replace(&visited).await.unwrap();
    assert_eq!((replaced.write_units(), replaced.cost().calls), (2.0, 2));
    // Update.
    people.update(key(2)).set(User::EMAIL, "eve@x").set(User::NICK, None).await.unwrap();
    people.update(key(1)).set(User::NICK, 7).await.unwrap();
    taken(&people.update(key(1)).set(User::EMAIL, "eve@x").await.unwrap_err(), "unique(email)", 2);
    // What is not unique is updated by itself.
    assert_eq!(people.update(key(1)).add(User::VISITS, 1).await.unwrap().cost().calls, 1);
    let expected = [
        (1, User { visits: 1, ..user(1, "new@x", Some(7)) }),
        (2, User { visits: 3, ..user(2, "eve@x", None) }),
    ];
    check(&people, &expected.into()).await;
    assert_eq!(people.query(User::by_email("eve@x")).await.unwrap().len(), 1);
    // Delete, and upsert.
    people.delete(key(2)).if_present().await.unwrap();
    assert_eq!(people.delete(key(2)).if_present().await.unwrap_err().kind(), ErrorKind::NotFound);
    people.delete(key(2)).await.unwrap();
    people.upsert(key(3)).set(User::EMAIL, "eve@x").set(User::VISITS, 0).await.unwrap();
    let error = people.upsert(key(4)).set(User::EMAIL, "new@x").set(User::VISITS, 0).await.unwrap_err();
    taken(&error, "unique(email)", 1);
    let expected = [(1, User { visits: 1, ..user(1, "new@x", Some(7)) }), (3, user(3, "eve@x", None))];
    check(&people, &expected.into()).await;
}

#[tokio::test]
async fn conditions_of_the_users_are_told_as_ever() {
    let people = people().await;
    people.insert(&user(1, "ada@x", None)).await.unwrap();
    let error = people.put(&user(1, "new@x", None)).when(User::VISITS.gt(5)).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.current().unwrap()),
        (ErrorKind::ConditionFailed, Some(user(1, "ada@x", None)))
    );
    let error = people.update(key(9)).set(User::EMAIL, "eve@x").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    let error = people.replace(&user(9, "eve@x", None)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    check(&people, &[(1, user(1, "ada@x", None))].into()).await;
}

#[tokio::test]
async fn several_fields_are_unique_together() {
    let people = people().await;
    let page = |id, tenant: &str, slug: &str| Page { id, tenant: tenant.into(), slug: slug.into() };
    for (id, tenant, slug) in [(1, "a", "b#c"), (2, "a#b", "c"), (3, "a%23b", "c"), (4, "a", "b")] {
        people.insert(&page(id, tenant, slug)).await.unwrap();
    }
    let error = people.insert(&page(5, "a#b", "c")).await.unwrap_err();
    assert_eq!((error.kind(), error.constraint()), (ErrorKind::Taken, Some("unique(tenant,slug)")));
    assert_eq!(error.holder::<PageKey>(), Some(PageKey { id: 2 }));
    // It is no user's key.
    assert_eq!(error.holder::<UserKey>(), None);
    let (_, markers) = stored(&people).await;
    let expected =
        ["a#b%23c", "a%23b#c", "a%2523b#c", "a#b"].map(|values| format!("UNIQUE#Page#tenant,slug#{values}"));
    assert_eq!(markers.into_keys().collect::<BTreeSet<_>>(), expected.into());
    let error = people.insert(&page(6, "a", &"x".repeat(2100))).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot insert `Page` (PK = \"PAGE#0000000006\", SK = \"PAGE\"): `unique(tenant,slug)` makes a key of the value, \
         and it is longer than the 2048 bytes of a partition key"
    );
}

#[tokio::test]
async fn in_a_transaction_it_is_said_what_the_item_is() {
    let people = people().await;
    let (ada, eve) = (user(1, "ada@x", Some(1)), user(2, "eve@x", None));
    people.transact().put(ada.insert()).put(eve.insert()).await.unwrap();
    let error = people.transact().put(user(3, "ada@x", None).insert()).await.unwrap_err();
    taken(&error, "unique(email)", 1);
    assert_eq!(
        error.to_string(),
        "cannot insert `User` (PK = \"USER#003\", SK = \"USER\") in a transaction: another item has this value of \
         `unique(email)`; nothing was written"
    );
    let error = people.transact().delete(User::delete(key(1))).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot delete `User` (PK = \"USER#001\", SK = \"USER\"): it changes `unique(email)`, `unique(nick)`, and a \
         transaction reads nothing first to see what is given up; say what the item is now with `.was(&old)`, or use \
         `insert`"
    );
    let moved = people
        .transact()
        .update(User::update(key(2)).set(User::NICK, 2).was(&eve))
        .delete(User::delete(key(1)).was(&ada))
        .await;
    moved.unwrap();
    check(&people, &[(2, user(2, "eve@x", Some(2)))].into()).await;
    let ada = user(1, "ada@x", Some(1));
    people.insert(&ada).await.unwrap();
    let error = people
        .transact()
        .delete(User::delete(key(1)).was(&ada))
        .put(user(3, "ada@x", None).insert())
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot insert `User` (PK = \"USER#003\", SK = \"USER\"): `delete` of `User` in the same transaction is about \
         the same unique value, and no value goes from one item to another within one transaction"
    );
    people.delete(key(1)).await.unwrap();
    // It is another by now.
    let error = people.transact().put(user(2, "new@x", None).put().was(&eve)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConditionFailed);
    check(&people, &[(2, user(2, "eve@x", Some(2)))].into()).await;
}

#[tokio::test]
async fn what_cannot_keep_it_is_refused() {
    let people = people().await;
    people.insert(&user(1, "ada@x", None)).await.unwrap();
    let unwritten = people.batch_write().put(&user(2, "ada@x", None)).await.unwrap_err();
    assert_eq!(
        unwritten.to_string(),
        "cannot put `User` (PK = \"USER#002\", SK = \"USER\"): a batch cannot keep `unique(email)`, `unique(nick)`; \
         write it by itself, or in a transaction"
    );
    assert!(people.batch_write().delete(key(1)).await.is_err());
    let any: monotable::AnyKey<People> = key(1).into();
    assert!(people.batch_write().delete(any).await.is_err());
    let error = people.delete(key(1)).returning_old().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    check(&people, &[(1, user(1, "ada@x", None))].into()).await;
}

/// Markers are no items of the table's entities.
#[tokio::test]
async fn scans_pass_over_markers() {
    let people = people().await;
    people.insert(&user(1, "ada@x", Some(1))).await.unwrap();
    let mut scan = people.maintenance("a test").scan().stream();
    let mut found = Vec::new();
    while let Some(item) = scan.next().await {
        found.push(item.unwrap());
    }
    assert_eq!(found, [People::User(user(1, "ada@x", Some(1)))]);
    let mut scan = people.maintenance("a test").scan().entity::<User>().stream();
    assert_eq!(scan.next().await.unwrap().unwrap(), user(1, "ada@x", Some(1)));
    assert!(scan.next().await.is_none());
}

/// Effects whose answers get lost, conflicts and throttling: nothing is doubled, and nobody fails because of himself.
#[tokio::test]
async fn failures_on_the_way_leave_no_marker_behind() {
    for fault in [
        Fault::internal_error().after_effect(),
        Fault::disconnect().after_effect(),
        Fault::internal_error(),
        Fault::cancel(["None", "TransactionConflict"]),
    ] {
        let engine = people().await;
        let mut calls = 0;
        let (people, proxy) = proxied(&engine);
        proxy.script(move |request| {
            calls += u32::from(request.operation == Operation::TransactWriteItems);
            let fails = request.operation == Operation::TransactWriteItems && calls % 2 == 1;
            fails.then(|| fault.clone())
        });
        people.insert(&user(1, "ada@x", Some(1))).await.unwrap();
        people.put(&user(1, "new@x", Some(2))).await.unwrap();
        people.update(key(1)).set(User::NICK, None).await.unwrap();
        check(&engine, &[(1, user(1, "new@x", None))].into()).await;
        people.delete(key(1)).await.unwrap();
        check(&engine, &[].into()).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_racing_inserts_one_wins() {
    let people = people().await;
    let tasks = (0..64).map(|id| {
        let people = people.clone();
        tokio::spawn(async move { people.insert(&user(id, "ada@x", None)).await.map(|_| id) })
    });
    let mut winners = Vec::new();
    for task in tasks.collect::<Vec<_>>() {
        match task.await.unwrap() {
            Ok(id) => winners.push(id),
            Err(error) => assert_eq!(error.kind(), ErrorKind::Taken, "{error}"),
        }
    }
    let [winner] = winners[..] else { panic!("{winners:?}") };
    check(&people, &[(winner, user(winner, "ada@x", None))].into()).await;
}

/// Whatever they do to the same few items at once, the markers are those of the items that are left.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn racing_writers_leave_true_markers() {
    let people = people().await;
    let tasks = (0..32_u32).map(|task| {
        let people = people.clone();
        tokio::spawn(async move {
            for turn in 0..6 {
                let (id, email) = ((task + turn) % 3, format!("{}@x", (task * 5 + turn) % 4));
                let nick = (turn % 2 == 0).then_some(u64::from(task % 3));
                let outcome = match (task + 3 * turn) % 5 {
                    0 => people.insert(&user(id, &email, nick)).await.map(drop),
                    1 | 2 => people.put(&user(id, &email, nick)).await.map(drop),
                    3 => {
                        people.update(key(id)).set(User::EMAIL, &email).set(User::NICK, nick).await.map(drop)
                    }
                    _ => people.delete(key(id)).await.map(drop),
                };
                if let Err(error) = outcome {
                    let expected = [
                        ErrorKind::Taken,
                        ErrorKind::AlreadyExists,
                        ErrorKind::NotFound,
                        ErrorKind::Conflict,
                    ];
                    assert!(expected.contains(&error.kind()), "{error}");
                }
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    let (users, stored) = stored(&people).await;
    assert_eq!(stored, markers(&users));
}

#[derive(Debug, Clone)]
enum Step {
    Insert(User),
    Put(User),
    Replace(User),
    Update(u32, String, Option<u64>),
    SetIfAbsent(u32, u64),
    Upsert(u32, String),
    Delete(u32),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let id = || 0..4_u32;
    let email = || (0..4_u32).prop_map(|number| format!("{number}@x"));
    let nick = || prop::option::of(0..3_u64);
    let any_user = move || (id(), email(), nick()).prop_map(|(id, email, nick)| user(id, &email, nick));
    let step = prop_oneof![
        any_user().prop_map(Step::Insert),
        any_user().prop_map(Step::Put),
        any_user().prop_map(Step::Replace),
        (id(), email(), nick()).prop_map(|(id, email, nick)| Step::Update(id, email, nick)),
        (id(), 0..3_u64).prop_map(|(id, nick)| Step::SetIfAbsent(id, nick)),
        (id(), email()).prop_map(|(id, email)| Step::Upsert(id, email)),
        id().prop_map(Step::Delete),
    ];
    prop::collection::vec(step, 1..25)
}

/// What a step makes of the item; none if it is refused because of what is there.
fn after(step: &Step, old: Option<&User>) -> Option<Option<User>> {
    match (step, old) {
        (Step::Insert(user), None) | (Step::Put(user), _) | (Step::Replace(user), Some(_)) => {
            Some(Some(user.clone()))
        }
        (Step::Update(_, email, nick), Some(old)) => {
            Some(Some(User { email: email.clone(), nick: *nick, ..old.clone() }))
        }
        (Step::SetIfAbsent(_, nick), Some(old)) => {
            Some(Some(User { nick: old.nick.or(Some(*nick)), ..old.clone() }))
        }
        (Step::Upsert(id, email), None) => Some(Some(user(*id, email, None))),
        (Step::Upsert(_, email), Some(old)) => {
            Some(Some(User { email: email.clone(), visits: 0, ..old.clone() }))
        }
        (Step::Delete(_), _) => Some(None),
        _ => None,
    }
}

async fn run(steps: Vec<Step>) {
    let people = people().await;
    let mut model = BTreeMap::<u32, User>::new();
    for step in steps {
        let id = match &step {
            Step::Insert(user) | Step::Put(user) | Step::Replace(user) => user.id,
            Step::Update(id, ..) | Step::SetIfAbsent(id, _) | Step::Upsert(id, _) | Step::Delete(id) => *id,
        };
        let outcome = match &step {
            Step::Insert(user) => people.insert(user).await.map(drop),
            Step::Put(user) => people.put(user).await.map(drop),
            Step::Replace(user) => people.replace(user).await.map(drop),
            Step::Update(id, email, nick) => {
                people.update(key(*id)).set(User::EMAIL, email).set(User::NICK, *nick).await.map(drop)
            }
            Step::SetIfAbsent(id, nick) => {
                people.update(key(*id)).set_if_absent(User::NICK, *nick).await.map(drop)
            }
            Step::Upsert(id, email) => {
                people.upsert(key(*id)).set(User::EMAIL, email).set(User::VISITS, 0).await.map(drop)
            }
            Step::Delete(id) => people.delete(key(*id)).await.map(drop),
        };
        let wanted = after(&step, model.get(&id));
        let clashes = wanted.clone().flatten().is_some_and(|user| {
            let others = || model.values().filter(|other| other.id != id);
            others().any(|other| other.email == user.email || user.nick.is_some() && other.nick == user.nick)
        });
        match wanted {
            Some(item) if !clashes => {
                outcome.unwrap();
                model.remove(&id);
                model.extend(item.map(|user| (id, user)));
            }
            // Both may be so, and then either is told.
            Some(_) => assert_eq!(outcome.unwrap_err().kind(), ErrorKind::Taken),
            None => {
                let kind = outcome.unwrap_err().kind();
                assert!(matches!(kind, ErrorKind::AlreadyExists | ErrorKind::NotFound), "{kind:?}");
            }
        }
        check(&people, &model).await;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: engine().cases(60), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn markers_are_those_of_the_items_after_every_step(steps in steps()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(run(steps));
    }
}
