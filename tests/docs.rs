//! The documentation has what the compiler says: each first line of an error in the `.stderr` files is in errors.md.

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
