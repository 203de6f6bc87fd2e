//! Partitions read into structs, against a grouping of the same items in plain Rust.

use monotable::{Collection, Entity, ErrorKind, Handle, Table};
use monotable_tests::open;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde::{Deserialize, Serialize};

use crate::client::{put_raw, s};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "people", index(ByTeam, pk = "TPK", sk = "TSK"))]
enum People {
    Person(Person),
    Visit(Visit),
    Address(Address),
    Badge(Badge),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = People, pk = "PERSON#{person}", sk = "PROFILE")]
#[entity(index(ByTeam, pk = "TEAM#{team}", sk = "PERSON#{person}"))]
struct Person {
    person: String,
    team: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = People, pk = "PERSON#{person}", sk = "VISIT#{day}")]
#[entity(index(ByTeam, pk = "TEAM#{team}", sk = "VISIT#{day}#{person}"))]
struct Visit {
    person: String,
    team: String,
    day: u8,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = People, pk = "PERSON#{person}", sk = "ADDRESS#{number}")]
struct Address {
    person: String,
    number: u8,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = People, pk = "PERSON#{person}", sk = "BADGE#{number}")]
struct Badge {
    person: String,
    number: u8,
}

#[derive(Collection, Debug, PartialEq)]
#[collection(of = Visit)]
struct PersonPage {
    visits: Vec<Visit>,
    person: Person,
    address: Option<Address>,
}

#[derive(Collection, Debug, PartialEq)]
#[collection(of = Person, index = ByTeam)]
struct TeamPage {
    people: Vec<Person>,
    visits: Vec<Visit>,
}

fn text(text: &str) -> String {
    text.to_owned()
}

/// What one person's partition has: a profile, visits by day, addresses and badges by number.
#[derive(Debug, Clone)]
struct Partition {
    profile: bool,
    visits: Vec<u8>,
    addresses: Vec<u8>,
    badges: Vec<u8>,
}

fn partition() -> impl Strategy<Value = Partition> {
    let few = |most| vec(any::<u8>(), 0..most);
    (prop::bool::weighted(0.8), few(6), few(3), few(2)).prop_map(|(profile, visits, addresses, badges)| {
        let sorted = |mut numbers: Vec<u8>| {
            numbers.sort_unstable();
            numbers.dedup();
            numbers
        };
        Partition { profile, visits: sorted(visits), addresses: sorted(addresses), badges: sorted(badges) }
    })
}

impl Partition {
    fn visits(&self) -> Vec<Visit> {
        let visit = |day: &u8| Visit { person: text("ada"), team: text("red"), day: *day };
        self.visits.iter().map(visit).collect()
    }

    async fn load(&self) -> Handle<People> {
        let people = open::<People>().await;
        if self.profile {
            people.put(&Person { person: text("ada"), team: text("red") }).await.unwrap();
        }
        for visit in self.visits() {
            people.put(&visit).await.unwrap();
        }
        for number in self.addresses.iter().copied() {
            people.put(&Address { person: text("ada"), number }).await.unwrap();
        }
        for number in self.badges.iter().copied() {
            people.put(&Badge { person: text("ada"), number }).await.unwrap();
        }
        people.put(&Person { person: text("ada2"), team: text("red2") }).await.unwrap();
        people
    }

    async fn check(self) {
        let people = self.load().await;
        let page = || people.collection::<PersonPage>(Visit::by_person("ada"));
        let expected = match (self.profile, self.addresses.len(), self.badges.len()) {
            // Members are looked for in the order in which they are declared.
            (false, ..) => Err(ErrorKind::NotFound),
            (_, 2.., _) => Err(ErrorKind::NotUnique),
            (.., 1..) => Err(ErrorKind::WrongType),
            _ => Ok(()),
        };
        let found = page().await.map(|page| page.into_inner());
        assert_eq!(found.as_ref().map(|_| ()).map_err(|error| error.kind()), expected);
        if let Err(error) = &found {
            assert_eq!(error.cost().read_units(), 0.5, "what was read is paid for");
        }
        let all = || self.profile && self.addresses.len() < 2;
        let found = page().skip_unknown().newest_first().await;
        assert_eq!(found.is_ok(), all());
        if let Ok(page) = found {
            assert_eq!(page.visits, self.visits().into_iter().rev().collect::<Vec<_>>());
            assert_eq!(page.address.as_ref().map(|address| address.number), self.addresses.first().copied());
        }
        let team = people.collection::<TeamPage>(Person::by_team("red")).await.unwrap();
        let mut by_day = self.visits();
        by_day.sort_by_key(|visit| visit.day);
        assert_eq!((team.people.len(), &team.visits), (usize::from(self.profile), &by_day));
    }
}

#[test]
fn a_partition_becomes_what_a_grouping_of_its_items_is() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let config = Config {
        cases: 48,
        rng_seed: RngSeed::Fixed(20261121),
        failure_persistence: None,
        ..Config::default()
    };
    let outcome = TestRunner::new(config).run(&partition(), |partition| {
        runtime.block_on(partition.check());
        Ok(())
    });
    outcome.unwrap();
}

#[tokio::test]
async fn what_does_not_fit_is_named() {
    let partition = Partition { profile: false, visits: vec![1], addresses: vec![], badges: vec![7] };
    let people = partition.load().await;
    let page = || people.collection::<PersonPage>(Visit::by_person("ada"));
    assert_eq!(
        page().await.unwrap_err().to_string(),
        r#"cannot query `PersonPage` (PK = "PERSON#ada"): `PersonPage.person` is one `Person`, and there is none"#
    );
    people.put(&Person { person: text("ada"), team: text("red") }).await.unwrap();
    assert_eq!(
        page().await.unwrap_err().to_string(),
        "cannot query `PersonPage` (PK = \"PERSON#ada\", SK = \"BADGE#007\"): the partition has an item of type \
         `Badge`, and `PersonPage` has no member for it; add one, or leave it out with `.skip_unknown()`"
    );
    put_raw(&people, [("PK".into(), s("PERSON#ada")), ("SK".into(), s("VISIT#x"))].into()).await;
    assert_eq!(page().await.unwrap_err().kind(), ErrorKind::WrongType);
    assert_eq!(page().skip_unknown().consistent().await.unwrap().visits, partition.visits());
    // Steps hold: the profile is not read.
    let visits = people.collection::<PersonPage>(Visit::by_person("ada").day(1u8)).await;
    assert_eq!(visits.unwrap_err().kind(), ErrorKind::NotFound);
}
