//! The engines that the tests run on: what is excused is wrong there, and their tables are removed.

mod quirks;

use std::fs;
use std::path::Path;
use std::sync::mpsc;

use aws_sdk_dynamodb::types::TableStatus;
use monotable::{Entity, Table};
use monotable_tests::{Endpoint, Quirk, engine, named, open};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[table(name = "probes", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
enum Probes {
    Probe(Probe),
}

#[derive(Entity, Serialize, Deserialize, Debug)]
#[entity(table = Probes, pk = "PROBE#{kind}", sk = "{number}")]
#[entity(index(Gsi1, pk = "NUMBER#{number}", sk = "{kind}"))]
struct Probe {
    kind: String,
    number: u32,
    text: String,
}

/// An excuse that is not needed any more fails here.
#[tokio::test]
async fn what_is_excused_is_wrong_and_nothing_else_is() {
    for quirk in Quirk::ALL {
        let table = open::<Probes>().await;
        assert_eq!(quirks::shows(&table, *quirk).await, engine().has(*quirk), "{quirk:?} on {:?}", engine());
    }
}

/// An excuse that no test needs fails here.
#[test]
fn every_excuse_is_some_tests() {
    let mut sources = String::new();
    for (name, source) in sources_of_tests() {
        if !name.starts_with("engines/") && !name.starts_with("shared/") {
            sources.push_str(&source);
        }
    }
    for quirk in Quirk::ALL {
        let excuse = format!("Quirk::{quirk:?}");
        let helper = match quirk {
            Quirk::ReadUnitsAbove4Kb => "engine().read_units(",
            Quirk::BatchGetReportsNoUnits => "engine().batch_read_units(",
            _ => &excuse,
        };
        assert!(sources.contains(helper), "no test needs {excuse}");
    }
}

/// The tests that run on the embedded engine whatever `MONOTABLE_ENDPOINT` says, and why.
const EMBEDDED: &[(&str, &str)] = &[
    ("crash/", "kills the process that the engine is in"),
    ("integration/tables.rs", "opens files"),
    ("locks/", "moves the clock, far from the time at which others take a signature"),
    ("queries/streams.rs", "polls by hand, and so needs answers that are there when they are asked for"),
    ("soak/", "is a load with faults on an engine in memory, whose memory is watched"),
    ("testing/", "is about the proxy in front of an engine, and its clock"),
];

#[test]
fn tests_on_the_embedded_engine_alone_say_why() {
    // In two parts, so that this file is not found.
    let opens = [concat!("::embed", "ded()"), concat!("::embed", "ded_at(")];
    let mut unused: Vec<_> = EMBEDDED.iter().map(|(place, _)| *place).collect();
    for (name, source) in sources_of_tests() {
        let is_shared = name.starts_with("shared/") || name.starts_with("ui/");
        if is_shared || !opens.iter().any(|open| source.contains(open)) {
            continue;
        }
        let place = EMBEDDED.iter().find(|(place, _)| name.starts_with(place));
        let Some((place, _)) = place else {
            panic!("tests/{name}: use `monotable_tests::open`, or say why not")
        };
        unused.retain(|unused| unused != place);
    }
    assert!(unused.is_empty(), "{unused:?} open no embedded engine");
}

/// The files below `tests`, by their paths from there.
fn sources_of_tests() -> Vec<(String, String)> {
    fn read(folder: &Path, root: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, root, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    read(root, root, &mut found);
    found
}

#[test]
fn tables_are_removed_even_if_the_test_panics() {
    let Some(endpoint) = Endpoint::of_environment() else {
        println!("skipped: the embedded engine goes with its process; this needs MONOTABLE_ENDPOINT");
        return;
    };
    let (sender, names) = mpsc::channel();
    let test = std::thread::spawn(move || {
        runtime().block_on(async {
            let probes = open::<Probes>().await;
            let other = named::<_, Probes>(&probes, "other-probes");
            other.create().await.unwrap();
            sender.send([probes.name().to_owned(), other.name().to_owned()]).unwrap();
            panic!("a test that fails");
        });
    });
    test.join().unwrap_err();
    for name in names.recv().unwrap() {
        let described = runtime().block_on(endpoint.plain_client().describe_table().table_name(&name).send());
        let status = described.ok().and_then(|described| described.table?.table_status);
        assert!(matches!(status, None | Some(TableStatus::Deleting)), "{name} is {status:?}");
    }
}

/// Whatever else is at the endpoint.
#[tokio::test]
async fn a_test_names_no_table_but_its_own() {
    if Endpoint::of_environment().is_none() {
        println!("skipped: nothing else is on the embedded engine; this needs MONOTABLE_ENDPOINT");
        return;
    }
    let probes = open::<Probes>().await;
    let others = probes.clone().named("shop-prod");
    let probe = Probe { kind: "a".into(), number: 1, text: String::new() };
    let error = others.put(&probe).await.unwrap_err();
    let text = format!("{error:?}");
    assert!(text.contains("a test names table `shop-prod`, which is not its own"), "{text}");
    probes.transact().put(others.insert(&probe)).await.unwrap_err();
    others.batch_get(probe.key()).await.unwrap_err();
    others.create().await.unwrap_err();
    probes.put(&probe).await.unwrap();
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}
