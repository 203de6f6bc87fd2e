//! The proofs about key templates: their languages, and what they say, word for word.

#[path = "proof/languages.rs"]
mod languages;
#[path = "proof/reports.rs"]
mod reports;
