//! The documentation is whole: errors.md has each first line of an error in the `.stderr` files, ARCHITECTURE.md each
//! module, and CONTRIBUTING.md each test.

use std::collections::HashSet;
use std::path::Path;

/// A message without what is quoted in it: names and texts are the user's.
fn shape(message: &str) -> String {
    let mut shape = String::new();
    let mut characters = message.chars();
    while let Some(character) = characters.next() {
        shape.push(character);
        if matches!(character, '`' | '"') {
            shape.extend(characters.find(|&other| other == character));
        }
    }
    shape
}

/// The lines in the fences of a Markdown file.
fn fenced(markdown: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    markdown.lines().filter(move |line| {
        let is_fence = line.starts_with("```");
        inside ^= is_fence;
        inside && !is_fence
    })
}

fn messages(directory: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            messages(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "stderr") {
            let text = std::fs::read_to_string(&path).unwrap();
            for line in text.lines().filter(|line| line.starts_with("error")) {
                let (_, message) = line.split_once(": ").unwrap();
                let message = message.strip_prefix("evaluation panicked: ").unwrap_or(message);
                found.push((path.display().to_string(), message.to_owned()));
            }
        }
    }
}

#[test]
fn every_message_is_documented() {
    let documented: HashSet<_> = fenced(include_str!("../docs/errors.md")).map(shape).collect();
    let mut found = Vec::new();
    for directory in ["ui", "vectors/refused"] {
        messages(Path::new(directory), &mut found);
    }
    assert!(found.len() > 100, "the cases are not where they were");
    let missing: Vec<_> = found.iter().filter(|(_, message)| !documented.contains(&shape(message))).collect();
    assert!(missing.is_empty(), "docs/errors.md does not have {missing:#?}");
}

/// The places that a row of the map names: the first from the root of the repository, the others from its folder.
fn places(row: &str) -> Vec<String> {
    let cell = row.split('|').nth(1).unwrap();
    let names: Vec<_> = cell.split('`').skip(1).step_by(2).collect();
    let from_root = |name: &str| Path::new("..").join(name).exists();
    let folder = names
        .first()
        .map_or("", |first| first.trim_end_matches('/').rsplit_once('/').map_or("", |(it, _)| it));
    names
        .iter()
        .map(|name| if from_root(name) { (*name).to_owned() } else { format!("{folder}/{name}") })
        .collect()
}

#[test]
fn the_map_places_every_module_and_nothing_else() {
    let page = include_str!("../docs/ARCHITECTURE.md");
    let placed: Vec<_> = page.lines().filter(|line| line.starts_with("| `")).flat_map(places).collect();
    let gone: Vec<_> = placed.iter().filter(|place| !Path::new("..").join(place).exists()).collect();
    assert!(gone.is_empty(), "docs/ARCHITECTURE.md has what is not there: {gone:?}");
    let twice: Vec<_> =
        placed.iter().filter(|place| placed.iter().filter(|other| other == place).count() > 1).collect();
    assert!(twice.is_empty(), "docs/ARCHITECTURE.md places twice: {twice:?}");

    let mut missing = Vec::new();
    for sources in ["derive/src", "runtime/src"] {
        for entry in std::fs::read_dir(Path::new("..").join(sources)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let module = format!("{sources}/{}", name.trim_end_matches(".rs"));
            let is_placed =
                |place: &String| *place == format!("{module}.rs") || *place == format!("{module}/");
            if !placed.iter().any(is_placed) {
                missing.push(module);
            }
        }
    }
    // The roots, the tests, and what the flow above the map explains.
    let elsewhere = ["derive/src/lib", "derive/src/tests", "runtime/src/lib"];
    missing.retain(|module| !elsewhere.contains(&module.as_str()));
    missing.dedup();
    assert!(missing.is_empty(), "docs/ARCHITECTURE.md does not place {missing:?}");
}

#[test]
fn every_test_has_its_command() {
    let page = include_str!("../CONTRIBUTING.md");
    let manifest = include_str!("Cargo.toml");
    let tests: Vec<_> =
        manifest.split("[[test]]\nname = \"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(tests.len() > 20, "the manifest is not what it was");
    let run: HashSet<_> =
        page.split("--test ").skip(1).filter_map(|rest| rest.split([' ', '`']).next()).collect();
    let missing: Vec<_> = tests.iter().filter(|test| !run.contains(**test)).collect();
    assert!(missing.is_empty(), "CONTRIBUTING.md does not say what runs {missing:?}");
}
