//! The cases of the compiler in `tests/ui/`, without the compiler: what the derives report of each is in its
//! `.stderr`, all of it. It takes seconds, and shows which of their lines no case meets.

use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::{DeriveInput, Item, Stmt};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/ui");

fn cases(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            cases(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// What the derives on these items write, wherever the items stand.
fn expand(items: Vec<Item>, expansions: &mut Vec<TokenStream>) {
    for item in items {
        let (tokens, attributes) = match item {
            Item::Struct(it) => (quote::quote!(#it), it.attrs),
            Item::Enum(it) => (quote::quote!(#it), it.attrs),
            Item::Union(it) => (quote::quote!(#it), it.attrs),
            Item::Mod(module) => {
                expand(module.content.map_or_else(Vec::new, |(_, items)| items), expansions);
                continue;
            }
            Item::Fn(function) => {
                let item = |statement| match statement {
                    Stmt::Item(item) => Some(item),
                    _ => None,
                };
                expand(function.block.stmts.into_iter().filter_map(item).collect(), expansions);
                continue;
            }
            _ => continue,
        };
        let input: DeriveInput = syn::parse2(tokens).unwrap();
        expansions.extend(attributes.iter().flat_map(derives).map(|derive| derive(&input)));
    }
}

fn derives(attribute: &syn::Attribute) -> Vec<fn(&DeriveInput) -> TokenStream> {
    let mut found: Vec<fn(&DeriveInput) -> TokenStream> = Vec::new();
    if attribute.path().is_ident("derive") {
        let read = attribute.parse_nested_meta(|derive| {
            match derive.path.segments.last().unwrap().ident.to_string().as_str() {
                "Table" => found.push(crate::table),
                "Entity" => found.push(crate::entity),
                "KeyPart" => found.push(crate::key_part),
                "Fields" => found.push(crate::fields),
                "Collection" => found.push(crate::collection),
                "Projection" => found.push(crate::projection),
                _ => {}
            }
            Ok(())
        });
        read.unwrap();
    }
    found
}

/// The text of each `compile_error!`.
fn errors(expansion: TokenStream, found: &mut Vec<String>) {
    let mut is_error = false;
    for token in expansion {
        match token {
            TokenTree::Ident(name) => is_error = name == "compile_error",
            TokenTree::Group(group) if is_error => {
                found.push(syn::parse2::<syn::LitStr>(group.stream()).unwrap().value());
                is_error = false;
            }
            TokenTree::Group(group) => errors(group.stream(), found),
            _ => {}
        }
    }
}

#[test]
fn errors_are_what_the_compiler_shows() {
    let mut files = Vec::new();
    cases(Path::new(CASES), &mut files);
    let mut seen = 0;
    for file in files {
        let source = std::fs::read_to_string(&file).unwrap();
        let mut expansions = Vec::new();
        expand(syn::parse_file(&source).unwrap().items, &mut expansions);
        let mut reported = Vec::new();
        expansions.into_iter().for_each(|expansion| errors(expansion, &mut reported));

        let shown = std::fs::read_to_string(file.with_extension("stderr")).unwrap_or_default();
        let shown: Vec<_> = shown.lines().map(|line| line.trim_start_matches("error:").trim()).collect();
        for line in reported.iter().flat_map(|text| text.lines()).map(str::trim) {
            assert!(shown.contains(&line), "{} has no line `{line}`", file.display());
        }
        seen += reported.len();
    }
    assert!(seen > 100, "the cases are not where they were: only {seen} errors");
}
