//! Natural indexes, whose keys DynamoDB composes of attributes of every type, held to filters in plain Rust.

use monotable::{Entity, Handle, Index, Query, Table};
use monotable_tests::{engine, open};
use proptest::collection::vec;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use crate::comparing::{Question, Wanted, wanted};
use crate::strategies::{Ends, Step, bytes, cases, delimited, signed, step, take, take_text, text_step};
use crate::support::{load, runtime};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "freight")]
#[table(index(ByLane, pk = [depot, lane: N, digest: B], sk = [zone, seal: B, eta: N, label]))]
#[table(index(ByEta, pk = [depot], sk = [eta: N]))]
enum Freight {
    Parcel(Parcel),
    Depot(Depot),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Freight, pk = "PARCEL#{number}", sk = "PARCEL")]
#[entity(index(ByLane), index(ByEta))]
struct Parcel {
    number: u8,
    depot: String,
    lane: i16,
    #[serde(with = "blob")]
    digest: Vec<u8>,
    zone: Option<String>,
    #[serde(with = "blob")]
    seal: Vec<u8>,
    eta: i32,
    label: String,
}

/// Has some of the attributes, and so is in neither index.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Freight, pk = "DEPOT#{depot}", sk = "DEPOT")]
struct Depot {
    depot: String,
    lane: i16,
    zone: String,
}

/// As a binary attribute, not as a list.
mod blob {
    use serde::{Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(bytes)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        struct Bytes;
        impl de::Visitor<'_> for Bytes {
            type Value = Vec<u8>;

            fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str("bytes")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
                Ok(bytes.to_vec())
            }
        }
        from.deserialize_bytes(Bytes)
    }
}

/// The partition that is asked.
const HERE: (&str, i16, [u8; 2]) = ("a", -3, [0, 255]);

/// Partitions that differ from it in one attribute.
fn partition() -> impl Strategy<Value = (String, i16, Vec<u8>)> {
    let of = |depot: &str, lane, digest: &[u8]| (depot.to_owned(), lane, digest.to_vec());
    let (depot, lane, digest) = HERE;
    prop_oneof![
        12 => Just(of(depot, lane, &digest)),
        1 => Just(of("a ", lane, &digest)),
        1 => Just(of(depot, 3, &digest)),
        1 => Just(of(depot, lane, &[0])),
    ]
}

fn parcels() -> impl Strategy<Value = Vec<Parcel>> {
    let rest = (proptest::option::weighted(0.9, delimited()), bytes(), signed(), delimited());
    vec((partition(), rest), 0..50).prop_map(|drawn| {
        let parcel = |(((depot, lane, digest), (zone, seal, eta, label)), number)| Parcel {
            number,
            depot,
            lane,
            digest,
            zone,
            seal,
            eta,
            label,
        };
        drawn.into_iter().zip(0..).map(parcel).collect()
    })
}

/// What is asked, of values that some parcel has, so that more than the first step finds something.
#[derive(Debug, Clone)]
enum Asked {
    Zone(Step<String>),
    Seal(String, Vec<u8>),
    Eta(String, Vec<u8>, Step<i32>),
    Label(String, Vec<u8>, i32, Step<String>),
    AllByEta(Step<i32>),
}

fn asked(parcels: &[Parcel]) -> impl Strategy<Value = Asked> + use<> {
    let stored =
        parcels.iter().filter_map(|parcel| Some((parcel.zone.clone()?, parcel.seal.clone(), parcel.eta)));
    let some = proptest::option::weighted(0.9, proptest::sample::select(stored.collect::<Vec<_>>()));
    let drawn = (delimited(), bytes(), signed());
    let (of, text, number) = (0..6, text_step(delimited), step(signed));
    (some, drawn, of, text, number).prop_map(|(some, drawn, kind, text, number)| {
        let (zone, seal, eta) = some.unwrap_or(drawn);
        match kind {
            0 => Asked::Zone(text),
            1 => Asked::Seal(zone, seal),
            2 => Asked::Eta(zone, seal, number),
            3 => Asked::Label(zone, seal, eta, text),
            _ => Asked::AllByEta(number),
        }
    })
}

async fn ask(table: &Handle<Freight>, parcels: &[Parcel], asked: Asked, wanted: Wanted) {
    let (depot, lane, digest) = HERE;
    let (what, all) = (asked.clone(), || parcels.iter().filter(|parcel| parcel.depot == depot).cloned());
    let key = |parcel: Parcel| {
        let of_lane = parcel.lane == lane && parcel.digest == digest;
        let key = (parcel.zone.clone()?, parcel.seal.clone(), parcel.eta, parcel.label.clone());
        of_lane.then_some((key, parcel))
    };
    let (found, start) = (all().filter_map(key), Parcel::by_lane(depot, lane, digest.to_vec()));
    match asked {
        Asked::Zone(step) => {
            let found = found.filter(|((zone, ..), _)| step.selects(zone)).collect();
            let reversed = step.is_reversed();
            let query = take_text!(table, start, step, zone, zone_from, zone_until, zone_in);
            check(&what, wanted, query, found, reversed).await;
        }
        Asked::Seal(zone, seal) => {
            let found = found.filter(|(key, _)| (&key.0, &key.1) == (&zone, &seal)).collect();
            check(&what, wanted, table.query(start.zone(zone).seal(seal)), found, false).await;
        }
        Asked::Eta(zone, seal, step) => {
            let found = found.filter(|(key, _)| (&key.0, &key.1) == (&zone, &seal) && step.selects(&key.2));
            let (found, reversed) = (found.collect(), step.is_reversed());
            let query = take!(table, start.zone(zone).seal(seal), step, eta, eta_from, eta_until, eta_in);
            check(&what, wanted, query, found, reversed).await;
        }
        Asked::Label(zone, seal, eta, step) => {
            let found = found.filter(|((z, s, e, _), _)| (z, s, *e) == (&zone, &seal, eta));
            let (found, reversed) =
                (found.filter(|(key, _)| step.selects(&key.3)).collect(), step.is_reversed());
            let query = start.zone(zone).seal(seal).eta(eta);
            let query = take_text!(table, query, step, label, label_from, label_until, label_in);
            check(&what, wanted, query, found, reversed).await;
        }
        Asked::AllByEta(step) => {
            let found = all().filter(|parcel| step.selects(&parcel.eta));
            let found = found.map(|parcel| (parcel.eta, parcel)).collect();
            let reversed = step.is_reversed();
            let query = take!(table, Parcel::by_eta(depot), step, eta, eta_from, eta_until, eta_in);
            check(&what, wanted, query, found, reversed).await;
        }
    }
}

async fn check<I: Index, K: Ord>(
    asked: &Asked,
    wanted: Wanted,
    query: Query<Parcel, I, Handle<Freight>>,
    found: Vec<(K, Parcel)>,
    reversed: bool,
) {
    Question { asked, query, found, reversed, shards: 1 }.check(wanted).await;
}

#[test]
fn attributes_of_every_type_are_asked_from_left_to_right() {
    let runtime = runtime();
    let questions = |parcels: Vec<Parcel>| {
        let mut known = parcels.clone();
        if known.iter().all(|parcel| parcel.zone.is_none()) {
            let zone = Some("a".to_owned());
            let (depot, seal, label) = ("-".to_owned(), vec![0], "-".to_owned());
            known.push(Parcel { number: 0, depot, lane: 0, digest: vec![0], zone, seal, eta: 0, label });
        }
        (Just(parcels), vec((asked(&known), wanted()), 1..60))
    };
    let outcome =
        cases(engine().cases(48)).run(&parcels().prop_flat_map(questions), |(parcels, questions)| {
            runtime.block_on(async {
                let table = open::<Freight>().await;
                load(
                    &table,
                    parcels.iter().map(|parcel| parcel.put().explain().unwrap().into_inner().item.unwrap()),
                )
                .await;
                table.put(&Depot { depot: "a".into(), lane: -3, zone: "a".into() }).await.unwrap();
                for (asked, wanted) in questions {
                    ask(&table, &parcels, asked, wanted).await;
                }
            });
            Ok(())
        });
    outcome.unwrap();
}
